"""What may go into a channel: nothing about one person, nor about a handful."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from sqlalchemy import ColumnElement, and_, distinct, func, or_, union
from sqlmodel import Session, col, select

from .. import people
from ..calls import Call
from ..metrics import Reviews, Subject
from ..people import FEW, Identity, Role, Team
from ..periods import Period
from ..tickets import Ticket
from .subjects import Reader


def is_about_few(session: Session, team: Team, period: Period) -> bool:
    """Whether a team's figures are about one to four people: those whose tickets came, were solved or rated in it, or
    whose calls came.

    A person with several names in the data is one. Data that names nobody is about the team's agents, if it has any.
    """
    of_tickets = select(Ticket.agent_id).where(
        Ticket.workspace_id == team.workspace_id,
        Ticket.team_id == team.id,
        or_(*(_within(period, at) for at in (Ticket.created_at, Ticket.solved_at, Ticket.csat_at))),
    )
    of_calls = select(Call.agent_id).where(
        Call.workspace_id == team.workspace_id, Call.team_id == team.id, _within(period, Call.queued_at)
    )
    named = union(of_tickets, of_calls).subquery()
    worked = session.exec(
        select(func.count(distinct(func.coalesce(col(Identity.member_id), col(Identity.id)))))
        .join(named, named.c.agent_id == col(Identity.id))
        .where(Identity.workspace_id == team.workspace_id)
    ).one()
    agents = worked or len(people.members_of(session, team, period.last_day, Role.AGENT))
    return 0 < agents < FEW


def is_review_of_few(session: Session, team: Team, period: Period) -> bool:
    """Whether a team's figures of reviews are about fewer than five people: those whose work was reviewed in it."""
    facts = Reader(session, team, period.start, period.end).facts(Subject.REVIEWS)
    agents = np.unique(facts.agent).tolist() if isinstance(facts, Reviews) else []
    named = select(func.count(distinct(func.coalesce(col(Identity.member_id), col(Identity.id))))).where(
        Identity.workspace_id == team.workspace_id, col(Identity.id).in_(agents)
    )
    return 0 < session.exec(named).one() < FEW


def _within(period: Period, at: datetime | None) -> ColumnElement[bool]:
    return and_(col(at) >= period.start, col(at) < period.end)
