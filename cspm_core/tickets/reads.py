"""How far the data reaches, and what it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from ..people import Team
from .freshness import live_reach
from .tables import SlaTarget, Source, Ticket

IMPORTED, LIVE = "tickets", "events"
"""The kinds of sources that tell of tickets: exports, and a help desk that tells of events as they happen."""


@dataclass(frozen=True, slots=True)
class Extent:
    """From when to when all of a team's tickets are known, by all its sources together."""

    first_at: datetime
    complete_until: datetime


def source(session: Session, team: Team, kind: str = "tickets") -> Source | None:
    """Where a team's tickets come from and how far that reaches, None before the first import."""
    return session.exec(source_query(team, kind)).first()


def source_query(team: Team, kind: str) -> SelectOfScalar[Source]:
    """The one row about a team's data of a kind."""
    return select(Source).where(
        Source.workspace_id == team.workspace_id, Source.team_id == team.id, Source.kind == kind
    )


def extent(session: Session, team: Team, at: datetime | None = None) -> Extent | None:
    """How far the tickets of a team reach, None before the first. `at`: looked at then, since a live source that is
    heard from reaches to the very moment; without it, to the last that was said."""
    of_tickets = col(Source.kind).in_((IMPORTED, LIVE))
    rows = session.exec(
        select(Source).where(Source.workspace_id == team.workspace_id, Source.team_id == team.id, of_tickets)
    ).all()
    if not rows:
        return None
    return Extent(min(row.first_at for row in rows), max(_reach(row, at) for row in rows))


def _reach(row: Source, at: datetime | None) -> datetime:
    if row.kind == LIVE and at is not None:
        return live_reach(row.complete_until, row.imported_at, at)
    return row.complete_until


def complete_until(session: Session, team: Team, at: datetime | None = None) -> datetime | None:
    """The instant up to which a team's tickets are all there, None before the first; `at` as in `extent`."""
    found = extent(session, team, at)
    return found.complete_until if found else None


def shared(session: Session, team: Team) -> Team:
    """The team, whose calendar stays as it is until the transaction ends: tickets are counted by it.

    SQLite has one writer at a time, so what the session has read is what stands.
    """
    if session.get_bind().dialect.name == "sqlite":
        return team
    return session.exec(_itself(team.workspace_id, team.id).with_for_update(read=True)).one()


def held(session: Session, workspace_id: int, team_id: int) -> Team:
    """The team as it stands now; nobody else changes its tickets or its calendar until the transaction ends."""
    return session.exec(_itself(workspace_id, team_id).with_for_update(key_share=True)).one()


def _itself(workspace_id: int, team_id: int) -> SelectOfScalar[Team]:
    query = select(Team).where(Team.workspace_id == workspace_id, Team.id == team_id)
    return query.execution_options(populate_existing=True)


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
