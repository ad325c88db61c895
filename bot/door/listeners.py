"""`/cspm`: the door. Everything the bot can do is behind it, by buttons or by what the other commands are called."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping

from slack_bolt import App, Args

from cspm_core import people

from .. import ids
from ..asking import Ask
from ..coaching import command_listeners as coach
from ..escalations import command_listeners as escalate
from ..goals import listeners as goals
from ..handovers import listeners as handovers
from ..kpi import listeners as kpi
from ..listening import listener, opener
from ..matching import listeners as matching
from ..privacy import listeners as privacy
from ..qa import command_listeners as qa
from ..recognition import listeners as kudos
from ..running import listeners as running
from ..setup import settings_listeners as settings
from ..setup import setup_listeners as setup
from ..slash import named
from ..today import listeners as today
from ..tours import listeners as tours
from . import choosing, claim_listeners, views
from .vocabulary import understood
from .ways import standing

GO = re.compile(rf"^{re.escape(ids.DOOR_GO)}\..+$")
CHOOSE = "choose "


def show_door(ask: Ask, words: str, unknown: str = "") -> None:  # noqa: ARG001
    """Everything that the asker may do, and how much waits for them."""
    ask.answer(views.door(shown(ask, unknown), ask.t))


def show_help(ask: Ask, words: str) -> None:  # noqa: ARG001
    """The commands, for whoever rather types."""
    ask.answer(views.help_text(ask.t))


def show_unknown(ask: Ask, words: str) -> None:
    """The door, with what was not understood."""
    show_door(ask, "", words)


SHOWN: Mapping[str, Callable[[Ask, str], None]] = {
    "door": show_door,
    "unknown": show_unknown,
    "today": today.show,
    "privacy": privacy.show,
    "settings": settings.show_settings,
    "names": matching.show_names,
    "doctor": running.show_doctor,
    "admin": claim_listeners.claim_typed,
    "help": show_help,
}
OPENED: Mapping[str, Callable[[Ask, str], None]] = {
    "setup": setup.open_setup,
    "tour": tours.open_tour,
    "admin": claim_listeners.open_form,
}
"""What opens a modal; an admin's code that was typed needs none."""
HANDED_ON: Mapping[str, Callable[[Args], None]] = {
    "kpi": kpi.command,
    "escalate": escalate.command,
    "handover": handovers.begin,
    "qa": qa.command,
    "coach": coach.command,
    "goal": goals.command,
    "kudos": kudos.command,
}
"""The other commands, which take the words after their names as their own."""


def register(app: App) -> None:
    app.command(named("cspm"))(command)
    app.action(ids.DOOR_SHOW)(show_again)
    app.action(GO)(go)
    app.action(ids.DOOR_PERSON)(choose_person)


def command(args: Args) -> None:
    """A modal opens at once; whatever else was asked for takes the time it takes."""
    about, words = understood(str((args.command or {}).get("text") or ""))
    if about in HANDED_ON:
        HANDED_ON[about](as_typed(args, words))
    elif about in OPENED and not (about == "admin" and words):
        open_one(args)
    else:
        show(args)


def go(args: Args) -> None:
    """A button or a menu of the door, as if its words had been typed after `/cspm`."""
    action = args.action or {}
    typed = str(action.get("value") or (action.get("selected_option") or {}).get("value") or "")
    if typed.startswith(CHOOSE):
        choose(args)
    else:
        command(as_typed(args, typed))


def as_typed(args: Args, text: str) -> Args:
    """The same, with other words after the command."""
    given = copy.copy(args)
    given.command = {**(args.command or {}), "text": text}
    return given


@opener
def open_one(ask: Ask) -> None:
    """What opens a modal, with the words after it."""
    about, words = understood(ask.text)
    OPENED[about](ask, words)


@listener
def show(ask: Ask) -> None:
    """Everything else; whatever is not understood is answered with all there is."""
    about, words = understood(ask.text)
    SHOWN[about](ask, words)


@listener
def show_again(ask: Ask) -> None:
    """The same from a button."""
    show_door(ask, "")


@listener
def choose(ask: Ask) -> None:
    """What needs a word more."""
    choosing.CHOICES[ask.carried.removeprefix(CHOOSE)](ask)


@listener
def choose_person(ask: Ask) -> None:
    """A colleague was chosen."""
    choosing.choose_person(ask)


def shown(ask: Ask, unknown: str = "") -> views.Shown:
    """Who asks, as the door needs it."""
    with ask.reading() as session:
        whom = standing(ask.asker(session), len(people.teams(session, ask.workspace_id)))
        person = people.member_by_slack(session, ask.workspace_id, ask.user)
        waits = len(today.of(session, ask, person).waiting) if person else None
        is_admin_missing = not people.has_admin(session, ask.workspace_id)
    return views.Shown(whom, waits, is_admin_missing, unknown)
