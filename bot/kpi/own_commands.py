"""`cspm kpi define|undefine|own`: figures that a team makes itself, as YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from cspm_core import kpi, people

from ..terminal import desk, t
from .names import name_of

TeamName = Annotated[str, typer.Option("--team", help=t("The team whose figure it is."))]
LARGEST = 100_000
EXAMPLE = """\
key: urgent_in_4h
name: Urgent e-mails answered within 4 hours
unit: share
over:
  - channel = email
  - priority in [high, urgent]
count:
  - first_response_at - created_at <= 4h
"""


def define(
    file: Annotated[Path, typer.Argument(help=t("A YAML file with one figure."), metavar="FILE")],
    team: TeamName,
    by: Annotated[str, typer.Option(help=t("Who made it."))] = "operator",
) -> None:
    told = read(file)
    with desk() as at, at.store.transaction() as session:
        found = people.team_named(session, at.workspace_id, team)
        metric = kpi.define(session, found, told, by=by, now=at.now)
        typer.echo(
            t("{team} has the figure {key} now: {name}.", team=found.name, key=metric.key, name=name_of(metric, t))
        )


def read(file: Path) -> Any:
    """What a YAML file holds; None where it cannot be read as one. Raises OSError."""
    try:
        text = file.read_bytes()[: LARGEST + 1].decode("utf-8-sig")
        return yaml.safe_load(text) if len(text) <= LARGEST else None
    except (UnicodeDecodeError, yaml.YAMLError):
        return None


def undefine(
    key: Annotated[str, typer.Argument(help=t("The key of the figure."), metavar="KEY")], team: TeamName
) -> None:
    with desk() as at, at.store.transaction() as session:
        found = people.team_named(session, at.workspace_id, team)
        kpi.undefine(session, found, key)
        typer.echo(t("{team} has no figure {key} any more.", team=found.name, key=key))


def own(team: TeamName) -> None:
    with desk() as at, at.store.reading() as session:
        found = people.team_named(session, at.workspace_id, team)
        every = kpi.own_metrics(session, found)
    if not every:
        typer.echo(t("{team} has made no figure itself yet. Save this as a file, change it, and define it:", team=team))
        typer.echo(f"\n{EXAMPLE}")
        return
    typer.echo("---\n".join(written(metric.own.told) for metric in every if metric.own), nl=False)


def written(told: Any) -> str:
    """A definition as YAML that can be defined again."""
    return str(yaml.safe_dump(dict(told), allow_unicode=True, sort_keys=False, width=100))
