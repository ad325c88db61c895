"""What is known of tickets' events, and for how long their source counts as heard from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from .. import tickets
from ..people import Identity, Team
from ..tickets import Ticket
from .rules import Event
from .story import RESUMED
from .tables import TicketEvent


def live_until(session: Session, team: Team) -> datetime | None:
    """Until when silence of a team's live source means that nothing has happened; None: it has no such source."""
    found = tickets.source(session, team, tickets.LIVE)
    return found.imported_at + tickets.LIVE_FOR if found else None


def told(session: Session, team: Team, ticket_keys: Sequence[str]) -> dict[str, list[Event]]:
    """Every event of some tickets, by ticket, in the order of arrival."""
    rows = session.exec(select(TicketEvent).where(*_chosen(team, ticket_keys)).order_by(col(TicketEvent.id)))
    found: dict[str, list[Event]] = {}
    for row in rows:
        found.setdefault(row.ticket_key, []).append(as_event(row))
    return found


def as_event(row: TicketEvent) -> Event:
    """A stored event as the rules take it."""
    said = json.loads(row.value)
    return Event(row.event_key, row.ticket_key, row.at, row.kind, row.actor, row.actor_kind, said)


def scopes(session: Session, team: Team, ticket_keys: Sequence[str]) -> dict[str, int]:
    """Where each ticket's key is unique: as it stands there, else as its events have it, else as the team's others."""
    of_team = select(Ticket.scope).where(Ticket.workspace_id == team.workspace_id, Ticket.team_id == team.id)
    usual = session.exec(of_team.order_by(col(Ticket.created_at).desc()).limit(1)).first()
    found = dict.fromkeys(ticket_keys, team.id if usual is None else usual)
    events = select(TicketEvent.ticket_key, TicketEvent.scope)
    found |= dict(session.exec(events.where(*_chosen(team, ticket_keys)).distinct()).all())
    keys = select(Ticket.key, Ticket.scope).where(
        Ticket.workspace_id == team.workspace_id, col(Ticket.scope).in_((0, team.id)), col(Ticket.key).in_(ticket_keys)
    )
    return found | dict(session.exec(keys.order_by(col(Ticket.scope))).all())


def imported(session: Session, team: Team, scoped: Mapping[str, int]) -> dict[str, tuple[datetime, dict[str, Any]]]:
    """How tickets stand, by key: how far the data reached that said it, and what a snapshot keeps of it."""
    query = select(Ticket, Identity.name).where(
        Ticket.workspace_id == team.workspace_id,
        col(Ticket.scope).in_(set(scoped.values())),
        col(Ticket.key).in_(scoped),
    )
    is_theirs = (col(Identity.workspace_id) == col(Ticket.workspace_id)) & (col(Identity.id) == col(Ticket.agent_id))
    found = {}
    for ticket, agent in session.exec(query.outerjoin(Identity, is_theirs)):
        if scoped[ticket.key] == ticket.scope:
            kept = {name: _plain(getattr(ticket, name)) for name in RESUMED}
            found[ticket.key] = (ticket.known_at, kept | {"agent": agent or ""})
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _chosen(team: Team, ticket_keys: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    return (
        col(TicketEvent.workspace_id) == team.workspace_id,
        col(TicketEvent.team_id) == team.id,
        col(TicketEvent.ticket_key).in_(ticket_keys),
    )
