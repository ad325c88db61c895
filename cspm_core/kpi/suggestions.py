"""What a team could aim for: what it has been reaching, week by week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from ..calendars import midnight
from ..metrics import Better, Measure, Metric, Unit
from ..people import Team, calendar_of
from ..periods import local_day
from ..stats import quantile
from . import windows
from .owned import metric_of
from .reads import told_from
from .subjects import Reader

WEEKS, ENOUGH_WEEKS, ENOUGH = 8, 4, 5
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The median of a metric's last eight whole weeks. `values`: of those that had enough; `n`: what they rest on."""

    metric: Metric
    value: float
    values: tuple[float, ...]
    n: int


def suggest_target(session: Session, team: Team, key: str, as_of: datetime) -> Suggestion | None:
    """What to aim for in one metric; None where fewer than 4 of the weeks rest on 5 or more, or more is no better.

    Raises NoData, UnknownMetric.
    """
    return suggest_targets(session, team, [metric_of(session, team, key)], as_of).get(key)


def suggest_targets(
    session: Session, team: Team, metrics: Sequence[Metric], as_of: datetime
) -> Mapping[str, Suggestion]:
    """The same for several, whose facts are read once; only those that can be told. Raises NoData."""
    found: dict[str, Suggestion] = {}
    for metric, told in _told(session, team, metrics, as_of):
        measures = [measure for measure in told if _is_enough(metric, measure)]
        values = tuple(measure.value for measure in measures if measure.value is not None)
        if len(values) >= ENOUGH_WEEKS:
            middle = quantile(list(values), 0.5)
            assert middle is not None
            found[metric.key] = Suggestion(metric, middle, values, sum(m.n for m in measures))
    return found


def weeks_wanting(session: Session, team: Team, metrics: Sequence[Metric], as_of: datetime) -> Mapping[str, int]:
    """How many more weeks, the running one included, each figure needs until it can be suggested, if they all hold
    enough; 0: none. Raises NoData."""
    wanting: dict[str, int] = {}
    for metric, told in _told(session, team, metrics, as_of):
        enough = [_is_enough(metric, measure) for measure in told]
        more = range(ENOUGH_WEEKS + 1)
        wanting[metric.key] = next(n for n in more if sum(enough[n:]) + n >= ENOUGH_WEEKS)
    return wanting


def _told(
    session: Session, team: Team, metrics: Sequence[Metric], as_of: datetime
) -> Iterator[tuple[Metric, list[Measure]]]:
    """Each figure that has a better with its last eight whole weeks, whose facts are read once."""
    weeks = list(_weeks(team, as_of))
    reader = Reader(session, team, weeks[0][0], as_of)
    calendar, how = calendar_of(session, team), windows.ways(team)
    for metric in metrics:
        if metric.better is Better.NEITHER:
            continue
        data = told_from(session, team, metric.of, as_of)
        at, facts = data.until(as_of), reader.of_metric(metric)
        spans = (windows.between(*week, at, calendar, how, data.first_at) for week in weeks)
        yield metric, [metric.measure(facts, span) for span in spans]


def _is_enough(metric: Metric, measure: Measure) -> bool:
    """A count is no sample; everything else needs five."""
    return measure.value is not None and (metric.unit is Unit.COUNT or measure.n >= ENOUGH)


def _weeks(team: Team, as_of: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The last eight whole weeks, Monday to Sunday in the team's zone, the earliest first."""
    today = local_day(as_of, team.timezone)
    monday = today - timedelta(days=today.weekday())
    for back in range(WEEKS, 0, -1):
        yield midnight(monday - back * WEEK, team.timezone), midnight(monday - (back - 1) * WEEK, team.timezone)
