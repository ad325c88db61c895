"""`cspm kpi team|explain|metrics|define|undefine|own`: the figures in a terminal, or as JSON for other programs."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated

import typer

from cspm_core import errors, kpi, people
from cspm_core.calendars import zone
from cspm_core.metrics import CATALOGUE

from ..setup.words import explained
from ..terminal import command, console, desk, t
from . import own_commands, paper

YEARS = (1980, 2100)
"""Between these somebody may mean an instant; outside them it is a slip."""


def add_to(app: typer.Typer) -> None:
    """Register `cspm kpi …`."""
    subject = typer.Typer(no_args_is_help=True, help=t("The figures of a team, in this terminal."))
    app.add_typer(subject, name="kpi")
    for run, said, example in (
        (team, t("The figures of a team over a period."), "cspm kpi team Returns --period last-week"),
        (
            explain,
            t("What a figure means; with a team, why another help desk says something else."),
            "cspm kpi explain first_response --team Returns",
        ),
        (metrics, t("Every figure there is."), "cspm kpi metrics --team Returns"),
        (
            own_commands.define,
            t("Add a figure of a team’s own from a YAML file."),
            "cspm kpi define urgent.yaml --team Returns",
        ),
        (
            own_commands.undefine,
            t("Take a figure of a team’s own away."),
            "cspm kpi undefine urgent_in_4h --team Returns",
        ),
        (
            own_commands.own,
            t("The figures of a team’s own as YAML; without any, one to begin with."),
            "cspm kpi own --team Returns",
        ),
    ):
        subject.command(help=f"{said}\n\n{t('Example:')} `{example}`")(command(explained(run)))


def team(
    name: Annotated[list[str], typer.Argument(help=t("The team's name."), metavar="NAME")],
    period: Annotated[
        str,
        typer.Option(help=t("today, yesterday, this-week, last-month, 7d, 2026-10, 2026-10-01..2026-10-15 …")),
    ] = "this-week",
    as_of: Annotated[
        str | None,
        typer.Option(help=t("Tell it as of this instant (2026-10-15T09:00, in the team's zone unless it says one).")),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=t("Print JSON instead of a table."))] = False,
) -> None:
    with desk() as at, at.store.reading() as session:
        found = people.team_named(session, at.workspace_id, " ".join(name))
        explicit = instant(as_of, found.timezone) if as_of else None
        asked = kpi.period_named(period, timezone=found.timezone, now=explicit or at.now)
        reach = explicit or kpi.reach(session, found, at.now)
        card = kpi.scorecard(session, found, asked, as_of=reach, keys=kpi.every_figure(session, found, asked, reach))
    if as_json:
        typer.echo(json.dumps(kpi.plain(card), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        console.print(paper.scorecard(card, t, console.width))


def instant(text: str, timezone: str) -> datetime:
    """An instant as somebody types it; without an offset it is the wall time of the zone. Raises Invalid."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise errors.Invalid("--as-of", text, "instant") from None
    if not YEARS[0] <= at.year < YEARS[1]:
        raise errors.Invalid("--as-of", text, "instant")
    return at if at.tzinfo else at.replace(tzinfo=zone(timezone))


def explain(
    metric: Annotated[list[str], typer.Argument(help=t("The figure, by its key or its name."), metavar="METRIC")],
    team: Annotated[str | None, typer.Option(help=t("With the tickets of this team."))] = None,
    period: Annotated[str, typer.Option(help=t("Over this period, where a team is named."))] = "28d",
) -> None:
    text = " ".join(metric)
    if team is None:
        console.print(paper.explanation(kpi.metric_named(text), t))
        return
    with desk() as at, at.store.reading() as session:
        found = people.team_named(session, at.workspace_id, team)
        named = kpi.metric_named(text, kpi.catalogue_of(session, found, with_hidden=True))
        over = kpi.period_named(period, timezone=found.timezone, now=at.now)
        reach = kpi.reach(session, found, at.now) if named.lists_tickets else at.now
        other = kpi.elsewhere(session, found, named.key, over, as_of=reach)
    console.print(paper.explanation(named, t, other))


def metrics(
    team: Annotated[str | None, typer.Option(help=t("Those that this team sees, its own among them."))] = None,
) -> None:
    every = CATALOGUE
    if team is not None:
        with desk() as at, at.store.reading() as session:
            every = kpi.catalogue_of(session, people.team_named(session, at.workspace_id, team))
    console.print(paper.catalogue(every.values(), t))
