"""A team with tickets in a real store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cspm_core import people
from cspm_core.people import Team
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts, note_source, record

MONDAY = datetime(2026, 11, 2, tzinfo=UTC)
"""Midnight at the start of ISO week 45, in Amsterdam 01:00."""


@dataclass(frozen=True)
class Stage:
    store: Store
    team: Team
    now: datetime


def hours(number: float) -> datetime:
    return MONDAY + timedelta(hours=number)


def facts(key: Any, created: float = 0, **more: Any) -> TicketFacts:
    """A ticket; names ending in `_at` take hours after `MONDAY`."""
    told = {name: hours(value) if name.endswith("_at") and value is not None else value for name, value in more.items()}
    return TicketFacts(key=str(key), created_at=hours(created), **told)


def set_stage(
    store: Store,
    workspace_id: int,
    tickets: Sequence[TicketFacts],
    *,
    complete_until: datetime | None,
    now: datetime,
    name: str = "Returns",
    timezone: str = "UTC",
) -> Stage:
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, name, timezone=timezone, now=now)
        known_at = complete_until or now
        for n in range(0, len(tickets), 2_000):
            record(session, team, tickets[n : n + 2_000], scope=team.id, known_at=known_at, now=now)
        if complete_until:
            first_at = min(ticket.created_at for ticket in tickets)
            note_source(session, team, complete_until=complete_until, first_at=first_at, now=now)
    return Stage(store, team, now)
