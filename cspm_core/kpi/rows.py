"""One ticket or call behind a figure, as people know it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from .. import calls
from ..calls import CallListed
from ..metrics import Columns, Metric, Part, Unit
from ..metrics.frame import Ints
from ..people import Team
from ..tickets.lists import Listed, listed

DUE_FIRST_REPLY = ("first_response", "first_response_business", "sla_first_response", "unanswered")
PHONE = "phone"
AGAINST, NEITHER, FOR = -1, 0, 1
JUDGED: Mapping[int, bool | None] = {AGAINST: False, NEITHER: None, FOR: True}


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket behind a figure, or a call. `value_s`: how long it took, or has lasted so far; None for what has no
    duration."""

    key: str
    url: str
    """Of a call: its recording."""
    subject: str
    """Of a call: its topic."""
    agent: str
    created_at: datetime
    value_s: float | None
    ok: bool | None
    """Counts for the figure (True) or against it (False); a duration is held against the target, if there is one."""
    is_waiting: bool
    status: str
    """Of a call: `answered` or `abandoned`; empty for neither."""
    priority: str
    channel: str
    customer: str
    due_at: datetime | None
    id: int
    queue: str = ""
    category: str = ""
    language: str = ""
    is_call: bool = False


def rows(
    session: Session, team: Team, metric: Metric, facts: Columns, part: Part, judged: NDArray[np.int64], shown: Ints
) -> tuple[TicketRow, ...]:
    """The rows at these places of the columns, in their order."""
    is_call = calls_among(facts)
    of_calls = {row.id: row for row in calls.listed(session, team, facts.id[shown[is_call[shown]]].tolist())}
    of_tickets = {row.id: row for row in listed(session, team, facts.id[shown[~is_call[shown]]].tolist())}
    made = []
    for n in shown.tolist():
        told = _Told(metric, _seconds(metric, part, n), JUDGED[int(judged[n])], bool(part.waiting[n]))
        own = int(facts.id[n])
        if is_call[n] and own in of_calls:
            made.append(_call(of_calls[own], told))
        elif not is_call[n] and own in of_tickets:
            made.append(_ticket(of_tickets[own], told))
    return tuple(made)


def calls_among(facts: Columns) -> NDArray[np.bool_]:
    """Which entries of the columns are calls."""
    if hasattr(facts, "is_call"):
        among: NDArray[np.bool_] = facts.is_call == 1
        return among
    return np.full(len(facts), hasattr(facts, "queued"))


@dataclass(frozen=True, slots=True)
class _Told:
    """What a figure says of one of them."""

    metric: Metric
    seconds: float | None
    ok: bool | None
    is_waiting: bool


def _seconds(metric: Metric, part: Part, n: int) -> float | None:
    found = float(part.seconds[n])
    if math.isnan(found) and metric.unit is Unit.SECONDS and part.amounts is not None:
        found = float(part.amounts[n])
    return None if math.isnan(found) else found


def _ticket(ticket: Listed, told: _Told) -> TicketRow:
    is_first = told.metric.key in DUE_FIRST_REPLY
    return TicketRow(
        key=ticket.key,
        url=ticket.url,
        subject=ticket.subject,
        agent=ticket.agent,
        created_at=ticket.created_at,
        value_s=told.seconds,
        ok=told.ok,
        is_waiting=told.is_waiting,
        status=ticket.status,
        priority=ticket.priority,
        channel=ticket.channel,
        customer=ticket.customer,
        due_at=ticket.first_response_target_at if is_first else ticket.resolution_target_at,
        id=ticket.id,
        queue=ticket.queue,
        category=ticket.category,
        language=ticket.language,
    )


def _call(call: CallListed, told: _Told) -> TicketRow:
    return TicketRow(
        key=call.key,
        url=call.recording_url,
        subject=call.topic,
        agent=call.agent,
        created_at=call.queued_at,
        value_s=told.seconds,
        ok=told.ok,
        is_waiting=told.is_waiting,
        status="answered" if call.is_answered else "abandoned" if call.is_abandoned else "",
        priority="",
        channel=PHONE,
        customer=call.customer,
        due_at=None,
        id=call.id,
        queue=call.queue,
        category=call.topic,
        language=call.language,
        is_call=True,
    )
