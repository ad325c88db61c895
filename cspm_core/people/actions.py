"""Changing who is who. Callers commit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select, update

from .. import errors
from ..ids import new_id
from .rules import Asker, PersonFigures, Role, fold
from .tables import Agreement, CalendarOverride, Identity, Look, Member, Membership, Team, Workspace


def found_workspace(session: Session, *, now: datetime) -> Workspace:
    """The unclaimed workspace that a new database starts with; an existing one is left as it is."""
    existing = session.exec(select(Workspace)).first()
    if existing:
        return existing
    fresh = new_id(now)
    row = Workspace(workspace_id=fresh, id=fresh)
    session.add(row)
    session.flush()
    return row


def claim_workspace(session: Session, slack_id: str, name: str, *, now: datetime) -> Workspace:
    """The workspace of a Slack team: known already, or the unclaimed one, or a new one."""
    known = session.exec(select(Workspace).where(Workspace.slack_id == slack_id)).first()
    if known:
        return known
    unclaimed = session.exec(select(Workspace).where(col(Workspace.slack_id).is_(None))).first()
    if unclaimed is None:
        fresh = new_id(now)
        unclaimed = Workspace(workspace_id=fresh, id=fresh)
        session.add(unclaimed)
        session.flush()
    session.exec(
        update(Workspace)
        .where(col(Workspace.id) == unclaimed.id, col(Workspace.slack_id).is_(None))
        .values(slack_id=slack_id, name=name, claimed_at=now)
    )
    session.refresh(unclaimed)
    return unclaimed if unclaimed.slack_id == slack_id else claim_workspace(session, slack_id, name, now=now)


def add_team(session: Session, workspace_id: int, name: str, *, now: datetime, **settings: Any) -> Team:
    """A new team; `settings` are columns of `Team`, checked by the caller. Raises Taken."""
    taken = session.exec(select(Team).where(Team.workspace_id == workspace_id, Team.name_key == fold(name))).first()
    if taken:
        raise errors.Taken(taken.name)
    team = Team(workspace_id=workspace_id, id=new_id(now), name=" ".join(name.split()), name_key=fold(name), **settings)
    session.add(team)
    session.flush()
    return team


def change_team(session: Session, team: Team, **settings: Any) -> None:
    """Set columns of a team; a changed calendar raises its version, so that tickets are counted again."""
    calendar = ("timezone", "hours", "holidays")
    moved = any(key in calendar and getattr(team, key) != value for key, value in settings.items())
    for key, value in settings.items():
        setattr(team, key, value)
    if moved:
        team.calendar_version += 1
    session.add(team)
    session.flush()


def override_day(session: Session, team: Team, day: date, hours: str, *, now: datetime) -> None:
    """Let a team work other hours on one day (empty: closed)."""
    row = session.exec(
        select(CalendarOverride).where(
            CalendarOverride.workspace_id == team.workspace_id,
            CalendarOverride.team_id == team.id,
            CalendarOverride.day == day,
        )
    ).first() or CalendarOverride(workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, day=day)
    row.hours = hours
    team.calendar_version += 1
    session.add_all([row, team])
    session.flush()


def agree_on_person_figures(session: Session, team: Team, level: str, by: str, *, now: datetime) -> None:
    """Set who may see figures about one person of the team, and write down who agreed and when."""
    team.person_figures = PersonFigures(level)
    session.add(team)
    session.add(
        Agreement(
            workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, level=level, agreed_by=by, agreed_at=now
        )
    )
    session.flush()


def identity(session: Session, workspace_id: int, name: str, *, now: datetime) -> Identity:
    """The identity behind a name in the data, made on first sight."""
    row = session.exec(
        select(Identity).where(Identity.workspace_id == workspace_id, Identity.key == fold(name))
    ).first()
    if row is None:
        row = Identity(workspace_id=workspace_id, id=new_id(now), key=fold(name), name=name.strip())
        session.add(row)
        session.flush()
    return row


def be_known_as(session: Session, person: Member, name: str, *, now: datetime) -> Identity:
    """Let a name in the data be this person's. Raises Taken where it is another's already."""
    row = identity(session, person.workspace_id, name, now=now)
    if row.member_id not in (None, person.id):
        raise errors.Taken(name)
    row.member_id = person.id
    session.add(row)
    session.flush()
    return row


def add_member(session: Session, workspace_id: int, name: str, *, now: datetime, **facts: Any) -> Member:
    """A new person, known in the data by name and address where nobody else is; `facts` are columns of `Member`."""
    person = Member(workspace_id=workspace_id, id=new_id(now), name=" ".join(name.split()), **facts)
    session.add(person)
    session.flush()
    for alias in filter(None, (person.name, person.email)):
        if identity(session, workspace_id, alias, now=now).member_id is None:
            be_known_as(session, person, alias, now=now)
    return person


def join_team(
    session: Session,
    team: Team,
    person: Member,
    role: Role,
    *,
    now: datetime,
    from_day: date = date(1970, 1, 1),
    to_day: date | None = None,
) -> Membership:
    """Put a person into a team in a role; saying it again changes only the end."""
    row = session.exec(
        select(Membership).where(
            Membership.workspace_id == team.workspace_id,
            Membership.team_id == team.id,
            Membership.member_id == person.id,
            Membership.role == role,
            Membership.from_day == from_day,
        )
    ).first() or Membership(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        member_id=person.id,
        role=role,
        from_day=from_day,
    )
    row.to_day = to_day
    session.add(row)
    session.flush()
    return row


def remember_team(session: Session, workspace_id: int, member_id: int, team_id: int) -> None:
    """The team a person asked for last: the one they get when they name none."""
    session.exec(
        update(Member)
        .where(col(Member.workspace_id) == workspace_id, col(Member.id) == member_id)
        .values(last_team_id=team_id)
    )


def log_look(session: Session, workspace_id: int, viewer: Asker, subject_id: int, what: str, *, now: datetime) -> None:
    """Write down that somebody looked at another person's figures; a look at one's own is nobody's business."""
    if viewer.member_id is None or viewer.member_id == subject_id:
        return
    session.add(
        Look(
            workspace_id=workspace_id,
            id=new_id(now),
            at=now,
            viewer_id=viewer.member_id,
            subject_id=subject_id,
            what=what,
        )
    )
    session.flush()


def remember_plain_blocks(session: Session, workspace_id: int, *, now: datetime) -> None:
    """This workspace's Slack refuses the blocks of 2026, as seen now."""
    session.exec(update(Workspace).where(col(Workspace.workspace_id) == workspace_id).values(plain_blocks_since=now))


def choose_language(session: Session, person: Member, language: str | None) -> None:
    """A person's own language before Slack's and the team's; None leaves it to them."""
    person.language = language
    session.add(person)
    session.flush()
