"""What handovers do by themselves: unpressed they climb, and they are drawn when they are delivered."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlmodel import Session

from cspm_core import handovers, people
from cspm_core.notices import Notice

from ..blocks import Drawing
from ..notices import Kind
from ..runtime import Runtime
from ..words import Words
from . import views

log = structlog.get_logger(__name__)


def sweep(runtime: Runtime) -> None:
    """Whatever nobody has taken over in time; one handover's trouble does not keep the others waiting."""
    now = runtime.now()
    with runtime.store.reading() as session:
        due = [(one.workspace_id, one.id) for one in handovers.due(session, now=now)]
    for workspace_id, handover_id in due:
        try:
            with runtime.store.transaction() as session:
                one = handovers.card(session, workspace_id, handover_id)
                language = people.team(session, workspace_id, one.team_id).language
                t = Words(language, people.command_prefix(session, workspace_id))
                what = t("Nobody has taken over from {person}.", person=one.giver.name)
                handovers.move_on(session, workspace_id, handover_id, what=what, now=now)
        except Exception:
            log.exception("handover did not climb", handover=handover_id)


def _card(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    one = handovers.card(session, notice.workspace_id, notice.subject_id)
    return views.card(one, t, may_press=notice.key.split(":")[2] != "from")


def _call(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    one = handovers.card(session, notice.workspace_id, notice.subject_id)
    is_stale = notice.slack_ts is None and one.taken_at is not None
    return None if is_stale else views.call(one, t)


KINDS = {
    handovers.CARD: Kind(_card, is_vital=True),
    handovers.CALL: Kind(_call),
}
