"""What can be said about a promise's effect on a figure, and the small decisions about it. No database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from ..kpi.rules import COUNTED, Direction
from ..metrics import Cohort, Measure, Metric, Subject, Unit
from ..stats import Interval

DAY = timedelta(days=1)
PROMPTED_DAYS = 28
"""Where nothing else is known, the four weeks before a promise prompted it, and no “before” holds them."""
BEFORE_DAYS = 84
"""So many days before those are “before”."""
AFTER_DAYS = 56
"""“After” ends eight weeks after the promise: what comes later has too many other reasons."""
LEAST_DAYS = 14
"""Sooner nothing is said about it."""
FEWEST_BEFORE, FEWEST_AFTER = 10, 10
"""Tickets on each side, under which nothing is said about an effect."""
FEWEST_COLLEAGUES = 3
"""Others whose change says how everybody changed."""
SLIGHT_SHARE, SLIGHT_PART, SLIGHT_POINTS, SLIGHT_SCORE = 0.10, 0.25, 20.0, 0.5
"""Differences up to which no change is seen: 10 points of a share, a quarter of a length of time, 20 points of net
promoters, half a point of a mean from 1 to 7."""
SLIGHT_OF_HUNDRED = 10.0
"""The same of a mean from 0 to 100."""


class Verdict(StrEnum):
    TOO_EARLY = "too_early"
    CANNOT_TELL = "cannot_tell"
    HELPED = "helped"
    NO_CHANGE = "no_change_seen"
    WORSE = "got_worse"


class Missing(StrEnum):
    """What is not there to tell by."""

    NONE = ""
    TIME = "time"
    """Less than two weeks of data since."""
    AFTER = "after"
    """Too few tickets since."""
    BEFORE = "before"
    """Too few tickets before the weeks that prompted it."""
    TEAM = "team"
    """Too few colleagues to tell the agent's change from everybody's."""
    WIDTH = "width"
    """The difference could be none, or more than a slight one."""
    DATA = "data"
    """The team has no data at all."""


@dataclass(frozen=True, slots=True)
class Days:
    """Local days of the team, both ends included."""

    first: date
    last: date

    @property
    def count(self) -> int:
        return max((self.last - self.first).days + 1, 0)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before and after, in the metric's unit."""

    before: Measure
    after: Measure
    amount: float | None = None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """An agent's figure before and after a promise, beside how the rest of the team changed meanwhile."""

    promise_id: int
    agent_id: int
    team_id: int
    metric: Metric
    agent: Change
    """Under 5 tickets no value is told."""
    team: Change
    """Without the agent, and without who promised to move the same figure meanwhile where enough others are left."""
    before: Days
    prompted: Days
    """The days that prompted the promise: they are in neither figure."""
    after: Days
    """As far as the data reaches, eight weeks at most."""
    is_shrunken: bool
    """The value before is the estimate among the colleagues, drawn towards theirs, for too little before the prompt."""
    colleagues: int
    drift: float
    """By how much colleagues' figures change beyond chance without any promise: a standard deviation in the unit."""
    difference: float | None
    """The agent's change less the team's."""
    interval: Interval | None
    """Its 95 % interval, with the drift."""
    direction: Direction
    """Of the difference; SAME where it may be none."""
    verdict: Verdict
    missing: Missing = Missing.NONE
    needed: int = 0
    """So many more tickets (AFTER, BEFORE) are needed."""
    tellable_on: date | None = None
    """The day on which it can be told at the earliest; None: it is told, or never will be."""
    as_of: datetime | None = None
    """How far the data reaches; None: there is none."""


@dataclass(frozen=True, slots=True)
class Visible:
    """Another figure that could show a plausible change. `smallest` in its unit."""

    metric: Metric
    n_a_month: float
    smallest: float


@dataclass(frozen=True, slots=True)
class Feasible:
    """What of a person's figure could be seen within eight weeks after a promise."""

    metric: Metric
    n_a_month: float
    """Tickets a month that the figure rests on."""
    value: float | None
    """As it stands over the past twelve weeks; None under 5."""
    smallest: float | None
    """The smallest change for the better that would show (4 times of 5), in the unit; None: too few to say."""
    is_plausible: bool
    """Whether a change that size is one that people make."""
    others: tuple[Visible, ...] = ()
    """Figures in which a plausible change would show, the surest first."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What became of a team's promises of one kind, without saying whose."""

    kind: str
    made: int
    kept: int
    missed: int
    people: int
    told: int
    """Promises whose effect has an interval."""
    scale: str = ""
    """What the effect is counted in: `share` (points of a share), `part` (of a length of time), else a metric's key."""
    effect: float | None = None
    """For the better where above 0; None: fewer than 5 promises, or of fewer than 5 people."""
    interval: Interval | None = None
    helps: bool | None = None
    """True: tends to help; False: tends to harm; None: cannot be told."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """A team's talks and promises over the past half-year, and what tends to help."""

    team_id: int
    team: str
    first: date
    last: date
    talks: int
    people: int
    """Agents with a talk or a promise; under 5 the numbers are for leads alone."""
    kinds: tuple[Kind, ...]
    total: Kind
    """All kinds together, without an effect."""


def may_be_told_of(metric: Metric) -> bool:
    """Whether a figure says how a person's work went: counts say who was there, levels and escalations are a team's."""
    is_ours = metric.of in (Subject.ESCALATIONS, Subject.CHECK_BACKS)
    return metric.unit not in COUNTED and metric.cohort is not Cohort.INSTANT and not is_ours


def slight(metric: Metric, value: float | None) -> float:
    """Up to what difference no change is seen, in the unit. `value`: where the figure stands."""
    match metric.unit:
        case Unit.SHARE:
            return SLIGHT_SHARE
        case Unit.SECONDS:
            return SLIGHT_PART * (value or 0.0)
        case Unit.POINTS:
            return SLIGHT_POINTS
    return SLIGHT_SCORE if metric.unit is Unit.SCORE else SLIGHT_OF_HUNDRED


def stretches(made_on: date, prompted_on: date | None, newest: date) -> tuple[Days, Days, Days]:
    """Before, prompted and after. `newest`: the last whole day of the data."""
    since = made_on - PROMPTED_DAYS * DAY if prompted_on is None else min(prompted_on, made_on)
    before = Days(since - BEFORE_DAYS * DAY, since - DAY)
    after = Days(made_on + DAY, min(newest, made_on + AFTER_DAYS * DAY))
    return before, Days(since, made_on), after
