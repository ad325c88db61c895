"""Quantiles of values that are all known, and how sure their median is."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .proportions import Interval

TAIL = 0.025  # at each side of a 95 % interval


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


@lru_cache(maxsize=4096)
def _rank(n: int) -> int:
    """How many of the sums P(Bin(n, 1/2) <= i), i = 0, 1 …, stay within the tail."""
    if n == 0:
        return 0
    successes = np.arange(1, n // 2 + 1, dtype=np.float64)
    logs = np.concatenate([[0.0], np.cumsum(np.log((n - successes + 1) / successes))]) - n * math.log(2)
    return int(np.searchsorted(np.cumsum(np.exp(logs)), TAIL, side="right"))
