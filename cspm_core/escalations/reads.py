"""Which escalations there are: one by number, lists for a person or a team, what is similar, what a digest tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from .. import errors
from ..notices import Notice
from ..people import Asker, Member, Team, teams
from .rules import CONFIDENTIAL, SIMILAR_WITHIN, Status
from .tables import Escalation
from .telling import CARD

OPEN, MINE, OVERDUE, RESOLVED = "open", "mine", "overdue", "resolved"
LISTS = (OPEN, MINE, OVERDUE, RESOLVED)
MOST = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list."""

    id: int
    number: int
    team: str
    team_id: int
    timezone: str
    severity: int
    kind: str
    status: str
    what: str
    rule: str
    rule_facts: str
    ticket_key: str
    url: str
    opened_at: datetime
    owner: str
    owner_id: int | None
    snoozed_until: datetime | None
    next_step_at: datetime | None
    promise_due_at: datetime | None
    is_overdue: bool
    resolved_at: datetime | None
    count: int
    is_veiled: bool
    """Confidential, and the reader is none of its people: no words are shown."""


def numbered(session: Session, workspace_id: int, number: int) -> Escalation:
    """The escalation that people call by a number. Raises UnknownEscalation."""
    found = session.exec(
        select(Escalation).where(Escalation.workspace_id == workspace_id, Escalation.number == number)
    ).first()
    if found is None:
        raise errors.UnknownEscalation(f"E{number}")
    return found


def one(session: Session, workspace_id: int, escalation_id: int) -> Escalation:
    """One escalation. Raises UnknownEscalation."""
    found = session.get(Escalation, (workspace_id, escalation_id))
    if found is None:
        raise errors.UnknownEscalation(str(escalation_id))
    return found


def of_message(session: Session, workspace_id: int, channel: str, ts: str) -> Escalation | None:
    """The escalation to whose card, or source message, a thread belongs."""
    noticed = session.exec(
        select(Notice.subject_id).where(
            Notice.workspace_id == workspace_id,
            Notice.slack_channel == channel,
            Notice.slack_ts == ts,
            Notice.kind == CARD,
        )
    ).first()
    if noticed is not None:
        return session.get(Escalation, (workspace_id, noticed))
    of_this = select(Escalation).where(
        Escalation.workspace_id == workspace_id, Escalation.message_channel == channel, Escalation.message_ts == ts
    )
    newest = (col(Escalation.status) == Status.RESOLVED.value, col(Escalation.id).desc())
    return session.exec(of_this.order_by(*newest).limit(1)).first()


def listing(
    session: Session,
    asker: Asker,
    workspace_id: int,
    which: str,
    *,
    team: Team | None,
    now: datetime,
    limit: int = MOST,
) -> list[Listed]:
    """Those an asker may see: the open ones (or resolved in the last week), what is overdue and worst first. `team`:
    only of that one."""
    not_test = Escalation.source != "test"
    query = select(Escalation).where(Escalation.workspace_id == workspace_id, not_test, *_which(which, asker, now))
    if team is not None:
        query = query.where(Escalation.team_id == team.id)
    elif asker.everywhere is None:
        query = query.where(or_(col(Escalation.team_id).in_(asker.team_ids), *_own(asker)))
    order = (col(Escalation.resolved_at).desc(),) if which == RESOLVED else (col(Escalation.severity),)
    rows = session.exec(query.order_by(*order, col(Escalation.opened_at)).limit(limit)).all()
    if which != RESOLVED:
        rows = sorted(rows, key=lambda row: not _is_overdue(row, now))
    known = {one.id: one for one in teams(session, workspace_id)}
    owners = _names(session, workspace_id, {row.owner_id for row in rows if row.owner_id is not None})
    return [_listed(row, asker, known[row.team_id], owners, now) for row in rows]


def _own(asker: Asker) -> list[ColumnElement[bool]]:
    if asker.member_id is None:
        return []
    return [col(Escalation.owner_id) == asker.member_id, col(Escalation.raised_by) == asker.member_id]


