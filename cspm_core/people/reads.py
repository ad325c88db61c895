"""Who is who: teams by name, people by Slack user, roles today."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from .. import errors
from .rules import Asker, Role, fold, language_of
from .tables import Agreement, CalendarOverride, Identity, Look, Member, Membership, Team, Workspace


def workspace(session: Session, slack_id: str | None = None) -> Workspace:
    """The workspace named by its Slack id, or the only one. Raises NoWorkspace, SeveralWorkspaces."""
    every = session.exec(select(Workspace)).all()
    chosen = [w for w in every if slack_id in (w.slack_id, w.name)] if slack_id else list(every)
    if len(chosen) > 1:
        raise errors.SeveralWorkspaces([w.slack_id or w.name or str(w.id) for w in chosen])
    if not chosen:
        raise errors.NoWorkspace
    return chosen[0]


def workspaces(session: Session) -> Sequence[Workspace]:
    """Every workspace in this database, oldest first."""
    return session.exec(select(Workspace).order_by(col(Workspace.id))).all()


def plain_blocks_since(session: Session, workspace_id: int) -> datetime | None:
    """Since when this workspace's Slack refuses the blocks of 2026; None: it takes them."""
    found = session.get(Workspace, (workspace_id, workspace_id))
    return found.plain_blocks_since if found else None


def teams(session: Session, workspace_id: int) -> list[Team]:
    """Every team, by name."""
    rows = session.exec(select(Team).where(Team.workspace_id == workspace_id)).all()
    return sorted(rows, key=lambda team: team.name_key)


def team(session: Session, workspace_id: int, team_id: int) -> Team:
    """One team. Raises UnknownTeam."""
    found = session.get(Team, (workspace_id, team_id))
    if found is None:
        raise errors.UnknownTeam(str(team_id))
    return found


def team_named(session: Session, workspace_id: int, name: str) -> Team:
    """The team of that name, whatever its case. Raises UnknownTeam with the nearest name, NoTeams."""
    every = teams(session, workspace_id)
    if not every:
        raise errors.NoTeams
    for found in every:
        if found.name_key == fold(name):
            return found
    near = difflib.get_close_matches(fold(name), [t.name_key for t in every], n=1, cutoff=0.5)
    nearest = next((t.name for t in every if near and t.name_key == near[0]), None)
    raise errors.UnknownTeam(name, nearest, [t.name for t in every[:10]])


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


def overrides(session: Session, team: Team) -> list[CalendarOverride]:
    """The days on which a team works other hours than usual."""
    return list(
        session.exec(
            select(CalendarOverride)
            .where(CalendarOverride.workspace_id == team.workspace_id, CalendarOverride.team_id == team.id)
            .order_by(col(CalendarOverride.day))
        )
    )


def agreements(session: Session, team: Team) -> list[Agreement]:
    """Who agreed to which level of figures about one person, oldest first."""
    return list(
        session.exec(
            select(Agreement)
            .where(Agreement.workspace_id == team.workspace_id, Agreement.team_id == team.id)
            .order_by(col(Agreement.agreed_at))
        )
    )


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
