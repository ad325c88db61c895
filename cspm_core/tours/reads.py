"""How far somebody is, and how many of a team have opened a tour: never who."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from ..calendars import local_day, midnight
from ..matching.tables import NameMatch
from ..people import Membership, Role, Team, members_of
from . import rules
from .rules import Opened, Progress
from .tables import Tour

LATELY = timedelta(days=28)
"""So long after somebody has left a team nothing is said: the number without them would tell what they did."""


def progress(session: Session, workspace_id: int, member_id: int, role: Role) -> Progress | None:
    """How far somebody is with the tour of a role; None: they have never opened it."""
    row = session.exec(of(workspace_id, member_id, role)).first()
    return Progress(role, row.step, row.opened_at, row.done_at) if row else None


def left_last(session: Session, workspace_id: int, member_id: int, roles: Collection[Role]) -> Role | None:
    """Of the tours of these roles that are not through, the one that somebody saw last; None: none is open."""
    query = (
        select(Tour.role)
        .where(
            Tour.workspace_id == workspace_id,
            Tour.member_id == member_id,
            col(Tour.role).in_([one.value for one in roles]),
            col(Tour.done_at).is_(None),
        )
        .order_by(func.coalesce(Tour.seen_at, Tour.opened_at).desc(), col(Tour.id).desc())
    )
    found = session.exec(query.limit(1)).first()
    return Role(found) if found else None


def opened(session: Session, team: Team, *, now: datetime) -> Opened | None:
    """How many of a team's people had opened a tour, of any role, by the end of the day before.

    Once a day, so that nobody sees it move as somebody opens one; None where the team is too small to say it, or
    somebody was taken out of it lately. People without an account in Slack cannot open one and are not counted.
    """
    today = local_day(now, team.timezone)
    every = members_of(session, team, today)
    ids = [one.id for one in every if one.slack_user_id]
    if rules.quietly(0, len(ids)) is None or _has_lost(session, team, [one.id for one in every], today):
        return None
    query = select(func.count(func.distinct(Tour.member_id))).where(
        Tour.workspace_id == team.workspace_id,
        col(Tour.member_id).in_(ids),
        col(Tour.opened_at) < midnight(today, team.timezone),
    )
    return rules.quietly(int(session.exec(query).one()), len(ids))


def _has_lost(session: Session, team: Team, here: Collection[int], today: date) -> bool:
    """Whether somebody who is not `here` was in the team lately, or was taken for one of it by a name in the data."""
    left = select(Membership.id).where(
        Membership.workspace_id == team.workspace_id,
        Membership.team_id == team.id,
        col(Membership.member_id).not_in(here),
        col(Membership.to_day) < today,
        col(Membership.to_day) >= today - LATELY,
    )
    taken_back = select(NameMatch.joined).where(
        NameMatch.workspace_id == team.workspace_id,
        col(NameMatch.member_id).not_in(here),
        col(NameMatch.undone_at) >= midnight(today - LATELY, team.timezone),
    )
    if session.exec(left.limit(1)).first() is not None:
        return True
    return any(str(team.id) in joined.split(",") for joined in session.exec(taken_back))


def of(workspace_id: int, member_id: int, role: Role) -> SelectOfScalar[Tour]:
    """The row of one person's way through one tour, as a query."""
    return select(Tour).where(Tour.workspace_id == workspace_id, Tour.member_id == member_id, Tour.role == role.value)
