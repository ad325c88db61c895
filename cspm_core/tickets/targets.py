"""A team's targets for replies and solutions, and counting tickets again when they or the calendar change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, select

from ..calendars import Calendar
from ..ids import new_id
from ..once import the_one
from ..people import Team, fold
from ..store import EPOCH
from . import reads, rows, sla
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


def recount(
    session: Session, team: Team, *, calendar: Calendar, after: int = 0, limit: int = sla.CHUNK
) -> tuple[int, int]:
    """Count working seconds and targets again for the next tickets that were counted with another calendar.

    Gives how many and the id to go on `after`; 0 when all are done. Call it transaction by transaction.
    """
    found = rows.to_recount(session, team.workspace_id, team.id, after, limit, team.calendar_version)
    counted = sla.counted([_spell(row) for row in found], calendar, reads.sla_targets(session, team))
    lines, bound = [], rows.bound(session)
    for row, (first_due, last_due, first_s, last_s) in zip(found, counted, strict=True):
        due = (bound(first_due), bound(last_due))
        lines.append((*due, first_s, last_s, team.calendar_version, row[0]))
    rows.recounted(session, team.workspace_id, lines)
    return len(found), int(found[-1][0]) if found else after


def _spell(row: rows.Values) -> sla.Spell:
    _, priority, created_at, replied_at, reply_due_at, solved_at, solve_due_at, aside = row
    return sla.Spell(
        priority,
        rows.instant(created_at) or EPOCH,
        rows.instant(replied_at),
        rows.instant(reply_due_at),
        rows.instant(solved_at),
        rows.instant(solve_due_at),
        aside.split(","),
    )


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
