"""Judging goals that are over, and how questions, answers and ends are drawn when they are delivered."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlmodel import Session

from cspm_core import goals, people
from cspm_core.notices import Notice

from ..blocks import Drawing
from ..notices import Kind
from ..runtime import Runtime
from ..words import Words
from . import views

log = structlog.get_logger(__name__)


def settle(runtime: Runtime) -> None:
    """Every goal that is over; one goal's trouble does not keep the others waiting."""
    now = runtime.now()
    with runtime.permit, runtime.store.reading() as session:
        due = goals.due(session, now=now)
    for workspace_id, goal_id in due:
        try:
            with runtime.store.transaction() as session:
                goals.settle(session, goals.goal(session, workspace_id, goal_id), now=now)
        except Exception:
            log.exception("goal not judged", goal=goal_id)


def _asked(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    one = goals.goal(session, notice.workspace_id, notice.subject_id)
    if notice.slack_ts is None and one.status != "proposed":
        return None
    by = people.member(session, notice.workspace_id, one.proposed_by).name
    return views.asked(goals.progress(session, one, now=now), by, t)


def _answered(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    one = goals.goal(session, notice.workspace_id, notice.subject_id)
    return views.answered(goals.progress(session, one, now=now), t)


def _ended(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    one = goals.goal(session, notice.workspace_id, notice.subject_id)
    found = goals.progress(session, one, now=now)
    if one.member_id is not None and not _may_see(session, notice, one.member_id, one.team_id, now):
        return views.ended_unseen(found, t)
    return views.ended(found, t)


def _may_see(session: Session, notice: Notice, member_id: int, team_id: int, now: datetime) -> bool:
    """Whether the reader may see figures about whom a goal bound."""
    reader = people.asker(session, notice.workspace_id, notice.place, now.date())
    team = people.team(session, notice.workspace_id, team_id)
    return people.may_see_person(reader, member_id, team.id, team.person_figures)


KINDS = {goals.ASKED: Kind(_asked), goals.ANSWERED: Kind(_answered), goals.ENDED: Kind(_ended)}
