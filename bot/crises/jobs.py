"""What crises do by themselves: they begin and end with their escalations, ask for updates, and call for the review."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog
from sqlmodel import Session

from cspm_core import crises
from cspm_core.crises import Astray
from cspm_core.notices import Notice

from ..blocks import Drawing
from ..notices import Kind
from ..runtime import Runtime
from ..words import Words
from . import reminder_views, views

log = structlog.get_logger(__name__)


def sweep(runtime: Runtime) -> None:
    """Whatever is due; one crisis's trouble does not keep the others waiting."""
    now = runtime.now()
    with runtime.store.reading() as session:
        astray = crises.astray(session)
        due = [(one.workspace_id, one.id) for one in crises.due(session, now=now)]
    for one in astray:
        _set_right(runtime, one, now)
    for workspace_id, crisis_id in due:
        try:
            with runtime.store.transaction() as session:
                crises.move_on(session, workspace_id, crisis_id, now=now)
        except Exception:
            log.exception("crisis did not move on", crisis=crisis_id)


def _set_right(runtime: Runtime, one: Astray, now: datetime) -> None:
    try:
        with runtime.store.transaction() as session:
            crises.set_right(session, one, now=now)
    except Exception:
        log.exception("crisis does not follow its escalation", escalation=one.escalation_id, why=one.why)


def _board(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    crisis = crises.of_escalation(session, notice.workspace_id, notice.subject_id)
    if crisis is None or (notice.slack_ts is None and crisis.ended_at is not None):
        return None
    return views.board(crises.board(session, notice.workspace_id, crisis.id, now=now), t)


def _update_due(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    one = crises.board(session, notice.workspace_id, notice.subject_id, now=now)
    due_at = datetime.fromtimestamp(int(notice.key.split(":")[2].partition(".")[0]), UTC)
    is_said = one.updated_at is not None and one.updated_at >= due_at
    is_stale = notice.slack_ts is None and (is_said or one.ended_at is not None)
    return None if is_stale else reminder_views.update_due(one, due_at, t)


def _review(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    one = crises.board(session, notice.workspace_id, notice.subject_id, now=now)
    is_stale = notice.slack_ts is None and one.ended_at is None
    return None if is_stale else reminder_views.review(one, t)


KINDS = {
    crises.BOARD: Kind(_board, is_vital=True),
    crises.UPDATE_DUE: Kind(_update_due),
    crises.REVIEW: Kind(_review),
}
