"""A team's calendar, made from its settings and its days of other hours."""

from __future__ import annotations

from sqlmodel import Session

from ..calendars import Calendar, parse_hours, parse_shifts
from . import team_reads
from .tables import Team


def calendar_of(session: Session, team: Team) -> Calendar:
    """When a team works: zone, weekly hours, holidays and overrides by date."""
    days = {row.day: parse_shifts(row.hours or "closed") for row in team_reads.overrides(session, team)}
    return Calendar(team.timezone, parse_hours(team.hours), team.holidays, days)
