"""Escalations as columns for the formulas.

A team's figures count what was opened for it, whoever has it now; not self-tests, nor what a crisis gathered.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import NamedTuple, TypeVar

import numpy as np
from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from ..metrics import NEVER, CheckBacks, Columns, EscalatedTickets, Escalations, Tickets
from ..metrics.frame import COLUMNS
from ..people import Team
from ..store import microseconds
from ..tickets import Ticket
from .rules import CONFIDENTIAL, SIMILAR_WITHIN, Happened, Status
from .tables import Escalation, EscalationEvent

C = TypeVar("C", bound=Columns)


class Facts(NamedTuple):
    """What is read of an escalation, by the names of its columns."""

    id: int
    status: str
    opened_at: datetime
    first_acknowledged_at: datetime | None
    acknowledge_due_at: datetime | None
    resolved_at: datetime | None
    customer_key: str
    category: str


def escalations(session: Session, team: Team, since: datetime, as_of: datetime) -> Escalations:
    """Those that can matter to a figure over windows within `since` … `as_of`, as they stood at `as_of`.

    Opened by `as_of`; opened or resolved from `since` on, or reopened at some time.
    """
    matters = or_(
        col(Escalation.opened_at) >= since, col(Escalation.resolved_at) >= since, col(Escalation.reopened) > 0
    )
    query = columns(*(col(getattr(Escalation, name)) for name in Facts._fields))
    found = session.execute(query.where(*_of(team), col(Escalation.opened_at) <= as_of, matters))
    rows = [Facts(*row) for row in found]
    ends = _ends(session, team, as_of)
    repeats = _repeats(session, team, rows)
    return _columns(Escalations, (_told(row, ends.get(row.id), row.id in repeats, as_of) for row in rows))


def check_backs(session: Session, team: Team, since: datetime, as_of: datetime) -> CheckBacks:
    """Every answer of a customer who was asked whether it is good now, from `since` to `as_of`."""
    asked = or_(col(Escalation.checked_at).is_not(None), col(Escalation.reopened) > 0)
    rows = session.exec(
        select(Escalation.id, Escalation.opened_at, EscalationEvent.at, EscalationEvent.facts)
        .join(EscalationEvent, _same_escalation())
        .where(
            *_of(team),
            asked,
            EscalationEvent.kind == Happened.CHECKED.value,
            col(EscalationEvent.at).between(since, as_of),
        )
    ).all()
    told = ((i, microseconds(begun), microseconds(at), int(_is_satisfied(facts))) for i, begun, at, facts in rows)
    return _columns(CheckBacks, told)


def escalated(session: Session, team: Team, tickets: Tickets, as_of: datetime) -> EscalatedTickets:
    """A team's tickets, each with the first escalation about it."""
    rows = session.exec(
        select(Escalation.ticket_id, func.min(Escalation.opened_at))
        .join(
            Ticket,
            and_(col(Ticket.workspace_id) == col(Escalation.workspace_id), col(Ticket.id) == col(Escalation.ticket_id)),
        )
        .where(*_counted(team), Ticket.team_id == team.id, col(Escalation.opened_at) <= as_of)
        .group_by(col(Escalation.ticket_id))
    ).all()
    first = {ticket: microseconds(at) for ticket, at in rows}
    instants = np.array([first.get(one, NEVER) for one in tickets.id.tolist()], dtype=np.int64)
    return EscalatedTickets(**{name: getattr(tickets, name) for name in COLUMNS}, escalated=instants)


def first_opened(session: Session, team: Team) -> datetime | None:
    """When the team's first escalation was opened: before that nobody escalated here. None: there is none."""
    return session.exec(select(func.min(Escalation.opened_at)).where(*_of(team))).one()


def kinds_and_causes(session: Session, team: Team, since: datetime, as_of: datetime) -> dict[int, tuple[str, str]]:
    """Of each escalation opened between two instants its kind, and the detector that raised it, else its source."""
    rows = session.exec(
        select(Escalation.id, Escalation.kind, Escalation.rule, Escalation.source).where(
            *_of(team), col(Escalation.opened_at).between(since, as_of)
        )
    )
    return {one: (kind, rule or source) for one, kind, rule, source in rows}


