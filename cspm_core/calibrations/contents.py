"""A calibration round as people see it. Frozen facts; `reads` makes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..qa.rules import Definition
from .comparing import Comparison
from .rules import Verdict


@dataclass(frozen=True, slots=True)
class Contact:
    """A conversation of a round. `agent_member_id`: whose it was, where that is a person of ours."""

    ticket_id: int
    key: str
    url: str
    subject: str
    agent_member_id: int | None


@dataclass(frozen=True, slots=True)
class Calibrator:
    """Somebody who scores. `todo`: the conversations that are theirs to score, all but their own work."""

    member_id: int
    name: str
    slack_user_id: str | None
    todo: frozenset[int]
    done: frozenset[int]
    last_at: datetime | None
    """When they sent the last one."""

    @property
    def is_done(self) -> bool:
        return self.todo <= self.done


@dataclass(frozen=True, slots=True)
class Round:
    """One round, open or closed."""

    id: int
    team_id: int
    team: str
    timezone: str
    name: str
    """As it was named; may be empty."""
    scorecard: str
    version_id: int
    definition: Definition
    by_id: int
    by: str
    at: datetime
    due_at: datetime
    closed_at: datetime | None
    contacts: tuple[Contact, ...]
    calibrators: tuple[Calibrator, ...]

    @property
    def is_finished(self) -> bool:
        """Everybody has scored everything."""
        return all(one.is_done for one in self.calibrators)

    def calibrator(self, member_id: int | None) -> Calibrator | None:
        """One of those who score; None: they are not among them."""
        return next((one for one in self.calibrators if one.member_id == member_id), None)

    def contact(self, ticket_id: int) -> Contact | None:
        return next((one for one in self.contacts if one.ticket_id == ticket_id), None)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a round. `took_part`: how many scored anything."""

    round: Round
    took_part: int
    comparison: Comparison
    verdict: Verdict
    is_sure: bool
    """Its whole interval says the same."""
