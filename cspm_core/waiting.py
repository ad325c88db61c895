"""One thing that waits for one person. Subjects say theirs; `today` puts them into one list. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any


class Consequence(IntEnum):
    """What happens if nobody does it: the list is sorted by this first, then by when it is due."""

    CUSTOMER = 0
    """A customer waits: escalations, check-backs."""
    COLLEAGUE = 1
    """Somebody waits for a decision: disputes, goals and plans to agree on, confidential notes."""
    PROMISED = 2
    """Something was promised: promises, talks."""
    WORK = 3
    """Work that has a date: reviews, calibrations."""
    READING = 4
    """Something to read: a review, a result."""
    IDEA = 5
    """A suggestion."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """`kind` names the sentence and the button (`bot/today/names.py`); `facts` are what the sentence says."""

    kind: str
    subject_id: int
    team_id: int
    consequence: Consequence
    due_at: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Names, keys and numbers for the sentence: no sentences."""
    done_at: datetime | None = None
    """Done today already."""

    def is_late(self, now: datetime) -> bool:
        return self.done_at is None and self.due_at is not None and self.due_at < now
