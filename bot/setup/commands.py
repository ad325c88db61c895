"""`cspm team …`: what an operator can set up without Slack."""

from __future__ import annotations

import typer

from ..terminal import command, t
from . import team_calendar, team_settings, team_targets
from .words import explained


def add_to(cli: typer.Typer) -> None:
    """Register `cspm team`."""
    subject = typer.Typer(no_args_is_help=True, help=t("Set teams up: hours, holidays, channel, targets."))
    cli.add_typer(subject, name="team")
    for name, run, said, example in (
        (
            "add",
            team_settings.add,
            t("Add a team."),
            'cspm team add Returns --timezone Europe/Amsterdam --hours "mon-fri 09:00-12:00,13:00-17:00" --holidays NL',
        ),
        ("list", team_settings.show, t("Every team and how it works."), "cspm team list"),
        ("set", team_settings.change, t("Change a team."), "cspm team set Returns --language nl --digest-at 08:30"),
        (
            "calendar",
            team_calendar.calendar,
            t("Other hours on one day; without options, the days there are."),
            'cspm team calendar Returns --date 2026-12-24 --hours "09:00-12:00"',
        ),
        (
            "sla",
            team_targets.sla,
            t("How soon to reply and to solve; without options, what is set."),
            "cspm team sla Returns --first-response 4h --resolution 2d --priority urgent",
        ),
        (
            "target",
            team_targets.target,
            t("What a team aims for in a figure; without one, what is set."),
            "cspm team target Returns csat 90%",
        ),
        (
            "agree",
            team_settings.agree,
            t("Write down who agreed to who may see figures about one person."),
            'cspm team agree Returns --figures lead --by "Mina Lee"',
        ),
    ):
        subject.command(name, help=f"{said}\n\n{t('Example:')} `{example}`")(command(explained(run)))
