"""How far reviewers who scored the same conversations agree: Krippendorff's alpha, raw agreement, each one's bias.

Ratings stand as reviewers x units, NaN where a reviewer did not rate a unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .proportions import Interval

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RESAMPLES = 1_000
FEWEST_UNITS = 3
"""Of fewer units no interval is drawn: resampling two says nothing about a third."""
JUDGED = 0.5
"""The share of resamples that must vary at all, so that the others make an interval."""
AT_ONCE = 64
"""Resamples that are counted together: more would not stay in the processor's cache."""
NEARLY = 1e-12
TAIL = 2.5
"""Percent of the resamples on each side of the interval."""


class Level(StrEnum):
    """What a difference of two ratings means."""

    NOMINAL = "nominal"
    """Alike or not."""
    ORDINAL = "ordinal"
    """How many ratings lie between."""
    INTERVAL = "interval"
    """The difference itself."""


@dataclass(frozen=True)
class Alpha:
    """1: they agree, 0: as by chance. `value` None: nothing varied, so it cannot be judged.

    `interval`: 95 %, from resampled units; None where that cannot be said. `units`: those that two or more rated, `n`:
    the ratings in them.
    """

    value: float | None
    interval: Interval | None
    units: int
    n: int


@dataclass(frozen=True)
class Bias:
    """How much higher one reviewer scores than the others did on the same units, in the ratings' unit; `n` units."""

    value: float | None
    n: int


def alpha(ratings: ArrayLike, level: Level, *, resamples: int = RESAMPLES, seed: int = 0) -> Alpha:
    """Krippendorff's alpha of ratings, shape (reviewers, units), 1 - observed / expected disagreement by coincidences.

    The interval is the percentile bootstrap over units drawn with replacement (Krippendorff's own redraws pairs of
    ratings as if they were independent, which is too narrow); resamples in which nothing varies are left out.
    `resamples` 0: no interval. Raises ValueError for another shape. Source: Krippendorff, Computing Krippendorff's
    Alpha-Reliability (2011); METRICS' worked example is .095238.
    """
    rated = _rated(_checked(ratings))
    units, n = len(rated.sizes), len(rated.which)
    if len(rated.values) < 2:
        return Alpha(None, None, units, n)
    found = float(_alphas(rated, level, np.ones((1, units)))[0])
    return Alpha(found, _interval(rated, level, resamples, seed), units, n)


def raw_agreement(ratings: ArrayLike) -> tuple[float | None, int]:
    """The share, 0 to 1, of pairs of reviewers of one unit that rated it just alike, and the number of such pairs."""
    rated = _rated(_checked(ratings))
    alike, pairs = _pairs(rated.together()), _pairs(rated.sizes)
    return (float(alike / pairs) if pairs else None), int(pairs)


def _pairs(counts: Floats) -> float:
    return float((counts * (counts - 1)).sum() / 2)


def biases(ratings: ArrayLike) -> list[Bias]:
    """Each reviewer's mean difference to the mean of the others who rated the same unit."""
    found = _checked(ratings)
    rated = ~np.isnan(found)
    filled, others = np.where(rated, found, 0.0), rated.sum(axis=0) - 1
    both = rated & (others > 0)
    rest = np.divide(filled.sum(axis=0) - filled, others, out=np.zeros_like(filled), where=both)
    apart = np.where(both, filled - rest, 0.0).sum(axis=1)
    return [Bias(float(total / n) if n else None, int(n)) for total, n in zip(apart, both.sum(axis=1), strict=True)]


def _checked(ratings: ArrayLike) -> Floats:
    found = np.asarray(ratings, dtype=np.float64)
    if found.ndim != 2 or np.isinf(found).any():
        raise ValueError("ratings stand as reviewers x units, finite or NaN")
    return found


