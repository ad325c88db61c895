"""What follows by itself from a changed calendar or target: the tickets are counted again, beside everything else."""

from __future__ import annotations

from datetime import datetime, timedelta

from cspm_core import events, people, tickets
from cspm_core.store import Store

from ..runtime import Runtime

MOST = timedelta(seconds=20)
"""For so long at most one beat counts; the next goes on."""


def recount(runtime: Runtime) -> None:
    """Every team whose calendar or targets changed, chunk by chunk; what is not done goes on with the next beat."""
    until = runtime.real_now() + MOST
    with runtime.store.reading() as session:
        waiting = tickets.to_recount(session)
    for workspace_id, team_id in waiting:
        is_done = False
        while not is_done and runtime.real_now() < until:
            with runtime.permit:
                is_done = not count_some(runtime.store, workspace_id, team_id, runtime.now())


def count_some(store: Store, workspace_id: int, team_id: int, now: datetime) -> int:
    """Count the next tickets of a team again, with the waits in them; how many, 0 when all are done."""
    with store.transaction() as session:
        ids = tickets.recount(session, workspace_id, team_id)
        if ids:
            events.recount(session, people.team(session, workspace_id, team_id), ids, now=now)
    return len(ids)
