"""A week's sample as people see it. Frozen facts; `reads` makes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .rules import Reason


@dataclass(frozen=True, slots=True)
class Pick:
    """A contact that somebody is to review, or was."""

    id: int
    team_id: int
    team: str
    timezone: str
    draw_id: int
    week: date
    ticket_id: int
    key: str
    url: str
    subject: str
    channel: str
    agent_id: int
    """An `identity`."""
    agent: str
    stratum: str
    status: str
    due_at: datetime
    reviewer_id: int | None
    reviewer: str = ""
    review_id: int | None = None

    def is_late(self, now: datetime) -> bool:
        return self.due_at <= now


@dataclass(frozen=True, slots=True)
class Share:
    """What became of one reviewer's picks, or of those of one agent."""

    name: str
    drawn: int
    """With the replacements, without what they replaced."""
    done: int
    replaced: int
    lapsed: int
    late: int
    """Open, and past its due time."""
    is_reachable: bool = True
    """Of a reviewer: they can be written to in Slack."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A pick that somebody replaced, and why."""

    key: str
    url: str
    agent: str
    by: str
    at: datetime
    reason: Reason
    said: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a team is with a week's sample."""

    team_id: int
    team: str
    timezone: str
    draw_id: int
    week: date
    drawn_at: datetime
    seed: int
    population: int
    """Contacts solved in that week."""
    unit: str
    amount: float
    strata: tuple[str, ...]
    random: int
    """Of the picks, those that are drawn by chance and make the score."""
    drawn: int
    done: int
    random_done: int
    replaced: int
    lapsed: int
    late: int
    by_reviewer: tuple[Share, ...]
    by_agent: tuple[Share, ...]
    replacements: tuple[Replacement, ...]
    unassigned: tuple[Pick, ...]
    lapsed_before: int
    """Of earlier weeks: what lapsed as this one was drawn."""
    without_agent: int
    data_until: datetime | None
    """Where the data did not reach the week's end: how far it did."""

    @property
    def coverage(self) -> float | None:
        """Reviewed by chance, of the population (0 to 1)."""
        return self.random_done / self.population if self.population else None

    @property
    def open(self) -> int:
        return self.drawn - self.done - self.lapsed


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a plan means, if a week is like the last one."""

    population: int
    agents: int
    reviews: int
    """Drawn by chance."""
    margin: float | None
    """± so much (0 to 1) at 95 % for a share of all of them; None: nothing to draw from."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A pick that is replaced, and what came in its place; None: nothing is left in its cell."""

    pick: Pick
    fresh: Pick | None
