"""The picks that wait for somebody, and those they have reviewed today."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from .. import people
from ..people import Asker
from ..qa.tables import QaReview
from ..waiting import Consequence, Waiting
from .contents import Pick
from .reads import open_picks, pick
from .rules import Status
from .tables import QaPick

DAY = timedelta(days=1)


def awaiting(session: Session, workspace_id: int, asker: Asker, *, now: datetime) -> list[Waiting]:
    """Kind `review_pick`; `key` and `url` of the ticket, `agent`, `stratum` in its facts."""
    if asker.member_id is None:
        return []
    waiting = [_waiting(one) for one in open_picks(session, workspace_id, asker.member_id)]
    done = session.exec(
        select(QaPick.id, QaReview.submitted_at)
        .join(QaReview, (col(QaReview.workspace_id) == QaPick.workspace_id) & (col(QaReview.id) == QaPick.review_id))
        .where(
            QaPick.workspace_id == workspace_id,
            QaPick.reviewer_id == asker.member_id,
            QaPick.status == Status.DONE,
            col(QaReview.submitted_at) > now - DAY,
        )
    ).all()
    for pick_id, at in done:
        one = pick(session, workspace_id, pick_id)
        calendar = people.calendar_of(session, people.team(session, workspace_id, one.team_id))
        if at is not None and calendar.local_day(at) == calendar.local_day(now):
            waiting.append(_waiting(one, at))
    return waiting


def _waiting(one: Pick, done_at: datetime | None = None) -> Waiting:
    facts = {"key": one.key, "url": one.url, "agent": one.agent, "stratum": one.stratum, "ticket": one.ticket_id}
    return Waiting("review_pick", one.id, one.team_id, Consequence.WORK, one.due_at, facts, done_at)
