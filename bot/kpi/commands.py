"""`cspm kpi team|explain|metrics`: the figures in a terminal, or as JSON for other programs."""

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
from . import paper

YEARS = (1980, 2100)
"""Between these somebody may mean an instant; outside them it is a slip."""


def add_to(app: typer.Typer) -> None:
    """Register `cspm kpi …`."""
    subject = typer.Typer(no_args_is_help=True, help=t("The figures of a team, in this terminal."))
    app.add_typer(subject, name="kpi")
    for run, said, example in (
        (team, t("The figures of a team over a period."), "cspm kpi team Returns --period last-week"),
        (explain, t("What a figure means."), "cspm kpi explain first_response"),
        (metrics, t("Every figure there is."), "cspm kpi metrics"),
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
) -> None:
    console.print(paper.explanation(kpi.metric_named(" ".join(metric)), t))


def metrics() -> None:
    console.print(paper.catalogue(CATALOGUE.values(), t))
