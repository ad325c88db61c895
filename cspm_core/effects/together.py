"""A team's promises together, by their kind: what tends to help. Never whose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from ..calendars import local_day, midnight
from ..coaching.rules import PromiseKind, PromiseStatus
from ..coaching.tables import Promise, Talk
from ..metrics import Better, Unit
from ..people import FEW, Team
from ..stats.pooling import error_of
from ..stats.pooling import pooled as pool
from .measuring import Book
from .reads import of_promise
from .rules import BEFORE_DAYS, DAY, FEWEST_BEFORE, LEAST_DAYS, PROMPTED_DAYS, Effect, Kind, Pooled

BACK_DAYS = 182
"""The past half-year."""
FEWEST_POOLED = 5
SHARE, PART = "share", "part"


@dataclass(frozen=True, slots=True)
class Told:
    """One effect on a scale that those of one kind share, better above 0."""

    scale: str
    effect: float
    error: float
    agent_id: int


def pooled(session: Session, team: Team, *, now: datetime) -> Pooled:
    """The talks held and promises made within the past half-year, and the effects of those that named a figure.

    Who may see it: whoever leads or manages the team, and executives; under 5 `people` only the former. Effects are
    there from 5 promises of 5 people on, over each kind's commonest scale.
    """
    last = local_day(now, team.timezone)
    first = last - BACK_DAYS * DAY
    since = midnight(first, team.timezone)
    promises = _promises(session, team, since, now)
    talked = _talked(session, team, since, now)
    effects = _effects(session, team, promises, now)
    kinds = [
        _kind(kind.value, [one for one in promises if one.kind == kind.value], effects)
        for kind in PromiseKind
        if any(one.kind == kind.value for one in promises)
    ]
    people = {*talked, *(one.agent_id for one in promises)}
    return Pooled(team.id, team.name, first, last, len(talked), len(people), tuple(kinds), _kind("", promises, {}))


def for_many(found: Pooled) -> Pooled:
    """The same for whoever sees aggregates alone: kinds of fewer than five people are left out."""
    return replace(found, kinds=tuple(one for one in found.kinds if one.people >= FEW))


def _promises(session: Session, team: Team, since: datetime, now: datetime) -> Sequence[Promise]:
    return session.exec(
        select(Promise)
        .where(
            Promise.workspace_id == team.workspace_id,
            Promise.team_id == team.id,
            col(Promise.made_at) >= since,
            col(Promise.made_at) <= now,
        )
        .order_by(col(Promise.made_at), col(Promise.id))
    ).all()


def _talked(session: Session, team: Team, since: datetime, now: datetime) -> Sequence[int]:
    """Whom each talk that was held was with."""
    return session.exec(
        select(Talk.agent_id).where(
            Talk.workspace_id == team.workspace_id,
            Talk.team_id == team.id,
            Talk.status == "held",
            col(Talk.held_at) >= since,
            col(Talk.held_at) <= now,
        )
    ).all()


def _effects(session: Session, team: Team, promises: Sequence[Promise], now: datetime) -> dict[int, Told]:
    """By promise, of those that were not dropped and are old enough; the facts are read once."""
    old_enough = [one for one in promises if one.metric and one.status != PromiseStatus.DROPPED]
    old_enough = [one for one in old_enough if one.made_at + (LEAST_DAYS + 1) * DAY <= now]
    if not old_enough:
        return {}
    earliest = min(min(one.made_at, one.prompted_from or one.made_at - PROMPTED_DAYS * DAY) for one in old_enough)
    book = Book.opened(session, team, local_day(earliest, team.timezone) - (BEFORE_DAYS + 1) * DAY, now)
    found = {}
    for one in old_enough:
        effect = of_promise(session, one, now=now, book=book)
        told = effect and told_of(effect)
        if told:
            found[one.id] = told
    return found


def told_of(effect: Effect) -> Told | None:
    """An effect on a scale of its own: points of a share, the part of a length of time, else the figure's unit."""
    error = error_of(effect.interval)
    enough = effect.agent.before.n >= FEWEST_BEFORE and effect.after.count >= LEAST_DAYS
    if effect.difference is None or error is None or not enough:
        return None
    sign = -1.0 if effect.metric.better is Better.LOWER else 1.0
    if effect.metric.unit is Unit.SHARE:
        return Told(SHARE, sign * effect.difference, error, effect.agent_id)
    if effect.metric.unit is not Unit.SECONDS:
        return Told(effect.metric.key, sign * effect.difference, error, effect.agent_id)
    level = effect.agent.before.value
    return Told(PART, sign * effect.difference / level, error / level, effect.agent_id) if level else None


def _kind(kind: str, promises: Sequence[Promise], effects: dict[int, Told]) -> Kind:
    told = _of_one_scale([effects[one.id] for one in promises if one.id in effects])
    found = None
    if len(told) >= FEWEST_POOLED and len({one.agent_id for one in told}) >= FEW:
        found = pool([one.effect for one in told], [one.error for one in told])
    sure = found is not None and (found.interval.low > 0 or found.interval.high < 0)
    return Kind(
        kind=kind,
        made=len(promises),
        kept=_count(promises, PromiseStatus.KEPT),
        missed=_count(promises, PromiseStatus.MISSED),
        people=len({one.agent_id for one in promises}),
        told=len(told),
        scale=told[0].scale if told else "",
        effect=found.mean if found else None,
        interval=found.interval if found else None,
        helps=(found.mean > 0) if found and sure else None,
    )


def _of_one_scale(told: list[Told]) -> list[Told]:
    """Those of the commonest scale: what is counted differently cannot be one number."""
    scales = [one.scale for one in told]
    commonest = max(sorted(set(scales)), key=scales.count, default="")
    return [one for one in told if one.scale == commonest]


def _count(promises: Iterable[Promise], status: PromiseStatus) -> int:
    return sum(one.status == status for one in promises)
