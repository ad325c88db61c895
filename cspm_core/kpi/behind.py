"""The tickets and calls behind a figure: the very ones its formula picked, the worst first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from ..metrics import Better, Columns, Metric, Part, Unit
from ..metrics.frame import Ints, Mask
from ..metrics.parts import outside
from ..people import Team, calendar_of
from ..periods import Period
from . import windows
from .owned import metric_of
from .reads import target, told_from
from .rows import AGAINST, FOR, JUDGED, NEITHER, TicketRow, rows
from .rules import FEW_FOR_AGENT
from .subjects import Reader

CHOICES = ("all", "counted_against", "waiting")
SORTS = ("worst", "newest", "oldest", "longest")
BEGUN = ("created", "queued", "started")
"""The column that says when what a row is about began."""

__all__ = ["AGAINST", "CHOICES", "FOR", "JUDGED", "NEITHER", "SORTS", "TicketList", "TicketRow", "behind", "picked",
           "verdicts", "worst_first"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class TicketList:
    """Some `rows` of `total` tickets or calls. With `only` all and no filter, the total is the figure's n.

    `is_withheld`: they are one person's and under 5, so neither they nor their number are told.
    """

    metric: Metric
    total: int
    rows: tuple[TicketRow, ...]
    only: str
    as_of: datetime
    complete_until: datetime | None
    is_withheld: bool = False
    sort: str = "worst"


@dataclass(frozen=True, slots=True, eq=False)
class Picked:
    """What a formula picked: the columns, and what it says of each entry. `part` None: the window has no figures."""

    metric: Metric
    facts: Columns
    part: Part | None
    complete_until: datetime | None
    is_withheld: bool = False


def picked(
    session: Session, team: Team, key: str, period: Period, *, as_of: datetime, agents: Sequence[int] | None = None
) -> Picked:
    """The rows behind a figure as columns. Raises NoData, UnknownMetric."""
    metric = metric_of(session, team, key)
    data = told_from(session, team, metric.of, as_of)
    facts = Reader(session, team, period.start, as_of, agents).of_metric(metric)
    at, how = data.until(as_of), windows.ways(team)
    window = windows.window(period, at, calendar_of(session, team), data.first_at, how)
    part = None if outside(window) else metric.formula(facts, window)
    is_few = agents is not None and part is not None and bool(part.inside.sum() < FEW_FOR_AGENT)
    return Picked(metric, facts, part, data.complete_until, is_few)


def behind(
    session: Session,
    team: Team,
    key: str,
    period: Period,
    *,
    as_of: datetime,
    agents: Sequence[int] | None = None,
    only: str = "all",
    limit: int | None = 100,
    sort: str = "worst",
    within: Callable[[Columns], Mask] | None = None,
) -> TicketList:
    """The tickets that make a figure: `all` that it counts, those `counted_against` it, or those still `waiting`.

    `within`: only those, as of one value of a dimension. `sort`: against it first, then the longest, then the newest
    (`worst`); or `newest`, `oldest`, `longest`. Raises NoData, UnknownMetric, ValueError for another choice.
    """
    if only not in CHOICES or sort not in SORTS:
        raise ValueError(only, sort)
    found = picked(session, team, key, period, as_of=as_of, agents=agents)
    metric, facts, part = found.metric, found.facts, found.part
    if part is None or found.is_withheld:
        return TicketList(metric, 0, (), only, as_of, found.complete_until, found.is_withheld, sort)
    judged = verdicts(metric, part, target(session, team, key))
    chosen = {"all": part.inside, "waiting": part.waiting, "counted_against": _beside(part) & (judged == AGAINST)}[only]
    chosen = chosen if within is None else chosen & within(facts)
    order = _ordered(facts, part, judged, chosen, sort)
    shown = order if limit is None else order[:limit]
    told = rows(session, team, metric, facts, part, judged, shown)
    return TicketList(metric, len(order), told, only, as_of, found.complete_until, sort=sort)


def _beside(part: Part) -> Mask:
    return part.inside | part.waiting


def verdicts(metric: Metric, part: Part, aim: float | None) -> NDArray[np.int64]:
    """Whether each ticket (or escalation) counts for or against the figure, or neither."""
    neither = np.full(part.inside.shape, NEITHER, dtype=np.int64)
    if metric.unit is Unit.COUNT:
        return neither
    if metric.unit is Unit.SHARE:
        good = part.hits if metric.better is Better.HIGHER else ~part.hits
        return np.where(part.inside, np.where(good, FOR, AGAINST), NEITHER)
    if aim is None:
        return neither
    is_over = part.hits & part.inside
    return np.where(part.seconds > aim, AGAINST, np.where(is_over, FOR, NEITHER))


def _ordered(facts: Columns, part: Part, judged: NDArray[np.int64], chosen: Mask, sort: str) -> Ints:
    began: Ints = getattr(facts, next(name for name in BEGUN if hasattr(facts, name)))
    if sort == "worst":
        return worst_first(facts.id, began, part, judged, chosen)
    at = np.flatnonzero(chosen)
    first = {"newest": -began[at], "oldest": began[at], "longest": -np.nan_to_num(part.seconds[at])}[sort]
    picked: Ints = at[np.lexsort((facts.id[at], -began[at], first))]
    return picked


def worst_first(ids: Ints, began: Ints, part: Part, verdicts: NDArray[np.int64], chosen: Mask) -> NDArray[np.int64]:
    """The rows that are chosen: those that count against the figure first, then the longest, then the newest."""
    at = np.flatnonzero(chosen)
    order = np.lexsort((ids[at], -began[at], -np.nan_to_num(part.seconds[at]), verdicts[at]))
    picked: NDArray[np.int64] = at[order]
    return picked
