"""`cspm import calls FILE`."""

from __future__ import annotations

from typing import Annotated

import typer

from cspm_core import imports
from cspm_core.imports import CallReport, Fault, Unreadable

from ..setup.words import explained
from ..terminal import command, desk, progress, refuse, t
from . import call_reports, call_template
from .options import DayFirst, DryRun, Encoding, File, Json, Map, Team, Template, Timezone, named, order, tell
from .words import reason, unreadable

CALLS_HELP = t("""Load calls from an export of a telephone system.

The same file twice changes nothing, a newer one updates.

Example: `cspm import calls calls.csv --team Returns --timezone Europe/Amsterdam`

Example: `cspm import calls calls.csv --team Returns --map map.yaml --dry-run`

To start from: `cspm import calls --template > calls.csv`""")


@explained
def import_calls(
    file: File = None,
    team: Team = None,
    map_: Map = None,
    timezone: Timezone = None,
    exported_at: Annotated[str | None, typer.Option(help=t("How far the data reaches, e.g. 2026-11-23T17:00."))] = None,
    day_first: DayFirst = None,
    encoding: Encoding = None,
    dry_run: DryRun = False,
    template_: Template = False,
    json_: Json = False,
) -> None:
    if template_:
        typer.echo(call_template.calls_map(t) if map_ else call_template.HEADER)
        return
    wish = imports.Wish(named(file), team, map_, timezone, exported_at, order(day_first), encoding, dry_run)
    try:
        report = _load(wish)
    except Unreadable as problem:
        refuse(_why(problem))
    tell(report, call_reports.calls(report, t), json_)


def _load(wish: imports.Wish) -> CallReport:
    with desk() as at:
        plan = imports.plan_calls(at.store, at.workspace_id, wish, now=at.now)
        with progress(t("Reading"), None) as step:
            survey = imports.survey_calls(plan, step)
        with (
            imports.RefusedRows(survey.plan.export, lambda key: reason(key, t), dry_run=wish.dry_run) as refused,
            progress(t("Looking") if wish.dry_run else t("Writing"), survey.rows) as step,
        ):
            return imports.take_calls(at.store, at.workspace_id, survey, refused, now=at.now, advance=step)


def _why(problem: Unreadable) -> str:
    if problem.fault is Fault.NO_TEAM:
        names = t.join([f"“{name}”" for name in problem.known])
        return t(
            "Whose calls are these? Name the team with --team, or add a column “team”. There are: {names}.", names=names
        )
    return unreadable(problem, t)


def add_to(app: typer.Typer) -> None:
    """Register `cspm import calls`."""
    app.command("calls", help=CALLS_HELP)(command(import_calls))
