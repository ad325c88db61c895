"""Figures that signal, for the worse: looked at once for each whole day, raised once for each signal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from .. import kpi
from ..calendars import Calendar, local_day, midnight
from ..kpi.reads import told_from
from ..metrics import Metric
from ..people import Team, calendar_of
from ..signals import Flag, Signal, judge
from ..signals.judging import LOOK_BACK
from ..signals.reads import closed_days, newest_day
from . import choosing
from .choosing import Chosen
from .rules import Kind, Settings
from .scene import Scene
from .sights import Signalling
from .tables import Alarm
from .watched import metrics_of

DAY = timedelta(days=1)
APART = 7 * DAY
"""Flagged days of one figure that lie no further apart are one signal, and no new one however its limits move."""


def signalling(session: Session, team: Team, scene: Scene, one: Chosen) -> list[Signalling]:
    """The figures that signal on the newest whole day and were not raised yet; none where that day was looked at."""
    if not one.is_on or one.since_at is None:
        return []
    as_of, seen = scene.reach.as_of, choosing.watch_of(session, team).as_of
    if seen is not None and newest_day(seen, team.timezone) >= newest_day(as_of, team.timezone):
        return []
    past = read(session, team, one.settings, local_day(as_of, team.timezone), 0, as_of, scene.calendar)
    found = (_worse(past.signal(metric, past.newest[metric.key])) for metric in past.metrics)
    return [
        told
        for told in (_told(team, *pair) for pair in found if pair is not None)
        if told.happened_at > one.since_at and not _was_raised(session, team, told)
    ]


def _worse(signal: Signal) -> tuple[Signal, Flag] | None:
    """A signal whose latest day is worse than usual, and that day."""
    flag = signal.latest
    return (signal, flag) if flag and flag.direction is kpi.Direction.WORSE else None


def _told(team: Team, signal: Signal, flag: Flag) -> Signalling:
    first = began(signal, flag)
    facts: dict[str, Any] = {
        "metric": signal.metric.key,
        "unit": signal.metric.unit.value,
        "day": flag.day.isoformat(),
        "since": flag.since.isoformat(),
        "rule": flag.rule,
        "value": flag.value,
        "centre": flag.centre,
        "low": flag.low,
        "high": flag.high,
        "is_above": flag.is_above,
    }
    if signal.metric.own:
        facts["names"] = dict(signal.metric.own.names)
    return Signalling(signal.metric.key, first, midnight(flag.day + DAY, team.timezone), facts)


def began(signal: Signal, latest: Flag) -> date:
    """The first of the flagged days for the worse that follow each other within a week, up to the latest."""
    first = latest.day
    for flag in reversed(signal.flags):
        if flag.direction is latest.direction and first - flag.day <= APART:
            first = flag.day
    return first


def _was_raised(session: Session, team: Team, told: Signalling) -> bool:
    """Whether this very signal was, perhaps on an earlier day of it."""
    earlier = select(Alarm.id).where(
        Alarm.workspace_id == team.workspace_id,
        Alarm.team_id == team.id,
        Alarm.kind == Kind.FIGURE.value,
        Alarm.subject == told.metric,
        col(Alarm.happened_at) > midnight(told.first, team.timezone) - APART,
    )
    return session.exec(earlier.limit(1)).first() is not None


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """Figures by day, for judging them as of any of those days."""

    metrics: Sequence[Metric]
    days: Mapping[str, kpi.Daily]
    closed: Mapping[str, frozenset[date]]
    newest: Mapping[str, date]

    def signal(self, metric: Metric, newest: date) -> Signal:
        return judge(self.days[metric.key], newest=newest, closed=self.closed[metric.key])

    def replay(self, first: date, last: date) -> int:
        """How many signals would have been raised on the days from the first to the last."""
        return sum(self._replay(metric, first, min(last, self.newest[metric.key])) for metric in self.metrics)

    def _replay(self, metric: Metric, first: date, last: date) -> int:
        raised: list[date] = []
        begun = first - APART  # what was raised just before is not raised again
        for newest in (begun + n * DAY for n in range((last - begun).days + 1)):
            found = _worse(self.signal(metric, newest))
            if found and not (raised and raised[-1] >= began(*found) - APART):
                raised.append(found[1].day)
        return len([day for day in raised if day >= first])


def read(
    session: Session, team: Team, settings: Settings, today: date, days: int, as_of: datetime, calendar: Calendar
) -> Past:
    """The figures of so many days and of those that say what was usual before them. Raises NoData, UnknownMetric."""
    metrics = metrics_of(session, team, settings)
    series = kpi.daily(session, team, metrics, today - (LOOK_BACK + days) * DAY - APART, today, as_of=as_of)
    metrics = [metric for metric in metrics if metric.key in series]
    reaches = {metric.key: told_from(session, team, metric.of, as_of) for metric in metrics}
    return Past(
        metrics,
        series,
        {key: closed_days(calendar, series[key].days, reach) for key, reach in reaches.items()},
        {key: newest_day(reach.until(as_of), team.timezone) for key, reach in reaches.items()},
    )


def rehearsed(session: Session, team: Team, settings: Settings, starts_at: datetime, ends_at: datetime) -> int:
    """How many signals there would have been between two instants."""
    first, last = (local_day(at, team.timezone) for at in (starts_at, ends_at))
    past = read(session, team, settings, last, (last - first).days, ends_at, calendar_of(session, team))
    return past.replay(first, last)
