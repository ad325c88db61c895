"""Reminding whoever exports, once; and saying so when newer data has come. Callers commit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, update

from .. import duty, notices, people
from ..ids import new_id
from ..once import add_once
from ..people import Team
from . import reads
from .tables import StaleReminder

REMINDER = "stale"


def remind(session: Session, team: Team, as_of: datetime, *, now: datetime) -> bool:
    """Ask for a direct message to whoever exports, at a good moment of theirs; whether it was new."""
    person = reads.exporter_of(session, team, now)
    if person is None or not reads.is_too_old(session, team, as_of, now):
        return False
    row = StaleReminder(
        workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, as_of=as_of, member_id=person.id, at=now
    )
    if not add_once(session, row):
        return False
    return notices.post(
        session,
        team.workspace_id,
        key=f"{REMINDER}:{row.id}",
        kind=REMINDER,
        subject_id=row.id,
        team_id=team.id,
        place=str(person.slack_user_id),
        language=people.reader_language(session, person),
        now=now,
        due_at=duty.good_moment(session, team, person.id, now) or now,
    )


def settle(session: Session, *, now: datetime) -> int:
    """Reminders whose team has newer data by now say so, and are not said any more where they were not yet."""
    done = 0
    for row in reads.over(session, now=now):
        ended = session.exec(
            update(StaleReminder)
            .where(
                col(StaleReminder.workspace_id) == row.workspace_id,
                col(StaleReminder.id) == row.id,
                col(StaleReminder.is_over).is_(False),
            )
            .values(is_over=True)
            .execution_options(synchronize_session=False)
        )
        if ended.rowcount:
            notices.refresh(session, row.workspace_id, REMINDER, row.id)
            done += 1
    return done
