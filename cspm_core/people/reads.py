"""Who is who: people by Slack user and by name, their roles today, and who looked at them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, or_, select

from .. import errors
from .rules import Asker, Role, fold, language_of
from .tables import Identity, Look, Member, Membership, Team


def member(session: Session, workspace_id: int, member_id: int) -> Member:
    """One person. Raises UnknownMember."""
    found = session.get(Member, (workspace_id, member_id))
    if found is None:
        raise errors.UnknownMember(str(member_id))
    return found


def member_by_slack(session: Session, workspace_id: int, slack_user_id: str) -> Member | None:
    """The person behind a Slack user, if we have met."""
    return session.exec(
        select(Member).where(Member.workspace_id == workspace_id, Member.slack_user_id == slack_user_id)
    ).first()


def member_named(session: Session, workspace_id: int, name: str) -> Member | None:
    """The person with that name or address, in any system."""
    found = session.exec(
        select(Identity).where(Identity.workspace_id == workspace_id, Identity.key == fold(name))
    ).first()
    if found and found.member_id:
        return session.get(Member, (workspace_id, found.member_id))
    return None


def asker(session: Session, workspace_id: int, slack_user_id: str, day: date) -> Asker:
    """Somebody in Slack with the roles they hold on a day; a stranger holds none."""
    person = member_by_slack(session, workspace_id, slack_user_id)
    if person is None:
        return Asker(None, "", slack_user_id, None, frozenset())
    held = session.exec(
        select(Membership.team_id, Membership.role).where(
            Membership.workspace_id == workspace_id,
            Membership.member_id == person.id,
            col(Membership.from_day) <= day,
            or_(col(Membership.to_day).is_(None), col(Membership.to_day) >= day),
        )
    ).all()
    everywhere = Role(person.role) if person.role in (Role.ADMIN, Role.EXECUTIVE) else None
    roles = frozenset((team_id, Role(role)) for team_id, role in held)
    return Asker(person.id, person.name, slack_user_id, everywhere, roles, person.last_team_id)


def memberships(session: Session, workspace_id: int, member_id: int) -> Sequence[Membership]:
    """Every membership a person has or had, oldest first."""
    return session.exec(
        select(Membership)
        .where(Membership.workspace_id == workspace_id, Membership.member_id == member_id)
        .order_by(col(Membership.from_day))
    ).all()


def members_of(session: Session, team: Team, day: date, role: Role | None = None) -> list[Member]:
    """The people of a team on a day, in one role or all, by name."""
    query = (
        select(Member)
        .join(
            Membership, (col(Membership.workspace_id) == Member.workspace_id) & (col(Membership.member_id) == Member.id)
        )
        .where(
            Membership.workspace_id == team.workspace_id,
            Membership.team_id == team.id,
            col(Membership.from_day) <= day,
            or_(col(Membership.to_day).is_(None), col(Membership.to_day) >= day),
        )
    )
    if role:
        query = query.where(Membership.role == role)
    return sorted({m.id: m for m in session.exec(query)}.values(), key=lambda m: fold(m.name))


def identities_of(session: Session, workspace_id: int, member_id: int) -> list[int]:
    """The identities (ids) a person has in the data."""
    return list(
        session.exec(select(Identity.id).where(Identity.workspace_id == workspace_id, Identity.member_id == member_id))
    )


def unmatched(session: Session, workspace_id: int) -> list[Identity]:
    """Names in the data that match no person yet, by name."""
    rows = session.exec(
        select(Identity).where(Identity.workspace_id == workspace_id, col(Identity.member_id).is_(None))
    ).all()
    return sorted(rows, key=lambda identity: identity.key)


def looks_at(session: Session, workspace_id: int, subject_id: int) -> list[Look]:
    """Every look at a person's figures, newest first."""
    return list(
        session.exec(
            select(Look)
            .where(Look.workspace_id == workspace_id, Look.subject_id == subject_id)
            .order_by(col(Look.at).desc())
        )
    )


def reader_language(session: Session, person: Member) -> str:
    """The language somebody reads: their own choice, Slack's, or that of a team they are in."""
    query = (
        select(Team.language)
        .join(
            Membership,
            (col(Membership.workspace_id) == Team.workspace_id) & (col(Membership.team_id) == Team.id),
        )
        .where(Membership.workspace_id == person.workspace_id, Membership.member_id == person.id)
        .order_by(col(Membership.from_day).desc())
    )
    return language_of(person.language, person.slack_locale, session.exec(query).first())
