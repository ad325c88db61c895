"""What is done about escalations that are late: set going again within bounds, and told to whoever looks after all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Update, and_
from sqlmodel import Session, col, func, select, update

from .. import notices, people
from ..notices import Notice
from ..people import Member, Role, calendar_of
from .changing import change, locked, note
from .lateness import Late, Why
from .rules import Happened, Origin, Status
from .tables import Escalation, EscalationEvent
from .telling import UNINVITED

REPORT = "watch.report"
"""To each admin: what stays late. Its subject is the how-manieth time that something did."""
MOST_TRIES = 3
"""So often an hour one thing is set going again."""
TOLD_FOR = timedelta(days=1)
EPISODES = 1_000_000
"""Numbers of reports lie below, ids of everything else far above."""
ACCIDENT = "accident"
"""A notice that was given up for a defect of ours may be tried again; what Slack refuses for good may not."""


def set_going(session: Session, one: Late, *, now: datetime) -> bool:
    """Let one late thing be done at the next sweep or delivery; at most three times an hour. Whether it was."""
    escalation = locked(session, one.workspace_id, one.escalation_id)
    if escalation.status == Status.RESOLVED:
        return False
    key = f"watch:{one.why}:{one.notice_id or 0}:{now:%Y%m%d%H}"
    tries = _tries(session, one, key)
    if tries >= MOST_TRIES or not _mended(session, escalation, one, now):
        return False
    return (
        note(session, escalation, Happened.WATCHED, Origin.CLOCK, now=now, key=f"{key}:{tries}", why=one.why)
        is not None
    )


def _tries(session: Session, one: Late, key: str) -> int:
    return session.exec(
        select(func.count())
        .select_from(EscalationEvent)
        .where(
            EscalationEvent.workspace_id == one.workspace_id,
            EscalationEvent.escalation_id == one.escalation_id,
            col(EscalationEvent.key).startswith(key + ":"),
        )
    ).one()


def _mended(session: Session, escalation: Escalation, one: Late, now: datetime) -> bool:
    """Whether something was changed; looked at anew, since others may have been faster."""
    match one.why:
        case Why.CLOCK:
            return False  # the sweep looks at it every second as it is
        case Why.LOST:
            change(session, escalation)
        case Why.STILL:
            if escalation.status != Status.OPEN or escalation.next_step_at or escalation.snoozed_until:
                return False
            change(session, escalation, next_step_at=now, waits_for="")
        case Why.ENDLESS:
            if escalation.status != Status.ACKNOWLEDGED or escalation.acknowledged_until or escalation.asked_until:
                return False
            change(session, escalation, acknowledged_until=now)
        case _:
            return session.exec(_again(one)).rowcount == 1
    return True


def _again(one: Late) -> Update:
    """A message is tried at once. Its claim stays, so that Slack is asked first whether it stands there."""
    statement = update(Notice).where(
        col(Notice.workspace_id) == one.workspace_id, col(Notice.id) == (one.notice_id or 0)
    )
    if one.why is Why.FAILED:
        statement = statement.where(col(Notice.failed) == ACCIDENT).values(failed=None, attempts=0, retry_at=None)
    elif one.why is Why.HELD:
        statement = statement.where(col(Notice.claimed_until).is_not(None)).values(claimed_until=None, retry_at=None)
    else:
        statement = statement.where(col(Notice.retry_at).is_not(None)).values(retry_at=None)
    return statement.execution_options(synchronize_session=False)


def to_tell(session: Session, workspace_id: int, found: Sequence[Late], *, now: datetime) -> list[Late]:
    """What has been late for so long that people should know; not what the leads were told today already, with what
    to do: that the bot cannot speak in their channel."""
    stays = [one for one in found if one.stays(now)]
    if not any(one.why is Why.UNSHOWN for one in stays):
        return stays
    told = set(
        session.exec(
            select(Notice.team_id).where(
                Notice.workspace_id == workspace_id,
                Notice.kind == UNINVITED,
                col(Notice.due_at) > now - TOLD_FOR,
                col(Notice.failed).is_(None),
            )
        )
    )
    return [one for one in stays if one.why is not Why.UNSHOWN or one.team_id not in told]


def lasts(session: Session, workspace_id: int) -> bool:
    """Whether a report stands that does not say yet that all is well."""
    newest = _newest(session, workspace_id)
    return newest is not None and newest.expires_at is None


def report(session: Session, workspace_id: int, stays: Sequence[Late], *, now: datetime) -> None:
    """What stays late is told to each admin, in one message that is edited while it lasts; where there is none, to the
    leads of the teams. Nothing late any more: it says so."""
    newest = _newest(session, workspace_id)
    stands = newest is not None and newest.expires_at is None
    if not stays:
        if stands:
            _end(session, workspace_id, now)
        return
    number = newest.subject_id + (not stands) if newest else 1
    for reader in _readers(session, workspace_id, stays, now):
        notices.post(
            session,
            workspace_id,
            key=f"{REPORT}:{number}:{reader.id}",
            kind=REPORT,
            subject_id=number,
            team_id=stays[0].team_id,
            place=str(reader.slack_user_id),
            language=people.reader_language(session, reader),
            now=now,
        )
    if stands:
        notices.refresh(session, workspace_id, REPORT, number)


def _reports(workspace_id: int) -> ColumnElement[bool]:
    return and_(col(Notice.workspace_id) == workspace_id, col(Notice.subject_id) < EPISODES, col(Notice.kind) == REPORT)


def _newest(session: Session, workspace_id: int) -> Notice | None:
    query = select(Notice).where(_reports(workspace_id))
    return session.exec(query.order_by(col(Notice.subject_id).desc(), col(Notice.id)).limit(1)).first()


def _end(session: Session, workspace_id: int, now: datetime) -> None:
    """What was said is said to be over; what was not is not said any more."""
    session.exec(
        update(Notice)
        .where(_reports(workspace_id), col(Notice.expires_at).is_(None))
        .values(expires_at=now, version=col(Notice.version) + 1)
        .execution_options(synchronize_session=False)
    )


def _readers(session: Session, workspace_id: int, stays: Sequence[Late], now: datetime) -> list[Member]:
    admins = select(Member).where(Member.workspace_id == workspace_id, Member.role == Role.ADMIN.value)
    found = {one.id: one for one in session.exec(admins) if one.slack_user_id}
    if not found:
        for team_id in dict.fromkeys(one.team_id for one in stays):
            team = people.team(session, workspace_id, team_id)
            day = calendar_of(session, team).local_day(now)
            leads = people.members_of(session, team, day, Role.LEAD)
            found |= {one.id: one for one in leads if one.slack_user_id}
    return list(found.values())
