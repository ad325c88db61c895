"""Which notices should be said or updated now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, or_, select

from .tables import Notice


def wanting(now: datetime, real_now: datetime) -> ColumnElement[bool]:
    """Due, not yet as wanted, not given up, not waiting for another try, and in nobody's hands.

    Later than `expires_at` a notice is not said any more; one that was said, or may have been, is still updated.
    """
    return and_(
        col(Notice.version) > col(Notice.shown),
        col(Notice.due_at) <= now,
        col(Notice.failed).is_(None),
        or_(col(Notice.retry_at).is_(None), col(Notice.retry_at) <= now),
        or_(col(Notice.claimed_until).is_(None), col(Notice.claimed_until) < real_now),
        or_(
            col(Notice.slack_ts).is_not(None),
            col(Notice.claim).is_not(None),
            col(Notice.expires_at).is_(None),
            col(Notice.expires_at) > now,
        ),
    )


def due(session: Session, *, now: datetime, real_now: datetime, limit: int = 500) -> Sequence[tuple[int, int]]:
    """(workspace_id, id) of what is wanted, over all workspaces: what was never said before what is only redrawn, the
    longest due first."""
    query = select(Notice.workspace_id, Notice.id).where(wanting(now, real_now))
    is_said = col(Notice.slack_ts).is_not(None)
    return session.exec(query.order_by(is_said, col(Notice.due_at), col(Notice.id)).limit(limit)).all()


def notice(session: Session, workspace_id: int, notice_id: int) -> Notice | None:
    """One notice."""
    return session.get(Notice, (workspace_id, notice_id))


def of_subject(session: Session, workspace_id: int, kind: str, subject_id: int) -> Sequence[Notice]:
    """Every notice of a kind about one thing, oldest first."""
    return session.exec(
        select(Notice)
        .where(Notice.workspace_id == workspace_id, Notice.kind == kind, Notice.subject_id == subject_id)
        .order_by(col(Notice.id))
    ).all()
