"""Two periods taken apart by every dimension that their columns have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ..kpi.behind import BEGUN
from ..metrics import DIMENSIONS
from ..metrics.frame import Ints
from ..signals.grouping import blocks, grouped
from .apart import Split, split
from .evidence import Evidence
from .rules import Dimension


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """One dimension, taken apart: a code and a part of the change for each value, and which value each row has."""

    dimension: Dimension
    codes: Ints
    places: Ints
    split: Split


def taken_apart(found: Evidence, timezone: str, people: Mapping[int, int] | None) -> list[Taken]:
    """Every dimension in which the rows differ. `people`: identity -> the identity that stands for its person; None:
    people are left alone."""
    return [_taken(found, dimension, codes) for dimension, codes in _columns(found, timezone, people)]


def _taken(found: Evidence, dimension: Dimension, codes: Ints) -> Taken:
    values, places = grouped(codes)
    return Taken(dimension, values, places, split(found.rows, places, len(values)))


def _columns(found: Evidence, timezone: str, people: Mapping[int, int] | None) -> Iterator[tuple[Dimension, Ints]]:
    """Codes of each row, the period before first; what all rows share tells nothing."""
    facts = found.halves[0].facts
    for name in DIMENSIONS:
        if hasattr(facts, name):
            yield from _if_different(Dimension(name), _both(found, name))
    if begun := next((name for name in BEGUN if hasattr(facts, name)), None):
        yield from _if_different(Dimension.HOUR, blocks(_both(found, begun), timezone) + 1)
    if people is not None and hasattr(facts, found.metric.credit):
        yield from _if_different(Dimension.AGENT, _persons(_both(found, found.metric.credit), people))


def _both(found: Evidence, name: str) -> Ints:
    halves = zip(found.halves, found.at, strict=True)
    return np.concatenate([getattr(half.facts, name)[rows] for half, rows in halves])


def _if_different(dimension: Dimension, codes: Ints) -> Iterator[tuple[Dimension, Ints]]:
    if codes.size and bool((codes != codes[0]).any()):
        yield dimension, codes


def _persons(identities: Ints, people: Mapping[int, int]) -> Ints:
    values, places = grouped(identities)
    return np.array([people.get(int(one), int(one)) for one in values], dtype=np.int64)[places]
