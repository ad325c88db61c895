"""Which value moved a figure, and which figure's driver is worth a sentence. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import NormalDist

import numpy as np

from ..kpi.rules import Direction, Reading
from ..metrics.frame import Floats, Ints, Mask
from ..signals.differences import difference, is_sure
from ..signals.rules import Signal
from .apart import Split
from .rules import Dimension, Moved

FEWEST_OF_VALUE = 5
SINGLE = 0.4
"""A value that explains less of the change is no driver."""
BEYOND = 0.15
"""Nor is one whose part is about what its weight makes it: the channel of nearly every ticket explains nothing."""
SURE = 0.05
"""Nor one that moved beyond the others by chance, all the values that were looked at taken into account."""
UNSAID = 0
"""The code of tickets that do not say (-1: that have no agent): they are no driver."""


def is_driver(split: Split, codes: Ints, total: float, looked_at: int) -> Mask:
    """Which values of a dimension can be called the driver of a change."""
    share, beyond = split.moved / total, split.beyond / total
    sure = NormalDist().inv_cdf(1 - SURE / 2 / max(looked_at, 1))
    enough = np.maximum(split.n_before, split.n_now) >= FEWEST_OF_VALUE
    is_beyond = (beyond >= BEYOND) & (split.beyond * np.sign(total) > sure * split.noise)
    found: Mask = (codes > UNSAID) & enough & (share >= SINGLE) & is_beyond
    return found


def strength(split: Split, total: float) -> Floats:
    """How much each value moved with the change beyond its weight: by this the strongest is found."""
    strong: Floats = split.beyond / total
    return strong


def moved(dimension: Dimension, split: Split, codes: Ints, at: int, total: float, word: str) -> Moved:
    """One value's part, as it is told."""

    def known(value: float) -> float | None:
        return None if np.isnan(value) else float(value)

    return Moved(
        dimension=dimension,
        code=int(codes[at]),
        word=word,
        volume=float(split.volume[at]),
        rate=float(split.rate[at]),
        n_before=int(split.n_before[at]),
        n_now=int(split.n_now[at]),
        rate_before=known(split.rate_before[at]),
        rate_now=known(split.rate_now[at]),
        share=float(split.moved[at] / total),
    )


def worth_saying(readings: Sequence[Reading], signals: Mapping[str, Signal]) -> Reading | None:
    """The one figure whose driver deserves a sentence; None: no figure does.

    One that signals: for the worse first, beyond a limit before a run, one that changed as it signals before one that
    did not, and of those the surest change. Else the surest change to the worse that is no chance. How sure is measured
    by how far the interval's nearer end lies from none.
    """
    signalling = [one for one in readings if _is_signalling(one, signals)]
    if signalling:
        return min(signalling, key=lambda one: _order(one, signals[one.metric.key]))
    worse = [(_sureness(one), one) for one in readings if one.direction is Direction.WORSE]
    sure = [(much, one) for much, one in worse if much > 0]
    return max(sure, key=lambda pair: pair[0])[1] if sure else None


def _is_signalling(one: Reading, signals: Mapping[str, Signal]) -> bool:
    signal = signals.get(one.metric.key)
    return signal is not None and signal.latest is not None and one.change not in (None, 0.0)


def _order(one: Reading, signal: Signal) -> tuple[int, int, bool, float]:
    assert signal.latest is not None
    places = {Direction.WORSE: 0, Direction.CHANGED: 1, Direction.BETTER: 2}
    is_along = one.change is not None and (one.change > 0) == signal.latest.is_above
    return places.get(signal.latest.direction, 3), signal.latest.rule, not is_along, -_sureness(one)


def _sureness(one: Reading) -> float:
    """How many half widths of its interval a change lies away from none, less one; at most 0: it may be chance."""
    if one.before is None:
        return 0.0
    interval = difference(one.metric, one.measure, one.before)
    if interval is None or not is_sure(interval):
        return 0.0
    width = (interval.high - interval.low) / 2
    return min(abs(interval.low), abs(interval.high)) / width if width > 0 else 0.0
