"""What the timeline of an escalation says about its crisis: one sentence for each kind of line. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from cspm_core.escalations import Line

from ..blocks import escape, short
from ..words import Words
from . import names

QUOTED = 1_500


def _by(one: Line, t: Words) -> str:
    return escape(one.by.name) if one.by else t("Somebody")


def _at(one: Line, t: Words, key: str) -> str:
    return t.moment(datetime.fromisoformat(str(one.facts[key])), one.timezone)


def _quoted(one: Line) -> str:
    return "\n>" + escape(short(str(one.facts.get("words", "")), QUOTED)).replace("\n", "\n>")


def _task(one: Line, t: Words) -> str:
    what = escape(names.task(str(one.facts.get("task", "")), str(one.facts.get("what", "")), t))
    match one.facts.get("state"):
        case "taken":
            return t("✋ {person} takes: {what}", person=_by(one, t), what=what)
        case "done":
            return t("✅ {person} has done: {what}", person=_by(one, t), what=what)
    return t("↩ {person} says that it is not done: {what}", person=_by(one, t), what=what)


def _update(one: Line, t: Words) -> str:
    head = t("📣 *Update* by {person}. The next is due {at}.", person=_by(one, t), at=_at(one, t, "due_at"))
    return head + _quoted(one)


def _late(one: Line, t: Words) -> str:
    people = t.join([escape(person.name) for person in one.people.values()])
    if not people:
        return t("The update was due {at}, and nobody could be reminded.", at=_at(one, t, "due_at"))
    return t("The update was due {at}. Reminded: {people}.", at=_at(one, t, "due_at"), people=people)


def _told(one: Line, t: Words) -> str:
    return t.n("{person} told {n} customer.", "{person} told {n} customers.", int(one.facts.get("n", 0)),
               person=_by(one, t))  # fmt: skip


def _reviewed(one: Line, t: Words) -> str:
    head = t("📋 *Review* by {person}", person=_by(one, t))
    told = [head + _quoted(one)]
    if well := str(one.facts.get("went_well", "")):
        told.append(t("What went well: {text}", text=escape(short(well, QUOTED))))
    count = int(one.facts.get("n", 0))
    told.append(t.n("{n} action follows from it.", "{n} actions follow from it.", count) if count
                else t("No actions follow from it."))  # fmt: skip
    return "\n".join(told)


SENTENCES: Mapping[str, Callable[[Line, Words], str]] = {
    "crisis_task": _task,
    "crisis_update": _update,
    "crisis_late": _late,
    "crisis_silent": lambda one, t: t(
        "No update since {at}, and no answer. It climbs again.", at=_at(one, t, "due_at")
    ),
    "crisis_told": _told,
    "crisis_clear": lambda one, t: t("✅ *All clear*, says {person}.", person=_by(one, t)) + _quoted(one),
    "crisis_reviewed": _reviewed,
}
