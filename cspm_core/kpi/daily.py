"""Figures day by day: what stands still is read, the rest is worked out from the facts. The same figures either way."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
from sqlmodel import Session, col, select

from ..calendars import midnight
from ..metrics import Cohort, Columns, Contacts, Measure, Metric, Part, Subject, Tickets, Unit, Window
from ..metrics.frame import Floats, Ints, Mask
from ..people import Team, calendar_of
from ..store import microseconds
from . import windows
from .reads import told_of
from .subjects import ESCALATED, REVIEWED, Reader
from .tables import FigureDay

ONE = timedelta(days=1)
VERSION = 1
"""Raised when a formula changes what it says, so that what was kept is worked out again."""

PLACING = (
    "created", "first_solved", "solved", "reopened", "first_response_target", "resolution_target", "csat_sent",
    "csat_at", "handled",
)  # fmt: skip
"""The instants by which something is placed in a day."""

Figures = tuple[float | None, float | None, float | None, int]
"""Value, numerator, denominator, n."""


@dataclass(frozen=True, slots=True, eq=False)
class Daily:
    """A metric's figures of each local day (cohort and all), told as of one instant; arrays as long as `days`.

    nan: no data. A day that had not begun by then, or lies before the data, has n 0 and no value; so has a median that
    is only known to be longer than something.
    """

    metric: Metric
    days: tuple[date, ...]
    value: Floats
    numerator: Floats
    denominator: Floats
    n: Ints


def daily(
    session: Session,
    team: Team,
    metrics: Sequence[Metric],
    first_day: date,
    last_day: date,
    *,
    as_of: datetime,
    reader: Reader | None = None,
) -> Mapping[str, Daily]:
    """The figures of every local day from the first to the last, by metric; none of what has no event to place it.

    `reader`: where facts are read already, as of the same instant; used where it goes back far enough. Raises NoData.
    """
    metrics = [metric for metric in metrics if metric.cohort is not Cohort.INSTANT]
    kept = _kept(session, team, first_day, last_day, as_of)
    days = [first_day + n * ONE for n in range((last_day - first_day).days + 1)]
    fresh: dict[date, dict[str, Figures]] = {day: {} for day in days}
    for some in _apart(metrics):
        missing = [day for day in days if any(metric.key not in kept.get(day, {}) for metric in some)]
        if missing:
            span = [day for day in days if missing[0] <= day <= missing[-1]]
            begin = midnight(span[0], team.timezone)
            source = reader if reader and reader.since <= begin else Reader(session, team, begin, as_of)
            for day, figures in worked_out(source, some, span, looks(session, team, some, span, as_of)).items():
                fresh[day] |= figures
    every = {day: {**fresh.get(day, {}), **kept.get(day, {})} for day in days}
    placed = {key for one in every.values() for key in one}
    return {metric.key: _series(metric, days, every) for metric in metrics if metric.key in placed}


def _apart(metrics: Sequence[Metric]) -> Iterator[list[Metric]]:
    """By what has to be read, so that figures which are never kept make nobody read what the others have kept."""
    apart = (ESCALATED, *((of,) for of in REVIEWED))
    for subjects in (tuple(of for of in Subject if not any(of in one for one in apart)), *apart):
        yield [metric for metric in metrics if metric.of in subjects]


def counted_for(team: Team) -> str:
    """The settings of a team that its figures depend on."""
    return f"{VERSION}|{team.timezone}|{team.calendar_version}|{windows.ways(team)}"


def _kept(session: Session, team: Team, first: date, last: date, as_of: datetime) -> dict[date, dict[str, Figures]]:
    query = select(col(FigureDay.day), col(FigureDay.figures)).where(
        FigureDay.workspace_id == team.workspace_id,
        FigureDay.team_id == team.id,
        col(FigureDay.day).between(first, last),
        FigureDay.as_of <= as_of,
        FigureDay.counted_for == counted_for(team),
    )
    return {day: {key: tuple(one) for key, one in json.loads(told).items()} for day, told in session.exec(query)}


def looks(
    session: Session, team: Team, metrics: Sequence[Metric], span: Sequence[date], as_of: datetime
) -> Mapping[Subject, Window]:
    """What each subject is looked at through over consecutive days: as far as its data reaches."""
    begin, end = midnight(span[0], team.timezone), midnight(span[-1] + ONE, team.timezone)
    calendar, how, found = calendar_of(session, team), windows.ways(team), {}
    for of, told in told_of(session, team, [metric.of for metric in metrics], as_of).items():
        found[of] = windows.between(begin, end, told.until(as_of), calendar, how, told.first_at)
    return found


def worked_out(
    reader: Reader, metrics: Sequence[Metric], days: Sequence[date], through: Mapping[Subject, Window]
) -> dict[date, dict[str, Figures]]:
    """The figures of consecutive days from the facts; the windows hold all of them."""
    zone = reader.team.timezone
    edges = np.array([microseconds(midnight(day, zone)) for day in (*days, days[-1] + ONE)], dtype=np.int64)
    found: dict[date, dict[str, Figures]] = {day: {} for day in days}
    near = _Near(reader, int(edges[0]), int(edges[-1]))
    for metric in metrics:
        window = through[metric.of]
        part = metric.formula(near.of_metric(metric), window)
        if part.placed is None:
            continue
        for day, figures in zip(days, _by_day(metric, part, edges, window), strict=True):
            found[day][metric.key] = figures
    return found


class _Near:
    """Of what a reader has read, only what something happened to in some days: the rest has no place in them."""

    def __init__(self, reader: Reader, begin: int, end: int) -> None:
        self.reader, self.begin, self.end = reader, begin, end
        self.cut: dict[int, Columns] = {}

    def of_metric(self, metric: Metric) -> Columns:
        every = self.reader.of_metric(metric)
        if not isinstance(every, Tickets | Contacts):
            return every
        if id(every) not in self.cut:
            self.cut[id(every)] = every.where(self._is_near(every))
        return self.cut[id(every)]

    def _is_near(self, found: Tickets | Contacts) -> Mask:
        near = np.zeros(len(found), dtype=bool)
        for name in PLACING:
            if hasattr(found, name):
                at = getattr(found, name)
                near |= (at >= self.begin) & (at < self.end)
        return near


def _by_day(metric: Metric, part: Part, edges: Ints, window: Window) -> Iterator[Figures]:
    assert part.placed is not None
    at = np.flatnonzero(part.inside)
    place = np.searchsorted(edges, part.placed[at], side="right") - 1
    has_begun = (edges[:-1] <= window.as_of) & (edges[1:] > window.since)
    if metric.summary is None and metric.unit in (Unit.COUNT, Unit.SHARE):
        n = np.bincount(place, minlength=len(edges) - 1)
        hits = np.bincount(place, weights=part.hits[at], minlength=len(edges) - 1)
        yield from map(_counted if metric.unit is Unit.COUNT else _shared, n.tolist(), hits.tolist(), has_begun)
        return
    order = at[np.argsort(place, kind="stable")]
    bounds = np.searchsorted(np.sort(place, kind="stable"), np.arange(len(edges)))
    for begun, (begin, end) in zip(has_begun, pairwise(bounds.tolist()), strict=True):
        yield _figures(metric.summed(_only(part, order[begin:end]))) if begun and end > begin else NOTHING


NOTHING: Figures = (None, None, None, 0)


def _counted(n: int, _: float, has_begun: bool) -> Figures:
    return (float(n), float(n), None, n) if has_begun else NOTHING


def _shared(n: int, hits: float, has_begun: bool) -> Figures:
    return (hits / n, hits, float(n), n) if n and has_begun else NOTHING


def _figures(measure: Measure) -> Figures:
    return measure.value, measure.numerator, measure.denominator, measure.n


def _only(part: Part, chosen: Ints) -> Part:
    """The part of some tickets, without what stands beside them."""
    columns = {one.name: getattr(part, one.name) for one in fields(part)}
    cut: dict[str, Any] = {name: value[chosen] for name, value in columns.items() if isinstance(value, np.ndarray)}
    cut["waiting"] = np.zeros(len(chosen), dtype=bool)
    return replace(part, **cut, extras={})


def _series(metric: Metric, days: Sequence[date], every: Mapping[date, Mapping[str, Figures]]) -> Daily:
    rows = [every[day].get(metric.key, NOTHING) for day in days]
    value, numerator, denominator = (
        np.array([np.nan if row[n] is None else row[n] for row in rows], dtype=np.float64) for n in range(3)
    )
    return Daily(metric, tuple(days), value, numerator, denominator, np.array([row[3] for row in rows], dtype=np.int64))
