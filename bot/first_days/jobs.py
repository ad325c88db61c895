"""What a team's first day does by itself: it is told once its data is there, and drawn when that is delivered."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlmodel import Session

from cspm_core import first_days, people
from cspm_core.notices import Notice

from ..blocks import Drawing
from ..notices import Kind
from ..runtime import Runtime
from ..words import Words
from . import views

log = structlog.get_logger(__name__)


def tell(runtime: Runtime) -> None:
    """Every team whose first data is there; one team's trouble does not keep the others waiting."""
    now = runtime.now()
    with runtime.store.reading() as session:
        waiting = first_days.wanting(session)
    for workspace_id, team_id in waiting:
        try:
            _tell(runtime, workspace_id, team_id, now)
        except Exception:
            log.exception("first day not told", team=team_id)


def _tell(runtime: Runtime, workspace_id: int, team_id: int, now: datetime) -> None:
    """Nothing is written before its time has come."""
    with runtime.store.reading() as session:
        is_ready = first_days.is_ready(session, people.team(session, workspace_id, team_id), now=now)
    if is_ready:
        with runtime.store.transaction() as session:
            first_days.tell(session, people.team(session, workspace_id, team_id), now=now)


def _message(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    row = first_days.first_day(session, notice.workspace_id, notice.subject_id)
    return views.first_day(first_days.content(session, row), t) if row else None


def _undelivered(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    row = first_days.first_day(session, notice.workspace_id, notice.subject_id)
    if row is None:
        return None
    return views.undelivered(first_days.undelivered(session, row, first_days.failure_code(notice.key)), t)


def _refused(session: Session, notice: Notice, code: str, now: datetime) -> None:
    first_days.tell_leads(session, notice, code, now=now)


KINDS = {
    first_days.KIND: Kind(_message, arrived=first_days.arrived, refused=_refused),
    first_days.UNDELIVERED: Kind(_undelivered),
}
