"""The modals of pulse, note and plan. Pure drawing; a block's id is its field's name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from slackblocks import Block, DatePicker, DateTimePicker, InputBlock, RadioButtonGroup, SectionBlock, UserSelectMenu

from .. import ids
from ..blocks import Drawing, escape, modal, note, option
from ..escalations import inputs
from ..words import Words
from .names import OUTCOMES, QUESTIONS, SCALE

FIRST, SECOND = "first", "second"
TO, WORDS, TALK_AT = "to", "words", "talk_at"
PERSON, GOAL, SUPPORT, STARTS, ENDS, CHECKS, GONE, MANAGER = (
    "person", "goal", "support", "starts_on", "ends_on", "checks_on", "gone_on", "manager",
)  # fmt: skip
OUTCOME = "outcome"


def questions(about: str, private: str, t: Words) -> Drawing:
    """The two questions, each from 1 to 5."""
    options = [option(t(label), key) for key, label in SCALE.items()]
    first, second = QUESTIONS[about]
    blocks = [
        InputBlock(t(question), RadioButtonGroup(block_id, options), block_id=block_id)
        for block_id, question in ((FIRST, first), (SECOND, second))
    ]
    return modal(
        t("Two questions"), *blocks, callback_id=ids.PULSE_FORM, private_metadata=private, submit=t("Send"),
        close=t("Cancel"),
    )  # fmt: skip


def confide(user: str, private: str, t: Words) -> Drawing:
    """To which lead, what, and when to talk."""
    blocks: list[Block] = [
        SectionBlock(t("Only the one you choose reads it: no other lead, no admin, no channel, no ticket.")),
        InputBlock(t("To which lead"), UserSelectMenu(TO, initial_user=user or None), block_id=TO,
                   hint=t("Somebody who leads or manages a team; it need not be your own.")),
        inputs.words(WORDS, t("What is it about?"), optional=False),
        InputBlock(t("When would you like to talk?"), DateTimePicker(TALK_AT), block_id=TALK_AT, optional=True),
        note(t("Whoever you write about may one day be entitled to read it.")),
    ]  # fmt: skip
    return modal(
        t("In confidence"), *blocks, callback_id=ids.NOTE_FORM, private_metadata=private, submit=t("Send"),
        close=t("Cancel"),
    )  # fmt: skip


def plan(
    agent: str, managers: Mapping[int, str], first: date, last: date, gone: date, private: str, t: Words
) -> Drawing:
    """What is to be reached, with which support, between which days."""
    blocks: list[Block] = [
        SectionBlock(t("With *{person}*, who reads it and confirms it.", person=escape(agent))),
        inputs.words(GOAL, t("What is to be reached"), hint=t("So that both can say on the last day whether it was."),
                     optional=False),
        inputs.words(SUPPORT, t("What you offer for it"), hint=t("Time, training, somebody to learn from."),
                     optional=False),
        InputBlock(t("From"), DatePicker(STARTS, initial_date=first.isoformat()), block_id=STARTS),
        InputBlock(t("Last day"), DatePicker(ENDS, initial_date=last.isoformat()), block_id=ENDS),
        inputs.line(CHECKS, t("Days to look at it together"), placeholder="2026-12-07, 2026-12-21", longest=300),
    ]  # fmt: skip
    if managers:
        menu = inputs.menu(MANAGER, {str(key): name for key, name in managers.items()})
        blocks.append(InputBlock(t("The manager who sees it too"), menu, block_id=MANAGER, optional=True))
    blocks.append(InputBlock(t("Deleted on"), DatePicker(GONE, initial_date=gone.isoformat()), block_id=GONE))
    return modal(
        t("Improvement plan"), *blocks, callback_id=ids.PLAN_FORM, private_metadata=private, submit=t("Propose"),
        close=t("Cancel"),
    )  # fmt: skip


def confirm(private: str, t: Words) -> Drawing:
    """The agent's yes, with words of their own or without."""
    blocks = [
        SectionBlock(t("You confirm that you have read the plan and know what is offered.")),
        inputs.words(WORDS, t("What you want to add")),
    ]
    return modal(
        t("Confirm the plan"), *blocks, callback_id=ids.PLAN_CONFIRM_FORM, private_metadata=private,
        submit=t("Confirm"), close=t("Cancel"),
    )  # fmt: skip


def end(private: str, t: Words) -> Drawing:
    """What became of it."""
    menu = inputs.menu(OUTCOME, {key: t(label) for key, label in OUTCOMES.items()})
    return modal(
        t("The plan is over"), InputBlock(t("What became of it"), menu, block_id=OUTCOME),
        callback_id=ids.PLAN_END_FORM, private_metadata=private, submit=t("Save"), close=t("Cancel"),
    )  # fmt: skip
