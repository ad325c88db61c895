"""Who of a team is absent when, by their names in the data."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from .. import duty
from ..people import Identity, Team
from .scene import Scene
from .work import second


def absences_at(session: Session, team: Team, scene: Scene) -> dict[int, list[tuple[int, int]]]:
    """Who is absent at the end of the data: their names in the data, and from when to when."""
    at = scene.reach.as_of
    return absences_within(session, team, at, at + timedelta(seconds=1))


def absences_within(session: Session, team: Team, start: datetime, end: datetime) -> dict[int, list[tuple[int, int]]]:
    """Every absence of the team's people that touches a stretch of time, by their names in the data."""
    absences = duty.board(session, team, start, end).facts.absences
    query = select(Identity.id, Identity.member_id).where(
        Identity.workspace_id == team.workspace_id, col(Identity.member_id).in_(list(absences))
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for identity_id, member_id in session.exec(query):
        stretches = [(a, b) for a, b in absences[member_id or 0] if a < end and b > start]
        if stretches:
            found[identity_id] = [(second(a), second(b)) for a, b in stretches]
    return found
