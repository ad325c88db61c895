"""Whether alarms were useful, as people say, and how often a detector's are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, case, col, func, select, update

from .. import escalations, people
from ..calendars import midnight
from ..people import Asker, Team
from ..stats import Interval, wilson
from .rules import Kind
from .tables import Alarm


@dataclass(frozen=True, slots=True)
class HitRate:
    """A detector's alarms of one month: how many were judged, and how many of those useful."""

    alarms: int
    judged: int
    useful: int
    share: float | None
    interval: Interval | None
    """95 %, Wilson's."""


def judge(
    session: Session, workspace_id: int, escalation_id: int, is_useful: bool, asker: Asker, *, now: datetime
) -> Sequence[str]:
    """Say of an escalation's alarms whether they were useful; the last word counts. The kinds that were judged.

    Raises UnknownEscalation and NotYours.
    """
    one = escalations.one(session, workspace_id, escalation_id)
    team = people.team(session, workspace_id, one.team_id)
    by = escalations.rights(session, one, team, asker).needs_answer()
    theirs: Any = (col(Alarm.workspace_id) == workspace_id, col(Alarm.escalation_id) == escalation_id)
    session.exec(
        update(Alarm)
        .where(*theirs)
        .values(is_useful=is_useful, judged_by=by, judged_at=now)
        .execution_options(synchronize_session=False)
    )
    return sorted(set(session.exec(select(Alarm.kind).where(*theirs))))


def verdict(session: Session, workspace_id: int, escalation_id: int) -> bool | None:
    """What was said last of an escalation's alarms; None: nothing yet."""
    return session.exec(
        select(Alarm.is_useful)
        .where(Alarm.workspace_id == workspace_id, Alarm.escalation_id == escalation_id)
        .order_by(col(Alarm.judged_at).desc().nulls_last())
        .limit(1)
    ).first()


def hit_rate(session: Session, team: Team, kind: Kind, month: date) -> HitRate:
    """How many of a detector's alarms of a local month (any day of it) people called useful."""
    first = month.replace(day=1)
    after = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    useful = func.sum(case((col(Alarm.is_useful).is_(True), 1), else_=0))
    query = select(func.count(), func.count(col(Alarm.is_useful)), useful).where(
        Alarm.workspace_id == team.workspace_id,
        Alarm.team_id == team.id,
        Alarm.kind == kind.value,
        col(Alarm.at) >= midnight(first, team.timezone),
        col(Alarm.at) < midnight(after, team.timezone),
    )
    alarms, judged, hits = session.exec(query).one()
    hits = int(hits or 0)
    return HitRate(alarms, judged, hits, hits / judged if judged else None, wilson(hits, judged))
