"""What detectors do by themselves: every team is looked at when something changes, and what they say is drawn."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlmodel import Session

from cspm_core import detectors, people
from cspm_core.notices import Notice

from ..blocks import Drawing
from ..notices import Kind
from ..runtime import Runtime
from ..words import Words
from . import views

log = structlog.get_logger(__name__)
MOST_TURNS = 20
"""Looks at one team in one run: each raises so many alarms at most."""


def watch(runtime: Runtime) -> None:
    """Look at every team in which something may have changed; one team's trouble keeps no other waiting."""
    for workspace_id, team_id in _wanting(runtime, runtime.now()):
        watch_team(runtime, workspace_id, team_id)


def _wanting(runtime: Runtime, now: datetime) -> list[tuple[int, int]]:
    found = []
    with runtime.store.reading() as session:
        for workspace in people.workspaces(session):
            for team in people.teams(session, workspace.id):
                try:
                    if detectors.is_wanting(session, team, now=now):
                        found.append((workspace.id, team.id))
                except Exception:
                    log.exception("detectors not asked", team=team.id)
    return found


def watch_team(runtime: Runtime, workspace_id: int, team_id: int) -> None:
    """Look at one team now, and raise what came true. An accident stands in the log; the next run tries again.

    It takes the permit: whoever calls it must not hold that.
    """
    now = runtime.now()
    try:
        for _ in range(MOST_TURNS):
            if not _turn(runtime, workspace_id, team_id, now):
                return
    except Exception:
        log.exception("detectors not run", team=team_id)


def _turn(runtime: Runtime, workspace_id: int, team_id: int, now: datetime) -> bool:
    """One look; whether there is more to raise."""
    with runtime.permit, runtime.store.reading() as session:
        sight = detectors.look(session, people.team(session, workspace_id, team_id), now=now)
    if sight is None:
        return False
    with runtime.store.transaction() as session:
        detectors.raise_alarms(session, people.team(session, workspace_id, team_id), sight, now=now)
    return sight.next_at <= now


def _card(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    team = people.team(session, notice.workspace_id, notice.team_id)
    risk = detectors.card(session, team, notice.subject_id, now=now)
    return views.card(risk, t) if risk else None


def _given(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    taken = detectors.given(session, notice.workspace_id, notice.subject_id, notice.place)
    team = people.team(session, notice.workspace_id, notice.team_id)
    return views.given(taken, team.name, t) if taken else None


KINDS = {detectors.CARD: Kind(_card), detectors.GIVEN: Kind(_given)}
