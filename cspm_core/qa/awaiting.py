"""What waits for a reviewer: drafts that they began and have not sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from ..people import Asker
from ..waiting import Consequence, Waiting
from . import reads
from .contents import Review
from .rules import Stratum
from .tables import QaReview

DRAFT = "review_draft"
MOST = 50
DAY_AND_MORE = timedelta(hours=25)


def awaiting(session: Session, workspace_id: int, asker: Asker, *, now: datetime) -> list[Waiting]:
    """Drafts of what somebody chose to review themselves, and what they sent of it today. What was drawn for them waits
    as a pick, and what belongs to a calibration with that."""
    if asker.member_id is None:
        return []
    drafts = [one for one in reads.drafts_of(session, workspace_id, asker.member_id) if one.stratum == Stratum.CHOSEN]
    return [_waits(one) for one in (*drafts, *_sent_today(session, workspace_id, asker.member_id, now))][:MOST]


def _sent_today(session: Session, workspace_id: int, member_id: int, now: datetime) -> list[Review]:
    """Of the last hours at most, so that a local day of any zone is within them."""
    recent = session.exec(
        select(QaReview.id).where(
            QaReview.workspace_id == workspace_id,
            QaReview.reviewer_id == member_id,
            col(QaReview.submitted_at) > now - DAY_AND_MORE,
            QaReview.stratum == Stratum.CHOSEN,
            col(QaReview.calibration_id).is_(None),
        )
    ).all()
    return [one for one in reads.reviews(session, workspace_id, recent) if _is_today(one, now)]


def _is_today(one: Review, now: datetime) -> bool:
    zone = ZoneInfo(one.timezone)
    begins = datetime.combine(now.astimezone(zone).date(), time(), zone)
    return one.submitted_at is not None and one.submitted_at >= begins


def _waits(one: Review) -> Waiting:
    facts: Mapping[str, Any] = {"key": one.contact.key, "agent": one.agent, "score": one.scored.score}
    return Waiting(DRAFT, one.id, one.team_id, Consequence.WORK, facts=facts, done_at=one.submitted_at)
