"""What a signal, a trend, a band of agents and a comparison are, and the small decisions about them. No database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..kpi.rules import NEAR, Direction
from ..metrics import Better, Measure, Metric
from ..periods import Period
from ..stats import Interval

Floats = NDArray[np.float64]


class Series(Protocol):
    """A figure day by day, as `kpi.daily` tells it: one entry a local day, nan where there is no data."""

    @property
    def metric(self) -> Metric: ...
    @property
    def days(self) -> tuple[date, ...]: ...
    @property
    def value(self) -> Floats: ...
    @property
    def numerator(self) -> Floats: ...
    @property
    def denominator(self) -> Floats: ...
    @property
    def n(self) -> NDArray[np.int64]: ...


class Reason(StrEnum):
    """Why there is no control chart; NONE: there is one."""

    NONE = ""
    NO_DATA = "no_data"
    TOO_FEW = "too_few_points"
    """The baseline has fewer than 12 points."""
    LEVEL = "level"
    """What stands open carries yesterday in it, so its days do not vary by chance; its weeks have a trend."""
    PROVISIONAL = "provisional"
    """Nothing is old enough to be judged yet."""


class Method(StrEnum):
    """How the limits were found (`charts` says more)."""

    XMR = "xmr"
    """Individual values and moving ranges."""
    XMR_LOG = "xmr_log"
    """The same on logarithms: durations."""
    XMR_ROOT = "xmr_root"
    """The same on square roots: counts."""
    LANEY = "laney"
    """Laney's p′: shares, each day by its own n."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A day that signals. Value, centre and limits in the metric's unit, with the weekday's own level put back.

    `rule` 1: beyond a limit; 2: at least the ninth in a row on one side of the centre, since `since`.
    """

    day: date
    value: float
    centre: float
    low: float
    high: float
    rule: int
    is_above: bool
    direction: Direction
    """BETTER or WORSE; CHANGED where neither way is good."""
    since: date
    """Since when the figure has been on this side of its centre without a break: the first day of that run."""


class Movement(StrEnum):
    RISING = "rising"
    FALLING = "falling"
    NONE = "none"
    """No trend can be told from chance."""


@dataclass(frozen=True, slots=True, eq=False)
class WeekTrend:
    """Whole ISO weeks, and whether they rise or fall (Mann-Kendall, 5 %). `slope` a week, with its 95 % interval."""

    weeks: tuple[date, ...]
    """Mondays."""
    values: Floats
    """True weekly values in the metric's unit; nan where a week has too few."""
    movement: Movement
    slope: float
    interval: Interval | None
    p: float
    direction: Direction
    """SAME where nothing moves."""


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """A figure's control chart by days: all arrays have one entry a day of `days`, in the metric's unit."""

    metric: Metric
    days: tuple[date, ...]
    values: Floats
    """nan: a gap (no data, too few, a day nobody works, too young, not over)."""
    centre: Floats
    low: Floats
    high: Floats
    """With each weekday's own level; nan on every day where there is no chart (`reason`)."""
    method: Method
    baseline: int
    """Over how many points the centre and the limits were found."""
    judged_from: date | None
    """The days before it are the baseline."""
    flags: tuple[Flag, ...] = ()
    """Of the judged days, oldest first; at most one a day."""
    latest: Flag | None = None
    """The flag of the newest judged day that has a value, where that is at most a week old."""
    trend: WeekTrend | None = None
    """None: fewer than 8 weeks, or it was not asked for."""
    reason: Reason = Reason.NONE

    @property
    def points(self) -> int:
        """How many days have a value."""
        return int(np.isfinite(self.values).sum())

    def within(self, first: date, last: date) -> tuple[Flag, ...]:
        """The flags of some days, both ends included."""
        return tuple(flag for flag in self.flags if first <= flag.day <= last)


class Standing(StrEnum):
    """One among others: a word, never a rank."""

    ABOVE = "above"
    BELOW = "below"
    ALIKE = "not_distinguishable"


