"""What can be a goal, what it aims for, and how it honestly stands. No database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..metrics import Better, Cohort, Measure, Metric, Unit

NEAR = 1e-9
RELATIVE = (Unit.SECONDS, Unit.COUNT, Unit.EACH)
"""Better by a share of where it began; what lies on a scale gets better by a difference."""
EARLY = 0.2
"""Before so much of its time has passed, a goal that is missed so far is not called behind."""
SHORTEST_DAYS, LONGEST_DAYS = 14, 366


class Kind(StrEnum):
    VALUE = "value"
    BETTER_BY = "better_by"


class Verdict(StrEnum):
    """While it runs: on_track, behind, cannot_tell. At its end: reached, not_reached, not_decidable."""

    ON_TRACK = "on_track"
    BEHIND = "behind"
    CANNOT_TELL = "cannot_tell"
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    NOT_DECIDABLE = "not_decidable"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a goal stands: the figure since it began, what it aims for, and the verdict. `elapsed`: 0 to 1."""

    measure: Measure
    aim: float
    verdict: Verdict
    elapsed: float


def may_be_goal(metric: Metric, *, of_person: bool) -> bool:
    """Figures with a direction that do not simply grow with the time that passes; about a person no counts."""
    if metric.better is Better.NEITHER:
        return False
    if metric.unit is Unit.COUNT:
        return metric.cohort is Cohort.INSTANT and not of_person
    return metric.unit is not Unit.EACH or not of_person


def needs_quality(metric: Metric) -> bool:
    """Whether it is a figure of speed, beside which one of quality has to stand."""
    return bool(metric.guards)


def aim(metric: Metric, kind: str, target: float, baseline: float | None) -> float | None:
    """What the figure should be; None where it is to get better and nobody knows from what."""
    if kind == Kind.VALUE:
        return target
    if baseline is None:
        return None
    step = baseline * target if metric.unit in RELATIVE else target
    return baseline - step if metric.better is Better.LOWER else baseline + step


def judged(metric: Metric, measure: Measure, wanted: float, elapsed: float) -> Verdict:
    """A verdict that says no more than the interval does: only where all of it lies on one side is it sure."""
    is_over = elapsed >= 1
    unsure = Verdict.NOT_DECIDABLE if is_over else Verdict.CANNOT_TELL
    if measure.value is None:
        too_long = metric.better is Better.LOWER and (measure.longer_than or 0.0) > wanted + NEAR
        return (Verdict.NOT_REACHED if is_over else Verdict.BEHIND) if too_long else unsure
    low, high = (measure.interval.low, measure.interval.high) if measure.interval else (measure.value, measure.value)
    if metric.better is Better.LOWER:
        is_met, is_missed = high <= wanted + NEAR, low > wanted + NEAR
    else:
        is_met, is_missed = low >= wanted - NEAR, high < wanted - NEAR
    if is_met:
        return Verdict.REACHED if is_over else Verdict.ON_TRACK
    if is_missed and (is_over or elapsed >= EARLY):
        return Verdict.NOT_REACHED if is_over else Verdict.BEHIND
    return unsure


def elapsed(starts_on: date, ends_on: date, today: date) -> float:
    """The share of a goal's days that have passed by the end of the day before: 1 once its last day is over."""
    whole = (ends_on - starts_on).days + 1
    return min(max((today - starts_on).days / whole, 0.0), 1.0)
