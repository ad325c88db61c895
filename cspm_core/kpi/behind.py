"""The tickets behind a figure: the very ones its formula picked, the worst first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from ..metrics import CATALOGUE, Better, Metric, Part, Tickets, Unit
from ..metrics.frame import Ints, Mask
from ..metrics.parts import outside
from ..people import Team, calendar_of
from ..periods import Period
from ..tickets.lists import Listed, listed
from . import windows
from .reads import target, told_from
from .rules import FEW_FOR_AGENT
from .subjects import Reader

CHOICES = ("all", "counted_against", "waiting")
DUE_FIRST_REPLY = ("first_response", "first_response_business", "sla_first_response", "unanswered")


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket behind a figure. `value_s`: how long it took, or has lasted so far; None for what has no duration."""

    key: str
    url: str
    subject: str
    agent: str
    created_at: datetime
    value_s: float | None
    ok: bool | None
    """Counts for the figure (True) or against it (False); a duration is held against the target, if there is one."""
    is_waiting: bool
    status: str
    priority: str
    channel: str
    customer: str
    due_at: datetime | None
    id: int


@dataclass(frozen=True, slots=True)
class TicketList:
    """Some `rows` of `total` tickets. With `only` all, the total is the figure's n.

    `is_withheld`: they are one person's and under 5, so neither they nor their number are told.
    """

    metric: Metric
    total: int
    rows: tuple[TicketRow, ...]
    only: str
    as_of: datetime
    complete_until: datetime | None
    is_withheld: bool = False


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
) -> TicketList:
    """The tickets that make a figure: `all` that it counts, those `counted_against` it, or those still `waiting`.

    Against it first, then the longest, then the newest. Raises NoData, KeyError, ValueError for another `only`.
    """
    if only not in CHOICES:
        raise ValueError(only)
    metric = CATALOGUE[key]
    data = told_from(session, team, metric.of, as_of)
    tickets = Reader(session, team, period.start, as_of, agents).facts(metric.of)
    window = windows.window(period, as_of, calendar_of(session, team), data.first_at)
    if outside(window):
        return TicketList(metric, 0, (), only, as_of, data.complete_until)
    part = metric.formula(tickets, window)
    if agents is not None and part.inside.sum() < FEW_FOR_AGENT:
        return TicketList(metric, 0, (), only, as_of, data.complete_until, is_withheld=True)
    judged = verdicts(metric, part, target(session, team, key))
    chosen = {"all": part.inside, "waiting": part.waiting, "counted_against": _beside(part) & (judged == AGAINST)}
    assert isinstance(tickets, Tickets)
    order = worst_first(tickets.id, tickets.created, part, judged, chosen[only])
    shown = order if limit is None else order[:limit]
    found = {row.id: row for row in listed(session, team, tickets.id[shown].tolist())}
    rows = (_row(metric, found[int(tickets.id[n])], part, int(judged[n]), int(n)) for n in shown)
    return TicketList(metric, len(order), tuple(rows), only, as_of, data.complete_until)


AGAINST, NEITHER, FOR = -1, 0, 1
JUDGED: Mapping[int, bool | None] = {AGAINST: False, NEITHER: None, FOR: True}


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


def worst_first(ids: Ints, began: Ints, part: Part, verdicts: NDArray[np.int64], chosen: Mask) -> NDArray[np.int64]:
    """The rows that are chosen: those that count against the figure first, then the longest, then the newest."""
    at = np.flatnonzero(chosen)
    order = np.lexsort((ids[at], -began[at], -np.nan_to_num(part.seconds[at]), verdicts[at]))
    picked: NDArray[np.int64] = at[order]
    return picked


def _row(metric: Metric, ticket: Listed, part: Part, verdict: int, n: int) -> TicketRow:
    is_first, seconds = metric.key in DUE_FIRST_REPLY, float(part.seconds[n])
    return TicketRow(
        key=ticket.key,
        url=ticket.url,
        subject=ticket.subject,
        agent=ticket.agent,
        created_at=ticket.created_at,
        value_s=None if math.isnan(seconds) else seconds,
        ok=JUDGED[verdict],
        is_waiting=bool(part.waiting[n]),
        status=ticket.status,
        priority=ticket.priority,
        channel=ticket.channel,
        customer=ticket.customer,
        due_at=ticket.first_response_target_at if is_first else ticket.resolution_target_at,
        id=ticket.id,
    )
