"""What an import that was broken off leaves undone is done by itself."""

from __future__ import annotations

from datetime import timedelta

import structlog

from cspm_core import events, people

from ..runtime import Runtime

log = structlog.get_logger(__name__)

SILENT_FOR = timedelta(minutes=10)
"""A log that nobody has added to for so long is not being imported any more."""
MOST = 10
"""Transactions in one beat; the rest follows in the next."""


def catch_up(runtime: Runtime) -> None:
    """Work out the tickets that a broken-off log of events has run ahead of."""
    now = runtime.now()
    with runtime.store.reading() as session:
        behind = events.left_behind(session, before=now - SILENT_FOR)
    for workspace_id, team_id in behind:
        try:
            for _ in range(MOST):
                with runtime.permit, runtime.store.transaction() as session:
                    done, _ = events.catch_up(session, people.team(session, workspace_id, team_id), now=now, limit=200)
                if not done:
                    break
        except Exception:
            log.exception("events not followed", team=team_id)
