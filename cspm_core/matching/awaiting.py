"""Names on which much hangs and that are nobody's yet: for the leads of the team to say whose they are."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from .. import people
from ..people import Asker, Identity, Team
from ..tickets import Ticket, complete_until
from ..waiting import Consequence, Waiting
from .reads import has_unmatched, nobodys

NAMES = "names_to_match"
LATELY = timedelta(days=28)
"""Before the end of the data: what hangs on a name from before that can wait."""
MANY = 20
"""Tickets in that time from which on a name is worth somebody's day."""


def awaiting(session: Session, workspace_id: int, asker: Asker, *, now: datetime) -> list[Waiting]:
    """Kind `names_to_match`, one for each team that somebody leads or manages; the `team` in its facts."""
    led = [team_id for team_id in sorted(asker.team_ids) if asker.coaches(team_id)]
    if not led or not has_unmatched(session, workspace_id):
        return []
    return [one for one in (_waiting(session, people.team(session, workspace_id, i), now) for i in led) if one]


def _waiting(session: Session, team: Team, now: datetime) -> Waiting | None:
    until = complete_until(session, team, now)
    if until is None:
        return None
    busy = (
        select(col(Ticket.agent_id))
        .where(
            Ticket.workspace_id == team.workspace_id,
            Ticket.team_id == team.id,
            col(Ticket.created_at) > until - LATELY,
            col(Ticket.agent_id).in_(select(Identity.id).where(*nobodys(team.workspace_id))),
        )
        .group_by(col(Ticket.agent_id))
        .having(func.count() >= MANY)
        .limit(1)
    )
    if session.exec(busy).first() is None:
        return None
    return Waiting(NAMES, team.id, team.id, Consequence.WORK, facts={"team": team.name})
