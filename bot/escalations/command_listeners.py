"""`/escalate`: raise one at once, show one, or look at what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from slack_bolt import App, Args

from cspm_core import escalations, people

from ..asking import Ask
from ..detectors import listeners as detectors
from ..duty import listeners as duty
from ..listening import listener, opener
from ..slash import named
from . import help_views, list_listeners, listeners, raise_listeners, settings_listeners
from .spoken import Wish, understand


def show_help(ask: Ask, words: str) -> None:  # noqa: ARG001
    """Everything there is."""
    ask.answer(help_views.help_text(ask.t))


SUBCOMMANDS: Mapping[str, Callable[[Ask, str], None]] = {
    "list": list_listeners.show_list,
    "settings": settings_listeners.show,
    "duty": duty.show,
    "detectors": detectors.show,
    "help": show_help,
}
"""What follows `/escalate`, by the keys of the vocabulary; each is given the words after it."""


def register(app: App) -> None:
    app.command(named("escalate"))(command)


def command(args: Args) -> None:
    """A modal opens at once; whatever else was asked for takes the time it takes."""
    wish = _wish(args)
    if wish.about == "raise":
        raise_it(args)
    elif wish.about == "show":
        show_one(args)
    else:
        show(args)


@opener
def raise_it(ask: Ask) -> None:
    """The modal, with the words that were typed."""
    raise_listeners.open_form(ask, ask.text)


@listener
def show_one(ask: Ask) -> None:
    """One by its number, for the asker alone."""
    with ask.reading() as session:
        found = escalations.numbered(session, ask.workspace_id, _wish(ask.slack).number)
    ask.answer(listeners.shown(ask, found.id))


@listener
def show(ask: Ask) -> None:
    """A subcommand, with the words after it."""
    wish = _wish(ask.slack)
    SUBCOMMANDS[wish.about](ask, wish.words)


def _wish(args: Args) -> Wish:
    said = str((args.command or {}).get("text") or "")
    wish = understand(said, lambda: _teams(args))
    return wish if wish.about in (*SUBCOMMANDS, "show") else Wish("raise", said)


def _teams(args: Args) -> Sequence[str]:
    """The names of this workspace's teams."""
    with args.context["runtime"].store.reading() as session:
        known = [one.id for one in people.workspaces(session) if one.slack_id == args.context.team_id]
        return [team.name for workspace_id in known for team in people.teams(session, workspace_id)]
