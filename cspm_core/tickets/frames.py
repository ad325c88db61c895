"""Tickets as columns for the formulas: the only place where SQL becomes arrays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

import numpy as np
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    cast,
    extract,
    func,
    or_,
    select,
    text,
    type_coerce,
    union_all,
)
from sqlmodel import Session, col

from ..metrics.frame import COLUMNS, NEVER, UNKNOWN, Tickets, Window
from ..people import Team
from ..store import EPOCH
from .tables import Ticket

INSTANTS = {
    "created": Ticket.created_at,
    "first_response": Ticket.first_response_at,
    "first_response_target": Ticket.first_response_target_at,
    "first_solved": Ticket.first_solved_at,
    "solved": Ticket.solved_at,
    "resolution_target": Ticket.resolution_target_at,
    "csat_sent": Ticket.csat_sent_at,
    "csat_at": Ticket.csat_at,
}
NUMBERS = {
    "id": Ticket.id,
    "agent": Ticket.agent_id,
    "first_response_business_s": Ticket.first_response_business_s,
    "reopens": Ticket.reopens,
    "public_replies": Ticket.public_replies,
    "csat_good": Ticket.csat_good,
    "is_answered": Ticket.is_answered,
    "is_solved": Ticket.is_solved,
}


def tickets(
    session: Session, team: Team, since: datetime, until: datetime, *, agents: Sequence[int] | None = None
) -> Tickets:
    """Every counted ticket of a team that can matter to a figure over windows within `since` … `until`.

    Created by `until`, and created, solved, rated or asked for a rating from `since` on, or still open. `agents`: only
    theirs (identity ids). Rows come in no order.
    """
    counted = _of(team, agents).where(col(Ticket.left_out) == "").add_columns(*_columns(session))
    branches = _mattering(since, until, is_sqlite=_is_sqlite(session))
    rows = _plain_rows(session, union_all(*(counted.where(*one) for one in branches)))
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=len(rows) * len(COLUMNS))
    return Tickets(*np.ascontiguousarray(flat.reshape(len(rows), len(COLUMNS)).T))


def _plain_rows(session: Session, query: CompoundSelect[Any]) -> Sequence[Sequence[int]]:
    """Rows as the driver gives them: integers need nothing around them, and that takes half the time."""
    with session.connection().execute(query) as found:
        assert found.cursor is not None
        return found.cursor.fetchall()


def _mattering(since: datetime, until: datetime, *, is_sqlite: bool) -> list[tuple[ColumnElement[bool], ...]]:
    """Conditions of which each has an index of its own and no ticket meets two."""
    created, solved, rated = col(Ticket.created_at), col(Ticket.solved_at), col(Ticket.csat_at)
    # SQLite would rather walk everything created before; what stands in a function is not looked up by.
    older = func.coalesce(created, until) < since
    is_unsolved = text("ticket.is_solved = 0" if is_sqlite else "NOT ticket.is_solved")  # as the partial index says it
    rest = older, col(Ticket.is_solved).is_(True), or_(solved.is_(None), solved < since)
    return [
        (created.between(since, until),),
        (older, solved >= since),
        (created < since, is_unsolved, or_(solved.is_(None), solved < since)),  # type: ignore[list-item]
        (*rest, rated >= since),
        (*rest, or_(rated.is_(None), rated < since), col(Ticket.csat_sent_at) >= since),
    ]


def left_out(session: Session, team: Team, window: Window, agents: Sequence[int] | None = None) -> dict[str, int]:
    """Tickets created in the window that no figure counts, by reason."""
    reason, created = col(Ticket.left_out), col(Ticket.created_at)
    first, last = _instant(window.start), _instant(window.closing)
    if last < first:
        return {}
    query = _of(team, agents).where(created.between(first, last), reason != "")
    query = query.add_columns(reason, func.count()).group_by(reason).order_by(reason)
    return {row[0]: row[1] for row in session.execute(query)}


def _instant(microseconds: int) -> datetime:
    return EPOCH + timedelta(microseconds=microseconds)


def _of(team: Team, agents: Sequence[int] | None) -> Select[Any]:
    query = select().where(col(Ticket.workspace_id) == team.workspace_id, col(Ticket.team_id) == team.id)
    return query if agents is None else query.where(col(Ticket.agent_id).in_(agents))


def _columns(session: Session) -> list[ColumnElement[int]]:
    """One integer for every column of `Tickets`, in their order; nulls as NEVER or UNKNOWN."""
    is_sqlite = _is_sqlite(session)
    return [
        func.coalesce(_microseconds(INSTANTS[name], is_sqlite), NEVER)
        if name in INSTANTS
        else func.coalesce(cast(col(NUMBERS[name]), Integer) if name in _TRUTHS else col(NUMBERS[name]), UNKNOWN)
        for name in COLUMNS
    ]


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


_TRUTHS = ("csat_good", "is_answered", "is_solved")


def _microseconds(instant: Any, is_sqlite: bool) -> ColumnElement[int]:
    """An instant as the integer it is on SQLite; worked out by PostgreSQL, where it would come as a datetime."""
    if is_sqlite:
        return type_coerce(col(instant), BigInteger)
    return cast(extract("epoch", col(instant)) * 1_000_000, BigInteger)
