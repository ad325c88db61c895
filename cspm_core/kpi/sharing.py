"""What may go into a channel: nothing about one person, nor about a handful."""

from __future__ import annotations

from sqlalchemy import distinct, func
from sqlmodel import Session, col, select

from .. import people
from ..people import FEW, Role, Team
from ..periods import Period
from ..tickets import Ticket


def is_about_few(session: Session, team: Team, period: Period) -> bool:
    """Whether a team's figures are about one to four people: its agents on the period's last day and those in its data.

    Data that names nobody is about nobody.
    """
    members = {m.id for m in people.members_of(session, team, period.last_day, Role.AGENT)}
    worked = session.exec(
        select(func.count(distinct(col(Ticket.agent_id)))).where(
            Ticket.workspace_id == team.workspace_id,
            Ticket.team_id == team.id,
            col(Ticket.created_at) >= period.start,
            col(Ticket.created_at) < period.end,
        )
    ).one()
    return 0 < max(len(members), worked) < FEW
