"""When a team's digest is due, late, skipped or silent, and what is usual for a weekday. No database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from ..calendars import BadHours, Calendar, parse_hours
from ..errors import Invalid

DAY = timedelta(days=1)
LOOK_BACK = 7
"""A digest covers and names at most so many days before it: beyond a week nothing compares."""
LOOK_AHEAD = 60
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
"""A pause until somebody resumes."""
WORKING = "working"
SHORT, LONG = 7, 28
ENOUGH = 30
"""A ratio or median over the short window, in days, rests on at least so many; otherwise the long one is shown."""


GOALS = 3
"""So many goals stand in a digest."""
FIRST_DAY = "first_day"
"""The kind of message that stands in the place of a team's first digest."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a team wants its digest. `days`: weekdays (Monday 0), None for the team's working days."""

    calendar: Calendar
    at: time
    days: frozenset[int] | None = None
    on_holidays: bool = False
    paused_until: datetime | None = None

    def is_day(self, day: date) -> bool:
        """Whether a digest is due on that local day, pauses aside."""
        if self.days is None:
            wanted = self.calendar.is_working_day(day) or bool(self.calendar.hours.on(day.weekday()))
        else:
            wanted = day.weekday() in self.days
        return wanted and (self.on_holidays or not self.is_off(day))

    def is_off(self, day: date) -> bool:
        """A holiday, or a day closed by exception; an ordinary day without hours is neither."""
        if self.calendar.is_working_day(day):
            return False
        return self.calendar.holiday_name(day) is not None or day in self.calendar.overrides

    def due_at(self, day: date) -> datetime:
        return self.calendar.at_local(day, self.at)

    def expires_at(self, day: date) -> datetime:
        """The end of that working day; where nobody works after the digest, the end of the day itself."""
        closing = self.calendar.closing(day)
        if closing is None or closing <= self.due_at(day):
            closing = self.calendar.midnight(day + DAY)
        return min(closing, self.due_at(day + DAY))

    def is_silent(self, at: datetime) -> bool:
        return self.paused_until is not None and at < self.paused_until

    def day_before(self, day: date) -> date | None:
        """The last digest day before a day."""
        return next((d for d in (day - n * DAY for n in range(1, LOOK_BACK + 8)) if self.is_day(d)), None)

    def first_day(self, from_day: date) -> date | None:
        """The first digest day from a day on; None: none comes in sight."""
        return next((d for d in (from_day + n * DAY for n in range(LOOK_AHEAD)) if self.is_day(d)), None)

    def days_after(self, at: datetime) -> Iterator[date]:
        """The digest days whose time is still to come, the next one first."""
        today = self.calendar.local_day(at)
        ahead = (today + n * DAY for n in range(LOOK_AHEAD))
        return (day for day in ahead if self.is_day(day) and self.due_at(day) > at)


def wall_time(text: str) -> time:
    """HH:MM. Raises Invalid."""
    try:
        hours, minutes = text.strip().split(":")
        return time(int(hours), int(minutes))
    except ValueError:
        raise Invalid("digest_at", text) from None


def weekdays(text: str) -> frozenset[int] | None:
    """`working` (None) or weekdays such as `mon-wed,fri`. Raises Invalid."""
    if text.strip().casefold() == WORKING:
        return None
    try:
        hours = parse_hours(f"{text} 00:00-24:00")
    except BadHours:
        raise Invalid("digest_days", text) from None
    return frozenset(day for day in range(7) if hours.on(day))


def due_day(rhythm: Rhythm, now: datetime) -> date | None:
    """The local day whose digest should be said now, or late; None where none is due or it is silent."""
    if rhythm.is_silent(now):
        return None
    today = rhythm.calendar.local_day(now)
    for day in (today, today - DAY):  # a night shift's day ends on the next morning
        if rhythm.is_day(day) and rhythm.due_at(day) <= now < rhythm.expires_at(day):
            return day
    return None


def skipped(rhythm: Rhythm, after: date, day: date) -> tuple[date, ...]:
    """Digest days between the last one said and this one. Those of a pause were silent on purpose: not named."""
    first = max(after + DAY, day - LOOK_BACK * DAY)
    between = (first + n * DAY for n in range((day - first).days))
    return tuple(d for d in between if rhythm.is_day(d) and not rhythm.is_silent(rhythm.due_at(d)))


class Standing(StrEnum):
    """A count against what is usual for that weekday."""

    LESS = "less"
    USUAL = "usual"
    MORE = "more"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Usual:
    """The range that holds the middle 80 % of the same span in `n` past weeks."""

    low: int
    high: int
    n: int


FEWEST_WEEKS, MOST_WEEKS = 5, 12


def usual(past: Sequence[int]) -> Usual | None:
    """What is usual, by exact order statistics: the k-th smallest to the k-th largest of n values hold the next one
    with probability (n + 1 - 2k) / (n + 1); k is the largest for which that is 80 % or more, at least 1. None under 5.
    """
    if len(past) < FEWEST_WEEKS:
        return None
    values = sorted(past)
    k = max(1, (len(values) + 1) // 10)
    return Usual(values[k - 1], values[-k], len(values))


def standing(value: int, usual: Usual | None) -> Standing:
    """More than, less than or as usual; its ends are usual."""
    if usual is None:
        return Standing.UNKNOWN
    if value > usual.high:
        return Standing.MORE
    return Standing.LESS if value < usual.low else Standing.USUAL


def pause_until(rhythm: Rhythm, choice: str, now: datetime) -> datetime:
    """When a pause ends: `next` skips one digest, `week` seven days, `resumed` lasts until somebody resumes."""
    if choice == "week":
        return rhythm.calendar.midnight(rhythm.calendar.local_day(now) + 7 * DAY)
    following = next(rhythm.days_after(now), None)
    if choice == "next" and following:
        return rhythm.calendar.midnight(following + DAY)
    return FOREVER


def back_on(rhythm: Rhythm, until: datetime) -> date | None:
    """The day of the first digest after a pause."""
    return None if until >= FOREVER else next(rhythm.days_after(until - timedelta(microseconds=1)), None)


def failure_key(digest_id: int, code: str, member_id: int) -> str:
    """What makes a direct message about a failure one: the digest, the reason and the reader."""
    return f"digest.undelivered:{digest_id}:{code}:{member_id}"


def failure_code(key: str) -> str:
    """The reason that stands in such a key."""
    return key.split(":")[2]
