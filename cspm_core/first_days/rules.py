"""When the first day's message is said, and from which day on the rest can be seen. No database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from ..calendars import Calendar, NeverOpen
from ..digests.rules import FEWEST_WEEKS, LOOK_AHEAD, Rhythm, due_day
from ..kpi.rules import ON_A_SCALE
from ..metrics import Metric, Unit
from ..signals.judging import SETTLING
from ..stats.control import FEWEST_POINTS

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
NEVER = date.max
"""No regular digest comes before the first day was told."""
SHOWN_FOR = timedelta(days=7)
"""For so long it is tried to say it, where somebody has to do something first, such as invite the bot."""
SHORTEST = DAY
"""Shorter data, as of a help desk that has only begun to tell, waits for the next morning."""
STUCK_AFTER = timedelta(hours=1)
"""An import of which nobody has heard an end for so long was broken off."""
MINUTE = 60
MANY, A_YEAR = 500_000, 366
"""Of so many tickets only the last year is looked at, in days: all of them would not fit beside everything else."""
MOST_WEEKS = 260
"""How many weeks say what comes in one; a stray date of long ago makes no more."""


def is_time(rhythm: Rhythm, came_at: datetime, now: datetime, *, is_short: bool = False) -> bool:
    """Whether to say it: at once where the data came in working hours, else when the team works again or its next
    digest would be due, whichever is first; and only while somebody works, or a digest would be said. Not while digests
    are paused."""
    if rhythm.is_silent(now):
        return False
    due = due_from(rhythm, came_at, is_short=is_short)
    if due is None:
        return True  # a team without mornings
    return due <= now and (rhythm.calendar.is_open(now) or due_day(rhythm, now) is not None)


def due_from(rhythm: Rhythm, came_at: datetime, *, is_short: bool = False) -> datetime | None:
    """When it is due; None for a team that has no mornings."""
    morning = next(rhythm.days_after(came_at), None)
    if morning is None:
        return None
    due = rhythm.due_at(morning)
    return due if is_short else min(due, _opening(rhythm.calendar, came_at) or due)


def _opening(calendar: Calendar, at: datetime) -> datetime | None:
    """When work goes on after an instant: that instant itself while it does; None: nobody ever works."""
    if calendar.is_open(at):
        return at
    try:
        return calendar.add_business(at, 1) - timedelta(seconds=1)
    except NeverOpen:
        return None


def compared_from(rhythm: Rhythm, from_day: date, first_at: datetime) -> date | None:
    """The first morning whose digest can say what is usual: the stretch it tells of must lie `FEWEST_WEEKS` times
    within the data before it."""
    for day in (from_day + n * DAY for n in range(LOOK_AHEAD)):
        before = rhythm.day_before(day) if rhythm.is_day(day) else None
        if before and rhythm.calendar.midnight(before - FEWEST_WEEKS * WEEK) >= first_at:
            return day
    return None


def judged_from(calendar: Calendar, newest: date, points: int) -> date:
    """The first day on which a figure can be judged, if each day that is worked from now on has enough: there must be
    `FEWEST_POINTS` days that say what is usual, and one more, which is over."""
    missing, day = max(FEWEST_POINTS + 1 - points, 1), newest
    never_works = not any(calendar.is_working_day(newest + n * DAY) for n in range(1, 29))
    while missing:
        day += DAY
        missing -= calendar.is_working_day(day) or never_works
    return day + DAY


def settled_from(calendar: Calendar, as_of: datetime) -> date:
    """The first whole day by which what was solved until now can no longer count as reopened soon after."""
    return first_whole_day(calendar, as_of + SETTLING["reopen_rate"] * DAY)


def first_whole_day(calendar: Calendar, at: datetime) -> date:
    """The day that begins at or after an instant."""
    day = calendar.local_day(at)
    return day if calendar.midnight(day) >= at else day + DAY


def whole_weeks(first_at: datetime, newest: date, calendar: Calendar) -> list[date]:
    """The Mondays of the weeks that lie wholly in the data; of the day on which it begins a part may be missing."""
    first = calendar.local_day(first_at) + DAY
    monday = first + (-first.weekday() % 7) * DAY
    found = []
    while monday + 6 * DAY <= newest:
        found.append(monday)
        monday += WEEK
    return found[-MOST_WEEKS:]


def rounded(metric: Metric, value: float) -> float:
    """A suggestion as somebody would say it: whole minutes, whole percent, one decimal."""
    if metric.unit is Unit.SECONDS:
        return float(round(value / MINUTE) * MINUTE) or value
    if metric.unit is Unit.SHARE:
        return round(value, 2)
    return round(value, 1 if metric.unit in ON_A_SCALE else 0)


def monday_of(day: date) -> date:
    """The first day of the week that holds it."""
    return day - day.weekday() * DAY


def suggested_from(today: date, wanting: Mapping[str, int]) -> date | None:
    """The Monday on which the first of some figures can have a target suggested, by how many more weeks each wants."""
    return monday_of(today) + min(wanting.values()) * WEEK if wanting else None
