"""The modals of crisis plans: which one a crisis follows, and what is in one. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from slackblocks import ActionsBlock, Block, InputBlock, NumberInput, PlainTextInput, SectionBlock

from cspm_core.crises import Board, Plan
from cspm_core.escalations.cards import Person

from .. import ids
from ..blocks import Drawing, escape, modal, note, short, value
from ..escalations import inputs
from ..escalations.names import KINDS
from ..home.views import LANGUAGE_NAMES
from ..words import LANGUAGES, Words
from . import forms, names

PLAN, NAME, CHECKLIST, EVERY, WORDS = "plan", "name", "checklist", "update_every", "words"
CHECKLIST_CHARACTERS = 3_000


def choose(one: Board, plans: Sequence[Plan], t: Words, *, may_edit: bool) -> Drawing:
    """Which plan the crisis follows from now on; leads change the plans themselves."""
    options = {plan.kind: names.plan_name(plan.kind, plan.name, t) for plan in plans}
    blocks: list[Block] = [
        forms.subject(one, t),
        InputBlock(t("It follows this plan"), inputs.menu(PLAN, options, one.plan_kind), block_id=PLAN,
                   hint=t("Another plan brings its checklist, words and interval; what is done stays done.")),
    ]  # fmt: skip
    if may_edit:
        said = t("The plans of *{team}*. What is changed holds from the next crisis on, or when it is chosen here.",
                 team=escape(one.team))  # fmt: skip
        blocks.append(SectionBlock(said))
        options = {kind: t(label) for kind, label in KINDS.items()}
        menu = inputs.menu(ids.CRISIS_PLAN_EDIT, options)
        blocks.append(ActionsBlock([menu]))
    return modal(
        t("Crisis plan"),
        *blocks,
        callback_id=ids.CRISIS_PLAN_USE,
        private_metadata=value(crisis=one.id, team=one.team_id),
        submit=t("Use it"),
        close=t("Close"),
    )


def edit(plan: Plan, team_id: int, team: str, people: Mapping[int, Person], t: Words) -> Drawing:
    """Checklist, interval and the words in every language. Saving it approves the words."""
    checklist = "\n".join(
        f"{names.plan_owner(task, people, t)}: {names.task(task.key, task.what, t)}" for task in plan.checklist
    )
    owners = ", ".join(t(label) for label in names.OWNERS.values())
    return modal(
        t("Crisis plan"),
        SectionBlock(t("How *{team}* meets it: {kind}", team=escape(team), kind=t(KINDS[plan.kind]))),
        inputs.line(NAME, t("Name"), said=plan.name, placeholder=t(KINDS[plan.kind]), longest=60),
        _lines(CHECKLIST, t("Checklist"), checklist,
               t("One line each: who, a colon, what. Who is one of {owners}, or somebody’s name.", owners=owners)),
        _every(plan, t),
        *[_words(plan, language, t) for language in LANGUAGES],
        note(t("{what}, {since} and {team} are filled in. Saving approves these words in your name.")),
        callback_id=ids.CRISIS_PLAN_FORM,
        private_metadata=value(team=team_id, kind=plan.kind),
        submit=t("Approve and save"),
        close=t("Cancel"),
    )  # fmt: skip


def _lines(block_id: str, label: str, said: str, hint: str) -> InputBlock:
    element = PlainTextInput(
        block_id, initial_value=short(said, CHECKLIST_CHARACTERS), multiline=True, max_length=CHECKLIST_CHARACTERS
    )
    return InputBlock(label, element, block_id=block_id, hint=hint)


def _every(plan: Plan, t: Words) -> InputBlock:
    element = NumberInput(
        is_decimal_allowed=False, action_id=EVERY, initial_value=str(plan.update_every_s // 60), min_value="5",
        max_value="1440",
    )  # fmt: skip
    return InputBlock(t("Minutes between updates"), element, block_id=EVERY)


def _words(plan: Plan, language: str, t: Words) -> InputBlock:
    block_id = f"{WORDS}_{language}"
    element = PlainTextInput(
        block_id, initial_value=short(names.raw_words(plan, language), 2_000), multiline=True, max_length=2_000
    )
    label = t("Words to customers, {language}", language=LANGUAGE_NAMES[language])
    return InputBlock(label, element, block_id=block_id, optional=True, hint=t("Empty: the ready-made words."))
