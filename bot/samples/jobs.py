"""What samples do by themselves: each week one is drawn, its reviewers are told, and reminded on the day."""

from __future__ import annotations

from datetime import date, datetime

import structlog
from sqlmodel import Session

from cspm_core import people, samples
from cspm_core.notices import Notice
from cspm_core.samples import Status

from ..blocks import Drawing
from ..notices import Kind
from ..runtime import Runtime
from ..words import Words
from . import notice_views

log = structlog.get_logger(__name__)


def draw(runtime: Runtime) -> None:
    """Every week's sample that is due, and every reminder; one team's trouble does not keep the others waiting."""
    now = runtime.now()
    with runtime.store.reading() as session:
        due, late = samples.due(session, now), samples.to_remind(session, now)
    for workspace_id, team_id, week in due:
        try:
            _draw(runtime, workspace_id, team_id, week, now)
        except Exception:
            log.exception("sample not drawn", team=team_id)
    for workspace_id, team_id in late:
        try:
            with runtime.store.transaction() as session:
                samples.remind(session, people.team(session, workspace_id, team_id), now=now)
        except Exception:
            log.exception("reviewers not reminded", team=team_id)


def _draw(runtime: Runtime, workspace_id: int, team_id: int, week: date, now: datetime) -> None:
    """Found first, while everybody else may write, and written down at once."""
    with runtime.store.reading() as session:
        team = people.team(session, workspace_id, team_id)
        found = samples.drawn(session, team, week, now=now)
    with runtime.store.transaction() as session:
        samples.draw(session, team, week, now=now, found=found)


def _drawn(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    picks = _still(session, notice)
    return notice_views.drawn(picks, now, t) if picks else None


def _due(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    picks = _still(session, notice)
    return notice_views.due(picks, now, t) if picks else None


def _late(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    picks = _still(session, notice)
    return notice_views.late(picks, now, t) if picks else None


def _still(session: Session, notice: Notice) -> list[samples.Pick]:
    """The picks that it is about; none where everything was over before it could be said."""
    picks = samples.picks_beside(session, notice.workspace_id, notice.subject_id)
    is_over = all(one.status != Status.OPEN for one in picks)
    return [] if is_over and notice.slack_ts is None else picks


def _unassigned(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    team = people.team(session, notice.workspace_id, notice.team_id)
    picks = samples.unassigned(session, notice.workspace_id, notice.subject_id)
    if not picks and notice.slack_ts is None:
        return None
    return notice_views.unassigned(team.id, team.name, picks, t)


KINDS = {
    samples.DRAWN: Kind(_drawn),
    samples.DUE: Kind(_due),
    samples.LATE: Kind(_late),
    samples.UNASSIGNED: Kind(_unassigned),
}
