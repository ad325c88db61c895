"""A series' usual level by weekday, its limits, and the days that leave them. Pure, over arrays of days.

What is charted is first put on a scale on which chance moves every day alike: durations on the logarithm (of the
seconds and a minute, since below that nobody waits), counts on the square root, means as they are. There the weekday's
effect is taken out (so of durations it is a factor) and individual values and moving ranges make the limits. On the
plain scale, where medians of waiting times and small counts are skewed, a month of a small team in which nothing
happened had a flag in every second case; so it is one in seven.

Shares are held against the chance that their own n has (Laney's p′), however small n is: limits from the values alone
would treat a day of five like one of fifty, and p′ is never narrower than chance. Where chance is skewed, near 0 and 1,
the longer tail gets more room: (3² - 1) / 6 · (1 - 2p) / n, the first term of Cornish and Fisher's expansion.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..metrics import Unit
from ..metrics.frame import Floats, Mask
from ..stats.control import FEWEST_POINTS, WIDTH, Limits, laney, xmr
from ..stats.seasons import Effects, deseasonalised, reseasonalised
from .rules import Method

MINUTE = 60.0
LEAST_LOG, LEAST_ROOT = 0.05, 0.5
"""Sigma is at least so much: a twentieth of a duration; what chance alone makes of a count."""

Weekdays = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """Limits of every day in the unit of the values, with its weekday's own level."""

    method: Method
    limits: Limits
    step: Floats | float
    """The smallest difference there can be: a day less than half of it from the centre is on neither side."""

    def snapped(self, values: Floats) -> Floats:
        """The values, on the centre where they are as near to it as they can come."""
        is_near = np.abs(values - self.limits.centre) < np.asarray(self.step) / 2
        found: Floats = np.where(is_near, self.limits.centre, values)
        return found


def chart(unit: Unit, values: Floats, sizes: Floats, weekdays: Weekdays, base: Mask) -> Chart | None:
    """The chart of some days that somebody works; `sizes`: the tickets behind each; `base`: the baseline, of days with
    a value. None where that has too few neighbours, or means never varied."""
    match unit:
        case Unit.SHARE:
            n = np.maximum(sizes, 1)
            return _made(Method.LANEY, _of_shares(values, n, weekdays, base), 1 / n)
        case Unit.SECONDS:
            limits = _xmr(np.log(values + MINUTE), weekdays, base, LEAST_LOG)
            return _made(Method.XMR_LOG, limits, 0.0, lambda level: np.maximum(np.exp(level) - MINUTE, 0))
        case Unit.COUNT:
            return _made(Method.XMR_ROOT, _xmr(np.sqrt(values + 3 / 8), weekdays, base, LEAST_ROOT), 1.0, _square)
    return _made(Method.XMR, _xmr(values, weekdays, base, None), 0.0)


def _made(
    method: Method, limits: Limits | None, step: Floats | float, back: Callable[[Floats], Floats] | None = None
) -> Chart | None:
    """A chart, `back` on the scale of the values."""
    if limits is None:
        return None
    if back is not None:
        limits = Limits(back(limits.centre), back(limits.lower), back(limits.upper), limits.sigma)
    return Chart(method, limits, step)


def _square(level: Floats) -> Floats:
    squared: Floats = np.maximum(np.maximum(level, 0) ** 2 - 3 / 8, 0)
    return squared


def _xmr(values: Floats, weekdays: Weekdays, base: Mask, least: float | None) -> Limits | None:
    """Individual values and moving ranges; `least`: of sigma, also where the baseline never varied."""
    adjusted, effects = deseasonalised(values, weekdays, baseline=base)
    found = xmr(adjusted, baseline=base)
    if found is None and (least is None or not _are_enough(base)):
        return None
    centre = np.full(values.shape, adjusted[base].mean()) if found is None else found.centre
    sigma = max((found.sigma if found else 0.0) * _unsure(effects, weekdays, base), least or 0.0)
    limits = Limits(centre, centre - WIDTH * sigma, centre + WIDTH * sigma, sigma)
    return reseasonalised(limits, weekdays, effects)


def _are_enough(base: Mask) -> bool:
    return int(base.sum()) >= FEWEST_POINTS and 2 * int((base[1:] & base[:-1]).sum()) >= FEWEST_POINTS


def _unsure(effects: Effects, weekdays: Weekdays, base: Mask) -> float:
    """How much wider limits have to be for a weekday's level that is itself only known from m days of it.

    Taking it out of those m leaves 1 - 1/m of their variance, while a new day has 1 + 1/m of it around the level.
    """
    if not effects.are_any:
        return 1.0
    days = max(float(base.sum()) / len(set(weekdays[base].tolist())), 2.0)
    return float(np.sqrt((days + 1) / (days - 1)))


def _of_shares(values: Floats, n: Floats, weekdays: Weekdays, base: Mask) -> Limits | None:
    adjusted, effects = deseasonalised(values, weekdays, n, baseline=base)
    found = laney(adjusted * n, n, baseline=base)
    if found is None and not _are_enough(base):
        return None
    total, hits = float(n[base].sum()), float((adjusted * n)[base].sum())
    centre, wide = hits / total, found.sigma * _unsure(effects, weekdays, base) if found else 1.0
    # A baseline without a miss does not prove that there are none.
    wary = min(max(centre, 2 / (total + 4)), 1 - 2 / (total + 4))
    half, skew = WIDTH * wide * np.sqrt(wary * (1 - wary) / n), (WIDTH**2 - 1) / 6 * (1 - 2 * wary) / n
    lower, upper = centre - half + np.minimum(skew, 0), centre + half + np.maximum(skew, 0)
    waving = reseasonalised(Limits(np.full(n.shape, centre), lower, upper, wide), weekdays, effects)
    return Limits(np.clip(waving.centre, 0, 1), np.clip(waving.lower, 0, 1), np.clip(waving.upper, 0, 1), wide)
