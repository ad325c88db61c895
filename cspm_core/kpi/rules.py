"""From two measures to a reading, from readings to a scorecard. All arithmetic a view would be tempted to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from ..metrics import OF_TICKETS, Better, Measure, Metric, Subject, Unit
from ..periods import Period

NEAR = 1e-9
FEW_FOR_AGENT = 5
SMALL_SAMPLE = 30
COUNTED = (Unit.COUNT, Unit.EACH)
"""What is no sample, however few there are."""
ON_A_SCALE = (Unit.SHARE, Unit.POINTS, Unit.SCORE, Unit.OF_100)
"""What has no beginning from which it could grow by half: changes of it are differences."""
OF_THE_SOURCE = ("not_reached", "before_data", "never_said")
"""Why there is no value, where that says nothing about a person."""


class Verdict(StrEnum):
    """A value against the team's target."""

    MEETS = "meets"
    MISSES = "misses"
    NO_TARGET = "no_target"
    NO_DATA = "no_data"


class Direction(StrEnum):
    """A change, with its direction of good."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    CHANGED = "changed"
    """It moved, and neither way is good."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure beside the same one of the equal period before, and beside its target."""

    metric: Metric
    measure: Measure
    before: Measure | None
    change: float | None
    """Relative for seconds and counts (0.5: half as much again), the difference for what lies on a scale: shares
    (0.05: five points), points and scores."""
    direction: Direction
    target: float | None
    verdict: Verdict
    is_small: bool
    """A share or a duration over fewer than 30: a small sample. A count is no sample."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A team's figures (or one agent's) over a period, in the catalogue's order."""

    team_id: int
    team: str
    timezone: str
    period: Period
    """Cut at `as_of`."""
    as_of: datetime
    complete_until: datetime | None
    readings: tuple[Reading, ...]
    left_out: Mapping[str, int]
    """Tickets created in the period that no figure counts, by reason."""
    agent: str | None
    before: Period
    """The equal period before, cut at the same elapsed time."""
    first_at: datetime | None = None
    """Where the data begins, if its source is known."""
    hidden: frozenset[str] = frozenset()
    """Keys that the team does not want to see."""

    @property
    def shown(self) -> tuple[Reading, ...]:
        """Those to see: not the hidden ones, nor what this team has no data for (calls, surveys it does not send)."""
        return tuple(one for one in self.readings if one.metric.key not in self.hidden and self._is_told(one))

    @property
    def is_of_calls(self) -> bool:
        """Whether the team has calls alone, so that figures of tickets say nothing."""
        return not self._has(Subject.TICKETS) and self._has(Subject.CALLS)

    def _has(self, of: Subject) -> bool:
        return any(_n(one) for one in self.readings if one.metric.of is of)

    def _is_told(self, reading: Reading) -> bool:
        if self.is_of_calls and reading.metric.of is Subject.TICKETS:
            return False
        return _says_something(reading)

    def reading(self, key: str) -> Reading:
        """The reading of one metric. Raises KeyError where it was not asked for."""
        for found in self.readings:
            if found.metric.key == key:
                return found
        raise KeyError(key)


def _says_something(reading: Reading) -> bool:
    is_usual = reading.metric.of is Subject.TICKETS or reading.metric.key in OF_TICKETS
    return is_usual or _n(reading) > 0


def _n(reading: Reading) -> int:
    return reading.measure.n + (reading.before.n if reading.before else 0)


def read(
    metric: Metric, measure: Measure, before: Measure | None, target: float | None, *, about_one: bool = False
) -> Reading:
    """One reading. `about_one`: it is about one person, so that under 5 nothing is said."""
    if about_one:
        measure, before = discreet(measure), before and discreet(before)
    change, direction = compare(metric, measure, before)
    is_small = metric.unit not in COUNTED and 0 < measure.n < SMALL_SAMPLE
    return Reading(metric, measure, before, change, direction, target, judge(metric, measure, target), is_small)


def discreet(measure: Measure) -> Measure:
    """The measure as it may be said about one person: under 5 it says only that there are too few, not how many.

    What stands beside a value that may be said (who waits, what was left aside) is hidden by the same rule.
    """
    if measure.n < FEW_FOR_AGENT:
        return Measure(None, 0, note=measure.note if measure.note in OF_THE_SOURCE else "too_few")
    waits = measure.waiting >= FEW_FOR_AGENT
    return replace(
        measure,
        waiting=measure.waiting if waits else 0,
        oldest_s=measure.oldest_s if waits else None,
        set_aside=measure.set_aside if measure.set_aside >= FEW_FOR_AGENT else 0,
        extras=enough(measure.extras),
    )


def enough(counts: Mapping[str, int]) -> dict[str, int]:
    """Those of some counts about one person that may be said."""
    return {key: n for key, n in counts.items() if n >= FEW_FOR_AGENT}


def compare(metric: Metric, now: Measure, before: Measure | None) -> tuple[float | None, Direction]:
    """The change and its direction of good. From 0 there is no relative change, but still a direction."""
    if now.value is None or before is None or before.value is None:
        return None, Direction.UNKNOWN
    difference = now.value - before.value
    if abs(difference) <= NEAR:
        return 0.0, Direction.SAME
    change = difference if metric.unit in ON_A_SCALE else difference / before.value if before.value else None
    if metric.better is Better.NEITHER:
        return change, Direction.CHANGED
    improved = (difference > 0) == (metric.better is Better.HIGHER)
    return change, Direction.BETTER if improved else Direction.WORSE


def judge(metric: Metric, measure: Measure, target: float | None) -> Verdict:
    """A value against its target; exactly on it meets it. A median that is only known to be longer can miss it too."""
    if target is None or metric.better is Better.NEITHER:
        return Verdict.NO_TARGET
    value = measure.value
    if value is None:
        too_long = measure.longer_than is not None and measure.longer_than > target + NEAR
        return Verdict.MISSES if too_long and metric.better is Better.LOWER else Verdict.NO_DATA
    over = value - target if metric.better is Better.LOWER else target - value
    return Verdict.MEETS if over <= NEAR else Verdict.MISSES
