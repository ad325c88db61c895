"""`cspm team calendar`: a day on which a team works other hours than usual."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from cspm_core import errors, people
from cspm_core.people import Team
from cspm_core.people.settings import day_hours

from ..terminal import Desk, desk, t
from .counting import count_again
from .team_settings import Name

USUAL = "usual"


def calendar(
    name: Name,
    day: Annotated[str | None, typer.Option("--date", help=t("Which day: 2026-12-24."))] = None,
    hours: Annotated[str | None, typer.Option(help=t("Its hours: “09:00-12:00”, closed, or usual."))] = None,
) -> None:
    with desk() as at:
        with at.store.reading() as session:
            team = people.team_named(session, at.workspace_id, " ".join(name))
        if day is not None or hours is not None:
            _set(at, team, _day(day or ""), hours or "")
            count_again(at, team.id)
        _list(at, team)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise errors.Invalid("date", text, "day") from None


def _set(at: Desk, team: Team, day: date, hours: str) -> None:
    kept = None if hours.strip().casefold() == USUAL else day_hours(hours)
    with at.store.transaction() as session:
        team = people.team(session, at.workspace_id, team.id)
        if kept is None:
            people.as_usual(session, team, day)
        else:
            people.override_day(session, team, day, kept, now=at.now)


def _list(at: Desk, team: Team) -> None:
    with at.store.reading() as session:
        rows = people.overrides(session, team)
    if not rows:
        typer.echo(t("{team} works its usual hours on every day.", team=team.name))
    for row in rows:
        typer.echo(f"{row.day.isoformat()}  {row.hours or t('closed all day')}")
