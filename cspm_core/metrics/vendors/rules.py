"""What a vendor's figure is made of, and the few sums that they make it with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

import numpy as np

from ...stats import quantile
from ..frame import SECOND, Floats, Ints, Mask, Tickets, Window
from ..measures import Measure

NOTHING = "nothing_applied"


@dataclass(frozen=True, slots=True, eq=False)
class Others:
    """A team's tickets: those that our figures count, and beside them those that we leave out, by reason."""

    counted: Tickets
    left_out: Mapping[str, Tickets]

    def along(self, *reasons: str) -> Tickets:
        """The counted ones and those left out for some reasons, in one."""
        return joined(self.counted, *(self.left_out[reason] for reason in reasons if reason in self.left_out))

    def aside(self, reason: str) -> Tickets:
        """Those left out for a reason."""
        return self.left_out.get(reason, self.counted.where(np.zeros(len(self.counted), dtype=bool)))


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """What a vendor would show. `apart`: the tickets that it counts otherwise than we do, their ids by reason."""

    measure: Measure
    apart: Mapping[str, Ints]


@dataclass(frozen=True, slots=True)
class Reading:
    """One vendor's way with one of our metrics. `way`: the key of the sentence that says how they count."""

    vendor: str
    way: str
    formula: Callable[[Others, Window], Figure]
    source: str
    """Where they say so."""


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """A vendor's figure, worked out."""

    reading: Reading
    figure: Figure


def joined(first: Tickets, *others: Tickets) -> Tickets:
    """The rows of several, in one."""
    every = (first, *others)
    return Tickets(*(np.concatenate([getattr(one, column.name) for one in every]) for column in fields(Tickets)))


def median(seconds: Floats) -> Measure:
    """The ordinary median, of what is there."""
    if len(seconds) == 0:
        return Measure(None, 0, note="no_cohort")
    return Measure(quantile(seconds.tolist(), 0.5), len(seconds))


def mean(seconds: Floats) -> Measure:
    """The average, of what is there."""
    return Measure(float(seconds.mean()), len(seconds)) if len(seconds) else Measure(None, 0, note="no_cohort")


def part_of(inside: Mask, hits: Mask, when_nothing: float | None = None) -> Measure:
    """A share; `when_nothing`: what they show where there is nothing to judge."""
    n, good = int(inside.sum()), int((inside & hits).sum())
    if n == 0:
        return Measure(when_nothing, 0, note=NOTHING if when_nothing is not None else "no_cohort")
    return Measure(good / n, n, float(good), float(n))


def number(inside: Mask) -> Measure:
    """A count."""
    n = int(inside.sum())
    return Measure(float(n), n)


def apart(tickets: Tickets, **masks: Mask) -> dict[str, Ints]:
    """The ids of tickets by reason, where there are any."""
    return {reason: tickets.id[mask] for reason, mask in masks.items() if mask.any()}


def seconds(ends: Ints, starts: Ints, inside: Mask) -> Floats:
    """How long those inside took."""
    passed: Floats = (ends[inside] - starts[inside]) / SECOND
    return passed
