"""Intervals for shares: Wilson's for one, Newcombe's for the difference of two; and for what surveys ask."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .beta import t_quantile

Z95 = 1.959964  # two-sided 95 % of the normal distribution


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, in the unit of the value; `high` is infinite where the data set no upper limit."""

    low: float
    high: float


def wilson(successes: int, n: int, z: float = Z95) -> Interval | None:
    """Wilson's score interval of a share, between 0 and 1; None where n is 0. Raises ValueError for other counts.

    Source: Wilson, JASA 22 (1927) 209; without continuity correction.
    """
    if not 0 <= successes <= n:
        raise ValueError("successes lie between 0 and n")
    if n == 0:
        return None
    share, weight = successes / n, z * z / n
    centre = (share + weight / 2) / (1 + weight)
    half = z * math.sqrt(share * (1 - share) / n + weight / (4 * n)) / (1 + weight)
    # At the ends the interval reaches 0 or 1 exactly, which the sums of floats may miss.
    return Interval(0.0 if successes == 0 else centre - half, 1.0 if successes == n else centre + half)


def newcombe(a: int, n: int, b: int, m: int, z: float = Z95) -> Interval | None:
    """Interval of the difference a/n - b/m, between -1 and 1; None where n or m is 0. Raises ValueError as `wilson`.

    Source: Newcombe, Statistics in Medicine 17 (1998) 873, method 10.
    """
    first, second = wilson(a, n, z), wilson(b, m, z)
    if first is None or second is None:
        return None
    p, q = a / n, b / m
    below = math.hypot(p - first.low, second.high - q)
    above = math.hypot(first.high - p, q - second.low)
    return Interval(p - q - below, p - q + above)


def net_promoter(promoters: int, passives: int, detractors: int) -> tuple[float, Interval] | None:
    """The share of promoters less that of detractors in points, -100 to 100, with its 95 % interval; None for none.

    The normal interval of a difference of two shares of one multinomial, cut at -100 and 100. Answers all of one kind
    would have none; then Wilson's limits of that kind's share stand in, the rest at its worst. Raises ValueError for
    negative counts. Source: Rocks, International Journal of Market Research 58 (2016) 349 (Wald's).
    """
    if min(promoters, passives, detractors) < 0:
        raise ValueError("a count is not negative")
    n = promoters + passives + detractors
    if n == 0:
        return None
    score = (promoters - detractors) / n
    variance = max((promoters + detractors) / n - score**2, 0.0)
    if max(promoters, passives, detractors) == n:
        half = (1 - _lowest_of_all(n)) * (1 if passives else 2)
    else:
        half = Z95 * math.sqrt(variance / n)
    return 100 * score, Interval(100 * max(score - half, -1.0), 100 * min(score + half, 1.0))


def mean_interval(values: ArrayLike) -> Interval | None:
    """The 95 % interval of a mean by Student's t, in the values' unit; None under 2 values. Not cut to any scale.

    Raises ValueError for nan. Source: Student, Biometrika 6 (1908) 1.
    """
    data: NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    if np.isnan(data).any():
        raise ValueError("a value is a number")
    if data.size < 2:
        return None
    centre, error = float(data.mean()), float(data.std(ddof=1)) / math.sqrt(data.size)
    half = t_quantile(0.975, data.size - 1) * error
    return Interval(centre - half, centre + half)


def _lowest_of_all(n: int) -> float:
    """Wilson's lower limit where n of n are of one kind."""
    return n / (n + Z95**2)
