"""Whether a figure goes up or down over the weeks, and how fast."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .proportions import Z95, Interval

FEWEST_VALUES = 8
EXACT_TO = 10  # values, where none are equal

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Trend:
    """Mann and Kendall's `s` (pairs that rise less pairs that fall) over `n` values with its two-sided `p`, and Sen's
    `slope` per step with its 95 % interval, in the values' unit."""

    n: int
    s: int
    p: float
    slope: float
    interval: Interval


def trend(values: ArrayLike) -> Trend | None:
    """The trend of values at equal steps, shape (n,), such as weeks; None under 8 of them. NaN is a week without one.

    The p-value is exact up to 10 values of which none are equal, else normal with corrections for ties and continuity
    (Mann, Econometrica 13 (1945) 245; Kendall, Rank Correlation Methods, 4th ed.; Gilbert, Statistical Methods for
    Environmental Pollution Monitoring, 1987, 16.4). The slope is the median of all slopes between two values, its
    interval between two of them in order (Sen, JASA 63 (1968) 1379; Gilbert 16.5). Weeks are taken as independent.
    """
    series: Floats = np.asarray(values, dtype=np.float64)
    times = np.flatnonzero(np.isfinite(series))
    known = series[times]
    if known.size < FEWEST_VALUES:
        return None
    earlier, later = np.triu_indices(known.size, 1)
    rises = known[later] - known[earlier]
    s = int(np.sign(rises).sum())
    slopes = np.sort(rises / (times[later] - times[earlier]))
    _, ties = np.unique(known, return_counts=True)
    variance = (_moment(np.array([known.size])) - _moment(ties)) / 18  # of s, where there is no trend
    is_exact = known.size <= EXACT_TO and ties.size == known.size
    p = _exact(s, known.size) if is_exact else _normal(s, variance)
    return Trend(known.size, s, p, float(np.median(slopes)), _interval(slopes, variance))


def _moment(n: NDArray[np.int64]) -> int:
    return int((n * (n - 1) * (2 * n + 5)).sum())


def _normal(s: int, variance: float) -> float:
    return math.erfc((abs(s) - 1) / math.sqrt(2 * variance)) if s else 1.0


def _exact(s: int, n: int) -> float:
    """The share of all orders of n values whose statistic is at least as far from 0."""
    orders = _orders(n)
    return min(1.0, 2 * sum(orders[: (len(orders) - 1 - abs(s)) // 2 + 1]) / math.factorial(n))


@lru_cache
def _orders(n: int) -> tuple[int, ...]:
    """How many orders of n values have 0, 1, 2 … pairs the wrong way round."""
    counts: Floats = np.ones(1)
    for size in range(2, n + 1):
        counts = np.convolve(counts, np.ones(size))
    return tuple(int(count) for count in counts)


def _interval(slopes: Floats, variance: float) -> Interval:
    """Gilbert's limits, interpolated between two slopes where the rank is no whole number."""
    reach = Z95 * math.sqrt(variance)
    ranks = (slopes.size - reach) / 2 - 1, (slopes.size + reach) / 2
    low, high = np.interp(np.clip(ranks, 0, slopes.size - 1), np.arange(slopes.size), slopes)
    return Interval(float(low), float(high))
