"""Tickets with their whole lives, column by column, also what is still to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from .hours import Seconds
from .world import Centre

NEVER = int(np.iinfo(np.int64).max)
CHANNELS = ("email", "web", "chat", "phone")
EMAIL, WEB, CHAT, PHONE = range(4)
PRIORITIES = ("low", "normal", "high", "urgent")
LOW, NORMAL, HIGH, URGENT = range(4)
DROPPED = ("", "spam", "merged", "test")
"""Why nobody answers a ticket; the first: it is answered."""
OPENERS = ("customer", "agent", "bot")
SILENT, PLEASED, WAITED, LET_DOWN = range(4)
"""What a comment is about."""
PICKS = 6
TAKEN_AFTER_S = 1800
FIRST_NUMBER = 100_001

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass
class Lives:
    """The tickets of one team by creation. Instants are seconds since 1970, `NEVER` where it never happens."""

    centre: Centre
    opening: date
    created: Seconds
    category: Numbers
    channel: Numbers
    priority: Numbers
    customer: Numbers
    agent: Numbers
    dropped_as: Numbers
    opened_by: Numbers
    picks: Numbers
    """Random numbers, `PICKS` for each ticket, from which its words are chosen."""
    is_planted: Flags
    """Of the old problem."""
    is_lapsed: Flags
    """Of the fresh one."""
    replied: Seconds
    first_solved: Seconds
    reopened: Seconds
    solved: Seconds
    """The last solve; the first where there is no other."""
    dropped: Seconds
    surveyed: Seconds
    rated: Seconds
    replies: Numbers
    rating: Numbers
    comment: Numbers

    def __len__(self) -> int:
        return len(self.created)

    @property
    def taken(self) -> Seconds:
        """When somebody picks it up: half are, half an hour after they came in."""
        at = self.created + TAKEN_AFTER_S
        return np.where((self.picks[:, -1] % 2 == 0) & (at < self.replied), at, NEVER)

    @property
    def instants(self) -> Seconds:
        """Everything that happens, a row for each kind of event."""
        return np.stack([getattr(self, name) for name in EVENTS])

    def between(self, after: datetime | None, until: datetime) -> list[int]:
        """The tickets that something happened to after one instant (None: ever) and up to another."""
        begin, end = (-1 if after is None else int(after.timestamp())), int(until.timestamp())
        happened = (self.instants > begin) & (self.instants <= end)
        return np.flatnonzero(happened.any(axis=0)).tolist()

    def key(self, n: int) -> str:
        return f"{self.centre.prefix}-{FIRST_NUMBER + n}"


EVENTS = ("created", "taken", "replied", "first_solved", "reopened", "solved", "dropped", "surveyed", "rated")
