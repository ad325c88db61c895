"""Opening a tour, getting on with it, and coming to its end. Callers commit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, update

from ..ids import new_id
from ..once import the_one
from ..people import Role
from . import reads, rules
from .rules import Progress
from .tables import Tour


def open(session: Session, workspace_id: int, member_id: int, role: Role, *, now: datetime) -> str:
    """Somebody opens a tour: the key of the step to show, where they left it or the first. Its `opened_at` stays,
    however often it is opened again."""
    fresh = Tour(
        workspace_id=workspace_id,
        id=new_id(now),
        member_id=member_id,
        role=role.value,
        step=rules.STEPS[role][0],
        opened_at=now,
    )
    row = the_one(session, reads.of(workspace_id, member_id, role), fresh)
    _change(session, workspace_id, member_id, role, seen_at=now)
    return rules.begun_at(role, Progress(role, row.step, row.opened_at, row.done_at))


def reach(session: Session, workspace_id: int, member_id: int, role: Role, step: str, *, now: datetime) -> None:
    """Somebody sees a step; a tour that was through begins again. Raises ValueError where the tour has no such step."""
    rules.beside(role, step)
    open(session, workspace_id, member_id, role, now=now)
    _change(session, workspace_id, member_id, role, step=step, done_at=None)


def end(session: Session, workspace_id: int, member_id: int, role: Role, *, now: datetime) -> None:
    """Somebody is through; saying it twice changes nothing."""
    open(session, workspace_id, member_id, role, now=now)
    _change(session, workspace_id, member_id, role, only_under_way=True, step=rules.STEPS[role][-1], done_at=now)


def _change(
    session: Session, workspace_id: int, member_id: int, role: Role, *, only_under_way: bool = False, **values: Any
) -> None:
    which = [Tour.workspace_id == workspace_id, Tour.member_id == member_id, Tour.role == role.value]
    if only_under_way:
        which.append(col(Tour.done_at).is_(None))  # type: ignore[arg-type]
    session.exec(update(Tour).where(*which).values(**values))  # type: ignore[arg-type]
