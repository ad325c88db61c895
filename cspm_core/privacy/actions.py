"""Telling people each week who looked at what concerns them. Callers commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from .. import duty, notices
from ..calendars import local_day, midnight
from ..ids import new_id
from ..once import add_once
from ..people import Look, Member, Team, memberships, reader_language, team
from ..people.rules import holds
from .reads import WEEK, monday
from .tables import LookSummary

SUMMARY = "privacy.looks"


@dataclass(frozen=True, slots=True)
class Wanting:
    """Somebody who was looked at in a week that is over and has not been told. `week`: its Monday."""

    workspace_id: int
    member_id: int
    week: date


def wanting(session: Session, *, now: datetime) -> list[Wanting]:
    """Who is to be told about the week before this one, each in their own zone."""
    looked_at = session.exec(
        select(Look.workspace_id, Look.subject_id).where(col(Look.at) >= now - 2 * WEEK - timedelta(days=1)).distinct()
    ).all()
    lately = select(LookSummary).where(col(LookSummary.week) >= (now - 3 * WEEK).date())
    told = {(one.workspace_id, one.member_id, one.week) for one in session.exec(lately)}
    found = []
    for workspace_id, member_id in looked_at:
        person = session.get(Member, (workspace_id, member_id))
        home = home_of(session, person, now) if person else None
        if person is None or home is None or not person.slack_user_id:
            continue
        week = monday(local_day(now, zone_of(person, home))) - WEEK
        if (workspace_id, member_id, week) not in told and _has_looks(session, person, home, week):
            found.append(Wanting(workspace_id, member_id, week))
    return found


def tell(session: Session, one: Wanting, *, now: datetime) -> bool:
    """Ask for a direct message about a week, once, at a good moment of the person's day; whether it was new."""
    person = session.get(Member, (one.workspace_id, one.member_id))
    home = home_of(session, person, now) if person else None
    if person is None or home is None or not person.slack_user_id:
        return False
    row = LookSummary(workspace_id=one.workspace_id, id=new_id(now), member_id=person.id, week=one.week)
    if not add_once(session, row):
        return False
    return notices.post(
        session,
        one.workspace_id,
        key=f"{SUMMARY}:{person.id}:{one.week.isoformat()}",
        kind=SUMMARY,
        subject_id=row.id,
        team_id=home.id,
        place=person.slack_user_id,
        language=reader_language(session, person),
        now=now,
        due_at=duty.good_moment(session, home, person.id, now) or now,
        expires_at=now + WEEK,
    )


def span(person: Member, home: Team, week: date) -> tuple[datetime, datetime]:
    """From when to when a person's own week lasts."""
    zone = zone_of(person, home)
    return midnight(week, zone), midnight(week + WEEK, zone)


def zone_of(person: Member, home: Team) -> str:
    """A person's own zone, else their team's."""
    return person.timezone or home.timezone


def _has_looks(session: Session, person: Member, home: Team, week: date) -> bool:
    begin, end = span(person, home, week)
    query = select(Look.id).where(
        Look.workspace_id == person.workspace_id,
        Look.subject_id == person.id,
        col(Look.at) >= begin,
        col(Look.at) < end,
    )
    return session.exec(query.limit(1)).first() is not None


def home_of(session: Session, person: Member, now: datetime) -> Team | None:
    """The team that a person joined last and is still in."""
    held = [m for m in memberships(session, person.workspace_id, person.id) if holds(m.from_day, m.to_day, now.date())]
    return team(session, person.workspace_id, held[-1].team_id) if held else None
