"""Who thanked whom for what, and what a lead has granted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from ..people import Member, Team
from .rules import ALLOWANCE
from .tables import Kudos, KudosTo, RecognitionSettings, Reward, RewardGrant


@dataclass(frozen=True, slots=True)
class Thanks:
    """One thank-you with everybody's names. `to`: pairs of a name and a Slack user or None."""

    id: int
    team_id: int
    team: str
    at: datetime
    giver_id: int
    giver: str
    giver_slack: str | None
    to: tuple[tuple[str, str | None], ...]
    to_ids: tuple[int, ...]
    reason: str
    value: str


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody on a board: how many different people thanked them, how often, and how often they thanked."""

    member_id: int
    name: str
    givers: int
    received: int
    given: int


def settings(session: Session, team: Team) -> RecognitionSettings:
    """How a team thanks; an unsaved row where it has settled nothing."""
    found = session.exec(
        select(RecognitionSettings).where(
            RecognitionSettings.workspace_id == team.workspace_id, RecognitionSettings.team_id == team.id
        )
    ).first()
    return found or RecognitionSettings(workspace_id=team.workspace_id, id=0, team_id=team.id, allowance=ALLOWANCE)


def left_today(session: Session, workspace_id: int, giver_id: int, day: date, allowance: int) -> int:
    """How many somebody may still give on their own day."""
    query = select(func.count()).where(
        KudosTo.workspace_id == workspace_id, KudosTo.giver_id == giver_id, KudosTo.day == day
    )
    return max(0, allowance - int(session.exec(query).one()))


def thanks(session: Session, workspace_id: int, kudos_id: int) -> Thanks | None:
    """One thank-you."""
    row = session.get(Kudos, (workspace_id, kudos_id))
    return _told(session, workspace_id, [row])[0] if row else None


def of_team(session: Session, team: Team, since: datetime, until: datetime) -> list[Thanks]:
    """Those given in a team from an instant up to another, the oldest first."""
    rows = session.exec(
        select(Kudos)
        .where(
            Kudos.workspace_id == team.workspace_id,
            Kudos.team_id == team.id,
            col(Kudos.at) >= since,
            col(Kudos.at) < until,
        )
        .order_by(col(Kudos.at), col(Kudos.id))
    ).all()
    return _told(session, team.workspace_id, rows)


def given_to(
    session: Session, workspace_id: int, member_id: int, since: datetime | None = None, until: datetime | None = None
) -> list[Thanks]:
    """Those that somebody received, the newest first."""
    query = (
        select(Kudos)
        .join(KudosTo, (col(KudosTo.workspace_id) == Kudos.workspace_id) & (col(KudosTo.kudos_id) == Kudos.id))
        .where(Kudos.workspace_id == workspace_id, KudosTo.member_id == member_id)
        .order_by(col(Kudos.at).desc(), col(Kudos.id).desc())
    )
    if since is not None:
        query = query.where(col(Kudos.at) >= since)
    if until is not None:
        query = query.where(col(Kudos.at) < until)
    return _told(session, workspace_id, session.exec(query).all())


def board(session: Session, team: Team, since: datetime, until: datetime) -> list[Place]:
    """Who was thanked by how many different colleagues in a team; distinct givers count, not how often."""
    found = of_team(session, team, since, until)
    names = {one_id: name for one in found for one_id, (name, _) in zip(one.to_ids, one.to, strict=True)}
    names |= {one.giver_id: one.giver for one in found}
    places = [
        Place(
            member_id,
            name,
            len({one.giver_id for one in found if member_id in one.to_ids}),
            sum(member_id in one.to_ids for one in found),
            sum(len(one.to_ids) for one in found if one.giver_id == member_id),
        )
        for member_id, name in names.items()
    ]
    return sorted(places, key=lambda one: (-one.givers, -one.received, one.name))


def rewards(session: Session, team: Team) -> list[Reward]:
    """What the team's leads may grant, by name."""
    rows = session.exec(
        select(Reward).where(
            Reward.workspace_id == team.workspace_id, Reward.team_id == team.id, col(Reward.is_offered)
        )
    ).all()
    return sorted(rows, key=lambda one: one.name_key)


def grants_to(session: Session, workspace_id: int, member_id: int) -> list[tuple[RewardGrant, str, str]]:
    """What somebody was granted, the newest first: the grant, the reward's name, who granted it."""
    query = (
        select(RewardGrant, Reward.name, Member.name)
        .join(
            Reward, (col(Reward.workspace_id) == RewardGrant.workspace_id) & (col(Reward.id) == RewardGrant.reward_id)
        )
        .join(Member, (col(Member.workspace_id) == RewardGrant.workspace_id) & (col(Member.id) == RewardGrant.by_id))
        .where(RewardGrant.workspace_id == workspace_id, RewardGrant.member_id == member_id)
        .order_by(col(RewardGrant.at).desc())
    )
    return [(grant, reward, by) for grant, reward, by in session.exec(query)]


def _told(session: Session, workspace_id: int, rows: Sequence[Kudos]) -> list[Thanks]:
    """The rows with names, in three statements however many."""
    if not rows:
        return []
    to: dict[int, list[int]] = {}
    for one in session.exec(
        select(KudosTo)
        .where(KudosTo.workspace_id == workspace_id, col(KudosTo.kudos_id).in_([row.id for row in rows]))
        .order_by(col(KudosTo.id))
    ):
        to.setdefault(one.kudos_id, []).append(one.member_id)
    ids = {row.giver_id for row in rows} | {one for every in to.values() for one in every}
    people = {
        one.id: one
        for one in session.exec(select(Member).where(Member.workspace_id == workspace_id, col(Member.id).in_(ids)))
    }
    teams = dict(session.exec(select(Team.id, Team.name).where(Team.workspace_id == workspace_id)).all())
    return [
        Thanks(
            row.id,
            row.team_id,
            teams[row.team_id],
            row.at,
            row.giver_id,
            people[row.giver_id].name,
            people[row.giver_id].slack_user_id,
            tuple((people[one].name, people[one].slack_user_id) for one in to.get(row.id, [])),
            tuple(to.get(row.id, [])),
            row.reason,
            row.value,
        )
        for row in rows
    ]
