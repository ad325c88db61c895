"""What a look at a team finds: alarms to raise, bursts to gather, the card to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .bursts import Burst
from .risk import Risk
from .rules import Kind


@dataclass(frozen=True, slots=True)
class Found:
    """Something that came true about one ticket. `key` makes it one; `facts` are for the words."""

    kind: Kind
    key: str
    ticket_id: int
    metric: str
    due_at: datetime | None
    happened_at: datetime
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bursting:
    """A burst, the crisis it belongs to where it has one, and the tickets not gathered under that yet."""

    burst: Burst
    escalation_id: int | None
    fresh: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Signalling:
    """A figure that signals for the worse. `first`: since which flagged day, what makes it one; `facts` as above."""

    metric: str
    first: date
    happened_at: datetime
    """The end of the day that signals."""
    facts: dict[str, Any]


@dataclass(frozen=True)
class Sight:
    """What a look at a team found; `raise_alarms` acts on it."""

    as_of: datetime
    seen: str
    found: tuple[Found, ...]
    bursting: tuple[Bursting, ...]
    risk: Risk
    over: tuple[int, ...]
    """Takes of tickets that wait for nobody any more."""
    next_at: datetime
    is_open: bool
    """The team works now."""
    signalling: tuple[Signalling, ...] = ()
