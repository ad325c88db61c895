"""One team's tickets while they are being made: columns that each step adds to, and the dice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from cspm_core.calendars import Calendar

from .hours import Seconds, WorkingTime
from .lives import Flags, Lives
from .texts import Texts, texts
from .world import Centre

Floats = NDArray[np.float64]


@dataclass
class Work:
    """One team's tickets while they are being made, step by step."""

    centre: Centre
    opening: date
    opens_at: int
    calendar: Calendar
    time: WorkingTime
    days: Sequence[date]
    """The local days that it takes place on, from before the first ticket."""
    created: Seconds
    rng: np.random.Generator
    columns: dict[str, NDArray[np.int64]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.n = len(self.created)
        self.texts: Texts = texts(self.centre.language)
        self.wait: Floats = np.zeros(self.n)
        """Working seconds until the first reply."""
        self.odds: Floats = np.zeros(self.n)
        """Log odds of a good rating."""

    def of(self, name: str) -> Floats:
        """A number of each ticket's category."""
        return np.array([getattr(one, name) for one in self.texts.categories])[self.columns["category"]]

    def of_agent(self, name: str) -> Floats:
        """A number of each ticket's agent."""
        return np.array([getattr(one, name) for one in self.centre.agents])[self.columns["agent"]]

    def chance(self, share: float | Floats) -> Flags:
        return np.asarray(self.rng.random(self.n) < share)

    def around(self, median: float | Floats, spread: float) -> Floats:
        """Log-normal durations."""
        return np.asarray(median * self.rng.lognormal(0, spread, self.n))

    def lives(self) -> Lives:
        put = dict(self.columns)
        planted, lapsed = (put.pop(name).astype(np.bool_) for name in ("is_planted", "is_lapsed"))
        return Lives(self.centre, self.opening, self.created, is_planted=planted, is_lapsed=lapsed, **put)
