"""A crisis as it stands: its board, its customers, and which one a team is in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from .. import errors, people
from ..escalations import Escalation, Status
from ..escalations.cards import Person, Task
from ..escalations.tables import Prevention
from ..people import Member, Team
from .tables import Crisis, CrisisCustomer, CrisisTask


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the checklist. `key` names a ready one. `owner`: lead, duty, manager, or `person` by name."""

    id: int
    key: str
    what: str
    owner: str
    person: Person | None
    taken_by: Person | None
    done_at: datetime | None
    done_by: Person | None


@dataclass(frozen=True, slots=True)
class Board:
    """Everything about one crisis, as of an instant. `what`, `rule`, `rule_facts` as on its escalation's card."""

    id: int
    escalation_id: int
    number: int
    what: str
    rule: str
    rule_facts: Mapping[str, Any]
    team_id: int
    team: str
    timezone: str
    language: str
    owner: Person | None
    begun_at: datetime
    happened_at: datetime
    """Since when: the true time where it was noticed later."""
    plan_kind: str
    plan_name: str
    checklist: tuple[Line, ...]
    words: Mapping[str, str]
    """By language; a language that is missing has the ready words."""
    approved_by: str
    approved_at: datetime | None
    update_every_s: int
    updated_at: datetime | None
    updated_by: Person | None
    update_words: str
    update_due_at: datetime | None
    customers: int
    told: int
    gathered_open: int
    ended_at: datetime | None
    ended_by: Person | None
    all_clear: str
    review_at: datetime | None
    review_asked: int
    reviewed_at: datetime | None
    reviewed_by: Person | None
    happened: str
    went_well: str
    actions: tuple[Task, ...]
    now: datetime

    @property
    def done(self) -> int:
        return sum(line.done_at is not None for line in self.checklist)

    @property
    def is_late(self) -> bool:
        """Everybody should have heard again by now."""
        return self.update_due_at is not None and self.update_due_at <= self.now


@dataclass(frozen=True, slots=True)
class Customer:
    """One of those who should hear of it."""

    id: int
    customer: str
    organisation: str
    tier: str
    ticket_key: str
    url: str
    told_at: datetime | None
    told_by: str

    @property
    def name(self) -> str:
        return self.organisation or self.customer


def one(session: Session, workspace_id: int, crisis_id: int) -> tuple[Crisis, Escalation, Team]:
    """A crisis with its escalation and team. Raises UnknownCrisis."""
    row = session.get(Crisis, (workspace_id, crisis_id))
    if row is None:
        raise errors.UnknownCrisis(str(crisis_id))
    escalation = session.get_one(Escalation, (workspace_id, row.escalation_id))
    return row, escalation, people.team(session, workspace_id, escalation.team_id)


def board(session: Session, workspace_id: int, crisis_id: int, *, now: datetime) -> Board:
    """Raises UnknownCrisis."""
    row, escalation, team = one(session, workspace_id, crisis_id)
    named = _Named(session, workspace_id)
    customers, told = _counts(session, row)
    return Board(
        id=row.id,
        escalation_id=escalation.id,
        number=escalation.number,
        what=escalation.what,
        rule=escalation.rule,
        rule_facts=json.loads(escalation.rule_facts),
        team_id=team.id,
        team=team.name,
        timezone=team.timezone,
        language=team.language,
        owner=named.person(escalation.owner_id),
        begun_at=row.begun_at,
        happened_at=min(escalation.happened_at or row.begun_at, row.begun_at),
        plan_kind=row.plan_kind,
        plan_name=row.plan_name,
        checklist=tuple(_line(task, named) for task in session.exec(tasks_of(row))),
        words=json.loads(row.words),
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        update_every_s=row.update_every_s,
        updated_at=row.updated_at,
        updated_by=named.person(row.updated_by),
        update_words=row.update_words,
        update_due_at=row.update_due_at,
        customers=customers,
        told=told,
        gathered_open=_gathered_open(session, escalation),
        ended_at=row.ended_at,
        ended_by=named.person(row.ended_by),
        all_clear=row.all_clear,
        review_at=row.review_at,
        review_asked=row.review_asked,
        reviewed_at=row.reviewed_at,
        reviewed_by=named.person(row.reviewed_by),
        happened=row.happened,
        went_well=row.went_well,
        actions=_actions(session, escalation, named) if row.reviewed_at else (),
        now=now,
    )


