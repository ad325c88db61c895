"""What could be seen of a promise's effect, said before it is made."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session

from .. import errors
from ..calendars import local_day
from ..coaching.rules import FOR_A_PERSON
from ..kpi.owned import metric_of
from ..kpi.rules import discreet
from ..metrics import Better, Measure, Metric, Unit
from ..people import Member, Team
from ..stats.pooling import error_of
from .measuring import Book
from .rules import AFTER_DAYS, BEFORE_DAYS, DAY, Days, Feasible, Visible, may_be_told_of, slight

SEEN = 1.959964 + 0.841621
"""Standard errors that a change is away from none where its 95 % interval leaves out 0 four times of five."""
MONTH_DAYS = 365.25 / 12
MOST_OTHERS = 3
PLAUSIBLE = 1.5
"""People seldom move a figure by more than so many times of what is called slight."""


def could_show(
    session: Session, team: Team, member: Member, metric_key: str, *, now: datetime, book: Book | None = None
) -> Feasible | None:
    """The smallest change of a person's figure that would show within eight weeks, from their twelve weeks so far, and
    other figures in which a plausible one would. None for what is no figure of a person.

    Not asked here: whether the asker may see the person's figures. Raises UnknownMetric.
    """
    metric = metric_of(session, team, metric_key)
    if not may_be_told_of(metric):
        return None
    book = book or Book.opened(session, team, local(now, team) - (BEFORE_DAYS + 2) * DAY, now)
    own = _measured(book, member.id, metric)
    smallest, found = _smallest(metric, own), discreet(own)
    return Feasible(
        metric=metric,
        n_a_month=own.n * MONTH_DAYS / BEFORE_DAYS,
        value=found.value,
        smallest=smallest,
        is_plausible=_is_plausible(metric, own, smallest),
        others=tuple(_others(book, member.id, metric)),
    )


def local(now: datetime, team: Team) -> date:
    """The team's day."""
    return local_day(now, team.timezone)


def _measured(book: Book, member_id: int, metric: Metric) -> Measure:
    """The past twelve weeks of the data."""
    try:
        newest = book.newest(metric)
    except errors.NoData:
        return Measure(None, 0)
    told = book.over(metric, Days(newest - (BEFORE_DAYS - 1) * DAY, newest))
    return told.of(book.number_of(told, member_id))


def _smallest(metric: Metric, own: Measure) -> float | None:
    """From how much each ticket varies and how many there will be: the errors before and after together."""
    if own.value is None or own.n < 2:
        return None
    if metric.unit is Unit.SHARE:
        # Two of each kind are added, so that 12 of 12 do not look as if nothing could ever go wrong.
        share = ((own.numerator or 0) + 2) / (own.n + 4)
        spread = math.sqrt(share * (1 - share))
    else:
        error = error_of(own.interval)
        if error is None:
            return None
        spread = error * math.sqrt(own.n)
    later = own.n * AFTER_DAYS / BEFORE_DAYS
    return SEEN * spread * math.sqrt(1 / own.n + 1 / later)


def _is_plausible(metric: Metric, own: Measure, smallest: float | None) -> bool:
    if smallest is None or own.value is None:
        return False
    return smallest <= min(PLAUSIBLE * slight(metric, own.value), _room(metric, own.value))


def _room(metric: Metric, value: float) -> float:
    """How much better a figure can become at all."""
    if metric.unit is Unit.SHARE:
        return 1 - value if metric.better is Better.HIGHER else value
    if metric.unit is Unit.OF_100:
        return 100 - value
    return value if metric.better is Better.LOWER else math.inf


def _others(book: Book, member_id: int, metric: Metric) -> Iterable[Visible]:
    """Of the figures that say something about a person, those where the least suffices for what is plausible."""
    found = []
    for key in FOR_A_PERSON:
        try:
            other = metric_of(book.session, book.team, key)
        except errors.UnknownMetric:
            continue
        if key == metric.key or not may_be_told_of(other):
            continue
        own = _measured(book, member_id, other)
        smallest = _smallest(other, own)
        if smallest is not None and _is_plausible(other, own, smallest):
            ratio = smallest / slight(other, own.value)
            found.append((ratio, Visible(other, own.n * MONTH_DAYS / BEFORE_DAYS, smallest)))
    return [one for _, one in sorted(found, key=lambda one: one[0])[:MOST_OTHERS]]
