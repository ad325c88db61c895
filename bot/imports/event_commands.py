"""`cspm import events FILE`."""

from __future__ import annotations

from typing import Annotated

import typer

from cspm_core import imports
from cspm_core.imports import EventReport, Unreadable

from ..setup.words import explained
from ..terminal import command, desk, progress, refuse, t
from . import event_reports, event_template
from .options import DayFirst, DryRun, Encoding, File, Json, Map, Team, Template, Timezone, named, order, tell
from .words import reason, unreadable

EVENTS_HELP = t("""Load what happened to tickets: each row one event, or how a ticket stood after each change.

The tickets follow from their events. The same file twice changes nothing; what broke off goes on where it was.

Example: `cspm import events events.csv --team Returns`

Example: `cspm import events log.zip --team Returns --map map.yaml --dry-run`

To start from: `cspm import events --template > events.csv`""")


@explained
def import_events(
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
        typer.echo(event_template.event_map(t) if map_ else event_template.HEADER)
        return
    wish = imports.Wish(named(file), team, map_, timezone, exported_at, order(day_first), encoding, dry_run)
    try:
        report = _load(wish)
    except Unreadable as problem:
        refuse(unreadable(problem, t))
    tell(report, event_reports.events(report, t), json_)


def _load(wish: imports.Wish) -> EventReport:
    with desk() as at:
        plan = imports.plan_events(at.store, at.workspace_id, wish, now=at.now)
        with (
            imports.RefusedRows(plan.export, lambda key: reason(key, t), dry_run=wish.dry_run) as refused,
            progress(t("Looking") if wish.dry_run else t("Writing"), plan.rows) as step,
        ):
            taken = imports.take_events(at.store, at.workspace_id, plan, refused, now=at.now, advance=step)
        with progress(t("Working out the tickets"), taken.behind) as step:
            return imports.follow_events(at.store, at.workspace_id, taken, now=at.now, advance=step)


def add_to(app: typer.Typer) -> None:
    """Register `cspm import events`."""
    app.command("events", help=EVENTS_HELP)(command(import_events))
