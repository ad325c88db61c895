"""Old data noticed by itself, and how its reminder is drawn."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlmodel import Session

from cspm_core import people, staleness
from cspm_core.notices import Notice
from cspm_core.staleness import StaleReminder

from ..blocks import Drawing
from ..notices import Kind
from ..runtime import Runtime
from ..words import Words
from . import views

log = structlog.get_logger(__name__)


def remind(runtime: Runtime) -> None:
    """Teams whose data has become too old, and those that have newer again."""
    now = runtime.now()
    with runtime.store.reading() as session:
        are_over = bool(staleness.over(session, now=now))
        found = [(team.workspace_id, team.id, as_of) for team, as_of in staleness.wanting(session, now=now)]
    if are_over:
        with runtime.store.transaction() as session:
            staleness.settle(session, now=now)
    for workspace_id, team_id, as_of in found:
        try:
            with runtime.store.transaction() as session:
                staleness.remind(session, people.team(session, workspace_id, team_id), as_of, now=now)
        except Exception:
            log.exception("nobody reminded of old data", team=team_id)


def _reminder(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    row = session.get(StaleReminder, (notice.workspace_id, notice.subject_id))
    if row is None or (row.is_over and notice.slack_ts is None):
        return None  # newer data came before it could be said
    return views.reminder(staleness.stale(session, row), t)


KINDS = {staleness.REMINDER: Kind(_reminder)}
