"""When customers write: busy Mondays, quiet weekends and holidays, a morning and an afternoon peak, more each month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from cspm_core.calendars import Calendar

from .hours import Seconds
from .world import Centre

WORKDAY = np.array([
    0.5, 0.3, 0.2, 0.2, 0.2, 0.4, 1.0, 2.2, 4.2, 6.6, 7.6, 7.0,
    5.6, 5.8, 6.6, 6.2, 5.4, 4.4, 3.6, 3.4, 3.8, 3.2, 2.0, 1.0,
])  # fmt: skip
DAY_OFF = np.array([
    0.8, 0.5, 0.3, 0.2, 0.2, 0.3, 0.8, 1.6, 3.0, 4.6, 6.0, 6.2,
    5.6, 5.2, 5.0, 5.0, 4.8, 4.6, 4.8, 5.4, 5.8, 5.0, 3.4, 1.8,
])  # fmt: skip
"""How many write in each hour of the local day."""
HOLIDAY, AFTER_HOLIDAY = 0.45, 1.25
GROWTH = 0.18
"""How much busier the end of the history is than its beginning."""
RESTLESS = 0.07
"""How far a day strays from its like (standard deviation of its logarithm)."""


def arrivals(
    centre: Centre, calendar: Calendar, every: Sequence[date], history: int, usual: float, rng: np.random.Generator
) -> Seconds:
    """The instants at which tickets are created, ascending: about `usual` of them in the first `history` days, and as
    busy in the days after these."""
    busy = np.array([_busyness(centre, calendar, day) for day in every]) * (
        1 + GROWTH * np.arange(len(every)) / history
    )
    expected = busy * usual / busy[:history].sum()
    counts = rng.poisson(expected * rng.lognormal(0, RESTLESS, len(every)))
    return np.sort(np.concatenate([_on(calendar, day, int(n), rng) for day, n in zip(every, counts, strict=True)]))


def _busyness(centre: Centre, calendar: Calendar, day: date) -> float:
    usual = centre.week[day.weekday()]
    if calendar.holiday_name(day):
        return usual * HOLIDAY
    return usual * (AFTER_HOLIDAY if calendar.holiday_name(day - timedelta(days=1)) and day.weekday() < 5 else 1.0)


def _on(calendar: Calendar, day: date, n: int, rng: np.random.Generator) -> Seconds:
    curve = WORKDAY if calendar.is_working_day(day) else DAY_OFF
    hours = rng.choice(24, size=n, p=curve / curve.sum())
    midnight, next_one = (int(calendar.midnight(day + timedelta(days=k)).timestamp()) for k in (0, 1))
    return np.asarray(midnight + np.minimum(hours * 3600 + rng.integers(0, 3600, n), next_one - midnight - 1))
