"""When a reply and a solution are due, and how much working time they took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import numpy as np

from ..calendars import Calendar, NeverOpen
from ..metrics.frame import NEVER, SECOND, Ints, Mask
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


@dataclass(frozen=True, slots=True, eq=False)
class CountedColumns:
    """The same as `Counted`, by column: microseconds and seconds, NEVER for none."""

    first_response_target: Ints
    resolution_target: Ints
    first_response_s: Ints
    resolution_s: Ints

    def in_order(self) -> tuple[Ints, Ints, Ints, Ints]:
        """As in `Counted`."""
        return self.first_response_target, self.resolution_target, self.first_response_s, self.resolution_s


@dataclass(frozen=True, slots=True, eq=False)
class SpellColumns:
    """The same as `Spell`, by column: microseconds, NEVER for none.

    `*_aside`: where the due time was impossible.
    """

    priority: Sequence[str]
    created: Ints
    first_response: Ints
    first_response_due: Ints
    solved: Ints
    resolution_due: Ints
    first_response_aside: Mask
    resolution_aside: Mask


def count_columns(spells: SpellColumns, calendar: Calendar, targets: Targets) -> CountedColumns:
    """`counted` for many tickets by column."""
    first = _due(
        spells.first_response_due, spells.first_response_aside, SlaMetric.FIRST_RESPONSE, spells, calendar, targets
    )
    last = _due(spells.resolution_due, spells.resolution_aside, SlaMetric.RESOLUTION, spells, calendar, targets)
    first_s = _passed(calendar, spells.created, spells.first_response)
    return CountedColumns(first, last, first_s, _passed(calendar, spells.created, spells.solved))


def _passed(calendar: Calendar, starts: Ints, ends: Ints) -> Ints:
    """Working seconds; NEVER where there is no end."""
    spent = np.full(len(starts), NEVER, dtype=np.int64)
    ended = np.flatnonzero(ends != NEVER)
    spent[ended] = calendar.business_seconds_many(starts[ended] // SECOND, ends[ended] // SECOND)
    return spent


def _due(said: Ints, aside: Mask, metric: str, spells: SpellColumns, calendar: Calendar, targets: Targets) -> Ints:
    """What the source says comes before the team's target for the priority, on that target's clock."""
    own = {priority: given for (name, priority), given in targets.items() if name == metric}
    if not own:
        return said
    due, is_open = said.copy(), (said == NEVER) & ~aside
    chosen: dict[str, list[int]] = {}
    for place in np.flatnonzero(is_open).tolist():
        chosen.setdefault(spells.priority[place], []).append(place)
    for priority, places in chosen.items():
        target = own.get(priority.casefold()) or own.get("")
        if target is not None:
            due[places] = _on_clock(spells.created[places], *target, calendar)
    return due


def _on_clock(created: Ints, seconds: int, clock: str, calendar: Calendar) -> Ints:
    if clock == SlaClock.CALENDAR or not seconds:
        return created + seconds * SECOND
    reached = calendar.add_business_many(created // SECOND, seconds)
    return np.where(reached == -1, NEVER, reached * SECOND)


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
