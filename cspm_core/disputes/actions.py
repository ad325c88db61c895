"""What an agent does with a review: reads and confirms it, or disputes it. Callers commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select, update

from .. import errors, people, qa, samples
from ..ids import new_id
from ..once import add_once
from ..people import Asker, Team
from ..qa.tables import QaReview
from . import announcing, climbing, reads, rules, telling, windows
from .tables import Dispute


def confirm(session: Session, workspace_id: int, review_id: int, *, by: Asker, now: datetime) -> bool:
    """Read and understood, by whose review it is; False where that was said before.

    It takes nothing away: within the window it may still be disputed. Raises UnknownReview, ReviewClosed.
    """
    review = _own(session, workspace_id, review_id, by)
    confirmed = session.exec(
        update(QaReview)
        .where(
            col(QaReview.workspace_id) == workspace_id,
            col(QaReview.id) == review_id,
            col(QaReview.confirmed_at).is_(None),
        )
        .values(confirmed_at=now)
        .execution_options(synchronize_session=False)
    )
    if confirmed.rowcount != 1:
        return False
    qa.note(session, review, "confirmed", by=by, facts={}, now=now)
    telling.redraw(session, workspace_id, review_id)
    return True


def raise_one(
    session: Session,
    workspace_id: int,
    review_id: int,
    *,
    by: Asker,
    comment: str,
    proposed: Mapping[str, float],
    is_not_mine: bool = False,
    now: datetime,
) -> Dispute:
    """Dispute a review, once and for good. `proposed`: the point that would be right, by criterion.

    Raises UnknownReview, ReviewClosed, Disputed, WindowOver, Invalid.
    """
    review = _own(session, workspace_id, review_id, by)
    team = people.team(session, workspace_id, review.team_id)
    assert by.member_id is not None
    if reads.dispute_of(session, workspace_id, review_id) is not None:
        raise errors.Disputed(review.contact_key)
    _check_window(session, team, review, by, now)
    answers = reads.answers_of(session, review)
    rules.check_dispute(answers, comment, proposed, is_not_mine=is_not_mine)
    row = Dispute(
        workspace_id=workspace_id,
        id=new_id(now),
        team_id=team.id,
        review_id=review_id,
        by_id=by.member_id,
        at=now,
        comment=comment.strip(),
        is_not_mine=is_not_mine,
        proposed=dict(proposed),
    )
    if not add_once(session, row):
        raise errors.Disputed(review.contact_key)
    standing = session.exec(
        select(Dispute).where(Dispute.workspace_id == workspace_id, Dispute.review_id == review_id)
    ).one()
    review.disputable_until = None
    session.add(review)
    facts = {"comment": row.comment, "proposed": row.proposed, "is_not_mine": is_not_mine}
    qa.note(session, review, "disputed", by=by, facts=facts, now=now)
    climbing.begin(session, team, standing, review, now=now)
    telling.redraw(session, workspace_id, review_id)
    return standing


def _own(session: Session, workspace_id: int, review_id: int, by: Asker) -> QaReview:
    """The review, locked, where it is the asker's and they have it. Raises UnknownReview, ReviewClosed."""
    review = qa.locked(session, workspace_id, review_id)
    agent = announcing.agent_of(session, review)
    if agent is None or agent.id != by.member_id or review.told_at is None:
        raise errors.ReviewClosed
    return review


def _check_window(session: Session, team: Team, review: QaReview, by: Asker, now: datetime) -> None:
    assert review.told_at is not None
    assert by.member_id is not None
    days = samples.plan_of(session, team).dispute_days
    found = windows.window(session, team, by.member_id, review.told_at, days, now=now)
    if not found.is_open:
        raise errors.WindowOver(found.until, team.timezone)
