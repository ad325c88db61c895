"""Teams by id and name, their days of other hours, and what they have agreed to."""

from __future__ import annotations

import difflib

from sqlmodel import Session, col, select

from .. import errors
from .rules import fold
from .tables import Agreement, CalendarOverride, Team


def teams(session: Session, workspace_id: int) -> list[Team]:
    """Every team, by name."""
    rows = session.exec(select(Team).where(Team.workspace_id == workspace_id)).all()
    return sorted(rows, key=lambda team: team.name_key)


def team(session: Session, workspace_id: int, team_id: int) -> Team:
    """One team. Raises UnknownTeam."""
    found = session.get(Team, (workspace_id, team_id))
    if found is None:
        raise errors.UnknownTeam(str(team_id))
    return found


def team_named(session: Session, workspace_id: int, name: str) -> Team:
    """The team of that name, whatever its case. Raises UnknownTeam with the nearest name, NoTeams."""
    every = teams(session, workspace_id)
    if not every:
        raise errors.NoTeams
    for found in every:
        if found.name_key == fold(name):
            return found
    near = difflib.get_close_matches(fold(name), [t.name_key for t in every], n=1, cutoff=0.5)
    nearest = next((t.name for t in every if near and t.name_key == near[0]), None)
    raise errors.UnknownTeam(name, nearest, [t.name for t in every[:10]])


def overrides(session: Session, team: Team) -> list[CalendarOverride]:
    """The days on which a team works other hours than usual."""
    return list(
        session.exec(
            select(CalendarOverride)
            .where(CalendarOverride.workspace_id == team.workspace_id, CalendarOverride.team_id == team.id)
            .order_by(col(CalendarOverride.day))
        )
    )


def agreements(session: Session, team: Team) -> list[Agreement]:
    """Who agreed to which level of figures about one person, oldest first."""
    return list(
        session.exec(
            select(Agreement)
            .where(Agreement.workspace_id == team.workspace_id, Agreement.team_id == team.id)
            .order_by(col(Agreement.agreed_at))
        )
    )
