"""The band of a team's agents, to set one's own figure beside without naming anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlmodel import Session, select

from ..metrics import CATALOGUE, OF_TICKETS, UNKNOWN, Tickets, Unit, Window
from ..people import FEW, Identity, Team, calendar_of
from ..periods import Period
from ..stats import quantile
from ..tickets import frames
from . import windows
from .reads import reaching
from .rules import FEW_FOR_AGENT


@dataclass(frozen=True, slots=True)
class Band:
    """The middle of a team's agents: their median, and from where to where half of them lie."""

    median: float
    low: float
    high: float
    agents: int


def band(
    session: Session, team: Team, period: Period, *, as_of: datetime, keys: Sequence[str] | None = None
) -> Mapping[str, Band]:
    """The band of each figure that at least 5 agents have over at least 5 tickets each. Raises NoData.

    A person with several names in the data is one agent. Counts have no band: they say who was there, not how it went.
    """
    data = reaching(session, team)
    window = windows.window(period, as_of, calendar_of(session, team), data.first_at)
    tickets = frames.tickets(session, team, period.start, as_of)
    people = [tickets.where(np.isin(tickets.agent, ids)) for ids in _people(session, team, tickets)]
    wanted = [key for key in OF_TICKETS if CATALOGUE[key].unit is not Unit.COUNT and (not keys or key in keys)]
    bands = {key: _band(key, people, window) for key in wanted}
    return {key: found for key, found in bands.items() if found}


def _people(session: Session, team: Team, tickets: Tickets) -> list[list[int]]:
    """The identities behind the tickets, those of one person together."""
    seen = {int(agent) for agent in np.unique(tickets.agent)} - {UNKNOWN}
    rows = session.exec(select(Identity.id, Identity.member_id).where(Identity.workspace_id == team.workspace_id)).all()
    grouped: dict[tuple[str, int], list[int]] = {}
    for identity, member in rows:
        if identity in seen:
            grouped.setdefault(("member", member) if member else ("identity", identity), []).append(identity)
    return list(grouped.values())


def _band(key: str, people: Sequence[Tickets], window: Window) -> Band | None:
    measures = [CATALOGUE[key].measure(theirs, window) for theirs in people]
    values = [m.value for m in measures if m.value is not None and m.n >= FEW_FOR_AGENT]
    if len(values) < FEW:
        return None
    median, low, high = (quantile(values, q) or 0.0 for q in (0.5, 0.25, 0.75))
    return Band(median, low, high, len(values))
