"""`/cspm`: what waits for me, what is known about me, and where everything is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from slack_bolt import App

from cspm_core.people import fold

from ..asking import Ask
from ..listening import listener
from ..privacy import listeners as privacy
from ..today import listeners as today
from . import views
from .vocabulary import SUBCOMMANDS


def show_help(ask: Ask, words: str) -> None:  # noqa: ARG001
    """Every way in."""
    ask.answer(views.help_text(ask.t))


SHOWN: Mapping[str, Callable[[Ask, str], None]] = {"today": today.show, "privacy": privacy.show, "help": show_help}


def register(app: App) -> None:
    app.command("/cspm")(command)


@listener
def command(ask: Ask) -> None:
    """Whatever is not understood is answered with every way in."""
    about, words = understood(ask.text)
    SHOWN[about](ask, words)


def understood(text: str) -> tuple[str, str]:
    """Which subcommand, and the words after it; nothing typed: what waits today."""
    said = fold(text)
    if not said:
        return "today", ""
    for about, spellings in SUBCOMMANDS.items():
        for spelling in spellings:
            if said == spelling or said.startswith(spelling + " "):
                return about, said[len(spelling) :].strip()
    return "help", said
