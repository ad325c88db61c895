"""Drawing a week: what a seed takes of it, who reviews what, all written down once. Callers commit."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select, update

from .. import duty, people, tickets
from ..ids import new_id, new_ids
from ..once import add_once
from ..people import Identity, Role, Team
from ..stats import sampling
from . import plans, population, rules, telling
from .rules import Chosen, Population, Sample, Status
from .tables import QaDraw, QaPick, QaPlan

SEEDS = 10**9
"""A seed is short enough to be typed."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw takes, before it is written."""

    seed: int
    sample: Sample
    prompted: tuple[Chosen, ...]
    reviewers: tuple[int | None, ...]
    """One for each chosen: first the random ones, then the prompted."""
    due_at: datetime
    population: int
    facts: Mapping[str, Any]

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        return (*self.sample.chosen, *self.prompted)


def drawn(session: Session, team: Team, week: date, *, now: datetime, seed: int | None = None) -> Drawn:
    """What would be drawn of a week by the team's plan, and by whom reviewed; nothing is written. Without a seed a
    random one."""
    plan = plans.plan_of(session, team)
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    strata = rules.strata_of(plan.strata, plan.unit)
    known = population.of_week(session, team, week)
    whole = known.solved
    sample = rules.sample(whole, unit=plan.unit, amount=plan.amount, strata=strata, seed=seed)
    kinds = [kind for kind in plan.prompted.split(",") if kind] if plan.prompted_most else []
    found = population.prompted(session, team, week, kinds, known)
    taken = {one.ticket_id for one in sample.chosen}
    extra = rules.prompted(found, plan.prompted_most, taken, seed)
    due_at = rules.due_at(people.calendar_of(session, team), now, plan.due_days)
    chosen = (*sample.chosen, *extra)
    given = shared(session, team, [one.agent_id for one in chosen], now=now, due_at=due_at, seed=seed)
    facts = {
        "plan": _told(plan),
        "cells": [[one.name, one.population, one.drawn] for one in sample.cells],
        "strata": _strata(whole, sample, found, extra),
        "without_agent": known.without_agent,
        "data_until": _short_reach(session, team, week, now),
    }
    return Drawn(seed, sample, extra, tuple(given), due_at, len(whole), facts)


def _told(plan: QaPlan) -> dict[str, Any]:
    names = ("unit", "amount", "strata", "prompted", "prompted_most", "draw_weekday", "due_days")
    return {name: getattr(plan, name) for name in names}


def _strata(
    whole: Population, sample: Sample, found: Mapping[str, Population], extra: Sequence[Chosen]
) -> dict[str, list[int]]:
    """Population and picks by stratum."""
    took = Counter(one.stratum for one in extra)
    return {
        "random": [len(whole), len(sample.chosen)],
        **{kind: [len(those), took[kind]] for kind, those in found.items()},
    }


def _short_reach(session: Session, team: Team, week: date, now: datetime) -> str | None:
    """How far the data reaches where that is short of the week's end."""
    reach = tickets.complete_until(session, team, now)
    ends = rules.week_of(people.calendar_of(session, team), week)[1]
    return reach.isoformat() if reach is not None and reach < ends else None


def shared(
    session: Session,
    team: Team,
    agents: Sequence[int],
    *,
    now: datetime,
    due_at: datetime,
    seed: int,
    loads: Mapping[int, int] | None = None,
) -> list[int | None]:
    """Who reviews the work of some agents (identities): the team's reviewers, where it has none its leads; evenly,
    never to oneself, nor to somebody who does not work at all until then."""
    reviewers = reviewers_of(session, team, now=now, due_at=due_at)
    mixed = [reviewers[i] for i in sampling.shuffled(seed, [str(one) for one in reviewers], reviewers).tolist()]
    known = _member_of(session, team, reviewers)
    return rules.shared_out([known.get(agent) for agent in agents], mixed, loads)


def reviewers_of(session: Session, team: Team, *, now: datetime, due_at: datetime) -> list[int]:
    """The members who can review until an instant."""
    day = people.calendar_of(session, team).local_day(now)
    those = people.members_of(session, team, day, Role.QA_REVIEWER) or people.members_of(session, team, day, Role.LEAD)
    board = duty.board(session, team, now, max(due_at, now + rules.DAY))
    return [one.id for one in those if board.working(one.id)]


def _member_of(session: Session, team: Team, reviewers: Sequence[int]) -> dict[int, int]:
    """The member behind each identity that is one of the reviewers."""
    if not reviewers:
        return {}
    mine = (Identity.workspace_id == team.workspace_id, col(Identity.member_id).in_(reviewers))
    rows = session.exec(select(Identity.id, Identity.member_id).where(*mine)).all()
    return {identity: member for identity, member in rows if member is not None}


def draw(
    session: Session, team: Team, week: date, *, now: datetime, seed: int | None = None, found: Drawn | None = None
) -> QaDraw | None:
    """Draw the sample of a week (its local Monday), share it out, and tell the reviewers; what is long past due of
    earlier weeks lapses. Once a team and week: None where it was drawn already. `found`: what `drawn` found before."""
    if plans.draw_of(session, team, week):
        return None
    found = found or drawn(session, team, week, now=now, seed=seed)
    row = QaDraw(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        week=week,
        seed=found.seed,
        population=found.population,
        drawn=len(found.chosen),
        at=now,
        facts={**found.facts, "lapsed": _lapse(session, team, now)},
    )
    if not add_once(session, row):
        return None
    _write(session, row, found, now)
    telling.of_draw(session, team, row, now=now)
    return row


def _write(session: Session, row: QaDraw, found: Drawn, now: datetime) -> None:
    ids = new_ids(now, len(found.chosen))
    rows = [
        {
            "workspace_id": row.workspace_id,
            "id": pick_id,
            "team_id": row.team_id,
            "draw_id": row.id,
            "ticket_id": one.ticket_id,
            "agent_id": one.agent_id,
            "stratum": one.stratum,
            "cell": one.cell,
            "place": one.place,
            "reviewer_id": reviewer,
            "status": Status.OPEN.value,
            "due_at": found.due_at,
        }
        for pick_id, one, reviewer in zip(ids, found.chosen, found.reviewers, strict=True)
    ]
    if rows:
        session.connection().execute(insert(QaPick), rows)


def _lapse(session: Session, team: Team, now: datetime) -> int:
    """What is more than a week past its due time is not waited for any more; how many."""
    over = session.exec(
        update(QaPick)
        .where(
            col(QaPick.workspace_id) == team.workspace_id,
            col(QaPick.team_id) == team.id,
            col(QaPick.status) == Status.OPEN,
            col(QaPick.due_at) < now - rules.LAPSES_AFTER,
        )
        .values(status=Status.LAPSED.value)
        .execution_options(synchronize_session=False)
    )
    return over.rowcount
