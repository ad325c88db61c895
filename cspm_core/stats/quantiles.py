"""Quantiles of values that are all known, and how sure their median is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .proportions import Interval

TAIL = 0.025  # at each side of a 95 % interval


@dataclass(frozen=True)
class Middle:
    """Median, p90 and the median's 95 % interval, in the values' unit; None where there are too few values."""

    median: float | None
    p90: float | None
    interval: Interval | None


def quantile(values: ArrayLike, q: float) -> float | None:
    """The q-quantile (q between 0 and 1) by linear interpolation, in the values' unit; None for no values.

    Source: PostgreSQL's `percentile_cont`. The values need not be sorted.
    """
    data = np.asarray(values, dtype=np.float64)
    return float(np.quantile(data, q, method="linear")) if data.size else None


def median_interval(values: ArrayLike) -> Interval | None:
    """The median's 95 % interval between two order statistics; None under 6 values, which cannot reach 95 %.

    Exact and conservative: the k-th smallest and k-th largest value, k the largest with P(Bin(n, 1/2) < k) <= 2.5 %.
    Source: Conover, Practical Nonparametric Statistics, 3.2. The values need not be sorted.
    """
    data: NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    rank = _rank(data.size)
    if rank == 0:
        return None
    ends = np.partition(data, [rank - 1, data.size - rank])
    return Interval(float(ends[rank - 1]), float(ends[data.size - rank]))


def middle_and_tail(values: ArrayLike) -> Middle:
    """What `quantile` (at 0.5 and 0.9) and `median_interval` say, in one pass over values that need not be sorted."""
    data: NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    n, rank = data.size, _rank(data.size)
    if n == 0:
        return Middle(None, None, None)
    places = {place for q in (0.5, 0.9) for place in (math.floor(q * (n - 1)), min(math.floor(q * (n - 1)) + 1, n - 1))}
    ends = (rank - 1, n - rank) if rank else ()
    ordered = np.partition(data, sorted(places.union(ends)))
    return Middle(
        _between(ordered, 0.5), _between(ordered, 0.9), Interval(*(float(ordered[i]) for i in ends)) if ends else None
    )


def _between(ordered: NDArray[np.float64], q: float) -> float:
    """The q-quantile of values of which those beside it are in their place, rounded as numpy's `quantile` does."""
    place = q * (ordered.size - 1)
    below = math.floor(place)
    first, second = float(ordered[below]), float(ordered[min(below + 1, ordered.size - 1)])
    share, gap = place - below, second - first
    return first + gap * share if share < 0.5 else second - gap * (1 - share)


@lru_cache(maxsize=4096)
def _rank(n: int) -> int:
    """How many of the sums P(Bin(n, 1/2) <= i), i = 0, 1 …, stay within the tail."""
    if n == 0:
        return 0
    successes = np.arange(1, n // 2 + 1, dtype=np.float64)
    logs = np.concatenate([[0.0], np.cumsum(np.log((n - successes + 1) / successes))]) - n * math.log(2)
    return int(np.searchsorted(np.cumsum(np.exp(logs)), TAIL, side="right"))
