"""`cspm import tickets|people|shifts FILE`; other files here add more."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cspm_core import imports
from cspm_core.imports import PeopleReport, ShiftReport, TicketReport, Unreadable

from ..setup.words import explained
from ..terminal import command, complaints, desk, progress, refuse, t
from . import call_commands, event_commands, reports, review_commands, template
from .options import DayFirst, DryRun, Encoding, File, Json, Map, Team, Template, Timezone, named, order, tell
from .words import reason, unreadable

app = typer.Typer(name="import", help=t("Load exports of a help desk, and people."), no_args_is_help=True)

Roster = Annotated[
    Path | None,
    typer.Argument(help=t("A CSV file, a zip file with one, or a calendar (.ics)."), show_default=False),
]

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
    wish = imports.Wish(named(file), team, map_, timezone, exported_at, order(day_first), encoding, dry_run)
    try:
        report = _load_tickets(wish)
    except Unreadable as problem:
        refuse(unreadable(problem, t))
    tell(report, reports.tickets(report, t), json_)


def _load_tickets(wish: imports.Wish) -> TicketReport:
    with desk() as at:
        plan = imports.plan(at.store, at.workspace_id, wish, now=at.now)
        with progress(t("Reading"), None) as step:
            survey = imports.survey(plan, step)
        with (
            imports.RefusedRows(survey.plan.export, lambda key: reason(key, t), dry_run=wish.dry_run) as refused,
            progress(t("Looking") if wish.dry_run else t("Writing"), survey.rows) as step,
        ):
            return imports.carry_out(
                at.store, at.workspace_id, survey, refused, now=at.now, advance=step, goes_on=_goes_on
            )


def _goes_on(rows: int) -> None:
    complaints.print(t("An earlier import of this file was cut off; going on at row {row}.", row=t.number(rows + 1)))


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
    wish = imports.PeopleWish(named(file), team, order(day_first), encoding, dry_run, map_, timezone)
    try:
        report = _introduce(wish)
    except Unreadable as problem:
        refuse(unreadable(problem, t))
    tell(report, reports.people(report, t), json_)


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
    wish = imports.ShiftWish(named(file), team, map_, timezone, order(day_first), encoding, dry_run)
    try:
        report = _plan_shifts(wish)
    except Unreadable as problem:
        refuse(unreadable(problem, t))
    tell(report, reports.shifts(report, t), json_)


def _plan_shifts(wish: imports.ShiftWish) -> ShiftReport:
    with desk() as at:
        plan = imports.plan_shifts(at.store, at.workspace_id, wish)
        with (
            imports.RefusedRows(plan.export, lambda key: reason(key, t), dry_run=wish.dry_run) as refused,
            progress(t("Reading"), plan.rows or None) as step,
        ):
            return imports.take_shifts(at.store, at.workspace_id, plan, refused, now=at.now, advance=step)


def add_to(cli: typer.Typer) -> None:
    """Register `cspm import`."""
    event_commands.add_to(app)
    call_commands.add_to(app)
    review_commands.add_to(app)
    cli.add_typer(app)
