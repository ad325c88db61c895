"""When a team's sample is due, which tickets it takes, and who reviews them. No database."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..calendars import Calendar
from ..qa.rules import Stratum
from ..stats import sampling

DAY, WEEK = timedelta(days=1), timedelta(days=7)
PATIENCE = timedelta(days=2)
"""A draw waits so long for the data to reach the end of the week."""
LAPSES_AFTER = WEEK
"""A pick so long past its due time lapses at the next draw."""
LOOK_AHEAD = 120


class Unit(StrEnum):
    """What a plan's amount counts."""

    EACH = "each"
    PERCENT = "percent"
    ERROR = "error"


class By(StrEnum):
    """What a sample can be stratified by."""

    AGENT = "agent"
    CHANNEL = "channel"
    CATEGORY = "category"


class Status(StrEnum):
    """What became of a pick."""

    OPEN = "open"
    DONE = "done"
    REPLACED = "replaced"
    LAPSED = "lapsed"


class Reason(StrEnum):
    """Why a pick is replaced."""

    NOTHING_TO_REVIEW = "nothing_to_review"
    """Spam, a test, an empty conversation."""
    NOT_THEIR_WORK = "not_their_work"
    UNREADABLE = "unreadable"
    """A language the reviewer does not read, or a contact they cannot open."""
    TOO_CLOSE = "too_close"
    """The reviewer took part in it, or knows the customer."""
    OTHER = "other"


BOUNDS: Mapping[str, tuple[float, float]] = {
    "prompted_most": (0, 100),
    "draw_weekday": (0, 6),
    "due_days": (1, 20),
    "told_below": (0, 100),
    "hold_days": (1, 60),
    "dispute_days": (0, 60),
}
AMOUNTS: Mapping[Unit, tuple[float, float]] = {
    Unit.EACH: (1, 100),
    Unit.PERCENT: (0.1, 100),
    Unit.ERROR: (1, 50),
}
LONGEST_REASON = 500


def why(reason: Reason, said: str = "") -> str:
    """A reason as it is kept."""
    told = " ".join(said.split())[:LONGEST_REASON]
    return f"{reason}: {told}" if told else str(reason)


def why_read(kept: str) -> tuple[Reason, str]:
    """The same read again: the reason and what was said beside it."""
    key, _, told = kept.partition(": ")
    return (Reason(key), told) if key in set(Reason) else (Reason.OTHER, kept)


def drawn_at(calendar: Calendar, at: time, weekday: int, now: datetime) -> tuple[date, datetime]:
    """The last draw whose time has come: the local Monday of the week that it draws from, and its instant."""
    today = calendar.local_day(now)
    monday = today - today.weekday() * DAY
    due = calendar.at_local(monday + weekday * DAY, at)
    if now < due:
        monday -= WEEK
        due = calendar.at_local(monday + weekday * DAY, at)
    return monday - WEEK, due


def week_before(calendar: Calendar, now: datetime) -> date:
    """The local Monday of the last whole week."""
    today = calendar.local_day(now)
    return today - today.weekday() * DAY - WEEK


def week_of(calendar: Calendar, week: date) -> tuple[datetime, datetime]:
    """From when until when a week lasts in the team's zone."""
    return calendar.midnight(week), calendar.midnight(week + WEEK)


def due_at(calendar: Calendar, at: datetime, days: int) -> datetime:
    """The close of the so-manieth working day, the day of `at` itself being the first where work is still to come;
    where nobody ever works, so many days later."""
    day, left = calendar.local_day(at), days
    for _ in range(LOOK_AHEAD):
        closing = calendar.closing(day)
        left -= bool(closing and closing > at)
        if closing and not left:
            return closing
        day += DAY
    return at + days * DAY


@dataclass(frozen=True, slots=True)
class Population:
    """Contacts that could be drawn, one entry a ticket in each column."""

    ids: Sequence[int] = ()
    keys: Sequence[str] = ()
    agents: Sequence[int] = ()
    """Identities."""
    channels: Sequence[str] = ()
    categories: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.ids)

    def cells(self, strata: Sequence[By]) -> tuple[list[tuple[int | str, ...]], NDArray[np.int64]]:
        """The cells there are, sorted, and the number of each thing's."""
        columns: Mapping[By, Sequence[Any]] = {
            By.AGENT: self.agents,
            By.CHANNEL: self.channels,
            By.CATEGORY: self.categories,
        }
        numbers = np.zeros(len(self), np.int64)
        known = [sorted(set(columns[by])) for by in strata]
        for by, values in zip(strata, known, strict=True):
            place = {value: n for n, value in enumerate(values)}
            numbers = numbers * len(values) + np.fromiter(map(place.__getitem__, columns[by]), np.int64, len(self))
        found, inverse = np.unique(numbers, return_inverse=True)
        return [_cell(int(number), known) for number in found], inverse


