"""What a handover holds, and how it climbs. No database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

PATIENCE_S = 900
"""Seconds of the next one's working time until they are reminded; then of the team's until the next is told."""
SHOWN = 10
"""Of each sort so many are named; the rest is counted."""
LINE_CHARACTERS = 1_000
SEVERITY = 2
"""Of the escalation that is raised where nobody takes it over."""
REMIND, LEADS, MANAGER, RAISE = range(4)
"""What each round does."""


@dataclass(frozen=True, slots=True)
class Item:
    """One open escalation or promise as it stood. `what` is empty where it is confidential or a detector says it."""

    number: int
    severity: int
    what: str
    rule: str
    rule_facts: Mapping[str, Any]
    ticket_key: str
    url: str
    owner: str
    at: datetime | None = None
    """Its clock: the next step, when its owner is asked again, or when the promise is due."""
    clock: str = ""
    """What `at` is: next, asked, snoozed, promise, overdue; empty: none runs."""
    promise: str = ""


@dataclass(frozen=True, slots=True)
class Risky:
    """A ticket that is late or will be before the next shift is over."""

    key: str
    url: str
    due_at: datetime
    is_late: bool


@dataclass(frozen=True, slots=True)
class Running:
    """A crisis as it stood."""

    number: int
    what: str
    rule: str
    rule_facts: Mapping[str, Any]
    left: int
    """Lines of the checklist that are not done."""
    update_due_at: datetime | None
    untold: int
    """Customers who have not heard."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that stood when a shift was handed over; of each sort the first few and how many there are."""

    escalations: tuple[Item, ...] = ()
    escalations_total: int = 0
    tickets: tuple[Risky, ...] = ()
    tickets_total: int = 0
    crises: tuple[Running, ...] = ()
    promises: tuple[Item, ...] = ()
    promises_total: int = 0
    until: datetime | None = field(default=None)
    """What is due by then counts as the next shift's."""

    @property
    def is_empty(self) -> bool:
        return not (self.escalations or self.tickets or self.crises or self.promises)

    def to_json(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"), ensure_ascii=False, default=datetime.isoformat)

    @classmethod
    def parse(cls, text: str) -> Snapshot:
        """Back from JSON."""
        told = json.loads(text)
        return cls(
            tuple(_item(one) for one in told["escalations"]),
            told["escalations_total"],
            tuple(Risky(**{**one, "due_at": _at(one["due_at"])}) for one in told["tickets"]),
            told["tickets_total"],
            tuple(Running(**{**one, "update_due_at": _at(one["update_due_at"])}) for one in told["crises"]),
            tuple(_item(one) for one in told["promises"]),
            told["promises_total"],
            _at(told["until"]),
        )


def _item(one: Mapping[str, Any]) -> Item:
    return Item(**{**one, "at": _at(one["at"])})


def _at(text: str | None) -> Any:
    return datetime.fromisoformat(text) if text else None
