"""The modals of coaching: a note, a promise, how it ended, another day, another time, the next talk. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slackblocks import (
    Block,
    CheckboxGroup,
    DatePicker,
    InputBlock,
    Option,
    RadioButtonGroup,
    SectionBlock,
)

from cspm_core.coaching import Person, PromiseSeen, TalkSeen

from .. import ids
from ..blocks import Drawing, escape, modal, note, option, short
from ..escalations import inputs
from ..words import Words
from .names import ENDINGS, PROMISE_KINDS, RHYTHMS

WORDS, PRIVATE, OWNER, KIND, DUE, METRIC = "words", "private", "owner", "kind", "due_on", "metric"
ENDING, LINE, SLOT, MOMENT, EVERY = "ending", "line", "slot", "moment", "every"
"""The fields' block ids: what is wrong with one stands beside it."""
NO_METRIC, ANOTHER = "-", "-"
LONGEST = 300


@dataclass(frozen=True, slots=True)
class PromiseDraft:
    """What the form of a promise is opened with."""

    lead: Person
    agent: Person
    due_on: date
    metrics: Mapping[str, str]
    """Names of the figures that a promise may be meant to move, by key."""
    told: str = ""
    """What could be seen in the one chosen."""


def take_note(other: str, carried: str, t: Words) -> Drawing:
    """Shared, unless the box is ticked; what private means stands beside it."""
    box = Option(short(t("Private: only for me"), 75), "yes")
    hint = t("{person} is not shown a private note, but may be entitled to read it: it is part of what they get when "
             "they ask for everything kept about them.", person=other)  # fmt: skip
    return modal(
        t("Write a note"),
        inputs.words(WORDS, t("What do you want to keep?"), optional=False),
        InputBlock(t("Who reads it"), CheckboxGroup(PRIVATE, [box]), block_id=PRIVATE, optional=True, hint=hint),
        note(t("Without the tick {person} reads it too.", person=escape(other))),
        callback_id=ids.COACH_NOTE_FORM,
        private_metadata=carried,
        submit=t("Keep it so"),
        close=t("Cancel"),
    )


def make_promise(one: PromiseDraft, carried: str, t: Words) -> Drawing:
    """Who does what by when, and which figure should show it; beforehand what could be seen in that."""
    owners = {str(one.agent.id): one.agent.name, str(one.lead.id): one.lead.name}
    blocks: list[Block] = [
        InputBlock(t("Who promises"), _radio(OWNER, owners, str(one.agent.id)), block_id=OWNER),
        inputs.line(WORDS, t("What"), optional=False, longest=LONGEST, placeholder=t("In words that can be checked")),
        InputBlock(t("What it is about"), inputs.menu(KIND, _named(PROMISE_KINDS, t)), block_id=KIND),
        InputBlock(t("By when"), DatePicker(DUE, initial_date=one.due_on.isoformat()), block_id=DUE),
        *_metric(one, t),
    ]
    return modal(
        t("Promise"),
        *blocks,
        callback_id=ids.COACH_PROMISE_FORM,
        private_metadata=carried,
        submit=t("Agree"),
        close=t("Cancel"),
    )


def _metric(one: PromiseDraft, t: Words) -> list[Block]:
    if not one.metrics:
        return []
    options = {NO_METRIC: t("None: it is enough to do it"), **one.metrics}
    element = inputs.menu(ids.COACH_METRIC, options, NO_METRIC)
    hint = t("A figure of {person} that should show it. Choose one to see beforehand whether it could.",
             person=one.agent.name)  # fmt: skip
    field = InputBlock(t("Which figure"), element, block_id=METRIC, dispatch_action=True, hint=hint)
    return [field, *([SectionBlock(short(one.told, 3000))] if one.told else [])]


