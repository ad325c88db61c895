"""Talks, notes and promises as their two people see them. Nothing here asks for rights: callers do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from .. import people
from ..calendars import local_day
from ..people import Asker, Member, Team
from .contents import AgentLine, Mine, NoteSeen, Person, PromiseSeen, TalkSeen
from .rules import PromiseStatus, TalkStatus
from .tables import Promise, Talk, TalkNote, TalkRhythm

MOST = 50


class Names:
    """People and teams of a workspace, each looked up once."""

    def __init__(self, session: Session, workspace_id: int) -> None:
        self._session, self._workspace_id = session, workspace_id
        self._people: dict[int, Person] = {}
        self._teams: dict[int, Team] = {}

    def person(self, member_id: int) -> Person:
        if member_id not in self._people:
            found = people.member(self._session, self._workspace_id, member_id)
            self._people[member_id] = Person(found.id, found.name, found.slack_user_id)
        return self._people[member_id]

    def team(self, team_id: int) -> Team:
        if team_id not in self._teams:
            self._teams[team_id] = people.team(self._session, self._workspace_id, team_id)
        return self._teams[team_id]


def talk(session: Session, row: Talk, names: Names | None = None, every: str | None = None) -> TalkSeen:
    """A talk with its people."""
    names = names or Names(session, row.workspace_id)
    team = names.team(row.team_id)
    if every is None:
        every = rhythms(session, row.workspace_id, row.lead_id).get(row.agent_id, "never")
    return TalkSeen(
        row.id, team.id, team.name, team.timezone, names.person(row.lead_id), names.person(row.agent_id), row.status,
        row.planned_at, row.minutes, row.held_at, row.moved, row.proposed_by, row.agreed_at, every,
    )  # fmt: skip


def promise(session: Session, row: Promise, *, now: datetime, names: Names | None = None) -> PromiseSeen:
    """A promise with its people."""
    names = names or Names(session, row.workspace_id)
    team = names.team(row.team_id)
    is_late = row.status == PromiseStatus.OPEN and row.due_on < local_day(now, team.timezone)
    return PromiseSeen(
        row.id, team.id, team.name, team.timezone, names.person(row.owner_id), names.person(row.lead_id),
        names.person(row.agent_id), row.words, row.kind, row.due_on, row.metric, row.made_at, row.status, row.closed_at,
        row.line, row.moved, is_late, row.checked_at, row.climbed_at,
    )  # fmt: skip


def rhythms(session: Session, workspace_id: int, lead_id: int) -> dict[int, str]:
    """How often a lead means to talk with each, by agent."""
    query = select(TalkRhythm.agent_id, TalkRhythm.every).where(
        TalkRhythm.workspace_id == workspace_id, TalkRhythm.lead_id == lead_id
    )
    return dict(session.exec(query).all())


def planned_talks(session: Session, workspace_id: int, member_id: int) -> list[Talk]:
    """Somebody's proposed talks on either side, the first first."""
    query = select(Talk).where(
        Talk.workspace_id == workspace_id,
        Talk.status == TalkStatus.PLANNED,
        col(Talk.proposed_by).is_not(None),
        or_(Talk.lead_id == member_id, Talk.agent_id == member_id),
    )
    return list(session.exec(query.order_by(col(Talk.planned_at))))


def last_held(session: Session, workspace_id: int, lead_id: int, agent_id: int) -> Talk | None:
    """The latest talk that two people held."""
    query = select(Talk).where(
        Talk.workspace_id == workspace_id,
        Talk.lead_id == lead_id,
        Talk.agent_id == agent_id,
        Talk.status == TalkStatus.HELD,
    )
    return session.exec(query.order_by(col(Talk.held_at).desc()).limit(1)).first()


def talks_of(session: Session, workspace_id: int, agent_id: int) -> list[Talk]:
    """Every talk that an agent held or is to hold, newest first."""
    query = select(Talk).where(
        Talk.workspace_id == workspace_id, Talk.agent_id == agent_id, Talk.status != TalkStatus.CANCELLED
    )
    return list(session.exec(query.order_by(col(Talk.planned_at).desc())))


def notes_of(session: Session, workspace_id: int, talk_ids: Iterable[int], reader_id: int) -> list[NoteSeen]:
    """The notes of some talks that one of the two may read: shared ones and their own, oldest first."""
    query = (
        select(TalkNote, Member.name)
        .join(Member, (col(Member.workspace_id) == TalkNote.workspace_id) & (col(Member.id) == TalkNote.by_id))
        .where(
            TalkNote.workspace_id == workspace_id,
            col(TalkNote.talk_id).in_(list(talk_ids)),
            or_(col(TalkNote.is_private).is_(False), TalkNote.by_id == reader_id),
        )
    )
    rows = session.exec(query.order_by(col(TalkNote.at), col(TalkNote.id)))
    return [NoteSeen(name, one.at, one.is_private, one.words) for one, name in rows]


