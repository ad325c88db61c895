"""What moves on by itself: reviews to their agents, windows that end, disputes that climb."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from . import announcing, climbing


@dataclass(frozen=True, slots=True)
class Due:
    """A review, or a dispute, whose time has come."""

    workspace_id: int
    id: int
    is_dispute: bool


def due(session: Session, *, now: datetime) -> list[Due]:
    """Everything that is to move on now."""
    reviews = [Due(*one, is_dispute=False) for one in announcing.due(session, now=now)]
    return [*reviews, *(Due(*one, is_dispute=True) for one in climbing.due(session, now=now))]


def move_on(session: Session, one: Due, *, now: datetime) -> None:
    """One of them, in a transaction of its own. Nothing where it has moved on meanwhile."""
    if one.is_dispute:
        climbing.move_on(session, one.workspace_id, one.id, now=now)
    else:
        announcing.move_on(session, one.workspace_id, one.id, now=now)
