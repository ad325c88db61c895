"""Which teams' data stands still, and who would know how to load newer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, or_, select

from .. import people, tickets
from ..people import Member, Role, Team
from ..setup.tables import Setup
from ..tickets import LIVE, Source
from ..tickets.reads import IMPORTED
from ..uploads import State, Upload
from ..uploads.rules import Choice
from .tables import StaleReminder

SHORTEST = timedelta(hours=1)
"""No team's data is too old sooner."""
KINDS = ("tickets", "events")
"""Files that bring tickets, by `uploads.KINDS`."""
EVERY_TEAM = '"team_id":null'
"""In the choice of a file that says itself whose each ticket is."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A reminder as it stands. `is_live`: the help desk told of events itself, and has fallen silent."""

    team: str
    timezone: str
    as_of: datetime
    is_live: bool
    is_over: bool
    """Newer data has come since."""


def wanting(session: Session, *, now: datetime) -> list[tuple[Team, datetime]]:
    """Teams whose data has become too old, where it ends, and about which nobody was reminded who could be."""
    ends = func.max(Source.complete_until)
    rows = session.exec(
        select(Source.workspace_id, Source.team_id, ends)
        .where(col(Source.kind).in_((IMPORTED, LIVE)))
        .group_by(col(Source.workspace_id), col(Source.team_id))
        .having(ends < now - SHORTEST)
    ).all()
    if not rows:
        return []
    reminded = {
        (one.workspace_id, one.team_id, one.as_of)
        for one in session.exec(select(StaleReminder).where(col(StaleReminder.as_of).in_({one[2] for one in rows})))
    }
    silent = (
        (people.team(session, workspace_id, team_id), as_of)
        for workspace_id, team_id, as_of in rows
        if (workspace_id, team_id, as_of) not in reminded
    )
    return [
        (team, as_of)
        for team, as_of in silent
        if is_too_old(session, team, as_of, now) and exporter_of(session, team, now)
    ]


def over(session: Session, *, now: datetime) -> list[StaleReminder]:
    """Reminders that still ask for newer data where it has come."""
    running = session.exec(select(StaleReminder).where(col(StaleReminder.is_over).is_(False))).all()
    return [row for row in running if _reach(session, row, now) > row.as_of]


def _reach(session: Session, row: StaleReminder, now: datetime) -> datetime:
    team = people.team(session, row.workspace_id, row.team_id)
    return tickets.complete_until(session, team, now) or row.as_of


def is_too_old(session: Session, team: Team, as_of: datetime, now: datetime) -> bool:
    """Whether data that ends then is silent by now; a live source that is heard from is not."""
    if now - as_of <= timedelta(hours=team.stale_after_hours):
        return False
    until = tickets.complete_until(session, team, now) or as_of
    return tickets.is_stale(people.calendar_of(session, team), until, now, team.stale_after_hours)


def exporter_of(session: Session, team: Team, now: datetime) -> Member | None:
    """Who loaded the team's last file in Slack; else who set the team up; None: an operator does it in a terminal."""
    for person in _candidates(session, team):
        asker = people.asker(session, team.workspace_id, str(person.slack_user_id), now.date())
        if asker.everywhere is Role.ADMIN or asker.leads(team.id):
            return person
    return None


def _candidates(session: Session, team: Team) -> Iterator[Member]:
    files = session.exec(
        select(Upload)
        .where(
            Upload.workspace_id == team.workspace_id,
            Upload.state == State.DONE,
            or_(Upload.team_id == team.id, col(Upload.choice).contains(EVERY_TEAM)),
        )
        .order_by(col(Upload.ended_at).desc())
        .limit(50)
    ).all()
    for row in files:
        choice = Choice.parse(row.choice) if row.choice else None
        if choice is None or choice.kind not in KINDS or choice.team_id not in (team.id, None):
            continue
        if person := people.member_by_slack(session, team.workspace_id, row.slack_user):
            yield person
    begun = session.exec(select(Setup).where(Setup.workspace_id == team.workspace_id, Setup.team_id == team.id)).first()
    if begun and begun.begun_by is not None:
        person = people.member(session, team.workspace_id, begun.begun_by)
        if person.slack_user_id:
            yield person


def stale(session: Session, row: StaleReminder) -> Stale:
    """What a reminder says now."""
    team = people.team(session, row.workspace_id, row.team_id)
    live = tickets.source(session, team, LIVE)
    is_live = live is not None and live.complete_until >= row.as_of
    return Stale(team.name, team.timezone, row.as_of, is_live, row.is_over)
