"""`cspm people …`: whose names stand in the data, all that is known about somebody, and forgetting who has left."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from cspm_core import errors, people, privacy
from cspm_core.people import Member

from ..matching.commands import match, names
from ..setup.words import explained
from ..terminal import Desk, command, console, desk, t

Person = Annotated[str, typer.Argument(help=t("Name or address."))]


def add_to(cli: typer.Typer) -> None:
    """Register `cspm people`."""
    subject = typer.Typer(
        no_args_is_help=True, help=t("Whose names stand in the data, what is known about somebody, and forgetting it.")
    )
    cli.add_typer(subject, name="people")
    for name, run, said, example in (
        (
            "names",
            names,
            t("List the names in the data that match nobody, each with the likeliest person."),
            "cspm people names --team Returns",
        ),
        (
            "match",
            match,
            t("Say whose name a name in the data is, that it is nobody’s here, or that this was wrong."),
            'cspm people match "j.smith" mina@example.com',
        ),
        (
            "record",
            record,
            t("Print everything that is kept about somebody, as JSON."),
            'cspm people record "Ada King"',
        ),
        (
            "anonymise",
            anonymise,
            t("Forget somebody who has left; the team’s numbers stay as they are."),
            'cspm people anonymise "Ada King" --yes',
        ),
    ):
        subject.command(name, help=f"{said}\n\n{t('Example:')} `{example}`")(command(explained(run)))


def record(person: Person) -> None:
    with desk() as at, at.store.reading() as session:
        found = privacy.record(session, _known(at, people.member_named(session, at.workspace_id, person), person))
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2))


def anonymise(
    person: Person,
    yes: Annotated[bool, typer.Option("--yes", help=t("Do not ask first: it cannot be undone."))] = False,
) -> None:
    with desk() as at:
        with at.store.reading() as session:
            known = _known(at, people.member_named(session, at.workspace_id, person), person)
        if not yes and not typer.confirm(t("Forget {person} for good?", person=known.name)):
            raise typer.Abort
        with at.store.transaction() as session:
            leaver = people.member(session, at.workspace_id, known.id)
            pseudonym = t("Former colleague {code}", code=f"{leaver.id % 0xFFFFFF:06x}")
            gone = privacy.anonymise(session, leaver, pseudonym, now=at.now)
    console.print(
        t("Forgotten: {person} is “{pseudonym}” from now on.", person=known.name, pseudonym=pseudonym), highlight=False
    )
    console.print(
        t(
            "Records deleted: {deleted}. Emptied of words: {blanked}.",
            deleted=t.number(gone.deleted),
            blanked=t.number(gone.blanked),
        ),
        highlight=False,
    )
    if gone.names:
        names = t.join([f"“{name}”" for name in gone.names])
        console.print(
            t("Take {names} out of the help desk’s exports too, or the next import brings them back.", names=names)
        )


def _known(at: Desk, found: Member | None, said: str) -> Member:  # noqa: ARG001
    if found is None:
        raise errors.UnknownMember(said)
    return found
