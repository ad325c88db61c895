"""What waits for somebody who scores: the rounds in which they are not done, and those they finished today."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from ..calendars.zones import local_day
from ..people import Asker
from ..waiting import Consequence, Waiting
from . import reads
from .contents import Calibrator, Round

CALIBRATION = "calibration"
DAY_AND_MORE = timedelta(hours=25)


def awaiting(session: Session, workspace_id: int, asker: Asker, *, now: datetime) -> list[Waiting]:
    """`facts`: team, name of the round, how many conversations are done and how many there are; `subject_id`: the
    round's."""
    if asker.member_id is None:
        return []
    found = []
    for one in reads.rounds_of(session, workspace_id, asker.member_id, now - DAY_AND_MORE):
        own = one.calibrator(asker.member_id)
        if own is not None and (one.closed_at is None if not own.is_done else _is_today(one, own, now)):
            found.append(_waits(one, own))
    return found


def _waits(one: Round, own: Calibrator) -> Waiting:
    return Waiting(
        CALIBRATION,
        one.id,
        one.team_id,
        Consequence.WORK,
        due_at=one.due_at,
        facts={"team": one.team, "name": one.name, "done": len(own.todo & own.done), "of": len(own.todo)},
        done_at=own.last_at if own.is_done else None,
    )


def _is_today(one: Round, own: Calibrator, now: datetime) -> bool:
    return own.last_at is not None and local_day(own.last_at, one.timezone) == local_day(now, one.timezone)
