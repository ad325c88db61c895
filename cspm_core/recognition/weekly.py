"""A team's thank-you at the end of its week, drawn from the kudos of that week. Callers commit."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from .. import notices
from ..calendars import midnight
from ..ids import new_id
from ..once import add_once
from ..people import Team, calendar_of
from ..people.workspace_reads import workspaces
from . import reads
from .tables import Kudos, ThankYou

THANKS = "recognition.week"
AT = time(15)
DAY = timedelta(days=1)
LATE = timedelta(days=2)
"""Later than this after its moment it is not said any more."""


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def wanting(session: Session, *, now: datetime) -> list[tuple[int, int, date]]:
    """Teams (workspace, team, Monday) whose week's thank-you is due: at 15:00 on its last working day, once."""
    lately = set(
        session.exec(select(Kudos.workspace_id, Kudos.team_id).where(col(Kudos.at) >= now - 9 * DAY).distinct()).all()
    )
    found = []
    for one in workspaces(session):
        for team in session.exec(select(Team).where(Team.workspace_id == one.id)):
            if (one.id, team.id) not in lately or not team.channel or not reads.settings(session, team).thanks_weekly:
                continue
            if monday := _due(session, team, now):
                found.append((one.id, team.id, monday))
    return found


def _due(session: Session, team: Team, now: datetime) -> date | None:
    calendar = calendar_of(session, team)
    monday = week_of(calendar.local_day(now))
    for week in (monday, monday - 7 * DAY):
        days = [week + n * DAY for n in range(7) if calendar.is_working_day(week + n * DAY)]
        at = calendar.at_local(days[-1] if days else week + 4 * DAY, AT)
        if at <= now < at + LATE and not _is_said(session, team, week) and _has_any(session, team, week):
            return week
    return None


def say(session: Session, team: Team, week: date, *, now: datetime) -> bool:
    """Ask for it in the team's channel, once; whether it was new."""
    row = ThankYou(workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, week=week, at=now)
    if not team.channel or not add_once(session, row):
        return False
    return notices.post(
        session,
        team.workspace_id,
        key=f"{THANKS}:{team.id}:{week.isoformat()}",
        kind=THANKS,
        subject_id=row.id,
        team_id=team.id,
        place=team.channel,
        language=team.language,
        now=now,
        expires_at=now + LATE,
    )


def _is_said(session: Session, team: Team, week: date) -> bool:
    query = select(ThankYou.id).where(
        ThankYou.workspace_id == team.workspace_id, ThankYou.team_id == team.id, ThankYou.week == week
    )
    return session.exec(query).first() is not None


def _has_any(session: Session, team: Team, week: date) -> bool:
    begin, end = (midnight(week + n * DAY, team.timezone) for n in (0, 7))
    return bool(reads.of_team(session, team, begin, end))
