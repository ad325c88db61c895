"""A team's figures over a period: beside those of the period before, beside its targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from .. import calls, errors
from ..escalations import frames as escalation_frames
from ..metrics import Measure, Metric, Subject
from ..people import Team, calendar_of
from ..periods import Period
from ..qa import frames as review_frames
from ..tickets import Ticket, extent, frames
from . import windows
from .owned import catalogue_of, hidden
from .rules import Scorecard, enough, read
from .subjects import ASKED_FOR, ESCALATED, OURS, RECORDED, REVIEWED, Reader
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
    reader: Reader | None = None,
) -> Scorecard:
    """The figures of a team, or of one person (`agents`: their identities), in the catalogue's order.

    `as_of`: nothing after it has happened; `reach` gives the instant up to which there is data. `keys` None: all but
    those of escalations and reviews, which are read only where they are asked for. `reader`: where facts are read
    already, as of the same instant and from the period before on. Raises NoData.
    """
    every = catalogue_of(session, team, with_hidden=True)
    chosen = [one for one in every.values() if (one.of not in ASKED_FOR if keys is None else one.key in keys)]
    data = told_of(session, team, [metric.of for metric in chosen], as_of)
    reached = next(iter(data.values()), Data())
    earlier, earlier_as_of = windows.before(period, as_of)
    calendar, aims = calendar_of(session, team), targets(session, team)
    here, how = reader or Reader(session, team, earlier.start, as_of, agents), windows.ways(team)

    def measured(metric: Metric, over: Period, at: datetime) -> Measure:
        told = data[metric.of]
        at = told.until(at)
        return metric.measure(here.of_metric(metric, at), windows.window(over, at, calendar, told.first_at, how))

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
        hidden=hidden(team) if keys is None else frozenset(),
    )


def every_figure(session: Session, team: Team, period: Period, as_of: datetime) -> tuple[str, ...]:
    """The keys of all figures that a team wants to see: those of escalations and reviews only where it had some of
    late."""
    earlier, _ = windows.before(period, as_of)
    has_escalated = escalation_frames.any_since(session, team, earlier.start, as_of)
    is_reviewed = review_frames.any_since(session, team, earlier.start, as_of)
    left = (*(() if has_escalated else ESCALATED), *(() if is_reviewed else REVIEWED))
    return tuple(metric.key for metric in catalogue_of(session, team).values() if metric.of not in left)


OVER_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Data:
    """From when to when a team has data; None: no source ever said."""

    first_at: datetime | None = None
    complete_until: datetime | None = None
    lags: bool = False
    """It ends before the team's tickets do, which its figures are otherwise told as of."""

    def until(self, at: datetime) -> datetime:
        """What to tell a figure as of: an instant, or the end of the data where that lags behind."""
        return min(at, self.complete_until) if self.lags and self.complete_until else at


def reach(session: Session, team: Team, asked: datetime) -> datetime:
    """The earlier of an instant and the end of the team's data: what figures are told as of."""
    found = extent(session, team, asked) or calls.extent(session, team)
    return min(asked, found.complete_until) if found else asked


def reaching(session: Session, team: Team, at: datetime | None = None) -> Data:
    """From when to when there is data, looked at `at`. Raises NoData where there are neither tickets nor calls."""
    found = extent(session, team, at) or calls.extent(session, team)
    if found is not None:
        return Data(found.first_at, found.complete_until)
    any_ticket = select(Ticket.id).where(Ticket.workspace_id == team.workspace_id, Ticket.team_id == team.id)
    if session.exec(any_ticket.limit(1)).first() is None:
        raise errors.NoData(team.name)
    return Data()


def told_from(session: Session, team: Team, of: Subject, as_of: datetime) -> Data:
    """From when to when there is data for whatever a figure is about. Raises NoData."""
    return told_of(session, team, [of], as_of)[of]


def told_of(session: Session, team: Team, subjects: Iterable[Subject], as_of: datetime) -> dict[Subject, Data]:
    """The same for several, in their order. Escalations and reviews are our own record: complete to the last moment.

    Tickets and calls together begin with the one that begins first, and reach as far as the one that ends first.
    """
    asked = list(dict.fromkeys(subjects))
    found: dict[Subject, Data] = {}
    if any(of in OURS for of in asked):
        record = Data(escalation_frames.first_opened(session, team), as_of)
        found |= dict.fromkeys(OURS, record)
    if Subject.REVIEWS in asked:
        found[Subject.REVIEWS] = Data(review_frames.first_reviewed(session, team), as_of)
    if any(of not in RECORDED for of in asked):
        told, heard = reaching(session, team, as_of), calls.extent(session, team)
        found |= dict.fromkeys((of for of in Subject if of not in RECORDED), told)
        if heard:
            first_at = min(heard.first_at, told.first_at) if told.first_at else heard.first_at
            together = _together(told.complete_until, heard.complete_until)
            for of, since, until in (
                (Subject.CALLS, heard.first_at, heard.complete_until),
                (Subject.CONTACTS, first_at, together),
            ):
                found[of] = Data(since, until, lags=told.complete_until is not None and until < told.complete_until)
    return {of: found[of] for of in asked}


def _together(tickets_until: datetime | None, calls_until: datetime) -> datetime:
    """A source that has been silent for a week while the other went on is over: it holds nobody back any more."""
    if tickets_until is None:
        return calls_until
    is_over = abs(tickets_until - calls_until) > OVER_AFTER
    return max(tickets_until, calls_until) if is_over else min(tickets_until, calls_until)


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
