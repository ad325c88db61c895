"""`cspm …`: every command of the operator, subject by subject."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from .terminal import chosen, t

app = typer.Typer(
    name="cspm",
    help=t("Honest KPIs and morning digests for support teams, in Slack."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)


@app.callback()
def choose(
    workspace: Annotated[
        str | None, typer.Option(help=t("The Slack workspace, where the database has several."))
    ] = None,
    database: Annotated[str | None, typer.Option(help=t("A database URL instead of DATABASE_URL."))] = None,
) -> None:
    chosen.update(workspace=workspace, database=database)


def main() -> None:
    """The console script `cspm`; `python -m bot` is the same."""
    from . import commands, logs

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows a question mark
    logs.set_up("WARNING")
    commands.add_all(app)
    app()
