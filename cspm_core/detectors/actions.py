"""Acting on what a look found: each alarm once, the card edited where it says something new. Callers commit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, delete, update

from .. import escalations, kpi
from ..escalations import Cause
from ..escalations.whom import Whom
from ..ids import new_id
from ..once import add_once
from ..people import Team
from ..periods import parse_period
from ..tickets import Ticket
from . import choosing, rules
from .crossings import SOLVE
from .gathering import belongs, gather
from .rules import Kind
from .showing import show
from .sights import Found, Sight, Signalling
from .tables import Alarm, TicketTake, Watch
from .work import instant, second


def raise_alarms(session: Session, team: Team, sight: Sight, *, now: datetime) -> list[int]:
    """Raise what was found and is still so, show what is at risk; the escalations that were raised or counted."""
    whom = Whom(session, team, now) if sight.found or sight.bursting or sight.signalling else None
    raised = [one for one in (gather(session, team, burst, sight, now) for burst in sight.bursting) if one]
    in_order = sorted(sight.found, key=lambda one: one.key)  # two at once never deadlock
    alarms = (_raise(session, team, found, whom, now) for found in in_order if _still(session, team, found))
    raised += [one for one in alarms if one]
    figures = (_raise_figure(session, team, one, sight, whom, now) for one in sight.signalling)
    raised += [one for one in figures if one]
    if sight.over:
        session.exec(
            delete(TicketTake).where(
                col(TicketTake.workspace_id) == team.workspace_id, col(TicketTake.id).in_(sight.over)
            )
        )
    show(session, team, sight, now)
    _remember(session, team, sight, now)
    return raised


def _still(session: Session, team: Team, found: Found) -> bool:
    """Whether a ticket still is as it was when it was looked at."""
    ticket = session.get(Ticket, (team.workspace_id, found.ticket_id), populate_existing=True)
    if ticket is None or ticket.left_out:
        return False
    if found.kind is Kind.RATING:
        return ticket.csat_good is False
    if ticket.is_solved or (found.metric != SOLVE and ticket.is_answered):
        return False
    if found.kind in (Kind.URGENT, Kind.BREACH):
        due = ticket.resolution_target_at if found.metric == SOLVE else ticket.first_response_target_at
        return due is not None and instant(second(due)) == found.due_at
    return True


def _raise(session: Session, team: Team, found: Found, whom: Whom | None, now: datetime) -> int | None:
    """One alarm and its escalation; None where it was raised before."""
    alarm = Alarm(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        kind=found.kind.value,
        key=found.key,
        ticket_id=found.ticket_id,
        due_at=found.due_at,
        happened_at=found.happened_at,
        at=now,
    )
    if not add_once(session, alarm):
        return None
    is_rating = found.kind is Kind.RATING
    cause = Cause(
        source="rule",
        what="",
        cause=f"{found.kind.value}:{found.ticket_id}" if is_rating else "",
        kind=rules.OF_ESCALATION.get(found.kind, "sla"),
        severity=rules.SEVERITY[found.kind],
        ticket_id=found.ticket_id,
        rule=found.kind.value,
        rule_facts=dict(found.facts),
        happened_at=found.happened_at,
        promise_due_at=found.due_at if is_rating else None,
        is_private=is_rating,
    )
    raised = escalations.raise_one(session, team, cause, now=now, whom=whom)
    belongs(session, alarm, raised.escalation_id)
    return raised.escalation_id


def _raise_figure(
    session: Session, team: Team, one: Signalling, sight: Sight, whom: Whom | None, now: datetime
) -> int | None:
    """One alarm and its escalation for a figure that signals, for its lead alone where it is about one to four people;
    None where it was raised before."""
    key = f"{Kind.FIGURE.value}:{one.metric}:{one.first.isoformat()}"
    alarm = Alarm(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        kind=Kind.FIGURE.value,
        key=key,
        subject=one.metric,
        happened_at=one.happened_at,
        at=now,
    )
    if not add_once(session, alarm):
        return None
    month = parse_period("28d", timezone=team.timezone, now=sight.as_of)
    cause = Cause(
        source="rule",
        what="",
        cause=f"{key}:{team.id}",
        kind=rules.OF_ESCALATION[Kind.FIGURE],
        severity=rules.SEVERITY[Kind.FIGURE],
        rule=Kind.FIGURE.value,
        rule_facts=dict(one.facts),
        happened_at=one.happened_at,
        is_private=kpi.is_about_few(session, team, month),
    )
    raised = escalations.raise_one(session, team, cause, now=now, whom=whom)
    belongs(session, alarm, raised.escalation_id)
    return raised.escalation_id


def _remember(session: Session, team: Team, sight: Sight, now: datetime) -> None:
    row = choosing.watch_row(session, team, now=now)
    session.exec(
        update(Watch)
        .where(col(Watch.workspace_id) == team.workspace_id, col(Watch.id) == row.id)
        .values(
            as_of=max(sight.as_of, row.as_of or sight.as_of),
            seen=sight.seen,
            next_at=sight.next_at,
            began_at=row.began_at or sight.as_of,
        )
        .execution_options(synchronize_session=False)
    )