def _cell(number: int, known: Sequence[Sequence[int | str]]) -> tuple[int | str, ...]:
    """A cell by its number among all that there could be."""
    parts = []
    for values in reversed(known):
        number, n = divmod(number, len(values))
        parts.append(values[n])
    return tuple(reversed(parts))


@dataclass(frozen=True, slots=True)
class Chosen:
    """One ticket that was drawn; `place` in the order of its cell."""

    ticket_id: int
    agent_id: int
    stratum: str
    cell: str
    place: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a sample."""

    name: str
    population: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Sample:
    """What a seed draws."""

    chosen: tuple[Chosen, ...]
    cells: tuple[Cell, ...] = field(default=(), repr=False)


def cell_name(cell: Sequence[int | str]) -> str:
    """A cell as it is kept."""
    return json.dumps([str(part) for part in cell], ensure_ascii=False)


def strata_of(text: str, unit: str) -> tuple[By, ...]:
    """By what a plan stratifies; so many of each agent needs the agents."""
    told = {part.strip() for part in text.split(",")}
    return tuple(by for by in By if by in told or (by is By.AGENT and unit == Unit.EACH))


def wanted(population: int, unit: str, amount: float) -> int:
    """How many a share or a margin of error takes of a population."""
    if unit == Unit.ERROR:
        return sampling.sample_size(population, amount / 100)
    return min(population, math.ceil(population * amount / 100 - 1e-9))


def sample(population: Population, *, unit: str, amount: float, strata: Sequence[By], seed: int) -> Sample:
    """The random picks: how many of each cell, and the first of its shuffled order."""
    if not len(population):
        return Sample(())
    keys, numbers = population.cells(strata)
    order = sampling.shuffled(seed, population.keys, population.ids, numbers)
    names, sizes = [cell_name(key) for key in keys], np.bincount(numbers, minlength=len(keys)).tolist()
    groups = [key[strata.index(By.AGENT)] if unit == Unit.EACH else 0 for key in keys]
    takes = _takes(names, sizes, groups, unit, amount, seed)
    chosen, begins = [], 0
    for name, size, take in zip(names, sizes, takes, strict=True):
        for at, i in enumerate(order[begins : begins + take].tolist() if take else ()):
            chosen.append(Chosen(population.ids[i], population.agents[i], Stratum.RANDOM.value, name, at))
        begins += size
    return Sample(tuple(chosen), tuple(map(Cell, names, sizes, takes)))


def _takes(
    names: Sequence[str], sizes: Sequence[int], groups: Sequence[int | str], unit: str, amount: float, seed: int
) -> list[int]:
    """How many of each cell: so many of each group, or a share of all; cells in an order that the seed mixes."""
    within: dict[int | str, list[int]] = {}
    for n in sampling.shuffled(seed, names, range(len(names))).tolist():
        within.setdefault(groups[n], []).append(n)
    n = int(amount) if unit == Unit.EACH else wanted(sum(sizes), unit, amount)
    takes = [0] * len(names)
    for group, cells in within.items():
        start = sampling.start_of(seed, f"start {group}")
        for cell, take in zip(cells, sampling.allocation([sizes[c] for c in cells], n, start=start), strict=True):
            takes[cell] = take
    return takes


def queue_of(population: Population, seed: int) -> list[int]:
    """Positions of contacts in their shuffled order, all of them one cell."""
    return [int(i) for i in sampling.shuffled(seed, population.keys, population.ids)]


def prompted(found: Mapping[str, Population], most: int, taken: set[int], seed: int) -> tuple[Chosen, ...]:
    """What else is reviewed, the kinds in turn, at most so many, none that is `taken` (ticket ids) already."""
    left = {kind: enumerate(queue_of(those, seed)) for kind, those in found.items()}
    chosen: list[Chosen] = []
    gone = set(taken)
    while left and len(chosen) < most:
        for kind in list(left):
            those = found[kind]
            one = next(((at, i) for at, i in left[kind] if those.ids[i] not in gone), None)
            if one is None:
                del left[kind]
            elif len(chosen) < most:
                gone.add(those.ids[one[1]])
                chosen.append(Chosen(those.ids[one[1]], those.agents[one[1]], kind, "", one[0]))
    return tuple(chosen)


def shared_out(
    own: Sequence[int | None], reviewers: Sequence[int], loads: Mapping[int, int] | None = None
) -> list[int | None]:
    """Who reviews each contact: evenly, never whoever worked on it (`own`: their member id), None where nobody may.

    `loads`: what each reviewer has already. Those that somebody may not have are given first.
    """
    have = {one: (loads or {}).get(one, 0) for one in reviewers}
    turn = {one: n for n, one in enumerate(reviewers)}
    order = sorted(range(len(own)), key=lambda i: (own[i] not in have, i))
    found: list[int | None] = [None] * len(own)
    for i in order:
        may = [one for one in reviewers if one != own[i]]
        if may:
            given = min(may, key=lambda one: (have[one], turn[one]))
            have[given] += 1
            found[i] = given
    return found
