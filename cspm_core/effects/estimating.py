"""From figures before and after to a difference that can be believed. Pure.

Who gets a promise had bad weeks, and bad weeks are followed by better ones without any promise. So the weeks that
prompted it are in no figure (`rules.stretches`); where too little stands before them, the figure before is drawn
towards the colleagues', as far as chance explains how much they differ. The team's own change is taken off, and the
interval is widened by how much colleagues' figures change beyond chance although they promised nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .. import stats
from ..kpi.rules import Direction
from ..metrics import Measure, Metric, Unit
from ..signals.differences import combined, difference, is_sure
from ..signals.rules import direction_of
from ..stats import Interval
from ..stats.pooling import error_of, pooled, shrunken, spread_of
from ..stats.proportions import Z95
from .rules import (
    AFTER_DAYS,
    DAY,
    FEWEST_AFTER,
    FEWEST_BEFORE,
    FEWEST_COLLEAGUES,
    LEAST_DAYS,
    Change,
    Days,
    Missing,
    Verdict,
    slight,
)

FEWEST_CHANGES = 5
"""Colleagues with a change, under which nobody knows how much changes by itself."""


@dataclass(frozen=True, slots=True)
class Estimated:
    """The agent's change less the team's, and by how much colleagues' figures change beyond chance (`drift`)."""

    difference: float | None
    interval: Interval | None
    drift: float = 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    verdict: Verdict
    missing: Missing = Missing.NONE
    needed: int = 0
    tellable_on: date | None = None


def change(metric: Metric, before: Measure, after: Measure) -> Change:
    """From before to after, with its interval."""
    if before.value is None or after.value is None:
        return Change(before, after)
    return Change(before, after, after.value - before.value, difference(metric, after, before))


def estimate(agent: Change, team: Change, colleagues: Sequence[Change]) -> Estimated:
    """The difference in differences. None where one has no change, or no interval of it."""
    drift = drift_of(colleagues)
    if agent.amount is None or team.amount is None or agent.interval is None or team.interval is None:
        return Estimated(None, None, drift)
    apart = combined(agent.amount, agent.interval, team.amount, team.interval)
    return Estimated(agent.amount - team.amount, widened(apart, agent.amount - team.amount, drift), drift)


def widened(interval: Interval, centre: float, drift: float) -> Interval:
    """An interval with what changes by itself."""
    below, above = (math.hypot(side, Z95 * drift) for side in (centre - interval.low, interval.high - centre))
    return Interval(centre - below, centre + above)


def drift_of(colleagues: Sequence[Change]) -> float:
    """By how much figures change beyond chance where nobody promised anything; 0 where too few say it."""
    told = [(one.amount, error) for one in colleagues if one.amount is not None and (error := error_of(one.interval))]
    if len(told) < FEWEST_CHANGES:
        return 0.0
    return spread_of([amount for amount, _ in told], [error for _, error in told])


def among(metric: Metric, own: Measure, others: Sequence[Measure]) -> Measure:
    """A figure drawn towards those of colleagues: shares by the beta-binomial law, all else by the normal one. As it
    is where they are too few."""
    if own.value is None:
        return own
    if metric.unit is Unit.SHARE:
        every = [own, *(one for one in others if one.denominator)]
        hits, n = ([round(one.numerator or 0) for one in every], [round(one.denominator or 0) for one in every])
        prior = stats.fit(hits, n)
        if prior is None or len(every) <= FEWEST_COLLEAGUES:
            return own
        if math.isinf(prior.alpha):
            return replace(own, value=prior.mean, numerator=None, interval=stats.wilson(sum(hits), sum(n)))
        value, interval = stats.posterior(hits[0], n[0], prior)
        return replace(own, value=value, numerator=None, interval=interval)
    error, known = error_of(own.interval), [(one.value, error_of(one.interval)) for one in others]
    told = [(value, wide) for value, wide in known if value is not None and wide]
    pool = pooled([value for value, _ in told], [wide for _, wide in told])
    if error is None or pool is None or len(told) < FEWEST_COLLEAGUES:
        return own
    value, interval = shrunken(own.value, error, pool)
    return replace(own, value=value, numerator=None, interval=interval)


def looked_early(interval: Interval, centre: float, days: int) -> Interval:
    """An interval for whoever looks again and again before the eight weeks are over.

    Widened by the root of what part of them has passed: however often it is looked at, no more than 5 of 100 promises
    without any effect are ever called a help or a harm each (O'Brien and Fleming, Biometrics 35 (1979) 549; the law of
    the largest of a random walk).
    """
    times = math.sqrt(AFTER_DAYS / min(max(days, 1), AFTER_DAYS))
    return Interval(centre - times * (centre - interval.low), centre + times * (interval.high - centre))


def judge(
    metric: Metric, agent: Change, colleagues: int, found: Estimated, after: Days, *, n: tuple[int, int]
) -> Judged:
    """The honest verdict. `n`: the agent's tickets before and after, also where they are too few to be told."""
    over = after.first + (AFTER_DAYS - 1) * DAY
    is_over = after.last >= over
    if after.count < LEAST_DAYS:
        return Judged(Verdict.TOO_EARLY, Missing.TIME, tellable_on=after.first + LEAST_DAYS * DAY)
    if n[0] < FEWEST_BEFORE:
        return Judged(Verdict.CANNOT_TELL, Missing.BEFORE, FEWEST_BEFORE - n[0])
    if n[1] < FEWEST_AFTER:
        return _too_few(n[1], after, over, is_over=is_over)
    if colleagues < FEWEST_COLLEAGUES:
        return Judged(Verdict.CANNOT_TELL, Missing.TEAM)
    if found.difference is None or found.interval is None:
        return _not_yet(over, is_over=is_over)
    if is_sure(looked_early(found.interval, found.difference, after.count)):
        better = direction_of(metric, found.difference) is Direction.BETTER
        return Judged(Verdict.HELPED if better else Verdict.WORSE)
    much = slight(metric, agent.before.value)
    if -much <= found.interval.low and found.interval.high <= much and after.count >= AFTER_DAYS // 2:
        return Judged(Verdict.NO_CHANGE)
    return _not_yet(over, is_over=is_over)


def _too_few(n: int, after: Days, over: date, *, is_over: bool) -> Judged:
    """When there will be enough, at the pace so far."""
    if is_over:
        return Judged(Verdict.CANNOT_TELL, Missing.AFTER, FEWEST_AFTER - n)
    days = math.ceil(after.count * FEWEST_AFTER / n) if n else AFTER_DAYS
    on = min(after.first + max(days, LEAST_DAYS) * DAY, over + DAY)
    return Judged(Verdict.TOO_EARLY, Missing.AFTER, FEWEST_AFTER - n, on)


def _not_yet(over: date, *, is_over: bool) -> Judged:
    if is_over:
        return Judged(Verdict.CANNOT_TELL, Missing.WIDTH)
    return Judged(Verdict.TOO_EARLY, Missing.WIDTH, tellable_on=over + DAY)
