"""The weekly thank-you by itself, and how thanks and grants are drawn when they are delivered."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from cspm_core import people, recognition
from cspm_core.calendars import midnight
from cspm_core.notices import Notice
from cspm_core.recognition import Reward, RewardGrant, ThankYou

from ..blocks import Drawing
from ..notices import Kind
from ..runtime import Runtime
from ..words import Words
from . import views

log = structlog.get_logger(__name__)


def thank(runtime: Runtime) -> None:
    """Every team whose week is over; one team's trouble does not keep the others waiting."""
    now = runtime.now()
    with runtime.store.reading() as session:
        due = recognition.wanting(session, now=now)
    for workspace_id, team_id, week in due:
        try:
            with runtime.store.transaction() as session:
                recognition.say(session, people.team(session, workspace_id, team_id), week, now=now)
        except Exception:
            log.exception("no weekly thank-you", team=team_id)


def _kudos(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    found = recognition.thanks(session, notice.workspace_id, notice.subject_id)
    return views.kudos(found, t) if found and found.reason else None


def _week(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    row = session.get(ThankYou, (notice.workspace_id, notice.subject_id))
    if row is None:
        return None
    team = people.team(session, notice.workspace_id, row.team_id)
    begin, end = midnight(row.week, team.timezone), midnight(row.week + timedelta(days=7), team.timezone)
    found = recognition.of_team(session, team, begin, end)
    return views.week(found, team.name, row.week, t) if found else None


def _granted(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    row = session.get(RewardGrant, (notice.workspace_id, notice.subject_id))
    reward = session.get(Reward, (notice.workspace_id, row.reward_id)) if row else None
    if row is None or reward is None:
        return None
    by = people.member(session, notice.workspace_id, row.by_id)
    team = people.team(session, notice.workspace_id, row.team_id)
    return views.granted(views.Granted(reward.name, by.name, row.at, row.reason), team.timezone, t)


KINDS = {
    recognition.KUDOS: Kind(_kudos),
    recognition.THANKS: Kind(_week),
    recognition.GRANTED: Kind(_granted),
}
