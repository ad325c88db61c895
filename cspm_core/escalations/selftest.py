"""A self-test: a real escalation that goes the whole way to one person and waits for a press. No figure counts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from .. import errors, notices, people
from ..ids import new_id
from ..notices import Notice
from ..people import Member, Team
from . import raising, rules, telling
from .changing import change, locked, note
from .lateness import stands
from .rules import Cause, Clock, Happened, Origin, Policy, Raised, Status, Step
from .tables import Escalation

RESULT = "watch.selftest"
"""To whoever tests: how it went. Its subject is the escalation."""
SOURCE = "test"
PATIENCE = timedelta(minutes=10)
"""Unpressed for so long it has failed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a self-test went. Seconds; None where it never came so far. `code`: what Slack said of the message."""

    number: int
    shown_s: float | None
    """From the writing to the message in Slack."""
    pressed_s: float | None
    """From the message to the press."""
    is_over: bool
    told: bool
    """Its step was taken: the message was asked for."""
    code: str = ""


def begin(session: Session, team: Team, to: Member, words: str, *, now: datetime) -> Raised:
    """Raise one that tells one person at once, whatever the hour, and nobody else. Raises UnknownMember where they have
    no account in Slack. `words`: what the message says."""
    if not to.slack_user_id:
        raise errors.UnknownMember(to.name)
    cause = Cause(SOURCE, words, cause=f"{SOURCE}:{team.id}:{new_id(now)}", severity=4, is_private=True)
    raised = raising.raise_one(session, team, cause, now=now)
    one = locked(session, team.workspace_id, raised.escalation_id)
    wait_s = int(PATIENCE.total_seconds())
    steps = (Step(f"member:{to.id}", 0, Clock.ALWAYS),)
    policy = Policy(steps, repeat_s=4 * wait_s, holds_s=rules.DAY, clock=Clock.ALWAYS)
    change(session, one, policy=policy.to_json(), next_step_at=now, acknowledge_due_at=now + PATIENCE)
    return raised


def running(session: Session, *, since: datetime | None = None) -> Sequence[Escalation]:
    """The self-tests that are not over, over all workspaces. `since`: only those that began after it."""
    query = select(Escalation).where(stands(), Escalation.source == SOURCE)
    return session.exec(query.where(col(Escalation.opened_at) > since) if since else query).all()


def is_done(one: Escalation, now: datetime) -> bool:
    """Pressed, or nobody pressed for too long."""
    return one.status == Status.ACKNOWLEDGED or one.opened_at + PATIENCE <= now


def finish(session: Session, workspace_id: int, escalation_id: int, *, now: datetime) -> bool:
    """It resolves itself, and whoever tested is told how it went. False where it is over or still waits."""
    one = locked(session, workspace_id, escalation_id)
    if one.status == Status.RESOLVED or one.source != SOURCE or not is_done(one, now):
        return False
    change(
        session,
        one,
        status=Status.RESOLVED.value,
        resolved_at=now,
        resolved_by=one.owner_id,
        acknowledged_until=None,
        asked_until=None,
        snoozed_until=None,
        next_step_at=None,
    )
    note(session, one, Happened.RESOLVED, Origin.CLOCK, now=now, by=one.owner_id)
    telling.redraw(session, one)
    team = people.team(session, workspace_id, one.team_id)
    tester = people.member(session, workspace_id, tester_of(one))
    if tester.slack_user_id:
        notices.post(
            session,
            workspace_id,
            key=f"{RESULT}:{one.id}",
            kind=RESULT,
            subject_id=one.id,
            team_id=team.id,
            place=tester.slack_user_id,
            language=people.reader_language(session, tester),
            now=now,
        )
    return True


def tester_of(one: Escalation) -> int:
    """The member whom a self-test tells."""
    return int(Policy.parse(one.policy).steps[0].who.partition(":")[2])


def outcome(session: Session, workspace_id: int, escalation_id: int) -> Outcome:
    """How far it came and how long each part took."""
    one = session.get_one(Escalation, (workspace_id, escalation_id))
    message = session.exec(
        select(Notice)
        .where(
            Notice.workspace_id == workspace_id,
            Notice.subject_id == one.id,
            Notice.kind == telling.DIRECT,
        )
        .order_by(func.coalesce(col(Notice.shown_at), col(Notice.due_at)))
        .limit(1)
    ).first()
    shown_at = message.shown_at if message else None
    pressed_at = one.first_acknowledged_at
    return Outcome(
        number=one.number,
        shown_s=(shown_at - one.opened_at).total_seconds() if shown_at else None,
        pressed_s=(pressed_at - shown_at).total_seconds() if shown_at and pressed_at else None,
        is_over=one.status == Status.RESOLVED,
        told=message is not None,
        code=(message.failed or "") if message else "",
    )
