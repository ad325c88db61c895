"""Taking back that a team works other hours on a day."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, delete

from .tables import CalendarOverride, Team


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
