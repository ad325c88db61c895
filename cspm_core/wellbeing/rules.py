"""What is asked, how rarely, and from how many answers on it is said. No database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..stats import Interval, mean_interval

ENOUGH = 5
"""Fewer answers are never shown, to anybody."""
EVERY = timedelta(weeks=2)
OPEN_DAYS = 4
"""A pulse can be answered until the end of its Friday."""
WORST, BEST = 1, 5
PULSE, TALK = "pulse", "talk"
OUTCOMES = ("reached", "partly", "not_reached")
LONGEST_PLAN_DAYS = 366
KEPT_AFTER_DAYS = 366
"""A plan is deleted at most so long after its end."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """What some people answered to one question: the mean of 1 to 5 with its interval. None: too few."""

    mean: float | None
    interval: Interval | None
    n: int


def pooled(answers: Sequence[int]) -> Pooled:
    """The mean with Student's interval, cut to the scale; nothing under five answers."""
    if len(answers) < ENOUGH:
        return Pooled(None, None, len(answers))
    span = mean_interval(answers)
    cut = Interval(max(WORST, span.low), min(BEST, span.high)) if span else None
    return Pooled(sum(answers) / len(answers), cut, len(answers))


def is_week(first: date | None, monday: date) -> bool:
    """Whether a pulse belongs to a week: every second one from the first."""
    return first is not None and monday >= first and (monday - first).days % EVERY.days == 0


def quarter(day: date) -> date:
    """The first day of a day's quarter: that is all that stands with an answer after a talk."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
