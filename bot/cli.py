"""`cspm …`: every command of the operator, subject by subject."""

from __future__ import annotations

from typing import Annotated

import typer

from .terminal import chosen, t

app = typer.Typer(
    name="cspm",
    help=t("Honest KPIs, morning digests and escalations for support teams, in Slack."),
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

    logs.set_up("WARNING")
    commands.add_all(app)
    app()
