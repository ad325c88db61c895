"""What a formula reads: the facts of many tickets or escalations as columns, and the window that it looks through."""

from __future__ import annotations

from dataclasses import dataclass, fields
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

    __slots__ = ()
    id: Ints

    def __len__(self) -> int:
        return len(self.id)

    def where(self, chosen: Mask) -> Self:
        """Only the chosen entries."""
        return type(self)(*(getattr(self, column.name)[chosen] for column in fields(self)))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, eq=False)
class Tickets(Columns):
    """Columns of int64, one entry a ticket. Instants: microseconds since 1970 or NEVER. No left-out tickets.

    `reopens`, `public_replies`, `first_response_business_s`: UNKNOWN where not said. `csat_good`: 1, 0 or UNKNOWN.
    `is_answered`, `is_solved`: 1 or 0. `agent`: an identity id or UNKNOWN.
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


COLUMNS = tuple(column.name for column in fields(Tickets))


@dataclass(frozen=True, slots=True, eq=False)
class EscalatedTickets(Tickets):
    """Tickets, and beside each when it was first escalated; NEVER: it was not."""

    escalated: Ints


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

    def holds(self, at: Ints) -> Mask:
        """Which instants lie in the window and have happened."""
        return (at >= self.start) & (at < self.end) & (at <= self.as_of)

    @property
    def closing(self) -> int:
        """The last instant of the window that has happened: where what is still open is counted."""
        return min(self.end - 1, self.as_of)

    @property
    def until(self) -> int:
        """The window's end, or `as_of` where that comes first: what ages are counted to."""
        return min(self.end, self.as_of)
