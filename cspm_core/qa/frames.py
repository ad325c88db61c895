"""Reviews as columns for the formulas: what was sent, as it stands. Drafts, calibrations and what was withdrawn after a
dispute are in no figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from itertools import chain
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, Select, String, and_, case, cast, extract, func, select, type_coerce
from sqlmodel import Session, col

from ..calls import Call
from ..metrics.frame import COLUMNS, NEVER, UNKNOWN, ReviewedTickets, Reviews, Tickets
from ..people import Team
from ..tickets import Ticket
from ..tickets.frames import HUNDREDTHS, code, plain_rows
from .rules import Stratum
from .tables import QaReview

UNCOUNTED = (Stratum.CALIBRATION.value, Stratum.WITHDRAWN.value)
PHONE = "phone"
NUMBERS = {
    "id": QaReview.id,
    "agent": QaReview.agent_id,
    "ticket": QaReview.ticket_id,
    "call": QaReview.call_id,
    "failures": QaReview.critical_failures,
}
WORDS = {
    "channel": (Ticket.channel, None),
    "queue": (Ticket.queue, Call.queue),
    "category": (Ticket.category, Call.topic),
    "language": (Ticket.language, Call.language),
    "priority": (Ticket.priority, None),
}
"""Columns of codes, which stand at the end of `Reviews` in this order: as the ticket says, else as the call does."""
REVIEW_COLUMNS = tuple(column.name for column in fields(Reviews))


def reviews(session: Session, team: Team, since: datetime, until: datetime) -> Reviews:
    """Every review of a team's work that was sent from `since` to `until`, in no order.

    One statement. A score is the one that stands now, also where a dispute changed it after `until`.
    """
    query = _of(team).where(col(QaReview.submitted_at).between(since, until))
    rows = plain_rows(session, query.add_columns(*(_column(session, name) for name in REVIEW_COLUMNS)))
    width = len(REVIEW_COLUMNS) - len(WORDS)
    numbers = chain.from_iterable(row[:width] for row in rows)
    flat = np.fromiter(numbers, dtype=np.int64, count=len(rows) * width).reshape(len(rows), width)
    words = (map(code, (row[width + n] for row in rows)) for n in range(len(WORDS)))
    coded = (np.fromiter(one, dtype=np.int64, count=len(rows)) for one in words)
    return Reviews(*np.ascontiguousarray(flat.T), *coded)


def reviewed(session: Session, team: Team, tickets: Tickets, until: datetime) -> ReviewedTickets:
    """A team's tickets, each with the first review that the team was sent of it by an instant."""
    first: tuple[Any, ...] = (col(QaReview.ticket_id), func.min(_microseconds(session)))
    query = (
        select(*first)
        .where(
            *_of_team(team),
            col(QaReview.ticket_id).is_not(None),
            col(QaReview.submitted_at) <= until,
        )
        .group_by(col(QaReview.ticket_id))
    )
    rows = plain_rows(session, query)
    known = np.array(rows, dtype=np.int64).reshape(-1, 2)
    known = known[np.argsort(known[:, 0])]
    instants = np.full(len(tickets), NEVER)
    if len(known) and len(tickets):
        at = np.minimum(np.searchsorted(known[:, 0], tickets.id), len(known) - 1)
        instants = np.where(known[at, 0] == tickets.id, known[at, 1], NEVER)
    return ReviewedTickets(**{name: getattr(tickets, name) for name in COLUMNS}, reviewed=instants)


def sent(
    team: Team,
    since: datetime,
    until: datetime,
    agents: Sequence[int] | None = None,
    *,
    uncounted: Sequence[str] = UNCOUNTED,
) -> tuple[ColumnElement[bool], ...]:
    """What makes a review one of those of a team's work that were sent between two instants, both included; with
    `agents` (identity ids) of theirs alone. `uncounted`: strata that are not among them."""
    whose = () if agents is None else (col(QaReview.agent_id).in_(agents),)
    return (*_of_team(team, uncounted), col(QaReview.submitted_at).between(since, until), *whose)


def first_reviewed(session: Session, team: Team) -> datetime | None:
    """When the first review of the team's work was sent: before that nobody reviewed here. None: there is none."""
    query = select(col(QaReview.submitted_at)).where(*_of_team(team)).order_by(col(QaReview.submitted_at)).limit(1)
    return session.execute(query).scalar()


def any_since(session: Session, team: Team, since: datetime, until: datetime) -> bool:
    """Whether a review was sent between two instants."""
    query = select(col(QaReview.id)).where(*_of_team(team), col(QaReview.submitted_at).between(since, until))
    return session.execute(query.limit(1)).first() is not None


def _of(team: Team) -> Select[Any]:
    """Nothing yet, over a team's reviews and their contacts."""
    return (
        select()
        .select_from(QaReview)
        .outerjoin(
            Ticket,
            and_(col(Ticket.workspace_id) == col(QaReview.workspace_id), col(Ticket.id) == col(QaReview.ticket_id)),
        )
        .outerjoin(
            Call, and_(col(Call.workspace_id) == col(QaReview.workspace_id), col(Call.id) == col(QaReview.call_id))
        )
        .where(*_of_team(team))
    )


def _of_team(team: Team, uncounted: Sequence[str] = UNCOUNTED) -> tuple[ColumnElement[bool], ...]:
    return (
        col(QaReview.workspace_id) == team.workspace_id,
        col(QaReview.team_id) == team.id,
        col(QaReview.submitted_at).is_not(None),
        col(QaReview.calibration_id).is_(None),
        col(QaReview.stratum).not_in(uncounted),
    )


def _column(session: Session, name: str) -> ColumnElement[Any]:
    """One integer for a column of `Reviews`, null as UNKNOWN; a word as it stands."""
    if name == "reviewed":
        return _microseconds(session)
    if name == "score":
        return func.coalesce(cast(func.round(col(QaReview.score) * HUNDREDTHS), BigInteger), UNKNOWN)
    if name == "is_passed":
        passed = col(QaReview.is_passed)
        return case((passed.is_(True), 1), (passed.is_(False), 0), else_=UNKNOWN)
    if name == "is_random":
        return case((col(QaReview.stratum) == Stratum.RANDOM.value, 1), else_=0)
    if name in WORDS:
        return _word(name)
    return func.coalesce(col(NUMBERS[name]), UNKNOWN)


def _word(name: str) -> ColumnElement[Any]:
    of_ticket, of_call = WORDS[name]
    said = type_coerce(col(of_ticket), String)
    if of_call is not None:
        return func.coalesce(said, type_coerce(col(of_call), String), "")
    if name == "channel":
        return func.coalesce(said, case((col(QaReview.call_id).is_not(None), PHONE), else_=""))
    return func.coalesce(said, "")


def _microseconds(session: Session) -> ColumnElement[int]:
    """When it was sent, as the integer that it is on SQLite; worked out by PostgreSQL."""
    if session.get_bind().dialect.name == "sqlite":
        return type_coerce(col(QaReview.submitted_at), BigInteger)
    return cast(extract("epoch", col(QaReview.submitted_at)) * 1_000_000, BigInteger)
