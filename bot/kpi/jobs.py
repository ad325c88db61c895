"""Figures that are ready before somebody asks: days that are over are packed, and those that stand still are kept."""

from __future__ import annotations

import structlog

from cspm_core import kpi, people

from ..runtime import Runtime

log = structlog.get_logger(__name__)

AT_ONCE = 5
"""Days in one transaction, so that nobody who writes waits long."""
MOST = 60
"""Days of a team in one beat; the rest follows in the next."""


def keep(runtime: Runtime) -> None:
    """Pack and settle what is over; one team's trouble does not keep the others waiting."""
    now = runtime.now()
    with runtime.store.reading() as session:
        wanting = kpi.teams_wanting(session, now=now)
    for workspace_id, team_id in wanting:
        try:
            _keep(runtime, workspace_id, team_id)
        except Exception:
            log.exception("figures not kept", team=team_id)


def _keep(runtime: Runtime, workspace_id: int, team_id: int) -> None:
    now = runtime.now()
    for _ in range(0, MOST, AT_ONCE):
        with runtime.permit, runtime.store.transaction() as session:
            team = people.team(session, workspace_id, team_id)
            if not kpi.keep(session, team, now=now, limit=AT_ONCE):
                return
