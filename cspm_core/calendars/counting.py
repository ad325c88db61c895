"""Open time as cumulative sums: how many open seconds lie before an instant, for one or for a million of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Seconds = NDArray[np.int64]


@dataclass(frozen=True)
class OpenTime:
    """Open windows as epoch seconds, in order and apart; `before` are the open seconds that precede each one."""

    begins: Seconds
    ends: Seconds
    before: Seconds

    def until(self, at: Seconds) -> Seconds:
        """Open seconds from the first window to each instant (epoch seconds, same shape)."""
        if not self.begins.size:
            return np.zeros_like(at)
        i = np.searchsorted(self.begins, at, side="right") - 1
        seen = np.minimum(at, self.ends[i]) - self.begins[i] + self.before[i]
        return np.where(i < 0, 0, seen)

    def is_open(self, at: int) -> bool:
        """Whether an instant lies in a window; the closing second itself does not."""
        i = int(np.searchsorted(self.begins, at, side="right")) - 1
        return i >= 0 and at < int(self.ends[i])

    def next_opening(self, at: int) -> int | None:
        """The instant itself when open, else the next window's beginning, None past the last."""
        if self.is_open(at):
            return at
        i = int(np.searchsorted(self.begins, at))
        return int(self.begins[i]) if i < self.begins.size else None

    def reaches(self, seconds: int) -> int | None:
        """The first instant with that many open seconds (1 or more) before it, None if the windows do not suffice."""
        i = int(np.searchsorted(self.before, seconds)) - 1
        if i < 0:
            return None
        reached = int(self.begins[i]) + seconds - int(self.before[i])
        return reached if reached <= int(self.ends[i]) else None

    def reach(self, seconds: Seconds) -> Seconds:
        """`reaches` for many; -1 where the windows do not suffice."""
        if not self.begins.size:
            return np.full(seconds.shape, -1, dtype=np.int64)
        i = np.maximum(np.searchsorted(self.before, seconds) - 1, 0)
        reached = self.begins[i] + seconds - self.before[i]
        return np.where((seconds > 0) & (reached <= self.ends[i]), reached, -1)


def open_time(windows: Iterable[tuple[int, int]]) -> OpenTime:
    """Sorts windows (epoch seconds, half-open), makes those that touch or overlap one, and sums what lies before."""
    pairs = np.array(sorted(windows), dtype=np.int64).reshape(-1, 2)
    begins, ends = pairs[:, 0], np.maximum.accumulate(pairs[:, 1])
    fresh = np.ones(len(pairs), dtype=bool)
    fresh[1:] = begins[1:] > ends[:-1]
    begins, ends = begins[fresh], ends[np.append(np.flatnonzero(fresh)[1:] - 1, len(pairs) - 1)] if len(pairs) else ends
    before = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(ends - begins)[:-1]]) if len(pairs) else ends
    return OpenTime(begins, ends, before)
