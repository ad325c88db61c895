"""`cspm qa …`: a team's scorecards as YAML files, and its scores, from a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from cspm_core import errors, people, qa
from cspm_core.qa import Card
from cspm_core.qa.scorecard_yaml import LARGEST

from ..digests.printed import plain
from ..setup.words import explained
from ..terminal import command, console, desk, t
from ..words import Words
from . import ready, score_commands, scorecard_views
from .scorecard_files import filename
from .scorecard_names import import_line

TeamOption = Annotated[str, typer.Option("--team", help=t("The team’s name."))]
JsonOption = Annotated[bool, typer.Option("--json", help=t("Print JSON instead of a table."))]
NameOption = Annotated[
    str | None, typer.Option("--name", help=t("What it shall be called; its own name if left away."))
]


def add_to(app: typer.Typer) -> None:
    """Register `cspm qa …`."""
    subject = typer.Typer(no_args_is_help=True, help=t("Reviews: what conversations are scored by, and the scores."))
    app.add_typer(subject, name="qa")
    _add(subject, "scorecards", scorecards, t("A team’s scorecards."), "cspm qa scorecards --team Returns")
    _add(subject, "scores", score_commands.scores, t("What reviews say of a team."), "cspm qa scores --team Returns")
    card = typer.Typer(no_args_is_help=True, help=t("One scorecard as a YAML file."))
    subject.add_typer(card, name="scorecard")
    for name, run, said, example in (
        ("export", export, t("Print a scorecard as YAML."), "cspm qa scorecard export --team Returns E-mail"),
        ("import", bring_in, t("Make a scorecard from a YAML file, or change the one of that name."),
         "cspm qa scorecard import --team Returns email.yaml"),
        ("ready", make_ready, t("Make a ready scorecard: email, chat, calls or complaints."),
         "cspm qa scorecard ready --team Returns email"),
        ("archive", archive, t("Offer a scorecard no more, or with --back again."),
         "cspm qa scorecard archive --team Returns E-mail"),
    ):  # fmt: skip
        _add(card, name, run, said, example)


def _add(app: typer.Typer, name: str, run: Any, said: str, example: str) -> None:
    app.command(name, help=f"{said}\n\n{t('Example:')} `{example}`")(command(explained(run)))


def scorecards(team: TeamOption, as_json: JsonOption = False) -> None:
    with desk() as at, at.store.reading() as session:
        found = people.team_named(session, at.workspace_id, team)
        cards = qa.scorecards_of(session, found, with_archived=True)
        used = qa.reviews_with(session, found)
    if as_json:
        typer.echo(json.dumps([_plain(one, used.get(one.id, 0)) for one in cards], ensure_ascii=False, indent=2))
        return
    if not cards:
        typer.echo(t("{team} has none yet. `cspm qa scorecard ready` makes one to begin with.", team=found.name))
    for card in cards:
        console.print(plain(scorecard_views.told(card, used.get(card.id, 0), t)), markup=False)


def _plain(card: Card, reviews: int) -> dict[str, Any]:
    return {
        "name": card.name,
        "channel": card.channel,
        "version": card.version,
        "reviews": reviews,
        "archived": card.is_archived,
        **card.definition.written(),
    }


def export(
    team: TeamOption,
    name: Annotated[str, typer.Argument(help=t("The scorecard’s name."), metavar="NAME")],
    to: Annotated[Path | None, typer.Option("--to", help=t("A folder to write the file into."))] = None,
) -> None:
    with desk() as at, at.store.reading() as session:
        card = qa.scorecard_named(session, people.team_named(session, at.workspace_id, team), name)
    text = qa.write_scorecard(card.name, card.channel, card.definition)
    if to is None:
        typer.echo(text, nl=False)
        return
    file = to / filename(card.name)
    file.write_text(text, "utf-8")
    typer.echo(t("Written: {file}", file=file))


def bring_in(
    team: TeamOption,
    file: Annotated[Path, typer.Argument(help=t("A YAML file with one scorecard."), metavar="FILE")],
    name: NameOption = None,
) -> None:
    told = qa.read_scorecard(_text(file))
    with desk() as at, at.store.transaction() as session:
        found = people.team_named(session, at.workspace_id, team)
        before, card = qa.import_scorecard(session, found, told, name=name or "", by=None, now=at.now)
    typer.echo(import_line(before, card, t))


def _text(file: Path) -> str:
    try:
        return file.read_bytes()[: 4 * LARGEST + 1].decode("utf-8-sig")
    except UnicodeDecodeError:
        raise errors.BadScorecard("unreadable") from None


def make_ready(
    team: TeamOption,
    kind: Annotated[str, typer.Argument(help=t("email, chat, calls or complaints."), metavar="KIND")],
    name: NameOption = None,
) -> None:
    if kind not in ready.READY:
        raise errors.UnknownScorecard(kind, None, list(ready.READY))
    with desk() as at, at.store.transaction() as session:
        found = people.team_named(session, at.workspace_id, team)
        called, channel, definition = ready.ready(kind, Words(found.language))
        card = qa.save_scorecard(session, found, name or called, definition, channel=channel, by=None, now=at.now)
    typer.echo(import_line(None, card, t))


def archive(
    team: TeamOption,
    name: Annotated[str, typer.Argument(help=t("The scorecard’s name."), metavar="NAME")],
    back: Annotated[bool, typer.Option("--back", help=t("Offer it again."))] = False,
) -> None:
    with desk() as at, at.store.transaction() as session:
        card = qa.scorecard_named(session, people.team_named(session, at.workspace_id, team), name)
        if back:
            qa.unarchive_scorecard(session, at.workspace_id, card.id)
        else:
            qa.archive_scorecard(session, at.workspace_id, card.id, now=at.now)
    typer.echo(t("“{name}” is back.", name=card.name) if back else t("“{name}” is archived.", name=card.name))
