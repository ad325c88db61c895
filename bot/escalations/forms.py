"""The modals behind an escalation's menu: take it with a note, put it aside, change it. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from slackblocks import Block, InputBlock, SectionBlock

from cspm_core.escalations import Card

from .. import ids
from ..blocks import Drawing, escape, modal, value
from ..words import N_, Words
from . import inputs
from .titles import called, title

NOTE, FOR, UNTIL = "note", "for", "until"
SEVERITY, KIND, PROMISE, PROMISE_UNTIL, HOLDS = "severity", "kind", "promise", "promise_until", "holds"
MORNING, AS_USUAL = "morning", "usual"
LENGTHS: Mapping[int, str] = {
    1800: N_("30 minutes"),
    3600: N_("1 hour"),
    4 * 3600: N_("4 hours"),
    86_400: N_("1 day"),
    3 * 86_400: N_("3 days"),
    7 * 86_400: N_("1 week"),
}
SNOOZES = (1800, 3600, 4 * 3600, 3 * 86_400, 7 * 86_400)
HOLDING = (3600, 4 * 3600, 86_400, 3 * 86_400, 7 * 86_400)


def subject(one: Card, t: Words) -> Block:
    """Which one it is about."""
    return SectionBlock(f"*{called(one.number)}* · {escape(title(one, one.rule_facts, t))}")


def take(one: Card, t: Words) -> Drawing:
    """Mine, and what I do."""
    return modal(
        t("Take it"),
        subject(one, t),
        inputs.words(NOTE, t("Note"), placeholder=t("I call the customer now"),
                     hint=t("Everybody who sees {name} reads it.", name=called(one.number))),
        callback_id=ids.ESCALATION_TAKE_FORM,
        private_metadata=value(escalation=one.id),
        submit=t("I take it"),
        close=t("Cancel"),
    )  # fmt: skip


def snooze(one: Card, morning: datetime | None, t: Words) -> Drawing:
    """Until when. `morning`: when the team begins next, on another day."""
    options = {str(seconds): t(LENGTHS[seconds]) for seconds in SNOOZES[:3]}
    if morning:
        options[MORNING] = t("Until the team begins, {moment}", moment=t.clock(morning, one.timezone))
    options |= {str(seconds): t(LENGTHS[seconds]) for seconds in SNOOZES[3:]}
    menu = inputs.menu(FOR, options, str(SNOOZES[1]))
    return modal(
        t("Put aside"),
        subject(one, t),
        InputBlock(t("For how long"), menu, block_id=FOR, hint=t("Nobody is told meanwhile; then it goes on.")),
        inputs.moment(UNTIL, t("Or until a moment"), hint=t("Within a week. It counts instead of the choice above.")),
        callback_id=ids.ESCALATION_SNOOZE_FORM,
        private_metadata=value(escalation=one.id, morning=int(morning.timestamp()) if morning else 0),
        submit=t("Put aside"),
        close=t("Cancel"),
    )


def change(one: Card, t: Words) -> Drawing:
    """Severity, kind, promise, and for how long this one is held."""
    keep = {AS_USUAL: t("As usual")} | {str(seconds): t(LENGTHS[seconds]) for seconds in HOLDING}
    hint = t("After that its owner is asked whether it is still theirs.")
    return modal(
        t("Change it"),
        subject(one, t),
        inputs.severity(SEVERITY, one.severity, t),
        inputs.kind(KIND, one.kind, t),
        inputs.line(PROMISE, t("Promised to the customer"), said=one.promise, longest=300),
        inputs.moment(PROMISE_UNTIL, t("Promised until"), at=one.promise_due_at),
        InputBlock(t("Hold this one for"), inputs.menu(HOLDS, keep, AS_USUAL), block_id=HOLDS, hint=hint),
        callback_id=ids.ESCALATION_CHANGE_FORM,
        private_metadata=value(escalation=one.id),
        submit=t("Save"),
        close=t("Cancel"),
    )
