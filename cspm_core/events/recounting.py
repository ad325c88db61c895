"""Counting the working time of waits again after a calendar changed. Callers commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from ..people import Team, calendar_of
from . import log, spells
from .driver import marks, run
from .following import count_worked
from .rules import derived, story_of


def recount(session: Session, team: Team, ticket_ids: Sequence[int], *, now: datetime) -> int:
    """Count what customers waited and the team worked of these tickets (at most `tickets.CHUNK`) on the team's calendar
    as it is now; how many have events. Give it all whose calendar changed, chunk by chunk."""
    ids = _keys(session, team, ticket_ids)
    told = log.told(session, team, list(ids))
    stories = {key: story for key, some in told.items() if (story := story_of(some))}
    calendar = calendar_of(session, team)
    count_worked(calendar, list(stories.values()))
    sql = """UPDATE ticket SET requester_wait_business_s = ?, agent_work_business_s = ?
        WHERE workspace_id = ? AND id = ? AND requester_wait_business_s IS NOT NULL"""
    lines = [
        (one.requester_wait_business_s, one.agent_work_business_s, team.workspace_id, ids[key])
        for key, one in stories.items()
        if one.is_whole
    ]
    if lines:
        run(session, sql, lines)
    spells.replace(
        session, team, calendar, {ids[key]: derived(told[key], one).waits for key, one in stories.items()}, now=now
    )
    return len(stories)


def _keys(session: Session, team: Team, ticket_ids: Sequence[int]) -> dict[str, int]:
    if not ticket_ids:
        return {}
    sql = f"""SELECT key, id FROM ticket
        WHERE workspace_id = ? AND team_id = ? AND id IN ({marks(ticket_ids)})"""  # noqa: S608 - our own names
    return {row[0]: row[1] for row in run(session, sql, (team.workspace_id, team.id, *ticket_ids))}
