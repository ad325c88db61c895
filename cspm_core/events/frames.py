"""Customers' waits as columns for the formulas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, and_, case, cast, extract, func, or_, select, type_coerce
from sqlmodel import Session, col

from ..metrics import NEVER, UNKNOWN, Spells
from ..people import Team
from ..tickets import Ticket, frames
from ..tickets.tables import WaitingSpell
from .driver import is_sqlite

WORDS = (Ticket.channel, Ticket.queue, Ticket.category, Ticket.language, Ticket.priority)


def spells(
    session: Session, team: Team, since: datetime, until: datetime, *, agents: Sequence[int] | None = None
) -> Spells:
    """The waits after the first answer that can matter to a figure over windows within `since` … `until`.

    Begun by `until`, and begun or over from `since` on, or going on; of counted tickets. The wait from the creation on
    is the first response's, not among them. One that nobody answered is its ticket's agent's. `agents`: only theirs.
    """
    answered_by = case((col(WaitingSpell.ended_at).is_(None), col(Ticket.agent_id)), else_=col(WaitingSpell.agent_id))
    numbers = [col(Ticket.id), func.coalesce(answered_by, UNKNOWN), *_instants(session)]
    numbers.append(func.coalesce(col(WaitingSpell.business_s), UNKNOWN))
    query = select(*numbers, *map(col, WORDS)).join_from(WaitingSpell, Ticket, _same_ticket())
    query = query.where(
        col(WaitingSpell.workspace_id) == team.workspace_id,
        col(WaitingSpell.team_id) == team.id,
        col(Ticket.left_out) == "",
        _is_later(),
        *_mattering(since, until),
        *([] if agents is None else [answered_by.in_(agents)]),
    )
    rows = frames.plain_rows(session, query)
    flat = np.array([row[: len(numbers)] for row in rows], dtype=np.int64).reshape(-1, len(numbers))
    coded = (
        np.fromiter((frames.code(row[len(numbers) + n]) for row in rows), dtype=np.int64, count=len(rows))
        for n in range(len(WORDS))
    )
    return Spells(*np.ascontiguousarray(flat.T), *coded)


def _same_ticket() -> ColumnElement[bool]:
    return and_(
        col(Ticket.workspace_id) == col(WaitingSpell.workspace_id), col(Ticket.id) == col(WaitingSpell.ticket_id)
    )


def _is_later() -> ColumnElement[bool]:
    """Not the wait that began with the ticket."""
    return or_(col(WaitingSpell.started_at) != col(Ticket.created_at), col(Ticket.opened_by) == "agent")


def _mattering(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    started, ended, closed = (
        col(at) for at in (WaitingSpell.started_at, WaitingSpell.ended_at, WaitingSpell.closed_at)
    )
    goes_on = and_(ended.is_(None), closed.is_(None))
    return started <= until, or_(started >= since, ended >= since, closed >= since, goes_on)


def _instants(session: Session) -> list[ColumnElement[Any]]:
    started, ended, closed = WaitingSpell.started_at, WaitingSpell.ended_at, WaitingSpell.closed_at
    return [func.coalesce(_microseconds(session, at), NEVER) for at in (started, ended, closed)]


def _microseconds(session: Session, instant: Any) -> ColumnElement[int]:
    if is_sqlite(session):
        return type_coerce(col(instant), BigInteger)
    return cast(extract("epoch", col(instant)) * 1_000_000, BigInteger)
