"""A change taken apart, exactly: what each value of a dimension added to it, by more of it and by worse of it. Pure.

Of a share or mean R = sum(h) / N, a value with n of the N rows and the sum h has the weight w = n / N and the rate
r = h / n. Its part of R1 - R0 is the volume, (w1 - w0) * ((r0 + r1) / 2 - (R0 + R1) / 2), and the rate,
(r1 - r0) * (w0 + w1) / 2. Both sum to R1 - R0 over all values (Kitagawa, JASA 50 (1955) 1168). Where a value has no
rows in one period it has the rate of the other, so that all of it is volume. Of a count the part is n1 - n0.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..metrics.frame import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """One entry for each value of a dimension. `noise`: the standard error of `beyond`, rather too large."""

    volume: Floats
    rate: Floats
    n_before: Floats
    n_now: Floats
    rate_before: Floats
    rate_now: Floats
    beyond: Floats
    """How much more it moved than it would where all values move alike: there the mix stays, and each has its weight's
    share of what the rates did (of a count: of the whole change)."""
    noise: Floats

    @property
    def moved(self) -> Floats:
        return self.volume + self.rate


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows behind a figure, those of the period before first. `amounts`: of a share 1 or 0; of a count 1."""

    amounts: Floats
    before: int
    """How many of them are of the period before."""
    is_count: bool = False
    spread: float = 1.0
    """Of a count: how many times as much it varies as chance alone has it vary (its variance over its mean)."""
    tags: Ints = field(init=False)
    """0 or 1 before, 2 or 3 now; odd where the amount is 1."""
    is_plain: bool = field(init=False)
    """All amounts are 1 or 0, so that counting is enough: four times as fast as adding."""

    def __post_init__(self) -> None:
        ones = self.amounts == 1
        tags = ones.astype(np.int64)
        tags[self.before :] += 2
        object.__setattr__(self, "tags", tags)
        object.__setattr__(self, "is_plain", bool((ones | (self.amounts == 0)).all()))

    def by(self, places: Ints, values: int) -> tuple[Sums, Sums]:
        """Rows, amounts and squares by value: before, and now."""
        if self.is_plain:
            found = np.bincount(places * 4 + self.tags, minlength=values * 4).reshape(values, 4).T.astype(np.float64)
            return Sums(found[0] + found[1], found[1], found[1]), Sums(found[2] + found[3], found[3], found[3])
        halves = (slice(None, self.before), slice(self.before, None))
        before, now = (self._added(places[half], self.amounts[half], values) for half in halves)
        return before, now

    @staticmethod
    def _added(places: Ints, amounts: Floats, values: int) -> Sums:
        weights = (None, amounts, amounts * amounts)
        return Sums(*(np.bincount(places, weights=one, minlength=values).astype(np.float64) for one in weights))


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Of each value in one period: how many rows, the sum of their amounts and of the squares of those."""

    n: Floats
    amounts: Floats
    squares: Floats

    @property
    def mean(self) -> float:
        """Of all values together."""
        return float(self.amounts.sum() / self.n.sum())

    @property
    def rates(self) -> Floats:
        """nan where there is no row."""
        with np.errstate(invalid="ignore", divide="ignore"):
            rates: Floats = np.where(self.n > 0, self.amounts / self.n, np.nan)
            return rates

    def away(self, middle: float, weight: Floats) -> Floats:
        """The variance of the mean of (amount - middle) * (1 in the value, 0 outside, less its weight), by value."""
        count = self.n.sum()
        sums, squares = self.amounts - middle * self.n, self.squares - 2 * middle * self.amounts + middle**2 * self.n
        second = ((1 - weight) ** 2 * squares + weight**2 * (squares.sum() - squares)) / count
        first = ((1 - weight) * sums - weight * (sums.sum() - sums)) / count
        variance: Floats = np.maximum(second - first**2, 0) / count
        return variance


def change(rows: Rows) -> float:
    """Now less before: a difference of means, or of counts."""
    before, now = rows.amounts[: rows.before], rows.amounts[rows.before :]
    if rows.is_count:
        return float(now.size - before.size)
    return float(now.mean() - before.mean())


def split(rows: Rows, places: Ints, values: int) -> Split:
    """The change by value: `places` says which value each row has. A mean needs rows in both periods."""
    before, now = rows.by(places, values)
    if rows.is_count:
        return _counted(before.n, now.n, rows.spread)
    w0, w1, r0, r1 = before.n / before.n.sum(), now.n / now.n.sum(), before.rates, now.rates
    filled0, filled1 = (
        np.nan_to_num(np.where(n > 0, r, other)) for n, r, other in ((before.n, r0, r1), (now.n, r1, r0))
    )
    middle, weight = (before.mean + now.mean) / 2, (w0 + w1) / 2
    volume = (w1 - w0) * ((filled0 + filled1) / 2 - middle)
    rate = (filled1 - filled0) * weight
    beyond = volume + rate - weight * rate.sum()
    noises = [before.away(middle, w) + now.away(middle, w) for w in (weight, np.zeros(values))]
    noise = np.sqrt(np.maximum(*noises))
    return Split(volume, rate, before.n, now.n, r0, r1, beyond, noise)


def _counted(n0: Floats, n1: Floats, spread: float) -> Split:
    none = np.full(n0.shape, np.nan)
    both, moved = n0 + n1, n1 - n0
    weight = both / max(both.sum(), 1)
    noise = np.sqrt(spread * ((1 - weight) ** 2 * both + weight**2 * (both.sum() - both)))
    return Split(moved, np.zeros(n0.shape), n0, n1, none, none, moved - weight * moved.sum(), noise)
