"""Waiting times of which some are not over yet: the product-limit (Kaplan-Meier) curve and what is read from it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .proportions import Z95, Interval
from .quantiles import median_interval, quantile

NEAR = 1e-9  # products of floats miss one half by less than this

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Steps:
    """The curve at each time at which something ended: the share still waiting just after it, and Greenwood's
    standard error of that share (nan where the curve has reached 0)."""

    times: Floats
    survival: Floats
    standard_error: Floats


@dataclass(frozen=True)
class Curve:
    """What the curve says, in the unit of the durations: `n` = `events` that ended + `censored` that did not.

    `median` and `p90` are None where the curve stays above; then `longer_than` is the last time that it covers.
    `interval` is the median's 95 % interval, its `high` infinite where the data set no upper limit.
    """

    n: int
    events: int
    censored: int
    median: float | None
    p90: float | None
    interval: Interval | None
    longer_than: float | None


def product_limit(durations: ArrayLike, censored: ArrayLike = ()) -> Steps:
    """The share still waiting after each duration. At equal times what ended comes before what is censored.

    `durations` ended, `censored` have lasted so long and go on; any unit, any order. Raises ValueError for nan.
    Source: Kaplan and Meier, JASA 53 (1958) 457; standard errors by Greenwood's formula.
    """
    ended, going_on = _numbers(durations), _numbers(censored)
    times, died = np.unique(ended, return_counts=True)
    gone = np.searchsorted(ended, times) + np.searchsorted(going_on, times)
    at_risk = (ended.size + going_on.size - gone).astype(np.float64)
    survival: Floats = np.cumprod(1 - died / at_risk, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance: Floats = np.cumsum(died / (at_risk * (at_risk - died)), dtype=np.float64)
        return Steps(times, survival, survival * np.sqrt(variance))


def censored_quantiles(durations: ArrayLike, censored: ArrayLike = ()) -> Curve:
    """Median, p90 and the median's 95 % interval of durations of which the `censored` have not ended.

    With nothing censored: linear interpolation and binomial order statistics. Otherwise read from the curve: the first
    time at which it is one half (one tenth) or less, the median midway along a stretch of exactly one half; the
    interval by Brookmeyer and Crowley, Biometrics 38 (1982) 29, untransformed. Raises ValueError for nan.
    """
    ended, going_on = _numbers(durations), _numbers(censored)
    if not going_on.size:
        median, p90 = quantile(ended, 0.5), quantile(ended, 0.9)
        return Curve(ended.size, ended.size, 0, median, p90, median_interval(ended), None)
    steps = product_limit(ended, going_on)
    median, p90 = _median(steps), _first(steps.times, steps.survival <= 0.1 + NEAR)
    last = float(max(going_on[-1], ended[-1] if ended.size else -math.inf))
    return Curve(
        n=ended.size + going_on.size,
        events=ended.size,
        censored=going_on.size,
        median=median,
        p90=p90,
        interval=_brookmeyer_crowley(steps),
        longer_than=last if median is None or p90 is None else None,
    )


def _numbers(values: ArrayLike) -> Floats:
    numbers = np.sort(np.asarray(values, dtype=np.float64))
    if numbers.size and math.isnan(numbers[-1]):
        raise ValueError("a duration is a number")
    return numbers


def _first(times: Floats, holds: NDArray[np.bool_]) -> float | None:
    return float(times[int(holds.argmax())]) if holds.any() else None


def _median(steps: Steps) -> float | None:
    reached = _first(steps.times, steps.survival <= 0.5 + NEAR)
    below = _first(steps.times, steps.survival < 0.5 - NEAR)
    return reached if reached is None or below is None else (reached + below) / 2


def _brookmeyer_crowley(steps: Steps) -> Interval | None:
    """The times at which one half lies within 1.96 standard errors of the curve; None where it never comes near.

    A curve at 0 has no standard error and refutes nothing, so such a short one leaves the upper limit open.
    """
    away, reach = steps.survival - 0.5, Z95 * np.nan_to_num(steps.standard_error, nan=math.inf)
    low = _first(steps.times, away <= reach + NEAR)
    if low is None:
        return None
    high = _first(steps.times, -away > reach + NEAR)
    return Interval(low, math.inf if high is None else high)
