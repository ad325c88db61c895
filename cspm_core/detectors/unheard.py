"""Of what came true, only what was not alarmed about, that nobody has, and that no crisis gathers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from ..escalations import Escalation, Status
from ..people import Team
from .rules import Kind
from .scene import Scene
from .sights import Found
from .tables import Alarm, BurstTicket, TicketTake

DAY = timedelta(days=1)
AT_ONCE = 500


def unheard(session: Session, team: Team, found: Sequence[Found], scene: Scene) -> Iterator[Found]:
    """Those not alarmed about yet, that nobody has, and that no crisis gathers."""
    known = {key for some in _some([one.key for one in found]) for key in _alarmed(session, team, some)}
    fresh = [one for one in found if one.key not in known]
    ids = sorted({one.ticket_id for one in fresh})
    taken: set[int] = set()
    gathered: dict[int, datetime | None] = {}
    for some in _some(ids):
        taken |= _taken(session, team, some)
        gathered |= _gathered(session, team, some)
    for one in fresh:
        is_late = one.due_at is not None and one.due_at < scene.reach.as_of
        if one.ticket_id in taken and one.kind is not Kind.RATING and not (one.kind is Kind.URGENT and is_late):
            continue
        ended = gathered.get(one.ticket_id, one.happened_at - DAY)
        if one.kind is Kind.RATING or (ended is not None and one.happened_at > ended):
            yield one


def _some(values: Sequence[Any]) -> Iterable[list[Any]]:
    return (list(values[n : n + AT_ONCE]) for n in range(0, len(values), AT_ONCE))


def _alarmed(session: Session, team: Team, keys: list[str]) -> Iterable[str]:
    return session.exec(
        select(Alarm.key).where(
            Alarm.workspace_id == team.workspace_id, Alarm.team_id == team.id, col(Alarm.key).in_(keys)
        )
    )


def _taken(session: Session, team: Team, ids: list[int]) -> set[int]:
    """Tickets that somebody took, or whose escalation somebody has."""
    takes = select(TicketTake.ticket_id).where(
        TicketTake.workspace_id == team.workspace_id, col(TicketTake.ticket_id).in_(ids)
    )
    owned = select(Escalation.ticket_id).where(
        Escalation.workspace_id == team.workspace_id,
        col(Escalation.ticket_id).in_(ids),
        Escalation.status == Status.ACKNOWLEDGED.value,
    )
    return {*session.exec(takes), *(one for one in session.exec(owned) if one is not None)}


def _gathered(session: Session, team: Team, ids: list[int]) -> dict[int, datetime | None]:
    """Tickets under a crisis, and when that ended; None: it lasts."""
    query = (
        select(BurstTicket.ticket_id, Escalation.status, Escalation.resolved_at)
        .join(
            Escalation,
            (col(Escalation.workspace_id) == BurstTicket.workspace_id)
            & (col(Escalation.id) == BurstTicket.escalation_id),
        )
        .where(BurstTicket.workspace_id == team.workspace_id, col(BurstTicket.ticket_id).in_(ids))
    )
    found: dict[int, datetime | None] = {}
    for ticket_id, status, resolved_at in session.exec(query):
        ended = resolved_at if status == Status.RESOLVED else None
        before = found.get(ticket_id, ended)
        found[ticket_id] = None if ended is None or before is None else max(ended, before)
    return found
