"""Self-tests: begun by a press or a command, ended by the press that answers them, or by ten minutes without one."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from cspm_core.escalations import Raised, selftest
from cspm_core.notices import Notice
from cspm_core.people import Member, Team

from ..blocks import Drawing
from ..runtime import Runtime
from ..words import Words
from . import views

RECENT = timedelta(minutes=30)
log = structlog.get_logger(__name__)


def begin(session: Session, team: Team, to: Member, t: Words, now: datetime) -> Raised:
    """Raise one, in the words of whoever tests. Raises UnknownMember."""
    return selftest.begin(session, team, to, t("Self-test: press “I take it”, and I tell how long it took"), now=now)


def settle(runtime: Runtime, within: timedelta | None = None) -> None:
    """Whatever was pressed, or waited for too long, resolves itself and says how it went. `within`: only what began so
    lately, which costs less to look for."""
    now = runtime.now()
    since = now - within if within else None
    with runtime.store.reading() as session:
        running = selftest.running(session, since=since)
        over = [(one.workspace_id, one.id) for one in running if selftest.is_done(one, now)]
    for workspace_id, escalation_id in over:
        try:
            with runtime.store.transaction() as session:
                selftest.finish(session, workspace_id, escalation_id, now=now)
        except Exception:
            log.exception("self-test not ended", escalation=escalation_id)


def draw(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    """How it went."""
    return views.result(selftest.outcome(session, notice.workspace_id, notice.subject_id), t)
