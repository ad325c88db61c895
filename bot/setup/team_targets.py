"""`cspm team sla|target`: how soon a team means to answer, and what it aims for."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table
from sqlmodel import Session

from cspm_core import errors, kpi, people, tickets
from cspm_core.metrics import Metric
from cspm_core.people import Team
from cspm_core.tickets import SlaClock, SlaMetric, SlaTarget

from ..kpi.figures import aim, amount
from ..kpi.names import name_of
from ..terminal import Desk, console, desk, t
from . import lengths
from .counting import count_again
from .team_settings import Name

HOW_LONG = t("4h, 90m, 2d; none takes it away. On the business clock a day is the team's mean working day.")


def sla(
    name: Name,
    first_response: Annotated[str | None, typer.Option(help=t("By when to reply.") + " " + HOW_LONG)] = None,
    resolution: Annotated[str | None, typer.Option(help=t("By when to solve."))] = None,
    priority: Annotated[
        str, typer.Option(help=t("Only for this priority; otherwise for those without their own."))
    ] = "",
    clock: Annotated[str, typer.Option(help=t("business counts working hours, calendar every hour."))] = "business",
) -> None:
    wanted = {SlaMetric.FIRST_RESPONSE: first_response, SlaMetric.RESOLUTION: resolution}
    if clock not in list(SlaClock):
        raise errors.Invalid("clock", clock, "sla_clock")
    with desk() as at:
        with at.store.reading() as session:
            team = people.team_named(session, at.workspace_id, " ".join(name))
        named = {metric: _seconds(text, team, clock) for metric, text in wanted.items() if text is not None}
        if named:
            _set(at, team.id, named, priority, clock)
        with at.store.reading() as session:
            rows = tickets.slas(session, team)
    _list(team, list(rows))


def _seconds(text: str, team: Team, clock: str) -> int | None:
    if text.strip().casefold() == lengths.NONE:
        return None
    return lengths.working_length(text, team.hours) if clock == SlaClock.BUSINESS else lengths.length(text)


def _set(at: Desk, team_id: int, named: dict[SlaMetric, int | None], priority: str, clock: str) -> None:
    with at.store.transaction() as session:
        team = people.team(session, at.workspace_id, team_id)
        for metric, seconds in named.items():
            if seconds is None:
                tickets.drop_sla(session, team, metric, priority)
            else:
                tickets.set_sla(session, team, metric, priority, seconds, clock, now=at.now)
    count_again(at, team_id)


def _list(team: Team, rows: list[SlaTarget]) -> None:
    if not rows:
        typer.echo(t("{team} has no targets of its own; due times in the data count.", team=team.name))
        return
    table = Table(box=None, pad_edge=False)
    for heading in (t("Target"), t("Priority"), t("Within"), t("Clock")):
        table.add_column(heading)
    metrics = {SlaMetric.FIRST_RESPONSE: t("First response"), SlaMetric.RESOLUTION: t("Resolution")}
    clocks = {SlaClock.BUSINESS: t("working hours"), SlaClock.CALENDAR: t("every hour")}
    for row in rows:
        within = lengths.told(row.seconds, row.clock, t)
        table.add_row(metrics[SlaMetric(row.metric)], row.priority or t("any"), within, clocks[SlaClock(row.clock)])
    console.print(table)
    typer.echo(t("A due time in the data comes before these."))


def target(
    name: Annotated[str, typer.Argument(help=t("The team's name."), metavar="NAME")],
    metric: Annotated[str | None, typer.Argument(help=t("A figure: csat, first_response …"), metavar="METRIC")] = None,
    value: Annotated[
        str | None, typer.Argument(help=t("What to reach: 4h, 90%, 40; or none."), metavar="VALUE")
    ] = None,
    suggest: Annotated[
        bool, typer.Option("--suggest", help=t("What its last eight weeks suggest: their median."))
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help=t("Take the suggestion."))] = False,
) -> None:
    with desk() as at, at.store.transaction() as session:
        team = people.team_named(session, at.workspace_id, name)
        every = kpi.catalogue_of(session, team, with_hidden=True)
        figure = kpi.metric_named(metric, every) if metric is not None else None
        if figure and suggest:
            _suggest(session, at, team, figure, take=yes)
            return
        if figure:
            if value is None:
                raise errors.Invalid("target", "", "share" if figure.unit == "share" else "count")
            aimed = None if value.casefold() == lengths.NONE else lengths.value(value, figure, team.hours)
            kpi.set_target(session, team, figure.key, aimed, at.now)
        aims = kpi.targets(session, team)
    if not aims:
        typer.echo(t("{team} aims for nothing yet. An example: `cspm team target {team} csat 90%`.", team=team.name))
    for key, aimed_at in aims.items():
        if key in every:
            typer.echo(f"{name_of(every[key], t)}: {aim(every[key], aimed_at, t)}")


def _suggest(session: Session, at: Desk, team: Team, figure: Metric, *, take: bool) -> None:
    """Say what the last eight weeks suggest, and aim for it where that was wanted."""
    found = kpi.suggest_target(session, team, figure.key, kpi.reach(session, team, at.now))
    if found is None:
        typer.echo(
            t("The last eight weeks hold too little of {figure} to suggest a target.", figure=name_of(figure, t))
        )
        return
    weeks = t.join([amount(figure, one, t) for one in found.values])
    value = amount(figure, found.value, t)
    typer.echo(t("The median of the last eight weeks is {value}; week by week {weeks}.", value=value, weeks=weeks))
    if take:
        kpi.set_target(session, team, figure.key, found.value, at.now)
        typer.echo(t("{team} aims for that now.", team=team.name))
