"""Differences and limits as text, in a figure's unit."""

from __future__ import annotations

from math import isfinite

from cspm_core.kpi import Direction
from cspm_core.metrics import Metric, Unit
from cspm_core.stats import Interval

from ..kpi import figures
from ..words import Words
from .names import GOODS

FINEST = 4


def size(metric: Metric, difference: float, t: Words) -> str:
    """How much a difference is, without its sign: 6 points, 1 hr 5 min, 31."""
    much = abs(difference)
    match metric.unit:
        case Unit.SHARE:
            return points(much, t)
        case Unit.SECONDS:
            return t.duration(much)
        case Unit.OF_100:
            return t("{points} points", points=number(much, t))
        case Unit.POINTS:
            return t("{points} on its scale", points=number(much, t))
    return number(much, t)


def points(much: float, t: Words) -> str:
    """A difference of shares: 6 points."""
    return t("{points} points", points=number(much * 100, t))


def signed(metric: Metric, difference: float, t: Words) -> str:
    """The same with its sign; a rounded 0 has none."""
    told = size(metric, difference, t)
    return told if told == size(metric, 0, t) else f"{'+' if difference > 0 else '−'}{told}"


def signed_points(difference: float, t: Words) -> str:
    """A difference of shares with its sign."""
    told = points(abs(difference), t)
    return told if told == points(0, t) else f"{'+' if difference > 0 else '−'}{told}"


def unless_none(told: str, t: Words) -> str:
    """A difference as it is told; empty where that is nothing."""
    return told if told not in (points(0, t), t.number(0), t.duration(0)) else ""


def number(much: float, t: Words) -> str:
    """With as many decimals as it takes not to be 0, at least one below ten."""
    if much >= 10:
        return t.number(much)
    told = (t.number(much, decimals) for decimals in range(1, FINEST + 1))
    return next((text for text in told if text != t.number(0)), t.number(0))


def signed_span(metric: Metric, interval: Interval, t: Words) -> str:
    """From where to where a difference may lie: −9.1 points to −2.3 points. Of medians an end may lie nowhere; empty
    where both do."""
    low, high = (signed(metric, end, t) if isfinite(end) else "" for end in (interval.low, interval.high))
    if low and high:
        return t("{low} to {high}", low=low, high=high)
    if low:
        return t("{low} or more", low=low)
    return t("{high} or less", high=high) if high else ""


def limits(metric: Metric, low: float, high: float, t: Words) -> str:
    """From where to where chance alone leads: 78% – 93%."""
    return f"{figures.amount(metric, low, t)} – {figures.amount(metric, high, t)}"


def good(direction: Direction, t: Words) -> str:
    """Better or worse; empty where neither way is good."""
    return t(GOODS[direction]) if direction in GOODS else ""
