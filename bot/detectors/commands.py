"""`cspm detector list|set|rehearse`: a team's detectors, from a terminal."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from cspm_core import detectors, people
from cspm_core.detectors import Chosen, Kind
from cspm_core.errors import Invalid

from ..setup.words import explained
from ..terminal import command, console, desk, t
from . import names, settings
from .views import rate

Team = Annotated[str, typer.Argument(help=t("The team’s name."), metavar="TEAM")]
Name = Annotated[str, typer.Argument(help=t("Which detector: its key from the list."), metavar="DETECTOR")]
Given = Annotated[
    list[str] | None, typer.Argument(help=t("Settings such as share=90 or tiers=vip,gold."), metavar="[SETTING=VALUE]…")
]


def add_to(app: typer.Typer) -> None:
    """Register `cspm detector …`."""
    subject = typer.Typer(
        no_args_is_help=True, help=t("What raises an escalation by itself, and what that would mean.")
    )
    app.add_typer(subject, name="detector")
    for name, run, said, example in (
        ("list", show, t("A team’s detectors, how they are set, how often they are right."),
         "cspm detector list Returns"),
        ("set", change, t("Set a detector, or how old the data may be."),
         "cspm detector set Returns burst count=10 --on"),
        ("rehearse", rehearse, t("Play a detector over the last days, without saving."),
         "cspm detector rehearse Returns urgent_at_risk share=90"),
    ):  # fmt: skip
        subject.command(name, help=f"{said}\n\n{t('Example:')} `{example}`")(command(explained(run)))


def show(
    team: Team,
    as_json: Annotated[bool, typer.Option("--json", help=t("Print JSON instead of a table."))] = False,
) -> None:
    with desk() as at, at.store.reading() as session:
        found = people.team_named(session, at.workspace_id, team)
        every = detectors.chosen(session, found)
        month = at.now.date().replace(day=1)
        rates = {kind: detectors.hit_rate(session, found, kind, month) for kind in every}
        age = detectors.watch_of(session, found).data_age_minutes
        paused = detectors.paused_since(session, found, now=at.now)
    if as_json:
        told = {kind.value: {"is_on": one.is_on, **one.settings} for kind, one in every.items()}
        typer.echo(json.dumps({"data_age_minutes": age, **told}, ensure_ascii=False, indent=2))
        return
    for kind, one in every.items():
        console.print(_line(one), markup=False)
        console.print(f"  {rate(rates[kind], month, t)}", markup=False)
    if paused:
        console.print(
            t("They pause now: the data ends {moment}.", moment=t.clock(paused, found.timezone)), markup=False
        )
    said = t("They pause while the data is older than {duration} of working time.", duration=t.duration(age * 60))
    console.print(said, markup=False)


def _line(one: Chosen) -> str:
    state = t("on") if one.is_on else t("off")
    said = settings.told(one.kind, one.settings, t)
    return f"{one.kind.value}  {names.label(one.kind.value, t)} · {state} · {said}"


def change(
    team: Team,
    name: Annotated[
        str | None, typer.Argument(help=t("Which detector: its key from the list."), metavar="[DETECTOR]")
    ] = None,
    given: Given = None,
    is_on: Annotated[bool | None, typer.Option("--on/--off", help=t("Let it run, or not."))] = None,
    data_age: Annotated[
        int | None, typer.Option("--data-age", help=t("Working minutes; older data pauses all of them."))
    ] = None,
) -> None:
    with desk() as at, at.store.transaction() as session:
        found = people.team_named(session, at.workspace_id, team)
        if data_age is not None:
            detectors.allow_age(session, found, data_age, by=None, now=at.now)
        kind = detectors.kind_named(name) if name else None
        if kind:
            now = detectors.chosen(session, found)[kind]
            wanted = {**now.settings, **_read(given or [])}
            saved = detectors.save(
                session, found, kind, wanted, now.is_on if is_on is None else is_on, by=None, now=at.now
            )
            console.print(_line(saved), markup=False)
        elif data_age is None:
            raise Invalid("DETECTOR", "", "detector")
    if data_age is not None:
        said = t(
            "They pause while the data is older than {duration} of working time.", duration=t.duration(data_age * 60)
        )
        console.print(said, markup=False)


def rehearse(
    team: Team,
    name: Name,
    given: Given = None,
    days: Annotated[int, typer.Option(help=t("How many days."), min=1, max=365)] = 30,
) -> None:
    with desk() as at, at.store.reading() as session:
        found = people.team_named(session, at.workspace_id, team)
        kind: Kind = detectors.kind_named(name)
        wanted = {**detectors.chosen(session, found)[kind].settings, **_read(given or [])}
        played = detectors.rehearse(session, found, kind, wanted, now=at.now, days=days)
    for line in settings.rehearsed(kind, played, t):
        console.print(line.strip("*"), markup=False)


def _read(given: list[str]) -> dict[str, Any]:
    """share=90 → {"share": "90"}. Raises Invalid."""
    told = {}
    for one in given:
        key, equals, text = one.partition("=")
        if not equals:
            raise Invalid("SETTING", one, "setting")
        told[key] = text
    return told
