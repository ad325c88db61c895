"""A crisis for a burst: one escalation, the tickets of the burst under it, those that follow counted into it."""

from __future__ import annotations

import json
from datetime import datetime

from sqlmodel import Session, col, select, update

from .. import escalations
from ..escalations import Cause, Escalation, Happened, Origin, Status
from ..escalations.changing import change, note
from ..escalations.telling import line
from ..ids import new_id
from ..once import add_once
from ..people import Team
from ..tickets import Ticket
from . import choosing, rules
from .bursts import of_day
from .rules import Kind
from .sights import Bursting, Sight
from .tables import Alarm, BurstTicket
from .work import instant, second

NAMED = 12
"""Of a burst's tickets, so many are named."""
MUCH = 3
"""So many times what is usual makes a burst urgent."""


def gather(session: Session, team: Team, one: Bursting, sight: Sight, now: datetime) -> int | None:
    """A crisis for a burst, or the new tickets of one under the crisis that stands."""
    if one.escalation_id is None:
        return _begin(session, team, one, sight, now)
    crisis = escalations.locked(session, team.workspace_id, one.escalation_id)
    if crisis.status == Status.RESOLVED:
        return _come_again(session, team, one, crisis, now)
    fresh = [ticket_id for ticket_id in one.fresh if _put_under(session, crisis, ticket_id, now)]
    if not fresh:
        return None
    total = crisis.count + len(fresh)
    change(session, crisis, count=total, last_seen_at=now, rule_facts=_told(session, team, one, total))
    event = note(
        session, crisis, Happened.GATHERED, Origin.RULE, now=now, tickets=_keys(session, team, fresh), count=total
    )
    line(session, crisis, event, now=now)
    escalations.redraw(session, crisis)
    return crisis.id


def _begin(session: Session, team: Team, one: Bursting, sight: Sight, now: datetime) -> int | None:
    burst, key = one.burst, of_day(team, one.burst.key, sight.as_of)
    alarm = Alarm(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        kind=Kind.BURST.value,
        key=key,
        subject=burst.key,
        happened_at=instant(burst.created[-1]) or sight.as_of,
        at=now,
    )
    if not add_once(session, alarm):
        return None
    crisis = escalations.locked(session, team.workspace_id, _raise_burst(session, team, one, alarm, now))
    belongs(session, alarm, crisis.id)
    for ticket_id in burst.ticket_ids:
        _put_under(session, crisis, ticket_id, now)
    change(session, crisis, count=len(burst.ticket_ids))
    return crisis.id


def _raise_burst(session: Session, team: Team, one: Bursting, alarm: Alarm, now: datetime) -> int:
    burst = one.burst
    is_much = len(burst.ticket_ids) >= MUCH * max(burst.usual, 1)
    cause = Cause(
        source="rule",
        what="",
        cause=alarm.key,
        kind=rules.OF_ESCALATION[Kind.BURST],
        severity=1 if is_much else rules.SEVERITY[Kind.BURST],
        category=burst.category,
        rule=Kind.BURST.value,
        rule_facts=json.loads(_told(session, team, one, len(burst.ticket_ids))),
        happened_at=alarm.happened_at,
    )
    return escalations.raise_one(session, team, cause, now=now).escalation_id


def _come_again(session: Session, team: Team, one: Bursting, crisis: Escalation, now: datetime) -> int | None:
    """A crisis that was over: only what came after counts, and only where that is a burst by itself."""
    ended = second(crisis.resolved_at or now)
    created = dict(zip(one.burst.ticket_ids, one.burst.created, strict=True))
    later = [ticket_id for ticket_id in one.fresh if created[ticket_id] > ended]
    if len(later) <= one.burst.usual or len(later) < choosing.chosen(session, team)[Kind.BURST].settings["count"]:
        return None
    cause = Cause(
        source="rule", what="", cause=crisis.cause, kind=crisis.kind, severity=crisis.severity, rule=crisis.rule
    )
    again = escalations.locked(
        session, team.workspace_id, escalations.raise_one(session, team, cause, now=now).escalation_id
    )
    for ticket_id in later:
        _put_under(session, again, ticket_id, now)
    return again.id


def _put_under(session: Session, crisis: Escalation, ticket_id: int, now: datetime) -> bool:
    row = BurstTicket(
        workspace_id=crisis.workspace_id, id=new_id(now), escalation_id=crisis.id, ticket_id=ticket_id, at=now
    )
    return add_once(session, row)


def _told(session: Session, team: Team, one: Bursting, total: int) -> str:
    burst = one.burst
    newest = _keys(session, team, burst.ticket_ids[-NAMED:])
    facts = {"category": burst.category, "n": total, "hours": burst.hours, "usual": burst.usual, "tickets": newest}
    return json.dumps(facts, separators=(",", ":"), ensure_ascii=False)


def _keys(session: Session, team: Team, ids: list[int] | tuple[int, ...]) -> list[str]:
    """What people call some tickets, at most `NAMED`, oldest first."""
    query = select(Ticket.key).where(Ticket.workspace_id == team.workspace_id, col(Ticket.id).in_(ids))
    return list(session.exec(query.order_by(col(Ticket.created_at), col(Ticket.id)).limit(NAMED)))


def belongs(session: Session, alarm: Alarm, escalation_id: int) -> None:
    session.exec(
        update(Alarm)
        .where(col(Alarm.workspace_id) == alarm.workspace_id, col(Alarm.id) == alarm.id)
        .values(escalation_id=escalation_id)
        .execution_options(synchronize_session=False)
    )
