"""Bad ratings of late, each with a day for calling the customer back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from ..calendars import Calendar
from ..people import Team
from ..tickets import Ticket
from .choosing import Chosen
from .scene import Scene
from .sights import Found

DAY = timedelta(days=1)
LATE = timedelta(days=7)
"""A rating may be told so much later than it was given."""


def bad_ratings(session: Session, team: Team, scene: Scene, one: Chosen) -> Iterator[Found]:
    """Bad ratings of late, told now."""
    if not one.is_on or one.since_at is None:
        return
    as_of = scene.reach.as_of
    call_back = working_day_after(scene.calendar, as_of, one.settings["call_back_days"])
    query = select(Ticket).where(
        Ticket.workspace_id == team.workspace_id,
        Ticket.team_id == team.id,
        col(Ticket.csat_at) > max(one.since_at, as_of - LATE),
        col(Ticket.csat_at) <= as_of,
        col(Ticket.csat_good).is_(False),
        Ticket.left_out == "",
    )
    for row in session.exec(query):
        rated_at = row.csat_at or as_of
        facts = {"rating": row.csat, "scale": row.csat_scale, "rated_at": rated_at.isoformat()}
        facts["call_back_at"] = call_back.isoformat()
        yield Found(one.kind, f"{one.kind.value}:{row.id}", row.id, "", call_back, rated_at, facts)


def working_day_after(calendar: Calendar, at: datetime, days: int) -> datetime:
    """The close of the so-manieth working day after an instant's; where nobody ever works, so many days later."""
    day, left = calendar.local_day(at), days
    for _ in range(60):
        day += DAY
        left -= calendar.is_working_day(day)
        if not left and (closing := calendar.closing(day)):
            return closing
    return at + days * DAY
