"""Whether a figure's latest days are signal or noise. Pure.

The last four weeks are judged against the eight weeks before them. Days on which nobody of the team works are not in
the series at all; a working day with too few tickets, or too young to be told, is a gap, over which no run reaches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from ..metrics import Better, Cohort, Unit
from ..metrics.frame import Floats, Ints
from ..stats import control
from ..stats.control import FEWEST_POINTS, Rule
from . import charts
from .charts import Chart
from .rules import Flag, Method, Reason, Series, Signal, WeekTrend, direction_of

DAY = timedelta(days=1)
JUDGED, BASELINE = 28, 56
"""Days that are judged, and days before them that say what is usual."""
LOOK_BACK = JUDGED + BASELINE
LATEST = 7
"""A signal is of late while its day is at most so many days old."""
FEWEST = 5
"""Under so many tickets a day's share or median says nothing."""
MATURING: Mapping[str, int] = {"resolution_rate": 7, "fcr": 7}
"""Figures of which younger days are not told yet."""
SETTLING: Mapping[str, int] = {"reopen_rate": 7}
"""Figures that can only get worse within so many days: a younger day says nothing while it is good."""


def judge(daily: Series, *, newest: date, closed: frozenset[date], trend: WeekTrend | None = None) -> Signal:
    """A figure's days and those that signal. `newest`: the last whole day; `closed`: the days nobody of the team works.

    `daily` holds as many of the 84 days up to the newest as there are; with less of them fewer are judged, the newest
    last, and the baseline has at least 12 points. `trend` is handed on.
    """
    days = _days(daily.days, newest, closed)
    if daily.metric.cohort is Cohort.INSTANT:
        return _without(daily, np.where(days.age >= 0, daily.value, np.nan), Reason.LEVEL, trend)
    told = _told(daily, days)
    values = np.where(days.age >= MATURING.get(daily.metric.key, 0), told, np.nan)
    if not np.isfinite(values).any():
        return _without(daily, values, Reason.PROVISIONAL if np.isfinite(told).any() else Reason.NO_DATA, trend)
    first = _first_judged(values, days)
    if first is None:
        return _without(daily, values, Reason.TOO_FEW, trend)
    base = np.isfinite(values) & (days.age > days.age[first]) & (days.age <= days.age[first] + BASELINE)
    at = days.worked
    made = charts.chart(daily.metric.unit, values[at], daily.n[at].astype(np.float64), days.weekday[at], base[at])
    if made is None:
        return _without(daily, values, Reason.TOO_FEW, trend)
    values[at] = _settled(daily, values[at], days.age[at], made)
    found = tuple(_flags(daily, values[at], at, made, first))
    last = np.flatnonzero(np.isfinite(values))[-1]
    is_late = bool(found) and found[-1].day == daily.days[last] and days.age[last] <= LATEST
    return Signal(
        metric=daily.metric,
        days=daily.days,
        values=values,
        centre=_spread(made.limits.centre, at, len(values)),
        low=_spread(made.limits.lower, at, len(values)),
        high=_spread(made.limits.upper, at, len(values)),
        method=made.method,
        baseline=int(base.sum()),
        judged_from=daily.days[first],
        flags=found,
        latest=found[-1] if is_late else None,
        trend=trend,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Days:
    """The days of a series: how many days before the newest (below 0: after it), weekdays, and which are worked."""

    age: Ints
    weekday: Ints
    worked: Ints


@lru_cache(maxsize=64)
def _days(days: tuple[date, ...], newest: date, closed: frozenset[date]) -> _Days:
    age = np.array([(newest - day).days for day in days], dtype=np.int64)
    weekday = np.array([day.weekday() for day in days], dtype=np.int64)
    worked = np.array([n for n, day in enumerate(days) if day not in closed and day <= newest], dtype=np.int64)
    return _Days(age, weekday, worked)


def _told(daily: Series, days: _Days) -> Floats:
    """The values of whole worked days with enough behind them."""
    is_worked = np.zeros(len(daily.days), dtype=bool)
    is_worked[days.worked] = True
    is_enough = np.isfinite(daily.value) if daily.metric.unit is Unit.COUNT else daily.n >= FEWEST
    return np.where(is_worked & is_enough, daily.value, np.nan)


def _first_judged(values: Floats, days: _Days) -> int | None:
    """Where judging begins: four weeks back, later where the baseline would have under 12 points; None: nowhere."""
    known = np.flatnonzero(np.isfinite(values))
    within = known[days.age[known] < LOOK_BACK]
    judged = within[days.age[within] < JUDGED]
    skipped = max(FEWEST_POINTS - (len(within) - len(judged)), 0)
    return int(judged[skipped]) if skipped < len(judged) else None


def _settled(daily: Series, values: Floats, age: Ints, made: Chart) -> Floats:
    """Without what is good only because it is young."""
    is_young = age < SETTLING.get(daily.metric.key, 0)
    above = values > made.limits.centre
    is_good = above if daily.metric.better is Better.HIGHER else ~above
    found: Floats = np.where(is_young & is_good, np.nan, values)
    return found


def _flags(daily: Series, values: Floats, at: Ints, made: Chart, first: int) -> Iterator[Flag]:
    """The judged days that signal: a limit before a run, one a day."""
    snapped, limits, seen = made.snapped(values), made.limits, -1
    begins: Ints | None = None
    for point in control.flags(snapped, limits):
        day = int(at[point.at])
        if day < first or day == seen:
            continue
        begins = _begins(snapped - limits.centre) if begins is None else begins
        seen, value, centre = day, float(values[point.at]), float(limits.centre[point.at])
        yield Flag(
            day=daily.days[day],
            value=value,
            centre=centre,
            low=float(limits.lower[point.at]),
            high=float(limits.upper[point.at]),
            rule=1 if point.rule is Rule.BEYOND else 2,
            is_above=value > centre,
            direction=direction_of(daily.metric, value - centre),
            since=daily.days[at[begins[point.at]]],
        )


def _begins(away: Floats) -> Ints:
    """Where the run of days on the same side of the centre begins that each day belongs to."""
    sides = np.sign(away)
    is_new = np.concatenate([[True], ~(sides[1:] == sides[:-1])])
    begins: Ints = np.maximum.accumulate(np.where(is_new, np.arange(len(away)), 0))
    return begins


def _spread(values: Floats, at: Ints, length: int) -> Floats:
    every = np.full(length, np.nan)
    every[at] = values
    return every


def _without(daily: Series, values: Floats, reason: Reason, trend: WeekTrend | None) -> Signal:
    """Without a chart, and why."""
    none = np.full(len(values), np.nan)
    return Signal(daily.metric, daily.days, values, none, none, none, Method.XMR, 0, None, trend=trend, reason=reason)
