"""How far the data reaches, and what it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from ..people import Team
from .tables import SlaTarget, Source, Ticket


def source(session: Session, team: Team, kind: str = "tickets") -> Source | None:
    """Where a team's tickets come from and how far that reaches, None before the first import."""
    return session.exec(source_query(team, kind)).first()


def source_query(team: Team, kind: str) -> SelectOfScalar[Source]:
    """The one row about a team's data of a kind."""
    return select(Source).where(
        Source.workspace_id == team.workspace_id, Source.team_id == team.id, Source.kind == kind
    )


def complete_until(session: Session, team: Team) -> datetime | None:
    """The instant up to which a team's tickets are all there, None before the first import."""
    found = source(session, team)
    return found.complete_until if found else None


def tickets_of(session: Session, team: Team) -> int:
    """How many tickets a team has, whatever their state."""
    counted = select(func.count()).select_from(Ticket)
    return session.exec(counted.where(Ticket.workspace_id == team.workspace_id, Ticket.team_id == team.id)).one()


def slas(session: Session, team: Team) -> Sequence[SlaTarget]:
    """A team's targets, by metric and priority."""
    return session.exec(
        select(SlaTarget)
        .where(SlaTarget.workspace_id == team.workspace_id, SlaTarget.team_id == team.id)
        .order_by(col(SlaTarget.metric), col(SlaTarget.priority))
    ).all()


def sla_targets(session: Session, team: Team) -> dict[tuple[str, str], tuple[int, str]]:
    """The same by (metric, folded priority): (seconds, clock)."""
    return {(row.metric, row.priority): (row.seconds, row.clock) for row in slas(session, team)}
