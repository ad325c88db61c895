"""The counts of a digest and what was usual in the same stretch of past weeks. Pure, over columns of tickets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from ..calendars import at_local, zone
from ..metrics import NEVER, Tickets
from ..metrics.frame import Ints, Mask
from ..metrics.known import known
from ..store import microseconds
from . import rules
from .contents import Count

KEYS = ("new", "solved", "unanswered", "past_due")


@dataclass(frozen=True, slots=True)
class Span:
    """From after `since_at` up to `as_of`, which is included: what the digest before it did not tell."""

    since_at: datetime
    as_of: datetime


@dataclass(frozen=True, slots=True, eq=False)
class Waits:
    """Open tickets as of an instant: unanswered, past due, and the next target of each (NEVER: none)."""

    unanswered: Mask
    past_due: Mask
    open: Mask
    due: Ints


def waits(tickets: Tickets, at: int) -> Waits:
    """Exactly on its deadline a ticket is not past due. An answered one has only its solution left to be due."""
    facts = known(tickets, at)
    unanswered = facts.is_open & ~facts.is_answered
    first = np.where(unanswered, tickets.first_response_target, NEVER)
    due = np.where(facts.is_open, np.minimum(first, tickets.resolution_target), NEVER)
    return Waits(unanswered, facts.is_open & (due < at), facts.is_open, due)


def counted(tickets: Tickets, span: Span) -> dict[str, int]:
    """How many are new and solved in the span, unanswered and past due at its end."""
    since, at = microseconds(span.since_at), microseconds(span.as_of)
    facts, waiting = known(tickets, at), waits(tickets, at)
    created, last = tickets.created, facts.last_solve
    found = (
        (created > since) & (created <= at),
        (last != NEVER) & (last > since) & (last <= at),
        waiting.unanswered,
        waiting.past_due,
    )
    return {key: int(mask.sum()) for key, mask in zip(KEYS, found, strict=True)}


def past_spans(span: Span, timezone: str, first_at: datetime) -> Iterator[Span]:
    """The same stretch of the weeks before, on the wall clock, as far back as there is data."""
    for week in range(1, rules.MOST_WEEKS + 1):
        earlier = Span(_weeks_back(span.since_at, week, timezone), _weeks_back(span.as_of, week, timezone))
        if earlier.since_at < first_at:
            return
        yield earlier


def _weeks_back(at: datetime, weeks: int, timezone: str) -> datetime:
    wall = at.astimezone(zone(timezone))
    return at_local(wall.date() - timedelta(weeks=weeks), wall.time(), timezone)


def counts(tickets: Tickets, span: Span, timezone: str, first_at: datetime) -> tuple[Count, ...]:
    """Each count beside the middle 80 % of the same span in up to 12 past weeks (at least 5, else no range)."""
    now = counted(tickets, span)
    past = [counted(tickets, earlier) for earlier in past_spans(span, timezone, first_at)]
    ranges = {key: rules.usual([week[key] for week in past]) for key in KEYS}
    return tuple(Count(key, now[key], ranges[key], rules.standing(now[key], ranges[key])) for key in KEYS)
