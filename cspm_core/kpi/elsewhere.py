"""Why another help desk says something else: its figure beside ours, from the same tickets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from ..metrics import Measure, Metric, Subject, Tickets, vendors
from ..metrics.vendors import Counted, Others
from ..people import Team, calendar_of
from ..periods import Period
from ..tickets.beside import left_out_tickets
from . import windows
from .owned import metric_of
from .reads import told_from
from .subjects import Reader

ASIDE = ("agent_opened", "merged")
"""What some count and we leave out."""


@dataclass(frozen=True, slots=True, eq=False)
class Elsewhere:
    """Our figure of a team over a period, and what others would show; none where nobody is known to differ."""

    metric: Metric
    ours: Measure
    period: Period
    as_of: datetime
    found: tuple[Counted, ...]


def elsewhere(session: Session, team: Team, key: str, period: Period, *, as_of: datetime) -> Elsewhere:
    """Ours and theirs, told as of the same instant. Raises NoData, UnknownMetric."""
    metric = metric_of(session, team, key)
    data = told_from(session, team, metric.of, as_of)
    at, how = data.until(as_of), windows.ways(team)
    window = windows.window(period, at, calendar_of(session, team), data.first_at, how)
    reader = Reader(session, team, period.start, as_of)
    ours = metric.measure(reader.of_metric(metric), window)
    found: tuple[Counted, ...] = ()
    if metric.key in vendors.READINGS:
        facts = reader.facts(Subject.TICKETS)
        assert isinstance(facts, Tickets)
        aside = {reason: left_out_tickets(session, team, reason, period.start, as_of) for reason in ASIDE}
        found = vendors.elsewhere(metric.key, Others(facts, aside), window)
    return Elsewhere(metric, ours, period.until(as_of), as_of, found)
