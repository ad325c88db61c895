"""The rhythm of the week, taken out of a series before it is judged and put back before it is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .beta import beta_cdf
from .control import Baseline, Limits, in_baseline

FEWEST_OF_A_SEASON = 3  # points from which its effect is estimated
DETECTABLE = 0.05

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Effects:
    """What each season adds (multiplies by), at its own number: shape (largest season + 1,), 0 (1) where nothing.

    `widen` is by how much the limits of the adjusted values (`xmr`, `laney`) have to be wider, 1 where no effect is:
    the effects fit the baseline closer than they fit what comes.
    """

    of: Floats
    multiplicative: bool
    widen: float = 1.0

    @property
    def are_any(self) -> bool:
        return bool((self.of != (1 if self.multiplicative else 0)).any())


def deseasonalised(
    values: ArrayLike,
    seasons: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    multiplicative: bool = False,
    baseline: Baseline = None,
) -> tuple[Floats, Effects]:
    """The values, shape (n,), without the effect of their season (an int from 0 on, such as the weekday), and effects.

    A season's effect is how far its median lies from the median of the seasons' medians: a difference, or a factor if
    `multiplicative`, which suits counts and durations, whose spread grows with their level. `weights`, such as the
    tickets behind each share, make weighted medians. Effects come from the points of the `baseline` (as in `xmr`);
    a season with under 3 of them has none, nor one whose median is 0 where it should be a factor, and no season has
    any where the seasons do not differ detectably (Kruskal-Wallis on ranks, 5 %), for taking out what is only noise
    narrows the limits. NaN stays NaN. Raises ValueError for negative values if `multiplicative`, for negative seasons
    and for unequal shapes. Source: the classical decomposition with medians; the test in the F form of Iman and
    Davenport, Communications in Statistics A 5 (1976) 1335.
    """
    series, season = np.asarray(values, dtype=np.float64), np.asarray(seasons, dtype=np.int64)
    weight = np.ones(series.shape) if weights is None else np.asarray(weights, dtype=np.float64)
    if not series.shape == season.shape == weight.shape or (season < 0).any():
        raise ValueError("one season from 0 on, and one weight, for each value")
    if multiplicative and (series < 0).any():
        raise ValueError("a factor needs values that are not negative")
    count = int(season.max()) + 1 if season.size else 0
    known = in_baseline(series, baseline) & (weight > 0)
    usable = known & (np.bincount(season[known], minlength=count) >= FEWEST_OF_A_SEASON)[season]
    effects = _effects(series[usable], season[usable], weight[usable], count, multiplicative)
    by_point = effects.of[season]
    return (series / by_point if multiplicative else series - by_point), effects


def reseasonalised(limits: Limits, seasons: ArrayLike, effects: Effects) -> Limits:
    """Limits of the adjusted values, put back for a picture of the true ones: they wave with the season at each point.

    `seasons` has the shape of the limits.
    """
    by_point = effects.of[np.asarray(seasons, dtype=np.int64)]
    levels = (limits.centre, limits.lower, limits.upper)
    centre, lower, upper = (level * by_point if effects.multiplicative else level + by_point for level in levels)
    return Limits(centre, lower, upper, limits.sigma)


def _effects(values: Floats, seasons: Ints, weights: Floats, count: int, multiplicative: bool) -> Effects:
    none = 1.0 if multiplicative else 0.0
    of: Floats = np.full(count, none)
    if not _differ(values, seasons):
        return Effects(of, multiplicative)
    groups = np.unique(seasons)
    medians = np.array([_median(values[seasons == group], weights[seasons == group]) for group in groups])
    middle = float(np.median(medians))
    if not multiplicative:
        of[groups] = medians - middle
    elif middle > 0:
        of[groups] = np.where(medians > 0, medians / middle, none)
    return Effects(of, multiplicative, _widen(values.size / groups.size))


def _widen(points: float) -> float:
    """How much farther a new point lies from a median of so many points, on average, than those points themselves.

    The median's variance is π / 2 of one point's per point, its covariance with one of its points 1 per point.
    """
    return math.sqrt((1 + math.pi / 2 / points) / (1 - (2 - math.pi / 2) / points))


def _median(values: Floats, weights: Floats) -> float:
    """The weighted median: the value at which half of the weight is reached, midway where it is exactly half."""
    order = np.argsort(values)
    ordered, reached = values[order], np.cumsum(weights[order])
    half = reached[-1] / 2
    first = int(np.searchsorted(reached, half * (1 - 1e-12)))
    second = int(np.searchsorted(reached, half * (1 + 1e-12), side="right"))
    return float(ordered[first] + ordered[min(second, ordered.size - 1)]) / 2


def _differ(values: Floats, seasons: Ints) -> bool:
    """Whether the ranks of the values differ between the seasons by more than chance."""
    groups, codes, sizes = np.unique(seasons, return_inverse=True, return_counts=True)
    n, k = values.size, groups.size
    if k < 2 or n <= k:
        return False
    ranks = _ranks(values)
    means = np.bincount(codes, ranks) / sizes
    between = float((sizes * (means - ranks.mean()) ** 2).sum())
    within = float(((ranks - means[codes]) ** 2).sum())
    if between == 0:
        return False
    # The tail of F at (between / (k - 1)) / (within / (n - k)), through the beta distribution.
    return float(beta_cdf(within / (within + between), (n - k) / 2, (k - 1) / 2)) <= DETECTABLE


def _ranks(values: Floats) -> Floats:
    """From 1 on, the mean rank where values are equal."""
    _, codes, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray(last[codes] - (counts[codes] - 1) / 2)
