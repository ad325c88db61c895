"""`cspm qa scores`: a team's QA scores in this terminal, or as JSON for other programs."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from cspm_core import kpi, people
from cspm_core.qa import scores as reads
from cspm_core.qa.scores import Scores

from ..kpi import figures
from ..kpi.names import name_of
from ..terminal import console, desk, t


def scores(
    team: Annotated[str, typer.Option(help=t("The team's name."))],
    period: Annotated[
        str,
        typer.Option(help=t("today, yesterday, this-week, last-month, 7d, 2026-10, 2026-10-01..2026-10-15 …")),
    ] = "28d",
    as_json: Annotated[bool, typer.Option("--json", help=t("Print JSON instead of a table."))] = False,
) -> None:
    with desk() as at, at.store.reading() as session:
        found = people.team_named(session, at.workspace_id, team)
        over = kpi.period_named(period, timezone=found.timezone, now=at.now)
        told = reads.of_team(session, found, over, as_of=at.now)
    if as_json:
        typer.echo(json.dumps(reads.plain(told), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        console.print(paper(told))


def paper(found: Scores) -> RenderableType:
    """The figures, and every criterion, the weakest first."""
    said = t("QA scores of {name}, {period}", name=found.team, period=figures.period_name(found.period, t))
    main = Table(title=escape(said), title_justify="left")
    for header in (t("Figure"), t("Value"), t("n"), t("95% interval"), t("Change")):
        main.add_column(header, overflow="fold")
    for one in found.figures:
        interval = figures.interval(one.metric, one.measure, t)
        cells = (
            name_of(one.metric, t),
            figures.told(one, t),
            t.number(one.measure.n),
            interval,
            figures.change(one, t),
        )
        main.add_row(*map(escape, cells))
    if not found.criteria:
        return main
    by = Table(title=escape(t("By criterion, the weakest first")), title_justify="left")
    for header in (t("Scorecard"), t("Criterion"), t("Points"), t("n"), t("Low")):
        by.add_column(header, overflow="fold")
    for criterion in found.criteria:
        mean, low = t.number(criterion.mean, 1), t.share(criterion.low_share)
        by.add_row(*map(escape, (criterion.scorecard, criterion.name, mean, t.number(criterion.n), low)))
    return Group(main, by)
