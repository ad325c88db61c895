"""`/qa`: review a contact at once, or show what the words after it ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from slack_bolt import App, Args

from .. import ids
from ..asking import Ask
from ..calibrations import listeners as calibrations
from ..disputes import listeners as disputes
from ..listening import listener, opener
from ..samples import listeners as samples
from ..samples import settings_listeners as sample_settings
from ..slash import named
from . import help_views, review_listeners, score_listeners, scorecard_listeners
from .spoken import team_in, understand


def show_help(ask: Ask, words: str) -> None:  # noqa: ARG001
    """Everything there is."""
    ask.answer(help_views.help_text(ask.t))


SUBCOMMANDS: Mapping[str, Callable[[Ask, str], None]] = {
    "queue": lambda ask, words: samples.show(ask, team_in(words)),
    "settings": lambda ask, words: sample_settings.show(ask, team_in(words)),
    "scores": score_listeners.show,
    "mine": disputes.show_mine,
    "calibrate": lambda ask, words: calibrations.show(ask, team_in(words)),
    "scorecards": scorecard_listeners.show,
    "help": show_help,
}
"""What follows `/qa`, by the keys of the vocabulary; each is given the words after it."""
BUTTONS = (
    ids.QA_HELP_QUEUE,
    ids.QA_HELP_MINE,
    ids.QA_HELP_SCORES,
    ids.QA_HELP_CALIBRATE,
    ids.QA_HELP_SCORECARDS,
    ids.QA_HELP_SETTINGS,
)


def register(app: App) -> None:
    app.command(named("qa"))(command)
    app.action(ids.QA_HELP_REVIEW)(review_any)
    for button in BUTTONS:
        app.action(button)(show_pressed)


def command(args: Args) -> None:
    """A modal opens at once; whatever else was asked for takes the time it takes."""
    if understand(str((args.command or {}).get("text") or "")).about == "review":
        review(args)
    else:
        show(args)


@opener
def review(ask: Ask) -> None:
    """A ticket, a call, or an agent's latest; without words what was begun."""
    review_listeners.open_typed(ask, understand(ask.text).words)


@opener
def review_any(ask: Ask) -> None:
    """The same from the help, where nothing was typed."""
    review_listeners.open_typed(ask, "")


@listener
def show(ask: Ask) -> None:
    """A subcommand, with the words after it."""
    wish = understand(ask.text)
    SUBCOMMANDS[wish.about](ask, wish.words)


@listener
def show_pressed(ask: Ask) -> None:
    """The same from a button of the help."""
    SUBCOMMANDS[str(ask.pressed()["show"])](ask, "")
