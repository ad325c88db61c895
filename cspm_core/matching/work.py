"""What hangs on each name in the data: tickets, first replies, calls and reviews, by team."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, and_, col, or_, select

from ..calls import Call
from ..qa import QaReview
from ..tickets import Ticket

AT_ONCE = 500
COUNTED = (col(QaReview.submitted_at).is_not(None), col(QaReview.calibration_id).is_(None))
"""Reviews that were sent, and not for a calibration, which stays among reviewers."""


@dataclass(frozen=True, slots=True)
class Work:
    """Of one name in one team."""

    tickets: int = 0
    replies: int = 0
    """First replies to tickets that somebody else handled."""
    calls: int = 0
    reviews: int = 0
    last_at: datetime | None = None
    """When the last of it came."""

    def __add__(self, other: Work) -> Work:
        seen = [at for at in (self.last_at, other.last_at) if at]
        return Work(
            self.tickets + other.tickets,
            self.replies + other.replies,
            self.calls + other.calls,
            self.reviews + other.reviews,
            max(seen, default=None),
        )

    @property
    def total(self) -> int:
        return self.tickets + self.replies + self.calls + self.reviews


def work_of(
    session: Session, workspace_id: int, identity_ids: Sequence[int], teams: Collection[int] | None = None
) -> dict[int, dict[int, Work]]:
    """Name (identity) -> team -> what hangs on it; `teams`: only in those."""
    found: dict[int, dict[int, Work]] = {}
    for begin in range(0, len(identity_ids), AT_ONCE):
        some = set(identity_ids[begin : begin + AT_ONCE])
        for identity_id, team_id, work in _pieces(session, workspace_id, some, teams):
            of = found.setdefault(identity_id, {})
            of[team_id] = of.get(team_id, Work()) + work
    return found


def _pieces(
    session: Session, workspace_id: int, some: set[int], teams: Collection[int] | None
) -> Iterator[tuple[int, int, Work]]:
    """Tickets are gone through once: who handled them and who replied first."""
    agent, first = col(Ticket.agent_id), col(Ticket.first_responder_id)
    is_theirs = or_(agent.in_(some), first.in_(some))
    handled = _query(Ticket, Ticket.created_at, workspace_id, teams, is_theirs, agent, first)
    for who, replied, team_id, n, at in session.exec(handled):
        if who in some:
            yield who, team_id, Work(tickets=n, last_at=at)
        if replied in some and replied != who:
            yield replied, team_id, Work(replies=n, last_at=at)
    taken, reviewed = col(Call.agent_id), col(QaReview.agent_id)
    for who, team_id, n, at in session.exec(_query(Call, Call.queued_at, workspace_id, teams, taken.in_(some), taken)):
        yield who, team_id, Work(calls=n, last_at=at)
    counted = and_(reviewed.in_(some), *COUNTED)
    for who, team_id, n, at in session.exec(
        _query(QaReview, QaReview.submitted_at, workspace_id, teams, counted, reviewed)
    ):
        yield who, team_id, Work(reviews=n, last_at=at)


def _query(
    table: Any, at: Any, workspace_id: int, teams: Collection[int] | None, wanted: ColumnElement[bool], *by: Any
) -> Any:
    columns: Any = (*by, col(table.team_id), func.count(), func.max(col(at)))
    query: Any = select(*columns).where(table.workspace_id == workspace_id, wanted).group_by(*by, col(table.team_id))
    return query if teams is None else query.where(col(table.team_id).in_(teams))


def has_work(session: Session, workspace_id: int, identity_id: int, team_id: int) -> bool:
    """Whether anything of a team hangs on a name; stops at the first thing."""
    is_theirs = or_(col(Ticket.agent_id) == identity_id, col(Ticket.first_responder_id) == identity_id)
    for table, wanted in (
        (Ticket, is_theirs),
        (Call, col(Call.agent_id) == identity_id),
        (QaReview, and_(col(QaReview.agent_id) == identity_id, *COUNTED)),
    ):
        query = select(table.id).where(table.workspace_id == workspace_id, table.team_id == team_id, wanted)
        if session.exec(query.limit(1)).first() is not None:
            return True
    return False
