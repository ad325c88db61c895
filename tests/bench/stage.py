"""A team with many tickets, the same every time, for measuring."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from cspm_core import people, tickets
from cspm_core.people import Team
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts

NOW = datetime(2026, 11, 19, 20, 0, tzinfo=UTC)
DAYS = 120


def facts(n: int) -> list[TicketFacts]:
    """Tickets of 120 days: nine of ten answered in hours, most solved in a day, a third of those rated."""
    draw = np.random.default_rng(7)
    ages = np.sort(draw.uniform(0, DAYS * 86400, n))[::-1]
    replies, solves = draw.lognormal(8.8, 1.1, n), draw.lognormal(10.8, 1.0, n)
    return [_one(i, NOW - timedelta(seconds=float(ages[i])), float(replies[i]), float(solves[i])) for i in range(n)]


def _one(i: int, created: datetime, reply_s: float, solve_s: float) -> TicketFacts:
    replied, solved = created + timedelta(seconds=reply_s), created + timedelta(seconds=reply_s + solve_s)
    is_solved = i % 10 != 0 and solved <= NOW
    return TicketFacts(
        f"T-{i}",
        created,
        agent=f"Agent {i % 30}",
        channel=("email", "chat", "phone")[i % 3],
        priority=("normal", "high", "urgent")[i % 7 % 3],
        first_response_at=replied if i % 10 and replied <= NOW else None,
        first_response_due_at=created + timedelta(hours=4),
        solved_at=solved if is_solved else None,
        reopens=int(i % 19 == 0) if is_solved else None,
        public_replies=1 + i % 4,
        csat=str(1 + i % 5) if is_solved and i % 3 == 0 else "",
        csat_at=min(NOW, solved + timedelta(hours=5)) if is_solved and i % 3 == 0 else None,
        subject=f"Question {i}",
    )


def team_with(store: Store, told: list[TicketFacts]) -> Team:
    """A team that has these tickets."""
    with store.transaction() as session:
        workspace = people.found_workspace(session, now=NOW)
        team = people.add_team(session, workspace.id, "Returns", timezone="America/New_York", now=NOW)
    record(store, team, told)
    with store.transaction() as session:
        tickets.note_source(session, team, complete_until=NOW, first_at=told[0].created_at, now=NOW)
    return team


def record(store: Store, team: Team, told: list[TicketFacts]) -> None:
    """Write them down as an import does, a chunk a transaction."""
    for n in range(0, len(told), tickets.CHUNK):
        with store.transaction() as session:
            tickets.record(session, team, told[n : n + tickets.CHUNK], scope=team.id, known_at=NOW, now=NOW)
