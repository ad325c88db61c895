"""Tickets that no figure counts, as columns: to show how others would count them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col

from ..metrics import Tickets
from ..people import Team
from .frames import as_tickets, columns, of_all, plain_rows
from .tables import Ticket


def left_out_tickets(session: Session, team: Team, reason: str, since: datetime, until: datetime) -> Tickets:
    """Those left out for a reason (agent_opened, merged …) that can matter within `since` … `until`, in no order."""
    touched = (Ticket.created_at, Ticket.solved_at, Ticket.first_solved_at, Ticket.csat_at)
    matters = or_(*(col(at) >= since for at in touched), col(Ticket.is_solved).is_(False))
    query = of_all(team).where(col(Ticket.left_out) == reason, col(Ticket.created_at) <= until, matters)
    return as_tickets(plain_rows(session, query.add_columns(*columns(session))))
