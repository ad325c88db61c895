"""A team's targets for replies and solutions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, select

from ..ids import new_id
from ..once import the_one
from ..people import Team, fold
from . import sla
from .tables import SlaTarget


def set_sla(
    session: Session, team: Team, metric: str, priority: str, seconds: int, clock: str, *, now: datetime
) -> SlaTarget:
    """Set how soon a team means to reply or solve; `recount` then works out the tickets' targets again."""
    fresh = SlaTarget(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        metric=sla.SlaMetric(metric).value,
        priority=fold(priority),
        seconds=seconds,
    )
    row = the_one(session, select(SlaTarget).where(*_one(team, metric, priority)), fresh)
    row.seconds, row.clock = seconds, sla.SlaClock(clock).value
    team.calendar_version += 1
    session.add_all([row, team])
    session.flush()
    return row


def drop_sla(session: Session, team: Team, metric: str, priority: str) -> bool:
    """Take a target away; False where there was none."""
    gone = session.exec(delete(SlaTarget).where(*_one(team, metric, priority)))
    if not gone.rowcount:
        return False
    team.calendar_version += 1
    session.add(team)
    session.flush()
    return True


def _one(team: Team, metric: str, priority: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(SlaTarget.workspace_id) == team.workspace_id,
        col(SlaTarget.team_id) == team.id,
        col(SlaTarget.metric) == metric,
        col(SlaTarget.priority) == fold(priority),
    )
