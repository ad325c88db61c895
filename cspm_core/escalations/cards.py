"""An escalation as it stands, with everything that a message about it shows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, text
from sqlmodel import Session, col, select

from .. import people
from ..people import Member, Team
from ..store import microseconds
from ..tickets import Ticket
from . import policies
from .rules import CONFIDENTIAL, Policy, Status
from .tables import Escalation, EscalationEvent, Prevention

GATHERED = 12
"""Of what was gathered under a crisis, so many are named."""
RATINGS = 3


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a message names them; `slack` may be empty."""

    id: int
    name: str
    slack: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What happens when nobody says "mine". `waits_for`: hours, duty, quiet, nobody, or empty."""

    who: str
    at: datetime
    waits_for: str
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """A customer's earlier rating, newest first."""

    text: str
    scale: str
    is_good: bool | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """One of those under a crisis."""

    number: int
    ticket_key: str
    url: str


@dataclass(frozen=True, slots=True)
class Task:
    """A prevention task."""

    what: str
    owner: Person
    due_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about one escalation, as of an instant."""

    id: int
    number: int
    team_id: int
    team: str
    timezone: str
    severity: int
    kind: str
    status: str
    what: str
    rule: str
    rule_facts: Mapping[str, Any]
    source: str
    count: int
    reopened: int
    opened_at: datetime
    happened_at: datetime | None
    raised_by: Person | None
    message_url: str
    ticket_key: str
    call_key: str
    url: str
    category: str
    customer: str
    organisation: str
    tier: str
    other_open: int
    """Other open tickets of the same customer."""
    ratings: tuple[Rating, ...]
    owner: Person | None
    seen_by: tuple[Person, ...]
    """Others who acknowledged it too."""
    acknowledged_at: datetime | None
    acknowledged_until: datetime | None
    asked_until: datetime | None
    snoozed_until: datetime | None
    handed_to: str
    handed_due_at: datetime | None
    promise: str
    promise_due_at: datetime | None
    promise_kept_at: datetime | None
    next_step: NextStep | None
    resolved_at: datetime | None
    resolved_by: Person | None
    cause_found: str
    solution: str
    like_number: int | None
    check_back_at: datetime | None
    checked_at: datetime | None
    satisfied: bool | None
    gathered: tuple[Gathered, ...]
    gathered_total: int
    under_number: int | None
    tasks: tuple[Task, ...]
    is_confidential: bool
    is_hidden: bool
    """No channel sees it."""
    needs_reason: bool
    now: datetime

    @property
    def is_overdue(self) -> bool:
        """A promise to the customer is over and not kept."""
        return self.promise_due_at is not None and self.promise_kept_at is None and self.promise_due_at <= self.now


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline; `people`: those that its facts name, by id."""

    at: datetime
    kind: str
    by: Person | None
    origin: str
    facts: Mapping[str, Any]
    people: Mapping[str, Person]
    timezone: str


