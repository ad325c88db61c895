"""Whole ISO weeks of a team, and whether a figure rises or falls over them. Medians of a week are the week's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from ..calendars import midnight
from ..metrics import Cohort, Columns, Metric, Unit, Window
from ..metrics.frame import Floats
from ..stats.trends import trend as mann_kendall
from ..store import microseconds
from .judging import FEWEST, MATURING, SETTLING
from .rules import Movement, Series, WeekTrend, direction_of

WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
FEWEST_WEEKS = 8
SURE = 0.05


def whole_weeks(first: date, newest: date, metric: Metric) -> tuple[date, ...]:
    """The Mondays of the weeks that lie wholly between two days and are old enough for a figure to be final."""
    wait = max(MATURING.get(metric.key, 0), SETTLING.get(metric.key, 0))
    monday, last, found = first + (-first.weekday() % 7) * DAY, newest - wait * DAY, []
    while monday + WEEK - DAY <= last:
        found.append(monday)
        monday += WEEK
    return tuple(found)


def from_days(daily: Series, newest: date) -> WeekTrend | None:
    """The trend of a count or a share, whose weeks are the sums of their days; None of others, or under 8 weeks."""
    if daily.metric.unit not in (Unit.COUNT, Unit.SHARE) or daily.metric.cohort is Cohort.INSTANT:
        return None
    told = np.flatnonzero(np.isfinite(daily.value) | (daily.n > 0))
    if not told.size:
        return None
    weeks = whole_weeks(daily.days[told[0]], newest, daily.metric)
    starts = [(monday - daily.days[0]).days for monday in weeks]
    if len(weeks) < FEWEST_WEEKS:
        return None
    hits, n = _sums(daily.numerator, starts), _sums(daily.n.astype(np.float64), starts)
    if daily.metric.unit is Unit.COUNT:
        return of(daily.metric, weeks, hits)
    return of(daily.metric, weeks, np.where(n >= FEWEST, hits / np.maximum(n, 1), np.nan))


def _sums(values: Floats, starts: Sequence[int]) -> Floats:
    """Of the seven days from each start on."""
    reached = np.concatenate([[0.0], np.cumsum(np.nan_to_num(values))])
    at = np.array(starts, dtype=np.int64)
    sums: Floats = reached[at + 7] - reached[at]
    return sums


def from_facts(metric: Metric, facts: Columns, window: Window, weeks: Sequence[date], timezone: str) -> Floats:
    """A figure of consecutive weeks, from the facts; `window` is all of them. nan: no value, or under 5 behind it."""
    edges = [microseconds(midnight(day, timezone)) for day in (*weeks, weeks[-1] + WEEK)]
    part = metric.formula(facts, window)
    values = []
    for start, end in pairwise(edges):
        if part.placed is None:
            measure = metric.measure(facts, replace(window, start=start, end=end))
        else:
            measure = metric.summed(replace(part, inside=part.inside & (part.placed >= start) & (part.placed < end)))
        is_enough = metric.unit is Unit.COUNT or measure.n >= FEWEST
        values.append(measure.value if measure.value is not None and is_enough else np.nan)
    return np.array(values, dtype=np.float64)


def of(metric: Metric, weeks: tuple[date, ...], values: Floats) -> WeekTrend | None:
    """The trend of weekly values; None where fewer than 8 weeks have one."""
    found = mann_kendall(values)
    if found is None:
        return None
    is_sure = found.p < SURE and found.slope != 0
    movement = Movement.NONE if not is_sure else Movement.RISING if found.s > 0 else Movement.FALLING
    direction = direction_of(metric, found.slope if is_sure else 0.0)
    return WeekTrend(weeks, values, movement, found.slope, found.interval, found.p, direction)
