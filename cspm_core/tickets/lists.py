"""Tickets by name: what a list behind a figure shows of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlmodel import Session, col

from ..people import Identity, Team
from .tables import Ticket

AT_ONCE = 10_000  # databases limit how many values one statement takes


@dataclass(frozen=True, slots=True)
class Listed:
    """One ticket as people know it. `agent`: the assignee as the source writes them; empty: nobody."""

    id: int
    key: str
    url: str
    subject: str
    agent: str
    created_at: datetime
    status: str
    priority: str
    channel: str
    customer: str
    first_response_target_at: datetime | None
    resolution_target_at: datetime | None
    queue: str
    category: str
    language: str


def listed(session: Session, team: Team, ids: Sequence[int]) -> list[Listed]:
    """The tickets of these ids, in their order."""
    found = {row.id: row for row in _rows(session, team, ids)}
    return [found[one] for one in ids if one in found]


def _rows(session: Session, team: Team, ids: Sequence[int]) -> Iterator[Listed]:
    ticket = Ticket
    query = select(
        col(ticket.id),
        col(ticket.key),
        col(ticket.url),
        col(ticket.subject),
        func.coalesce(col(Identity.name), ""),
        col(ticket.created_at),
        col(ticket.status),
        col(ticket.priority),
        col(ticket.channel),
        col(ticket.customer),
        col(ticket.first_response_target_at),
        col(ticket.resolution_target_at),
        col(ticket.queue),
        col(ticket.category),
        col(ticket.language),
    ).outerjoin(
        Identity,
        and_(col(Identity.workspace_id) == col(ticket.workspace_id), col(Identity.id) == col(ticket.agent_id)),
    )
    for n in range(0, len(ids), AT_ONCE):
        chosen = col(ticket.workspace_id) == team.workspace_id, col(ticket.id).in_(ids[n : n + AT_ONCE])
        for row in session.execute(query.where(*chosen)):
            yield Listed(*row)
