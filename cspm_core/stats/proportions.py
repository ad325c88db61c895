"""Intervals for shares: Wilson's for one, Newcombe's for the difference of two."""

from __future__ import annotations

import math
from dataclasses import dataclass

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
