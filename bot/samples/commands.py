"""`cspm sample plan|draw|show`: how a team reviews, and its weekly sample, from a terminal."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Annotated, Any

import typer
from sqlmodel import Session

from cspm_core import people, samples
from cspm_core.errors import Invalid
from cspm_core.people import Team
from cspm_core.periods import BadPeriod, parse_period
from cspm_core.samples import BOUNDS, Drawn, Pick, QaPlan

from ..digests.printed import printed
from ..setup.words import explained
from ..terminal import command, console, desk, t
from . import names, progress_views, settings_views
from .progress_views import Standing
from .settings_views import Shown

TeamOption = Annotated[str, typer.Option("--team", help=t("The team’s name."))]
JsonOption = Annotated[bool, typer.Option("--json", help=t("Print JSON instead of a table."))]
WeekOption = Annotated[
    str | None, typer.Option("--week", metavar="2026-W47", help=t("Which week; the last whole one if left away."))
]
Given = Annotated[
    list[str] | None,
    typer.Argument(help=t("Settings such as amount=2 or strata=agent,channel."), metavar="[SETTING=VALUE]…"),
]
SETTINGS = ("is_on", "amount", "unit", "strata", "prompted", *BOUNDS, "shows_reviewer")
YES = {"yes": True, "on": True, "true": True, "1": True, "no": False, "off": False, "false": False, "0": False}
LARGEST_SEED = 2**62


def add_to(app: typer.Typer) -> None:
    """Register `cspm sample …`."""
    subject = typer.Typer(no_args_is_help=True, help=t("What is drawn for review each week, and what became of it."))
    app.add_typer(subject, name="sample")
    for name, run, said, example in (
        ("plan", plan, t("How a team reviews; with settings, change it."),
         "cspm sample plan --team Returns is_on=yes amount=2 unit=each"),
        ("draw", draw, t("Draw the sample of a week now, or only show what would be drawn."),
         "cspm sample draw --team Returns --week 2026-W47 --seed 83 --dry-run"),
        ("show", show, t("How far a team is with a week’s sample."), "cspm sample show --team Returns"),
    ):  # fmt: skip
        subject.command(name, help=f"{said}\n\n{t('Example:')} `{example}`")(command(explained(run)))


def plan(team: TeamOption, given: Given = None, as_json: JsonOption = False) -> None:
    with desk() as at, at.store.transaction() as session:
        found = people.team_named(session, at.workspace_id, team)
        if given:
            samples.change_plan(session, found, now=at.now, **_read(given))
        now = samples.plan_of(session, found)
        means = samples.outlook(session, found, now, now=at.now)
        next_at = samples.next_draw(session, found, now, at.now) if now.is_on else None
    if as_json:
        told: dict[str, Any] = {name: getattr(now, name) for name in SETTINGS}
        told["last_week"] = {"solved": means.population, "reviews": means.reviews, "margin": means.margin}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    shown = Shown(found.id, found.name, found.timezone, found.digest_at, now, means, next_at)
    for part in printed(settings_views.settings(shown, t)):
        console.print(part, markup=False)


def draw(
    team: TeamOption,
    week: WeekOption = None,
    seed: Annotated[int | None, typer.Option(help=t("The seed; a random one if left away."))] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("Only show what would be drawn."))] = False,
) -> None:
    if seed is not None and not 0 <= seed < LARGEST_SEED:
        raise Invalid("--seed", str(seed), "plan_seed")
    with desk() as at:
        with at.store.reading() as session:
            found = people.team_named(session, at.workspace_id, team)
            monday = _week(session, found, week, at.now)
            before = samples.draw_of(session, found, monday)
            drawn = samples.drawn(session, found, monday, now=at.now, seed=seed)
        if before and not dry_run:
            console.print(t("That week is drawn already, with seed {seed}.", seed=before.seed), markup=False)
            return
        if not dry_run:
            with at.store.transaction() as session:
                samples.draw(session, found, monday, now=at.now, found=drawn)
            console.print(t("Drawn."), markup=False)
    for line in _lines(drawn, monday):
        console.print(line, markup=False)


def _lines(drawn: Drawn, monday: date) -> list[str]:
    counts = Counter(one.stratum for one in drawn.chosen)
    told = t.n("Week of {day}: {picked} of {n} solved ticket, seed {seed}.",
               "Week of {day}: {picked} of {n} solved tickets, seed {seed}.", drawn.population, day=t.day(monday),
               picked=t.number(counts["random"]), seed=drawn.seed)  # fmt: skip
    nobody = sum(one is None for one in drawn.reviewers)
    lines = [told, *(f"  {t(names.STRATA[kind])}: {t.number(n)}" for kind, n in counts.items())]
    if nobody:
        lines.append(t.n("{n} has nobody who may review it.", "{n} have nobody who may review them.", nobody))
    return lines


def show(team: TeamOption, week: WeekOption = None, as_json: JsonOption = False) -> None:
    with desk() as at, at.store.reading() as session:
        found = people.team_named(session, at.workspace_id, team)
        monday = _week(session, found, week, at.now) if week else None
        told = samples.progress(session, found, monday, now=at.now)
        picks = samples.of_draw(session, at.workspace_id, told.draw_id) if told else []
        now = samples.plan_of(session, found)
        next_at = samples.next_draw(session, found, now, at.now) if now.is_on else None
    if as_json:
        typer.echo(json.dumps([_plain(one) for one in picks], ensure_ascii=False, indent=2))
        return
    for part in printed(progress_views.standing(Standing(found.id, found.name, found.timezone, told, next_at), t)):
        console.print(part, markup=False)


def _plain(one: Pick) -> dict[str, Any]:
    """A pick for other programs: instants in UTC."""
    return {
        "week": one.week.isoformat(),
        "ticket": one.key,
        "agent": one.agent,
        "stratum": one.stratum,
        "reviewer": one.reviewer,
        "status": one.status,
        "due": one.due_at.isoformat(),
    }


def _week(session: Session, team: Team, text: str | None, now: datetime) -> date:
    """The local Monday of a week that is over. Raises Invalid."""
    last = samples.week_before(people.calendar_of(session, team), now)
    if text is None:
        return last
    try:
        found = parse_period(text, timezone=team.timezone, now=now)
    except BadPeriod:
        raise Invalid("--week", text, "plan_week") from None
    monday = found.first_day - timedelta(days=found.first_day.weekday())
    if monday > last:
        raise Invalid("--week", text, "plan_week")
    return monday


def _read(given: list[str]) -> dict[str, Any]:
    """amount=2 → {"amount": "2"}. Raises Invalid."""
    told: dict[str, Any] = {}
    for one in given:
        key, equals, text = one.partition("=")
        if not equals or key not in SETTINGS or key not in QaPlan.model_fields:
            raise Invalid("SETTING", one, "plan_setting")
        told[key] = _switch(key, text) if key in ("is_on", "shows_reviewer") else text
    return told


def _switch(key: str, text: str) -> bool:
    found = YES.get(text.strip().casefold())
    if found is None:
        raise Invalid(key, text, "plan_switch")
    return found
