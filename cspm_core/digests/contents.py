"""What a digest says: counts since the last one, figures over a rolling window, and who still waits. Frozen facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from .. import escalations
from ..drivers import Driver, NoDriver, NoDriverReason
from ..goals import Progress
from ..kpi import Reading
from ..signals import Signal
from ..tickets import Recounting
from . import rules
from .rules import Standing, Usual


class State(StrEnum):
    FRESH = "fresh"
    STALE = "stale"
    """The data is too old, or no newer than the last digest's: no figures."""


@dataclass(frozen=True, slots=True)
class Count:
    """`new` and `solved` since the last digest, `unanswered` and `past_due` at this moment."""

    key: str
    value: int
    usual: Usual | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Rolling:
    """A figure and over how many days it stands."""

    reading: Reading
    days: int


@dataclass(frozen=True, slots=True)
class WaitingTicket:
    """An open ticket that wants somebody: without an answer, past due, or due before work ends today."""

    id: int
    key: str
    url: str
    subject: str
    priority: str
    status: str
    waited_s: float
    """Since its creation."""
    is_unanswered: bool
    due_at: datetime | None
    """The next target not met yet; None: none set."""
    is_past_due: bool


@dataclass(frozen=True, slots=True)
class Content:
    """One team's digest of one day, as it stands: also whether digests are paused and whether a later one came."""

    digest_id: int
    team_id: int
    team: str
    timezone: str
    day: date
    since_at: datetime
    as_of: datetime
    """How far the data reached: nothing after it is counted."""
    state: State
    counts: tuple[Count, ...]
    figures: tuple[Rolling, ...]
    """None in a channel where they would be about one to four people (`is_withheld`)."""
    waiting: tuple[WaitingTicket, ...]
    """The first few: the oldest, and those due soonest."""
    waiting_total: int
    skipped: tuple[date, ...]
    paused_until: datetime | None = None
    """While digests are paused (`rules.FOREVER`: until somebody resumes)."""
    paused_by: str = ""
    back_on: date | None = None
    is_latest: bool = True
    """Pause and settings stand only under the latest."""
    recounting: Recounting | None = None
    """How far counting the tickets by a changed calendar is."""
    is_withheld: bool = False
    escalations: escalations.Standing | None = None
    """How they stood as the digest was due; None where there was nothing to tell."""
    signals: Mapping[str, Signal] = field(default_factory=dict)
    """Of the figures, by key, as of the digest."""
    moved: Driver | NoDriver | None = None
    """What moved the figure that deserves a sentence most, by no person; None: no figure does."""
    moved_days: int = rules.SHORT
    """Over how many days that figure stands."""
    goals: tuple[Progress, ...] = ()
    """What the team has agreed to reach, those that end first."""

    @property
    def is_unexplained(self) -> bool:
        """A figure signals, and nothing by itself drives it."""
        found = self.moved
        if not isinstance(found, NoDriver) or found.reason is not NoDriverReason.NO_SINGLE:
            return False
        signal = self.signals.get(found.metric.key)
        return signal is not None and signal.latest is not None

    def count(self, key: str) -> Count:
        """One of the counts. Raises KeyError."""
        for found in self.counts:
            if found.key == key:
                return found
        raise KeyError(key)

    @property
    def window_days(self) -> int:
        """The days that `details` opens: 7 where any figure stands over them."""
        return min((figure.days for figure in self.figures), default=rules.LONG if self.is_withheld else rules.SHORT)

    @property
    def waiting_more(self) -> int:
        """Tickets that want somebody beyond those listed."""
        return self.waiting_total - len(self.waiting)


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A digest that Slack did not take, as its lead should see it."""

    team_id: int
    team: str
    channel: str
    code: str
    day: date
    timezone: str
    until_at: datetime
    """Until then it is tried again."""
    arrived_at: datetime | None
    is_given_up: bool = False
    """Trying again would not help."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a lead can change about a team's digest. `days`: weekdays (Monday 0), None for working days."""

    team_id: int
    team: str
    timezone: str
    at: str
    days: frozenset[int] | None
    language: str
    on_holidays: bool
    channel: str | None
