"""How far data reaches, and how old it may be before it is silent. No database."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..calendars import Calendar

DAY = timedelta(days=1)
LIVE_FOR = timedelta(minutes=15)
"""For so long after a live source was last heard from, its silence means that nothing has happened."""


def live_reach(complete_until: datetime, heard_at: datetime, at: datetime) -> datetime:
    """How far a live source's data reaches when looked at `at`: to that very instant while it is heard from."""
    return max(complete_until, at) if abs(at - heard_at) <= LIVE_FOR else complete_until


def is_stale(calendar: Calendar, as_of: datetime, at: datetime, limit_hours: int) -> bool:
    """Whether data that reaches `as_of` is too old to speak of at `at`.

    Local days on which nobody works do not age data: at a limit of 36 hours, data until Friday's close is fresh on
    Monday morning, data until Thursday's is not.
    """
    if at - as_of <= timedelta(hours=limit_hours):
        return False
    first, last = calendar.local_day(as_of) + DAY, calendar.local_day(at)
    passed = at - as_of
    for n in range(min((last - first).days, 400)):
        day = first + n * DAY
        if not calendar.is_working_day(day):
            passed -= calendar.midnight(day + DAY) - calendar.midnight(day)
    return passed > timedelta(hours=limit_hours)
