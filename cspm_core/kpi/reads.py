"""A team's figures over a period: beside those of the period before, beside its targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from .. import errors
from ..escalations import frames as escalation_frames
from ..metrics import CATALOGUE, OF_TICKETS, Measure, Metric, Subject, Tickets
from ..people import Team, calendar_of
from ..periods import Period
from ..tickets import Ticket, complete_until, extent, frames
from . import windows
from .rules import Scorecard, enough, read
from .subjects import Reader
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

    `as_of`: nothing after it has happened; `reach` gives the instant up to which there is data. `keys` None: those of
    tickets; figures of escalations are read only where they are asked for. `tickets`: where they are read already,
    from the period before on. Raises NoData.
    """
    chosen = [metric for metric in CATALOGUE.values() if metric.key in (OF_TICKETS if keys is None else keys)]
    data = {of: told_from(session, team, of, as_of) for of in dict.fromkeys(metric.of for metric in chosen)}
    reached = next(iter(data.values()), Data())
    earlier, earlier_as_of = windows.before(period, as_of)
    calendar, aims = calendar_of(session, team), targets(session, team)
    here = Reader(session, team, earlier.start, as_of, agents, tickets)

    def measured(metric: Metric, over: Period, at: datetime) -> Measure:
        since = data[metric.of].first_at
        return metric.measure(here.facts(metric.of, at), windows.window(over, at, calendar, since))

    left_out = frames.left_out(session, team, windows.window(period, as_of, calendar, reached.first_at), agents)
    return Scorecard(
        team_id=team.id,
        team=team.name,
        timezone=team.timezone,
        period=period.until(as_of),
        as_of=as_of,
        complete_until=reached.complete_until,
        readings=tuple(
            read(
                metric,
                measured(metric, period, as_of),
                measured(metric, earlier, earlier_as_of),
                aims.get(metric.key),
                about_one=agents is not None,
            )
            for metric in chosen
        ),
        left_out=left_out if agents is None else enough(left_out),
        agent=agent_name,
        before=earlier,
        first_at=reached.first_at,
    )


def every_figure(session: Session, team: Team, period: Period, as_of: datetime) -> tuple[str, ...]:
    """The keys of all figures that say something of a team: those of escalations only where it had one of late."""
    earlier, _ = windows.before(period, as_of)
    return tuple(CATALOGUE) if escalation_frames.any_since(session, team, earlier.start, as_of) else OF_TICKETS


@dataclass(frozen=True, slots=True)
class Data:
    """From when to when a team has data; None: no source ever said."""

    first_at: datetime | None = None
    complete_until: datetime | None = None


def reach(session: Session, team: Team, asked: datetime) -> datetime:
    """The earlier of an instant and the end of the team's data: what figures are told as of."""
    until = complete_until(session, team, asked)
    return min(asked, until) if until else asked


def reaching(session: Session, team: Team, at: datetime | None = None) -> Data:
    """From when to when there is data, looked at `at`. Raises NoData where there are no tickets."""
    found = extent(session, team, at)
    if found is not None:
        return Data(found.first_at, found.complete_until)
    any_ticket = select(Ticket.id).where(Ticket.workspace_id == team.workspace_id, Ticket.team_id == team.id)
    if session.exec(any_ticket.limit(1)).first() is None:
        raise errors.NoData(team.name)
    return Data()


def told_from(session: Session, team: Team, of: Subject, as_of: datetime) -> Data:
    """The same for whatever a figure is about. Escalations are our own record: complete to the last moment."""
    if of in (Subject.TICKETS, Subject.ESCALATED):
        return reaching(session, team, as_of)
    return Data(escalation_frames.first_opened(session, team), as_of)


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