def close_promise(one: PromiseSeen, ending: str, carried: str, t: Words) -> Drawing:
    """How did it end? One line, always."""
    return modal(
        t("How did it go?"),
        SectionBlock(f"“{escape(one.words)}”"),
        InputBlock(t("It was"), _radio(ENDING, _named(ENDINGS, t), ending), block_id=ENDING),
        inputs.line(LINE, t("In one line"), optional=False, longest=LONGEST,
                    placeholder=t("What helped, or what was in the way")),
        note(t("Both of you read it.")),
        callback_id=ids.COACH_CLOSE_FORM,
        private_metadata=carried,
        submit=t("Save"),
        close=t("Cancel"),
    )  # fmt: skip


def move_day(one: PromiseSeen, carried: str, t: Words) -> Drawing:
    """Another day for a promise."""
    return modal(
        t("Move the date"),
        SectionBlock(f"“{escape(one.words)}”"),
        InputBlock(t("By when"), DatePicker(DUE, initial_date=one.due_on.isoformat()), block_id=DUE),
        note(t("Both of you see that it was moved.")),
        callback_id=ids.COACH_DAY_FORM,
        private_metadata=carried,
        submit=t("Move"),
        close=t("Cancel"),
    )


def move_talk(one: TalkSeen, reader_id: int, slots: Sequence[datetime], carried: str, t: Words) -> Drawing:
    """The next times that both have, or one of one's own."""
    other = one.other(reader_id).name
    said = t("Planned for {moment}.", moment=t.clock(one.planned_at, one.timezone))
    return modal(
        t("Another time"),
        SectionBlock(t("Talk with *{person}*.", person=escape(other)) + " " + said),
        *when(slots, one.timezone, t),
        note(t("{person} is asked whether it fits.", person=escape(other))),
        callback_id=ids.COACH_MOVE_FORM,
        private_metadata=carried,
        submit=t("Propose"),
        close=t("Cancel"),
    )


def plan_talk(
    agent: Person,
    every: str,
    planned: TalkSeen | None,
    slots: Sequence[datetime],
    timezone: str,
    carried: str,
    t: Words,
) -> Drawing:
    """The next talk with somebody, and how often."""
    blocks: list[Block] = []
    if planned:
        moment = t.clock(planned.planned_at, timezone)
        blocks.append(SectionBlock(t("A talk is planned for {moment}; this moves it.", moment=moment)))
    blocks += when(slots, timezone, t)
    rhythm = _radio(EVERY, _named(RHYTHMS, t), every)
    hint = t("After each talk the next is proposed by itself in this rhythm.")
    blocks.append(InputBlock(t("How often"), rhythm, block_id=EVERY, hint=hint))
    return modal(
        t("Next talk"),
        SectionBlock(t("Talk with *{person}*.", person=escape(agent.name))),
        *blocks,
        callback_id=ids.COACH_PLAN_FORM,
        private_metadata=carried,
        submit=t("Propose"),
        close=t("Cancel"),
    )


def when(slots: Sequence[datetime], timezone: str, t: Words) -> list[Block]:
    """Three moments in the working hours of both, or another."""
    own = inputs.moment(MOMENT, t("Or another moment"), hint=t("In the working hours of both."), optional=bool(slots))
    if not slots:
        none = t("In the next three weeks no time is free in the working hours of both. Choose one later.")
        return [SectionBlock(none), own]
    options = {str(int(at.timestamp())): t.clock(at, timezone) for at in slots}
    first = next(iter(options))
    label = t("When ({zone})", zone=timezone)
    return [InputBlock(label, _radio(SLOT, options, first), block_id=SLOT), own]


def _radio(block_id: str, options: Mapping[str, str], now: str) -> RadioButtonGroup:
    offered = [option(label, key) for key, label in options.items()]
    chosen = next((one for one, key in zip(offered, options, strict=True) if key == now), None)
    return RadioButtonGroup(block_id, offered, initial_option=chosen)


def _named(names: Mapping[str, str], t: Words) -> dict[str, str]:
    return {key: t(name) for key, name in names.items()}
