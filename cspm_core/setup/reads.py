"""How far teams were set up, and who may begin with one."""

from __future__ import annotations

from sqlmodel import Session, col, select

from ..people import Member, Role, Team, fold
from .tables import Setup


def of(session: Session, team: Team) -> Setup | None:
    """How far a team's setup has come; None where it was never set up step by step."""
    query = select(Setup).where(Setup.workspace_id == team.workspace_id, Setup.team_id == team.id)
    return session.exec(query).first()


def is_done(session: Session, team: Team) -> bool:
    """Whether a team was set up, and to the end."""
    found = of(session, team)
    return found is not None and found.done_at is not None


def unfinished(session: Session, workspace_id: int) -> list[tuple[Setup, Team]]:
    """The teams whose setup was begun and not ended, the one begun last first."""
    query = (
        select(Setup, Team)
        .join(Team, (col(Team.workspace_id) == Setup.workspace_id) & (col(Team.id) == Setup.team_id))
        .where(Setup.workspace_id == workspace_id, col(Setup.done_at).is_(None))
        .order_by(col(Setup.begun_at).desc(), col(Setup.id).desc())
    )
    return list(session.exec(query))


def admins(session: Session, workspace_id: int) -> list[Member]:
    """Those who look after the whole workspace, by name."""
    query = select(Member).where(Member.workspace_id == workspace_id, Member.role == Role.ADMIN)
    return sorted(session.exec(query), key=lambda one: fold(one.name))
