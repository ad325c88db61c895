"""The contacts that a week's sample is drawn from: only what drawing needs, through the index of what was solved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, or_, select
from sqlmodel import Session, col

from .. import people
from ..escalations import Escalation
from ..people import Team
from ..qa.rules import Stratum
from ..tickets import Ticket
from .rules import Population, week_of

PERSONAL = "conduct"
"""Escalations of this kind are for the leads alone."""
TEST = "test"
AGENT, LATE = 2, 5
"""Where they stand in a row."""
DRAWN: tuple[Any, ...] = (
    col(Ticket.id),
    col(Ticket.key),
    col(Ticket.agent_id),
    col(Ticket.channel),
    col(Ticket.category),
)


@dataclass(frozen=True, slots=True)
class Week:
    """What was solved in a week. `breached`: those of them that missed a target; `without_agent`: how many more were
    solved by nobody whom the source names."""

    solved: Population
    breached: Population
    without_agent: int


def of_week(session: Session, team: Team, week: date) -> Week:
    """The tickets solved for the last time in a week, counted ones."""
    late = or_(
        col(Ticket.first_response_at) > col(Ticket.first_response_target_at),
        col(Ticket.solved_at) > col(Ticket.resolution_target_at),
    )
    rows = _rows(session, select(*DRAWN, case((late, 1), else_=0)).where(*_solved(session, team, week)))
    of_agents = [row for row in rows if row[AGENT] is not None]
    return Week(_columns(of_agents), _columns([row for row in of_agents if row[LATE]]), len(rows) - len(of_agents))


def solved(session: Session, team: Team, week: date) -> Population:
    """Those of them that somebody had."""
    return of_week(session, team, week).solved


def prompted(session: Session, team: Team, week: date, kinds: Sequence[str], known: Week) -> Mapping[str, Population]:
    """What each kind of reason brings of a week."""
    found: dict[str, Population] = {}
    for kind in kinds:
        match kind:
            case Stratum.LOW_RATING:
                found[kind] = _columns(_rows(session, _low_rated(session, team, week)))
            case Stratum.ESCALATION:
                found[kind] = _columns(_rows(session, _escalated(session, team, week)))
            case Stratum.BREACH:
                found[kind] = known.breached
    return found


def _counted(team: Team) -> list[ColumnElement[bool]]:
    return [
        col(Ticket.workspace_id) == team.workspace_id,
        col(Ticket.team_id) == team.id,
        col(Ticket.left_out) == "",
    ]


def _solved(session: Session, team: Team, week: date) -> list[ColumnElement[bool]]:
    begins, ends = week_of(people.calendar_of(session, team), week)
    at = col(Ticket.solved_at)
    return [*_counted(team), at >= begins, at < ends, col(Ticket.is_solved).is_(True)]


def _low_rated(session: Session, team: Team, week: date) -> Select[Any]:
    begins, ends = week_of(people.calendar_of(session, team), week)
    at = col(Ticket.csat_at)
    mine = [at >= begins, at < ends, col(Ticket.csat_good).is_(False), col(Ticket.agent_id).is_not(None)]
    return select(*DRAWN).where(*_counted(team), *mine)


def _escalated(session: Session, team: Team, week: date) -> Select[Any]:
    begins, ends = week_of(people.calendar_of(session, team), week)
    at = col(Escalation.opened_at)
    raised = select(col(Escalation.ticket_id)).where(
        col(Escalation.workspace_id) == team.workspace_id,
        col(Escalation.first_team_id) == team.id,
        at >= begins,
        at < ends,
        col(Escalation.ticket_id).is_not(None),
        col(Escalation.kind) != PERSONAL,
        col(Escalation.source) != TEST,
    )
    return select(*DRAWN).where(*_counted(team), col(Ticket.id).in_(raised), col(Ticket.agent_id).is_not(None))


def _rows(session: Session, query: Select[Any]) -> list[tuple[Any, ...]]:
    """As the driver gives them: there may be very many."""
    with session.connection().execute(query) as found:
        cursor: Any = found.cursor
        return list(cursor.fetchall())


def _columns(rows: Sequence[tuple[Any, ...]]) -> Population:
    return Population(*([row[n] for row in rows] for n in range(LATE)))
