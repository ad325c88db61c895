"""The watchdog: every minute it looks at what is late, sets it going again, and tells whoever looks after all."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlmodel import Session

from cspm_core import people
from cspm_core.escalations import lateness, selftest, watching
from cspm_core.escalations.lateness import Late
from cspm_core.notices import Notice

from ..blocks import Drawing
from ..notices import Kind
from ..runtime import Runtime
from ..words import Words
from . import heartbeat, selftests, views

log = structlog.get_logger(__name__)
AT_ONCE = 200
"""So many are set going again in one minute."""


def watch(runtime: Runtime) -> None:
    """Look; mend what can be mended; report what stays; and call the heartbeat only if nothing is late."""
    selftests.settle(runtime)
    now = runtime.now()
    with runtime.store.reading() as session:
        found = lateness.late(session, now=now, real_now=runtime.real_now())
        workspaces = [one.id for one in people.workspaces(session)]
    for one in found[:AT_ONCE]:
        _set_going(runtime, one, now)
    for workspace_id in workspaces:
        _report(runtime, workspace_id, [one for one in found if one.workspace_id == workspace_id], now)
    if not found:
        heartbeat.beat(runtime)


def _set_going(runtime: Runtime, one: Late, now: datetime) -> None:
    try:
        with runtime.store.transaction() as session:
            again = watching.set_going(session, one, now=now)
    except Exception:
        log.exception("not set going again", escalation=one.escalation_id)
        return
    log.warning(
        "escalation is late", escalation=one.escalation_id, why=one.why.value, notice=one.notice_id, again=again
    )


def _report(runtime: Runtime, workspace_id: int, found: list[Late], now: datetime) -> None:
    with runtime.store.reading() as session:
        stays = watching.to_tell(session, workspace_id, found, now=now)
        if not stays and not watching.lasts(session, workspace_id):
            return
    with runtime.store.transaction() as session:
        watching.report(session, workspace_id, stays, now=now)


def _draw(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    found = lateness.late(session, now=now, workspace_id=notice.workspace_id)
    stays = watching.to_tell(session, notice.workspace_id, found, now=now)
    teams = people.teams(session, notice.workspace_id)
    zone = next((one.timezone for one in teams if one.id == notice.team_id), "UTC")
    names = {one.id: one.name for one in teams}
    return views.report(views.Report(stays, names, zone, notice.due_at, notice.expires_at), t)


KINDS = {
    watching.REPORT: Kind(_draw),
    selftest.RESULT: Kind(selftests.draw),
}
