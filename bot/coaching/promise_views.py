"""A promise in a line, and the messages about it: on its day, when it is late, and for the lead. Pure drawing."""

from __future__ import annotations

from typing import Any

from slackblocks import ActionsBlock, Block, Button, SectionBlock

from cspm_core.coaching import PromiseSeen

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, short, value
from ..kpi.names import NAMES
from ..words import Words
from .names import ENDINGS, MARKS

WORDS = 200
ON = "promise"
"""This message, as its buttons call it."""
NAME = 60


def line(one: PromiseSeen, t: Words, *, with_owner: bool = True) -> str:
    """Who, what, by when, and how it ended."""
    who = f"*{escape(one.owner.name)}*: " if with_owner else ""
    parts = [f"{MARKS[one.status]} {who}{escape(short(one.words, WORDS))}", standing(one, t)]
    if one.metric in NAMES:
        parts.append(t("should move: {figure}", figure=t(NAMES[one.metric])))
    if one.moved:
        parts.append(t.n("day moved {n} time", "day moved {n} times", one.moved))
    return " · ".join(part for part in parts if part)


def standing(one: PromiseSeen, t: Words) -> str:
    """By when, or how it ended with what was said of it."""
    if not one.is_open:
        said = t(ENDINGS[one.status])
        return f"{said}: “{escape(short(one.line, WORDS))}”" if one.line else said
    day = t.day(one.due_on)
    return t("late since {day}", day=day) if one.is_late else t("by {day}", day=day)


def close_button(one: PromiseSeen, t: Words, **on: Any) -> Button:
    """`on`: which message it stands in, so that it is drawn anew."""
    return Button(t("Kept?"), action_id=ids.COACH_CLOSE, value=value(promise=one.id, **on))


def reminder(one: PromiseSeen, t: Words, *, is_late: bool) -> Drawing:
    """For its owner: on the day, or once more when it is late. Closed, it says how."""
    to = one.lead if one.owner.id == one.agent.id else one.agent
    what, day = escape(short(one.words, WORDS)), t.day(one.due_on)
    if not one.is_open:
        return _closed(one, t)
    if is_late:
        said = t("🤝 You promised *{person}* by {day}: “{what}”. How did it go?", person=escape(to.name), what=what,
                 day=day)  # fmt: skip
        head = t("Late: {what}", what=short(one.words, NAME))
    else:
        said = t("🤝 Due {day}: “{what}”, as you promised *{person}*.", person=escape(to.name), what=what, day=day)
        head = t("Due: {what}", what=short(one.words, NAME))
    return message(short(head, HEADLINE), SectionBlock(said), _buttons(one, t))


def _buttons(one: PromiseSeen, t: Words, **on: Any) -> Block:
    carried = value(promise=one.id, **on)
    return ActionsBlock(
        [
            Button(t("Kept"), action_id=ids.COACH_KEPT, value=carried, style="primary"),
            Button(t("Not kept"), action_id=ids.COACH_MISSED, value=carried),
            Button(t("Move the date"), action_id=ids.COACH_DAY, value=carried),
        ]
    )


def check(one: PromiseSeen, t: Words) -> Drawing:
    """For the lead, when it stayed late: a matter for the next talk."""
    if not one.is_open:
        return _closed(one, t)
    told = {"person": escape(one.agent.name), "what": escape(short(one.words, WORDS)), "day": t.day(one.due_on)}
    said = t(
        "🤝 *{person}* promised by {day}: “{what}”. It is still open. You may want to ask what is in the way.", **told
    )
    head = t("{person}: a promise is still open", person=short(one.agent.name, NAME))
    buttons = [
        Button(t("Open the talk"), action_id=ids.COACH_OPEN, value=value(agent=one.agent.id), style="primary"),
        close_button(one, t),
    ]
    return message(short(head, HEADLINE), SectionBlock(said), ActionsBlock(list(buttons)))


def seen(one: PromiseSeen, t: Words) -> Drawing:
    """One promise as it stands, for either of its two people."""
    found: list[Block] = [SectionBlock(f"🤝 {line(one, t)}")]
    if one.is_open:
        found.append(_buttons(one, t, on=ON))
    else:
        carried = value(promise=one.id, on=ON)
        found.append(ActionsBlock([Button(t("Reopen"), action_id=ids.COACH_REOPEN, value=carried)]))
    return message(short(one.words, HEADLINE), *found)


def _closed(one: PromiseSeen, t: Words) -> Drawing:
    return message(short(one.words, HEADLINE), SectionBlock(f"🤝 {line(one, t)}"))
