"""What is known of tickets' events, and for how long their source counts as heard from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from .. import tickets
from ..people import Identity, Team
from ..tickets import Ticket
from .story import RESUMED
from .tables import TicketEvent


def live_until(session: Session, team: Team) -> datetime | None:
    """Until when silence of a team's live source means that nothing has happened; None: it has no such source."""
    found = tickets.source(session, team, tickets.LIVE)
    return found.imported_at + tickets.LIVE_FOR if found else None


def scopes(session: Session, team: Team, ticket_keys: Sequence[str], fresh: int | None = None) -> dict[str, int]:
    """Where each ticket's key is unique: as it stands there, else `fresh`; None: as its events have it, else as it is
    with the team's other tickets."""
    found = dict.fromkeys(ticket_keys, _usual(session, team) if fresh is None else fresh)
    if fresh is None:
        events = select(TicketEvent.ticket_key, TicketEvent.scope)
        found |= dict(session.exec(events.where(*_chosen(team, ticket_keys)).distinct()).all())
    keys = select(Ticket.key, Ticket.scope).where(
        Ticket.workspace_id == team.workspace_id, col(Ticket.scope).in_((0, team.id)), col(Ticket.key).in_(ticket_keys)
    )
    return found | dict(session.exec(keys.order_by(col(Ticket.scope))).all())


def _usual(session: Session, team: Team) -> int:
    of_team = select(Ticket.scope).where(Ticket.workspace_id == team.workspace_id, Ticket.team_id == team.id)
    usual = session.exec(of_team.order_by(col(Ticket.created_at).desc()).limit(1)).first()
    return team.id if usual is None else usual


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
