"""Talks, promises and what opens a talk, as people see them. Frozen facts; `reads` and `briefs` make them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ..effects.rules import Effect
from ..goals.reads import Progress
from ..goals.tables import Goal
from ..kpi.rules import Reading
from ..qa.contents import Review
from .suggesting import Seen


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    slack: str | None


@dataclass(frozen=True, slots=True)
class TalkSeen:
    """A talk with its two people."""

    id: int
    team_id: int
    team: str
    timezone: str
    lead: Person
    agent: Person
    status: str
    planned_at: datetime
    minutes: int
    held_at: datetime | None
    moved: int
    proposed_by: int | None
    """Who chose the time."""
    agreed_at: datetime | None
    """The other said that it fits."""
    every: str

    def other(self, reader_id: int | None) -> Person:
        """Whom the reader talks with."""
        return self.agent if reader_id == self.lead.id else self.lead

    @property
    def is_proposed(self) -> bool:
        """Otherwise it only holds what was noted and promised until one is."""
        return self.proposed_by is not None

    def is_asked(self, reader_id: int | None) -> bool:
        """Whether the reader is the one to say that it fits."""
        waits = self.is_proposed and self.status == "planned" and self.agreed_at is None
        return waits and reader_id in (self.lead.id, self.agent.id) and reader_id != self.proposed_by


@dataclass(frozen=True, slots=True)
class NoteSeen:
    by: str
    at: datetime
    is_private: bool
    words: str


@dataclass(frozen=True, slots=True)
class PromiseSeen:
    """A promise with its two people."""

    id: int
    team_id: int
    team: str
    timezone: str
    owner: Person
    lead: Person
    agent: Person
    words: str
    kind: str
    due_on: date
    metric: str
    made_at: datetime
    status: str
    closed_at: datetime | None
    line: str
    moved: int
    is_late: bool
    """Open, and its day is over."""
    checked_at: datetime | None
    climbed_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.status == "open"


@dataclass(frozen=True, slots=True)
class KudosSeen:
    giver: str
    reason: str
    value: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Brief:
    """What opens a talk, for its lead: what was promised first."""

    team_id: int
    team: str
    timezone: str
    lead: Person
    agent: Person
    every: str
    planned: TalkSeen | None
    last: TalkSeen | None
    promises: tuple[PromiseSeen, ...]
    """Open ones, the first due first, then those closed since the last talk."""
    figures: tuple[Reading, ...]
    """Four weeks beside the four before, of those figures that differ by more than chance."""
    figures_level: str
    """Who may see figures about one person in this team, where the lead may not; empty: they may."""
    figures_until: datetime | None
    reviews: tuple[Review, ...]
    """Since the last talk, newest first, those that the lead may see."""
    reviews_hidden: int
    kudos: tuple[KudosSeen, ...]
    goals: tuple[Goal, ...]
    suggestions: tuple[Seen, ...]
    notes: tuple[NoteSeen, ...]
    """Of the planned talk and the last one: shared ones, and the lead's own."""
    kept: int
    missed: int
    """Promises closed since the last talk."""
    is_late: bool = False
    """The planned talk's moment is over."""
    effects: Mapping[int, Effect] = field(default_factory=dict)
    """What became of the figures that promises should move, by promise; none where the lead may not see figures."""
    standings: Mapping[int, Progress] = field(default_factory=dict)
    """How the goals stand, by goal; none where the lead may not see figures."""


@dataclass(frozen=True, slots=True)
class AgentLine:
    """One whom the reader coaches."""

    agent: Person
    team_id: int
    team: str
    timezone: str
    last_at: datetime | None
    next: TalkSeen | None
    every: str
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class Mine:
    """What one person has: talks planned, promises of their own, what was shared with them, whom they coach."""

    talks: tuple[TalkSeen, ...]
    promises: tuple[PromiseSeen, ...]
    """Their own, open; the first due first."""
    others: tuple[PromiseSeen, ...]
    """Open ones that others have made to them."""
    notes: tuple[tuple[TalkSeen, tuple[NoteSeen, ...]], ...]
    """Of the planned and the last talk with each who coaches them."""
    agents: tuple[AgentLine, ...]
