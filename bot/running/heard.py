"""Whether Slack tells the bot of what people do: events, commands, presses and modals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from cspm_core import hearing
from cspm_core.people import Workspace

from .. import manifest
from ..words import Words
from .findings import Finding, doubtful, good

HOUR = timedelta(hours=1)
"""What was heard is written down to the hour."""
LONG = timedelta(days=7)
"""A team that works is heard more often than this."""


def findings(session: Session, workspace: Workspace, now: datetime, t: Words) -> Iterator[Finding]:
    """One for each way in."""
    told = hearing.heard(session, workspace.id)
    yield _events(told, now, t)
    yield _commands(told, workspace.command_prefix, now, t)
    yield _presses(told, now, t)


def _events(told: Mapping[str, datetime], now: datetime, t: Words) -> Finding:
    wanted = manifest.load()["settings"]["event_subscriptions"]["bot_events"]
    heard = {name: told[f"event:{name}"] for name in wanted if f"event:{name}" in told}
    advice = t(
        "Open the bot’s Home tab in Slack and look again. If nothing comes, see whether `cspm run` runs, and put the"
        " manifest into your Slack app again: its “Event Subscriptions” may be off."
    )
    if not heard:
        return doubtful("events", t("No event has come from Slack yet."), advice)
    last = max(told.values())
    if now - last > LONG:
        return doubtful(
            "events", t("The last thing that came from Slack came {when}.", when=when(last, now, t)), advice
        )
    said = t("Events come from Slack: {names}.", names=_each(heard, now, t))
    whole = t.sentences(said, _missing([name for name in wanted if name not in heard], t))
    if now - max(heard.values()) > LONG:  # while commands or presses still come
        return doubtful("events", whole, advice)
    return good("events", whole)


def _commands(told: Mapping[str, datetime], prefix: str, now: datetime, t: Words) -> Finding:
    declared = [one["command"].removeprefix("/") for one in manifest.load()["features"]["slash_commands"]]
    wanted = [f"/{prefix}{name.removeprefix(prefix)}" for name in declared]
    heard = {name: told[f"command:{name}"] for name in wanted if f"command:{name}" in told}
    if not heard:
        return doubtful(
            "commands",
            t("Nobody has typed a command yet."),
            t(
                "Type `/cspm` in Slack. If another app answers there, `cspm manifest --prefix acme-` writes a manifest"
                " with names of your own."
            ),
        )
    said = t("Commands come from Slack: {names}.", names=_each(heard, now, t))
    return good("commands", t.sentences(said, _missing([name for name in wanted if name not in heard], t)))


def _presses(told: Mapping[str, datetime], now: datetime, t: Words) -> Finding:
    pressed, sent = told.get("press"), told.get("submission")
    if pressed is None and sent is None:
        return doubtful(
            "interactivity",
            t("No press of a button has come from Slack yet."),
            t(
                "Press any button of the bot. If nothing happens, “Interactivity” may be off in your Slack app;"
                ' `cspm doctor --live "#channel"` tries the whole way.'
            ),
        )
    said = t("Presses of buttons come from Slack, the last one {when}.", when=when(pressed or sent or now, now, t))
    modals = (
        t("Modals that were sent come too, the last one {when}.", when=when(sent, now, t))
        if sent
        else t("No modal was sent yet.")
    )
    return good("interactivity", t.sentences(said, modals))


def _each(heard: Mapping[str, datetime], now: datetime, t: Words) -> str:
    latest = sorted(heard, key=lambda name: heard[name], reverse=True)
    return t.join([t("{name} ({when})", name=name, when=when(heard[name], now, t)) for name in latest])


def _missing(names: list[str], t: Words) -> str:
    return t("Not yet: {names}.", names=t.join(names)) if names else ""


def when(at: datetime, now: datetime, t: Words) -> str:
    """How long ago, to the hour."""
    ago = now - at
    return t("within the hour") if ago < HOUR else t("{time} ago", time=t.duration(ago.total_seconds()))
