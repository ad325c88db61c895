"""`cspm crisis plan show|set`: a team's crisis plans, from a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cspm_core import crises, errors, people
from cspm_core.escalations import KINDS

from ..setup.words import explained
from ..terminal import command, desk, t
from . import names, plan_files
from .plan_listeners import owners

Team = Annotated[str, typer.Argument(help=t("The team's name."), metavar="TEAM")]


def add_to(app: typer.Typer) -> None:
    """Register `cspm crisis plan …`."""
    subject = typer.Typer(no_args_is_help=True, help=t("Crisis plans: checklist, words to customers, updates."))
    app.add_typer(subject, name="crisis")
    plan = typer.Typer(no_args_is_help=True, help=t("How a team meets a crisis."))
    subject.add_typer(plan, name="plan")
    for name, run, said, example in (
        ("show", show, t("Print a team’s plan as YAML, ready to change."), "cspm crisis plan show Returns"),
        (
            "set",
            set_plan,
            t("Approve a plan from a YAML file."),
            "cspm crisis plan set Returns plan.yaml --by 'Mina Park'",
        ),
    ):
        plan.command(name, help=f"{said}\n\n{t('Example:')} `{example}`")(command(explained(run)))


def show(
    team: Team,
    kind: Annotated[str, typer.Option(help=t("For which kind of escalation, such as technical."))] = crises.KIND,
) -> None:
    if kind not in KINDS:
        raise errors.Unknown(kind, known=KINDS)
    with desk() as at, at.store.reading() as session:
        found = people.team_named(session, at.workspace_id, team)
        plan = crises.plan(session, found, kind)
        typer.echo(plan_files.written(plan, owners(session, at.workspace_id, plan), t), nl=False)


def set_plan(
    team: Team,
    file: Annotated[Path, typer.Argument(help=t("A plan as `show` prints it."), metavar="FILE.yaml")],
    by: Annotated[str, typer.Option(help=t("Who approved the words."))] = "",
) -> None:
    with desk() as at, at.store.transaction() as session:
        found = people.team_named(session, at.workspace_id, team)
        plan = plan_files.read(session, at.workspace_id, file, t)
        crises.set_plan(session, found, plan, by=by.strip(), now=at.now)
    name = names.plan_name(plan.kind, plan.name, t)
    typer.echo(t("{team} follows this plan from the next crisis on: {name}.", team=found.name, name=name))
