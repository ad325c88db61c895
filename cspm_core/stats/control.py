"""Control charts: what a figure does by itself from day to day, and which points say that something else happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

D2 = 1.128  # mean range of two values, in standard deviations of the normal distribution
WIDTH = 3  # standard deviations from the centre to a limit
FEWEST_POINTS = 12  # that make a baseline
RUN = 9  # points in a row on one side of the centre
NEAR = 1e-9  # of a standard deviation: what floats miss

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Baseline = slice | ArrayLike | None


class Side(StrEnum):
    ABOVE = "above"
    BELOW = "below"


class Rule(StrEnum):
    BEYOND = "beyond"
    """Rule 1: beyond a limit."""
    RUN = "run"
    """Rule 2: nine in a row on one side of the centre."""


@dataclass(frozen=True, eq=False)
class Limits:
    """Centre and limits at each point, shape (n,), in the values' unit.

    `sigma` is the standard deviation of one point in the values' unit (XmR), or how many times as wide as a binomial's
    the spread is, at least 1 (Laney).
    """

    centre: Floats
    lower: Floats
    upper: Floats
    sigma: float


@dataclass(frozen=True)
class Flag:
    """A point that says something: its place, the rule, the side, and where what it tells of began (the point itself
    under rule 1, the first of the run under rule 2)."""

    at: int
    rule: Rule
    side: Side
    since: int


def xmr(
    values: ArrayLike, *, baseline: Baseline = None, fewest: int = FEWEST_POINTS, widen: float = 1.0
) -> Limits | None:
    """Limits of individual values, shape (n,): the baseline's mean ± 3 / 1.128 × its mean moving range.

    NaN is a gap, over which no moving range reaches. `baseline` is a slice or a boolean mask of the points that make
    the limits, all of them if None; the newest, which are to be judged, are best left out. None where the baseline has
    under `fewest` points, moving ranges under half as many, or no variation. The range is the classic
    mean, as published: one wild day in the baseline widens the limits by two ranges, so leave out days that are known.
    `widen` is what `Effects.widen` says of values of which the season was taken.
    Source: NIST/SEMATECH e-Handbook 6.3.2.2; Wheeler and Chambers, Understanding Statistical Process Control.
    """
    series: Floats = np.asarray(values, dtype=np.float64)
    chosen = in_baseline(series, baseline)
    spread = _spread(series, chosen, fewest)
    if spread is None:
        return None
    spread *= widen
    centre, half = float(series[chosen].mean()), WIDTH * spread
    flat = np.ones(series.size)
    return Limits(flat * centre, flat * (centre - half), flat * (centre + half), spread)


def laney(
    numerators: ArrayLike,
    denominators: ArrayLike,
    *,
    baseline: Baseline = None,
    fewest: int = FEWEST_POINTS,
    widen: float = 1.0,
) -> Limits | None:
    """Limits of shares (numerator / denominator at each point, both of shape (n,)), clipped to 0 … 1: the p′ chart.

    A binomial's limits, wider by σz, the mean moving range of the z-scores / 1.128, but never narrower (σz at least 1).
    NaN and a denominator of 0 are gaps. Numerators need not be whole, nor lie within 0 … denominator, so that shares of
    which the weekday was taken can be judged. `baseline`, `fewest`, `widen` and None as in `xmr`; also None where the
    baseline's share is 0 or 1. Raises ValueError for a negative denominator or unequal shapes.
    Source: Laney, Quality Engineering 14 (2002) 531.
    """
    hits, sizes = np.asarray(numerators, dtype=np.float64), np.asarray(denominators, dtype=np.float64)
    if hits.shape != sizes.shape or (sizes < 0).any():
        raise ValueError("one denominator for each numerator, and none below 0")
    sizes = np.where((sizes > 0) & np.isfinite(hits), sizes, np.nan)
    chosen = in_baseline(hits / sizes, baseline)
    total = float(sizes[chosen].sum())
    share = float(hits[chosen].sum()) / total if total else 0.0
    if not 0 < share < 1:
        return None
    sigma = np.sqrt(share * (1 - share) / sizes)
    spread = _spread((hits / sizes - share) / sigma, chosen, fewest)
    if spread is None:
        return None
    wide = max(1.0, spread) * widen
    lower, upper = np.clip(share - WIDTH * wide * sigma, 0, 1), np.clip(share + WIDTH * wide * sigma, 0, 1)
    return Limits(np.where(np.isnan(sizes), np.nan, share), lower, upper, wide)


def flags(values: ArrayLike, limits: Limits) -> tuple[Flag, ...]:
    """The points that say something, in order: rule 1, beyond a limit, and rule 2, nine in a row on one side.

    A limit itself is still inside. A gap (NaN) and a point on the centre end a run; a run's ninth and each further
    point is flagged. A day on which nobody ever works is no gap: leave it out of the series. The other Nelson rules
    are not here: with all eight, one chart in five cries wolf.
    """
    series: Floats = np.asarray(values, dtype=np.float64)
    near = NEAR * (limits.upper - limits.lower)
    outside = np.where(series > limits.upper + near, 1, np.where(series < limits.lower - near, -1, 0))
    sides = np.where(series > limits.centre + near, 1, np.where(series < limits.centre - near, -1, 0))
    found = [Flag(int(at), Rule.BEYOND, _side(outside[at]), int(at)) for at in np.flatnonzero(outside)]
    found += [
        Flag(at, Rule.RUN, _side(sides[start]), start)
        for start, end in _runs(sides)
        for at in range(start + RUN - 1, end)
    ]
    return tuple(sorted(found, key=lambda flag: (flag.at, flag.rule)))


def in_baseline(series: Floats, baseline: Baseline) -> Mask:
    """The points of a series, shape (n,), that make its limits: those of the baseline that are no gap."""
    chosen = np.zeros(series.size, dtype=bool)
    chosen[slice(None) if baseline is None else baseline] = True  # type: ignore[index]
    return chosen & np.isfinite(series)


def _spread(series: Floats, chosen: Mask, fewest: int) -> float | None:
    """One standard deviation from the moving ranges of neighbours that both are chosen."""
    ranges = np.abs(np.diff(series))[chosen[1:] & chosen[:-1]]
    if chosen.sum() < fewest or 2 * ranges.size < fewest:
        return None
    spread = float(ranges.mean()) / D2
    return spread if spread > NEAR * float(np.abs(series[chosen]).max()) else None


def _runs(sides: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """From where to before where neighbours are on the same side, none of them on the centre."""
    edges = [0, *(np.flatnonzero(np.diff(sides)) + 1).tolist(), sides.size]
    return ((start, end) for start, end in pairwise(edges) if end > start and sides[start])


def _side(sign: int) -> Side:
    return Side.ABOVE if sign > 0 else Side.BELOW
