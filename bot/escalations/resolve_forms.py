"""The modal that resolves an escalation: what it was, what helped, and what keeps it from coming back. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slackblocks import Block, CheckboxGroup, InputBlock, Option, PlainText, SectionBlock, UserSelectMenu

from cspm_core.escalations import Card

from .. import ids
from ..blocks import Drawing, escape, modal, short, value
from ..words import Words
from . import forms, inputs
from .titles import called, ticket_link, title

CAUSE, SOLUTION, LIKE, KEPT = "cause_found", "solution", "like", "promise_kept"
PREVENT, PREVENT_OWNER, PREVENT_DAY, CHECK_BACK = "prevent", "prevent_owner", "prevent_day", "check_back"


@dataclass(frozen=True, slots=True)
class Similar:
    """An earlier one of the same customer or category."""

    id: int
    number: int
    what: str
    rule: str
    rule_facts: dict[str, object]
    ticket_key: str
    url: str
    opened_at: datetime
    same_customer: bool
    solution: str


def resolve(one: Card, similar: Sequence[Similar], check_back: date | None, t: Words) -> Drawing:
    """`similar`: of the last 90 days, newest first. `check_back`: the day that is proposed; None: none is."""
    required = one.needs_reason
    return modal(
        t("Resolve"),
        forms.subject(one, t),
        *_repeats(one, similar, t),
        inputs.words(CAUSE, t("Cause"), placeholder=t("Why it happened"), optional=not required),
        inputs.words(SOLUTION, t("Solution"), placeholder=t("What helped"), optional=not required),
        *_like(similar, t),
        *_promise(one, t),
        inputs.line(PREVENT, t("So that it does not come back"), longest=300, placeholder=t("What is to be changed")),
        InputBlock(t("Who does that"), UserSelectMenu(PREVENT_OWNER), block_id=PREVENT_OWNER, optional=True,
                   hint=t("Nobody chosen: you.")),
        inputs.day(PREVENT_DAY, t("Until when"), hint=t("No day chosen: within two weeks.")),
        *_check_back(one, check_back, t),
        callback_id=ids.ESCALATION_RESOLVE_FORM,
        private_metadata=value(escalation=one.id),
        submit=t("Resolve"),
        close=t("Cancel"),
    )  # fmt: skip


def _repeats(one: Card, similar: Sequence[Similar], t: Words) -> list[Block]:
    """So that a repeat is seen."""
    if not similar:
        return []
    head = t.n("{n} like it in the last 90 days:", "{n} like it in the last 90 days:", len(similar))
    lines = [_repeat(earlier, one.timezone, t) for earlier in similar]
    return [SectionBlock(short("\n".join([f"*{head}*", *lines]), 3000))]


def _repeat(earlier: Similar, timezone: str, t: Words) -> str:
    parts = [
        t.clock(earlier.opened_at, timezone),
        t("same customer") if earlier.same_customer else t("same category"),
    ]
    if earlier.ticket_key:
        parts.insert(0, ticket_link(earlier.ticket_key, earlier.url))
    said = f"• *{called(earlier.number)}* {escape(title(earlier, earlier.rule_facts, t))}\n   {' · '.join(parts)}"
    if earlier.solution:
        return f"{said}\n   {t('Solution: {text}', text=escape(short(earlier.solution, 120)))}"
    return said


def _like(similar: Sequence[Similar], t: Words) -> list[Block]:
    if not similar:
        return []
    options = {str(s.id): f"{called(s.number)} · {title(s, s.rule_facts, t)}" for s in similar}
    return [InputBlock(t("The same as"), inputs.menu(LIKE, options), block_id=LIKE, optional=True,
                       hint=t("Then it counts as a repeat."))]  # fmt: skip


def _promise(one: Card, t: Words) -> list[Block]:
    if one.promise_due_at is None or one.promise_kept_at is not None:
        return []
    said = t("The customer has what was promised: {what}", what=one.promise or t("an answer"))
    box = Option(PlainText(short(said, 75)), "yes")
    return [InputBlock(t("Promised to the customer"), CheckboxGroup(KEPT, [box]), block_id=KEPT, optional=True)]


def _check_back(one: Card, on: date | None, t: Words) -> list[Block]:
    label = t("Ask the customer on")
    if one.kind == "complaint":
        hint = t("Then you are asked whether the customer is satisfied. “Not satisfied” opens it again.")
        return [inputs.day(CHECK_BACK, label, on=on, hint=hint)]
    return [inputs.day(CHECK_BACK, label, hint=t("No day chosen: the customer is not asked."))]
