"""`cspm digest show`: a morning's digest in the terminal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer
from sqlmodel import Session

from cspm_core import digests, errors, people
from cspm_core.digests import Digest, Rhythm
from cspm_core.people import LANGUAGES, Team

from ..setup.words import explained
from ..terminal import command, complaints, console, desk, t
from ..words import Words
from . import views
from .printed import printed

EARLIEST = 1980


def add_to(app: typer.Typer) -> None:
    """Register `cspm digest …`."""
    subject = typer.Typer(no_args_is_help=True, help=t("A team's morning digest, in this terminal."))
    app.add_typer(subject, name="digest")
    example = "cspm digest show Returns --date 2026-11-23"
    said = t("What a team's digest says on a morning, in the team's language.")
    subject.command(name="show", help=f"{said}\n\n{t('Example:')} `{example}`")(command(explained(show)))


def show(
    name: Annotated[list[str], typer.Argument(help=t("The team's name."), metavar="TEAM")],
    day: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help=t("Which morning; the latest if left away."))
    ] = None,
    language: Annotated[
        str | None, typer.Option(help=t("Another language than the team's: en, zh_TW, nl or ko."))
    ] = None,
) -> None:
    if language and language not in LANGUAGES:
        raise errors.Invalid("--language", language, "language")
    with desk() as at, at.store.reading() as session:
        found = people.team_named(session, at.workspace_id, " ".join(name))
        rhythm = digests.rhythm(session, found)
        wanted = _day(day, rhythm, at.now)
        digest = _digest(session, found, rhythm, wanted, at.now)
        if not digests.has_begun(found, wanted):
            raise errors.BeforeFirstDay(found.name, _begins(found, rhythm))
        t_team = Words(language or found.language, people.command_prefix(session, at.workspace_id), year=t.year)
        for part in printed(views.digest(digests.content(session, digest, now=at.now), t_team)):
            console.print(part, markup=False)
    if not rhythm.is_day(wanted):
        complaints.print(
            t("{team} gets no digest on {day}; this is what it would say.", team=found.name, day=wanted), markup=False
        )


def _day(text: str | None, rhythm: Rhythm, now: datetime) -> date:
    """The day asked for, else the last one on which a digest comes, today included. Raises Invalid."""
    today = rhythm.calendar.local_day(now)
    if text is None:
        return today if rhythm.is_day(today) else rhythm.day_before(today) or today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise errors.Invalid("--date", text, "day") from None
    if day.year < EARLIEST:
        raise errors.Invalid("--date", text, "day")
    if day > today:
        raise errors.NotBegun(text)
    return day


def _begins(team: Team, rhythm: Rhythm) -> date | None:
    """The first day with a digest; None: nobody knows yet, its first data was not told of."""
    if team.digests_from is None or team.digests_from == date.max:
        return None
    return rhythm.first_day(team.digests_from)


def _digest(session: Session, team: Team, rhythm: Rhythm, day: date, now: datetime) -> Digest:
    """The digest that was made, else the one that would have been. Raises NoData."""
    if made := digests.digest_of(session, team, day):
        return made
    due_at = rhythm.due_at(day)
    planned = digests.planned(session, team, rhythm, day, min(now, due_at))
    if planned is None:
        raise errors.NoData(team.name)
    return planned
