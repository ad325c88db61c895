"""Awaiting a team's first data, telling of it once, and taking the targets that it suggests. Callers commit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, update

from .. import digests, errors, kpi, notices, people, tickets
from ..calendars import local_day
from ..digests import plans
from ..digests.rules import due_day
from ..ids import new_id
from ..notices import Notice
from ..once import add_once
from ..people import Team
from . import reads, rules
from .reads import KIND, UNDELIVERED
from .tables import FirstDay


def expect(session: Session, team: Team, *, now: datetime) -> None:
    """A team that is set up gets a message about its first data instead of a first digest; until then none."""
    if add_once(session, FirstDay(workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, expected_at=now)):
        team.digests_from = rules.NEVER
        session.add(team)
        session.flush()


def is_ready(session: Session, team: Team, *, now: datetime) -> bool:
    """Whether something is to be said now: that there is no data on a morning after the team was set up; or the message
    itself, if its time has come, the data is all there, and there is somebody to tell."""
    row, reach = reads.of_team(session, team), tickets.extent(session, team, now)
    if row is None or row.told_at is not None:
        return False
    if reach is None:
        rhythm = plans.rhythm(session, team)
        day = due_day(rhythm, now)
        return day is not None and rhythm.due_at(day) > row.expected_at and bool(team.channel)
    if reach.first_at > min(now, reach.complete_until):
        return False  # all of it is of days to come
    is_short = reads.is_short(reach, now)
    if not rules.is_time(plans.rhythm(session, team), reads.came_at(session, team), now, is_short=is_short):
        return False
    return not reads.is_under_way(session, team, now) and bool(team.channel or reads.readers(session, team, now))


def tell(session: Session, team: Team, *, now: datetime) -> bool:
    """Ask for the message where it is ready. Once, by a conditional update; whether it was this time. Regular digests
    begin on the day after. A team without data is told that instead, once."""
    row, reach = reads.of_team(session, team), tickets.extent(session, team, now)
    if row is None or not is_ready(session, team, now=now):
        return False
    if reach is None:
        digests.say_no_data(session, team, now=now)
        return False
    day, as_of = local_day(now, team.timezone), min(now, reach.complete_until)
    if not _told(session, row, told_at=now, day=day, as_of=as_of, first_at=reach.first_at, **_counts(session, team)):
        return False
    team.digests_from = day + rules.DAY
    session.add(team)
    session.flush()
    _post(session, team, row, now)
    return True


def _counts(session: Session, team: Team) -> dict[str, int]:
    names = reads.names_in(session, team)
    return {
        "tickets": tickets.tickets_of(session, team),
        "names": names.every,
        "unmatched": names.unmatched,
    }


def _told(session: Session, row: FirstDay, **facts: object) -> bool:
    """Whether it is told now, by nobody else before."""
    done = session.exec(
        update(FirstDay)
        .where(
            col(FirstDay.workspace_id) == row.workspace_id,
            col(FirstDay.id) == row.id,
            col(FirstDay.told_at).is_(None),
        )
        .values(**facts)
        .execution_options(synchronize_session=False)
    )
    session.refresh(row)
    return bool(done.rowcount == 1)


def _post(session: Session, team: Team, row: FirstDay, now: datetime) -> None:
    """To the channel, else to those who hear it without one."""
    key = reads.channel_key(team.id)
    places = [(key, team.channel, team.language)] if team.channel else []
    alone = () if places else reads.readers(session, team, now)
    places += [(f"{key}:{one.id}", str(one.slack_user_id), people.reader_language(session, one)) for one in alone]
    for name, place, language in places:
        notices.post(
            session,
            team.workspace_id,
            key=name,
            kind=KIND,
            subject_id=row.id,
            team_id=team.id,
            place=str(place),
            language=language,
            now=now,
            expires_at=now + rules.SHOWN_FOR,
        )


def tell_leads(session: Session, notice: Notice, code: str, *, now: datetime) -> None:
    """Ask for a direct message to each lead about a first day that Slack does not take; once a reason."""
    if not reads.is_in_channel(notice):
        return
    team = people.team(session, notice.workspace_id, notice.team_id)
    for lead in reads.failure_readers(session, team, now):
        notices.post(
            session,
            team.workspace_id,
            key=f"{UNDELIVERED}:{notice.subject_id}:{code}:{lead.id}",
            kind=UNDELIVERED,
            subject_id=notice.subject_id,
            team_id=team.id,
            place=str(lead.slack_user_id),
            language=people.reader_language(session, lead),
            now=now,
            expires_at=notice.expires_at,
        )


def failure_code(key: str) -> str:
    """The reason that stands in the key of such a direct message."""
    return key.split(":")[2]


def arrived(session: Session, notice: Notice) -> None:
    """It stands in Slack, with the names as they are now; what its lead was told about a failure says so."""
    row = reads.first_day(session, notice.workspace_id, notice.subject_id)
    if row is not None and not reads.is_said(session, row, without=notice.id):
        names = reads.names_in(session, people.team(session, row.workspace_id, row.team_id))
        row.names, row.unmatched = names.every, names.unmatched
        session.add(row)
    notices.refresh(session, notice.workspace_id, UNDELIVERED, notice.subject_id)


def take_targets(session: Session, team: Team, wanted: Mapping[str, float], *, by: str, now: datetime) -> None:
    """Aim for suggested values from now on; the message says so, and by whom. Once, whoever is first.

    Raises Changed where somebody else took some already, and what `kpi.set_target` raises.
    """
    row = reads.of_team(session, team)
    if row is None or row.told_at is None:
        raise errors.NoData(team.name)
    taken = session.exec(
        update(FirstDay)
        .where(
            col(FirstDay.workspace_id) == row.workspace_id,
            col(FirstDay.id) == row.id,
            col(FirstDay.taken_by).is_(None),
        )
        .values(taken=json.dumps(dict(wanted)), taken_by=by)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:
        raise errors.Changed
    for key, value in wanted.items():
        kpi.set_target(session, team, key, value, now)
    notices.refresh(session, team.workspace_id, KIND, row.id)
