"""Which goals there are, and how each stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from .. import errors, kpi, people
from ..calendars import local_day, midnight
from ..kpi.subjects import REVIEWED
from ..metrics import Measure, Metric
from ..people import Member, PersonFigures, Team
from ..periods import Period
from . import rules
from .rules import Standing
from .tables import Goal

DAY = timedelta(days=1)
BEFORE_DAYS = 28
"""What something is to get better than: the figure over so many days before it begins."""
SETTLES_AFTER = timedelta(days=8)
"""So long after its last day a goal is judged for good: some figures need a week to stand still."""
RUNNING = ("proposed", "agreed")


@dataclass(frozen=True, slots=True)
class Progress:
    """A goal with its people and how it stands. `standing` None: it has not begun, there is no data, or it is about one
    person in a team that has agreed to no such figures."""

    goal: Goal
    metric: Metric
    team: str
    timezone: str
    member: str
    """Whom it binds; empty: the team."""
    owner: str
    aim: float | None
    standing: Standing | None
    beside: Progress | None = None
    """That of quality which stands beside it."""


def goal(session: Session, workspace_id: int, goal_id: int) -> Goal:
    """One goal. Raises UnknownGoal."""
    found = session.get(Goal, (workspace_id, goal_id))
    if found is None:
        raise errors.UnknownGoal(str(goal_id))
    return found


def of_team(session: Session, team: Team, statuses: Sequence[str] = ("agreed",)) -> list[Goal]:
    """A team's own goals, those that end first first."""
    return _goals(session, team.workspace_id, statuses, Goal.team_id == team.id, col(Goal.member_id).is_(None))


def of_person(session: Session, workspace_id: int, member_id: int, statuses: Sequence[str] = RUNNING) -> list[Goal]:
    """The goals that bind somebody."""
    return _goals(session, workspace_id, statuses, Goal.member_id == member_id)


def of_people(session: Session, team: Team, statuses: Sequence[str] = RUNNING) -> list[Goal]:
    """The goals that bind the people of a team."""
    return _goals(session, team.workspace_id, statuses, Goal.team_id == team.id, col(Goal.member_id).is_not(None))


def _goals(session: Session, workspace_id: int, statuses: Sequence[str], *which: object) -> list[Goal]:
    query = select(Goal).where(
        Goal.workspace_id == workspace_id,
        col(Goal.status).in_(statuses),
        col(Goal.id).not_in(_besides(workspace_id)),
        *which,  # type: ignore[arg-type]
    )
    return list(session.exec(query.order_by(col(Goal.ends_on), col(Goal.id))))


def _besides(workspace_id: int) -> Any:
    """Goals of quality that stand beside another one: they are told with it."""
    return select(Goal.beside_id).where(Goal.workspace_id == workspace_id, col(Goal.beside_id).is_not(None))


def progress(session: Session, one: Goal, *, now: datetime) -> Progress:
    """How a goal stands as far as the data reaches."""
    team = people.team(session, one.workspace_id, one.team_id)
    metric = metric_of(session, team, one.metric)
    member = people.member(session, one.workspace_id, one.member_id) if one.member_id else None
    owner = people.member(session, one.workspace_id, one.owner_id).name
    wanted = rules.aim(metric, one.kind, one.target, one.baseline)
    as_of = kpi.reach(session, team, now)
    today = local_day(as_of, team.timezone)
    standing = None
    is_closed = member is not None and team.person_figures == PersonFigures.NOBODY
    if wanted is not None and today >= one.starts_on and not is_closed:
        measure = measured(session, team, metric, one.starts_on, min(one.ends_on, today), as_of, member)
        if measure is not None:
            passed = 1.0 if today > one.ends_on else rules.elapsed(one.starts_on, one.ends_on, today)
            standing = Standing(measure, wanted, rules.judged(metric, measure, wanted, passed), passed)
    name = member.name if member else ""
    beside = progress(session, goal(session, one.workspace_id, one.beside_id), now=now) if one.beside_id else None
    return Progress(one, metric, team.name, team.timezone, name, owner, wanted, standing, beside)


def is_of_few(session: Session, team: Team, one: Goal, *, now: datetime) -> bool:
    """Whether a goal, or what stands beside it, tells the score of fewer than five people's work."""
    if one.beside_id and is_of_few(session, team, goal(session, one.workspace_id, one.beside_id), now=now):
        return True
    if metric_of(session, team, one.metric).of not in REVIEWED:
        return False
    last = max(one.starts_on, min(one.ends_on, local_day(now, team.timezone)))
    return kpi.is_review_of_few(session, team, _period(team, one.starts_on, last))


def _period(team: Team, first: date, last: date) -> Period:
    zone = team.timezone
    return Period(midnight(first, zone), midnight(last + DAY, zone), zone, "range", first, last, f"{first}..{last}")


def baseline(session: Session, team: Team, metric: Metric, starts_on: date, member: Member | None, now: datetime
             ) -> float | None:  # fmt: skip
    """The figure over the four weeks before a day, or before today where that lies ahead; None: there is none."""
    as_of = kpi.reach(session, team, now)
    last = min(starts_on - DAY, local_day(as_of, team.timezone))
    found = measured(session, team, metric, last - (BEFORE_DAYS - 1) * DAY, last, as_of, member)
    return found.value if found else None


def measured(
    session: Session, team: Team, metric: Metric, first: date, last: date, as_of: datetime, member: Member | None
) -> Measure | None:
    """A figure over some days; None: there is no data at all. About a person it is discreet."""
    if last < first:
        return None
    period = _period(team, first, last)
    agents = people.identities_of(session, team.workspace_id, member.id) if member else None
    try:
        card = kpi.scorecard(session, team, period, as_of=as_of, keys=[metric.key], agents=agents)
    except errors.NoData:
        return None
    return card.reading(metric.key).measure


def metric_of(session: Session, team: Team, key: str) -> Metric:
    """A figure by its key. Raises UnknownMetric."""
    found = kpi.catalogue_of(session, team, with_hidden=True).get(key)
    if found is None:
        raise errors.UnknownMetric(key)
    return found


def offered(session: Session, team: Team, *, of_person: bool) -> list[Metric]:
    """The figures that can be a goal."""
    every = kpi.catalogue_of(session, team).values()
    return [one for one in every if rules.may_be_goal(one, of_person=of_person)]
