"""The beta distribution, and Student's t through it: what intervals of shrunken shares and of means are read from."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

TINY = 1e-300
CLOSE = 1e-15
SETTLED = 1e-12  # of a quantile: the last digits are the noise of floats, in which Newton's steps do not end
TERMS = 20_000  # of the continued fraction; about the square root of the larger parameter are needed
STEPS = 200  # of the search for a quantile, each of which at least halves what remains when Newton's does not help

Floats = NDArray[np.float64]


def beta_cdf(x: ArrayLike, a: ArrayLike, b: ArrayLike) -> Floats:
    """The regularised incomplete beta function I_x(a, b), elementwise over shapes that broadcast, between 0 and 1.

    `x` lies between 0 and 1, `a` and `b` are positive and finite; otherwise ValueError. Source: Didonato and Morris,
    ACM TOMS 18 (1992) 360, its continued fraction (DLMF 8.17.22) by Lentz's method.
    """
    where, first, second = _checked(x, a, b)
    # The fraction converges fast on the near side of the mean; the far side is the complement of the mirror image.
    mirrored = where > (first + 1) / (first + second + 2)
    near = np.where(mirrored, 1 - where, where)
    p, q = np.where(mirrored, second, first), np.where(mirrored, first, second)
    inside = (near > 0) & (near < 1)
    tail = np.where(near >= 1, 1.0, 0.0)
    tail[inside] = np.exp(_log_front(near[inside], p[inside], q[inside])) * _fraction(
        near[inside], p[inside], q[inside]
    )
    return np.clip(np.where(mirrored, 1 - tail, tail), 0.0, 1.0)


def beta_quantile(p: ArrayLike, a: ArrayLike, b: ArrayLike) -> Floats:
    """The x at which I_x(a, b) is `p` (between 0 and 1), elementwise; ValueError as `beta_cdf`.

    Newton's steps inside a bracket that shrinks with each, halved where a step would leave it.
    """
    share, first, second = _checked(p, a, b)
    low, high = np.zeros_like(share), np.ones_like(share)
    x = first / (first + second)
    for _ in range(STEPS):
        error = beta_cdf(x, first, second) - share
        low, high = np.where(error <= 0, x, low), np.where(error >= 0, x, high)
        with np.errstate(all="ignore"):
            step = x - error / np.exp(_log_front(x, first, second) + np.log(first) - np.log(x) - np.log1p(-x))
        # Never onto 0 or 1, where there would be no slope to go on from.
        fits = (step >= low) & (step <= high) & (step > 0) & (step < 1)
        following = np.where(fits, step, (low + high) / 2)
        moved, x = np.abs(following - x), following
        if (moved <= SETTLED * x + CLOSE).all():
            break
    return np.where(share <= 0, 0.0, np.where(share >= 1, 1.0, x))


@lru_cache(maxsize=4096)
def t_quantile(p: float, df: float) -> float:
    """Student's t at the probability `p` (strictly between 0 and 1) with `df` > 0 degrees of freedom, else ValueError.

    Source: I_x(df/2, 1/2) with x = df / (df + t²) is the two-sided tail (DLMF 8.17; Abramowitz and Stegun 26.7.1).
    """
    if not 0 < p < 1 or df <= 0:
        raise ValueError("a probability between 0 and 1, and positive degrees of freedom")
    tail = 2 * min(p, 1 - p)
    # 1 - x is what is looked for, so that much data, where x is close to 1, loses no digits.
    rest = float(beta_quantile(1 - tail, 0.5, df / 2))
    t = math.sqrt(df * rest / (1 - rest)) if rest < 1 else math.inf
    return t if p >= 0.5 else -t


def log_gamma(x: Floats) -> Floats:
    """ln Γ, elementwise, for positive numbers."""
    return np.array([math.lgamma(value) for value in x.ravel()], dtype=np.float64).reshape(x.shape)


def _checked(x: ArrayLike, a: ArrayLike, b: ArrayLike) -> tuple[Floats, Floats, Floats]:
    arrays = np.broadcast_arrays(*(np.asarray(given, dtype=np.float64) for given in (x, a, b)))
    where, first, second = (np.array(array) for array in arrays)
    if not (((where >= 0) & (where <= 1)).all() and _are_positive(first) and _are_positive(second)):
        raise ValueError("x lies between 0 and 1, a and b are positive")
    return where, first, second


def _are_positive(values: Floats) -> bool:
    return bool((np.isfinite(values) & (values > 0)).all())


def _log_front(x: Floats, a: Floats, b: Floats) -> Floats:
    """ln of x^a (1 - x)^b / (a B(a, b)), before the fraction."""
    front: Floats = a * np.log(x) + b * np.log1p(-x) - np.log(a) + log_gamma(a + b) - log_gamma(a) - log_gamma(b)
    return front


def _fraction(x: Floats, a: Floats, b: Floats) -> Floats:
    """1 / (1 + d1 / (1 + d2 / (1 + …))), from the front (Lentz, as Thompson and Barnett have it)."""
    c, d = np.ones_like(x), 1 / _away(1 - (a + b) * x / (a + 1))
    total = d.copy()
    for m in range(1, TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            total *= c * d
        if (np.abs(c * d - 1) <= CLOSE).all():
            break
    return total


def _away(values: Floats) -> Floats:
    """The same, never so close to 0 that its inverse would overflow."""
    return np.where(np.abs(values) < TINY, TINY, values)
