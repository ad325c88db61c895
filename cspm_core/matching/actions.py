"""Saying whose name a name in the data is. It is written down who said so. Callers commit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, false, select, update

from .. import errors, people
from ..ids import new_id
from ..people import Identity, Member, Role
from .candidates import candidates
from .rules import Crowd
from .tables import NameMatch
from .work import has_work

ALWAYS = date(1970, 1, 1)
"""The first day of whoever joins a team with their name: their tickets are older than the saying so."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What came of it. `joined`: ids of the teams that the person is an agent of now; `is_new` False: it stood so."""

    match_id: int | None
    joined: tuple[int, ...] = ()
    is_new: bool = True


def confirm(
    session: Session,
    identity_id: int,
    person: Member,
    *,
    teams: Collection[int],
    by: int | None,
    now: datetime,
) -> Confirmed:
    """A name in the data is this person's; said twice, it changes nothing.

    `teams`: those (ids) whose agent they become where the name has work and they never had a role. `by`: the member who
    says so; None: an operator. Raises Matched where somebody else said otherwise before, OwnName where somebody says it
    of themselves and is not who would be suggested: they would read a colleague's figures as their own.
    """
    if by == person.id and not _is_plainly(session, identity_id, person):
        raise errors.OwnName(_identity(session, person.workspace_id, identity_id).name)
    if not _claim(session, person.workspace_id, identity_id, member_id=person.id):
        row = _identity(session, person.workspace_id, identity_id)
        if row.member_id == person.id:
            return Confirmed(_standing(session, row), is_new=False)
        raise _matched(session, row)
    joined = _join(session, identity_id, person, teams, now)
    made = _write(session, person.workspace_id, identity_id, person.id, by, now, joined)
    return Confirmed(made.id, joined)


def call_nobody(session: Session, workspace_id: int, identity_id: int, *, by: int | None, now: datetime) -> Confirmed:
    """A name in the data is nobody's here (a bot, somebody who left). Raises Matched where it is somebody's."""
    if not _claim(session, workspace_id, identity_id, is_nobody=True):
        row = _identity(session, workspace_id, identity_id)
        if row.member_id is None:
            return Confirmed(_standing(session, row), is_new=False)
        raise _matched(session, row)
    return Confirmed(_write(session, workspace_id, identity_id, None, by, now, ()).id)


def match(session: Session, workspace_id: int, match_id: int) -> NameMatch:
    """What was said of a name. Raises Changed where there is no such saying."""
    found = session.get(NameMatch, (workspace_id, match_id))
    if found is None:
        raise errors.Changed
    return found


def _claim(session: Session, workspace_id: int, identity_id: int, **values: Any) -> bool:
    """Whether we are the first to say whose name it is."""
    given = session.exec(
        update(Identity)
        .where(
            col(Identity.workspace_id) == workspace_id,
            col(Identity.id) == identity_id,
            col(Identity.member_id).is_(None),
            col(Identity.is_nobody) == false(),
        )
        .values(**values)
    )
    refresh(session, workspace_id, identity_id)
    return given.rowcount == 1


def _is_plainly(session: Session, identity_id: int, person: Member) -> bool:
    """Whether a name stands for somebody already, or nobody else whom we know is as like it, whatever Slack calls them
    by now."""
    row = _identity(session, person.workspace_id, identity_id)
    if row.member_id is not None or row.is_nobody:
        return True
    found = Crowd(candidates(session, person.workspace_id)).guess(row.name).likeliest
    return found is not None and found.candidate.member_id == person.id


def _identity(session: Session, workspace_id: int, identity_id: int) -> Identity:
    found = session.get(Identity, (workspace_id, identity_id))
    if found is None:
        raise errors.Changed
    return found


def refresh(session: Session, workspace_id: int, identity_id: int) -> None:
    """What an UPDATE changed is seen in this session too."""
    session.get(Identity, (workspace_id, identity_id), populate_existing=True)


def _standing(session: Session, row: Identity) -> int | None:
    """Where it is written down who said what stands."""
    found = _last(session, row)
    return found.id if found else None


def _last(session: Session, row: Identity) -> NameMatch | None:
    query = select(NameMatch).where(
        NameMatch.workspace_id == row.workspace_id,
        NameMatch.identity_id == row.id,
        col(NameMatch.undone_at).is_(None),
        is_(NameMatch.member_id, row.member_id),
    )
    return session.exec(query.order_by(col(NameMatch.id).desc())).first()


def is_(column: Any, value: int | None) -> Any:
    """Whether a column holds a value, which may be none."""
    return col(column).is_(None) if value is None else col(column) == value


def _matched(session: Session, row: Identity) -> errors.Matched:
    person = session.get(Member, (row.workspace_id, row.member_id)) if row.member_id else None
    last = _last(session, row)
    by = session.get(Member, (row.workspace_id, last.by_id)) if last and last.by_id else None
    return errors.Matched(row.name, person.name if person else "", by.name if by else "")


def _write(
    session: Session,
    workspace_id: int,
    identity_id: int,
    member_id: int | None,
    by: int | None,
    now: datetime,
    joined: Collection[int],
) -> NameMatch:
    row = NameMatch(
        workspace_id=workspace_id,
        id=new_id(now),
        identity_id=identity_id,
        member_id=member_id,
        by_id=by,
        at=now,
        joined=",".join(map(str, joined)),
    )
    session.add(row)
    session.flush()
    return row


def _join(session: Session, identity_id: int, person: Member, teams: Collection[int], now: datetime) -> tuple[int, ...]:
    """Who had a role in a team before, and has left it, does not come back with a name of then."""
    had = {place.team_id for place in people.memberships(session, person.workspace_id, person.id)}
    wanted = [team_id for team_id in sorted(set(teams) - had)
              if has_work(session, person.workspace_id, identity_id, team_id)]  # fmt: skip
    for team_id in wanted:
        team = people.team(session, person.workspace_id, team_id)
        people.join_team(session, team, person, Role.AGENT, now=now, from_day=ALWAYS)
    return tuple(wanted)