@dataclass(frozen=True, eq=False)
class _Rated:
    """The ratings of the units that two or more rated, unit by unit. `which`: places in `values`; `sizes`: of units."""

    values: Floats
    which: Ints
    unit: Ints
    sizes: Floats

    def together(self) -> Floats:
        """How often each value of a unit was given in it."""
        return self._alike()[1]

    def alike(self) -> Floats:
        """The sum, over the values of each unit, of the square of how often it was given."""
        unit, counts = self._alike()
        found: Floats = np.zeros(len(self.sizes))
        np.add.at(found, unit, counts**2)
        return found

    def _alike(self) -> tuple[Ints, Floats]:
        """Of each value of each unit: the unit, and how often the value was given in it."""
        pairs, counts = np.unique(self.unit * len(self.values) + self.which, return_counts=True)
        times: Floats = counts.astype(np.float64)
        return pairs // len(self.values), times

    def by_unit(self, ratings: Floats) -> Floats:
        """Sums over each unit of something of each rating (rows x ratings)."""
        starts = np.concatenate(([0], np.cumsum(self.sizes)[:-1])).astype(np.int64)
        sums: Floats = np.add.reduceat(ratings, starts, axis=1)
        return sums

    def margins(self, weights: Floats) -> Floats:
        """How often each value is given in each resample (resamples x values)."""
        order = np.argsort(self.which, kind="stable")
        starts = np.searchsorted(self.which[order], np.arange(len(self.values)))
        sums: Floats = np.add.reduceat(weights[:, self.unit[order]], starts, axis=1)
        return sums


def _rated(ratings: Floats) -> _Rated:
    units = np.flatnonzero((~np.isnan(ratings)).sum(axis=0) >= 2)
    by_unit = ratings[:, units].T
    there = ~np.isnan(by_unit)
    values, which = np.unique(by_unit[there], return_inverse=True)
    return _Rated(values, which.astype(np.int64), np.nonzero(there)[0], there.sum(axis=1).astype(np.float64))


def _interval(rated: _Rated, level: Level, resamples: int, seed: int) -> Interval | None:
    units = len(rated.sizes)
    if units < FEWEST_UNITS or resamples < 1:
        return None
    drawn = np.random.default_rng(seed).multinomial(units, np.full(units, 1 / units), size=resamples)
    parts = (drawn[n : n + AT_ONCE].astype(np.float64) for n in range(0, resamples, AT_ONCE))
    found = np.concatenate([_alphas(rated, level, part) for part in parts])
    judged = found[~np.isnan(found)]
    if len(judged) < JUDGED * resamples:
        return None
    low, high = np.percentile(judged, [TAIL, 100 - TAIL])
    return Interval(float(low), float(high))


def _alphas(rated: _Rated, level: Level, weights: Floats) -> Floats:
    """Alpha of each resample: `weights` (resamples x units) say how often a unit is in it. NaN: nothing varies."""
    sizes, margins = rated.sizes, rated.margins(weights)
    n = margins.sum(axis=1)
    if level is Level.NOMINAL:
        within = (sizes**2 - rated.alike())[None, :]
        expected = n**2 - (margins**2).sum(axis=1)
    else:
        places = _places(rated.values, margins, level)
        given = places[:, rated.which]
        # Of each unit, and of all: twice n times the squares about the mean is what every pair differs by, squared.
        within = 2 * np.maximum(sizes * rated.by_unit(given**2) - rated.by_unit(given) ** 2, 0.0)
        centred = places - ((places * margins).sum(axis=1) / n)[:, None]
        expected = 2 * n * (margins * centred**2).sum(axis=1)
    observed = (weights * within / (sizes - 1)).sum(axis=1)
    varies = expected > NEARLY * n**2
    ratio = np.divide((n - 1) * observed, expected, out=np.full(len(n), np.nan), where=varies)
    alphas: Floats = 1 - ratio
    return alphas


def _places(values: Floats, margins: Floats, level: Level) -> Floats:
    """Where each value stands, 0 to 1 (resamples, or one for all, x values): the squared differences are the level's.

    Ordinal disagreement, the ratings between two values with half of their own, is the difference of middle ranks.
    """
    if level is Level.ORDINAL:
        ranks: Floats = (np.cumsum(margins, axis=1) - margins / 2) / margins.sum(axis=1)[:, None]
        return ranks
    scaled: Floats = (values - values[0]) / (values[-1] - values[0])
    return scaled[None, :]
