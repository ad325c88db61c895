"""`cspm people names` and `cspm people match`: for an operator what `/cspm names` is in Slack."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.table import Table
from sqlmodel import Session

from cspm_core import errors, matching, people
from cspm_core.matching import Unmatched
from cspm_core.people import Identity, fold

from ..terminal import Desk, console, desk, refuse, t
from . import names as words

TeamName = Annotated[str | None, typer.Option("--team", help=t("Only names with work in this team."))]
AsJson = Annotated[bool, typer.Option("--json", help=t("As JSON, for programs."))]


def names(team: TeamName = None, as_json: AsJson = False) -> None:
    with desk() as at, at.store.reading() as session:
        wanted = people.team_named(session, at.workspace_id, team) if team else None
        rows = matching.unmatched(session, at.workspace_id, wanted)
        teams = {one.id: one.name for one in people.teams(session, at.workspace_id)}
    if as_json:
        typer.echo(json.dumps([_told(row, teams) for row in rows], ensure_ascii=False, indent=2))
        return
    if not rows:
        console.print(t("There is nothing to match: every name in the data is somebody’s."))
        return
    sheet = Table(t("Name"), t("What hangs on it"), t("Team"), t("Probably"), box=None, pad_edge=False)
    for row in rows:
        sheet.add_row(row.name, words.work(row.work, t), t.join([teams[i] for i in row.team_ids]), _guess(row))
    console.print(sheet)
    console.print(t('Say whose it is: `cspm people match "{name}" PERSON`, or `--nobody`.', name=rows[0].name))


def match(
    name: Annotated[str, typer.Argument(help=t("The name as it stands in the data."))],
    person: Annotated[str | None, typer.Argument(help=t("Whose it is: name or address."))] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help=t("It is no colleague’s: a bot, or somebody who left."))] = (
        False
    ),
    undo: Annotated[bool, typer.Option("--undo", help=t("Take back what was said of it."))] = False,
) -> None:
    if sum((bool(person), nobody, undo)) != 1:
        raise typer.BadParameter(t("Name the person, or say --nobody or --undo."))
    with desk() as at, at.store.transaction() as session:
        row = _identity(session, at, name)
        said = _undone(session, at, row) if undo else _said(session, at, row, person)
    console.print(said, highlight=False, markup=False)


def _identity(session: Session, at: Desk, name: str) -> Identity:
    found = matching.identity_named(session, at.workspace_id, fold(name))
    if found is None:
        known = [one.name for one in matching.unmatched(session, at.workspace_id)]
        near = difflib.get_close_matches(name, known, n=1)
        raise errors.Unknown(name, near[0] if near else None, known[:10])
    return found


def _said(session: Session, at: Desk, row: Identity, person: str | None) -> str:
    if person is None:
        matching.call_nobody(session, at.workspace_id, row.id, by=None, now=at.now)
        return t("“{name}” is nobody of yours. It is not asked about again.", name=row.name)
    found = people.member_named(session, at.workspace_id, person)
    if found is None:
        raise errors.UnknownMember(person)
    teams = {one.id: one.name for one in people.teams(session, at.workspace_id)}
    done = matching.confirm(session, row.id, found, teams=list(teams), by=None, now=at.now)
    said = t("“{name}” is {person}. Figures count it from now on.", name=row.name, person=found.name)
    if not done.joined:
        return said
    joined = t.join([teams[i] for i in done.joined])
    return t.sentences(said, t("{person} is an agent of {team} now.", person=found.name, team=joined))


def _undone(session: Session, at: Desk, row: Identity) -> str:
    standing = [one for one in matching.known(session, at.workspace_id) if one.identity_id == row.id]
    if not standing:
        refuse(t("Nothing was said of “{name}” here, so there is nothing to take back.", name=row.name))
    matching.undo(session, at.workspace_id, standing[0].match_id, by=None, now=at.now)
    return t("“{name}” is open again.", name=row.name)


def _guess(row: Unmatched) -> str:
    if row.likeliest:
        return t(
            "{person} ({reason})", person=row.likeliest.candidate.name, reason=t(words.REASONS[row.likeliest.reason])
        )
    return t("several people fit") if row.rivals else "–"


def _told(row: Unmatched, teams: Mapping[int, str]) -> dict[str, Any]:
    likeliest = row.likeliest
    return {
        "name": row.name,
        "tickets": row.tickets,
        "first_replies": row.work.replies,
        "calls": row.calls,
        "reviews": row.work.reviews,
        "teams": [teams[i] for i in row.team_ids],
        "last_at": row.work.last_at.isoformat() if row.work.last_at else None,
        "likeliest": likeliest.candidate.name if likeliest else None,
        "reason": likeliest.reason.value if likeliest else None,
        "score": likeliest.score if likeliest else None,
        "rivals": row.rivals,
    }
