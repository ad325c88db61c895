"""What calibrations do by themselves: they end at their date, and their messages are drawn when they are delivered."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlmodel import Session

from cspm_core import calibrations, people
from cspm_core.notices import Notice

from ..blocks import Drawing
from ..notices import Kind
from ..runtime import Runtime
from ..words import Words
from . import result_views, sights, views
from .views import Seat

log = structlog.get_logger(__name__)


def sweep(runtime: Runtime) -> None:
    """End what is due; one round's trouble does not keep the others waiting."""
    now = runtime.now()
    with runtime.store.reading() as session:
        due = calibrations.due(session, now=now)
    for workspace_id, calibration_id in due:
        try:
            with runtime.store.transaction() as session:
                calibrations.end_when_due(session, workspace_id, calibration_id, now=now)
        except Exception:
            log.exception("calibration not ended", calibration=calibration_id)


def _seat(session: Session, notice: Notice) -> Seat:
    one = calibrations.one(session, notice.workspace_id, notice.subject_id)
    member_id = calibrations.reader_of(notice.key)
    return Seat(one, one.calibrator(member_id), may_end=member_id == one.by_id)


def _invite(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    seat = _seat(session, notice)
    is_stale = notice.slack_ts is None and seat.round.closed_at is not None
    return None if is_stale else views.invite(seat, t)


def _reminder(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    seat = _seat(session, notice)
    drawn = views.reminder(seat, t)
    return drawn if drawn or notice.slack_ts is None else views.settled(seat, t)


def _result(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    asker = people.asker(session, notice.workspace_id, notice.place, now.date())
    found = calibrations.result(session, notice.workspace_id, notice.subject_id)
    return result_views.result(sights.as_seen_by(session, notice.workspace_id, asker, found), t)


def _result_arrived(session: Session, notice: Notice) -> None:
    """A lead who was shown how the others score has looked at figures about them."""
    at = notice.shown_at or notice.due_at
    asker = people.asker(session, notice.workspace_id, notice.place, at.date())
    found = calibrations.result(session, notice.workspace_id, notice.subject_id)
    shown = sights.as_seen_by(session, notice.workspace_id, asker, found)
    sights.remember(session, notice.workspace_id, asker, shown, now=at)


KINDS = {
    calibrations.INVITE: Kind(_invite),
    calibrations.REMINDER: Kind(_reminder),
    calibrations.RESULT: Kind(_result, arrived=_result_arrived),
}