class Basis(StrEnum):
    """What of each ticket is compared."""

    SHARE = "share"
    """Whether it counts for the share."""
    FASTER = "faster"
    """Whether it took no longer than the median of all (`threshold_s`): medians cannot be averaged or standardised."""
    SLOWER = "slower"
    """Whether it took longer than the median of the period before."""
    COUNT = "count"
    """How many there are."""
    MEAN = "mean"
    """An amount of each."""


class BandNote(StrEnum):
    """Why there are no words about agents."""

    NONE = ""
    FEW_AGENTS = "few_agents"
    """Fewer than 8 with at least 5 tickets each."""
    NO_SPREAD = "no_spread"
    """The agents differ by no more than chance would have them differ."""
    COUNTS = "counts"
    """A count says who was there, not how it went."""
    NOBODY = "nobody"
    """The figure knows no agents."""
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class AgentStanding:
    """One person beside the others. Shares between 0 and 1 of `n` tickets, by the band's basis."""

    name: str
    member_id: int | None
    n: int
    hits: int
    share: float
    """As counted."""
    expected: float
    """Hits that the team has on the same mix of category, channel and language."""
    ratio: float | None
    """Observed over expected; None where nothing is expected."""
    adjusted: float
    """The share on the team's mix: the team's share and how far this person is from what is expected of their mix."""
    shrunken: float
    """The adjusted share drawn towards the others', the more the fewer tickets it rests on: what the picture shows."""
    interval: Interval
    """95 %, of `shrunken`."""
    standing: Standing | None
    """By the adjusted share; None where there are no words (`note` of the band)."""
    direction: Direction
    """BETTER, WORSE, SAME (not distinguishable), CHANGED (neither way is good), UNKNOWN (no word)."""


@dataclass(frozen=True, slots=True)
class AgentsBand:
    """A team's people over a period, by name."""

    metric: Metric
    period: Period
    as_of: datetime
    basis: Basis
    threshold_s: float | None
    """Of FASTER: the team's median in seconds."""
    centre: float | None
    """The team's share."""
    agents: tuple[AgentStanding, ...]
    too_few: int
    """People with 1 to 4 tickets, of whom nothing is said."""
    note: BandNote = BandNote.NONE


@dataclass(frozen=True, slots=True)
class Adjusted:
    """Two teams on the same mix of category, channel and language: hits observed over those expected.

    Expected are the hits that both teams together have on each team's own mix; only strata count that both teams have.
    """

    basis: Basis
    threshold_s: float | None
    """Of FASTER: the median of both teams' tickets together, in seconds."""
    observed: tuple[int, int]
    expected: tuple[float, float]
    n: tuple[int, int]
    """Tickets in the common strata."""
    ratio: tuple[float | None, float | None]
    difference: float
    """The first team's share less the second's, on the same mix."""
    interval: Interval | None
    is_distinguishable: bool
    direction: Direction
    """Of the first team beside the second; SAME: not distinguishable."""
    covered: float
    """How much of both teams' tickets the common strata hold, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of two teams. `difference`: the first less the second, in the metric's unit."""

    metric: Metric
    measures: tuple[Measure, Measure]
    difference: float | None
    interval: Interval | None
    """95 % of the difference; None for what has none."""
    is_distinguishable: bool
    direction: Direction
    """The first beside the second: BETTER, WORSE, CHANGED; SAME: not distinguishable; UNKNOWN: nothing to compare."""
    adjusted: Adjusted | None
    """None: no mix to adjust for (counts, levels, no common strata)."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two teams that are compared: each with its own calendar and zone."""

    team_id: int
    team: str
    timezone: str
    period: Period


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two teams over one named period, both told as of one instant: the earlier of what both have data for."""

    sides: tuple[Side, Side]
    as_of: datetime
    figures: tuple[Compared, ...]


def direction_of(metric: Metric, difference: float) -> Direction:
    """Whether a difference (a point from its centre, a slope, one beside another) is for the better."""
    if not abs(difference) > NEAR:
        return Direction.SAME
    if metric.better is Better.NEITHER:
        return Direction.CHANGED
    return Direction.BETTER if (difference > 0) == (metric.better is Better.HIGHER) else Direction.WORSE
