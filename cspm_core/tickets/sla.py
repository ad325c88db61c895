"""When a reply and a solution are due, and how much working time they took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import numpy as np

from ..calendars import Calendar, NeverOpen
from ..store import microseconds

CHUNK = 2_000
"""The most tickets that one transaction writes."""


class SlaMetric(StrEnum):
    FIRST_RESPONSE = "first_response"
    RESOLUTION = "resolution"


class SlaClock(StrEnum):
    BUSINESS = "business"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Spell:
    """What is counted of one ticket. `set_aside`: names of impossible values."""

    priority: str
    created_at: datetime
    first_response_at: datetime | None
    first_response_due_at: datetime | None
    solved_at: datetime | None
    resolution_due_at: datetime | None
    set_aside: Sequence[str] = ()


Targets = Mapping[tuple[str, str], tuple[int, str]]
"""(metric, folded priority or "") -> (seconds, clock)."""
Counted = tuple[datetime | None, datetime | None, int | None, int | None]
"""first_response_target_at, resolution_target_at, first_response_business_s, resolution_business_s."""


def counted(spells: Sequence[Spell], calendar: Calendar, targets: Targets) -> list[Counted]:
    """The targets and the working seconds of many tickets; a due time of the source comes before the team's target."""
    first = _working(calendar, [(s.created_at, s.first_response_at) for s in spells])
    last = _working(calendar, [(s.created_at, s.solved_at) for s in spells])
    clock = _Deadlines(calendar, targets)
    return [
        (
            clock.due(s, SlaMetric.FIRST_RESPONSE, "first_response_due_at"),
            clock.due(s, SlaMetric.RESOLUTION, "resolution_due_at"),
            first[n],
            last[n],
        )
        for n, s in enumerate(spells)
    ]


def _working(calendar: Calendar, pairs: Sequence[tuple[datetime, datetime | None]]) -> list[int | None]:
    ended = [n for n, (_, end) in enumerate(pairs) if end is not None]
    starts = np.array([_second(pairs[n][0]) for n in ended], dtype=np.int64)
    ends = np.array([_second(pairs[n][1]) for n in ended], dtype=np.int64)
    spent: list[int | None] = [None] * len(pairs)
    for n, seconds in zip(ended, calendar.business_seconds_many(starts, ends).tolist(), strict=True):
        spent[n] = seconds
    return spent


def _second(at: datetime | None) -> int:
    return microseconds(at) // 1_000_000 if at else 0


class _Deadlines:
    """The team's own targets on its clock."""

    def __init__(self, calendar: Calendar, targets: Targets) -> None:
        self.calendar, self.targets = calendar, targets

    def due(self, spell: Spell, metric: str, said: str) -> datetime | None:
        at: datetime | None = getattr(spell, said)
        if at is not None or said in spell.set_aside or not self.targets:
            return at
        target = self.targets.get((metric, spell.priority.casefold())) or self.targets.get((metric, ""))
        if target is None:
            return None
        seconds, clock = target
        if clock == SlaClock.CALENDAR:
            return spell.created_at + timedelta(seconds=seconds)
        try:
            return self.calendar.add_business(spell.created_at, seconds)
        except NeverOpen:
            return None
