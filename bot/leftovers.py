"""What no listener knows any more, such as a button of an older version: nobody is left with silence."""

from __future__ import annotations

import re

from slack_bolt import App

from .asking import Ask
from .listening import form, listener

ANY = re.compile("")


def register(app: App) -> None:
    """After everybody else: the first that matches listens."""
    app.action(ANY)(press)
    app.shortcut(ANY)(press)
    app.view(ANY)(submit)


@listener
def press(ask: Ask) -> None:
    """Nothing follows from it; say so."""
    ask.answer({"text": _sentence(ask)})


@form
def submit(ask: Ask) -> dict[str, str]:
    """The form stays open, so that what was typed can be copied."""
    return {ask.first_field: _sentence(ask)}


def _sentence(ask: Ask) -> str:
    return ask.t("This belongs to an older version and does nothing any more. `/kpi help` tells what there is now.")
