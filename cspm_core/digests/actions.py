"""Making a team's digest, moving it, pausing it, and telling its lead when Slack does not take it. Callers commit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, update

from .. import notices, people
from ..errors import Invalid
from ..ids import new_id
from ..notices import Notice
from ..once import add_once
from ..people import Team
from ..tickets import complete_until
from . import plans, rules
from .plans import KIND
from .tables import Digest

NO_DATA = "digest.no_data"
UNDELIVERED = "digest.undelivered"


def make(session: Session, team: Team, *, now: datetime) -> Digest | None:
    """Write down the digest that is due, with a notice for the channel and for each who wants a copy. Once a day, by
    key; None where nothing is due, it is paused, it stands already, there is nobody to tell, or the team's first
    day was not told before."""
    rhythm = plans.rhythm(session, team)
    day = rules.due_day(rhythm, now)
    if day is None or not plans.has_begun(team, day) or plans.digest_of(session, team, day):
        return None
    readers = plans.copy_readers(session, team, day)
    if not team.channel and not readers:
        return None
    digest = plans.planned(session, team, rhythm, day, now)
    if digest is None:
        say_no_data(session, team, now=now)
        return None
    digest.id = new_id(now)
    before = plans.latest(session, team)
    if not add_once(session, digest):
        return None
    if team.channel:
        _post(session, digest, plans.channel_key(team.id, day), team.channel, team.language, now)
    for reader in readers:
        key = f"{plans.channel_key(team.id, day)}:{reader.id}"
        language = people.reader_language(session, reader)
        _post(session, digest, key, str(reader.slack_user_id), language, now)
    if before:
        notices.refresh(session, team.workspace_id, KIND, before.id)  # pause and settings stand under the latest only
    return digest


def _post(session: Session, digest: Digest, key: str, place: str, language: str, now: datetime) -> None:
    notices.post(
        session,
        digest.workspace_id,
        key=key,
        kind=KIND,
        subject_id=digest.id,
        team_id=digest.team_id,
        place=place,
        language=language,
        now=now,
        due_at=digest.due_at,
        expires_at=digest.expires_at,
    )


def say_no_data(session: Session, team: Team, *, now: datetime) -> None:
    """Said once, not every morning: nothing was ever imported, and what to do."""
    if team.channel:
        notices.post(
            session,
            team.workspace_id,
            key=f"{NO_DATA}:{team.id}",
            kind=NO_DATA,
            subject_id=team.id,
            team_id=team.id,
            place=team.channel,
            language=team.language,
            now=now,
            expires_at=now + rules.LOOK_BACK * rules.DAY,
        )


def freshen(session: Session, team: Team, *, now: datetime) -> bool:
    """Today's digest said that its data was too old, and newer data has come: let it say its figures."""
    digest = plans.latest(session, team)
    if digest is None or not digest.due_at <= now < digest.expires_at:
        return False
    calendar = people.calendar_of(session, team)
    reach = min(now, complete_until(session, team, now) or digest.as_of)
    if reach <= digest.as_of or not plans.is_stale(team, calendar, digest):
        return False
    digest.as_of = reach
    if plans.is_stale(team, calendar, digest):
        session.expire(digest)
        return False
    session.add(digest)
    session.flush()
    notices.refresh(session, team.workspace_id, KIND, digest.id)
    return True


def tell_leads(session: Session, notice: Notice, code: str, *, now: datetime) -> None:
    """Ask for a direct message to each lead about a digest that Slack does not take; once a digest and reason."""
    digest = plans.digest(session, notice.workspace_id, notice.subject_id)
    if digest is None or not plans.is_in_channel(notice, digest):
        return
    team = people.team(session, notice.workspace_id, notice.team_id)
    for lead in plans.failure_readers(session, team, digest.day):
        notices.post(
            session,
            team.workspace_id,
            key=rules.failure_key(digest.id, code, lead.id),
            kind=UNDELIVERED,
            subject_id=digest.id,
            team_id=team.id,
            place=str(lead.slack_user_id),
            language=people.reader_language(session, lead),
            now=now,
            expires_at=digest.expires_at,
        )


def arrived(session: Session, notice: Notice) -> None:
    """A digest stands in Slack: what its lead was told about a failure says so."""
    notices.refresh(session, notice.workspace_id, UNDELIVERED, notice.subject_id)


def know_channel(session: Session, workspace_id: int, name: str, slack_id: str) -> None:
    """Slack told the id behind a channel's name: keep it, names change."""
    bare = name.removeprefix("#")
    session.exec(
        update(Team)
        .where(col(Team.workspace_id) == workspace_id, col(Team.channel).in_((bare, "#" + bare)))
        .values(channel=slack_id)
        .execution_options(synchronize_session=False)
    )


def pause(session: Session, team: Team, choice: str, by: str, *, now: datetime) -> None:
    """Keep a team's digests silent: `next`, `week` or `resumed`. What was not said yet is not said."""
    if choice not in ("next", "week", "resumed"):
        raise Invalid("pause", choice)
    team.digest_paused_until = rules.pause_until(plans.rhythm(session, team), choice, now)
    team.digest_paused_by = by
    notices.silence(session, team.workspace_id, KIND, team.id, now=now)
    _redraw(session, team)


def resume(session: Session, team: Team, *, now: datetime) -> bool:
    """Let digests come again from now on; False where they were not paused."""
    if team.digest_paused_until is None or team.digest_paused_until <= now:
        return False
    team.digest_paused_until = now  # kept: the days before it were silent on purpose, nobody skipped them
    _redraw(session, team)
    return True


def _redraw(session: Session, team: Team) -> None:
    session.add(team)
    session.flush()
    digest = plans.latest(session, team)
    if digest:
        notices.refresh(session, team.workspace_id, KIND, digest.id)


def change(session: Session, team: Team, *, now: datetime, **settings: Any) -> None:
    """Set `digest_at`, `digest_days`, `digest_on_holidays`, `language` or `channel`; an unsaid digest moves along.

    Raises Invalid.
    """
    rules.wall_time(settings.get("digest_at", team.digest_at))
    rules.weekdays(settings.get("digest_days", team.digest_days))
    before = team.channel
    people.change_team(session, team, **settings)
    if team.channel and team.channel != before:
        _move(session, team, before, now)


def _move(session: Session, team: Team, before: str | None, now: datetime) -> None:
    """What is still to be said goes to the new channel, also where the team had none this morning."""
    assert team.channel is not None
    if before:
        for kind in (KIND, NO_DATA, rules.FIRST_DAY):
            notices.move(session, team.workspace_id, kind, team.id, team.channel, before=before)
    today = plans.latest(session, team)
    if today and today.due_at <= now < today.expires_at:
        _post(session, today, plans.channel_key(team.id, today.day), team.channel, team.language, now)
