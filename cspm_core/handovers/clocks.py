"""A handover that nobody takes over climbs: whoever follows is reminded, then the leads, the manager, an escalation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from .. import escalations, people
from ..escalations import Cause, Step
from ..escalations.whom import Whom
from ..people import Member, Team
from . import telling
from .actions import locked, patience
from .rules import LEADS, RAISE, REMIND, SEVERITY
from .tables import Handover


def due(session: Session, *, now: datetime, limit: int = 100) -> Sequence[Handover]:
    """What a clock has reached, workspace by workspace, the longest due first; at most `limit` in each."""
    found: list[Handover] = []
    for workspace in people.workspaces(session):
        query = select(Handover).where(Handover.workspace_id == workspace.id, col(Handover.next_at) <= now)
        found += session.exec(query.order_by(col(Handover.next_at), col(Handover.id)).limit(limit))
    return found


def move_on(session: Session, workspace_id: int, handover_id: int, *, what: str, now: datetime) -> bool:
    """Tell the next who can take it over; False where nothing is due. `what`: the words of an escalation."""
    row = locked(session, workspace_id, handover_id)
    if row.next_at is None or row.next_at > now or row.taken_at is not None:
        return False
    team = people.team(session, workspace_id, row.team_id)
    whom = Whom(session, team, now)
    while row.round < RAISE:
        told = _told(row, whom)
        telling.call(session, row, told, now=now)
        reminded = told[0] if told and row.round == REMIND else None
        row.round += 1
        if told:
            row.next_at = patience(session, team, reminded, now)
            break
    else:
        _raise(session, row, team, what, whom, now)
    session.add(row)
    session.flush()
    telling.redraw(session, row)
    return True


def _told(row: Handover, whom: Whom) -> list[Member]:
    """Whom this round tells: never whoever handed over, nor somebody absent; nobody: the next round, at once."""
    match row.round:
        case n if n == REMIND:
            found = [whom.member(row.to_id)] if row.to_id is not None else []
        case n if n == LEADS:
            found = [*whom.candidates(Step("lead"))]
        case _:
            found = [*whom.candidates(Step("manager"))]
    here = [one for one in found if one is not None and one.slack_user_id]
    if row.round != REMIND:
        here = [one for one in here if one.id not in (row.from_id, row.to_id)]
    return [one for one in here if not whom.board.is_away(one.id, whom.now)]


def _raise(session: Session, row: Handover, team: Team, what: str, whom: Whom, now: datetime) -> None:
    cause = Cause("handover", what, cause=f"handover:{row.id}", kind="other", severity=SEVERITY)
    raised = escalations.raise_one(session, team, cause, now=now, whom=whom)
    row.escalation_id = raised.escalation_id
    row.next_at = None
