"""What every import is asked in the terminal, and how it tells what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from cspm_core import imports
from cspm_core.imports import Order, Unreadable

from ..terminal import complaints, refuse, t
from . import reports
from .words import unreadable

File = Annotated[Path | None, typer.Argument(help=t("A CSV file, or a zip file with one."), show_default=False)]
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


def order(day_first: bool | None) -> Order | None:
    """Which comes first in 03/04, as said; None: not said."""
    if day_first is None:
        return None
    return Order.DAY if day_first else Order.MONTH


def named(file: Path | None) -> Path:
    """The file, or a word that there is none."""
    if file is None:
        refuse(t("Name the file to import, or ask for --template."), code=2)
    return file


def tell(report: reports.Report, lines: Iterable[str], as_json: bool) -> None:
    """Print a report; leave with 1 where nothing could be read."""
    if as_json:
        typer.echo(json.dumps(reports.as_json(report), ensure_ascii=False, indent=2, default=str))
    else:
        for line in lines:
            typer.echo(line)
    if not report.taken:
        complaints.print(unreadable(Unreadable(imports.Fault.NOTHING_READ, report.file), t), markup=False)
        raise typer.Exit(1)
