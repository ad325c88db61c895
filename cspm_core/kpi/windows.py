"""From a period to what the formulas look through: now, and as long after its own beginning in the period before."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..calendars import Calendar, at_local, midnight, zone
from ..metrics import NEVER, Window
from ..periods import Period, previous
from ..store import microseconds


def window(period: Period, as_of: datetime, calendar: Calendar, since: datetime | None = None) -> Window:
    """The whole named period, told as of an instant."""
    return Window(
        start=microseconds(period.start),
        end=microseconds(midnight(period.last_day + timedelta(days=1), period.timezone)),
        as_of=microseconds(as_of),
        since=-NEVER if since is None else microseconds(since),
        calendar=calendar,
    )


def before(period: Period, as_of: datetime) -> tuple[Period, datetime]:
    """The equal period before, cut at the same elapsed time, and the instant it is told as of.

    That instant lies as long after the beginning of its period (local days and wall time) as `as_of` does after this
    one's, also past the end: on Monday at nine last week is told as the week before stood on its own Monday at nine.
    So what was still open then is open, and a week that had more time to be answered is no better for it.
    """
    earlier = previous(period, as_of)
    wall = as_of.astimezone(zone(period.timezone))
    same_day = earlier.first_day + (wall.date() - period.first_day)
    return earlier, at_local(same_day, wall.time(), period.timezone)