def card(session: Session, workspace_id: int, escalation_id: int, *, now: datetime) -> Card | None:
    """One escalation; None where there is none of that id."""
    one = session.get(Escalation, (workspace_id, escalation_id))
    if one is None:
        return None
    team = people.team(session, workspace_id, one.team_id)
    known = _Known(session, workspace_id)
    gathered, total = _gathered(session, one)

    return Card(
        id=one.id,
        number=one.number,
        team_id=team.id,
        team=team.name,
        timezone=team.timezone,
        severity=one.severity,
        kind=one.kind,
        status=one.status,
        what=one.what,
        rule=one.rule,
        rule_facts=json.loads(one.rule_facts),
        source=one.source,
        count=one.count,
        reopened=one.reopened,
        opened_at=one.opened_at,
        happened_at=one.happened_at,
        raised_by=known.person(one.raised_by),
        message_url=one.message_url,
        ticket_key=one.ticket_key,
        call_key=one.call_key,
        url=one.url,
        category=one.category,
        customer=one.customer,
        organisation=one.organisation,
        tier=one.tier,
        other_open=_other_open(session, one),
        ratings=_ratings(session, one),
        owner=known.person(one.owner_id),
        seen_by=_seen_by(session, one, known),
        acknowledged_at=one.acknowledged_at,
        acknowledged_until=one.acknowledged_until,
        asked_until=one.asked_until,
        snoozed_until=one.snoozed_until,
        handed_to=one.handed_to,
        handed_due_at=one.handed_due_at,
        promise=one.promise,
        promise_due_at=one.promise_due_at,
        promise_kept_at=one.promise_kept_at,
        next_step=_next_step(one, known),
        resolved_at=one.resolved_at,
        resolved_by=known.person(one.resolved_by),
        cause_found=one.cause_found,
        solution=one.solution,
        like_number=_number(session, one, one.like_id),
        check_back_at=one.check_back_at,
        checked_at=one.checked_at,
        satisfied=one.satisfied,
        gathered=gathered,
        gathered_total=total,
        under_number=_number(session, one, one.parent_id),
        tasks=_tasks(session, one, known),
        is_confidential=one.kind in CONFIDENTIAL,
        is_hidden=one.channel is None,
        needs_reason=policies.settings(session, team).needs_reason,
        now=now,
    )


def timeline(session: Session, workspace_id: int, escalation_id: int) -> list[Line]:
    """Everything that happened to it, oldest first."""
    one = session.get(Escalation, (workspace_id, escalation_id))
    rows = session.exec(
        select(EscalationEvent)
        .where(EscalationEvent.workspace_id == workspace_id, EscalationEvent.escalation_id == escalation_id)
        .order_by(col(EscalationEvent.at), col(EscalationEvent.id))
    ).all()
    known = _Known(session, workspace_id)
    zone = people.team(session, workspace_id, one.team_id).timezone if one else "UTC"
    return [_line(row, known, zone) for row in rows]


def line(session: Session, workspace_id: int, event_id: int) -> tuple[EscalationEvent, Line] | None:
    """One line of a timeline by its id, with its row."""
    row = session.get(EscalationEvent, (workspace_id, event_id))
    if row is None:
        return None
    one = session.get_one(Escalation, (workspace_id, row.escalation_id))
    zone = people.team(session, workspace_id, one.team_id).timezone
    return row, _line(row, _Known(session, workspace_id), zone)


def _line(row: EscalationEvent, known: _Known, zone: str) -> Line:
    facts = json.loads(row.facts)
    named = [*facts.get("members", ()), *([facts["member"]] if facts.get("member") else [])]
    found = {key: known.person(int(key)) for key in named if str(key).isdigit()}
    named_people = {key: person for key, person in found.items() if person}
    return Line(row.at, row.kind, known.person(row.by), row.origin, facts, named_people, zone)


class _Known:
    """People by id, looked up once."""

    def __init__(self, session: Session, workspace_id: int) -> None:
        self._session, self._workspace_id = session, workspace_id
        self._found: dict[int, Person | None] = {}

    def person(self, member_id: int | None) -> Person | None:
        if member_id is None:
            return None
        if member_id not in self._found:
            row = self._session.get(Member, (self._workspace_id, member_id))
            self._found[member_id] = Person(row.id, row.name, row.slack_user_id or "") if row else None
        return self._found[member_id]


def _next_step(one: Escalation, known: _Known) -> NextStep | None:
    if one.status != Status.OPEN or one.next_step_at is None:
        return None
    steps = Policy.parse(one.policy).steps
    who = steps[min(one.step, len(steps) - 1)].who
    named = int(who.partition(":")[2]) if who.startswith("member:") else None
    return NextStep(who, one.next_step_at, one.waits_for, known.person(named))


