"""Who is still to be welcomed, who does not know yet who sees their figures, and to whom somebody can object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select

from .. import people
from ..people import Member, Membership, Role, Team
from ..privacy.reads import Standing, standing
from ..setup.tables import Setup
from .tables import Objection, ToldLevel, Welcome


@dataclass(frozen=True, slots=True)
class Unaware:
    """A welcomed agent who was told another level of a team of theirs, or none yet. `changes`: of what they know."""

    workspace_id: int
    member_id: int
    team_id: int
    level: str
    before: str | None
    changes: int


def wanting(session: Session, now: datetime) -> list[tuple[int, int]]:
    """(workspace, member) of the agents in Slack who were never welcomed, of teams whose setup is done."""
    query = (
        select(Member.workspace_id, Member.id)
        .join_from(Setup, Membership, _of_team())
        .join(Member, _of_member())
        .outerjoin(Welcome, _welcomed())
        .where(col(Setup.done_at).is_not(None), col(Welcome.id).is_(None), *_works(now))
        .distinct()
    )
    return list(session.exec(query).all())


def unaware(session: Session, now: datetime) -> list[Unaware]:
    """Who of the welcomed is to be told anew: their team has agreed to another level, or they are in one more team."""
    is_known = and_(
        col(ToldLevel.workspace_id) == col(Membership.workspace_id),
        col(ToldLevel.member_id) == col(Membership.member_id),
        col(ToldLevel.team_id) == col(Membership.team_id),
    )
    query = (
        select(Team, Membership.member_id, ToldLevel)
        .join_from(Welcome, Membership, _welcomed())
        .join(Member, _of_member())
        .join(Team, (col(Team.workspace_id) == Membership.workspace_id) & (col(Team.id) == Membership.team_id))
        .outerjoin(Setup, _of_team())
        .outerjoin(ToldLevel, is_known)
        .where(
            or_(
                col(ToldLevel.level) != col(Team.person_figures),
                and_(col(ToldLevel.id).is_(None), or_(col(Setup.id).is_(None), col(Setup.done_at).is_not(None))),
            ),
            *_works(now),
        )
    )
    return [
        Unaware(
            team.workspace_id, member_id, team.id, team.person_figures,
            known.level if known else None, known.changes if known else 0,
        )
        for team, member_id, known in session.exec(query).all()
    ]  # fmt: skip


def told(session: Session, person: Member, now: datetime) -> list[Standing]:
    """The teams that an agent is welcomed to, with what each has agreed to: not those that are being set up."""
    works_in = {
        one.team_id
        for one in people.memberships(session, person.workspace_id, person.id)
        if one.role == Role.AGENT and people.holds(one.from_day, one.to_day, now.date())
    }
    begun = select(Setup.team_id).where(Setup.workspace_id == person.workspace_id, col(Setup.done_at).is_(None))
    works_in.difference_update(session.exec(begun).all())
    return [one for one in standing(session, person, now) if one.team.id in works_in]


def told_level(session: Session, workspace_id: int, told_id: int) -> ToldLevel | None:
    """What somebody was told about one of their teams, by its id."""
    return session.get(ToldLevel, (workspace_id, told_id))


def readers(session: Session, team: Team, now: datetime) -> list[Member]:
    """Who reads what an agent of a team objects to: its leads, where it has none its managers, else the admins. Only
    those in Slack."""
    for role in (Role.LEAD, Role.MANAGER):
        if found := [one for one in people.members_of(session, team, now.date(), role) if one.slack_user_id]:
            return found
    admins = select(Member).where(Member.workspace_id == team.workspace_id, Member.role == Role.ADMIN)
    return [one for one in session.exec(admins.order_by(col(Member.name))) if one.slack_user_id]


def objection(session: Session, workspace_id: int, objection_id: int) -> Objection | None:
    """One, by its id."""
    return session.get(Objection, (workspace_id, objection_id))


def objections(session: Session, person: Member) -> Sequence[Objection]:
    """What somebody wrote, oldest first."""
    query = select(Objection).where(Objection.workspace_id == person.workspace_id, Objection.member_id == person.id)
    return session.exec(query.order_by(col(Objection.at))).all()


def _of_team() -> ColumnElement[bool]:
    return and_(col(Setup.workspace_id) == col(Membership.workspace_id), col(Setup.team_id) == col(Membership.team_id))


def _of_member() -> ColumnElement[bool]:
    return and_(col(Member.workspace_id) == col(Membership.workspace_id), col(Member.id) == col(Membership.member_id))


def _welcomed() -> ColumnElement[bool]:
    return and_(
        col(Welcome.workspace_id) == col(Membership.workspace_id),
        col(Welcome.member_id) == col(Membership.member_id),
    )


def _works(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Somebody in Slack, who is an agent today."""
    return (
        col(Member.slack_user_id).is_not(None),
        col(Membership.role) == Role.AGENT,
        col(Membership.from_day) <= now.date(),
        or_(col(Membership.to_day).is_(None), col(Membership.to_day) >= now.date()),
    )