def _which(which: str, asker: Asker, now: datetime) -> list[ColumnElement[bool]]:
    stands = col(Escalation.status) != Status.RESOLVED.value
    match which:
        case "mine":
            return [stands, or_(*_own(asker)) if _own(asker) else col(Escalation.id).is_(None)]
        case "overdue":
            return [stands, overdue(now)]
        case "resolved":
            return [col(Escalation.resolved_at) >= now - timedelta(days=7), col(Escalation.status) == Status.RESOLVED]
    return [stands, col(Escalation.parent_id).is_(None)]


def overdue(now: datetime) -> ColumnElement[bool]:
    """Nobody took it in time, a promise is over, or it should be back from where it was handed to."""
    untaken = and_(
        col(Escalation.status) == Status.OPEN.value,
        col(Escalation.acknowledge_due_at) < now,
        col(Escalation.snoozed_until).is_(None),
        col(Escalation.parent_id).is_(None),
    )
    broken = and_(col(Escalation.promise_due_at) < now, col(Escalation.promise_kept_at).is_(None))
    return or_(untaken, broken, col(Escalation.handed_due_at) < now)


def _is_overdue(row: Escalation, now: datetime) -> bool:
    untaken = row.status == Status.OPEN and row.acknowledge_due_at is not None and row.acknowledge_due_at < now
    broken = row.promise_due_at is not None and row.promise_due_at < now and row.promise_kept_at is None
    late = row.handed_due_at is not None and row.handed_due_at < now
    return (untaken and row.snoozed_until is None and row.parent_id is None) or broken or late