def _other_open(session: Session, one: Escalation) -> int:
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    is_open = text("ticket.is_solved = 0" if is_sqlite else "NOT ticket.is_solved")  # as the partial index has it
    counted = select(func.count()).select_from(Ticket).where(*_of_customer(one), is_open)
    if one.ticket_id is not None:
        counted = counted.where(Ticket.id != one.ticket_id)
    return session.exec(counted).one() if one.customer or one.organisation else 0


def _of_customer(one: Escalation) -> list[Any]:
    """The tickets of the same organisation, else customer; named as the partial indexes have it."""
    name = "organisation" if one.organisation else "customer"
    same = col(getattr(Ticket, name)) == getattr(one, name)
    told = text(f"ticket.{name} <> ''")
    return [Ticket.workspace_id == one.workspace_id, Ticket.team_id == one.first_team_id, same, told]


def _ratings(session: Session, one: Escalation) -> tuple[Rating, ...]:
    if not (one.customer or one.organisation):
        return ()
    rows = session.exec(
        select(Ticket)
        .where(*_of_customer(one), col(Ticket.csat_at).is_not(None))
        .order_by(col(Ticket.csat_at).desc())
        .limit(RATINGS)
    )
    return tuple(Rating(row.csat or "", row.csat_scale or "", row.csat_good, row.csat_at) for row in rows)


def _seen_by(session: Session, one: Escalation, known: _Known) -> tuple[Person, ...]:
    if one.acknowledged_at is None:
        return ()
    since = microseconds(one.acknowledged_at) // 1_000_000
    rows = session.exec(
        select(EscalationEvent.by).where(
            EscalationEvent.workspace_id == one.workspace_id,
            EscalationEvent.escalation_id == one.id,
            EscalationEvent.kind == "seen_too",
            col(EscalationEvent.key).like(f"seen:%:{since}"),
        )
    )
    return tuple(person for person in map(known.person, rows) if person)


def _gathered(session: Session, one: Escalation) -> tuple[tuple[Gathered, ...], int]:
    children = [Escalation.workspace_id == one.workspace_id, Escalation.parent_id == one.id]
    total = session.exec(select(func.count()).select_from(Escalation).where(*children)).one()
    rows: Sequence[Escalation] = ()
    if total:
        newest = col(Escalation.opened_at).desc()
        rows = session.exec(select(Escalation).where(*children).order_by(newest).limit(GATHERED)).all()
    if not total and (keys := json.loads(one.rule_facts).get("tickets")):
        return _of_burst(session, one, keys)
    return tuple(Gathered(row.number, row.ticket_key, row.url) for row in rows), total


def _of_burst(session: Session, one: Escalation, keys: Sequence[str]) -> tuple[tuple[Gathered, ...], int]:
    """The tickets that a detector gathered: those that its facts name, of all that are counted."""
    named = [str(key) for key in keys[:GATHERED]]
    rows = session.exec(
        select(Ticket.key, Ticket.url).where(
            Ticket.workspace_id == one.workspace_id, Ticket.team_id == one.first_team_id, col(Ticket.key).in_(named)
        )
    )
    urls = dict(rows.all())
    return tuple(Gathered(0, key, urls.get(key, "")) for key in named), max(one.count, len(named))


def _number(session: Session, one: Escalation, other_id: int | None) -> int | None:
    other = session.get(Escalation, (one.workspace_id, other_id)) if other_id is not None else None
    return other.number if other else None


def _tasks(session: Session, one: Escalation, known: _Known) -> tuple[Task, ...]:
    rows = session.exec(
        select(Prevention).where(Prevention.workspace_id == one.workspace_id, Prevention.escalation_id == one.id)
    )
    found = ((row, known.person(row.owner_id)) for row in rows)
    return tuple(Task(row.what, owner, row.due_at, row.done_at) for row, owner in found if owner)


def team_of(session: Session, workspace_id: int, escalation_id: int) -> Team:
    """The team that has an escalation now. Raises UnknownTeam."""
    one = session.get_one(Escalation, (workspace_id, escalation_id))
    return people.team(session, workspace_id, one.team_id)
