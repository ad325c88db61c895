"""`cspm hook …`: letting other systems send escalations and ticket events."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Table

from cspm_core import errors, hooks, people
from cspm_core.hooks import HookKey

from .. import settings
from ..setup.words import explained
from ..terminal import command, console, desk, t
from . import letters

Name = Annotated[str, typer.Argument(help=t("The key's name, such as zendesk."), metavar="NAME")]


def add_to(cli: typer.Typer) -> None:
    """Register `cspm hook`."""
    subject = typer.Typer(no_args_is_help=True, help=t("Let other systems send escalations and ticket events."))
    cli.add_typer(subject, name="hook")
    for name, run, said, example in (
        (
            "add",
            add,
            t("Make a key for another system, and show its secret once."),
            "cspm hook add zendesk --team Returns",
        ),
        ("list", show, t("Every key, whose team it speaks of, and when it was last used."), "cspm hook list"),
        ("renew", renew, t("Give a key another secret; the one before ends at once."), "cspm hook renew zendesk"),
        ("revoke", revoke, t("End a key. `renew` lets it in again."), "cspm hook revoke zendesk"),
    ):
        subject.command(name, help=f"{said}\n\n{t('Example:')} `{example}`")(command(explained(run)))


def add(
    name: Name,
    team: Annotated[str | None, typer.Option(help=t("The team it speaks of where a request names none."))] = None,
) -> None:
    given = _settings()
    with desk() as at, at.store.transaction() as session:
        found = people.team_named(session, at.workspace_id, team) if team else None
        key = hooks.add(session, at.workspace_id, name, now=at.now, team=found)
        teams = people.teams(session, at.workspace_id)
    typer.echo(t("The key “{name}” is there now.", name=key.name))
    named = "" if found or len(teams) < 2 else teams[0].name
    _show_secret(key, given, named)


def renew(name: Name) -> None:
    given = _settings()
    with desk() as at, at.store.transaction() as session:
        key = hooks.key_named(session, at.workspace_id, name)
        hooks.renew(session, key)
    typer.echo(t("The key “{name}” has another secret now; the one before is no longer taken.", name=key.name))
    typer.echo(_secret(key, given))


def revoke(name: Name) -> None:
    with desk() as at, at.store.transaction() as session:
        key = hooks.key_named(session, at.workspace_id, name)
        is_new = hooks.revoke(session, key, now=at.now)
    if is_new:
        typer.echo(t("The key “{name}” is no longer taken.", name=key.name))
    else:
        typer.echo(t("The key “{name}” was ended before.", name=key.name))


def show(as_json: Annotated[bool, typer.Option("--json", help=t("For programs."))] = False) -> None:
    with desk() as at, at.store.reading() as session:
        every = hooks.keys(session, at.workspace_id)
        teams = {team.id: team.name for team in people.teams(session, at.workspace_id)}
    if as_json:
        typer.echo(json.dumps([_line(key, teams) for key in every], ensure_ascii=False, indent=2))
    elif not every:
        typer.echo(t("No other system has a key yet: `cspm hook add NAME` makes one."))
    else:
        console.print(_table(every, teams))


def _table(every: Sequence[HookKey], teams: dict[int, str]) -> Table:
    table = Table(t("Key"), t("Team"), t("Last used"), t("State"))
    for key in every:
        used = t.clock(key.last_used_at, "UTC") if key.last_used_at else t("never")
        state = t("ended") if key.revoked_at else t("✓ good")
        table.add_row(key.name, teams.get(key.team_id or 0, "–"), used, state)
    return table


def _line(key: HookKey, teams: dict[int, str]) -> dict[str, str | None]:
    instants = {name: getattr(key, name) for name in ("created_at", "last_used_at", "revoked_at")}
    told = {name: at.isoformat() if at else None for name, at in instants.items()}
    return {"name": key.name, "team": teams.get(key.team_id or 0), **told}


def _settings() -> settings.Settings:
    """Raises NoHooksSecret."""
    given = settings.load()
    if not given.hooks_secret:
        raise errors.NoHooksSecret
    return given


def _secret(key: HookKey, given: settings.Settings) -> str:
    secret = hooks.secret_of(given.hooks_secret, key.workspace_id, key.id, key.generation)
    return t("Its secret, which is shown only now: {secret}", secret=secret)


def _show_secret(key: HookKey, given: settings.Settings, team: str) -> None:
    typer.echo(_secret(key, given))
    secret = hooks.secret_of(given.hooks_secret, key.workspace_id, key.id, key.generation)
    address = letters.address(given.host, given.port)
    typer.echo("\n" + t("An escalation with the secret in a header:"))
    typer.echo(letters.plain(address, key.name, secret, team))
    typer.echo("\n" + t("The same, signed:"))
    typer.echo(letters.signed(address, key.name, secret, team))
    typer.echo("\n" + t("Events of tickets:"))
    typer.echo(letters.events(address, key.name, secret, team))
