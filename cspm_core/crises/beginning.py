"""How crises begin, gather customers, go on and end by themselves: what follows from their escalations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, text
from sqlmodel import Session, col, select

from .. import escalations, people
from ..detectors.tables import BurstTicket
from ..escalations import Cause, Escalation, Policy, Raised, Status, changing
from ..escalations.ending import working_days_later
from ..escalations.whom import Whom
from ..ids import new_id
from ..once import add_once
from ..people import Team, fold
from ..tickets import Ticket
from . import plans, rules, telling
from .changing import change, load, of_escalation
from .rules import KIND, Plan
from .tables import Crisis, CrisisCustomer, CrisisTask


@dataclass(frozen=True, slots=True)
class Astray:
    """Where a crisis and its escalation do not agree. `why`: begin, end, gather or show."""

    workspace_id: int
    escalation_id: int
    why: str


def astray(session: Session) -> list[Astray]:
    """Escalations that are a crisis and have none running; crises that are over, gathered more, or went to another
    team's channel."""
    of_crisis = and_(
        col(Crisis.workspace_id) == col(Escalation.workspace_id), col(Crisis.escalation_id) == col(Escalation.id)
    )
    # As the partial index has it, in literals: SQLite does not take it for bound values.
    stands = text("escalation.kind = 'crisis' AND escalation.status <> 'resolved' AND escalation.parent_id IS NULL")
    idle = or_(col(Crisis.id).is_(None), col(Crisis.ended_at).is_not(None))
    begins = session.exec(
        select(Escalation.workspace_id, Escalation.id).outerjoin(Crisis, of_crisis).where(stands, idle)
    ).all()
    running = session.exec(
        select(Crisis, Escalation.status, Escalation.kind, Escalation.channel)
        .join(Escalation, of_crisis)
        .where(col(Crisis.ended_at).is_(None))
    ).all()
    found = [Astray(workspace_id, one, "begin") for workspace_id, one in begins]
    for crisis, status, kind, channel in running:
        if status == Status.RESOLVED or kind != KIND:
            found.append(Astray(crisis.workspace_id, crisis.escalation_id, "end"))
        elif _count(session, crisis) != crisis.gathered:
            found.append(Astray(crisis.workspace_id, crisis.escalation_id, "gather"))
        elif channel and not telling.has_board(session, crisis, channel):
            found.append(Astray(crisis.workspace_id, crisis.escalation_id, "show"))
    return found


def set_right(session: Session, one: Astray, *, now: datetime) -> None:
    """Begin, end or gather, whichever is due by then."""
    match one.why:
        case "begin":
            begin(session, one.workspace_id, one.escalation_id, now=now)
        case "end":
            _end(session, one.workspace_id, one.escalation_id, now)
        case _:
            crisis = of_escalation(session, one.workspace_id, one.escalation_id)
            if crisis is None:
                return
            crisis, escalation, team = load(session, one.workspace_id, crisis.id)
            look_through(session, crisis, escalation, now=now)
            telling.show_board(session, team, crisis, escalation, now=now)


def begin(session: Session, workspace_id: int, escalation_id: int, *, now: datetime) -> Crisis:
    """The crisis of an escalation: begun by its team's plan where there is none, resumed where it was over.

    Raises UnknownEscalation.
    """
    one = changing.locked(session, workspace_id, escalation_id)
    team = people.team(session, workspace_id, one.team_id)
    crisis = of_escalation(session, workspace_id, escalation_id)
    if crisis is None:
        crisis = _fresh(session, team, one, now)
    elif crisis.ended_at is not None and one.status != Status.RESOLVED:
        session.refresh(crisis)
        due = next_update(session, team, crisis, one, now)
        change(
            session, crisis, ended_at=None, ended_by=None, all_clear="", review_at=None, review_asked=0, reminded=0,
            update_due_at=due, next_at=due,
        )  # fmt: skip
    telling.show_board(session, team, crisis, one, now=now)
    look_through(session, crisis, one, now=now)
    telling.redraw(session, crisis)
    return crisis


def _fresh(session: Session, team: Team, one: Escalation, now: datetime) -> Crisis:
    kept, plan = plans.kept(session, team), plans.plan(session, team)
    crisis = Crisis(
        workspace_id=one.workspace_id,
        id=new_id(now),
        escalation_id=one.id,
        plan_kind=plan.kind,
        plan_name=plan.name,
        words=kept.words if kept else "{}",
        approved_by=kept.approved_by if kept else "",
        approved_at=kept.approved_at if kept else None,
        update_every_s=plan.update_every_s,
        begun_at=now,
    )
    crisis.update_due_at = crisis.next_at = next_update(session, team, crisis, one, now)
    session.add(crisis)
    session.flush()
    copy_checklist(session, crisis, plan, first=0, now=now)
    return crisis


