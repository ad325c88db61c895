"""What the clock does with a crisis: it asks for the next update, lets silence climb, and calls for the review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from .. import people
from ..escalations import Clock, Escalation, Happened, Origin, Policy, Status, Step
from ..escalations.climbing import climb_again
from ..escalations.ending import working_days_later
from ..escalations.whom import Whom
from ..people import Member, Team
from . import rules, telling
from .beginning import next_update
from .changing import change, load, told
from .tables import Crisis


def due(session: Session, *, now: datetime, limit: int = 200) -> Sequence[Crisis]:
    """What a clock has reached, workspace by workspace, the longest due first; at most `limit` in each."""
    found: list[Crisis] = []
    for workspace in people.workspaces(session):
        query = select(Crisis).where(Crisis.workspace_id == workspace.id, col(Crisis.next_at) <= now)
        found += session.exec(query.order_by(col(Crisis.next_at), col(Crisis.id)).limit(limit))
    return found


def move_on(session: Session, workspace_id: int, crisis_id: int, *, now: datetime) -> bool:
    """Do what is due for one crisis; False where nothing is, any more."""
    crisis, one, team = load(session, workspace_id, crisis_id)
    if crisis.next_at is None or crisis.next_at > now:
        return False
    if crisis.ended_at is not None:
        _call_for_review(session, crisis, one, team, now)
    elif crisis.reminded == 0:
        _remind(session, crisis, one, team, now)
    else:
        _climb(session, crisis, one, team, now)
    telling.redraw(session, crisis)
    return True


def _remind(session: Session, crisis: Crisis, one: Escalation, team: Team, now: datetime) -> None:
    """The update is due and nobody has said how it stands."""
    assert crisis.update_due_at is not None
    members = _responsible(session, one, team, now)
    why = f"{int(crisis.update_due_at.timestamp())}.{one.round}"
    telling.remind(session, team, crisis, members, telling.UPDATE_DUE, why, now=now)
    following = next_update(session, team, crisis, one, now)
    told(
        session, crisis, one, Happened.CRISIS_LATE, origin=Origin.CLOCK, now=now, in_thread=False,
        members=[str(member.id) for member in members], due_at=crisis.update_due_at,
    )  # fmt: skip
    change(session, crisis, reminded=1, next_at=following)


def _climb(session: Session, crisis: Crisis, one: Escalation, team: Team, now: datetime) -> None:
    """Reminded in vain: whoever has it does not answer, so it is nobody's again. What climbs already climbs on."""
    is_taken = one.status == Status.ACKNOWLEDGED or one.snoozed_until is not None
    if is_taken:
        climb_again(session, one, now)
        told(session, crisis, one, Happened.CRISIS_SILENT, origin=Origin.CLOCK, now=now, due_at=crisis.update_due_at)
    following = next_update(session, team, crisis, one, now)
    change(session, crisis, reminded=0 if is_taken else crisis.reminded + 1, next_at=following)


def _responsible(session: Session, one: Escalation, team: Team, now: datetime) -> list[Member]:
    """Its owner where they work now; else whoever is on duty; else the leads."""
    whom = Whom(session, team, now)
    clock = Policy.parse(one.policy).clock
    owner = whom.member(one.owner_id) if one.owner_id is not None else None
    is_there = owner is not None and owner.slack_user_id and not whom.board.is_away(owner.id, now)
    if owner and is_there and (clock is Clock.ALWAYS or whom.board.is_working(owner.id, now)):
        return [owner]
    leads = [lead for lead in whom.candidates(Step("lead")) if not whom.board.is_away(lead.id, now)]
    return list(whom.on_duty_now()) or leads or list(whom.candidates(Step("manager")))


def _call_for_review(session: Session, crisis: Crisis, one: Escalation, team: Team, now: datetime) -> None:
    """The day to look back has come; then every working day again, and in the end the manager is told."""
    if crisis.reviewed_at is not None:
        change(session, crisis, next_at=None)
        return
    whom, asked = Whom(session, team, now), crisis.review_asked
    owner = whom.member(one.owner_id) if one.owner_id is not None else None
    is_there = owner is not None and owner.slack_user_id and not whom.board.is_away(owner.id, now)
    members = [owner] if owner and is_there else list(whom.candidates(Step("lead")))
    is_last = asked > rules.REMINDERS
    if is_last or not members:
        members = list(whom.candidates(Step("manager")))
    telling.show_review(session, team, crisis, one, now=now)
    ended = int(crisis.ended_at.timestamp()) if crisis.ended_at else 0
    telling.remind(session, team, crisis, members, telling.REVIEW, f"{ended}.{asked}", now=now)
    following = None if is_last else max(working_days_later(session, team, now, 1), now + timedelta(hours=1))
    change(session, crisis, review_asked=asked + 1, next_at=following)
