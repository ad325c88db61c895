"""A team's signals: every figure's latest days against its own past, and one figure with its weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
from sqlmodel import Session

from ..calendars import Calendar, local_day, midnight
from ..kpi import windows
from ..kpi.daily import Daily, daily
from ..kpi.owned import catalogue_of, metric_of
from ..kpi.reads import Data, told_from, told_of
from ..kpi.subjects import ASKED_FOR, Reader
from ..metrics import Metric, Subject
from ..people import Team, calendar_of
from . import weeks
from .judging import LOOK_BACK, judge
from .rules import Signal, WeekTrend

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
SHORT = timedelta(microseconds=1)
NEARLY = timedelta(minutes=1)
"""Data that reaches so near to midnight has the whole day."""
WEEKS = 26
"""A trend looks back so far."""


def of_team(
    session: Session,
    team: Team,
    keys: Sequence[str] | None,
    as_of: datetime,
    *,
    days: Mapping[str, Daily] | None = None,
    reader: Reader | None = None,
) -> Mapping[str, Signal]:
    """The signal of each figure, by key; `keys` None: of all that the team sees but those of escalations and
    reviews.

    Trends are there for counts and shares; of medians and levels `of_figure` has them. `days`: figures by day where
    they are read already, best of 84 days. `reader`: facts read from 84 days back on. Raises NoData.
    """
    every = catalogue_of(session, team, with_hidden=keys is not None)
    metrics = [one for key, one in every.items() if (one.of not in ASKED_FOR if keys is None else key in keys)]
    if days is None:
        today = local_day(as_of, team.timezone)
        days = daily(session, team, metrics, today - LOOK_BACK * DAY, today, as_of=as_of, reader=reader)
    return judged(session, team, metrics, days, as_of)


def judged(
    session: Session, team: Team, metrics: Sequence[Metric], days: Mapping[str, Daily], as_of: datetime
) -> Mapping[str, Signal]:
    """The signal of some figures from their days."""
    calendar, found = calendar_of(session, team), {}
    reaches = told_of(session, team, [metric.of for metric in metrics], as_of)
    closed: dict[tuple[Subject, tuple[date, ...]], frozenset[date]] = {}
    for metric in metrics:
        series, reach = days.get(metric.key) or _none(metric), reaches[metric.of]
        newest = newest_day(reach.until(as_of), team.timezone)
        if (metric.of, series.days) not in closed:
            closed[metric.of, series.days] = closed_days(calendar, series.days, reach)
        trend = weeks.from_days(series, newest)
        found[metric.key] = judge(series, newest=newest, closed=closed[metric.of, series.days], trend=trend)
    return found


def of_figure(session: Session, team: Team, key: str, as_of: datetime) -> Signal:
    """One figure's signal with the trend of its whole weeks, up to half a year back. Raises NoData, UnknownMetric."""
    metric = metric_of(session, team, key)
    today = local_day(as_of, team.timezone)
    reader = Reader(session, team, midnight(today - (WEEKS + 1) * WEEK, team.timezone), as_of)
    days = daily(session, team, [metric], today - LOOK_BACK * DAY, today, as_of=as_of, reader=reader)
    signal = judged(session, team, [metric], days, as_of)[key]
    return replace(signal, trend=_trend(session, team, metric, reader))


def newest_day(as_of: datetime, timezone: str) -> date:
    """The last whole local day by an instant."""
    return local_day(as_of + NEARLY, timezone) - DAY


def closed_days(calendar: Calendar, days: Sequence[date], reach: Data) -> frozenset[date]:
    """The days that are not in a series: on which nobody of the team works, and the one on which the data begins, of
    which a part is missing. A team that never works is looked at every day."""
    closed = {day for day in days if not calendar.is_working_day(day)}
    if len(closed) == len(days):
        closed = set()
    begun = reach.first_at and calendar.local_day(reach.first_at)
    if begun and reach.first_at and reach.first_at > calendar.midnight(begun):
        closed.add(begun)
    return frozenset(closed)


def _trend(session: Session, team: Team, metric: Metric, reader: Reader) -> WeekTrend | None:
    """Over whole weeks from the first that the data holds."""
    told, zone = told_from(session, team, metric.of, reader.as_of), team.timezone
    newest, first = newest_day(told.until(reader.as_of), zone), local_day(reader.since, zone)
    if told.first_at:
        first = max(first, local_day(told.first_at - SHORT, zone) + DAY)
    mondays = weeks.whole_weeks(first, newest, metric)
    if len(mondays) < weeks.FEWEST_WEEKS:
        return None
    begin, end = midnight(mondays[0], zone), midnight(mondays[-1] + WEEK, zone)
    how = windows.ways(team)
    window = windows.between(begin, end, told.until(reader.as_of), calendar_of(session, team), how, told.first_at)
    return weeks.of(metric, mondays, weeks.from_facts(metric, reader.of_metric(metric), window, mondays, zone))


def _none(metric: Metric) -> Daily:
    """A level, or what has no day."""
    empty = np.zeros(0)
    return Daily(metric, (), empty, empty, empty, np.zeros(0, dtype=np.int64))