def copy_checklist(session: Session, crisis: Crisis, plan: Plan, *, first: int, now: datetime) -> None:
    """The plan's lines from a position on."""
    for n, task in enumerate(plan.checklist):
        row = CrisisTask(
            workspace_id=crisis.workspace_id, id=new_id(now), crisis_id=crisis.id, position=first + n, key=task.key,
            what=task.what, owner=task.owner,
        )  # fmt: skip
        add_once(session, row)


def next_update(session: Session, team: Team, crisis: Crisis, one: Escalation, now: datetime) -> datetime:
    """By when everybody should hear again, on the clock that the escalation climbs by."""
    return Whom(session, team, now).later(crisis.update_every_s, Policy.parse(one.policy).clock)


def _end(session: Session, workspace_id: int, escalation_id: int, now: datetime) -> None:
    """Its escalation was resolved, or is no crisis any more: then nobody need look back at it."""
    crisis = of_escalation(session, workspace_id, escalation_id)
    if crisis is None:
        return
    crisis, one, team = load(session, workspace_id, crisis.id)
    if crisis.ended_at is None:
        is_over = one.status == Status.RESOLVED
        end(session, crisis, team, by=one.resolved_by, words="", now=now, is_reviewed=is_over)
        telling.redraw(session, crisis)


def end(
    session: Session, crisis: Crisis, team: Team, *, by: int | None, words: str, now: datetime,
    is_reviewed: bool = True,
) -> None:  # fmt: skip
    """No more updates; a review some working days later."""
    review_at = working_days_later(session, team, now, rules.REVIEW_DAYS) if is_reviewed else None
    if crisis.reviewed_at is not None:
        review_at = None
    change(
        session, crisis, ended_at=now, ended_by=by, all_clear=words, update_due_at=None, reminded=0,
        review_at=review_at, review_asked=0, next_at=review_at,
    )  # fmt: skip


def gather(
    session: Session, team: Team, crisis_escalation_id: int, tickets: Iterable[Ticket], *, now: datetime
) -> list[Raised]:
    """Gather tickets under a crisis: each an escalation of its own that does not climb; the same one is one."""
    raised = []
    for ticket in tickets:
        cause = Cause(
            "crisis",
            ticket.subject or ticket.key,
            cause=f"gathered:{crisis_escalation_id}:{ticket.id}",
            ticket_id=ticket.id,
            severity=3,
            parent_id=crisis_escalation_id,
        )
        raised.append(escalations.raise_one(session, team, cause, now=now))
    crisis = of_escalation(session, team.workspace_id, crisis_escalation_id)
    if crisis is not None:
        crisis, one, _ = load(session, team.workspace_id, crisis.id)
        look_through(session, crisis, one, now=now)
    return raised


def _count(session: Session, crisis: Crisis) -> int:
    """What was gathered: escalations put under it, and the tickets of a burst."""
    under = session.exec(select(func.count()).select_from(Escalation).where(*_gathered(crisis))).one()
    return under + session.exec(select(func.count()).select_from(BurstTicket).where(*_of_burst(crisis))).one()


def _gathered(crisis: Crisis) -> tuple[bool, ...]:
    return (
        Escalation.workspace_id == crisis.workspace_id,
        Escalation.parent_id == crisis.escalation_id,
    )


def _of_burst(crisis: Crisis) -> tuple[bool, ...]:
    return (
        BurstTicket.workspace_id == crisis.workspace_id,
        BurstTicket.escalation_id == crisis.escalation_id,
    )


def look_through(session: Session, crisis: Crisis, one: Escalation, *, now: datetime) -> None:
    """Whoever is hit by what was gathered should hear of it: each customer once."""
    total = _count(session, crisis)
    if total == crisis.gathered and total:
        return
    rows = session.exec(select(Escalation).where(*_gathered(crisis)).order_by(col(Escalation.id))).all()
    same = and_(col(BurstTicket.workspace_id) == col(Ticket.workspace_id), col(BurstTicket.ticket_id) == col(Ticket.id))
    tickets = session.exec(select(Ticket).join(BurstTicket, same).where(*_of_burst(crisis)).order_by(col(Ticket.id)))
    new = [_add_customer(session, crisis, row, row.ticket_key, now) for row in (one, *rows)]
    new += [_add_customer(session, crisis, ticket, ticket.key, now) for ticket in tickets]
    if total != crisis.gathered:
        change(session, crisis, gathered=total)
    if any(new):
        telling.redraw(session, crisis)


def _add_customer(session: Session, crisis: Crisis, row: Escalation | Ticket, ticket: str, now: datetime) -> bool:
    name = row.organisation or row.customer
    if not name.strip():
        return False
    customer = CrisisCustomer(
        workspace_id=crisis.workspace_id, id=new_id(now), crisis_id=crisis.id, key=fold(name), customer=row.customer,
        organisation=row.organisation, tier=row.tier, ticket_key=ticket, url=row.url,
    )  # fmt: skip
    return add_once(session, customer)
