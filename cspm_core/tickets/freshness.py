"""How old data may be before it is silent. No database."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..calendars import Calendar

DAY = timedelta(days=1)


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
