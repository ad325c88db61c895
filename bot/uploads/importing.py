"""One dropped file from Slack into the store: run, reported, its refused rows shared, and all of it once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlmodel import Session

from cspm_core import people, uploads
from cspm_core.people import Asker, Role
from cspm_core.uploads import KINDS, Choice, Pace, Reason, Told, Upload, Work
from cspm_core.uploads.rules import MOST_ATTEMPTS, WROTE

from ..runtime import Runtime
from ..words import Words
from . import downloads, names, pacing

log = structlog.get_logger(__name__)
CLOCKS_DIFFER_S = 120


class NotShared(Exception):
    """Slack did not take the file of refused rows this time."""


def asker_of(session: Session, row: Upload, runtime: Runtime) -> Asker:
    """Who dropped the file, or let it be imported, with the roles they hold today."""
    return people.asker(session, row.workspace_id, row.slack_user, runtime.now().date())


def run(
    runtime: Runtime,
    row: Upload,
    choice: Choice,
    asker: Asker,
    path: Path,
    pace: Pace,
    *,
    t: Words,
    rows: int,
    is_rehearsal: bool = False,
    keeps_refused: bool = False,
) -> tuple[Told, Path | None]:
    """Import a downloaded file, or rehearse that; what was found, and the file of refused rows. The permit is held.

    Raises Unreadable, OtherTeams, NotForYou and other refusals.
    """
    uploads.check(asker, choice)
    is_lead = asker.everywhere is not Role.ADMIN
    with runtime.store.reading() as session:
        team = people.team(session, row.workspace_id, choice.team_id).name if choice.team_id is not None else None
        own = [one.name for one in uploads.own_teams(session, row.workspace_id, asker)] if is_lead else []
    if is_lead:
        uploads.check_teams(path, choice.kind, choice.encoding, own, pace.pause)
    work = Work(
        store=runtime.store,
        workspace_id=row.workspace_id,
        path=path,
        choice=choice,
        team=team,
        explain=lambda key: names.reason(key, t, is_lead=is_lead),
        now=runtime.now(),
        pace=pace,
        is_rehearsal=is_rehearsal,
        rows=rows,
        keeps_refused=keeps_refused,
    )
    report = KINDS[choice.kind].run(work)
    return uploads.told(choice.kind, report), report.refused_file


def write(runtime: Runtime, row: Upload) -> None:
    """Import what somebody let be imported. Raises what `run` and `downloaded` raise, and NotShared."""
    choice, reason, t = Choice.parse(row.choice), "", runtime.words(row.workspace_id, row.language)
    with runtime.store.reading() as session:
        asker = asker_of(session, row, runtime)
    downloads.clear(row.id)
    client = runtime.client(row.workspace_id)
    with downloads.downloaded(client, row.id, row.slack_file, row.name, purpose=downloads.IMPORT) as path:
        again = row.phase in WROTE
        with pacing.watched(runtime, row) as pace:
            told, refused = run(runtime, row, choice, asker, path, pace, t=t, rows=row.all_rows)
        with runtime.store.transaction() as session:
            found = replace(told, is_resumed=again and not told.is_whole)
            uploads.keep_report(session, row, found, real_now=runtime.real_now())
        if again and told.refused_rows:
            refused = _refused_again(runtime, row, choice, asker, path, t)
        if refused is not None:
            reason = _share(runtime, row, refused, t)
    with runtime.store.transaction() as session:
        uploads.finish(session, row, now=runtime.now(), reason=reason)


def _refused_again(runtime: Runtime, row: Upload, choice: Choice, asker: Asker, path: Path, t: Words) -> Path | None:
    """All refused rows: of an import that was carried on, the file has only those of its last part."""
    for half in path.parent.glob("*.refused*.csv"):
        half.unlink()
    with pacing.watched(runtime, row) as pace:
        again = run(
            runtime, row, choice, asker, path, pace, t=t, rows=row.all_rows, is_rehearsal=True, keeps_refused=True
        )
    return again[1]


def _share(runtime: Runtime, row: Upload, refused: Path, t: Words) -> str:
    """The refused rows as a file in the thread, once; why not, where Slack never takes it. Raises NotShared."""
    client = runtime.client(row.workspace_id)
    try:
        if row.shares_refused and _is_shared(runtime, row, refused.name):
            return ""
        with runtime.store.transaction() as session:
            uploads.sharing(session, row)
        title = t("Refused rows of {file}", file=row.name[:80])
        client.files_upload_v2(
            file=str(refused), filename=refused.name, title=title, channel=row.slack_channel, thread_ts=row.thread_ts
        )
    except (SlackApiError, SlackClientError, OSError) as error:
        log.warning("refused rows not shared", upload=row.id, error=type(error).__name__)
        if row.attempts < MOST_ATTEMPTS:
            raise NotShared from None
        return Reason.NOT_REACHED
    return ""


def _is_shared(runtime: Runtime, row: Upload, name: str) -> bool:
    """Whether an earlier attempt shared them, though nobody wrote it down. Raises SlackApiError."""
    since = (row.begun_at or row.arrived_at).timestamp() - CLOCKS_DIFFER_S
    told = runtime.client(row.workspace_id).conversations_replies(
        channel=row.slack_channel, ts=row.thread_ts, oldest=f"{since:.6f}", limit=200
    )
    return any(
        one.get("bot_id") and file.get("name") == name for one in told["messages"] for file in one.get("files") or []
    )
