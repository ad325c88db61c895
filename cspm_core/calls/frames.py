"""Calls as columns for the formulas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from itertools import chain
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, String, case, cast, extract, func, select, type_coerce
from sqlmodel import Session, col

from ..metrics.frame import EFFORT, NEVER, PROMOTER, UNKNOWN, Calls, Tickets
from ..people import Team
from ..tickets import Ticket
from ..tickets.frames import HUNDREDTHS, as_tickets, code, columns, of_team, plain_rows
from .lists import AT_ONCE
from .rules import LONGEST, OUTBOUND
from .tables import Call

INSTANTS = {"queued": Call.queued_at, "answered": Call.answered_at, "ended": Call.ended_at}
NUMBERS = {
    "id": Call.id,
    "agent": Call.agent_id,
    "talk_s": Call.talk_s,
    "hold_s": Call.hold_s,
    "wrap_s": Call.wrap_s,
    "transfers": Call.transfers,
}
TRUTHS = {
    "is_answered": Call.is_answered,
    "is_abandoned": Call.is_abandoned,
    "is_resolved": Call.is_resolved,
    "csat_good": Call.rating_good,
}
WORDS = {"queue": Call.queue, "category": Call.topic, "language": Call.language, "customer": Call.customer}
"""Columns of codes, which stand at the end of `Calls` in this order."""
COLUMNS = tuple(column.name for column in fields(Calls))


def calls(
    session: Session, team: Team, since: datetime, until: datetime, *, agents: Sequence[int] | None = None
) -> Calls:
    """Every call of a team that can matter to a figure over windows within `since` … `until`.

    Those that entered the queue by `until`, and from a day before `since` on: no call is longer. `agents`: only theirs
    (identity ids). Rows come in no order.
    """
    query = select(*(_column(session, team, name) for name in COLUMNS)).where(
        col(Call.workspace_id) == team.workspace_id,
        col(Call.team_id) == team.id,
        col(Call.queued_at).between(since - LONGEST, until),
    )
    if agents is not None:
        query = query.where(col(Call.agent_id).in_(agents))
    return _as_calls(plain_rows(session, query))


def named(session: Session, team: Team, found: Calls, known: Tickets) -> Tickets:
    """The counted tickets that calls name and that are not among those known, in no order."""
    linked = np.unique(found.ticket[found.ticket != UNKNOWN])
    ids = linked[~np.isin(linked, known.id)].tolist() if len(linked) else []
    query = of_team(team).add_columns(*columns(session))
    rows = [
        row
        for n in range(0, len(ids), AT_ONCE)
        for row in plain_rows(session, query.where(col(Ticket.id).in_(ids[n : n + AT_ONCE])))
    ]
    return as_tickets(rows)


def _as_calls(rows: Sequence[Sequence[Any]]) -> Calls:
    width = len(COLUMNS) - len(WORDS)
    numbers = chain.from_iterable(row[:width] for row in rows)
    flat = np.fromiter(numbers, dtype=np.int64, count=len(rows) * width).reshape(len(rows), width)
    words = (map(code, (row[width + n] for row in rows)) for n in range(len(WORDS)))
    coded = (np.fromiter(one, dtype=np.int64, count=len(rows)) for one in words)
    return Calls(*np.ascontiguousarray(flat.T), *coded)


def _column(session: Session, team: Team, name: str) -> ColumnElement[Any]:
    """One integer for a column of `Calls`, null as NEVER or UNKNOWN; a word as it stands."""
    if name in INSTANTS:
        return func.coalesce(_microseconds(session, INSTANTS[name]), NEVER)
    if name in WORDS:
        word: ColumnElement[Any] = type_coerce(col(WORDS[name]), String)
        return word
    if name in TRUTHS:
        said = col(TRUTHS[name])
        return case((said.is_(True), 1), (said.is_(False), 0), else_=UNKNOWN)
    if name == "ticket":
        return func.coalesce(_ticket(team), UNKNOWN)
    if name == "is_outbound":
        return case((col(Call.direction) == OUTBOUND, 1), else_=0)
    if name == "score":
        return func.coalesce(cast(func.round(col(Call.rating_score) * HUNDREDTHS), BigInteger), UNKNOWN)
    if name == "survey":
        scale = col(Call.rating_scale)
        return case((scale == "nps", PROMOTER), (scale == "ces", EFFORT), else_=0)
    return func.coalesce(col(NUMBERS[name]), UNKNOWN)


def _ticket(team: Team) -> ColumnElement[Any]:
    """The id of the ticket that a call names, looked up by its key."""
    found = select(func.min(col(Ticket.id))).where(
        col(Call.ticket) != "",
        col(Ticket.workspace_id) == col(Call.workspace_id),
        col(Ticket.scope).in_((0, team.id)),
        col(Ticket.key) == col(Call.ticket),
        col(Ticket.team_id) == team.id,
    )
    return found.correlate(Call).scalar_subquery()


def _microseconds(session: Session, instant: Any) -> ColumnElement[int]:
    """An instant as the integer it is on SQLite; worked out by PostgreSQL, where it would come as a datetime."""
    if _is_sqlite(session):
        return type_coerce(col(instant), BigInteger)
    return cast(extract("epoch", col(instant)) * 1_000_000, BigInteger)


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
