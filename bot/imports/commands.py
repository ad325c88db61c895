"""`cspm import tickets|people|shifts FILE`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from cspm_core import imports
from cspm_core.imports import Order, PeopleReport, ShiftReport, TicketReport, Unreadable

from ..setup.words import explained
from ..terminal import command, complaints, desk, progress, refuse, t
from . import reports, template
from .words import reason, unreadable

app = typer.Typer(name="import", help=t("Load exports of a help desk, and people."), no_args_is_help=True)

File = Annotated[Path | None, typer.Argument(help=t("A CSV file, or a zip file with one."), show_default=False)]
Roster = Annotated[
    Path | None,
    typer.Argument(help=t("A CSV file, a zip file with one, or a calendar (.ics)."), show_default=False),
]
Team = Annotated[str | None, typer.Option(help=t("Whose rows these are; a column “team” comes before it."))]
Encoding = Annotated[str | None, typer.Option(help=t("How the file is written, where it is neither UTF-8 nor marked."))]
DayFirst = Annotated[
    bool | None, typer.Option("--day-first/--month-first", help=t("03/04 is 3 April, or 4 March."), show_default=False)
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=t("Only report; write nothing."))]
Template = Annotated[bool, typer.Option("--template", help=t("Print what to start from: a header; with --map a map."))]
Map = Annotated[Path | None, typer.Option("--map", help=t("A YAML file that says which column is which."))]
Timezone = Annotated[str | None, typer.Option(help=t("The zone of times that name none."))]
Json = Annotated[bool, typer.Option("--json", help=t("Print the report as JSON."))]

TICKETS_HELP = t("""Load tickets from an export. The same file twice changes nothing, a newer one updates.

Example: `cspm import tickets export.csv --team Returns --timezone Europe/Amsterdam`

Example: `cspm import tickets export.zip --team Returns --map map.yaml --dry-run`

To start from: `cspm import tickets --template > tickets.csv`""")
PEOPLE_HELP = t("""Load people: who they are, in which team, in which role, and how other systems call them.

Example: `cspm import people people.csv --team Returns`

To start from: `cspm import people --template > people.csv`""")
SHIFTS_HELP = t("""Load who works when, from a CSV file or a calendar (.ics). A newer file replaces the days it covers.

Example: `cspm import shifts roster.csv --team Returns --dry-run`

Example: `cspm import shifts oncall.ics --team Returns`

To start from: `cspm import shifts --template > shifts.csv`""")


@app.command("tickets", help=TICKETS_HELP)
@command
@explained
def import_tickets(
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
        typer.echo(template.field_map(t) if map_ else template.TICKETS_HEADER)
        return
    wish = imports.Wish(_named(file), team, map_, timezone, exported_at, _order(day_first), encoding, dry_run)
    try:
        report = _load_tickets(wish)
    except Unreadable as problem:
        refuse(unreadable(problem, t))
    _tell(report, reports.tickets(report, t), json_)


def _load_tickets(wish: imports.Wish) -> TicketReport:
    with desk() as at:
        plan = imports.plan(at.store, at.workspace_id, wish, now=at.now)
        with progress(t("Reading"), None) as step:
            survey = imports.survey(plan, step)
        with (
            imports.RefusedRows(survey.plan.export, lambda key: reason(key, t), dry_run=wish.dry_run) as refused,
            progress(t("Looking") if wish.dry_run else t("Writing"), survey.rows) as step,
        ):
            return imports.carry_out(at.store, at.workspace_id, survey, refused, now=at.now, advance=step)


@app.command("people", help=PEOPLE_HELP)
@command
@explained
def import_people(
    file: File = None,
    team: Team = None,
    map_: Map = None,
    timezone: Timezone = None,
    exported_at: Annotated[str | None, typer.Option(hidden=True)] = None,  # noqa: ARG001 - a list of people has no end
    day_first: DayFirst = None,
    encoding: Encoding = None,
    dry_run: DryRun = False,
    template_: Template = False,
    json_: Json = False,
) -> None:
    if template_:
        typer.echo(template.people_map(t) if map_ else template.PEOPLE_HEADER)
        return
    wish = imports.PeopleWish(_named(file), team, _order(day_first), encoding, dry_run, map_, timezone)
    try:
        report = _introduce(wish)
    except Unreadable as problem:
        refuse(unreadable(problem, t))
    _tell(report, reports.people(report, t), json_)


def _introduce(wish: imports.PeopleWish) -> PeopleReport:
    plan = imports.plan_people(wish)
    with (
        desk() as at,
        imports.RefusedRows(plan.export, lambda key: reason(key, t), dry_run=wish.dry_run) as refused,
        progress(t("Reading"), plan.rows) as step,
    ):
        return imports.introduce_people(at.store, at.workspace_id, plan, refused, now=at.now, advance=step)


@app.command("shifts", help=SHIFTS_HELP)
@command
@explained
def import_shifts(
    file: Roster = None,
    team: Team = None,
    map_: Map = None,
    timezone: Timezone = None,
    day_first: DayFirst = None,
    encoding: Encoding = None,
    dry_run: DryRun = False,
    template_: Template = False,
    json_: Json = False,
) -> None:
    if template_:
        typer.echo(template.shifts_map(t) if map_ else template.SHIFTS_HEADER)
        return
    wish = imports.ShiftWish(_named(file), team, map_, timezone, _order(day_first), encoding, dry_run)
    try:
        report = _plan_shifts(wish)
    except Unreadable as problem:
        refuse(unreadable(problem, t))
    _tell(report, reports.shifts(report, t), json_)


def _plan_shifts(wish: imports.ShiftWish) -> ShiftReport:
    with desk() as at:
        plan = imports.plan_shifts(at.store, at.workspace_id, wish)
        with (
            imports.RefusedRows(plan.export, lambda key: reason(key, t), dry_run=wish.dry_run) as refused,
            progress(t("Reading"), plan.rows or None) as step,
        ):
            return imports.take_shifts(at.store, at.workspace_id, plan, refused, now=at.now, advance=step)


def _order(day_first: bool | None) -> Order | None:
    if day_first is None:
        return None
    return Order.DAY if day_first else Order.MONTH


def _named(file: Path | None) -> Path:
    if file is None:
        refuse(t("Name the file to import, or ask for --template."), code=2)
    return file


def _tell(report: reports.Report, lines: Iterable[str], as_json: bool) -> None:
    """Print a report; leave with 1 where nothing could be read."""
    if as_json:
        typer.echo(json.dumps(reports.as_json(report), ensure_ascii=False, indent=2, default=str))
    else:
        for line in lines:
            typer.echo(line)
    if not report.taken:
        complaints.print(unreadable(Unreadable(imports.Fault.NOTHING_READ, report.file), t), markup=False)
        raise typer.Exit(1)


def add_to(cli: typer.Typer) -> None:
    """Register `cspm import`."""
    cli.add_typer(app)
