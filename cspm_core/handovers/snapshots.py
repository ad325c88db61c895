"""What stands in a team now: what a handover is filled with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, func, or_
from sqlmodel import Session, col, select

from .. import crises, duty
from ..duty import Span
from ..escalations import CONFIDENTIAL, Escalation, Status
from ..people import Member, Team
from ..tickets import Ticket
from .rules import SHOWN, Item, Risky, Running, Snapshot

NO_PLAN = timedelta(hours=24)
"""Where no next shift is planned, what is due within a day counts as its."""
IN_TIME = 6
"""Of the tickets, at least so many places are for those that can still be in time."""


def following(session: Session, team: Team, now: datetime) -> Span | None:
    """The shift after the running one; None where none is planned within three weeks."""
    return duty.next_span(session, team, now)


def snapshot(session: Session, team: Team, now: datetime) -> Snapshot:
    """Open escalations with owner and clock, tickets at risk, the crises, promises due by the end of the next shift."""
    span = following(session, team, now)
    until = span.ends_at if span else now + NO_PLAN
    stands = [
        Escalation.workspace_id == team.workspace_id,
        Escalation.team_id == team.id,
        Escalation.status != Status.RESOLVED.value,
    ]
    promised = [
        *stands,
        col(Escalation.promise_due_at) <= until,
        col(Escalation.promise_kept_at).is_(None),
    ]
    standing = [*stands, col(Escalation.parent_id).is_(None), Escalation.source != "test"]
    worst = (col(Escalation.severity), col(Escalation.opened_at))
    tickets, tickets_total = _tickets(session, team, now, until)
    return Snapshot(
        escalations=_items(session, team, _some(session, standing, *worst), now),
        escalations_total=_count(session, standing),
        tickets=tickets,
        tickets_total=tickets_total,
        crises=_crises(session, team, now),
        promises=_items(session, team, _some(session, promised, col(Escalation.promise_due_at)), now, promises=True),
        promises_total=_count(session, promised),
        until=until,
    )


def _some(session: Session, where: Sequence[Any], *order: Any) -> Sequence[Escalation]:
    return session.exec(select(Escalation).where(*where).order_by(*order).limit(SHOWN)).all()


def _count(session: Session, where: Sequence[Any]) -> int:
    return session.exec(select(func.count()).select_from(Escalation).where(*where)).one()


def _items(
    session: Session, team: Team, rows: Sequence[Escalation], now: datetime, *, promises: bool = False
) -> tuple[Item, ...]:
    return tuple(_item(session, team, row, now, promises) for row in rows)


def _item(session: Session, team: Team, row: Escalation, now: datetime, is_promise: bool) -> Item:
    owner = session.get(Member, (row.workspace_id, row.owner_id)) if row.owner_id is not None else None
    is_veiled = row.kind in CONFIDENTIAL or (row.channel is None and row.parent_id is None and bool(team.channel))
    at, clock = (row.promise_due_at, "promise") if is_promise else _clock(row, now)
    return Item(
        number=row.number,
        severity=row.severity,
        what="" if is_veiled else row.what.strip()[:200],
        rule="" if is_veiled else row.rule,
        rule_facts={} if is_veiled else json.loads(row.rule_facts),
        ticket_key="" if is_veiled else row.ticket_key,
        url="" if is_veiled else row.url,
        owner="" if is_veiled or owner is None else owner.name,
        at=at,
        clock=clock,
        promise="" if is_veiled or not is_promise else row.promise[:200],
    )


def _clock(row: Escalation, now: datetime) -> tuple[datetime | None, str]:
    """What happens with it next, and when."""
    if row.promise_due_at and row.promise_kept_at is None and row.promise_due_at <= now:
        return row.promise_due_at, "overdue"
    if row.snoozed_until:
        return row.snoozed_until, "snoozed"
    if row.status == Status.OPEN:
        return (row.next_step_at, "next") if row.next_step_at else (None, "")
    at = row.asked_until or row.acknowledged_until
    return (at, "asked") if at else (None, "")


def _tickets(session: Session, team: Team, now: datetime, until: datetime) -> tuple[tuple[Risky, ...], int]:
    """Open ones whose next target is over or falls before an instant: the soonest, then the latest breaches."""
    replies = and_(col(Ticket.is_answered).is_(False), col(Ticket.first_response_target_at).is_not(None))
    due = case((replies, col(Ticket.first_response_target_at)), else_=col(Ticket.resolution_target_at))
    at_risk: list[Any] = [
        Ticket.workspace_id == team.workspace_id,
        Ticket.team_id == team.id,
        col(Ticket.is_solved).is_(False),
        Ticket.left_out == "",
        or_(col(Ticket.first_response_target_at).is_not(None), col(Ticket.resolution_target_at).is_not(None)),
        due <= until,
    ]
    total = session.exec(select(func.count()).select_from(Ticket).where(*at_risk)).one()
    shown = select(Ticket.key, Ticket.url, due).where(*at_risk)
    late = session.exec(shown.where(due <= now).order_by(due.desc()).limit(SHOWN)).all()
    coming = session.exec(shown.where(due > now).order_by(due).limit(max(IN_TIME, SHOWN - len(late)))).all()
    rows = [*coming, *late[: SHOWN - len(coming)]]
    risky = [Risky(key, url, at, at <= now) for key, url, at in rows]
    return tuple(sorted(risky, key=lambda one: one.due_at)), total


def _crises(session: Session, team: Team, now: datetime) -> tuple[Running, ...]:
    boards = [crises.board(session, team.workspace_id, row.id, now=now) for row in crises.running(session, team)]
    return tuple(
        Running(
            one.number, one.what.strip()[:200], one.rule, dict(one.rule_facts), len(one.checklist) - one.done,
            one.update_due_at, one.customers - one.told,
        )
        for one in boards[:SHOWN]
    )  # fmt: skip