def _names(session: Session, workspace_id: int, ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    rows = session.exec(
        select(Member.id, Member.name).where(Member.workspace_id == workspace_id, col(Member.id).in_(ids))
    )
    return dict(rows.all())


def _listed(row: Escalation, asker: Asker, team: Team, owners: dict[int, str], now: datetime) -> Listed:
    own = asker.member_id is not None and asker.member_id in (row.owner_id, row.raised_by)
    veiled = row.kind in CONFIDENTIAL and not own and not asker.leads(row.team_id)
    return Listed(
        id=row.id,
        number=row.number,
        team=team.name,
        team_id=team.id,
        timezone=team.timezone,
        severity=row.severity,
        kind=row.kind,
        status=row.status,
        what="" if veiled else row.what,
        rule=row.rule,
        rule_facts=row.rule_facts,
        ticket_key="" if veiled else row.ticket_key,
        url="" if veiled else row.url,
        opened_at=row.opened_at,
        owner=owners.get(row.owner_id or 0, ""),
        owner_id=row.owner_id,
        snoozed_until=row.snoozed_until,
        next_step_at=row.next_step_at if row.status == Status.OPEN else None,
        promise_due_at=row.promise_due_at if row.promise_kept_at is None else None,
        is_overdue=_is_overdue(row, now),
        resolved_at=row.resolved_at,
        count=row.count,
        is_veiled=veiled,
    )


def similar(session: Session, escalation: Escalation, *, now: datetime, limit: int = 5) -> Sequence[Escalation]:
    """Earlier ones of the last 90 days with the same customer or category, newest first; confidential ones left out."""
    same = [
        and_(col(column) == value, col(column) != "")
        for column, value in (
            (Escalation.customer_key, escalation.customer_key),
            (Escalation.category, escalation.category),
        )
    ]
    return session.exec(
        select(Escalation)
        .where(
            Escalation.workspace_id == escalation.workspace_id,
            Escalation.first_team_id == escalation.first_team_id,
            Escalation.id != escalation.id,
            col(Escalation.parent_id).is_(None),
            col(Escalation.kind).not_in(CONFIDENTIAL),
            Escalation.source != "test",
            col(Escalation.opened_at) >= now - SIMILAR_WITHIN,
            col(Escalation.opened_at) <= now,
            or_(*same),
        )
        .order_by(col(Escalation.opened_at).desc())
        .limit(limit)
    ).all()


@dataclass(frozen=True, slots=True)
class Bundled:
    """One of those that a channel sees together."""

    id: int
    number: int
    severity: int
    status: str
    what: str
    rule: str
    rule_facts: str
    ticket_key: str
    url: str
    owner: str


def bundled(session: Session, workspace_id: int, bundle_id: int) -> list[Bundled]:
    """What one bundle holds, the open and worst first."""
    rows = session.exec(
        select(Escalation)
        .where(Escalation.workspace_id == workspace_id, Escalation.bundle_id == bundle_id)
        .order_by(
            col(Escalation.status) == Status.RESOLVED.value,
            col(Escalation.severity),
            col(Escalation.opened_at),
            col(Escalation.number),
        )
    ).all()
    owners = _names(session, workspace_id, {row.owner_id for row in rows if row.owner_id is not None})
    return [_bundled(row, owners.get(row.owner_id or 0, "")) for row in rows]


def _bundled(row: Escalation, owner: str) -> Bundled:
    """What became confidential meanwhile keeps its number, and loses its words."""
    veiled = row.kind in CONFIDENTIAL
    what, rule, key, url = ("",) * 4 if veiled else (row.what, row.rule, row.ticket_key, row.url)
    return Bundled(row.id, row.number, row.severity, row.status, what, rule, row.rule_facts, key, url, owner)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a team's escalations stand: what a digest tells."""

    open: int
    oldest_at: datetime | None
    oldest_number: int | None
    overdue: int
    resolved: int
    """Since an instant."""
    repeats: int
    """Of the resolved ones, those of a customer or category that had one within 90 days before."""
    oldest_s: float | None = None
    """How long the oldest has been open."""


def standing(session: Session, team: Team, *, since: datetime, now: datetime) -> Standing:
    """The open, the oldest, the overdue, those resolved since an instant and the repeats among them: as they stood at
    `now`, which may be over."""
    of_team: list[Any] = [
        Escalation.workspace_id == team.workspace_id,
        Escalation.team_id == team.id,
        col(Escalation.parent_id).is_(None),
        Escalation.source != "test",
        col(Escalation.opened_at) <= now,
    ]
    stood = [*of_team, or_(col(Escalation.resolved_at).is_(None), col(Escalation.resolved_at) > now)]
    counted = session.exec(select(func.count()).select_from(Escalation).where(*stood)).one()
    late = session.exec(select(func.count()).select_from(Escalation).where(*stood, _was_overdue(now))).one()
    first = (col(Escalation.opened_at), col(Escalation.id))
    oldest = session.exec(select(Escalation).where(*stood).order_by(*first).limit(1)).first()
    ended = session.exec(
        select(Escalation).where(*of_team, col(Escalation.resolved_at) > since, col(Escalation.resolved_at) <= now)
    ).all()
    return Standing(
        open=counted,
        oldest_at=oldest.opened_at if oldest else None,
        oldest_number=oldest.number if oldest else None,
        overdue=late,
        resolved=len(ended),
        repeats=sum(is_repeat(session, row) for row in ended),
        oldest_s=(now - oldest.opened_at).total_seconds() if oldest else None,
    )


def _was_overdue(at: datetime) -> ColumnElement[bool]:
    """The same as `overdue`, of what had not been taken, kept or handed back by an instant that may be over."""
    untaken = and_(
        col(Escalation.acknowledge_due_at) < at,
        or_(col(Escalation.acknowledged_at).is_(None), col(Escalation.acknowledged_at) > at),
        col(Escalation.snoozed_until).is_(None),
    )
    broken = and_(
        col(Escalation.promise_due_at) < at,
        or_(col(Escalation.promise_kept_at).is_(None), col(Escalation.promise_kept_at) > at),
    )
    return or_(untaken, broken, col(Escalation.handed_due_at) < at)


def is_repeat(session: Session, row: Escalation) -> bool:
    """Whether the same customer or category had another within the 90 days before it."""
    return bool(similar(session, row, now=row.opened_at, limit=1))
