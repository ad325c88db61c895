"""Groups compared as if all had had the same mix of work: observed over expected, by indirect standardisation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .proportions import Interval, wilson

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Standardised:
    """One group: `observed` hits of its `n` that can be compared, and how many were `expected` of them at the rates
    that all groups together have in the same strata.

    `ratio` is observed over expected and `adjusted` the ratio times the rate of all, each with its 95 % interval; None
    where nothing is expected. `adjusted` may pass 1: cut it where it is drawn. `uncovered` are left out, because nobody
    else has such work.
    """

    group: int
    n: int
    observed: int
    expected: float
    uncovered: int
    ratio: float | None
    ratio_interval: Interval | None
    adjusted: float | None
    adjusted_interval: Interval | None


def observed_over_expected(
    hits: ArrayLike, n: ArrayLike, stratum_ids: ArrayLike, group_ids: ArrayLike
) -> tuple[Standardised, ...]:
    """Each group beside all together, in ascending order of their ids. All arguments have the shape (cells,).

    A cell is `hits` of `n` tickets of one group in one stratum (such as category, channel and language, numbered); a
    cell may come in parts, down to single tickets. The rate of a stratum, and that of all, includes the group's own
    tickets, so that a group that does most of the work lies close to 1. The interval is Wilson's of the group's share
    over its expected share: the rates are taken as known, and strata of different rates vary less than one binomial
    does, so that it is a little too wide. Raises ValueError for counts that are not between 0 and n and for unequal
    shapes. Source: Breslow and Day, Statistical Methods in Cancer Research II (1987), 2.3.
    """
    found, of = np.asarray(hits, dtype=np.float64), np.asarray(n, dtype=np.float64)
    strata, groups = np.asarray(stratum_ids), np.asarray(group_ids)
    if not found.shape == of.shape == strata.shape == groups.shape or not ((found >= 0) & (found <= of)).all():
        raise ValueError("hits between 0 and n, one stratum and one group for each cell")
    names, group = np.unique(groups[of > 0], return_inverse=True)
    kinds, stratum = np.unique(strata[of > 0], return_inverse=True)
    shape, cell = (names.size, kinds.size), group * kinds.size + stratum
    table_n = _table(cell, of[of > 0], shape)
    table_hits = _table(cell, found[of > 0], shape)
    is_shared = (table_n > 0).sum(axis=0) > 1
    rates = table_hits.sum(axis=0) / table_n.sum(axis=0)
    overall = float(table_hits[:, is_shared].sum() / table_n[:, is_shared].sum()) if is_shared.any() else 0.0
    return tuple(
        _one(int(name), row_hits, row_n, rates, is_shared, overall)
        for name, row_hits, row_n in zip(names, table_hits, table_n, strict=True)
    )


def _table(cell: NDArray[np.int64], counts: Floats, shape: tuple[int, int]) -> Floats:
    """The counts summed by cell, a row for each group and a column for each stratum."""
    return np.bincount(cell, counts, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)


def _one(
    name: int, hits: Floats, n: Floats, rates: Floats, is_shared: NDArray[np.bool_], overall: float
) -> Standardised:
    observed, covered = int(hits[is_shared].sum()), int(n[is_shared].sum())
    expected, uncovered = float(n[is_shared] @ rates[is_shared]), int(n[~is_shared].sum())
    share = wilson(observed, covered)
    if share is None or expected == 0:
        return Standardised(name, covered, observed, expected, uncovered, None, None, None, None)
    scale = covered / expected
    ratio, limits = observed / expected, Interval(share.low * scale, share.high * scale)
    adjusted = Interval(limits.low * overall, limits.high * overall)
    return Standardised(name, covered, observed, expected, uncovered, ratio, limits, ratio * overall, adjusted)
