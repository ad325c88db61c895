"""Making somebody known from what a list says: found again by Slack user, address or name, and brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from .. import errors
from . import actions, reads
from .rules import EVERYWHERE, Role
from .tables import Identity, Member, Membership, Team


def introduce(
    session: Session,
    workspace_id: int,
    name: str,
    *,
    now: datetime,
    email: str | None = None,
    slack_user_id: str | None = None,
    language: str | None = None,
    also_known_as: tuple[str, ...] = (),
) -> Member:
    """The person of that name, made or brought up to date; what is None stays as it is.

    Raises Taken with the address, the Slack user or the other name that is somebody else's.
    """
    person = known(session, workspace_id, name, email, slack_user_id)
    if person is None:
        person = actions.add_member(
            session, workspace_id, name, now=now, email=email, slack_user_id=slack_user_id, language=language
        )
    said = {"name": name, "email": email, "slack_user_id": slack_user_id, "language": language}
    for column, value in said.items():
        if value is not None and getattr(person, column) != value:
            setattr(person, column, value)
    session.add(person)
    session.flush()
    for alias in filter(None, (name, email)):
        if actions.identity(session, workspace_id, alias, now=now).member_id is None:
            actions.be_known_as(session, person, alias, now=now)
    for alias in also_known_as:
        actions.be_known_as(session, person, alias, now=now)
    return person


def known(
    session: Session, workspace_id: int, name: str, email: str | None, slack_user_id: str | None
) -> Member | None:
    """The person such a list means, if there is one. Raises Taken where address and Slack user are two people's."""
    by_slack = reads.member_by_slack(session, workspace_id, slack_user_id) if slack_user_id else None
    by_email = _by_email(session, workspace_id, email) if email else None
    if by_slack and by_email and by_slack.id != by_email.id:
        raise errors.Taken(email or "")
    person = by_slack or by_email
    if person is None:
        person = reads.member_named(session, workspace_id, name)
        if person and (_differ(person.email, email) or _differ(person.slack_user_id, slack_user_id)):
            return None  # two people of one name
    elif _differ(person.slack_user_id, slack_user_id):
        raise errors.Taken(email or "")
    return person


def _by_email(session: Session, workspace_id: int, email: str) -> Member | None:
    return session.exec(select(Member).where(Member.workspace_id == workspace_id, Member.email == email)).first()


def _differ(known: str | None, said: str | None) -> bool:
    return bool(known and said and known != said)


def give_role(
    session: Session,
    person: Member,
    role: Role | None,
    team: Team | None,
    *,
    now: datetime,
    from_day: date | None = None,
    to_day: date | None = None,
) -> None:
    """Give a person a role: over all teams, or in a team. Without a role, somebody with a team is an agent there.

    Without a first day the place they have in that role is kept, and its last day only changed where one is said. With
    one that falls into a time in that role that is known, the known first day was wrong: nobody holds a role twice.
    """
    if role in EVERYWHERE:
        person.role = Role(role).value
        session.add(person)
        session.flush()
        return
    if team is None:
        return
    role = role or Role.AGENT
    held = [m for m in reads.memberships(session, person.workspace_id, person.id) if _is(m, team, role)]
    if from_day is None:
        if held and to_day is None:
            return
        from_day = held[-1].from_day if held else None
    else:
        _correct(session, held, from_day, to_day)
    days: dict[str, Any] = {"to_day": to_day} if from_day is None else {"from_day": from_day, "to_day": to_day}
    actions.join_team(session, team, person, role, now=now, **days)


def _correct(session: Session, held: Sequence[Membership], from_day: date, to_day: date | None) -> None:
    """Let the one time in a role that overlaps with these days begin on the first of them."""
    if any(place.from_day == from_day for place in held):
        return
    for place in held:
        if place.from_day <= (to_day or date.max) and (place.to_day or date.max) >= from_day:
            place.from_day = from_day
            session.add(place)
            session.flush()
            return


def _is(place: Membership, team: Team, role: Role) -> bool:
    return place.team_id == team.id and place.role == role


Picture = tuple[Any, ...]


def picture(session: Session, person: Member) -> Picture:
    """All that is known of a person, to tell whether something changed."""
    named = session.exec(
        select(Identity.key)
        .where(Identity.workspace_id == person.workspace_id, Identity.member_id == person.id)
        .order_by(col(Identity.key))
    ).all()
    places = reads.memberships(session, person.workspace_id, person.id)
    held = sorted((m.team_id, m.role, m.from_day, m.to_day or date.max) for m in places)
    return (person.name, person.email, person.slack_user_id, person.role, person.language, tuple(held), tuple(named))
