"""The tickets of two periods behind one figure, and whether their difference is one at all. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..metrics import Columns, Measure, Metric, Part, Window
from ..metrics.frame import DAY, Floats, Ints
from ..signals.bases import Judged, basis_of, judged
from ..signals.differences import difference, is_sure
from ..signals.rules import Basis
from ..stats import Interval, newcombe
from ..stats.proportions import Z95
from .apart import Rows, change
from .rules import NoDriverReason

FEWEST = 30
"""Tickets in each of the two periods (of a count: in both), without which no change is taken apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Half:
    """One of the two periods: its columns, what the formula says of them, and the figure."""

    facts: Columns
    window: Window
    part: Part
    measure: Measure


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What is taken apart: the rows of the period before first. `at`: their places in the columns of each half."""

    metric: Metric
    halves: tuple[Half, Half]
    basis: Basis
    threshold: float | None
    rows: Rows
    at: tuple[Ints, Ints]
    change: float
    interval: Interval | None

    @property
    def reason(self) -> NoDriverReason | None:
        """Why it should not be taken apart; None: it may."""
        before, now = (len(at) for at in self.at)
        if before + now < FEWEST or (self.basis is not Basis.COUNT and min(before, now) < FEWEST):
            return NoDriverReason.TOO_FEW
        return None if is_sure(self.interval) else NoDriverReason.NOISE


def evidence(metric: Metric, before: Half, now: Half) -> Evidence | NoDriverReason:
    """The rows by which the change of a figure is taken apart, or why there are none."""
    basis = basis_of(metric, now.part)
    if basis is None:
        return NoDriverReason.WHOLE
    threshold = before.measure.value if basis is Basis.SLOWER else None
    if before.measure.value is None or (basis is not Basis.COUNT and now.measure.n == 0):
        return NoDriverReason.NO_DATA
    both = [judged(metric, basis, half.part, threshold) for half in (before, now)]
    at = (np.flatnonzero(both[0].inside), np.flatnonzero(both[1].inside))
    amounts = np.concatenate([one.amounts[rows] for one, rows in zip(both, at, strict=True)])
    if basis is not Basis.COUNT and not (at[0].size and at[1].size):
        return NoDriverReason.NO_DATA
    is_count = basis is Basis.COUNT
    rows = Rows(amounts, at[0].size, is_count, _spread(before, now, at) if is_count else 1.0)
    interval = _interval(metric, before, now, rows, both[0])
    return Evidence(metric, (before, now), basis, threshold, rows, at, change(rows), interval)


def _interval(metric: Metric, before: Half, now: Half, rows: Rows, one: Judged) -> Interval | None:
    if one.basis is Basis.MEAN:
        return difference(metric, now.measure, before.measure)
    moved, total = change(rows), len(rows.amounts)
    if one.basis is Basis.COUNT:
        half = Z95 * float(np.sqrt(rows.spread * total))
        return Interval(moved - half, moved + half)
    hits = int(rows.amounts[rows.before :].sum()), int(rows.amounts[: rows.before].sum())
    return newcombe(hits[0], total - rows.before, hits[1], rows.before)


def _spread(before: Half, now: Half, at: tuple[Ints, Ints]) -> float:
    """How many times as much a count varies as chance alone has it vary, at least 1; from its days, in pairs.

    The n-th day of one period and of the other differ by chance and by the change that is asked about. What is left of
    the differences without their mean, over the sum of the counts, is the variance over the mean.
    """
    days = [_days(half, rows) for half, rows in zip((before, now), at, strict=True)]
    length = min(len(one) for one in days)
    if length < 3:
        return 1.0
    first, second = (one[:length] for one in days)
    gaps, total = second - first, float((first + second).sum())
    return max(1.0, float(((gaps - gaps.mean()) ** 2).sum()) / total * length / (length - 1)) if total else 1.0


def _days(half: Half, rows: Ints) -> Floats:
    """How many there are on each day of a period that has passed."""
    if half.part.placed is None:
        return np.zeros(0)
    day = (half.part.placed[rows] - half.window.start) // DAY
    passed = max(int((half.window.until - half.window.start) // DAY), 1)
    return np.bincount(np.clip(day, 0, passed - 1), minlength=passed).astype(np.float64)
