"""Which notices should be said or updated now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam
from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import Select

from .rules import MOOT
from .tables import Notice

Instant = datetime | BindParameter[datetime]


def wanting(now: Instant, real_now: Instant) -> ColumnElement[bool]:
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
    return session.exec(_due(), params={"now": now, "real_now": real_now, "most": limit}).all()


@cache
def _due() -> Select[int, int]:
    """Asked every second and with every press, and written once: that takes longer than to ask it."""
    query = select(Notice.workspace_id, Notice.id).where(wanting(bindparam("now"), bindparam("real_now")))
    is_said = col(Notice.slack_ts).is_not(None)
    return query.order_by(is_said, col(Notice.due_at), col(Notice.id)).limit(bindparam("most"))


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


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Messages of a team that Slack did not take. `code`: why they were given up; empty: they are tried again."""

    team_id: int
    code: str
    n: int
    since: datetime
    """When the oldest of them was due."""


def unsaid(session: Session, workspace_id: int, *, since: datetime, due_before: datetime) -> list[Unsaid]:
    """What was given up since an instant, by Slack's code, and what still waits though it was due before another; what
    had become moot is not told."""
    code = func.coalesce(Notice.failed, "")
    is_over = and_(col(Notice.slack_ts).is_(None), col(Notice.expires_at) <= due_before)
    waits = and_(
        col(Notice.failed).is_(None),
        col(Notice.version) > col(Notice.shown),
        col(Notice.due_at) < due_before,
        or_(col(Notice.expires_at).is_(None), ~is_over),
    )
    given_up = and_(col(Notice.failed).is_not(None), col(Notice.failed) != MOOT, col(Notice.due_at) >= since)
    query = (
        select(Notice.team_id, code, func.count(), func.min(Notice.due_at))
        .where(Notice.workspace_id == workspace_id, or_(waits, given_up))
        .group_by(col(Notice.team_id), code)
        .order_by(col(Notice.team_id), code)
    )
    return [Unsaid(*row) for row in session.exec(query)]
