"""What reviews and disputes do by themselves: they reach people at a good moment, and climb."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlmodel import Session

from cspm_core import disputes, people
from cspm_core.disputes import Standing, State, Status
from cspm_core.notices import Notice

from ..blocks import Drawing
from ..notices import Kind
from ..runtime import Runtime
from ..words import Words
from . import decide_views, views

log = structlog.get_logger(__name__)


def sweep(runtime: Runtime) -> None:
    """Whatever is due; the trouble of one does not keep the others waiting."""
    now = runtime.now()
    with runtime.store.reading() as session:
        due = disputes.due(session, now=now)
    for one in due:
        try:
            with runtime.store.transaction() as session:
                disputes.move_on(session, one, now=now)
        except Exception:
            log.exception("review or dispute did not move on", id=one.id, is_dispute=one.is_dispute)


def _told(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    """Not outside its agent's shift nor in the last hour of it, nor once it is somebody else's."""
    member_id = disputes.member_of(notice.key)
    one = disputes.for_agent(session, notice.workspace_id, notice.subject_id, member_id, now=now)
    if notice.slack_ts is None:
        team = people.team(session, notice.workspace_id, one.review.team_id)
        if one.state is State.MOVED or not disputes.is_good_moment(session, team, member_id, now):
            return None
        one = disputes.as_told(session, team, one, member_id, now=now)
    return views.told(one, t)


def _held(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    one = disputes.standing(session, notice.workspace_id, notice.subject_id, now=now)
    is_stale = notice.slack_ts is None and not one.waits_for_talk
    return None if is_stale else views.held(one, t)


def _decide(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    one = _of(session, notice, now)
    is_stale = notice.slack_ts is None and (one.objection is None or one.objection.status is not Status.OPEN)
    return None if is_stale else decide_views.card(one, t)


def _outcome(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    one, member_id = _of(session, notice, now), disputes.member_of(notice.key)
    if one.objection is not None and one.objection.by_id == member_id:
        own = disputes.for_agent(session, notice.workspace_id, one.review.id, member_id, now=now)
        return decide_views.outcome(own, t, for_agent=True)
    return decide_views.outcome(one, t, for_agent=False)


def _of(session: Session, notice: Notice, now: datetime) -> Standing:
    return disputes.of_dispute(session, notice.workspace_id, notice.subject_id, now=now)


KINDS = {
    disputes.TOLD: Kind(_told, arrived=disputes.arrived, is_vital=True),
    disputes.HELD: Kind(_held),
    disputes.DECIDE: Kind(_decide, is_vital=True),
    disputes.OUTCOME: Kind(_outcome),
}
