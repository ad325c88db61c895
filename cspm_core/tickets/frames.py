"""Tickets as columns for the formulas: the only place where SQL becomes arrays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache, lru_cache
from itertools import chain
from typing import Any

import numpy as np
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    case,
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

from ..metrics.frame import COLUMNS, EFFORT, NEVER, PROMOTER, UNKNOWN, Tickets, Window, code_of
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
    "handed_off": Ticket.handed_off_at,
    "reopened": Ticket.reopened_at,
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
    "early_reopens": Ticket.early_reopens,
    "transfers": Ticket.transfers,
    "group_transfers": Ticket.group_transfers,
    "requester_wait_s": Ticket.requester_wait_s,
    "agent_work_s": Ticket.agent_work_s,
}
WORDS = {
    "channel": Ticket.channel,
    "queue": Ticket.queue,
    "category": Ticket.category,
    "language": Ticket.language,
    "priority": Ticket.priority,
    "customer": Ticket.customer,
}
"""Columns of codes, which stand at the end of `Tickets` in this order."""
HUNDREDTHS = 100
PLACING = ("created", "solved", "csat_at", "csat_sent")
"""The instants by which a ticket belongs to a day; it is kept in the last of them."""


def tickets(
    session: Session, team: Team, since: datetime, until: datetime, *, agents: Sequence[int] | None = None
) -> Tickets:
    """Every counted ticket of a team that can matter to a figure over windows within `since` … `until`.

    Created by `until`, and created, solved, rated or asked for a rating from `since` on, or still open. `agents`: only
    theirs, or first answered by them (identity ids). Rows come in no order.
    """
    counted = of_team(team).where(*_of(agents)).add_columns(*columns(session))
    branches = _mattering(since, until, is_sqlite=_is_sqlite(session))
    return as_tickets(plain_rows(session, union_all(*(counted.where(*one) for one in branches))))


def as_tickets(rows: Sequence[Sequence[Any]]) -> Tickets:
    """Rows of `columns` as `Tickets`."""
    width = len(COLUMNS) - len(WORDS)
    numbers = chain.from_iterable(row[:width] for row in rows)
    words = (map(code, (row[width + n] for row in rows)) for n in range(len(WORDS)))
    flat = np.fromiter(numbers, dtype=np.int64, count=len(rows) * width).reshape(len(rows), width)
    coded = (np.fromiter(one, dtype=np.int64, count=len(rows)) for one in words)
    return Tickets(*np.ascontiguousarray(flat.T), *coded)


code = lru_cache(maxsize=65_536)(code_of)


def plain_rows(session: Session, query: CompoundSelect[Any] | Select[Any]) -> Sequence[Sequence[Any]]:
    """Rows as the driver gives them: integers need nothing around them, and that takes half the time."""
    with session.connection().execute(query) as found:
        assert found.cursor is not None
        return found.cursor.fetchall()


def _mattering(since: datetime, until: datetime, *, is_sqlite: bool) -> list[tuple[ColumnElement[bool], ...]]:
    """Conditions of which each has an index of its own and no ticket meets two."""
    created, solved, rated = col(Ticket.created_at), col(Ticket.solved_at), col(Ticket.csat_at)
    # SQLite would rather walk everything created before; what stands in a function is not looked up by.
    older = func.coalesce(created, until) < since
    rest = older, col(Ticket.is_solved).is_(True), or_(solved.is_(None), solved < since)
    return [
        (created.between(since, until),),
        (older, solved >= since),
        still_open(since, is_sqlite=is_sqlite),
        (*rest, rated >= since),
        (*rest, or_(rated.is_(None), rated < since), col(Ticket.csat_sent_at) >= since),
    ]


def still_open(since: datetime, *, is_sqlite: bool) -> tuple[ColumnElement[bool], ...]:
    """Created before an instant, unsolved now, and not solved after it either."""
    solved = col(Ticket.solved_at)
    is_unsolved = text("ticket.is_solved = 0" if is_sqlite else "NOT ticket.is_solved")  # as the partial index says it
    return (col(Ticket.created_at) < since, is_unsolved, or_(solved.is_(None), solved < since))  # type: ignore[return-value]


def left_out(session: Session, team: Team, window: Window, agents: Sequence[int] | None = None) -> dict[str, int]:
    """Tickets created in the window that no figure counts, by reason."""
    reason, created = col(Ticket.left_out), col(Ticket.created_at)
    first, last = _instant(window.start), _instant(window.closing)
    if last < first:
        return {}
    query = of_all(team).where(*_of(agents), created.between(first, last), text("ticket.left_out <> ''"))
    query = query.add_columns(reason, func.count()).group_by(reason).order_by(reason)
    return {row[0]: row[1] for row in session.execute(query)}


def _instant(microseconds: int) -> datetime:
    return EPOCH + timedelta(microseconds=microseconds)


def of_all(team: Team) -> Select[Any]:
    """A team's tickets, those that no figure counts among them."""
    return select().where(col(Ticket.workspace_id) == team.workspace_id, col(Ticket.team_id) == team.id)


def of_team(team: Team) -> Select[Any]:
    """A team's tickets that figures count."""
    return of_all(team).where(col(Ticket.left_out) == "")


def _of(agents: Sequence[int] | None) -> list[ColumnElement[bool]]:
    if agents is None:
        return []
    return [or_(col(Ticket.agent_id).in_(agents), col(Ticket.first_responder_id).in_(agents))]


def columns(session: Session) -> list[ColumnElement[Any]]:
    """One integer for every column of `Tickets`, in their order, nulls as NEVER or UNKNOWN; the words at the end."""
    return list(_every_column(_is_sqlite(session)))


@cache
def _every_column(is_sqlite: bool) -> tuple[ColumnElement[Any], ...]:
    """Made once: building them takes longer than reading a day."""
    return tuple(_column(name, is_sqlite) for name in COLUMNS)


def _column(name: str, is_sqlite: bool) -> ColumnElement[Any]:
    if name in INSTANTS:
        return func.coalesce(_microseconds(INSTANTS[name], is_sqlite), NEVER)
    if name in WORDS:
        word: ColumnElement[Any] = type_coerce(col(WORDS[name]), String)
        return word
    if name == "responder":
        return func.coalesce(col(Ticket.first_responder_id), col(Ticket.agent_id), UNKNOWN)
    if name == "score":
        return func.coalesce(cast(func.round(col(Ticket.csat_score) * HUNDREDTHS), BigInteger), UNKNOWN)
    if name == "survey":
        return case((col(Ticket.csat_scale) == "nps", PROMOTER), (col(Ticket.csat_scale) == "ces", EFFORT), else_=0)
    number = col(NUMBERS[name])
    return func.coalesce(cast(number, Integer) if name in _TRUTHS else number, UNKNOWN)


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


_TRUTHS = ("csat_good", "is_answered", "is_solved")


def _microseconds(instant: Any, is_sqlite: bool) -> ColumnElement[int]:
    """An instant as the integer it is on SQLite; worked out by PostgreSQL, where it would come as a datetime."""
    if is_sqlite:
        return type_coerce(col(instant), BigInteger)
    return cast(extract("epoch", col(instant)) * 1_000_000, BigInteger)
