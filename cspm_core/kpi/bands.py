"""The band of a team's agents, to set one's own figure beside without naming anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlmodel import Session, select

from ..metrics import CATALOGUE, OF_TICKETS, UNKNOWN, Columns, Metric, Window
from ..metrics.frame import Ints
from ..people import FEW, Identity, Team, calendar_of
from ..periods import Period
from ..stats import quantile
from . import windows
from .reads import told_of
from .rules import COUNTED, FEW_FOR_AGENT
from .subjects import REVIEWED, Reader

OF_REVIEWS = tuple(metric.key for metric in CATALOGUE.values() if metric.of in REVIEWED)


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
    `keys`: only those; without any, all that every person has, and none of reviews.
    """
    wanted = [key for key in (*OF_TICKETS, *OF_REVIEWS) if (key in keys if keys else key in OF_TICKETS)]
    metrics = [CATALOGUE[key] for key in wanted if CATALOGUE[key].unit not in COUNTED]
    calendar, how = calendar_of(session, team), windows.ways(team)
    told = told_of(session, team, [metric.of for metric in metrics], as_of)
    reader = Reader(session, team, period.start, as_of)
    bands = {
        one.key: _band(
            one.key,
            _people(session, team, one, reader),
            windows.window(period, as_of, calendar, told[one.of].first_at, how),
        )
        for one in metrics
    }
    return {key: found for key, found in bands.items() if found}


def _people(session: Session, team: Team, metric: Metric, reader: Reader) -> list[Columns]:
    """What is to each person's credit by a metric, that of all identities of one person together."""
    facts = reader.of_metric(metric)
    credited = getattr(facts, metric.credit)
    return [facts.where(np.isin(credited, ids)) for ids in _identities(session, team, credited)]


def _identities(session: Session, team: Team, credited: Ints) -> list[list[int]]:
    seen = set(np.unique(credited).tolist()) - {UNKNOWN}
    rows = session.exec(select(Identity.id, Identity.member_id).where(Identity.workspace_id == team.workspace_id)).all()
    grouped: dict[tuple[str, int], list[int]] = {}
    for identity, member in rows:
        if identity in seen:
            grouped.setdefault(("member", member) if member else ("identity", identity), []).append(identity)
    return list(grouped.values())


def _band(key: str, people: Sequence[Columns], window: Window) -> Band | None:
    measures = [CATALOGUE[key].measure(theirs, window) for theirs in people]
    values = [m.value for m in measures if m.value is not None and m.n >= FEW_FOR_AGENT]
    if len(values) < FEW:
        return None
    median, low, high = (quantile(values, q) or 0.0 for q in (0.5, 0.25, 0.75))
    return Band(median, low, high, len(values))
