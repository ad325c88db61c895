"""A figure of each person of a team over some days, from one look at the facts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from sqlmodel import Session

from ..calendars import Calendar, midnight
from ..kpi import windows
from ..kpi.reads import Data, reach, told_from
from ..kpi.subjects import Reader
from ..metrics import Columns, Measure, Metric, Part, Subject
from ..metrics.frame import Ints
from ..metrics.parts import outside
from ..people import Team, calendar_of
from ..signals.persons import Person, persons
from ..signals.reads import newest_day
from .rules import DAY, Days


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """One figure over one window: of everybody, and whose row is whose (`whose`: an index of `people`, -1: nobody)."""

    metric: Metric
    part: Part | None
    whose: Ints
    people: tuple[Person, ...]
    missing: str = ""

    def of(self, number: int) -> Measure:
        """One person's figure; `number` -1: nobody's."""
        return self._measure(np.flatnonzero(self.whose == number))

    def without(self, numbers: Collection[int]) -> Measure:
        """The figure of all but some, also of what is nobody's."""
        return self._measure(np.flatnonzero(~np.isin(self.whose, list(numbers))))

    def _measure(self, at: Ints) -> Measure:
        if self.part is None:
            return Measure(None, 0, note=self.missing)
        return self.metric.summed(_some(self.part, at))


@dataclass(slots=True)
class Book:
    """A team's facts from a day on, as far as its data reaches at an instant."""

    session: Session
    team: Team
    since: date
    as_of: datetime
    _reader: Reader
    _calendar: Calendar
    _told: dict[Subject, Data] = field(default_factory=dict)
    _whose: dict[tuple[Subject, str], tuple[tuple[Person, ...], Ints]] = field(default_factory=dict)

    @classmethod
    def opened(cls, session: Session, team: Team, since: date, now: datetime) -> Book:
        """Read what is needed, once for every figure."""
        as_of = reach(session, team, now)
        reader = Reader(session, team, midnight(since, team.timezone), as_of)
        return cls(session, team, since, as_of, reader, calendar_of(session, team))

    def told(self, metric: Metric) -> Data:
        """How far the data of a figure reaches. Raises NoData."""
        if metric.of not in self._told:
            self._told[metric.of] = told_from(self.session, self.team, metric.of, self.as_of)
        return self._told[metric.of]

    def newest(self, metric: Metric) -> date:
        """The last whole day of it. Raises NoData."""
        return newest_day(self.told(metric).until(self.as_of), self.team.timezone)

    def over(self, metric: Metric, days: Days, lag: timedelta | None = None) -> Told:
        """A figure over some days, told as of so long after their end; None: of the end of the data. Raises NoData."""
        zone, told = self.team.timezone, self.told(metric)
        start, end = midnight(days.first, zone), midnight(days.last + DAY, zone)
        at = told.until(self.as_of)
        at = at if lag is None else min(at, end + lag)
        window = windows.between(start, end, at, self._calendar, windows.ways(self.team), told.first_at)
        facts = self._reader.of_metric(metric)
        missing = outside(window) if days.count else "not_reached"
        if missing or not hasattr(facts, metric.credit):
            return Told(metric, None, np.zeros(0, dtype=np.int64), (), missing or "no_cohort")
        key = (metric.of, metric.credit)
        if key not in self._whose:
            self._whose[key] = self._people(metric, facts)
        people, whose = self._whose[key]
        return Told(metric, metric.formula(facts, window), whose, people)

    def lag(self, metric: Metric, days: Days) -> timedelta:
        """How long after the end of some days the data reaches."""
        end = midnight(days.last + DAY, self.team.timezone)
        return max(self.told(metric).until(self.as_of) - end, timedelta(0))

    def number_of(self, told: Told, member_id: int) -> int:
        """A person's index in a told figure; one past the last where nothing is theirs."""
        found = (n for n, one in enumerate(told.people) if one.member_id == member_id)
        return next(found, len(told.people))

    def _people(self, metric: Metric, facts: Columns) -> tuple[tuple[Person, ...], Ints]:
        credited: Ints = getattr(facts, metric.credit)
        found = tuple(persons(self.session, self.team, credited))
        known = {identity: n for n, person in enumerate(found) for identity in person.identity_ids}
        values, places = np.unique(credited, return_inverse=True)
        numbers = np.array([known.get(int(one), -1) for one in values], dtype=np.int64)
        return found, numbers[places] if numbers.size else np.zeros(0, dtype=np.int64)


def _some(part: Part, at: Ints) -> Part:
    """The part of some rows, without what stands beside them."""
    columns = {one.name: getattr(part, one.name) for one in fields(part)}
    cut: dict[str, Any] = {name: value[at] for name, value in columns.items() if isinstance(value, np.ndarray)}
    cut["waiting"] = np.zeros(len(at), dtype=bool)
    return replace(part, **cut, extras={}, set_aside=0)
