"""What people do in a crisis: take and tick lines, say how it stands, tell customers, give the all-clear, look back.

Each reads under the escalation's lock and says who did it; callers commit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select, update

from .. import errors, escalations
from ..escalations import Ending, Escalation, Happened, Origin, Status
from ..escalations.rights import rights
from ..people import Asker
from . import beginning, plans, telling
from .changing import change, load, told
from .reads import tasks_of
from .tables import Crisis, CrisisCustomer, CrisisTask

TAKEN, DONE, UNDONE = "taken", "done", "undone"


@dataclass(frozen=True, slots=True)
class Ticked:
    """What became of a line of the checklist. `first`: False where it stood so already; `by`: whose doing that is."""

    first: bool
    by: int | None


@dataclass(frozen=True, slots=True)
class Action:
    """What somebody does, after a review, so that it does not come back."""

    what: str
    owner_id: int | None = None
    due_at: datetime | None = None


def tick(
    session: Session, workspace_id: int, crisis_id: int, task_id: int, state: str, *, by: Asker, now: datetime
) -> Ticked:
    """A line is taken, done, or not done after all. Raises NotYours, UnknownCrisis."""
    crisis, one, team = load(session, workspace_id, crisis_id)
    member = rights(session, one, team, by).needs_answer()
    task = session.get(CrisisTask, (workspace_id, task_id))
    if task is None or task.crisis_id != crisis.id:
        raise errors.UnknownCrisis(str(task_id))
    session.refresh(task)
    values: dict[str, Any]
    still: ColumnElement[bool]
    if state == TAKEN:
        values, still = {"taken_by": member}, col(CrisisTask.taken_by).is_(None) & col(CrisisTask.done_at).is_(None)
    elif state == DONE:
        values, still = {"done_at": now, "done_by": member}, col(CrisisTask.done_at).is_(None)
    else:
        values, still = {"done_at": None, "done_by": None}, col(CrisisTask.done_at).is_not(None)
    changed = session.exec(
        update(CrisisTask)
        .where(col(CrisisTask.workspace_id) == workspace_id, col(CrisisTask.id) == task_id, still)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:
        return Ticked(False, task.done_by or task.taken_by)
    told(
        session, crisis, one, Happened.CRISIS_TASK, origin=Origin.BUTTON, now=now, by=member, state=state,
        task=task.key, what=task.what,
    )  # fmt: skip
    return Ticked(True, member)


def post_update(
    session: Session, workspace_id: int, crisis_id: int, words: str, *, by: Asker, key: str, now: datetime
) -> bool:
    """Say how it stands; the next update is due one interval later. `key`: what makes it one.

    False where it was said already. Raises NotYours, Over, Invalid.
    """
    crisis, one, team = load(session, workspace_id, crisis_id)
    member = rights(session, one, team, by).needs_change()
    if not words.strip():
        raise errors.Invalid("update", "", "empty")
    if _is_noted(session, one, f"update:{key}"):
        return False
    _still_on(crisis, one)
    due = beginning.next_update(session, team, crisis, one, now)
    change(
        session, crisis, updated_at=now, updated_by=member, update_words=words.strip(), update_due_at=due, reminded=0,
        next_at=due,
    )  # fmt: skip
    told(
        session, crisis, one, Happened.CRISIS_UPDATE, origin=Origin.FORM, now=now, by=member, key=f"update:{key}",
        words=words.strip(), due_at=due,
    )  # fmt: skip
    return True


def _is_noted(session: Session, one: Escalation, key: str) -> bool:
    query = select(escalations.EscalationEvent.id).where(
        escalations.EscalationEvent.workspace_id == one.workspace_id,
        escalations.EscalationEvent.escalation_id == one.id,
        escalations.EscalationEvent.key == key,
    )
    return session.exec(query).first() is not None


def _still_on(crisis: Crisis, one: Escalation) -> None:
    if crisis.ended_at is not None or one.status == Status.RESOLVED:
        raise errors.Over(one.number, "", crisis.ended_at or one.resolved_at)


def tell_customers(
    session: Session,
    workspace_id: int,
    crisis_id: int,
    shown: Collection[int],
    ticked: Collection[int],
    *,
    by: Asker,
    now: datetime,
) -> int:
    """Of the customers `shown`, those `ticked` were told and the others were not; how many are newly told.

    Raises NotYours.
    """
    crisis, one, team = load(session, workspace_id, crisis_id)
    member = rights(session, one, team, by).needs_answer()
    of_crisis = (col(CrisisCustomer.workspace_id) == workspace_id, col(CrisisCustomer.crisis_id) == crisis.id)
    newly = session.exec(
        update(CrisisCustomer)
        .where(*of_crisis, col(CrisisCustomer.id).in_(set(ticked) & set(shown)), col(CrisisCustomer.told_at).is_(None))
        .values(told_at=now, told_by=member)
        .execution_options(synchronize_session=False)
    ).rowcount
    undone = session.exec(
        update(CrisisCustomer)
        .where(
            *of_crisis, col(CrisisCustomer.id).in_(set(shown) - set(ticked)), col(CrisisCustomer.told_at).is_not(None)
        )
        .values(told_at=None, told_by=None)
        .execution_options(synchronize_session=False)
    ).rowcount
    if newly:
        told(session, crisis, one, Happened.CRISIS_TOLD, origin=Origin.FORM, now=now, by=member, n=newly)
    elif undone:
        telling.redraw(session, crisis)
    return int(newly)


def use_plan(session: Session, workspace_id: int, crisis_id: int, kind: str, *, by: Asker, now: datetime) -> bool:
    """Go on by the team's plan of a kind, as it is now: its words, interval and checklist; what is done stays done.

    False where it is the one in use. Raises NotYours, Over.
    """
    crisis, one, team = load(session, workspace_id, crisis_id)
    rights(session, one, team, by).needs_change()
    _still_on(crisis, one)
    kept, plan = plans.kept(session, team, kind), plans.plan(session, team, kind)
    if crisis.plan_kind == kind and crisis.approved_at == (kept.approved_at if kept else None):
        return False
    tasks = session.exec(tasks_of(crisis)).all()
    for task in tasks:
        if task.done_at is None:
            session.delete(task)
    session.flush()
    first = max((task.position for task in tasks), default=-1) + 1
    beginning.copy_checklist(session, crisis, plan, first=first, now=now)
    change(
        session, crisis, plan_kind=kind, plan_name=plan.name, words=kept.words if kept else "{}",
        approved_by=kept.approved_by if kept else "", approved_at=kept.approved_at if kept else None,
        update_every_s=plan.update_every_s,
    )  # fmt: skip
    due = beginning.next_update(session, team, crisis, one, now)
    change(session, crisis, update_due_at=due, next_at=due, reminded=0)
    telling.redraw(session, crisis)
    return True


@dataclass(frozen=True, slots=True)
class Cleared:
    """What an all-clear ended: the crisis's number, how many of the gathered were resolved, how many are left open."""

    number: int
    resolved: int
    left: int


