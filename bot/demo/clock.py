"""The demo's clock: the real time, turned forward as far as somebody wishes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.runtime import real_now


class DemoClock:
    """Real time plus an offset. `now` is what the bot and its Slack are given as their clock."""

    def __init__(self, offset: timedelta = timedelta(0), real: Callable[[], datetime] = real_now) -> None:
        self.offset = offset
        self._real = real

    def show(self, at: datetime) -> None:
        """Let it be `at`, earlier or later; before anybody has looked at it."""
        self.offset = at - self._real()

    def now(self) -> datetime:
        return self._real() + self.offset

    def turn(self, to: datetime) -> None:
        """Let it be `to`. Raises ValueError for an instant that is over."""
        ahead = to - self.now()
        if ahead < timedelta(0):
            raise ValueError("the clock only turns forward")
        self.offset += ahead

    def reach(self, at: datetime) -> None:
        """Let it be `at`, unless it is later already."""
        self.offset += max(at - self.now(), timedelta(0))
