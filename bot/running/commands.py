"""`cspm run`, `web`, `worker`, `migrate` and `doctor`: what whoever keeps the bot running types."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, NoReturn

import typer
from rich.markup import escape
from rich.table import Table

from .. import logs, settings
from ..door.commands import announce
from ..runtime import Runtime, real_now, slack_client
from ..terminal import command, console, open_store, refuse, t
from . import database, doctor, slack, storage
from .findings import Finding, State

RUN = t("""Run the whole bot: Slack over Socket Mode, the schedule, and a port for health.

Example: `cspm run`""")
WEB = t("""Serve only the HTTP side: Slack's requests at /slack/events, and health at /healthz.

Example: `HOST=0.0.0.0 PORT=8080 cspm web`""")
WORKER = t("""Run only the schedule. Several may run; one of them beats.

Example: `cspm worker`""")
MIGRATE = t("""Bring the database to the newest tables; run it again as often as you like.

Example: `DATABASE_URL=postgresql://host/cspm cspm migrate`""")
DOCTOR = t("""Look for what keeps the bot from working, and say what to do about it; --live tries it out in a
channel, where somebody presses a button and nothing is left behind.

Example: `cspm doctor --live "#returns" --wait 60`""")


def add_to(app: typer.Typer) -> None:
    """Register the commands of this subject."""
    app.command(help=RUN)(run)
    app.command(help=WEB)(web)
    app.command(help=WORKER)(worker)
    app.command(help=MIGRATE)(migrate)
    app.command("doctor", help=DOCTOR)(examine)


@command
def run() -> None:
    """Run until a signal comes."""
    with _runtime() as runtime:
        _require(runtime.settings.missing_for_slack())
        from . import process

        with _met(runtime) as met:
            process.run(runtime, started=lambda port: _greet(runtime, met, port))


@command
def web() -> None:
    """Serve until a signal comes."""
    with _runtime() as runtime:
        given = runtime.settings
        needed = {"SLACK_BOT_TOKEN": given.slack_bot_token, "SLACK_SIGNING_SECRET": given.slack_signing_secret}
        _require([name for name, value in needed.items() if not value])
        from . import process

        with _met(runtime) as met:
            process.serve(runtime, started=lambda port: _greet(runtime, met, port))


@command
def worker() -> None:
    """Beat until a signal comes."""
    with _runtime() as runtime:
        _require([] if runtime.settings.slack_bot_token else ["SLACK_BOT_TOKEN"])
        from . import process

        with _met(runtime):
            process.work(runtime, started=lambda: console.print(t("The schedule runs. Ctrl+C stops it.")))


@command
def migrate() -> None:
    """Bring the database to the newest step."""
    store = open_store(settings.load())
    try:
        done = database.migrate(store, now=real_now())
    except database.FromNewerVersion as newer:
        refuse(storage.newer(newer, t))
    finally:
        store.close()
    if done.before == done.after:
        console.print(t("The database is up to date already, at step {step}.", step=done.after))
    else:
        console.print(t("The database is at step {step} now.", step=done.after))


Live = Annotated[
    str | None,
    typer.Option(metavar="CHANNEL", help=t("Try it in this channel of Slack; what is posted there vanishes again.")),
]
Wait = Annotated[int, typer.Option(min=1, max=3600, help=t("How many seconds to wait there for a press."))]
Socket = Annotated[
    bool, typer.Option("--no-socket", help=t("A bot that runs already hears the press; open no socket of one’s own."))
]


@command
def examine(
    as_json: Annotated[bool, typer.Option("--json", help=t("For programs."))] = False,
    live: Live = None,
    wait: Wait = 120,
    no_socket: Socket = False,
) -> None:
    """Print what was found; exit with 1 where something is broken."""
    if live is not None:
        found = _tried(live, wait, with_socket=not no_socket, is_quiet=as_json)
    else:
        logs.set_up("CRITICAL")
        with _opened(settings.load()) as runtime:
            found = list(doctor.findings(runtime, t))
    if as_json:
        typer.echo(json.dumps([finding.as_json() for finding in found], ensure_ascii=False, indent=2))
    elif live is None:
        console.print(_table(found))
    if any(finding.check == "live.stopped" for finding in found):
        raise typer.Exit(130)
    if any(finding.state is State.BROKEN for finding in found):
        raise typer.Exit(1)


def _tried(channel: str, wait_s: int, *, with_socket: bool, is_quiet: bool) -> list[Finding]:
    with _runtime() as runtime:
        logs.set_up("CRITICAL")
        _require([] if runtime.settings.slack_bot_token else ["SLACK_BOT_TOKEN"])
        from . import trying

        return trying.run(runtime, channel, wait_s, with_socket=with_socket, is_quiet=is_quiet)


def _table(found: list[Finding]) -> Table:
    said = {State.GOOD: t("✓ good"), State.DOUBTFUL: t("! look"), State.BROKEN: t("✗ broken")}
    table = Table(t("State"), t("Found"), t("What to do"), show_lines=False)
    for finding in found:
        table.add_row(said[finding.state], escape(finding.found), escape(finding.advice))
    return table


@contextmanager
def _runtime() -> Iterator[Runtime]:
    """A runtime on a database that is at the newest step; log lines from here on."""
    given = settings.load()
    logs.set_up(given.log_level)
    with _opened(given) as runtime:
        stands = database.standing(runtime.store)
        if stands != database.newest():
            _refuse_tables(stands)
        yield runtime


def _refuse_tables(step: str | None) -> NoReturn:
    try:
        database.know(step)
    except database.FromNewerVersion as newer:
        refuse(storage.newer(newer, t))
    refuse(t("The database has no tables yet, or old ones. Run `cspm migrate` first."))


@contextmanager
def _opened(given: settings.Settings) -> Iterator[Runtime]:
    store = open_store(given)
    try:
        yield Runtime(store, slack_client(given), given)
    finally:
        store.close()


def _require(missing: list[str]) -> None:
    if missing:
        refuse(
            t(
                "These settings are empty: {names}. Put them into the environment or .env; .env.example says where each"
                " comes from.",
                names=t.join(missing),
            )
        )


@contextmanager
def _met(runtime: Runtime) -> Iterator[slack.Acquaintance]:
    """Introduced to Slack, with our workspace claimed; what goes wrong on the way in becomes a sentence."""
    try:
        met = slack.introduce(runtime.slack)
        slack.claim(runtime, met)
        yield met
    except slack.SlackRefused as refused:
        refuse(slack.sentence(refused.code, runtime.settings.slack_api_url, t))
    except OSError as error:
        _refuse_port(runtime, error)


def _refuse_port(runtime: Runtime, error: OSError) -> NoReturn:
    given = runtime.settings
    refuse(
        t(
            "Port {port} of {host} cannot be used: {reason}. Set HOST and PORT.",
            port=given.port,
            host=given.host,
            reason=error.strerror or type(error).__name__,
        )
    )


def _greet(runtime: Runtime, met: slack.Acquaintance, port: int) -> None:
    console.print(
        t(
            "{bot} is at work in {workspace}. Health: {address}. Ctrl+C stops it.",
            bot=met.bot,
            workspace=met.team,
            address=f"http://{runtime.settings.host}:{port}/healthz",
        )
    )
    announce(runtime, met.team_id)
