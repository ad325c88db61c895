"""How much is taken from whom: buckets that fill with time, in this process."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from math import ceil

MOST_BUCKETS = 10_000
"""Beyond this the one that was used longest ago is forgotten."""


class Buckets:
    """A bucket for each name: `size` requests at once, and `size` a minute on the long run."""

    def __init__(self, size: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.size, self._clock = size, clock
        self._lock = threading.Lock()
        self._levels: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def take(self, name: Hashable) -> int:
        """Take one; 0, or in how many seconds there is one again."""
        with self._lock:
            now = self._clock()
            level, at = self._levels.pop(name, (float(self.size), now))
            level = min(self.size, level + (now - at) * self.size / 60)
            enough = level >= 1
            self._levels[name] = (level - 1 if enough else level, now)
            if len(self._levels) > MOST_BUCKETS:
                self._levels.popitem(last=False)
            return 0 if enough else ceil((1 - level) * 60 / self.size)
