"""Working time for many tickets at once, both ways: how much has passed, and when so much will have."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..calendars import Calendar
from ..calendars.counting import OpenTime, open_time
from ..store import EPOCH

Seconds = NDArray[np.int64]
NEVER = np.iinfo(np.int64).max // 4
"""Epoch seconds of what has not happened, or is not known."""
EARLIEST, LATEST = 1971, 2199
MARGIN_YEARS = 2
DAY = timedelta(days=1)


class WorkClock:
    """A team's working time around some instants (epoch seconds)."""

    def __init__(self, calendar: Calendar, *around: Seconds) -> None:
        known = np.concatenate([one[one < NEVER] for one in around] or [np.zeros(0, np.int64)])
        first, last = (int(known.min()), int(known.max())) if known.size else (0, 0)
        self._open = _open(calendar, _year(first) - 1, _year(last) + MARGIN_YEARS)

    def spent(self, starts: Seconds, ends: Seconds) -> Seconds:
        """Working seconds between instants; 0 where the end is not after the start."""
        passed: Seconds = np.maximum(self._open.until(ends) - self._open.until(starts), 0)
        return passed

    def after(self, starts: Seconds, seconds: Seconds | int) -> Seconds:
        """The first instants by which so many working seconds have passed; NEVER where they do not."""
        wanted = self._open.until(starts) + seconds
        if not self._open.begins.size:
            return np.where(np.broadcast_to(seconds, starts.shape) <= 0, starts, NEVER)
        i = np.maximum(np.searchsorted(self._open.before, wanted, side="left") - 1, 0)
        reached = self._open.begins[i] + wanted - self._open.before[i]
        found = np.where(reached <= self._open.ends[i], reached, NEVER)
        return np.where(np.broadcast_to(seconds, starts.shape) <= 0, starts, found)

    def used(self, starts: Seconds, dues: Seconds, share: int) -> Seconds:
        """When a share (per cent) of the working time until something is due has passed; where nobody works in
        between, of the time on the clock. NEVER where nothing is due."""
        is_due = dues < NEVER
        ends = np.where(is_due, dues, starts)
        working = self.spent(starts, ends)
        part = self.after(starts, -(-working * share // 100))
        whole = starts - (-(ends - starts) * share // 100)
        return np.where(is_due, np.minimum(np.where(working > 0, part, whole), dues), NEVER)


def _year(second: int) -> int:
    at = EPOCH + timedelta(seconds=max(0, min(second, 7_258_118_400)))
    return min(max(at.year, EARLIEST), LATEST)


@lru_cache(maxsize=64)
def _open(calendar: Calendar, first_year: int, last_year: int) -> OpenTime:
    day, last = date(first_year, 1, 1), date(last_year, 12, 31)
    windows = []
    while day <= last:
        windows += [(_second(begin), _second(end)) for begin, end in calendar.windows(day)]
        day += DAY
    return open_time(windows)


def _second(at: object) -> int:
    return int((at - EPOCH) // timedelta(seconds=1))  # type: ignore[operator]
