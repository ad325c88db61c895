"""Going on where an interrupted import stopped: which file and command it was, how far it came, and who has it now."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select, update

from ..ids import new_id
from .tables import ImportRun
from .ticket_plan import Plan
from .understood import size_of

try:
    import fcntl
except ImportError:  # where there is none, two imports of one file at once each believe to be alone
    fcntl = None  # type: ignore[assignment]


@contextmanager
def alone_with(path: Path) -> Iterator[bool]:
    """Whether nobody else on this machine imports this file, while this lasts; a process that dies lets go of it."""
    with path.open("rb") as file:
        try:
            if fcntl:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def digest_of(plan: Plan) -> str:
    """The same for the same content and the same wish alone."""
    told = blake2b(digest_size=20)
    with plan.wish.path.open("rb") as file:
        while piece := file.read(1 << 20):
            told.update(piece)
    wish = {**asdict(plan.wish), "path": "", "batch": size_of(plan), "team": plan.team_id}
    wish |= {"map": plan.wish.map.read_text("utf-8-sig") if plan.wish.map else None, "timezone": plan.timezone}
    told.update(json.dumps(wish, default=str, sort_keys=True).encode())
    return told.hexdigest()


def begin(session: Session, workspace_id: int, *, file: str, digest: str, resumes: bool, now: datetime) -> ImportRun:
    """A run of this digest that stopped, taken over where it `resumes`, else a fresh one."""
    holder = new_id(now)
    stopped = session.exec(
        select(ImportRun)
        .where(ImportRun.workspace_id == workspace_id, ImportRun.digest == digest)
        .where(col(ImportRun.finished_at).is_(None))
        .order_by(col(ImportRun.id).desc())
    ).first()
    if stopped is not None and resumes and _claim(session, stopped, holder):
        return stopped
    run = ImportRun(workspace_id=workspace_id, id=new_id(now), file=file, digest=digest, holder=holder, started_at=now)
    session.add(run)
    session.flush()
    return run


def _claim(session: Session, run: ImportRun, holder: int) -> bool:
    mine = col(ImportRun.holder) == run.holder, col(ImportRun.finished_at).is_(None)
    is_mine = bool(session.exec(update(ImportRun).where(*_the(run), *mine).values(holder=holder)).rowcount)
    session.refresh(run)
    return is_mine


def keep(session: Session, run: ImportRun, *, rows: int, parts: int, counted: Mapping[str, Any]) -> None:
    """Write down how far a run has come, unless another goes on with it."""
    values = {"rows": rows, "parts": parts, "counted": json.dumps(counted, ensure_ascii=False)}
    session.exec(update(ImportRun).where(*_the(run), col(ImportRun.holder) == run.holder).values(**values))


def finish(session: Session, run: ImportRun, *, now: datetime) -> None:
    """The file is in: nothing of it is left to go on with."""
    same = col(ImportRun.workspace_id) == run.workspace_id, col(ImportRun.digest) == run.digest
    session.exec(update(ImportRun).where(*same, col(ImportRun.finished_at).is_(None)).values(finished_at=now))


def _the(run: ImportRun) -> tuple[Any, ...]:
    return col(ImportRun.workspace_id) == run.workspace_id, col(ImportRun.id) == run.id
