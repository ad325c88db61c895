"""What is said in a round: to everybody who scores, to those who are not done, and to all who took part at its end."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from .. import duty, notices, people
from ..calendars import Calendar
from ..people import Team
from . import rules
from .contents import Round

INVITE = "calibration.invite"
REMINDER = "calibration.reminder"
RESULT = "calibration.result"
MORNING = time(9)
NOT_LAST = timedelta(hours=1)
"""The reminder on the day comes so long before the round ends, at least."""


def reader_of(key: str) -> int:
    """The member whom a notice is for, by its key."""
    return int(key.split(":")[2])


def invite(session: Session, team: Team, found: Round, *, now: datetime) -> None:
    """Tell everybody, within their working time, what they are to score; and remind whoever is not done by then."""
    calendar = people.calendar_of(session, team)
    due_on = calendar.local_day(found.due_at - timedelta(seconds=1))
    days = rules.reminder_days(calendar, due_on, calendar.local_day(now))
    for one in found.calibrators:
        at = duty.good_moment(session, team, one.member_id, now)
        _post(session, team, found, INVITE, one.member_id, now=now, due_at=at if at and at < found.due_at else now)
        for which, day in days.items():
            midnight = calendar.midnight(day)
            at = duty.good_moment(session, team, one.member_id, midnight)
            if at is None or calendar.local_day(at) != day:
                at = _begins(calendar, day)
            at = min(at, found.due_at - NOT_LAST)
            if at > now:
                key = f"{one.member_id}:{which}"
                _post(session, team, found, REMINDER, one.member_id, key=key, now=now, due_at=at)


def _begins(calendar: Calendar, day: date) -> datetime:
    return calendar.opening(day) or calendar.at_local(day, MORNING)


def tell_result(session: Session, team: Team, found: Round, *, now: datetime) -> None:
    """One message to all who took part, and to whoever began the round."""
    for member_id in sorted({one.member_id for one in found.calibrators if one.done} | {found.by_id}):
        _post(session, team, found, RESULT, member_id, now=now, due_at=now)


def show(session: Session, workspace_id: int, calibration_id: int) -> None:
    """Let the messages that stand say how far it is now."""
    notices.refresh(session, workspace_id, [INVITE, REMINDER], calibration_id)


def _post(
    session: Session,
    team: Team,
    found: Round,
    kind: str,
    member_id: int,
    *,
    key: str = "",
    now: datetime,
    due_at: datetime,
) -> None:
    """Ask for a message to somebody; nothing where we do not know them in Slack."""
    member = people.member(session, team.workspace_id, member_id)
    if member.slack_user_id is None:
        return
    notices.post(
        session,
        team.workspace_id,
        key=f"{kind}:{found.id}:{key or member_id}",
        kind=kind,
        subject_id=found.id,
        team_id=team.id,
        place=member.slack_user_id,
        language=people.reader_language(session, member),
        now=now,
        due_at=due_at,
        expires_at=found.due_at if kind != RESULT else None,
    )
