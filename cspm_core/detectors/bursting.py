"""The bursts with something new to say, and the crisis that each belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from ..calendars import Calendar
from ..escalations import Escalation, Status
from ..people import Team
from .bursts import bursts
from .choosing import Chosen
from .rules import Kind
from .scene import Scene
from .sights import Bursting
from .tables import Alarm, BurstTicket
from .work import second

DAY = timedelta(days=1)


def bursting(session: Session, team: Team, scene: Scene, one: Chosen) -> list[Bursting]:
    """The bursts with something new to say."""
    if not one.is_on or one.since_at is None:
        return []
    as_of, since, found = scene.reach.as_of, second(one.since_at), []
    for burst in bursts(session, team, one.settings, as_of, scene.reach.first_at):
        if burst.created[-1] <= since:
            continue
        alarm = _crisis(session, team, burst.key, as_of, scene.calendar)
        if alarm is None or alarm.escalation_id is None:
            found.append(Bursting(burst, None, burst.ticket_ids))
            continue
        known = set(_under(session, team, alarm.escalation_id))
        if fresh := tuple(ticket_id for ticket_id in burst.ticket_ids if ticket_id not in known):
            found.append(Bursting(burst, alarm.escalation_id, fresh))
    return found


def _crisis(session: Session, team: Team, key: str, as_of: datetime, calendar: Calendar) -> Alarm | None:
    """The crisis of a category that lasts, or that was of the same day."""
    latest = (
        select(Alarm, Escalation.status)
        .join(
            Escalation,
            (col(Escalation.workspace_id) == Alarm.workspace_id) & (col(Escalation.id) == Alarm.escalation_id),
        )
        .where(
            Alarm.workspace_id == team.workspace_id,
            Alarm.team_id == team.id,
            Alarm.kind == Kind.BURST.value,
            Alarm.subject == key,
            col(Alarm.at) > as_of - 2 * DAY,
        )
        .order_by(col(Alarm.at).desc())
        .limit(1)
    )
    row = session.exec(latest).first()
    if row is None:
        return None
    alarm, status = row
    same_day = calendar.local_day(alarm.happened_at) == calendar.local_day(as_of)
    return alarm if same_day or status != Status.RESOLVED else None


def _under(session: Session, team: Team, escalation_id: int) -> Iterable[int]:
    return session.exec(
        select(BurstTicket.ticket_id).where(
            BurstTicket.workspace_id == team.workspace_id, BurstTicket.escalation_id == escalation_id
        )
    )
