"""What coaching does by itself: a word on the day, one more when it is late, then the lead; drawn when delivered."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlmodel import Session

from cspm_core import coaching
from cspm_core.coaching import reads, telling
from cspm_core.coaching.tables import Promise, Talk
from cspm_core.notices import Notice

from ..blocks import Drawing
from ..notices import Kind
from ..runtime import Runtime
from ..words import Words
from . import promise_views, talk_views

log = structlog.get_logger(__name__)


def sweep(runtime: Runtime) -> None:
    """Whatever is due; one talk's trouble does not keep the others waiting."""
    now = runtime.now()
    with runtime.store.reading() as session:
        talks, promises = coaching.due_talks(session, now=now), coaching.due_promises(session, now=now)
    for due, remind in ((talks, coaching.remind_of_talk), (promises, coaching.remind_of_promise)):
        for workspace_id, row_id in due:
            try:
                with runtime.store.transaction() as session:
                    remind(session, workspace_id, row_id, now=now)
            except Exception:
                log.exception("not reminded", row=row_id)


def _talk(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    row = session.get_one(Talk, (notice.workspace_id, notice.subject_id))
    moved, reader_id = telling.round_and_reader(notice.key)
    is_moot = row.moved != moved or row.status != "planned"
    if notice.slack_ts is None and is_moot:
        return None
    one = reads.talk(session, row)
    match notice.kind:
        case telling.TALK_DAY:
            return talk_views.today(one, reader_id, t, moved=moved)
        case telling.TALK_LATE:
            return talk_views.late(one, reader_id, t, moved=moved)
    return talk_views.card(one, reader_id, t, moved=moved)


def _promise(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    row = session.get_one(Promise, (notice.workspace_id, notice.subject_id))
    if notice.slack_ts is None and row.status != "open":
        return None
    one = reads.promise(session, row, now=now)
    if notice.kind == telling.PROMISE_CHECK:
        return promise_views.check(one, t)
    return promise_views.reminder(one, t, is_late=notice.kind == telling.PROMISE_LATE)


KINDS = {
    **dict.fromkeys(telling.TALK_KINDS, Kind(_talk)),
    **dict.fromkeys(telling.PROMISE_KINDS, Kind(_promise)),
}
