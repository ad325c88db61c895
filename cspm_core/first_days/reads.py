"""Whose first day is still to be told, whether its data is all there, and who hears it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, exists, func, union
from sqlmodel import Session, col, or_, select

from .. import people, tickets
from ..digests import NO_DATA, Undelivered, plans
from ..digests.rules import FIRST_DAY
from ..imports.tables import ImportRun
from ..notices import Notice, of_subject
from ..people import Identity, Member, Role, Team
from ..setup.tables import Setup
from ..tickets import Source, Ticket
from ..tickets.reads import IMPORTED, LIVE
from ..uploads.rules import State
from ..uploads.tables import Upload
from . import rules
from .contents import Names
from .tables import FirstDay

KIND = FIRST_DAY
UNDELIVERED = "first_day.undelivered"


def of_team(session: Session, team: Team) -> FirstDay | None:
    """A team's first day, told or not; None where none is awaited: the team was there before, or not set up."""
    query = select(FirstDay).where(FirstDay.workspace_id == team.workspace_id, FirstDay.team_id == team.id)
    return session.exec(query).first()


def first_day(session: Session, workspace_id: int, first_day_id: int) -> FirstDay | None:
    """One first day."""
    return session.get(FirstDay, (workspace_id, first_day_id))


def wanting(session: Session) -> Sequence[tuple[int, int]]:
    """(workspace id, team id) of the teams that were not told yet, and either have data or were not told that they have
    none."""
    has_data = exists().where(
        col(Source.workspace_id) == FirstDay.workspace_id,
        col(Source.team_id) == FirstDay.team_id,
        col(Source.kind).in_((IMPORTED, LIVE)),
    )
    knows = exists().where(
        col(Notice.workspace_id) == FirstDay.workspace_id,
        col(Notice.subject_id) == FirstDay.team_id,
        col(Notice.kind) == NO_DATA,
    )
    untold = select(FirstDay.workspace_id, FirstDay.team_id).where(col(FirstDay.told_at).is_(None))
    return session.exec(untold.where(or_(has_data, ~knows))).all()


def is_short(reach: tickets.Extent, now: datetime) -> bool:
    """Whether there is less than a day of data."""
    return min(now, reach.complete_until) - reach.first_at < rules.SHORTEST


def coming_at(session: Session, team: Team, *, now: datetime) -> datetime | None:
    """When the message will be said, where that is not now; None too where none is awaited."""
    row, reach = of_team(session, team), tickets.extent(session, team, now)
    if row is None or row.told_at is not None or reach is None:
        return None
    rhythm = plans.rhythm(session, team)
    due = rules.due_from(rhythm, came_at(session, team), is_short=is_short(reach, now))
    return due if due is not None and due > now and not rhythm.is_silent(now) else None


def came_at(session: Session, team: Team) -> datetime:
    """When the last of a team's data came. Raises ValueError where there is none."""
    of_tickets = col(Source.kind).in_((IMPORTED, LIVE))
    query = select(Source.imported_at).where(
        Source.workspace_id == team.workspace_id, Source.team_id == team.id, of_tickets
    )
    return max(session.exec(query).all())


def is_under_way(session: Session, team: Team, now: datetime) -> bool:
    """Whether data is still being imported, or the team's tickets are being counted again."""
    if tickets.recounting(team) is not None:
        return True
    runs = select(ImportRun.id).where(
        ImportRun.workspace_id == team.workspace_id,
        col(ImportRun.finished_at).is_(None),
        col(ImportRun.started_at) > now - rules.STUCK_AFTER,
    )
    files = select(Upload.id).where(Upload.workspace_id == team.workspace_id, Upload.state == State.IMPORTING)
    return any(session.exec(query.limit(1)).first() is not None for query in (runs, files))


def readers(session: Session, team: Team, now: datetime) -> list[Member]:
    """Who hears it where the team has no channel: its leads, else whoever began its setup."""
    leads = people.members_of(session, team, now.date(), Role.LEAD)
    if found := [lead for lead in leads if lead.slack_user_id]:
        return found
    by = session.exec(
        select(Setup.begun_by).where(Setup.workspace_id == team.workspace_id, Setup.team_id == team.id)
    ).first()
    began = people.member(session, team.workspace_id, by) if by is not None else None
    return [began] if began and began.slack_user_id else []


def names_in(session: Session, team: Team) -> Names:
    """The names in a team's tickets."""
    its = (Ticket.workspace_id == team.workspace_id, Ticket.team_id == team.id)
    columns = (col(Ticket.agent_id), col(Ticket.first_responder_id))
    named = union(*(select(one).where(*its, one.is_not(None)) for one in columns)).subquery()
    nobody = col(Identity.member_id).is_(None) & col(Identity.is_nobody).is_(False)
    query = (
        select(func.count(), func.coalesce(func.sum(case((nobody, 1), else_=0)), 0))
        .select_from(Identity)
        .where(Identity.workspace_id == team.workspace_id, col(Identity.id).in_(select(named.c[0])))
    )
    every, unmatched = session.exec(query).one()
    return Names(int(every), int(unmatched))


def channel_key(team_id: int) -> str:
    """What makes the message in a team's channel one."""
    return f"{KIND}:{team_id}"


def is_said(session: Session, row: FirstDay, *, without: int = 0) -> bool:
    """Whether somebody can read it already; not counting one of its notices."""
    every = of_subject(session, row.workspace_id, KIND, row.id)
    return any(one.slack_ts is not None for one in every if one.id != without)


def is_in_channel(notice: Notice) -> bool:
    """Whether a notice says it to a whole channel."""
    return notice.key == channel_key(notice.team_id)


def undelivered(session: Session, row: FirstDay, code: str) -> Undelivered:
    """A message that could not be said in its channel, and whether it has arrived by now."""
    team = people.team(session, row.workspace_id, row.team_id)
    here = next(one for one in of_subject(session, row.workspace_id, KIND, row.id) if is_in_channel(one))
    assert row.day is not None
    assert here.expires_at is not None
    return Undelivered(
        team.id,
        team.name,
        here.place,
        code,
        row.day,
        team.timezone,
        here.expires_at,
        here.shown_at,
        is_given_up=here.failed is not None,
    )


def failure_readers(session: Session, team: Team, now: datetime) -> list[Member]:
    """Who hears that it could not be said: as for a digest, else whoever would hear it without a channel."""
    told = plans.failure_readers(session, team, now.date())
    return told or readers(session, team, now)
