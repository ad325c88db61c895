"""A team's working time as one long line of seconds, so that thousands of replies fall into it at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from cspm_core.calendars import Calendar

Seconds: TypeAlias = NDArray[np.int64]
"""Whole seconds since 1970."""


class WorkingTime:
    """Every opening and closing of a calendar over some days."""

    def __init__(self, calendar: Calendar, days: Sequence[date]) -> None:
        spans = [span for day in days for span in calendar.windows(day)]
        self.opens = np.array([start.timestamp() for start, _ in spans], dtype=np.int64)
        self.closes = np.array([end.timestamp() for _, end in spans], dtype=np.int64)
        self._before = np.concatenate(([0], np.cumsum(self.closes - self.opens)))

    def is_open(self, at: Seconds) -> NDArray[np.bool_]:
        n = np.searchsorted(self.opens, at, "right") - 1
        return np.asarray((n >= 0) & (at < self.closes[n]))

    def worked(self, at: Seconds) -> Seconds:
        """Working seconds since the first opening."""
        n = np.searchsorted(self.opens, at, "right") - 1
        inside = np.clip(at - self.opens[n], 0, self.closes[n] - self.opens[n])
        return np.asarray(np.where(n < 0, 0, self._before[n] + inside))

    def later(self, at: Seconds, seconds: NDArray[np.float64]) -> Seconds:
        """The instants so many working seconds (at least one) after `at`."""
        wanted = self.worked(at) + np.maximum(1, seconds).astype(np.int64)
        n = np.minimum(np.searchsorted(self._before, wanted, "left") - 1, len(self.opens) - 1)
        return np.asarray(self.opens[n] + wanted - self._before[n])
