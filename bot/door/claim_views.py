"""Waiting for the first admin, the modal for the code, and what comes after it. Pure drawing."""

from __future__ import annotations

from slackblocks import ActionsBlock, Block, Button, InputBlock, PlainTextInput, SectionBlock
from slackblocks.elements import Element

from .. import ids
from ..blocks import Drawing, message, modal
from ..words import Words

CODE = "code"
LONGEST = 40


def waiting(t: Words) -> list[Block]:
    """The bot has no admin, and where the code stands that makes one."""
    said = t(
        "*I wait for my first admin.* A one-time code stands where I was started; it is good for a day, and "
        "`cspm admin` prints a new one there. Whoever has it can set me up."
    )
    button = Button(t("I have the code"), action_id=ids.CLAIM_OPEN, value="claim", style="primary")
    return [SectionBlock(said), ActionsBlock([button])]


def waits(t: Words) -> Drawing:
    """The same as a message of its own."""
    return message(t("I wait for my first admin"), *waiting(t))


def form(t: Words) -> Drawing:
    """One field."""
    field = InputBlock(
        t("The code"),
        PlainTextInput(CODE, max_length=LONGEST, placeholder="7KQM-2XPV"),
        block_id=CODE,
        hint=t("Capitals, spaces and dashes do not matter."),
    )
    said = t("The code stands where I was started. `cspm admin`, typed there, prints a new one.")
    return modal(
        t("Become an admin"), SectionBlock(said), field,
        submit=t("Become an admin"), close=t("Cancel"), callback_id=ids.CLAIM_FORM,
    )  # fmt: skip


def claimed(t: Words) -> Drawing:
    """An admin, and what an admin does first."""
    said = t("You are an admin now. Your first team is set up in about ten minutes, and you can stop at any step.")
    buttons: list[Element] = [
        Button(t("Set up a team"), action_id=ids.SETUP_OPEN, value="{}", style="primary"),
        Button(t("Everything I can do"), action_id=ids.DOOR_SHOW, value="door"),
    ]
    return message(t("You are an admin now"), SectionBlock(said), ActionsBlock(buttons))