def any_since(session: Session, team: Team, since: datetime, as_of: datetime) -> bool:
    """Whether one was opened or resolved between two instants, or is open."""
    moved = [col(at).between(since, as_of) for at in (Escalation.opened_at, Escalation.resolved_at)]
    opened = col(Escalation.opened_at) <= as_of
    query = select(Escalation.id).where(*_of(team), opened, or_(*moved, col(Escalation.resolved_at).is_(None)))
    return session.exec(query.limit(1)).first() is not None


def _counted(team: Team) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Escalation.workspace_id) == team.workspace_id,
        col(Escalation.source) != "test",
        col(Escalation.parent_id).is_(None),
    )


def _of(team: Team) -> tuple[ColumnElement[bool], ...]:
    return (*_counted(team), col(Escalation.first_team_id) == team.id)


def _same_escalation() -> ColumnElement[bool]:
    return and_(
        col(EscalationEvent.workspace_id) == col(Escalation.workspace_id),
        col(EscalationEvent.escalation_id) == col(Escalation.id),
    )


def _ends(session: Session, team: Team, as_of: datetime) -> dict[int, tuple[datetime | None, bool]]:
    """Of those that were ever reopened: when they were last resolved, and whether they were over, at an instant."""
    kinds = (Happened.RESOLVED.value, Happened.REOPENED.value)
    rows = session.exec(
        select(EscalationEvent.escalation_id, EscalationEvent.at, EscalationEvent.kind)
        .join(Escalation, _same_escalation())
        .where(
            *_of(team), col(Escalation.reopened) > 0, col(EscalationEvent.kind).in_(kinds), EscalationEvent.at <= as_of
        )
        .order_by(col(EscalationEvent.at), col(EscalationEvent.id))
    )
    ends: dict[int, tuple[datetime | None, bool]] = {}
    for escalation, at, kind in rows:
        last, _ = ends.get(escalation, (None, False))
        ends[escalation] = (at, True) if kind == Happened.RESOLVED.value else (last, False)
    return ends


def _told(row: Facts, end: tuple[datetime | None, bool] | None, is_repeat: bool, as_of: datetime) -> tuple[int, ...]:
    """One row of `Escalations`. What the row says of its end holds since that end; before it, its timeline is asked."""
    if row.status == Status.RESOLVED and row.resolved_at is not None and row.resolved_at <= as_of:
        end = (row.resolved_at, True)
    resolved_at, is_over = end or (None, False)
    taken = row.first_acknowledged_at
    return (
        row.id,
        microseconds(row.opened_at),
        _instant(taken),
        _instant(row.acknowledge_due_at),
        _instant(resolved_at),
        int(is_over),
        int(is_repeat),
    )


def _instant(at: datetime | None) -> int:
    return NEVER if at is None else microseconds(at)


def _repeats(session: Session, team: Team, rows: Sequence[Facts]) -> set[int]:
    """The ids of those whose customer or category had another within 90 days before; confidential ones call none."""
    if not rows:
        return set()
    first, last = min(row.opened_at for row in rows) - SIMILAR_WITHIN, max(row.opened_at for row in rows)
    earlier = session.exec(
        select(Escalation.opened_at, Escalation.id, Escalation.customer_key, Escalation.category)
        .where(
            *_of(team),
            col(Escalation.kind).not_in(CONFIDENTIAL),
            col(Escalation.opened_at).between(first, last),
            or_(col(Escalation.customer_key) != "", col(Escalation.category) != ""),
        )
        .order_by(col(Escalation.opened_at), col(Escalation.id))
    )
    known: Mapping[tuple[str, str], list[tuple[datetime, int]]] = defaultdict(list)
    for at, i, customer, category in earlier:
        for sort, key in (("customer", customer), ("category", category)):
            if key:
                known[sort, key].append((at, i))
    return {row.id for row in rows if any(_had_one(known.get(key, []), row) for key in _keys(row))}


def _keys(row: Facts) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("customer", row.customer_key), ("category", row.category)


def _had_one(known: Sequence[tuple[datetime, int]], row: Facts) -> bool:
    """Whether the last one before this one is no more than 90 days older."""
    before = bisect_left(known, (row.opened_at, row.id))
    return before > 0 and known[before - 1][0] >= row.opened_at - SIMILAR_WITHIN


def _is_satisfied(facts: str) -> bool:
    return json.loads(facts).get("satisfied") is True


def _columns(of: type[C], rows: Iterable[tuple[int, ...]]) -> C:
    names = fields(of)  # type: ignore[arg-type]
    table = np.array(list(rows), dtype=np.int64).reshape(-1, len(names))
    return of(*np.ascontiguousarray(table.T))
