"""Two questions to the agent after a talk, kept only by team and quarter. Callers commit."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from .. import duty, errors, notices, people
from ..calendars import local_day
from ..coaching.tables import Talk
from ..people import Member
from . import rules
from .pulses import keep

AFTER = "wellbeing.after_talk"
SOON = timedelta(hours=1)
LATE = timedelta(days=3)
OPEN = timedelta(days=7)


def wanting(session: Session, *, now: datetime) -> list[tuple[int, int]]:
    """Talks (workspace, talk) that were held an hour to three days ago and whose agent was not asked."""
    rows = session.exec(
        select(Talk.workspace_id, Talk.id).where(
            Talk.status == "held",
            col(Talk.is_answered).is_(None),
            col(Talk.held_at) <= now - SOON,
            col(Talk.held_at) > now - LATE,
        )
    )
    return list(rows.all())


def ask(session: Session, workspace_id: int, talk_id: int, *, now: datetime) -> bool:
    """Ask the agent, once, at a good moment of their day."""
    done = session.exec(
        update(Talk)
        .where(col(Talk.workspace_id) == workspace_id, col(Talk.id) == talk_id, col(Talk.is_answered).is_(None))
        .values(is_answered=False)
        .execution_options(synchronize_session=False)
    )
    talk = session.get(Talk, (workspace_id, talk_id), populate_existing=True)
    if done.rowcount != 1 or talk is None:
        return False
    agent = people.member(session, workspace_id, talk.agent_id)
    team = people.team(session, workspace_id, talk.team_id)
    if not agent.slack_user_id:
        return False
    return notices.post(
        session,
        workspace_id,
        key=f"{AFTER}:{talk.id}",
        kind=AFTER,
        subject_id=talk.id,
        team_id=talk.team_id,
        place=agent.slack_user_id,
        language=people.reader_language(session, agent),
        now=now,
        due_at=duty.good_moment(session, team, agent.id, now) or now,
        expires_at=now + OPEN,
    )


def answer(
    session: Session, workspace_id: int, talk_id: int, by: Member, first: int, second: int, *, now: datetime
) -> bool:
    """What the agent says of a talk, once; kept without the talk. Raises NotForYou, UnknownTalk."""
    talk = session.get(Talk, (workspace_id, talk_id))
    if talk is None:
        raise errors.UnknownTalk(str(talk_id))
    if talk.agent_id != by.id:
        raise errors.NotForYou([])
    done = session.exec(
        update(Talk)
        .where(col(Talk.workspace_id) == workspace_id, col(Talk.id) == talk_id, col(Talk.is_answered).is_(False))
        .values(is_answered=True)
        .execution_options(synchronize_session=False)
    )
    session.expire(talk)
    if done.rowcount != 1:
        return False
    team = people.team(session, workspace_id, talk.team_id)
    quarter = rules.quarter(local_day(now, team.timezone))
    keep(session, workspace_id, team.id, rules.TALK, quarter, first, second)
    notices.refresh(session, workspace_id, AFTER, talk_id)
    return True