def promises_of(session: Session, workspace_id: int, agent_id: int) -> list[Promise]:
    """Every promise between an agent and whoever coached them, newest first."""
    query = select(Promise).where(Promise.workspace_id == workspace_id, Promise.agent_id == agent_id)
    return list(session.exec(query.order_by(col(Promise.made_at).desc(), col(Promise.id).desc())))


def promises_between(session: Session, workspace_id: int, lead_id: int, agent_id: int) -> list[Promise]:
    """Those of two people, newest first."""
    return [one for one in promises_of(session, workspace_id, agent_id) if one.lead_id == lead_id]


def open_promises(session: Session, workspace_id: int, member_id: int) -> list[Promise]:
    """Open promises of or to somebody, the first due first."""
    query = select(Promise).where(
        Promise.workspace_id == workspace_id,
        Promise.status == PromiseStatus.OPEN,
        or_(Promise.lead_id == member_id, Promise.agent_id == member_id),
    )
    return list(session.exec(query.order_by(col(Promise.due_on), col(Promise.id))))


def mine(session: Session, workspace_id: int, asker: Asker, *, now: datetime) -> Mine:
    """Everything that one person has in coaching, on either side."""
    if asker.member_id is None:
        return Mine((), (), (), (), ())
    names, me = Names(session, workspace_id), asker.member_id
    talks = [one for one in planned_talks(session, workspace_id, me) if _is_own(one, asker)]
    promises = [one for one in open_promises(session, workspace_id, me) if _is_own(one, asker)]
    seen = [promise(session, one, now=now, names=names) for one in promises]
    return Mine(
        tuple(talk(session, one, names) for one in talks),
        tuple(one for one in seen if one.owner.id == me),
        tuple(one for one in seen if one.owner.id != me),
        tuple(_shared(session, workspace_id, me, names)),
        tuple(_agents(session, workspace_id, asker, promises, talks, names, now)),
    )


def _is_own(row: Talk | Promise, asker: Asker) -> bool:
    return asker.member_id == row.agent_id or asker.coaches(row.team_id)


def _shared(
    session: Session, workspace_id: int, me: int, names: Names
) -> Iterable[tuple[TalkSeen, tuple[NoteSeen, ...]]]:
    """What somebody may read of the talk that is planned, and of the last one, with each who coaches them."""
    seen: set[tuple[int, str]] = set()
    query = select(Talk).where(
        Talk.workspace_id == workspace_id, Talk.agent_id == me, Talk.status != TalkStatus.CANCELLED
    )
    for row in session.exec(query.order_by(col(Talk.planned_at).desc()).limit(MOST)):
        if (row.lead_id, row.status) not in seen:
            seen.add((row.lead_id, row.status))
            yield talk(session, row, names, ""), tuple(notes_of(session, workspace_id, [row.id], me))


def _agents(
    session: Session, workspace_id: int, asker: Asker, promises: Sequence[Promise], talks: Sequence[Talk],
    names: Names, now: datetime,
) -> list[AgentLine]:  # fmt: skip
    """Whom somebody coaches, those with whom they have talked the longest ago first."""
    me = asker.member_id
    assert me is not None
    every = rhythms(session, workspace_id, me)
    last = _last_held_of(session, workspace_id, me)
    planned = {one.agent_id: one for one in talks if one.lead_id == me}
    found: list[AgentLine] = []
    for team_id in sorted(one for one in asker.team_ids if asker.coaches(one)):
        team = names.team(team_id)
        today = local_day(now, team.timezone)
        for member in people.members_of(session, team, today):
            if member.id == me or any(one.agent.id == member.id for one in found):
                continue
            of = [one for one in promises if one.agent_id == member.id and one.lead_id == me]
            row = planned.get(member.id)
            said = every.get(member.id, "never")
            found.append(
                AgentLine(
                    Person(member.id, member.name, member.slack_user_id), team.id, team.name, team.timezone,
                    last.get(member.id), talk(session, row, names, said) if row else None, said, len(of),
                    sum(one.due_on < today for one in of),
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: (one.last_at is not None, one.last_at or now, people.fold(one.agent.name)))


def _last_held_of(session: Session, workspace_id: int, lead_id: int) -> dict[int, datetime]:
    query = select(Talk.agent_id, Talk.held_at).where(
        Talk.workspace_id == workspace_id, Talk.lead_id == lead_id, Talk.status == TalkStatus.HELD
    )
    return {agent_id: at for agent_id, at in session.exec(query.order_by(col(Talk.held_at))) if at}
