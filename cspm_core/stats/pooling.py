"""Several estimates of one thing made into one, where they differ by more than their own errors. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .beta import t_quantile
from .proportions import Z95, Interval

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pool:
    """The mean of what is estimated, its 95 % interval, and how much the estimated things differ (`spread`, a standard
    deviation in their unit)."""

    mean: float
    interval: Interval
    spread: float
    n: int


def pooled(values: ArrayLike, errors: ArrayLike) -> Pool | None:
    """The random-effects mean of `values` with standard `errors`, both of shape (n,); None under 2 of them.

    Spread by DerSimonian and Laird (Controlled Clinical Trials 7 (1986) 177); the interval by Hartung and Knapp
    (Statistics in Medicine 20 (2001) 3875) with Student's t, never narrower than that of the plain weights. Raises
    ValueError for errors that are not above 0.
    """
    told, error = _checked(values, errors)
    if told.size < 2:
        return None
    spread = spread_of(told, error)
    weights = 1 / (error**2 + spread**2)
    mean = float((weights * told).sum() / weights.sum())
    fit = float((weights * (told - mean) ** 2).sum()) / (told.size - 1)
    half = t_quantile(0.975, told.size - 1) * math.sqrt(max(fit, 1.0) / float(weights.sum()))
    return Pool(mean, Interval(mean - half, mean + half), spread, int(told.size))


def spread_of(values: ArrayLike, errors: ArrayLike) -> float:
    """By how much what is estimated differs beyond the errors: a standard deviation, 0 under 2 values. Raises
    ValueError as `pooled`."""
    told, error = _checked(values, errors)
    if told.size < 2:
        return 0.0
    weights = error**-2.0
    total = float(weights.sum())
    mean = float((weights * told).sum()) / total
    excess = float((weights * (told - mean) ** 2).sum()) - (told.size - 1)
    return math.sqrt(max(excess / (total - float((weights**2).sum()) / total), 0.0))


def shrunken(value: float, error: float, others: Pool | None) -> tuple[float, Interval]:
    """One estimate drawn towards the pool that it belongs to, with its 95 % interval: the mean of the normal posterior.

    Without a pool it stays as it is. Source: Efron and Morris, JASA 70 (1975) 311.
    """
    if others is None:
        return value, Interval(value - Z95 * error, value + Z95 * error)
    trust = others.spread**2 / (others.spread**2 + error**2)
    mean = trust * value + (1 - trust) * others.mean
    own, theirs = trust * error**2, (1 - trust) * (others.interval.high - others.interval.low) / (2 * Z95)
    half = Z95 * math.sqrt(own + theirs**2)
    return mean, Interval(mean - half, mean + half)


def error_of(interval: Interval | None) -> float | None:
    """The standard error that a 95 % interval speaks of; None where it has no end or no width."""
    if interval is None or not math.isfinite(interval.high - interval.low) or interval.high <= interval.low:
        return None
    return (interval.high - interval.low) / (2 * Z95)


def _checked(values: ArrayLike, errors: ArrayLike) -> tuple[Floats, Floats]:
    told, error = np.asarray(values, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    if told.shape != error.shape or not (error > 0).all():
        raise ValueError("every value has an error above 0")
    return told, error
