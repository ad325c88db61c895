"""The messages about talks and promises: asked for once, at a good moment of whoever reads them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from .. import duty, notices, people
from ..people import Team
from .tables import Promise, Talk

TALK_CARD, TALK_DAY, TALK_LATE = "coaching.talk", "coaching.talk_day", "coaching.talk_late"
PROMISE_DAY, PROMISE_LATE, PROMISE_CHECK = "coaching.promise_day", "coaching.promise_late", "coaching.promise_check"
TALK_KINDS = (TALK_CARD, TALK_DAY, TALK_LATE)
PROMISE_KINDS = (PROMISE_DAY, PROMISE_LATE, PROMISE_CHECK)


def talk_key(kind: str, talk: Talk, reader_id: int) -> str:
    """One for each reader and each moment that the talk was planned at."""
    return f"{kind}:{talk.id}:{talk.moved}:{reader_id}"


def round_and_reader(key: str) -> tuple[int, int]:
    """How often the talk had been moved when a message was asked for, and who reads it."""
    moved, reader = key.split(":")[-2:]
    return int(moved), int(reader)


def tell_talk(session: Session, team: Team, talk: Talk, *, now: datetime) -> None:
    """Both see the talk and its state: who chose the time at once, the other at a good moment of theirs."""
    notices.refresh(session, talk.workspace_id, TALK_KINDS, talk.id)
    for member_id in (talk.lead_id, talk.agent_id):
        at = now if member_id == talk.proposed_by else duty.good_moment(session, team, member_id, now)
        due = now if at is None or at >= talk.planned_at else at
        post(session, team, TALK_CARD, talk_key(TALK_CARD, talk, member_id), talk.id, member_id, now=now, due_at=due)


def redraw_talk(session: Session, talk: Talk) -> None:
    notices.refresh(session, talk.workspace_id, TALK_KINDS, talk.id)


def redraw_promise(session: Session, promise: Promise) -> None:
    notices.refresh(session, promise.workspace_id, PROMISE_KINDS, promise.id)


def post(
    session: Session, team: Team, kind: str, key: str, subject_id: int, member_id: int, *,
    now: datetime, due_at: datetime | None = None, expires_at: datetime | None = None,
) -> bool:  # fmt: skip
    """To one person in their own language; whether it was new. Nothing for whoever is not in Slack."""
    member = people.member(session, team.workspace_id, member_id)
    if member.slack_user_id is None:
        return False
    return notices.post(
        session,
        team.workspace_id,
        key=key,
        kind=kind,
        subject_id=subject_id,
        team_id=team.id,
        place=member.slack_user_id,
        language=people.reader_language(session, member),
        now=now,
        due_at=due_at,
        expires_at=expires_at,
    )
