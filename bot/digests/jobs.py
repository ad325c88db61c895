"""What the digest does by itself: it is made when it is due, and drawn when it is delivered."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlmodel import Session

from cspm_core import digests, people
from cspm_core.notices import Notice

from ..blocks import Drawing
from ..notices import Kind
from ..runtime import Runtime
from ..words import Words
from . import failure_views, views

log = structlog.get_logger(__name__)


def prepare(runtime: Runtime) -> None:
    """Write down every digest that is due; one team's trouble does not keep the others waiting."""
    now = runtime.now()
    for workspace_id, team_id in _wanting(runtime, now):
        try:
            with runtime.store.transaction() as session:
                team = people.team(session, workspace_id, team_id)
                if not digests.freshen(session, team, now=now):
                    digests.make(session, team, now=now)
        except Exception:
            log.exception("digest not made", team=team_id)


def _wanting(runtime: Runtime, now: datetime) -> list[tuple[int, int]]:
    """Teams in whose day a digest is due, whether it was made or not: most minutes none, and nothing is written."""
    found = []
    with runtime.store.reading() as session:
        for workspace in people.workspaces(session):
            for team in people.teams(session, workspace.id):
                try:
                    if digests.is_wanting(session, team, now=now):
                        found.append((workspace.id, team.id))
                except Exception:
                    log.exception("digest not planned", team=team.id)
    return found


def _digest(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    row = digests.digest(session, notice.workspace_id, notice.subject_id)
    if row is None:
        return None
    return views.digest(digests.content(session, row, now=now, in_channel=digests.is_in_channel(notice, row)), t)


def _no_data(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    team = people.team(session, notice.workspace_id, notice.team_id)
    if digests.planned(session, team, digests.rhythm(session, team), now.date(), now):
        return None  # the first data came before this could be said
    return failure_views.no_data(team.id, team.name, t)


def _undelivered(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    row = digests.digest(session, notice.workspace_id, notice.subject_id)
    if row is None:
        return None
    return failure_views.undelivered(digests.undelivered(session, row, digests.failure_code(notice.key)), t)


def _refused(session: Session, notice: Notice, code: str, now: datetime) -> None:
    digests.tell_leads(session, notice, code, now=now)


KINDS = {
    digests.KIND: Kind(_digest, arrived=digests.arrived, refused=_refused),
    digests.NO_DATA: Kind(_no_data),
    digests.UNDELIVERED: Kind(_undelivered),
}
