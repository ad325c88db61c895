"""Welcoming agents, and telling them when it changes who sees their figures, by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from cspm_core import duty, people, welcomes
from cspm_core.notices import Notice
from cspm_core.people import Member
from cspm_core.privacy import Standing

from ..blocks import Drawing
from ..notices import Kind, NotNow
from ..runtime import Runtime
from ..words import Words
from . import views

log = structlog.get_logger(__name__)
DAY = timedelta(days=1)


def greet(runtime: Runtime) -> None:
    """Every agent who was never welcomed, then all who are to be told anew; one person's trouble holds nobody up."""
    now = runtime.now()
    with runtime.store.reading() as session:
        strangers = welcomes.wanting(session, now)
        unaware = welcomes.unaware(session, now)
    for workspace_id, member_id in strangers:
        try:
            with runtime.store.transaction() as session:
                welcomes.welcome(session, people.member(session, workspace_id, member_id), now)
        except Exception:
            log.exception("not welcomed", member=member_id)
    for one in unaware:
        try:
            with runtime.store.transaction() as session:
                welcomes.tell_anew(session, one, now)
        except Exception:
            log.exception("change not told", member=one.member_id, team=one.team_id)


def _welcome(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    """For whoever has left their teams before they read it, it waits until they are back."""
    person = people.member_by_slack(session, notice.workspace_id, notice.place)
    if person is None:
        return None
    standings = welcomes.told(session, person, now)
    if not standings:
        raise NotNow(now + DAY)
    _in_working_hours(session, notice, person, now)
    readers = [welcomes.readers(session, one.team, now) for one in standings]
    told = {one.team_id for one in welcomes.objections(session, person)}
    passed_on = [who.name for one, read in zip(standings, readers, strict=True) if one.team.id in told for who in read]
    return views.welcome(
        views.Shown(person.name, standings, any(readers), tuple(dict.fromkeys(passed_on))),
        t,
    )


def _changed(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    """Not where it has changed once more since: that is told by itself."""
    known = welcomes.told_level(session, notice.workspace_id, notice.subject_id)
    changes = int(notice.key.rsplit(":", 1)[1])
    person = people.member_by_slack(session, notice.workspace_id, notice.place)
    if known is None or person is None or known.changes != changes:
        return None
    one = _standing(session, person, known.team_id, now)
    if one is None:
        return None
    _in_working_hours(session, notice, person, now)
    return views.changed(one, changes == 0, bool(welcomes.readers(session, one.team, now)), t)


def _standing(session: Session, person: Member, team_id: int, now: datetime) -> Standing | None:
    return next((one for one in welcomes.told(session, person, now) if one.team.id == team_id), None)


def _objection(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    """To whoever still reads what the team's people object to."""
    row = welcomes.objection(session, notice.workspace_id, notice.subject_id)
    if row is None:
        return None
    team = people.team(session, row.workspace_id, row.team_id)
    if notice.place not in {one.slack_user_id for one in welcomes.readers(session, team, now)}:
        return None
    person = people.member(session, row.workspace_id, row.member_id)
    return views.objection(views.Objected(person.name, person.slack_user_id or "", team.id, team.name, row.words), t)


def _in_working_hours(session: Session, notice: Notice, person: Member, now: datetime) -> None:
    """What is not said yet waits until its reader works, and is awake. Raises NotNow."""
    if notice.slack_ts is not None:
        return
    team = people.team(session, notice.workspace_id, notice.team_id)
    moment = duty.waking_moment(session, team, person, now)
    if moment == now or (moment is None and duty.is_working(session, team, person.id, now)):
        return
    raise NotNow(moment or now + DAY)


KINDS = {
    welcomes.WELCOME: Kind(_welcome),
    welcomes.CHANGED: Kind(_changed),
    welcomes.OBJECTION: Kind(_objection),
}
