"""What somebody's mix of category, channel and language lets one expect, so that who takes the hard ones is not worse
for it. Pure: indirect standardisation, observed over expected hits."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..metrics import Columns
from ..metrics.frame import Floats, Ints
from ..stats import Interval
from ..stats.mix import observed_over_expected
from ..stats.proportions import Z95
from .grouping import grouped

MIX = ("category", "channel", "language")


def strata(facts: Columns, at: Ints) -> Ints:
    """A number for the mix of each of some rows: the same for the same category, channel and language."""
    return combined([getattr(facts, name)[at] for name in MIX if hasattr(facts, name)], len(at))


def combined(columns: list[Ints], rows: int) -> Ints:
    """One number for each combination of codes, from 0 on."""
    found = np.zeros(rows, dtype=np.int64)
    for column in columns:
        values, places = grouped(column)
        _, found = grouped(found * len(values) + places)
    return found


def expected(hits: Floats, mix: Ints, whose: Ints, groups: int) -> Floats:
    """The hits each of some groups would have with the share of hits that all have in each stratum; what nobody else
    has is expected as it is."""
    due = np.bincount(whose, weights=hits, minlength=groups).astype(np.float64)
    for one in observed_over_expected(hits, np.ones(len(hits)), mix, whose):
        due[one.group] += one.expected - one.observed
    return due


@dataclass(frozen=True, slots=True)
class Beside:
    """Two groups in the strata that both have: hits, expected hits and rows of each, and the difference of shares."""

    observed: tuple[int, int]
    expected: tuple[float, float]
    n: tuple[int, int]
    difference: float
    interval: Interval
    covered: float
    """How much of all rows the common strata hold."""


def beside(hits: Floats, mix: Ints, is_first: Ints) -> Beside | None:
    """The first group (1) beside the second (0), stratum by stratum; None without a stratum that both have.

    The difference weighs each stratum by n₁n₂ / (n₁ + n₂), which makes it (observed - expected) of the first over the
    sum of the weights. Its variance is that of the hypergeometric law (Mantel and Haenszel, JNCI 22 (1959) 719), so
    that strata of two or three rows are no trouble.
    """
    size = int(mix.max()) + 1 if mix.size else 0
    counts = np.bincount(mix * 2 + is_first, minlength=size * 2).reshape(size, 2).astype(np.float64)
    found = np.bincount(mix * 2 + is_first, weights=hits, minlength=size * 2).reshape(size, 2)
    common = (counts > 0).all(axis=1)
    if not common.any():
        return None
    (n2, n1), (h2, h1) = counts[common].T, found[common].T
    n, h = n1 + n2, h1 + h2
    weight = float((n1 * n2 / n).sum())
    difference = float((h1 - n1 * h / n).sum()) / weight
    half = Z95 * math.sqrt(float((n1 * n2 * h * (n - h) / (n**2 * (n - 1))).sum())) / weight
    return Beside(
        observed=(round(float(h1.sum())), round(float(h2.sum()))),
        expected=(float((n1 * h / n).sum()), float((n2 * h / n).sum())),
        n=(int(n1.sum()), int(n2.sum())),
        difference=difference,
        interval=Interval(difference - half, difference + half),
        covered=float(n.sum() / counts.sum()),
    )
