"""A metric step by step: days, or weeks or months where there would be more than a chart can hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest

from sqlmodel import Session

from ..calendars import midnight
from ..metrics import Measure, Metric
from ..people import Team, calendar_of
from ..periods import Period, days
from . import windows
from .owned import metric_of
from .reads import target, told_from
from .rules import discreet
from .subjects import Reader

MOST_POINTS = 20
DAY = timedelta(days=1)
MONTHS = {"month": 1, "quarter": 3, "year": 12}
STEPS = ("day", "week", *MONTHS)


@dataclass(frozen=True, slots=True)
class Point:
    """One step. `start` is its first local day; the first and the last may be cut by the period."""

    start: date
    measure: Measure


@dataclass(frozen=True, slots=True)
class Trend:
    """A metric over a period: `step` is day, week, month, quarter or year; at most 20 points."""

    metric: Metric
    step: str
    points: tuple[Point, ...]
    target: float | None
    as_of: datetime
    complete_until: datetime | None
    period: Period


def trend(
    session: Session,
    team: Team,
    key: str,
    period: Period,
    *,
    as_of: datetime,
    agents: Sequence[int] | None = None,
    reader: Reader | None = None,
) -> Trend:
    """One measure a step, all told as of the same instant; days that have not begun by then have no point.

    `reader`: where facts are read already, as of the same instant and from the period's beginning on.
    Raises NoData, UnknownMetric.
    """
    metric = metric_of(session, team, key)
    data = told_from(session, team, metric.of, as_of)
    calendar = calendar_of(session, team)
    facts = (reader or Reader(session, team, period.start, as_of, agents)).of_metric(metric)
    at, how = data.until(as_of), windows.ways(team)
    step, spans = steps(days(period.until(as_of)))
    measures = (
        metric.measure(facts, windows.window(_span(period, *span), at, calendar, data.first_at, how)) for span in spans
    )
    return Trend(
        metric=metric,
        step=step,
        points=tuple(
            Point(first, measure if agents is None else discreet(measure))
            for (first, _), measure in zip(spans, measures, strict=True)
        ),
        target=target(session, team, key),
        as_of=as_of,
        complete_until=data.complete_until,
        period=period.until(as_of),
    )


def steps(begun: Sequence[date]) -> tuple[str, list[tuple[date, date]]]:
    """The shortest step that needs at most 20 points, and each one's first and last day."""
    for step in STEPS:
        spans = list(_spans(begun, step))
        if len(spans) <= MOST_POINTS:
            return step, spans
    return step, spans[-MOST_POINTS:]


def _spans(begun: Sequence[date], step: str) -> Iterator[tuple[date, date]]:
    first: date | None = None
    for day, after in zip_longest(begun, begun[1:]):
        first = first or day
        if after is None or _beginning(after, step) == after:
            yield first, day
            first = None


def _beginning(day: date, step: str) -> date:
    """The first day of the week, month … that holds the day."""
    if step == "day":
        return day
    if step == "week":
        return day - day.weekday() * DAY
    return date(day.year, (day.month - 1) // MONTHS[step] * MONTHS[step] + 1, 1)


def _span(period: Period, first: date, last: date) -> Period:
    zone = period.timezone
    return Period(midnight(first, zone), midnight(last + DAY, zone), zone, "range", first, last, f"{first}..{last}")
