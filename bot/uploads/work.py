"""What happens to dropped files by itself: looked into, imported, and begun again where that was interrupted."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import partial

import structlog

from cspm_core import errors, uploads
from cspm_core.imports import Unreadable
from cspm_core.uploads import Look, OtherTeams, Reason, State, Upload
from cspm_core.uploads.rules import HEAD, LARGEST, LOOKED_INTO, MOST_ATTEMPTS

from .. import at_once
from ..runtime import Runtime
from ..words import Words
from . import downloads, importing

log = structlog.get_logger(__name__)
AGAIN = timedelta(seconds=30)


def carry_on(runtime: Runtime) -> None:
    """Whatever nobody is at: what was just pressed, and what a process that died has left."""
    for workspace_id, upload_id in _wanting(runtime, State.NEW):
        look_into(runtime, workspace_id, upload_id)
    runtime.importing.run(partial(_import_all, runtime))


def tidy(runtime: Runtime) -> None:
    """Remove what processes that died have left on the disk."""
    downloads.tidy(runtime.real_now())


def _wanting(runtime: Runtime, state: State) -> list[tuple[int, int]]:
    with runtime.store.reading() as session:
        return list(uploads.wanting(session, state, now=runtime.now(), real_now=runtime.real_now()))


def _claim(runtime: Runtime, workspace_id: int, upload_id: int, state: State) -> Upload | None:
    token, now, real_now = secrets.token_hex(8), runtime.now(), runtime.real_now()
    with runtime.store.transaction() as session:
        return uploads.claim(session, workspace_id, upload_id, state, token, now=now, real_now=real_now)


def look_into(runtime: Runtime, workspace_id: int, upload_id: int) -> None:
    """Find out what a file is, and let its card say so. What cannot be found out now is when somebody asks for it."""
    row = _claim(runtime, workspace_id, upload_id, State.NEW)
    if row is None:
        return
    look, reason = Look(), ""
    try:
        look, reason = _look(runtime, row)
    except Unreadable as problem:
        reason = uploads.as_reason(problem)
    except downloads.FileGone:
        reason = Reason.GONE
    except (downloads.FileTooLarge, downloads.NotReached):
        log.info("file not looked into yet", upload=upload_id)
    except Exception:
        log.exception("file not looked into", upload=upload_id)
    with runtime.store.transaction() as session:
        if reason:
            uploads.decline(session, row, reason, now=runtime.now())
        else:
            uploads.looked(session, row, look, now=runtime.now())
    at_once.deliver(runtime)


def _look(runtime: Runtime, row: Upload) -> tuple[Look, str]:
    """What it is, and (else empty) why nothing can come of it."""
    is_small = row.size <= LOOKED_INTO
    if not is_small and row.name.casefold().endswith(".zip"):
        return Look(), ""
    with runtime.store.reading() as session:
        kinds = uploads.kinds_for(importing.asker_of(session, row, runtime))
    client, most = runtime.client(row.workspace_id), LARGEST if is_small else HEAD
    with downloads.downloaded(client, row.id, row.slack_file, row.name, most=most) as path, runtime.permit:
        found = uploads.look(path, size=row.size, kinds=kinds)
        is_for_admins = not found.kind and bool(uploads.look(path, size=row.size).kind)
    return found, Reason.FOR_ADMINS if is_for_admins else ""


def _import_all(runtime: Runtime) -> None:
    for workspace_id, upload_id in _wanting(runtime, State.IMPORTING):
        row = _claim(runtime, workspace_id, upload_id, State.IMPORTING)
        if row is not None:
            _import(runtime, row)
            at_once.deliver(runtime)


def _import(runtime: Runtime, row: Upload) -> None:
    """One file, to its end or to the sentence that says why not."""
    try:
        importing.write(runtime, row)
    except Exception as error:
        reason = why(error, runtime.words(row.workspace_id, row.language))
        if reason is not None and reason != Reason.NOT_REACHED:
            _fail(runtime, row, reason)
            return
        if not isinstance(error, downloads.NotReached | importing.NotShared):
            log.exception("upload not imported", upload=row.id)
        _later(runtime, row, reason or Reason.ACCIDENT)


def why(error: Exception, t: Words) -> str | None:
    """The reason that is kept for a file of which nothing comes; None: an accident of ours."""
    match error:
        case Unreadable():
            return uploads.as_reason(error)
        case OtherTeams(names=names):
            return f"{Reason.OTHER_TEAMS}:{t.join([name[:60] for name in names[:10]])}"
        case errors.NotAllowed():
            return Reason.NO_RIGHT
        case downloads.FileGone():
            return Reason.GONE
        case downloads.FileTooLarge():
            return Reason.TOO_LARGE
        case downloads.NotReached() | importing.NotShared():
            return Reason.NOT_REACHED
    return None


def _fail(runtime: Runtime, row: Upload, reason: str) -> None:
    with runtime.store.transaction() as session:
        uploads.fail(session, row, reason, now=runtime.now())


def _later(runtime: Runtime, row: Upload, reason: str) -> None:
    if row.attempts >= MOST_ATTEMPTS:
        _fail(runtime, row, reason)
        return
    with runtime.store.transaction() as session:
        uploads.later(session, row, retry_at=runtime.now() + AGAIN * row.attempts)
