"""When the rest appears: each from the constants that the code itself goes by, with its day for this team."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
from sqlmodel import Session

from .. import kpi, signals
from ..calendars import Calendar
from ..digests import plans
from ..digests.rules import Rhythm
from ..kpi import Reader, windows
from ..kpi.owned import catalogue_of
from ..kpi.reads import told_from
from ..metrics import Contacts, Measure, Metric, Subject
from ..people import Team
from ..qa import frames as review_frames
from ..signals import Reason, Signal
from ..signals.judging import MATURING
from ..signals.reads import newest_day
from ..stats.control import FEWEST_POINTS
from ..store import EPOCH, microseconds
from . import rules
from .contents import AIMS, Coming, What

JUDGED = ("first_response", "sla_first_response", "reopen_rate", "csat")
"""Figures of a digest that get limits."""


@dataclass(frozen=True)
class History:
    """All of a team's data as of an instant, and the mornings after it. `from_day`: no regular digest before."""

    session: Session
    team: Team
    calendar: Calendar
    rhythm: Rhythm
    first_at: datetime
    as_of: datetime
    from_day: date
    reader: Reader
    is_stale: bool = False
    """Too old for a digest as it was told."""

    @cached_property
    def catalogue(self) -> Mapping[str, Metric]:
        return catalogue_of(self.session, self.team, with_hidden=True)

    def measure(self, metric: Metric) -> Measure:
        """One figure over the whole history."""
        data = told_from(self.session, self.team, metric.of, self.as_of)
        at, how = data.until(self.as_of), windows.ways(self.team)
        end = self.calendar.midnight(self.calendar.local_day(self.as_of) + rules.DAY)
        span = windows.between(self.reader.since, end, at, self.calendar, how, data.first_at)
        return metric.measure(self.reader.of_metric(metric), span)


def coming(history: History, suggested: Sequence[Metric]) -> tuple[Coming, ...]:
    """Everything that is there already, or appears, in the order of a reader's questions."""
    every = (
        _digest(history),
        _usual(history),
        _fcr(history),
        *_reopens(history),
        *_limits(history),
        _verdicts(history, suggested),
        _reviews(history),
        Coming(What.DETECTORS, is_there=True),
    )
    return tuple(_without_days(every)) if history.is_stale else every


def _without_days(every: Iterable[Coming]) -> Iterator[Coming]:
    """Of data that is too old nothing comes on a day: it waits for newer data."""
    yield Coming(What.NEWER)
    for one in every:
        match one.what:
            case What.DIGEST if one.note:
                yield one
            case What.DIGEST | What.DETECTORS | What.REOPENS:
                continue
            case What.USUAL if one.is_there:
                continue
            case _:
                yield replace(one, on=None)


def _digest(history: History) -> Coming:
    """The first regular digest; none without a place for it."""
    if not history.team.channel and not plans.copy_readers(history.session, history.team, history.from_day):
        return Coming(What.DIGEST, note="no_channel")
    return Coming(What.DIGEST, on=history.rhythm.first_day(history.from_day))


def _usual(history: History) -> Coming:
    first = history.rhythm.first_day(history.from_day)
    on = rules.compared_from(history.rhythm, history.from_day, history.first_at)
    return Coming(What.USUAL, is_there=on is not None and on == first, on=on)


def _fcr(history: History) -> Coming:
    """A contact counts once 7 days have passed since it was solved."""
    metric = history.catalogue["fcr"]
    measure = history.measure(metric)
    if measure.n:
        return Coming(What.FCR, is_there=True, metrics=(metric,))
    facts = history.reader.facts(Subject.CONTACTS)
    assert isinstance(facts, Contacts)
    solves = np.minimum(facts.first_solved, facts.solved)
    known = solves[(solves <= microseconds(history.as_of)) & (facts.customer != 0) & (facts.is_outbound == 0)]
    if not known.size:
        return Coming(What.FCR, note="never_said" if measure.set_aside else "none_solved")
    ripe = EPOCH + timedelta(microseconds=int(known.min())) + MATURING["fcr"] * rules.DAY
    return Coming(What.FCR, on=rules.first_whole_day(history.calendar, ripe))


def _reopens(history: History) -> Iterator[Coming]:
    """What was solved of late may still be reopened."""
    metric = history.catalogue["reopen_rate"]
    if history.measure(metric).n:
        yield Coming(What.REOPENS, on=rules.settled_from(history.calendar, history.as_of), metrics=(metric,))


def _limits(history: History) -> Iterator[Coming]:
    """Figures that are judged already, and those that will be, by the day."""
    asked = [key for key in JUDGED if history.measure(history.catalogue[key]).n]
    found = signals.of_team(history.session, history.team, asked, history.as_of, reader=history.reader) if asked else {}
    there = [one.metric for one in found.values() if one.reason is Reason.NONE]
    if there:
        yield Coming(What.LIMITS, is_there=True, metrics=tuple(there))
    later: dict[date | None, list[Metric]] = {}
    for one in found.values():
        if one.reason is not Reason.NONE:
            later.setdefault(_judged_from(history, one), []).append(one.metric)
    for on in sorted(later, key=lambda day: day or date.max):
        yield Coming(What.LIMITS, on=on, metrics=tuple(later[on]), note="" if on else "varies")


def _judged_from(history: History, signal: Signal) -> date | None:
    """None: it has the days, but too few of them in a row, or they do not vary."""
    if signal.points > FEWEST_POINTS:
        return None
    newest = newest_day(history.as_of, history.team.timezone)
    return rules.judged_from(history.calendar, newest, signal.points)


def _verdicts(history: History, suggested: Sequence[Metric]) -> Coming:
    """On or off target: from the moment that there is a target. Where none can be suggested yet, from when."""
    session, team = history.session, history.team
    if kpi.targets(session, team):
        return Coming(What.VERDICTS, is_there=True)
    if suggested:
        return Coming(What.VERDICTS, metrics=tuple(suggested))
    asked = [history.catalogue[key] for key in AIMS]
    wanting = kpi.weeks_wanting(session, team, asked, history.as_of)
    told = {key: n for key, n in wanting.items() if history.measure(history.catalogue[key]).n}
    today = history.calendar.local_day(history.as_of)
    return Coming(What.VERDICTS, on=rules.suggested_from(today, told), note="too_little")


def _reviews(history: History) -> Coming:
    """Scores of conversations: from the first that somebody has reviewed."""
    return Coming(What.QA, is_there=review_frames.first_reviewed(history.session, history.team) is not None)
