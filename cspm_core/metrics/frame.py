"""What a formula reads: the facts of many tickets or escalations as columns, and the window that it looks through."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import Self

import numpy as np
from numpy.typing import NDArray

from ..calendars import ALWAYS_OPEN, Calendar

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

NEVER = np.iinfo(np.int64).max
"""An instant that is not there: later than all others, so `at <= instant` is simply not true of it."""
UNKNOWN = -1
"""A count or an answer that the source does not say."""
SECOND = 1_000_000
DAY = 86_400 * SECOND
WEEK = 7 * DAY


class Columns:
    """Columns of int64, one entry each for whatever they are about, told by its `id`."""

    __slots__ = ("__weakref__",)
    id: Ints

    def __len__(self) -> int:
        return len(self.id)

    def where(self, chosen: Mask) -> Self:
        """Only the chosen entries."""
        return type(self)(*(getattr(self, column.name)[chosen] for column in fields(self)))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, eq=False)
class Tickets(Columns):
    """Columns of int64, one entry a ticket. Instants: microseconds since 1970 or NEVER. No left-out tickets.

    Counts and seconds: UNKNOWN where not said. `csat_good`: 1, 0 or UNKNOWN. `is_answered`, `is_solved`: 1 or 0.
    `agent`, `responder`: an identity id or UNKNOWN. `channel` … `priority`: codes of words (`code_of`), 0 for none.
    """

    id: Ints
    agent: Ints
    created: Ints
    first_response: Ints
    first_response_target: Ints
    first_response_business_s: Ints
    first_solved: Ints
    solved: Ints
    resolution_target: Ints
    reopens: Ints
    public_replies: Ints
    csat_good: Ints
    csat_sent: Ints
    csat_at: Ints
    is_answered: Ints
    is_solved: Ints
    responder: Ints
    """Who gave the first reply; where nobody says, the agent."""
    handed_off: Ints
    """When a bot gave it to people."""
    reopened: Ints
    """The last reopening."""
    early_reopens: Ints
    """Reopens within 7 days of a solve."""
    transfers: Ints
    group_transfers: Ints
    requester_wait_s: Ints
    agent_work_s: Ints
    score: Ints
    """The answer as a number, times 100."""
    survey: Ints
    """What was asked: SATISFACTION, PROMOTER or EFFORT."""
    channel: Ints
    queue: Ints
    category: Ints
    language: Ints
    priority: Ints
    customer: Ints
    """A code of the customer, 0 where nobody says who it was."""


SATISFACTION, PROMOTER, EFFORT = 0, 1, 2
DIMENSIONS = ("channel", "queue", "category", "language", "priority")
"""Columns of codes by which figures are taken apart."""


COLUMNS = tuple(column.name for column in fields(Tickets))


@dataclass(frozen=True, slots=True, eq=False)
class EscalatedTickets(Tickets):
    """Tickets, and beside each when it was first escalated; NEVER: it was not."""

    escalated: Ints


@dataclass(frozen=True, slots=True, eq=False)
class ReviewedTickets(Tickets):
    """Tickets, and beside each when it was first reviewed; NEVER: it was not."""

    reviewed: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Reviews(Columns):
    """Reviews that were sent, as they stand: no draft, no calibration, none that was withdrawn after a dispute.

    `agent`: whose work it is, an identity id. `ticket`, `call`: of the contact, UNKNOWN where we do not know it.
    `score`: points times 100 (0 to 10,000), UNKNOWN where nothing was rated. `is_passed`: 1, 0 or UNKNOWN. `is_random`:
    1 where it was drawn at random. `channel` … `priority`: codes of what the contact says of itself, 0 for nothing.
    """

    id: Ints
    agent: Ints
    ticket: Ints
    call: Ints
    reviewed: Ints
    score: Ints
    is_passed: Ints
    failures: Ints
    """How many critical criteria failed."""
    is_random: Ints
    channel: Ints
    queue: Ints
    category: Ints
    language: Ints
    priority: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Escalations(Columns):
    """Escalations as they stood at the instant they were read for: instants in microseconds, or NEVER.

    `acknowledged`: the first time. `resolved`: the last time, also where it was reopened since; `is_resolved`: 1 where
    it was not. `is_repeat`: 1 where the same customer or category had another one within 90 days before.
    """

    id: Ints
    opened: Ints
    acknowledged: Ints
    acknowledge_due: Ints
    resolved: Ints
    is_resolved: Ints
    is_repeat: Ints


@dataclass(frozen=True, slots=True, eq=False)
class CheckBacks(Columns):
    """What customers said when they were asked after an escalation was resolved, one entry an answer.

    `id`: the escalation, which stands here twice where it was reopened and asked about again. `satisfied`: 1 or 0.
    """

    id: Ints
    opened: Ints
    answered: Ints
    satisfied: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Contacts(Columns):
    """Tickets and calls together, by the names that tickets have: what a customer turned to the team with.

    `is_call`: 1 or 0; `id` is a ticket's or a call's. A call is created when it entered the queue, and solved as it
    ended where it was marked resolved; one in which a ticket was opened is solved with that, and not by itself.
    `handled`: the last solve, or the answer. `again`: when the same customer turned to the team with the same category
    after this contact began; NEVER: not, or nobody knows who it was. `is_outbound`: 1 where the team called.
    """

    id: Ints
    is_call: Ints
    is_outbound: Ints
    agent: Ints
    created: Ints
    first_solved: Ints
    solved: Ints
    is_solved: Ints
    handled: Ints
    again: Ints
    reopens: Ints
    early_reopens: Ints
    reopened: Ints
    transfers: Ints
    group_transfers: Ints
    csat_good: Ints
    csat_at: Ints
    score: Ints
    survey: Ints
    channel: Ints
    queue: Ints
    category: Ints
    language: Ints
    priority: Ints
    customer: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Calls(Columns):
    """Calls, one entry each. Instants in microseconds or NEVER; seconds and truths UNKNOWN where not said.

    `is_answered`: 1 also where nobody says when. `ticket`: the id of the one it belongs to, UNKNOWN: none we know.
    """

    id: Ints
    agent: Ints
    ticket: Ints
    is_outbound: Ints
    queued: Ints
    answered: Ints
    ended: Ints
    is_answered: Ints
    is_abandoned: Ints
    talk_s: Ints
    hold_s: Ints
    wrap_s: Ints
    transfers: Ints
    is_resolved: Ints
    csat_good: Ints
    score: Ints
    survey: Ints
    queue: Ints
    category: Ints
    language: Ints
    customer: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Spells(Columns):
    """Waits of customers for an answer, one entry a wait; `id` is the ticket's. `agent`: who answered.

    `ended`: the reply; `closed`: a solve without one, where the wait is censored. NEVER for neither.
    """

    id: Ints
    agent: Ints
    started: Ints
    ended: Ints
    closed: Ints
    business_s: Ints
    channel: Ints
    queue: Ints
    category: Ints
    language: Ints
    priority: Ints


def code_of(word: str) -> int:
    """A word as an integer below 2^53, the same for the same word folded; 0 for none."""
    folded = " ".join(unicodedata.normalize("NFKC", word).casefold().split())
    return int.from_bytes(blake2b(folded.encode(), digest_size=7).digest(), "big") >> 3 or 1 if folded else 0


@dataclass(frozen=True, slots=True)
class Ways:
    """How a team wants its figures counted, where it may choose."""

    response_start: str = "created"
    """`created` or `handed_off`."""
    transfers_counted: str = "any"
    """`any` or `group`."""
    service_level_s: int = 20
    short_abandon_s: int = 10
    abandoned_in_time: str = "against"
    """`against`, `ignored` or `for`."""


USUAL_WAYS = Ways()


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` up to, not including, `end`, and the instant after which nothing has happened (microseconds).

    `end` is the end of the whole period, also where `as_of` comes before it: an event exactly at `as_of` has happened.
    `since`: when the data begins. `calendar`: what business time is counted on.
    """

    start: int
    end: int
    as_of: int
    since: int = -NEVER
    calendar: Calendar = ALWAYS_OPEN
    ways: Ways = USUAL_WAYS

    def holds(self, at: Ints) -> Mask:
        """Which instants lie in the window and have happened."""
        return (at >= self.start) & (at <= self.closing)

    @property
    def closing(self) -> int:
        """The last instant of the window that has happened: where what is still open is counted."""
        return min(self.end - 1, self.as_of)

    @property
    def until(self) -> int:
        """The window's end, or `as_of` where that comes first: what ages are counted to."""
        return min(self.end, self.as_of)
