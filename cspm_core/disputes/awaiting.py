"""What waits for somebody: reviews of their own to read, and disputes that were put to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, or_, select

from .. import people, qa
from ..people import Asker, Identity, PersonFigures
from ..qa.contents import Review
from ..qa.tables import QaReview
from ..waiting import Consequence, Waiting
from . import reads, rules
from .rules import Status
from .tables import Dispute

TO_READ = "review_to_read"
DISPUTE = "dispute"
MOST = 50
RECENT = timedelta(hours=25)
"""A local day of any zone began no longer ago."""


def awaiting(session: Session, workspace_id: int, asker: Asker, *, now: datetime) -> list[Waiting]:
    """Both, and what of them was done today."""
    if asker.member_id is None:
        return []
    return [*_disputes(session, workspace_id, asker, now), *_to_read(session, workspace_id, asker.member_id, now)]


def _to_read(session: Session, workspace_id: int, member_id: int, now: datetime) -> list[Waiting]:
    """Told and neither confirmed nor disputed, the oldest first; confirmed today."""
    query = (
        select(QaReview.id)
        .join(Identity, (col(Identity.workspace_id) == QaReview.workspace_id) & (col(Identity.id) == QaReview.agent_id))
        .where(
            QaReview.workspace_id == workspace_id,
            Identity.member_id == member_id,
            col(QaReview.told_at).is_not(None),
            col(QaReview.told_at) > now - reads.MINE,
            or_(col(QaReview.confirmed_at).is_(None), col(QaReview.confirmed_at) > now - RECENT),
            ~select(Dispute.id)
            .where(col(Dispute.workspace_id) == QaReview.workspace_id, col(Dispute.review_id) == QaReview.id)
            .exists(),
        )
        .order_by(col(QaReview.told_at), col(QaReview.id))
        .limit(MOST)
    )
    some = qa.reviews(session, workspace_id, session.exec(query).all())
    return [
        Waiting(
            TO_READ,
            one.review.id,
            one.review.team_id,
            Consequence.READING,
            due_at=one.window.until,
            facts={"key": one.review.contact.key, "score": one.review.scored.score, "team": one.review.team},
            done_at=one.review.confirmed_at,
        )
        for one in reads.standings(session, workspace_id, some, now)
        if one.review.confirmed_at is None or _is_today(one.review.confirmed_at, one.review, now)
    ]


def _disputes(session: Session, workspace_id: int, asker: Asker, now: datetime) -> list[Waiting]:
    """Open ones that were put to them, and what they decided today."""
    query = (
        select(Dispute, QaReview)
        .join(QaReview, (col(QaReview.workspace_id) == Dispute.workspace_id) & (col(QaReview.id) == Dispute.review_id))
        .where(
            Dispute.workspace_id == workspace_id,
            or_(
                (col(Dispute.status) == Status.OPEN.value)
                & (col(Dispute.team_id).in_(asker.team_ids) | (col(QaReview.reviewer_id) == asker.member_id)),
                (col(Dispute.decided_by) == asker.member_id) & (col(Dispute.decided_at) > now - RECENT),
            ),
        )
        .order_by(col(Dispute.at), col(Dispute.id))
        .limit(MOST * 4)
    )
    rows = [(one, review) for one, review in session.exec(query).all() if _is_put_to(one, review, asker)]
    shown = {one.id: one for one in qa.reviews(session, workspace_id, [review.id for _, review in rows[:MOST]])}
    return _as_waiting(session, workspace_id, [one for one, _ in rows[:MOST]], shown, now)


def _is_put_to(one: Dispute, review: QaReview, asker: Asker) -> bool:
    """By the step it lies at, whoever else might decide it too."""
    return one.status != Status.OPEN or rules.may_decide(
        asker,
        subject_id=one.by_id,
        reviewer_id=review.reviewer_id,
        team_id=one.team_id,
        level=PersonFigures.SELF,
        step=one.step,
    )


def _as_waiting(
    session: Session, workspace_id: int, some: Sequence[Dispute], reviews: dict[int, Review], now: datetime
) -> list[Waiting]:
    found = []
    for one in some:
        review = reviews[one.review_id]
        if one.decided_at is not None and not _is_today(one.decided_at, review, now):
            continue
        agent = people.member(session, workspace_id, one.by_id).name
        facts = {"agent": agent, "key": review.contact.key, "team": review.team}
        found.append(
            Waiting(DISPUTE, one.id, one.team_id, Consequence.COLLEAGUE, one.next_at, facts, done_at=one.decided_at)
        )
    return found


def _is_today(at: datetime, review: Review, now: datetime) -> bool:
    zone = ZoneInfo(review.timezone)
    return at >= datetime.combine(now.astimezone(zone).date(), time(), zone)
