"""Adding a team, and changing how it works and what it has agreed to. Callers commit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from .. import errors
from ..ids import new_id
from ..once import add_once, the_one
from .rules import PersonFigures, fold
from .tables import Agreement, CalendarOverride, Team
from .team_reads import team_named


def add_team(session: Session, workspace_id: int, name: str, *, now: datetime, **settings: Any) -> Team:
    """A new team; `settings` are columns of `Team`, checked by the caller. Raises Taken."""
    team = Team(workspace_id=workspace_id, id=new_id(now), name=" ".join(name.split()), name_key=fold(name), **settings)
    if not add_once(session, team):
        raise errors.Taken(team_named(session, workspace_id, name).name)
    return session.get_one(Team, (workspace_id, team.id))


def change_team(session: Session, team: Team, **settings: Any) -> None:
    """Set columns of a team; a changed calendar raises its version, so that tickets are counted again."""
    calendar = ("timezone", "hours", "holidays")
    moved = any(key in calendar and getattr(team, key) != value for key, value in settings.items())
    for key, value in settings.items():
        setattr(team, key, value)
    if moved:
        team.calendar_version += 1
    session.add(team)
    session.flush()


def override_day(session: Session, team: Team, day: date, hours: str, *, now: datetime) -> None:
    """Let a team work other hours on one day (empty: closed)."""
    known = select(CalendarOverride).where(
        CalendarOverride.workspace_id == team.workspace_id,
        CalendarOverride.team_id == team.id,
        CalendarOverride.day == day,
    )
    fresh = CalendarOverride(workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, day=day)
    row = the_one(session, known, fresh)
    row.hours = hours
    team.calendar_version += 1
    session.add_all([row, team])
    session.flush()


def as_usual(session: Session, team: Team, day: date) -> bool:
    """Let a day be worked as every other of its weekday; False where it was already."""
    gone = session.exec(
        delete(CalendarOverride).where(
            col(CalendarOverride.workspace_id) == team.workspace_id,
            col(CalendarOverride.team_id) == team.id,
            col(CalendarOverride.day) == day,
        )
    )
    if gone.rowcount:
        team.calendar_version += 1
        session.add(team)
        session.flush()
    return bool(gone.rowcount)


def agree_on_person_figures(session: Session, team: Team, level: str, by: str, *, now: datetime) -> None:
    """Set who may see figures about one person of the team, and write down who agreed and when."""
    team.person_figures = PersonFigures(level)
    session.add(team)
    session.add(
        Agreement(
            workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, level=level, agreed_by=by, agreed_at=now
        )
    )
    session.flush()