def tasks_of(crisis: Crisis) -> SelectOfScalar[CrisisTask]:
    """Its checklist in order."""
    return (
        select(CrisisTask)
        .where(CrisisTask.workspace_id == crisis.workspace_id, CrisisTask.crisis_id == crisis.id)
        .order_by(col(CrisisTask.position))
    )


def customers(session: Session, workspace_id: int, crisis_id: int) -> list[Customer]:
    """Everybody who should hear of it, by name."""
    rows = session.exec(
        select(CrisisCustomer)
        .where(CrisisCustomer.workspace_id == workspace_id, CrisisCustomer.crisis_id == crisis_id)
        .order_by(col(CrisisCustomer.key))
    ).all()
    named = _Named(session, workspace_id)
    found = []
    for row in rows:
        by = named.person(row.told_by)
        found.append(
            Customer(row.id, row.customer, row.organisation, row.tier, row.ticket_key, row.url, row.told_at,
                     by.name if by else "")
        )  # fmt: skip
    return found


def running(session: Session, team: Team) -> Sequence[Crisis]:
    """The crises that a team is in, oldest first."""
    return session.exec(
        select(Crisis)
        .join(
            Escalation,
            (col(Escalation.workspace_id) == col(Crisis.workspace_id))
            & (col(Escalation.id) == col(Crisis.escalation_id)),
        )
        .where(
            Crisis.workspace_id == team.workspace_id,
            col(Crisis.ended_at).is_(None),
            Escalation.team_id == team.id,
            Escalation.status != Status.RESOLVED.value,
        )
        .order_by(col(Crisis.id))
    ).all()


class _Named:
    """People by id, looked up once."""

    def __init__(self, session: Session, workspace_id: int) -> None:
        self._session, self._workspace_id = session, workspace_id

    def person(self, member_id: int | None) -> Person | None:
        row = self._session.get(Member, (self._workspace_id, member_id)) if member_id is not None else None
        return Person(row.id, row.name, row.slack_user_id or "") if row else None


def _line(task: CrisisTask, named: _Named) -> Line:
    member = int(task.owner.partition(":")[2]) if task.owner.startswith("member:") else None
    return Line(
        task.id, task.key, task.what, task.owner, named.person(member), named.person(task.taken_by), task.done_at,
        named.person(task.done_by),
    )  # fmt: skip


def _counts(session: Session, crisis: Crisis) -> tuple[int, int]:
    """How many customers there are, and how many were told."""
    counted = select(func.count(), func.count(col(CrisisCustomer.told_at))).where(
        CrisisCustomer.workspace_id == crisis.workspace_id, CrisisCustomer.crisis_id == crisis.id
    )
    total, told = session.exec(counted).one()
    return int(total), int(told)


def _gathered_open(session: Session, escalation: Escalation) -> int:
    counted = select(func.count()).select_from(Escalation)
    return session.exec(
        counted.where(
            Escalation.workspace_id == escalation.workspace_id,
            Escalation.parent_id == escalation.id,
            Escalation.status != Status.RESOLVED.value,
        )
    ).one()


def _actions(session: Session, escalation: Escalation, named: _Named) -> tuple[Task, ...]:
    rows = session.exec(
        select(Prevention)
        .where(Prevention.workspace_id == escalation.workspace_id, Prevention.escalation_id == escalation.id)
        .order_by(col(Prevention.id))
    )
    found = ((row, named.person(row.owner_id)) for row in rows)
    return tuple(Task(row.what, owner, row.due_at, row.done_at) for row, owner in found if owner)
