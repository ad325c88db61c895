"""What the data suggests is looked for while a team sleeps, and what nobody decided ends."""

from __future__ import annotations

import structlog

from cspm_core import people
from cspm_core.coaching import suggesting

from ..runtime import Runtime

log = structlog.get_logger(__name__)


def suggest(runtime: Runtime) -> None:
    """Once a night for each team; one team's trouble does not keep the others waiting."""
    now = runtime.now()
    with runtime.store.reading() as session:
        every = [(one.id, people.teams(session, one.id)) for one in people.workspaces(session)]
    for workspace_id, teams in every:
        wanting = [team for team in teams if suggesting.is_wanting(team, now=now)]
        if not wanting:
            continue
        for team in wanting:
            try:
                with runtime.permit, runtime.store.transaction() as session:
                    suggesting.suggest(session, team, now=now)
            except Exception:
                log.exception("nothing suggested", team=team.id)
        with runtime.store.transaction() as session:
            suggesting.expire(session, workspace_id, now=now)
