"""Working days as they are counted here: an agent's own, in which a review may be disputed, and the team's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from .. import duty
from ..calendars import Calendar
from ..duty import Board
from ..people import Team, calendar_of
from . import rules
from .rules import Window

BEFORE = timedelta(days=2)
AHEAD = timedelta(days=92)
"""How far the end of a window is looked for."""
LONGEST_CLOSED = 400
"""Days in a row on which a team may be closed."""
DAY = timedelta(days=1)


def window(session: Session, team: Team, member_id: int, told_at: datetime, days: int, *, now: datetime) -> Window:
    """Whether what was told then may be disputed now, and until when; `days`: working days of the agent, 0: for ever.

    Absence pauses it, also absence that becomes known later.
    """
    return windows(session, team, member_id, [told_at], days, now=now)[0]


def windows(
    session: Session, team: Team, member_id: int, told: Sequence[datetime], days: int, *, now: datetime
) -> list[Window]:
    """The same for several of one agent, in their order."""
    if not told or days <= 0:
        return [Window(True)] * len(told)
    board = duty.board(session, team, min(told) - BEFORE, max(told) + AHEAD)
    calendar = board.facts.calendar
    plan = Board(replace(board.facts, absences={}), board.from_at, board.to_at).working(member_id)
    shifts = rules.shifts(plan, calendar.midnight, calendar.local_day)
    worked = board.working(member_id)
    ends = [rules.end_of_days(shifts, worked, calendar.local_day, at, days) for at in told]
    return [Window(end is None or now < end, end) for end in ends]


def days_later(calendar: Calendar, at: datetime, n: int) -> datetime:
    """The same time of day, so many working days of a team later."""
    day, left = calendar.local_day(at), n
    for _ in range(LONGEST_CLOSED):
        if left <= 0:
            break
        day += DAY
        left -= calendar.is_working_day(day)
    else:
        day = calendar.local_day(at) + n * DAY
    local = at.astimezone(ZoneInfo(calendar.timezone))
    return calendar.at_local(day, local.time())


def hold_until(session: Session, team: Team, at: datetime, n: int) -> datetime:
    """When the team opens on its n-th working day after an instant; the instant itself for 0."""
    if n <= 0:
        return at
    calendar = calendar_of(session, team)
    later = days_later(calendar, at, n)
    return calendar.opening(calendar.local_day(later)) or later
