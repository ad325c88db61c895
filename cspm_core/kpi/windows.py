"""From a period to what the formulas look through: now, and as long after its own beginning in the period before."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..calendars import Calendar, at_local, midnight, zone
from ..metrics import NEVER, Ways, Window
from ..metrics.frame import USUAL_WAYS
from ..people import Team
from ..periods import Period, previous
from ..store import microseconds


def ways(team: Team) -> Ways:
    """How a team wants its figures counted."""
    return Ways(
        team.response_start,
        team.transfers_counted,
        team.service_level_s,
        team.short_abandon_s,
        team.abandoned_in_time,
    )


def window(
    period: Period, as_of: datetime, calendar: Calendar, since: datetime | None = None, how: Ways = USUAL_WAYS
) -> Window:
    """The whole named period, told as of an instant."""
    end = midnight(period.last_day + timedelta(days=1), period.timezone)
    return between(period.start, end, as_of, calendar, how, since)


def between(
    start: datetime, end: datetime, as_of: datetime, calendar: Calendar, how: Ways, since: datetime | None = None
) -> Window:
    """From one instant up to another, told as of a third; `since`: where the data begins."""
    return Window(
        start=microseconds(start),
        end=microseconds(end),
        as_of=microseconds(as_of),
        since=-NEVER if since is None else microseconds(since),
        calendar=calendar,
        ways=how,
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
