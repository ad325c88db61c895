"""How sure the difference of two figures is. Pure.

Of shares: Newcombe's interval. Of all else that has an interval of its own: both intervals combined (MOVER: Zou and
Donner, Statistics in Medicine 27 (2008) 1693), of which Newcombe's is the case of two Wilson intervals: the distance of
each value from the end of its interval that faces the other, as the sides of a right angle. No bootstrap.
"""

from __future__ import annotations

import math

from ..metrics import Measure, Metric, Unit
from ..stats import Interval, newcombe


def difference(metric: Metric, a: Measure, b: Measure) -> Interval | None:
    """The 95 % interval of a - b in the metric's unit; None where one has no value or no interval, as a count."""
    if a.value is None or b.value is None:
        return None
    if metric.unit is Unit.SHARE and None not in (a.numerator, a.denominator, b.numerator, b.denominator):
        return newcombe(*(round(x or 0) for x in (a.numerator, a.denominator, b.numerator, b.denominator)))
    if a.interval is None or b.interval is None:
        return None
    return combined(a.value, a.interval, b.value, b.interval)


def combined(a: float, of_a: Interval, b: float, of_b: Interval) -> Interval:
    """The interval of a - b from the interval of each."""
    below = math.hypot(a - of_a.low, of_b.high - b)
    above = math.hypot(of_a.high - a, b - of_b.low)
    return Interval(a - b - below, a - b + above)


def is_sure(interval: Interval | None) -> bool:
    """Whether a difference is told from none: its interval does not hold 0."""
    return interval is not None and (interval.low > 0 or interval.high < 0)
