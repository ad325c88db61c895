"""`cspm manifest` and `cspm admin`: what an operator needs before anybody can speak to the bot."""

from __future__ import annotations

from typing import Annotated

import typer

from cspm_core import people
from cspm_core.people.claiming import VALID

from .. import manifest
from ..runtime import Runtime
from ..slash import LONGEST_PREFIX, is_prefix, prefixed
from ..terminal import command, complaints, console, desk, refuse, t

MANIFEST = t("""Print the manifest of the Slack app: with your own prefix where a command's name is taken.

Example: `cspm manifest --prefix acme- > manifest.yaml`""")
ADMIN = t("""Print a one-time code with which somebody in Slack becomes an admin.

Example: `cspm admin`""")


def add_to(app: typer.Typer) -> None:
    """Register the commands of this subject."""
    app.command("manifest", help=MANIFEST)(print_manifest)
    app.command("admin", help=ADMIN)(print_code)


@command
def print_manifest(
    prefix: Annotated[str, typer.Option(help=t("What stands before each command, such as acme-."))] = "",
    name: Annotated[str, typer.Option(help=t("What the app is called in Slack, in at most 35 characters."))] = "",
) -> None:
    """The manifest on stdout; what to do with it on stderr."""
    if prefix and not is_prefix(prefix):
        _refuse_prefix(prefix)
    called = " ".join(name.split())
    if len(called) > manifest.LONGEST_NAME:
        refuse(t("“{name}” is longer than 35 characters, which Slack refuses.", name=called))
    typer.echo(manifest.written(prefix, called), nl=False)
    said = t(
        "Next: open api.slack.com/apps, choose Create New App, From a manifest, and paste it; for an app that is there "
        "already, its page App Manifest. Then install the app, put its tokens into .env, and start `cspm run`."
    )
    complaints.print(said, markup=False)
    if prefix:
        complaints.print(
            t("The bot follows the names by itself: type `{command}` in Slack.", command=prefixed("/cspm", prefix)),
            markup=False,
        )


def _refuse_prefix(prefix: str) -> None:
    refuse(
        t(
            "“{prefix}” cannot stand before a command. It takes small letters a–z, digits, - and _, at most {most} of "
            "them, and ends in - or _, as in acme-.",
            prefix=prefix,
            most=LONGEST_PREFIX,
        )
    )


@command
def print_code() -> None:
    """A new code; older ones that nobody used are good no more."""
    with desk() as at:
        with at.store.transaction() as session:
            people.void_admin_codes(session, at.workspace_id, now=at.now)
            code = people.new_admin_code(session, at.workspace_id, now=at.now)
            prefix = people.command_prefix(session, at.workspace_id)
        _say(code, prefix)


def announce(runtime: Runtime, slack_team: str) -> None:
    """Where nobody looks after a workspace yet, say a code with which somebody does. On stdout, never in the log.

    Those that were said before stay good: a bot that is started anew, or twice, takes none from whoever was told it.
    """
    with runtime.store.transaction() as session:
        workspace_id = people.workspace(session, slack_team).id
        if people.has_admin(session, workspace_id):
            return
        code = people.new_admin_code(session, workspace_id, now=runtime.now())
        prefix = people.command_prefix(session, workspace_id)
    console.print(t("Nobody in Slack is an admin of this bot yet."), markup=False)
    _say(code, prefix)


def _say(code: str, prefix: str) -> None:
    typed = prefixed(f"/cspm admin {code}", prefix)
    console.print(
        t(
            "Type `{typed}` in Slack, or press “I have the code” on the bot’s Home tab. It works once, for {duration}.",
            typed=typed,
            duration=t.duration(VALID.total_seconds()),
        ),
        markup=False,
    )
    if not prefix:
        console.print(t("Where you gave the commands a prefix, type it too: /acme-…"), markup=False)
