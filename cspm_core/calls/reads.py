"""How far a team's calls reach, and whether it has any."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, func, select

from ..people import Team
from ..tickets import Extent, source
from .tables import Call

CALLS = "calls"
"""The kind of source that tells of calls."""


def extent(session: Session, team: Team) -> Extent | None:
    """From when to when all of a team's calls are known, None before the first."""
    own = source(session, team, CALLS)
    return Extent(own.first_at, own.complete_until) if own else None


def calls_of(session: Session, team: Team) -> int:
    """How many calls a team has."""
    counted = select(func.count()).select_from(Call)
    return session.exec(counted.where(Call.workspace_id == team.workspace_id, Call.team_id == team.id)).one()


def any_between(session: Session, team: Team, since: datetime, until: datetime) -> bool:
    """Whether any call of a team entered the queue between two instants."""
    query = select(Call.id).where(
        Call.workspace_id == team.workspace_id, Call.team_id == team.id, col(Call.queued_at).between(since, until)
    )
    return session.exec(query.limit(1)).first() is not None