def all_clear(
    session: Session,
    workspace_id: int,
    crisis_id: int,
    words: str,
    ending: Ending,
    *,
    with_gathered: bool,
    by: Asker,
    now: datetime,
) -> Cleared:
    """It is over: the escalation is resolved, and those gathered under it where that is wanted.

    Raises NotYours, Over, Invalid with field `clear`, `cause_found` or `solution`.
    """
    crisis, one, team = load(session, workspace_id, crisis_id)
    member = rights(session, one, team, by).needs_change()
    if not words.strip():
        raise errors.Invalid("clear", "", "empty")
    _still_on(crisis, one)
    told(session, crisis, one, Happened.CRISIS_CLEAR, origin=Origin.FORM, now=now, by=member, words=words.strip())
    escalations.resolve(session, workspace_id, one.id, ending, by=by, origin=Origin.FORM, now=now)
    beginning.end(session, crisis, team, by=member, words=words.strip(), now=now)
    open_ones = _open_gathered(session, one)
    resolved = 0
    if with_gathered:
        resolved = sum(_resolves(session, child, ending, by, now) for child in open_ones)
    telling.redraw(session, crisis)
    return Cleared(one.number, resolved, len(open_ones) - resolved)


def _open_gathered(session: Session, one: Escalation) -> list[Escalation]:
    query = select(Escalation).where(
        Escalation.workspace_id == one.workspace_id,
        Escalation.parent_id == one.id,
        Escalation.status != Status.RESOLVED.value,
    )
    return list(session.exec(query.order_by(col(Escalation.id))))


def _resolves(session: Session, child: Escalation, ending: Ending, by: Asker, now: datetime) -> bool:
    """Whether one of the gathered could be ended with it; somebody else's may not be."""
    try:
        escalations.resolve(session, child.workspace_id, child.id, ending, by=by, origin=Origin.FORM, now=now)
    except (errors.NotYours, errors.Over):
        return False
    return True


def review(
    session: Session,
    workspace_id: int,
    crisis_id: int,
    happened: str,
    went_well: str,
    actions: Iterable[Action],
    *,
    by: Asker,
    now: datetime,
) -> bool:
    """What is learned from it, and who does what until when. False where it was written already.

    Raises NotYours, Invalid with field `happened`.
    """
    crisis, one, team = load(session, workspace_id, crisis_id)
    member = rights(session, one, team, by).needs_change()
    if not happened.strip():
        raise errors.Invalid("happened", "", "empty")
    if crisis.reviewed_at is not None or crisis.ended_at is None:
        return False
    telling.show_review(session, team, crisis, one, now=now)
    change(
        session, crisis, reviewed_at=now, reviewed_by=member, happened=happened.strip(), went_well=went_well.strip(),
        next_at=None,
    )  # fmt: skip
    wanted = [action for action in actions if action.what.strip()]
    told(
        session, crisis, one, Happened.CRISIS_REVIEWED, origin=Origin.FORM, now=now, by=member,
        words=happened.strip(), went_well=went_well.strip(), n=len(wanted),
    )  # fmt: skip
    for action in wanted:
        task = Ending(prevent_what=action.what, prevent_owner=action.owner_id, prevent_due_at=action.due_at)
        escalations.prevent(session, one, task, by=member, origin=Origin.FORM, now=now)
    escalations.redraw(session, one)
    return True
