"""A team's calendar: working hours in its zone, holidays, exceptions by date, and the time that passes in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from . import zones
from .counting import OpenTime, Seconds, open_time
from .days_off import check_holidays, holiday_name, is_holiday, is_make_up_day
from .hours import WHOLE_DAY, Hours, Shift, parse_hours

LOOK_AHEAD_YEARS = (1, 4, 16)
YEARS = (1900, 2200)  # outside these nothing is open: no ticket is that old, and a slip of an export costs no time


class NeverOpen(ValueError):
    """No opening within years of `at`."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        super().__init__(at)


@dataclass(frozen=True)
class Calendar:
    """Weekly hours in an IANA zone, a country's holidays ("" for none) and hours by date (`()` closes the day).

    Instants are aware datetimes, results UTC. Business time is counted in whole seconds: every instant is floored to
    its second and what lies between is counted exactly, so it adds up. Raises BadTimezone and BadHolidays when made.
    """

    timezone: str
    hours: Hours
    holidays: str = ""
    overrides: Mapping[date, tuple[Shift, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        zones.zone(self.timezone)
        check_holidays(self.holidays)
        object.__setattr__(self, "overrides", {day: tuple(shifts) for day, shifts in self.overrides.items()})

    def __hash__(self) -> int:
        return hash((self.timezone, self.hours, self.holidays, frozenset(self.overrides.items())))

    def shifts(self, day: date) -> tuple[Shift, ...]:
        """The shifts that begin on that day; an override beats a make-up day, which beats a holiday."""
        if day in self.overrides:
            return self.overrides[day]
        if is_make_up_day(self.holidays, day):
            return self._make_up_shifts(day)
        return () if is_holiday(self.holidays, day) else self.hours.on(day.weekday())

    def _make_up_shifts(self, day: date) -> tuple[Shift, ...]:
        # A Saturday that stands in for a weekday is worked like the last weekday before it.
        back = (self.hours.on((day.weekday() - n) % 7) for n in range(7))
        return next((shifts for shifts in back if shifts), ())

    def is_working_day(self, day: date) -> bool:
        """Whether any shift begins on that day."""
        return bool(self.shifts(day))

    def holiday_name(self, day: date) -> str | None:
        """The public holiday's name, or None."""
        return holiday_name(self.holidays, day)

    def windows(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The open windows (UTC, half-open) that begin on that day; a night's reaches into the next."""
        if self.midnight(day) == self.midnight(day + timedelta(days=1)):
            return ()  # a day that a zone skipped when it crossed the date line
        edges = ((self._wall(day, shift.begins), self._wall(day, shift.ends)) for shift in self.shifts(day))
        return tuple((begin, end) for begin, end in edges if begin < end)

    def _wall(self, day: date, minutes: int) -> datetime:
        days, rest = divmod(minutes, WHOLE_DAY)
        return self.at_local(day + timedelta(days=days), time(*divmod(rest, 60)))

    def opening(self, day: date) -> datetime | None:
        """When the day's work begins, None on a closed day."""
        windows = self.windows(day)
        return windows[0][0] if windows else None

    def closing(self, day: date) -> datetime | None:
        """When the day's work ends (a night's: the next morning), None on a closed day."""
        windows = self.windows(day)
        return max(end for _, end in windows) if windows else None

    def business_seconds(self, start: datetime, end: datetime) -> int:
        """Open seconds between two instants; 0 where the end is not after the start."""
        both = np.array([zones.epoch_seconds(start), zones.epoch_seconds(end)], dtype=np.int64)
        return int(self.business_seconds_many(both[:1], both[1:])[0])

    def business_seconds_many(self, starts: ArrayLike, ends: ArrayLike) -> Seconds:
        """The same for arrays of epoch seconds (int64, one shape); missing values are the caller's to mask."""
        begin, end = np.asarray(starts, dtype=np.int64), np.asarray(ends, dtype=np.int64)
        if not begin.size:
            return np.zeros(begin.shape, dtype=np.int64)
        table = _table(self, *_span(int(min(begin.min(), end.min())), int(max(begin.max(), end.max()))))
        passed: Seconds = table.until(end) - table.until(begin)
        return np.maximum(passed, 0)

    def is_open(self, at: datetime) -> bool:
        """Whether the team works at that instant; at the closing time itself it no longer does."""
        second = zones.epoch_seconds(at)
        return _table(self, *_span(second, second)).is_open(second)

    def next_open(self, at: datetime) -> datetime:
        """The instant itself when open, else the next opening. Raises NeverOpen."""
        second = zones.epoch_seconds(at)
        for table in self._ahead(at):
            found = table.next_opening(second)
            if found is not None:
                return zones.as_utc(at) if found == second else zones.at_epoch(found)
        raise NeverOpen(at)

    def add_business(self, at: datetime, seconds: int) -> datetime:
        """The first instant by which so many open seconds (0 or more) have passed: a closing time, not the opening
        after it; `at` itself for 0. Raises NeverOpen."""
        if seconds < 0:
            raise ValueError("business time only passes forward")
        if seconds == 0:
            return zones.as_utc(at)
        second = np.array([zones.epoch_seconds(at)], dtype=np.int64)
        for table in self._ahead(at):
            found = table.reaches(int(table.until(second)[0]) + seconds)
            if found is not None:
                return zones.at_epoch(found)
        raise NeverOpen(at)

    def add_business_many(self, ats: ArrayLike, seconds: int) -> Seconds:
        """`add_business` of 1 second or more for an array of epoch seconds (int64); -1 where it never opens so long."""
        at = np.asarray(ats, dtype=np.int64)
        reached = np.full(at.shape, -1, dtype=np.int64)
        years = 1970 + at.astype("datetime64[s]").astype("datetime64[Y]").astype(np.int64)
        for year in np.unique(years).tolist():
            for ahead in LOOK_AHEAD_YEARS:
                left = np.flatnonzero((years == year) & (reached == -1))
                if left.size:
                    table = _table(self, year - 1, year + ahead)
                    reached[left] = table.reach(table.until(at[left]) + seconds)
        return reached

    def _ahead(self, at: datetime) -> Iterator[OpenTime]:
        year = zones.as_utc(at).year
        for years in LOOK_AHEAD_YEARS:
            yield _table(self, year - 1, year + years)

    def local_day(self, at: datetime) -> date:
        """The team-local date of an instant."""
        return zones.local_day(at, self.timezone)

    def midnight(self, day: date) -> datetime:
        """The UTC instant at which the team's day begins."""
        return zones.midnight(day, self.timezone)

    def at_local(self, day: date, time: time) -> datetime:
        """The UTC instant of a wall time; in a gap moved forward by the gap, in a fold the first."""
        return zones.at_local(day, time, self.timezone)


def _span(first: int, last: int) -> tuple[int, int]:
    """The years to know for instants (epoch seconds), with one more at each side for zones and night shifts."""
    years = np.array([first, last], dtype=np.int64).astype("datetime64[s]").astype("datetime64[Y]").astype(np.int64)
    return 1970 + int(years[0]) - 1, 1970 + int(years[1]) + 1


@lru_cache(maxsize=512)
def _table(calendar: Calendar, first_year: int, last_year: int) -> OpenTime:
    years = range(max(first_year, YEARS[0]), min(last_year, YEARS[1]) + 1)
    return open_time(window for year in years for window in _year(calendar, year))


@lru_cache(maxsize=4096)
def _year(calendar: Calendar, year: int) -> tuple[tuple[int, int], ...]:
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    return tuple(
        (zones.epoch_seconds(begin), zones.epoch_seconds(end)) for day in days for begin, end in calendar.windows(day)
    )


ALWAYS_OPEN = Calendar("UTC", parse_hours("24x7"))
