"""What of each ticket is compared where figures are set side by side or taken apart. Pure, over a formula's part."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..kpi.rules import Direction
from ..metrics import Metric, Part, Unit
from ..metrics.frame import Floats, Mask
from .rules import Basis, direction_of


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Which tickets can be judged (`inside`), and what each adds: 1 or 0, or an amount; 0 outside."""

    basis: Basis
    inside: Mask
    amounts: Floats


def basis_of(metric: Metric, part: Part) -> Basis | None:
    """How a figure is taken apart into tickets; None for what is not one number a ticket.

    SLOWER stands for medians; `faster` is its other side.
    """
    if part.amounts is not None:
        return None if metric.unit is Unit.EACH else Basis.MEAN
    if metric.summary is not None and metric.unit is not Unit.SHARE:
        return None
    usual = {Unit.SHARE: Basis.SHARE, Unit.COUNT: Basis.COUNT, Unit.SECONDS: Basis.SLOWER}
    return usual.get(metric.unit)


POINTS = 100
"""Promoters are counted as 1, 0 or -1 and told in points."""


def judged(metric: Metric, basis: Basis, part: Part, threshold: float | None = None) -> Judged:
    """The tickets of a part by a basis. `threshold`: seconds, of FASTER and SLOWER.

    Who still waits, for less than the threshold, is neither faster nor slower yet and is left out.
    """
    match basis:
        case Basis.COUNT:
            return Judged(basis, part.inside, part.inside.astype(np.float64))
        case Basis.SHARE:
            return Judged(basis, part.inside, (part.inside & part.hits).astype(np.float64))
        case Basis.MEAN:
            assert part.amounts is not None
            inside = part.inside & np.isfinite(part.amounts)
            scale = POINTS if metric.unit is Unit.POINTS else 1
            return Judged(basis, inside, np.where(inside, part.amounts * scale, 0.0))
    assert threshold is not None
    with np.errstate(invalid="ignore"):
        is_longer = part.seconds > threshold
    inside = part.inside & (part.hits | is_longer)
    hits = inside & (is_longer if basis is Basis.SLOWER else ~is_longer)
    return Judged(basis, inside, hits.astype(np.float64))


def beside(metric: Metric) -> Basis | None:
    """How people or teams are set beside each other: by shares (of net promoters that of promoters, of effort that of
    easy answers), and by which tickets took no longer than the median of all; None for counts."""
    if metric.unit in (Unit.COUNT, Unit.EACH):
        return None
    return Basis.FASTER if metric.unit is Unit.SECONDS else Basis.SHARE


def lengths(part: Part) -> Part:
    """The part with its amounts as lengths of time, where those are what it averages."""
    return part if part.amounts is None else replace(part, seconds=part.amounts, hits=part.inside)


def direction(metric: Metric, basis: Basis, difference: float) -> Direction:
    """Whether a higher (or lower) share of a basis is for the better: of lengths of time a high share of fast ones is
    what a low median is."""
    return direction_of(metric, -difference if basis is Basis.FASTER else difference)
