"""A team's figures over a period: beside those of the period before, beside its targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from .. import errors
from ..metrics import CATALOGUE, Metric, Tickets
from ..people import Team, calendar_of
from ..periods import Period
from ..tickets import Ticket, complete_until, frames, source
from . import windows
from .rules import Scorecard, enough, read
from .tables import MetricTarget


def scorecard(
    session: Session,
    team: Team,
    period: Period,
    *,
    as_of: datetime,
    keys: Sequence[str] | None = None,
    agents: Sequence[int] | None = None,
    agent_name: str | None = None,
    tickets: Tickets | None = None,
) -> Scorecard:
    """The figures of a team, or of one person (`agents`: their identities), in the catalogue's order.

    `as_of`: nothing after it has happened; `reach` gives the instant up to which there is data. `tickets`: where they
    are read already, from the period before on. Raises NoData.
    """
    data = reaching(session, team)
    earlier, earlier_as_of = windows.before(period, as_of)
    if tickets is None:
        tickets = frames.tickets(session, team, earlier.start, as_of, agents=agents)
    calendar, aims = calendar_of(session, team), targets(session, team)
    now = windows.window(period, as_of, calendar, data.first_at)
    then = windows.window(earlier, earlier_as_of, calendar, data.first_at)
    left_out = frames.left_out(session, team, now, agents)
    return Scorecard(
        team_id=team.id,
        team=team.name,
        timezone=team.timezone,
        period=period.until(as_of),
        as_of=as_of,
        complete_until=data.complete_until,
        readings=tuple(
            read(
                metric,
                metric.measure(tickets, now),
                metric.measure(tickets, then),
                aims.get(metric.key),
                about_one=agents is not None,
            )
            for metric in _chosen(keys)
        ),
        left_out=left_out if agents is None else enough(left_out),
        agent=agent_name,
        before=earlier,
        first_at=data.first_at,
    )


def _chosen(keys: Sequence[str] | None) -> list[Metric]:
    return [metric for metric in CATALOGUE.values() if keys is None or metric.key in keys]


@dataclass(frozen=True, slots=True)
class Data:
    """From when to when a team has data; None: no source ever said."""

    first_at: datetime | None = None
    complete_until: datetime | None = None


def reach(session: Session, team: Team, asked: datetime) -> datetime:
    """The earlier of an instant and the end of the team's data: what figures are told as of."""
    until = complete_until(session, team)
    return min(asked, until) if until else asked


def reaching(session: Session, team: Team) -> Data:
    """From when to when there is data. Raises NoData where there are no tickets."""
    row = source(session, team)
    if row is not None:
        return Data(row.first_at, row.complete_until)
    any_ticket = select(Ticket.id).where(Ticket.workspace_id == team.workspace_id, Ticket.team_id == team.id)
    if session.exec(any_ticket.limit(1)).first() is None:
        raise errors.NoData(team.name)
    return Data()


def targets(session: Session, team: Team) -> Mapping[str, float]:
    """What the team aims for, by metric."""
    rows = session.exec(
        select(MetricTarget)
        .where(MetricTarget.workspace_id == team.workspace_id, MetricTarget.team_id == team.id)
        .order_by(col(MetricTarget.metric))
    )
    return {row.metric: row.value for row in rows}


def target(session: Session, team: Team, key: str) -> float | None:
    """What the team aims for in one metric; None: nothing."""
    return targets(session, team).get(key)
