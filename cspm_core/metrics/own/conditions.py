"""One condition on a ticket or a call, as a team writes it: `channel = email`, `public_replies >= 3`, `has csat_at`,
`first_response_at - created_at <= 4h`. It is true, false, or cannot be told."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..frame import NEVER, SECOND, UNKNOWN, Calls, Floats, Mask, Tickets, Window, code_of
from .facts import SCORE_HUNDREDTHS, Fact, Kind, is_over

COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
    "=": operator.eq,
    "!=": operator.ne,
}
AT_MOST, AT_LEAST = ("<=", "<"), (">=", ">")


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What is known to be so, and what is known not to be; the rest cannot be told."""

    yes: Mask
    no: Mask

    def __and__(self, other: Truth) -> Truth:
        return Truth(self.yes & other.yes, self.no | other.no)


def always(facts: Tickets | Calls) -> Truth:
    """No condition at all."""
    return Truth(np.ones(len(facts), dtype=bool), np.zeros(len(facts), dtype=bool))


@dataclass(frozen=True, slots=True)
class Has:
    """Whether something is known, or has happened by then."""

    fact: Fact
    is_wanted: bool = True

    def holds(self, facts: Tickets | Calls, window: Window) -> Truth:
        column = self.fact.column(facts, window)
        there = column != {Kind.INSTANT: NEVER, Kind.WORD: 0}.get(self.fact.kind, UNKNOWN)
        absent = ~there if self.fact.lost is None else ~there & ~self.fact.lost(facts, window)
        return Truth(there, absent) if self.is_wanted else Truth(absent, there)


@dataclass(frozen=True, slots=True)
class OneOf:
    """A word, or a choice, that is one of some; or is not."""

    fact: Fact
    words: tuple[str, ...]
    is_wanted: bool = True

    def holds(self, facts: Tickets | Calls, window: Window) -> Truth:
        column, choices = self.fact.column(facts, window), self.fact.choices
        codes = [choices[word] if choices is not None else code_of(word) for word in self.words]
        found = np.isin(column, codes)
        told = np.ones(len(facts), dtype=bool) if choices is None else column != UNKNOWN
        yes, no = found & told, ~found & told
        return Truth(yes, no) if self.is_wanted else Truth(no, yes)


@dataclass(frozen=True, slots=True)
class Number:
    """A number, or a length of time in seconds, against another."""

    fact: Fact
    how: str
    value: float

    def holds(self, facts: Tickets | Calls, window: Window) -> Truth:
        column = self.fact.column(facts, window)
        told = column != UNKNOWN
        value = self.value * 100 if self.fact.name in SCORE_HUNDREDTHS else self.value
        so = COMPARED[self.how](column, value)
        return Truth(told & so, told & ~so)


@dataclass(frozen=True, slots=True)
class Between:
    """The time from one instant to another, in seconds, against a length.

    Unfinished work is not fast: where the end has not come, the time so far can be too long already, and else nobody
    can tell yet. What was closed without it is only told by the time up to there.
    """

    ends: Fact
    starts: Fact
    how: str
    seconds: float

    def holds(self, facts: Tickets | Calls, window: Window) -> Truth:
        passed, is_done, is_known = lasted(self.ends, self.starts, facts, window)
        so = COMPARED[self.how](passed, self.seconds)
        if self.how in AT_MOST:
            return Truth(is_known & is_done & so, is_known & ~so)
        return Truth(is_known & so, is_known & is_done & ~so)


def lasted(ends: Fact, starts: Fact, facts: Tickets | Calls, window: Window) -> tuple[Floats, Mask, Mask]:
    """Seconds between two instants or so far, whether the end has come, and whether anything can be said at all.

    Nothing can be said where the end has come at an instant that nobody knows: it goes on no more.
    """
    stops, begins = ends.column(facts, window), starts.column(facts, window)
    is_done = stops != NEVER
    closed, at = is_over(facts, window)
    reached = np.where(closed, at, window.as_of) if ends.is_reply else np.full(len(facts), window.as_of)
    passed = (np.where(is_done, stops, reached) - begins) / SECOND
    is_known = (begins != NEVER) & (is_done | (not ends.is_due))
    if ends.lost is not None:
        is_known &= is_done | ~ends.lost(facts, window)
    return passed, is_done, is_known


Condition = Has | OneOf | Number | Between


def all_of(conditions: tuple[Condition, ...], facts: Tickets | Calls, window: Window) -> Truth:
    """Every one of them."""
    found = always(facts)
    for condition in conditions:
        found = found & condition.holds(facts, window)
    return found
