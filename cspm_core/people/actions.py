"""Changing who is who, and what a person has chosen. Callers commit."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, or_, select, update

from .. import errors
from ..ids import new_id
from ..once import the_one
from .rules import Asker, Role, fold
from .tables import Identity, Look, Member, Membership, Team


def identity(session: Session, workspace_id: int, name: str, *, now: datetime) -> Identity:
    """The identity behind a name in the data, made on first sight."""
    known = select(Identity).where(Identity.workspace_id == workspace_id, Identity.key == fold(name))
    fresh = Identity(workspace_id=workspace_id, id=new_id(now), key=fold(name), name=name.strip())
    return the_one(session, known, fresh)


def be_known_as(session: Session, person: Member, name: str, *, now: datetime) -> Identity:
    """Let a name in the data be this person's. Raises Taken where it is another's already."""
    row = identity(session, person.workspace_id, name, now=now)
    given = session.exec(
        update(Identity)
        .where(
            col(Identity.workspace_id) == row.workspace_id,
            col(Identity.id) == row.id,
            or_(col(Identity.member_id).is_(None), col(Identity.member_id) == person.id),
        )
        .values(member_id=person.id, is_nobody=False)
    )
    if given.rowcount != 1:
        raise errors.Taken(name)
    session.refresh(row)
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
    known = select(Membership).where(
        Membership.workspace_id == team.workspace_id,
        Membership.team_id == team.id,
        Membership.member_id == person.id,
        Membership.role == role,
        Membership.from_day == from_day,
    )
    fresh = Membership(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        member_id=person.id,
        role=role,
        from_day=from_day,
    )
    row = the_one(session, known, fresh)
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


def choose_language(session: Session, person: Member, language: str | None) -> None:
    """A person's own language before Slack's and the team's; None leaves it to them."""
    person.language = language
    session.add(person)
    session.flush()


REACHES = ("digest_copy", "hears_failures")
"""What a person may have sent to them, by the column that says so."""


def choose_reach(session: Session, person: Member, wanted: Container[str]) -> None:
    """Which of `REACHES` come to a person by direct message."""
    for column in REACHES:
        setattr(person, column, column in wanted)
    session.add(person)
    session.flush()


def ask_anew(session: Session, person: Member) -> None:
    """What Slack says of a person has changed: it is to be asked the next time they speak."""
    person.locale_asked_at = None
    session.add(person)
    session.flush()
