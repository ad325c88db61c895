"""Asking for a welcome and for what follows it, each once and in the reader's own time. Callers commit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select, update

from .. import duty, errors, notices, people
from ..ids import new_id
from ..once import add_once
from ..people import Member, Team, reader_language
from .reads import Unaware, readers, told
from .tables import Objection, ToldLevel, Welcome

WELCOME, CHANGED, OBJECTION = "welcome", "welcome.changed", "welcome.objection"


def welcome(session: Session, person: Member, now: datetime) -> bool:
    """Ask for the one welcome of an agent, at a good moment of their day; whether it was new.

    It names every team that they are an agent of; nothing for whoever is in none, or not in Slack.
    """
    teams = [one.team for one in told(session, person, now)]
    if not teams or not person.slack_user_id:
        return False
    row = Welcome(workspace_id=person.workspace_id, id=new_id(now), member_id=person.id, at=now)
    if not add_once(session, row):
        return False
    for team in teams:
        _know(session, person, team, now)
    return _post(session, teams[-1], person, WELCOME, f"{WELCOME}:{person.id}", row.id, now)


def tell_anew(session: Session, one: Unaware, now: datetime) -> bool:
    """Tell a welcomed agent who sees figures about them in a team from now on; whether it was new to them.

    A welcome that nobody has read yet says it itself.
    """
    person = people.member(session, one.workspace_id, one.member_id)
    team = people.team(session, one.workspace_id, one.team_id)
    known = _known(session, person, team, one, now)
    if known is None:
        return False
    row = session.exec(
        select(Welcome).where(Welcome.workspace_id == person.workspace_id, Welcome.member_id == person.id)
    ).one()
    said = notices.of_subject(session, person.workspace_id, WELCOME, row.id)
    if any(notice.slack_ts is None and notice.failed is None for notice in said):
        notices.refresh(session, person.workspace_id, WELCOME, row.id)
        return True
    return _post(session, team, person, CHANGED, f"{CHANGED}:{known.id}:{known.changes}", known.id, now)


def object_to(session: Session, person: Member, team: Team, words: str, *, now: datetime) -> Objection:
    """Write down that something about a person is wrong, and tell the team's leads, each at a good moment of theirs.

    Raises NotOfTeam where they are not in the team today, NobodyReads where nobody can be told.
    """
    if team.id not in {one.team.id for one in told(session, person, now)}:
        raise errors.NotOfTeam(team.name)
    reached = readers(session, team, now)
    if not reached:
        raise errors.NobodyReads(team.name)
    row = Objection(
        workspace_id=person.workspace_id, id=new_id(now), member_id=person.id, team_id=team.id, words=words, at=now
    )
    session.add(row)
    session.flush()
    for reader in reached:
        _post(session, team, reader, OBJECTION, f"{OBJECTION}:{row.id}:{reader.id}", row.id, now)
    greeting = select(Welcome.id).where(Welcome.workspace_id == person.workspace_id, Welcome.member_id == person.id)
    if (welcome_id := session.exec(greeting).first()) is not None:
        notices.refresh(session, person.workspace_id, WELCOME, welcome_id)
    return row


def _know(session: Session, person: Member, team: Team, now: datetime) -> ToldLevel | None:
    """Remember what somebody is told first; None where that was said already."""
    row = ToldLevel(
        workspace_id=person.workspace_id, id=new_id(now), member_id=person.id, team_id=team.id,
        level=team.person_figures,
    )  # fmt: skip
    return row if add_once(session, row) else None


def _known(session: Session, person: Member, team: Team, one: Unaware, now: datetime) -> ToldLevel | None:
    """What they know from now on; None where another worker was faster."""
    if one.before is None:
        return _know(session, person, team, now)
    mine = (
        col(ToldLevel.workspace_id) == person.workspace_id,
        col(ToldLevel.member_id) == person.id,
        col(ToldLevel.team_id) == team.id,
    )
    changed = session.exec(
        update(ToldLevel)
        .where(*mine, col(ToldLevel.level) == one.before, col(ToldLevel.changes) == one.changes)
        .values(level=one.level, changes=one.changes + 1)
        .execution_options(synchronize_session=False)
    )
    return session.exec(select(ToldLevel).where(*mine)).one() if changed.rowcount == 1 else None


def _post(session: Session, team: Team, person: Member, kind: str, key: str, subject_id: int, now: datetime) -> bool:
    """To one person, at a good moment of theirs."""
    assert person.slack_user_id
    return notices.post(
        session,
        team.workspace_id,
        key=key,
        kind=kind,
        subject_id=subject_id,
        team_id=team.id,
        place=person.slack_user_id,
        language=reader_language(session, person),
        now=now,
        due_at=duty.waking_moment(session, team, person, now) or now,
    )
