"""A review as people see it. Frozen facts; `reads.review` makes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .rules import Answer, Definition, Scored


@dataclass(frozen=True, slots=True)
class Contact:
    """The ticket or the call that is reviewed, as far as we know it; empty words and None where we do not."""

    key: str
    ticket_id: int | None = None
    call_id: int | None = None
    url: str = ""
    recording_url: str = ""
    subject: str = ""
    channel: str = ""
    category: str = ""
    priority: str = ""
    customer: str = ""
    created_at: datetime | None = None
    solved_at: datetime | None = None
    first_response_s: float | None = None
    """Calendar seconds."""
    reopens: int | None = None
    csat: str | None = None
    """The raw answer, on `csat_scale`."""
    csat_scale: str | None = None
    csat_good: bool | None = None
    csat_comment: str | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to a review. `by`: a name; empty: by itself."""

    kind: str
    at: datetime
    by_id: int | None
    by: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Review:
    """One review, draft or submitted."""

    id: int
    team_id: int
    team: str
    timezone: str
    scorecard_id: int
    scorecard: str
    version_id: int
    definition: Definition
    agent_id: int
    """An `identity`."""
    agent: str
    agent_member_id: int | None
    reviewer_id: int | None
    reviewer: str
    contact: Contact
    stratum: str
    calibration_id: int | None
    started_at: datetime
    submitted_at: datetime | None
    answers: tuple[Answer, ...]
    """One for each criterion answered so far, in the scorecard's order."""
    opened: frozenset[str]
    """Quick mode: the criteria chosen as exceptions."""
    comment: str
    is_quick: bool
    scored: Scored
    """Of a draft: as it would be if it were sent now."""
    revision: int
    in_person: bool
    tell_at: datetime | None
    told_at: datetime | None
    confirmed_at: datetime | None
    happened: tuple[Happened, ...] = field(default=())

    def answer(self, criterion: str) -> Answer | None:
        """What it says of one criterion; None: nothing yet."""
        return next((one for one in self.answers if one.criterion == criterion), None)
