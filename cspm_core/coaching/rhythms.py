"""How often two people mean to talk. Callers commit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, select
from sqlmodel.sql.expression import SelectOfScalar

from ..ids import new_id
from ..once import the_one
from ..people import Team
from .rules import Every
from .tables import TalkRhythm


def rhythm(session: Session, workspace_id: int, lead_id: int, agent_id: int) -> Every:
    """How often two people mean to talk; NEVER where nothing was said."""
    found = session.exec(_rhythm(workspace_id, lead_id, agent_id)).first()
    return Every(found.every) if found else Every.NEVER


def _rhythm(workspace_id: int, lead_id: int, agent_id: int) -> SelectOfScalar[TalkRhythm]:
    return select(TalkRhythm).where(
        TalkRhythm.workspace_id == workspace_id, TalkRhythm.lead_id == lead_id, TalkRhythm.agent_id == agent_id
    )


def set_rhythm(session: Session, team: Team, lead_id: int, agent_id: int, every: Every, *, now: datetime) -> None:
    """From the next held talk on."""
    fresh = TalkRhythm(
        workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, lead_id=lead_id, agent_id=agent_id, every=every
    )
    row = the_one(session, _rhythm(team.workspace_id, lead_id, agent_id), fresh)
    row.every, row.team_id = every, team.id
    session.add(row)
    session.flush()
