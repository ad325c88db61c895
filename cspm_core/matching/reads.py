"""Names in the data that match nobody, each with the likeliest person; and those that were said to be somebody's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, false, select

from .. import errors
from ..people import Asker, Identity, Member, Role, Team, fold
from ..tickets.tables import Source
from .candidates import candidates
from .rules import Crowd, Likeliest, Stranger
from .tables import NameMatch
from .work import Work, has_work, work_of


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A name in the data that is nobody's yet. `rivals`: so many people are equally likely, so nobody is suggested."""

    identity_id: int
    name: str
    work: Work
    team_ids: tuple[int, ...]
    """Those in which something hangs on it, the most first."""
    likeliest: Likeliest | None = None
    rivals: int = 0

    @property
    def tickets(self) -> int:
        return self.work.tickets

    @property
    def calls(self) -> int:
        return self.work.calls


@dataclass(frozen=True, slots=True)
class Known:
    """A name that somebody said to be a person's, or nobody's (`member` empty), and that still holds."""

    match_id: int
    identity_id: int
    name: str
    member: str
    by: str
    """Empty: an operator."""
    at: datetime


def unmatched(
    session: Session,
    workspace_id: int,
    team: Team | None = None,
    *,
    among: Collection[int] | None = None,
    strangers: Sequence[Stranger] = (),
) -> list[Unmatched]:
    """Names on which something hangs and that are nobody's, what most hangs on first.

    `team`, or `among` (ids): only in those teams. `strangers`: people in Slack who can be suggested too.
    """
    names = dict(session.exec(select(Identity.id, Identity.name).where(*nobodys(workspace_id))).all())
    if not names:
        return []
    teams = (team.id,) if team else among
    work = work_of(session, workspace_id, sorted(names), teams)
    if not work:
        return []
    crowd = Crowd(candidates(session, workspace_id, strangers))
    found = [_unmatched(identity_id, names[identity_id], by_team, crowd) for identity_id, by_team in work.items()]
    return sorted(found, key=lambda one: (-one.work.total, one.name.casefold(), one.identity_id))


def _unmatched(identity_id: int, name: str, by_team: dict[int, Work], crowd: Crowd) -> Unmatched:
    guess = crowd.guess(name)
    teams = tuple(sorted(by_team, key=lambda team_id: (-by_team[team_id].total, team_id)))
    whole = sum(by_team.values(), Work())
    return Unmatched(identity_id, name, whole, teams, guess.likeliest, guess.rivals)


def nobodys(workspace_id: int) -> tuple[ColumnElement[bool], ...]:
    """What holds for a name (`Identity`) that is still to be matched."""
    return (
        col(Identity.workspace_id) == workspace_id,
        col(Identity.member_id).is_(None),
        col(Identity.is_nobody) == false(),
    )


def has_unmatched(session: Session, workspace_id: int) -> bool:
    """Whether there is any name that is nobody's yet: a quick look before the long one."""
    query = select(Identity.id).where(*nobodys(workspace_id)).limit(1)
    return session.exec(query).first() is not None


def known(session: Session, workspace_id: int, teams: Collection[int] | None = None) -> list[Known]:
    """What was confirmed here and not taken back, the latest first. `teams`: only names with work in those."""
    sayer, ws = aliased(Member), col(NameMatch.workspace_id)
    query = (
        select(NameMatch, Identity.name, Member.name, sayer.name)
        .join(Identity, (col(Identity.workspace_id) == ws) & (col(Identity.id) == NameMatch.identity_id))
        .outerjoin(Member, (col(Member.workspace_id) == ws) & (col(Member.id) == NameMatch.member_id))
        .outerjoin(sayer, (col(sayer.workspace_id) == ws) & (col(sayer.id) == NameMatch.by_id))
        .where(NameMatch.workspace_id == workspace_id, col(NameMatch.undone_at).is_(None))
        .order_by(col(NameMatch.at).desc(), col(NameMatch.id).desc())
    )
    rows = session.exec(query).all()
    if teams is not None:
        there = work_of(session, workspace_id, [row.identity_id for row, *_ in rows], teams)
        rows = [one for one in rows if one[0].identity_id in there]
    return [Known(row.id, row.identity_id, name, who or "", by or "", row.at) for row, name, who, by in rows]


def is_any_known(session: Session, workspace_id: int) -> bool:
    """Whether anything was confirmed here that still holds."""
    query = select(NameMatch.id).where(NameMatch.workspace_id == workspace_id, col(NameMatch.undone_at).is_(None))
    return session.exec(query.limit(1)).first() is not None


def identity_named(session: Session, workspace_id: int, key: str) -> Identity | None:
    """The name in the data that folds to a key."""
    return session.exec(select(Identity).where(Identity.workspace_id == workspace_id, Identity.key == key)).first()


def name_of(session: Session, workspace_id: int, identity_id: int) -> str:
    """A name in the data as it was first written. Raises Changed where it is there no more."""
    found = session.get(Identity, (workspace_id, identity_id))
    if found is None:
        raise errors.Changed
    return found.name


def without_slack(session: Session, workspace_id: int) -> list[Member]:
    """People whom we know from lists alone, by name."""
    query = select(Member).where(Member.workspace_id == workspace_id, col(Member.slack_user_id).is_(None))
    return sorted(session.exec(query), key=lambda one: fold(one.name))


def teams_of(session: Session, workspace_id: int, identity_id: int, teams: Collection[int]) -> list[int]:
    """Those of some teams in which something hangs on a name."""
    return [team_id for team_id in sorted(teams) if has_work(session, workspace_id, identity_id, team_id)]


def may_match(session: Session, workspace_id: int, identity_id: int, asker: Asker, teams: Sequence[Team]) -> bool:
    """Whether somebody may say whose name it is: an admin, or whoever leads a team in which something hangs on it."""
    if asker.everywhere is Role.ADMIN:
        return True
    led = [team.id for team in teams if asker.leads(team.id)]
    return any(has_work(session, workspace_id, identity_id, team_id) for team_id in led)


def last_data_at(session: Session, workspace_id: int, teams: Collection[int] | None = None) -> datetime | None:
    """When data last came; None: never."""
    query = select(Source.imported_at).where(Source.workspace_id == workspace_id)
    if teams is not None:
        query = query.where(col(Source.team_id).in_(teams))
    return session.exec(query.order_by(col(Source.imported_at).desc()).limit(1)).first()
