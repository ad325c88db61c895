"""Which digest is due for a team, which ones there were, and who reads them."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from .. import people, tickets
from ..calendars import Calendar
from ..notices import Notice
from ..people import Member, Role, Team
from . import rules
from .contents import Settings
from .rules import Rhythm
from .tables import Digest

KIND = "digest"


def rhythm(session: Session, team: Team) -> Rhythm:
    """When a team wants its digest."""
    return Rhythm(
        calendar=people.calendar_of(session, team),
        at=rules.wall_time(team.digest_at),
        days=rules.weekdays(team.digest_days),
        on_holidays=team.digest_on_holidays,
        paused_until=team.digest_paused_until,
    )


def settings(team: Team) -> Settings:
    """What the settings of a team's digest are."""
    days = rules.weekdays(team.digest_days)
    at = rules.wall_time(team.digest_at).strftime("%H:%M")
    return Settings(team.id, team.name, team.timezone, at, days, team.language, team.digest_on_holidays, team.channel)


def digest(session: Session, workspace_id: int, digest_id: int) -> Digest | None:
    """One digest."""
    return session.get(Digest, (workspace_id, digest_id))


def digest_of(session: Session, team: Team, day: date) -> Digest | None:
    """A team's digest of one local day."""
    return session.exec(_of(team).where(Digest.day == day)).first()


def latest(session: Session, team: Team) -> Digest | None:
    """The last digest that was made, said or not."""
    return session.exec(_of(team).order_by(col(Digest.day).desc())).first()


def first(session: Session, team: Team) -> Digest | None:
    """The first digest that was made, said or not."""
    return session.exec(_of(team).order_by(col(Digest.day))).first()


def last_said(session: Session, team: Team, before: date | None = None) -> Digest | None:
    """The last digest that stands in Slack, in the channel or with somebody; `before` a day."""
    said = select(Notice.subject_id).where(
        Notice.workspace_id == team.workspace_id,
        Notice.team_id == team.id,
        Notice.kind == KIND,
        col(Notice.slack_ts).is_not(None),
    )
    query = _of(team).where(col(Digest.id).in_(said))
    if before is not None:
        query = query.where(col(Digest.day) < before)
    return session.exec(query.order_by(col(Digest.day).desc())).first()


def _of(team: Team) -> SelectOfScalar[Digest]:
    return select(Digest).where(Digest.workspace_id == team.workspace_id, Digest.team_id == team.id)


def is_wanting(session: Session, team: Team, *, now: datetime) -> bool:
    """Whether something may be to do for a team: a digest is due and was not made, or has no figures yet."""
    plan = rhythm(session, team)
    day = rules.due_day(plan, now)
    if day is None:
        return False
    if not has_begun(team, day):
        return False
    made = digest_of(session, team, day)
    return made is None or is_stale(team, plan.calendar, made)


def has_begun(team: Team, day: date) -> bool:
    """Whether a team gets regular digests by a day; before that a message of its first day stands for them."""
    return team.digests_from is None or day >= team.digests_from


def planned(session: Session, team: Team, rhythm: Rhythm, day: date, now: datetime) -> Digest | None:
    """The digest of a day as it would be made now, not stored; None before the first import."""
    reach = tickets.extent(session, team, now)
    if reach is None:
        return None
    as_of = min(now, reach.complete_until)
    said = last_said(session, team, before=day)
    start = said or first(session, team)
    names = rules.skipped(rhythm, said.day if said else start.day - rules.DAY, day) if start and start.day < day else ()
    return Digest(
        workspace_id=team.workspace_id,
        id=0,
        team_id=team.id,
        day=day,
        due_at=rhythm.due_at(day),
        expires_at=rhythm.expires_at(day),
        since_at=_since(rhythm, said, day, as_of),
        as_of=as_of,
        skipped_days=",".join(str(one) for one in names),
    )


def _since(rhythm: Rhythm, said: Digest | None, day: date, as_of: datetime) -> datetime:
    """The end of what the digest before covered; at most a week back, so that weeks compare."""
    week = rhythm.calendar.at_local(day - rules.LOOK_BACK * rules.DAY, rhythm.at)
    if said:
        return max(said.as_of, min(week, as_of))
    while (before := rhythm.day_before(day)) and rhythm.due_at(before) >= as_of > week:
        day = before
    return min(rhythm.due_at(before) if before else week, as_of)


def is_stale(team: Team, calendar: Calendar, digest: Digest) -> bool:
    """Whether a digest has no figures to give: old data, or nothing since the digest before."""
    nothing_new = digest.as_of <= digest.since_at
    return nothing_new or tickets.is_stale(
        calendar, digest.as_of, max(digest.due_at, digest.as_of), team.stale_after_hours
    )


def channel_key(team_id: int, day: date) -> str:
    """What makes a team's digest in its channel one."""
    return f"{KIND}:{team_id}:{day}"


def is_in_channel(notice: Notice, digest: Digest) -> bool:
    """Whether a notice says a digest to a whole channel, and not a copy of it to one person."""
    return notice.key == channel_key(digest.team_id, digest.day)


def copy_readers(session: Session, team: Team, day: date) -> list[Member]:
    """The people of a team who want its digest as a direct message too."""
    return [m for m in people.members_of(session, team, day) if m.digest_copy and m.slack_user_id]


def failure_readers(session: Session, team: Team, day: date) -> list[Member]:
    """Who hears that a digest could not be said: the leads who want to, else the admins."""
    leads = people.members_of(session, team, day, Role.LEAD)
    told = [m for m in leads if m.hears_failures and m.slack_user_id]
    if told or any(m.slack_user_id for m in leads):
        return told
    admins = session.exec(
        select(Member).where(Member.workspace_id == team.workspace_id, Member.role == Role.ADMIN)
    ).all()
    return [m for m in admins if m.slack_user_id and m.hears_failures]
