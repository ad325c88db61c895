"""Which open escalations should have moved and have not: clocks that nobody followed, messages that nobody sees.

Only reads, and every one by an index that holds the open ones, so that ten thousand of them cost little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, literal, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from ..notices import Notice
from ..notices.rules import wait
from .changing import CLOCKS
from .tables import Escalation, EscalationEvent
from .telling import ASK, BUNDLE, CALL, CARD, CARDS, DIRECT, LINE

GRACE = timedelta(minutes=2)
"""A clock may be followed so much later."""
UNSHOWN_FOR = timedelta(minutes=5)
STAYS = timedelta(minutes=10)
"""Late for longer than this is told to people."""
TRIED = 5
"""An update of a message that was tried so often is late; when it was wanted first is nowhere written."""
MOST = 200
"""So many of a kind are looked at one by one."""
MOOT = "moot"
REACHING = (CARD, DIRECT, CALL, ASK)
"""Messages that can reach somebody who takes it."""


class Why(StrEnum):
    CLOCK = "clock"
    """A clock is over and nobody has followed it."""
    LOST = "lost"
    """A clock is over, and nobody would look."""
    STILL = "still"
    """Open, and nothing would ever move it."""
    ENDLESS = "endless"
    """Taken, and its owner would never be asked again."""
    UNSHOWN = "unshown"
    """A message of it is wanted and not in Slack."""
    HELD = "held"
    """A message of it was begun and neither finished nor tried again."""
    FAILED = "failed"
    """Slack has taken none of its messages since one was given up."""


OURS = frozenset({Why.CLOCK, Why.LOST, Why.STILL, Why.ENDLESS, Why.HELD})
"""What Slack has no part in: the bot does not do its work."""


@dataclass(frozen=True, slots=True)
class Late:
    """One escalation that is late, or one of its messages. `code`: what Slack said."""

    workspace_id: int
    team_id: int
    escalation_id: int
    number: int
    severity: int
    why: Why
    since: datetime
    notice_id: int | None = None
    code: str = ""

    def stays(self, now: datetime) -> bool:
        """Whether it has been late for so long that people should know."""
        return self.since <= now - STAYS


def late(
    session: Session, *, now: datetime, real_now: datetime | None = None, workspace_id: int | None = None
) -> list[Late]:
    """Everything that is late, the longest first; of each kind at most `MOST`. `real_now`: claims run on it; None:
    they are not looked at. `workspace_id` None: over all."""
    looks = (_unfollowed, _lost, _still, _endless, _unshown, _lines, _bundles, _failed)
    where = [] if workspace_id is None else [col(Escalation.workspace_id) == workspace_id]
    if session.exec(select(Escalation.id).where(*where, stands()).limit(1)).first() is None:
        return []  # only what stands can be late: with nothing open, one look is enough
    found = [one for look in looks for one in look(session, where, now, real_now)]
    return sorted(_once(found), key=lambda one: (one.since, one.number))


def counted(found: Iterable[Late]) -> dict[Why, int]:
    """How many escalations of each kind."""
    return dict(Counter(why for why, _, _ in {(one.why, one.workspace_id, one.escalation_id) for one in found}))


def _once(found: Iterable[Late]) -> list[Late]:
    """A message that holds several escalations is late once."""
    seen: dict[tuple[Any, ...], Late] = {}
    for one in found:
        seen.setdefault((one.workspace_id, one.why, one.notice_id or one.escalation_id), one)
    return list(seen.values())


Where = Sequence[ColumnElement[bool]]


def stands() -> ColumnElement[bool]:
    """Not resolved, written as the index of the open ones has it, so that databases use it."""
    return col(Escalation.status) != literal("resolved", literal_execute=True)


def _is(status: str) -> ColumnElement[bool]:
    return and_(stands(), col(Escalation.status) == status)


def _unfollowed(session: Session, where: Where, now: datetime, _: datetime | None) -> Iterator[Late]:
    query = select(Escalation).where(*where, col(Escalation.next_at) < now - GRACE, stands())
    for one in session.exec(query.order_by(col(Escalation.next_at)).limit(MOST)):
        yield _late(one, Why.CLOCK, one.next_at or now)


def _lost(session: Session, where: Where, now: datetime, _: datetime | None) -> Iterator[Late]:
    over = now - GRACE
    overlooked = or_(col(Escalation.next_at).is_(None), col(Escalation.next_at) >= over)
    query = select(Escalation).where(*where, stands(), overlooked, or_(*_over(over))).limit(MOST)
    for one in session.exec(query):
        clocks = [getattr(one, name) for name in (*CLOCKS, "next_step_at")]
        yield _late(one, Why.LOST, min(at for at in clocks if at is not None and at < over))


def _over(at: datetime) -> list[ColumnElement[bool]]:
    climbs = and_(col(Escalation.status) == "open", col(Escalation.snoozed_until).is_(None))
    return [*(col(getattr(Escalation, name)) < at for name in CLOCKS), and_(climbs, col(Escalation.next_step_at) < at)]


def _still(session: Session, where: Where, _: datetime, __: datetime | None) -> Iterator[Late]:
    idle = [getattr(Escalation, name) for name in ("next_step_at", "snoozed_until", "parent_id")]
    query = select(Escalation).where(*where, _is("open"), *(col(one).is_(None) for one in idle)).limit(MOST)
    for one in session.exec(query):
        yield _late(one, Why.STILL, one.last_seen_at)


def _endless(session: Session, where: Where, now: datetime, _: datetime | None) -> Iterator[Late]:
    ends = [getattr(Escalation, name) for name in ("acknowledged_until", "asked_until", "snoozed_until")]
    query = select(Escalation).where(*where, _is("acknowledged"), *(col(one).is_(None) for one in ends)).limit(MOST)
    for one in session.exec(query):
        yield _late(one, Why.ENDLESS, one.acknowledged_at or now)


def _wanted(now: datetime, real_now: datetime | None, *, attempted: bool) -> ColumnElement[bool]:
    """Not as it should be for too long. `attempted`: only what was tried, since it waits for its thread else."""
    tried = col(Notice.attempts) >= TRIED
    unseen = and_(
        col(Notice.due_at) < now - UNSHOWN_FOR, tried if attempted else or_(tried, col(Notice.slack_ts).is_(None))
    )
    held = col(Notice.claimed_until) < real_now - UNSHOWN_FOR if real_now else false()
    is_wanted = [col(Notice.version) > col(Notice.shown), col(Notice.failed).is_(None)]
    may_be = or_(col(Notice.slack_ts).is_not(None), col(Notice.expires_at).is_(None), col(Notice.expires_at) > now)
    return and_(*is_wanted, may_be, or_(unseen, held))


def _unshown(session: Session, where: Where, now: datetime, real_now: datetime | None) -> Iterator[Late]:
    query = (
        select(Notice, Escalation)
        .join(Escalation, _same_workspace() & (col(Escalation.id) == col(Notice.subject_id)))
        .where(*where, col(Notice.kind).in_(CARDS), _wanted(now, real_now, attempted=False), stands())
    )
    return (_message(notice, one, now, real_now) for notice, one in session.exec(query.limit(MOST)))


def _lines(session: Session, where: Where, now: datetime, real_now: datetime | None) -> Iterator[Late]:
    event = _same(EscalationEvent, Notice) & (col(EscalationEvent.id) == col(Notice.subject_id))
    query = (
        select(Notice, Escalation)
        .join(EscalationEvent, event)
        .join(Escalation, _same_workspace() & (col(Escalation.id) == col(EscalationEvent.escalation_id)))
        .where(*where, col(Notice.kind) == LINE, _wanted(now, real_now, attempted=True), stands())
    )
    return (_message(notice, one, now, real_now) for notice, one in session.exec(query.limit(MOST)))


def _bundles(session: Session, where: Where, now: datetime, real_now: datetime | None) -> Iterator[Late]:
    query = (
        select(Notice, Escalation)
        .join(Escalation, _same_workspace() & (col(Escalation.bundle_id) == col(Notice.subject_id)))
        .where(*where, col(Notice.kind) == BUNDLE, _wanted(now, real_now, attempted=False), stands())
    )
    return (_message(notice, one, now, real_now) for notice, one in session.exec(query.limit(MOST)))


def _failed(session: Session, where: Where, now: datetime, _: datetime | None) -> Iterator[Late]:
    """Given up, and nothing of the same escalation has come into Slack after it."""
    after = aliased(Notice)
    since = (
        select(func.count())
        .select_from(after)
        .where(
            _same(after, Notice),
            col(after.subject_id) == col(Notice.subject_id),
            col(after.kind).in_(REACHING),
            col(after.slack_ts).is_not(None),
            col(after.id) > col(Notice.id),
        )
        .scalar_subquery()
    )
    query = (
        select(Notice, Escalation)
        .select_from(Escalation)
        .join(Notice, _same_workspace() & (col(Notice.subject_id) == col(Escalation.id)))
        .where(
            *where,
            _is("open"),
            col(Notice.kind).in_((CARD, DIRECT, CALL)),
            col(Notice.failed) != MOOT,
            col(Notice.slack_ts).is_(None),
            col(Notice.due_at) < now - UNSHOWN_FOR,
            since == 0,
        )
    )
    for notice, one in session.exec(query.limit(MOST)):
        yield _late(one, Why.FAILED, notice.due_at, notice.id, notice.failed or "")


def _same(one: Any, other: Any) -> ColumnElement[bool]:
    return col(one.workspace_id) == col(other.workspace_id)


def _same_workspace() -> ColumnElement[bool]:
    return _same(Escalation, Notice)


def _message(notice: Notice, one: Escalation, now: datetime, real_now: datetime | None) -> Late:
    if real_now and notice.claimed_until and notice.claimed_until < real_now - UNSHOWN_FOR:
        return _late(one, Why.HELD, now - (real_now - notice.claimed_until), notice.id)
    return _late(one, Why.UNSHOWN, _wanted_since(notice, now), notice.id)


def _wanted_since(notice: Notice, now: datetime) -> datetime:
    """Since it is due; an update, since so many attempts as there were."""
    if notice.slack_ts is None:
        return notice.due_at
    spent = sum((wait(n) for n in range(notice.attempts)), timedelta(0))
    return min(notice.retry_at or now, now + wait(notice.attempts)) - spent


def _late(one: Escalation, why: Why, since: datetime, notice_id: int | None = None, code: str = "") -> Late:
    return Late(one.workspace_id, one.team_id, one.id, one.number, one.severity, why, since, notice_id, code)
