"""What a trial by hand posts into a channel, and the modal behind its button; all of it vanishes. Pure drawing."""

from __future__ import annotations

from typing import Any

from slackblocks import (
    ActionsBlock,
    AxisConfig,
    BarChart,
    Button,
    CardBlock,
    DataPoint,
    DataSeries,
    DataVisualizationBlock,
    ImageBlock,
    InputBlock,
    PlainTextInput,
    SectionBlock,
    SlackFile,
)

from .. import ids
from ..blocks import Drawing, message, modal, note, table, value
from ..words import Words

EVENT = "cspm_trial"
"""The metadata's type, by which what is left over is found again."""
WORDS = "words"


def marked(drawing: Drawing, trial_id: int) -> dict[str, Any]:
    """The message with the mark of its trial, which holds nothing else."""
    return {**drawing, "metadata": {"event_type": EVENT, "event_payload": {"trial": str(trial_id)}}}


def hello(t: Words, *, edited: bool = False) -> Drawing:
    """The first message, and the same edited."""
    said = t("A trial of the bot: this vanishes in a moment")
    then = t("It was edited: that works.") if edited else t("Whoever keeps the bot running tries what works here.")
    return message(said, SectionBlock(f"*{said}*"), note(then))


def answer(t: Words) -> Drawing:
    """In its thread."""
    said = t("An answer in the thread, for trial")
    return message(said, SectionBlock(said))


def figures(t: Words) -> Drawing:
    """A table."""
    said = t("A table, for trial")
    return message(said, table(said, [t("Day"), t("Tickets")], [[t("Monday"), ("12", 12)], [t("Tuesday"), ("9", 9)]]))


def chart(t: Words) -> Drawing:
    """A chart."""
    points = [DataPoint(t("Monday"), 12), DataPoint(t("Tuesday"), 9)]
    bars = BarChart([DataSeries(t("Tickets"), points)], AxisConfig([t("Monday"), t("Tuesday")]))
    said = t("A chart, for trial")
    return message(said, DataVisualizationBlock(said, bars))


def card(t: Words) -> Drawing:
    """A card."""
    said = t("A card, for trial")
    return message(said, CardBlock(title=said, body=t("This vanishes in a moment.")))


def picture(file: str, t: Words) -> Drawing:
    """A picture that was uploaded."""
    said = t("A picture, for trial")
    return message(said, ImageBlock(slack_file=SlackFile(None, file), alt_text=said, title=said))


def asking(trial_id: int, t: Words) -> Drawing:
    """The message whose button somebody presses."""
    said = t("A trial of the bot: please press the button")
    button = Button(t("Press for trial"), action_id=ids.TRIAL_PRESS, value=value(trial=trial_id), style="primary")
    more = note(t("Anybody may. It opens a form with nothing in it; then all of this vanishes."))
    return message(said, SectionBlock(f"*{said}*"), ActionsBlock([button]), more)


def form(trial_id: int, t: Words) -> Drawing:
    """The modal behind it."""
    field = InputBlock(
        t("A word, if you like"),
        PlainTextInput(ids.TRIAL_FORM, max_length=60),
        block_id=WORDS,
        optional=True,
        hint=t("It is read by nobody and kept nowhere."),
    )
    return modal(
        t("A trial"),
        SectionBlock(t("Send this form, and the trial is done.")),
        field,
        submit=t("Send"),
        close=t("Close"),
        callback_id=ids.TRIAL_FORM,
        private_metadata=value(trial=trial_id),
    )


def thanks(t: Words) -> Drawing:
    """What the sent modal shows."""
    return modal(t("A trial"), SectionBlock(t("Thank you: the whole way works.")), close=t("Close"))
