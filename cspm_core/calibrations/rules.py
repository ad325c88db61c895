"""What a calibration round may be, when it reminds, and what its alpha means. No database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from ..calendars import Calendar
from ..stats.agreement import Alpha

MOST_CONTACTS = 10
FEWEST_REVIEWERS = 2
MOST_REVIEWERS = 40
LATEST = timedelta(days=60)
"""A round ends within so long."""
GOOD, TENTATIVE = 0.8, 0.667
"""Krippendorff's own thresholds: from 0.8 on one may rely on it, from 0.667 on for tentative conclusions only."""
AHEAD = 2
"""So many working days before its date a round reminds for the first time."""
LOOK_BACK = 60
DAY = timedelta(days=1)


class Verdict(StrEnum):
    """What an alpha means."""

    CANNOT_JUDGE = "cannot_judge"
    POOR = "poor"
    TENTATIVE = "tentative"
    GOOD = "good"


class Reminder(StrEnum):
    """When a round reminds those who are not done."""

    BEFORE = "before"
    """Two working days before its date."""
    DAY = "day"
    """On the day itself."""


def verdict(alpha: Alpha) -> Verdict:
    """By the thresholds; `CANNOT_JUDGE` where nothing varied or nobody else scored."""
    if alpha.value is None:
        return Verdict.CANNOT_JUDGE
    return _band(alpha.value)


def is_sure(alpha: Alpha) -> bool:
    """Whether the whole interval says the same; without an interval it is not."""
    if alpha.value is None or alpha.interval is None:
        return False
    return _band(alpha.interval.low) is _band(alpha.interval.high) is _band(alpha.value)


def _band(value: float) -> Verdict:
    rounded = round(value, 3)
    return Verdict.GOOD if rounded >= GOOD else Verdict.TENTATIVE if rounded >= TENTATIVE else Verdict.POOR


def reminder_days(calendar: Calendar, due_on: date, today: date) -> dict[Reminder, date]:
    """The days on which a round reminds, all after today, each at most once."""
    found = {Reminder.DAY: due_on}
    day, left = due_on, AHEAD
    for _ in range(LOOK_BACK):
        if not left:
            break
        day -= DAY
        left -= calendar.is_working_day(day)
    found[Reminder.BEFORE] = day
    return {which: on for which, on in found.items() if on > today}


def drawn(ids: Sequence[int], n: int, seed: int) -> list[int]:
    """Some of them at random, the same from the same seed whatever their order."""
    every = sorted(set(ids))
    return Random(seed).sample(every, min(n, len(every)))
