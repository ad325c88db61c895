"""What the first day's message says, as frozen facts as of the instant that the data reached then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from ..calendars import local_day
from ..kpi import Reading
from ..metrics import Metric

AIMS = ("first_response", "full_resolution", "sla_first_response", "fcr", "reopen_rate", "csat")
"""Figures for which a target is suggested."""


@dataclass(frozen=True, slots=True)
class Names:
    """People as the data calls them: how many worked on the tickets, and how many of those were nobody yet."""

    every: int
    unmatched: int


@dataclass(frozen=True, slots=True)
class Pace:
    """Of a count how many come in a week (or a day, where there is no whole week): mean, fewest, most, of `n` such.
    `each` total: there is no whole day, `mean` is all of it."""

    metric: Metric
    each: str
    mean: float
    low: int
    high: int
    n: int


class What(StrEnum):
    """What appears with time."""

    DIGEST = "digest"
    FCR = "fcr"
    LIMITS = "limits"
    REOPENS = "reopens"
    USUAL = "usual"
    VERDICTS = "verdicts"
    QA = "qa"
    DETECTORS = "detectors"
    NEWER = "newer"
    """Digests and detectors, where the data is too old for either."""


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing that is there, or appears. `on`: from which local day at the earliest; None: not by time alone."""

    what: What
    is_there: bool = False
    on: date | None = None
    metrics: tuple[Metric, ...] = ()
    """Figures that it is about."""
    note: str = ""
    """Why there is no day: `never_said` (by the source), `none_solved`, `no_channel`, `varies` (too few in a row)."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A target that the last eight weeks suggest, or that was taken: the median of `weeks` weeks over `n` in all."""

    metric: Metric
    value: float
    n: int = 0
    weeks: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """One team's first day."""

    first_day_id: int
    team_id: int
    team: str
    timezone: str
    day: date
    as_of: datetime
    """How far the data reached: nothing after it is counted."""
    first_at: datetime
    tickets: int
    names: Names
    figures: tuple[Reading | Pace, ...]
    """Three over the whole history; about few people only how much work there was (`is_withheld`)."""
    coming: tuple[Coming, ...]
    digest_at: time
    aims: tuple[Aim, ...] = ()
    """Suggested, and not taken yet."""
    taken: tuple[Aim, ...] = ()
    taken_by: str = ""
    is_withheld: bool = False
    figures_from: date = date.min
    """The first day that the figures look at."""

    @property
    def first_day(self) -> date:
        """The local day on which the data begins."""
        return local_day(self.first_at, self.timezone)

    @property
    def last_day(self) -> date:
        """The one on which it ends."""
        return local_day(self.as_of, self.timezone)

    @property
    def days(self) -> int:
        """Over how many local days its figures stand."""
        return (self.last_day - self.figures_from).days + 1

    @property
    def is_whole(self) -> bool:
        """Whether those are all the days that there are."""
        return self.figures_from <= self.first_day
