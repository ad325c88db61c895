"""The QA score week by week: which of the latest weeks signal, and whether the weeks rise or fall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from sqlmodel import Session

from ..calendars import midnight
from ..kpi import windows
from ..kpi.reads import told_from
from ..kpi.subjects import Reader
from ..metrics import CATALOGUE, Measure, Subject
from ..metrics.frame import Floats
from ..people import Team, calendar_of
from ..periods import Period, local_day
from ..signals import weeks as trends
from ..signals.judging import FEWEST
from ..signals.rules import WeekTrend
from ..stats import control

WEEKS, JUDGED = 20, 4
"""Weeks in the trend, and how many of the latest are held against those before them."""
WEEK, DAY = timedelta(weeks=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Week:
    """One ISO week of the team, Monday to Sunday; the last may still be running.

    `signal`: above (True) or below (False) the limits that the weeks before make, or the ninth in a row on one side.
    """

    monday: date
    measure: Measure
    signal: bool | None = None


def weekly(session: Session, team: Team, period: Period, as_of: datetime) -> tuple[tuple[Week, ...], WeekTrend | None]:
    """The last 20 weeks up to a period's end, from the first with a review on, and their trend.

    Only weeks that are over and have at least 5 reviews in the score are judged.
    """
    mondays = _mondays(session, team, period, as_of)
    if not mondays:
        return (), None
    measures = _measures(session, team, mondays, as_of)
    values = np.array([_value(team, day, one, as_of) for day, one in zip(mondays, measures, strict=True)])
    marks = signals(values)
    shown = tuple(Week(day, one, marks.get(n)) for n, (day, one) in enumerate(zip(mondays, measures, strict=True)))
    over = sum(_is_over(team, day, as_of) for day in mondays)
    return shown, trends.of(CATALOGUE["qa_score"], tuple(mondays[:over]), values[:over])


def _mondays(session: Session, team: Team, period: Period, as_of: datetime) -> list[date]:
    begun = told_from(session, team, Subject.REVIEWS, as_of).first_at
    if begun is None or begun >= period.end:
        return []
    newest = _monday(local_day(period.end - timedelta(microseconds=1), team.timezone))
    oldest = max(newest - (WEEKS - 1) * WEEK, _monday(local_day(begun, team.timezone)))
    return [oldest + n * WEEK for n in range((newest - oldest).days // 7 + 1)]


def _monday(day: date) -> date:
    return day - day.weekday() * DAY


def _measures(session: Session, team: Team, mondays: list[date], as_of: datetime) -> list[Measure]:
    metric, zone = CATALOGUE["qa_score"], team.timezone
    facts = Reader(session, team, midnight(mondays[0], zone), as_of).of_metric(metric)
    calendar, how = calendar_of(session, team), windows.ways(team)
    spans = ((midnight(day, zone), midnight(day + WEEK, zone)) for day in mondays)
    return [metric.measure(facts, windows.between(*span, as_of, calendar, how)) for span in spans]


def _is_over(team: Team, monday: date, as_of: datetime) -> bool:
    return midnight(monday + WEEK, team.timezone) <= as_of


def _value(team: Team, monday: date, measure: Measure, as_of: datetime) -> float:
    is_told = measure.value is not None and measure.n >= FEWEST and _is_over(team, monday, as_of)
    return float(measure.value or 0.0) if is_told else np.nan


def signals(values: Floats) -> dict[int, bool]:
    """Which of the latest four values (nan: none) signal, and whether upwards; it takes 12 before them to know."""
    known = np.flatnonzero(np.isfinite(values))
    judged = known[-JUDGED:]
    is_base = np.isfinite(values)
    is_base[judged] = False
    limits = control.xmr(values, baseline=is_base)
    if limits is None:
        return {}
    late = set(judged.tolist())
    return {flag.at: flag.side is control.Side.ABOVE for flag in control.flags(values, limits) if flag.at in late}
