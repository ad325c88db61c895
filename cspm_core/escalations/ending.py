"""The end of an escalation: cause and solution, what prevents the next one, whether the customer is satisfied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from .. import errors
from ..ids import new_id
from ..people import Asker, Team, calendar_of
from . import policies, raising, telling
from .changing import change, note
from .rights import rights
from .rules import Happened, Origin, Status
from .tables import Escalation, Prevention
from .verbs import Done, load, not_over, told


@dataclass(frozen=True, slots=True)
class Ending:
    """What is known at the end. `prevent_*`: a task for somebody; `check_back_at` None: as the team has agreed."""

    cause_found: str = ""
    solution: str = ""
    like_id: int | None = None
    promise_kept: bool = False
    prevent_what: str = ""
    prevent_owner: int | None = None
    prevent_due_at: datetime | None = None
    check_back_at: datetime | None = None


def resolve(
    session: Session,
    workspace_id: int,
    escalation_id: int,
    ending: Ending,
    *,
    by: Asker,
    origin: Origin,
    now: datetime,
) -> Done:
    """It is over. Raises Invalid where the team wants cause and solution and they are not there, Over, NotYours."""
    one, team = load(session, workspace_id, escalation_id)
    member = rights(session, one, team, by).needs_change()
    not_over(session, one)
    agreed = policies.settings(session, team)
    for name in ("cause_found", "solution"):
        if agreed.needs_reason and not getattr(ending, name).strip():
            raise errors.Invalid(name, "", "empty")
    check_back = ending.check_back_at
    if check_back is None and one.kind == "complaint":
        check_back = check_back_at(session, team, now)
    kept = {"promise_kept_at": one.promise_kept_at or now} if ending.promise_kept and one.promise_due_at else {}
    change(
        session,
        one,
        status=Status.RESOLVED.value,
        owner_id=one.owner_id or member,
        first_acknowledged_at=one.first_acknowledged_at or now,
        acknowledged_until=None,
        asked_until=None,
        snoozed_until=None,
        handed_due_at=None,
        promise_warn_at=None,
        next_step_at=None,
        resolved_at=now,
        resolved_by=member,
        cause_found=ending.cause_found.strip(),
        solution=ending.solution.strip(),
        like_id=ending.like_id,
        check_back_at=check_back,
        checked_at=None,
        satisfied=None,
        **kept,
    )
    event = note(session, one, Happened.RESOLVED, origin, now=now, by=member, check_back_at=check_back)
    told(session, one, event, now)
    if ending.prevent_what.strip():
        prevent(session, one, ending, by=member, origin=origin, now=now)
    return Done(one.id, one.number, True, member, now)


def check_back_at(session: Session, team: Team, now: datetime) -> datetime:
    """When the customer of a complaint that ends now is asked: as many working days later as the team has agreed."""
    return working_days_later(session, team, now, policies.settings(session, team).check_back_days)


def working_days_later(session: Session, team: Team, now: datetime, days: int) -> datetime:
    """When the team begins its work, so many of its working days after an instant."""
    calendar = calendar_of(session, team)
    day, left = calendar.local_day(now), days
    for _ in range(days * 7 + 60):
        day += timedelta(days=1)
        left -= calendar.is_working_day(day)
        if not left:
            return calendar.opening(day) or calendar.midnight(day)
    return now + timedelta(days=days)


def prevent(session: Session, one: Escalation, ending: Ending, *, by: int, origin: Origin, now: datetime) -> Prevention:
    """Somebody does something, until a date, so that it does not come back."""
    task = Prevention(
        workspace_id=one.workspace_id,
        id=new_id(now),
        escalation_id=one.id,
        what=ending.prevent_what.strip(),
        owner_id=ending.prevent_owner or by,
        due_at=ending.prevent_due_at or now + timedelta(days=14),
    )
    session.add(task)
    session.flush()
    event = note(
        session,
        one,
        Happened.PREVENTION,
        origin,
        now=now,
        by=by,
        what=task.what,
        member=str(task.owner_id),
        due_at=task.due_at,
    )
    telling.line(session, one, event, now=now)
    return task


def check(
    session: Session,
    workspace_id: int,
    escalation_id: int,
    *,
    satisfied: bool,
    by: Asker,
    origin: Origin,
    now: datetime,
) -> Done:
    """What the customer said when asked after a complaint; "not satisfied" opens it again."""
    one, team = load(session, workspace_id, escalation_id)
    member = rights(session, one, team, by).needs_change()
    if one.status != Status.RESOLVED or one.checked_at is not None:
        return Done(one.id, one.number, False, one.owner_id, one.checked_at)
    event = note(session, one, Happened.CHECKED, origin, now=now, by=member, satisfied=satisfied)
    change(session, one, satisfied=satisfied, checked_at=now, check_back_at=None)
    told(session, one, event, now)
    if not satisfied:
        raising.reopen(session, team, one, origin=origin, by=member, now=now)
        change(session, one, satisfied=False, checked_at=now)
    return Done(one.id, one.number, True, one.owner_id, now)


def open_again(
    session: Session,
    workspace_id: int,
    escalation_id: int,
    *,
    by: Asker,
    origin: Origin,
    now: datetime,
    words: str = "",
) -> Done:
    """Somebody says that it is not over."""
    one, team = load(session, workspace_id, escalation_id)
    member = rights(session, one, team, by).needs_reopening()
    if one.status != Status.RESOLVED:
        return Done(one.id, one.number, False, one.owner_id)
    raising.reopen(session, team, one, origin=origin, by=member, what=words, now=now)
    return Done(one.id, one.number, True)


def keep_promise(
    session: Session, workspace_id: int, escalation_id: int, *, by: Asker, origin: Origin, now: datetime
) -> Done:
    """The customer has what was promised."""
    one, team = load(session, workspace_id, escalation_id)
    member = rights(session, one, team, by).needs_change()
    if one.promise_due_at is None or one.promise_kept_at is not None:
        return Done(one.id, one.number, False, one.owner_id, one.promise_kept_at)
    change(session, one, promise_kept_at=now, promise_warn_at=None)
    event = note(session, one, Happened.PROMISE_KEPT, origin, now=now, by=member)
    told(session, one, event, now)
    return Done(one.id, one.number, True, one.owner_id, now)
