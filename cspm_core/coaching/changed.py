"""Whose figures have changed beyond their team's and beyond chance: what suggestions about figures rest on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from .. import errors, stats
from ..effects.estimating import change, estimate
from ..effects.measuring import Book
from ..effects.rules import FEWEST_AFTER, FEWEST_BEFORE, FEWEST_COLLEAGUES, Change, Days
from ..kpi.owned import catalogue_of
from ..kpi.rules import FEW_FOR_AGENT, Direction
from ..metrics import Metric
from ..people import Team
from ..signals.persons import Person
from ..signals.rules import direction_of
from ..stats import Interval
from ..stats.pooling import error_of

FIGURES = ("csat", "first_response_business", "reopen_rate", "sla_first_response", "qa_score")
"""Those that speak of how somebody's work goes and have enough behind them."""
LEVEL = 0.05
"""Of all that is said about a team in a week, no more than so large a part may be chance (Benjamini and Hochberg)."""
EARLIER_DAYS = 84
WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Changed:
    """One figure of one person: whole weeks of late beside the twelve before. `difference`: beyond the team's."""

    member_id: int
    metric: Metric
    change: Change
    difference: float
    interval: Interval
    direction: Direction
    days: Days


def changed(session: Session, team: Team, weeks: int, *, now: datetime) -> list[Changed]:
    """Everybody whose figure of the last so many whole weeks differs from their own twelve weeks before by more than
    the team's, by more than figures wander by themselves, and by more than chance over all people and figures."""
    book = Book.opened(session, team, _begin(now, weeks), now)
    catalogue = catalogue_of(session, team)
    found = [one for key in FIGURES if key in catalogue for one in _of_figure(book, catalogue[key], weeks)]
    if not found:
        return []
    adjusted = stats.benjamini_hochberg([_p(one) for one in found])
    return [one for one, p in zip(found, adjusted.tolist(), strict=True) if p <= LEVEL]


def _begin(now: datetime, weeks: int) -> date:
    return (now - weeks * WEEK - (EARLIER_DAYS + 14) * DAY).date()


def _of_figure(book: Book, metric: Metric, weeks: int) -> Iterator[Changed]:
    try:
        newest = book.newest(metric)
    except errors.NoData:
        return
    sunday = newest - ((newest.weekday() + 1) % 7) * DAY
    late = Days(sunday - weeks * WEEK + DAY, sunday)
    early = Days(late.first - EARLIER_DAYS * DAY, late.first - DAY)
    before, after = book.over(metric, early, book.lag(metric, late)), book.over(metric, late)
    every = {}
    for n, person in enumerate(after.people):
        if person in before.people:
            every[person] = change(metric, before.of(before.people.index(person)), after.of(n))
    for person, own in every.items():
        if own.before.n < FEWEST_BEFORE or own.after.n < FEWEST_AFTER or person.member_id is None:
            continue
        others = _enough(every, person)
        here, there = before.people.index(person), after.people.index(person)
        team = change(metric, before.without([here]), after.without([there]))
        told = estimate(own, team, others)
        if len(others) < FEWEST_COLLEAGUES or told.difference is None or not error_of(told.interval):
            continue
        assert told.interval is not None
        way = direction_of(metric, told.difference)
        yield Changed(person.member_id, metric, own, told.difference, told.interval, way, late)


def _enough(every: dict[Person, Change], but: Person) -> Sequence[Change]:
    others = (one for person, one in every.items() if person != but)
    return [one for one in others if min(one.before.n, one.after.n) >= FEW_FOR_AGENT]


def _p(one: Changed) -> float:
    """How often chance alone makes so large a difference."""
    return math.erfc(abs(one.difference) / (error_of(one.interval) or math.inf) / math.sqrt(2))
