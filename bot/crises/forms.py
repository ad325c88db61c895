"""The modals of a running crisis: how it stands, the all-clear, the words to copy, whom to tell. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    CheckboxGroup,
    InputBlock,
    Option,
    RichText,
    RichTextBlock,
    RichTextCodeBlock,
    SectionBlock,
    Text,
)

from cspm_core.crises import Board, Customer

from .. import ids
from ..blocks import Drawing, escape, modal, note, short, value
from ..escalations import inputs
from ..escalations.titles import called, title
from ..home.views import LANGUAGE_NAMES
from ..words import LANGUAGES, Words
from . import names

UPDATE, CLEAR, CAUSE, SOLUTION, GATHERED, TOLD = "update", "clear", "cause_found", "solution", "gathered", "told"
GROUP, GROUPS = 10, 3
PAGE = GROUP * GROUPS
"""Customers on one page: a group of boxes holds ten."""


def subject(one: Board, t: Words) -> Block:
    """Which crisis it is."""
    return SectionBlock(f"*{called(one.number)}* · {escape(title(one, one.rule_facts, t))}")


def update(one: Board, t: Words) -> Drawing:
    """How it stands: everybody in the channel reads it."""
    every = t.duration(one.update_every_s)
    return modal(
        t("Post update"),
        subject(one, t),
        inputs.words(UPDATE, t("How does it stand?"), optional=False,
                     placeholder=t("What we know, what is being done, what customers can do meanwhile"),
                     hint=t("It stands in the thread. The next one is due {time} later.", time=every)),
        callback_id=ids.CRISIS_UPDATE_FORM,
        private_metadata=value(crisis=one.id),
        submit=t("Post"),
        close=t("Cancel"),
    )  # fmt: skip


def clear(one: Board, t: Words, *, needs_reason: bool) -> Drawing:
    """It is over: the last words, cause and solution, and what becomes of those gathered under it."""
    blocks: list[Block] = [
        subject(one, t),
        inputs.words(CLEAR, t("What everybody should know"), optional=False,
                     placeholder=t("Since when it works again, and what is left to do")),
        inputs.words(CAUSE, t("Cause"), optional=not needs_reason, placeholder=t("Why it happened")),
        inputs.words(SOLUTION, t("Solution"), optional=not needs_reason, placeholder=t("What helped")),
    ]  # fmt: skip
    if one.gathered_open:
        label = t.n("Resolve the {n} gathered under it too", "Resolve the {n} gathered under it too", one.gathered_open)
        box = Option(Text(short(label, 75)), "yes")
        group = CheckboxGroup(GATHERED, [box], initial_options=[box])
        blocks.append(InputBlock(t("What was gathered"), group, block_id=GATHERED, optional=True))
    left = one.customers - one.told
    if left:
        said = t.n("{n} customer has not been told yet; the list stays open.",
                   "{n} customers have not been told yet; the list stays open.", left)  # fmt: skip
        blocks.append(note(said))
    return modal(
        t("All clear"),
        *blocks,
        callback_id=ids.CRISIS_CLEAR_FORM,
        private_metadata=value(crisis=one.id),
        submit=t("All clear"),
        close=t("Cancel"),
    )


def words(one: Board, t: Words) -> Drawing:
    """The approved words in every language, ready to copy; the reader's own first."""
    languages = sorted(LANGUAGES, key=lambda language: language != t.language)
    blocks: list[Block] = [subject(one, t)]
    for language in languages:
        blocks.append(SectionBlock(f"*{LANGUAGE_NAMES[language]}*"))
        blocks.append(RichTextBlock(RichTextCodeBlock(RichText(short(names.said(one, language), 2_900)))))
    if one.approved_by and one.approved_at:
        said = t("Approved by {person}, {day}.", person=escape(one.approved_by), day=t.day(one.approved_at.date()))
    else:
        said = t("These are ready-made words. A lead can approve your own with “Crisis plan …”.")
    return modal(t("Words to customers"), *blocks, note(said), close=t("Close"))


def customers(one: Board, every: Sequence[Customer], page: int, t: Words) -> Drawing:
    """Whom to tell, thirty to a page; a tick says that they were told."""
    shown = every[page * PAGE : (page + 1) * PAGE]
    if not shown:
        said = t("No customers are known yet. They are added with every ticket gathered.")
        return modal(t("Customers to tell"), subject(one, t), SectionBlock(said), close=t("Close"))
    blocks: list[Block] = [subject(one, t)]
    starts = range(0, len(shown), GROUP)
    blocks += [_group(shown[n : n + GROUP], f"{TOLD}_{page}_{n // GROUP}", t) for n in starts]
    blocks += _turns(len(every), page, one.id, t)
    return modal(
        t("Customers to tell"),
        *blocks,
        callback_id=ids.CRISIS_CUSTOMERS_FORM,
        private_metadata=value(crisis=one.id, page=page),
        submit=t("Save"),
        close=t("Close"),
    )


def _group(some: Sequence[Customer], block_id: str, t: Words) -> InputBlock:
    boxes = [
        Option(Text(short(customer.name, 75)), str(customer.id), description=_about(customer)) for customer in some
    ]
    told = [box for box, customer in zip(boxes, some, strict=True) if customer.told_at]
    group = CheckboxGroup(block_id, boxes, initial_options=told or None)
    return InputBlock(t("Told"), group, block_id=block_id, optional=True)


def _about(one: Customer) -> str | None:
    parts = [one.customer if one.customer != one.name else "", one.tier, one.ticket_key, one.told_by]
    return short(" · ".join(part for part in parts if part), 75) or None


def _turns(total: int, page: int, crisis_id: int, t: Words) -> list[Block]:
    """Other pages, and all of them as a file."""
    buttons = []
    if page:
        to = value(crisis=crisis_id, page=page - 1)
        buttons.append(Button(t("Earlier page"), action_id=f"{ids.CRISIS_CUSTOMERS_PAGE}.back", value=to))
    if (page + 1) * PAGE < total:
        to = value(crisis=crisis_id, page=page + 1)
        buttons.append(Button(t("Next page"), action_id=f"{ids.CRISIS_CUSTOMERS_PAGE}.next", value=to))
    more: list[Block] = [note(t("Turning the page keeps what is ticked."))] if buttons else []
    buttons.append(Button(t("As CSV"), action_id=ids.CRISIS_CUSTOMERS_CSV, value=value(crisis=crisis_id)))
    return [ActionsBlock(list(buttons)), *more]
