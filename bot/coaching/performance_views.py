"""The page of a performance talk as a message for either of the two. Pure drawing."""

from __future__ import annotations

from typing import Any

from slackblocks import ActionsBlock, Block, Button, ConfirmationDialogue, HeaderBlock, SectionBlock

from cspm_core.coaching.performance import Page

from .. import ids
from ..blocks import HEADLINE, Drawing, TooLarge, escape, message, note, short, table, value
from ..words import Words
from .performance_parts import Part, about, parts, title

ROOM = (2_400, 1_200, 600, 300)
"""Characters that a part gets; less where the whole would be too large for a message."""


def page(one: Page, reader_id: int, t: Words) -> Drawing:
    """Everything that is recorded, what the two say, and what the reader can add."""
    for room in ROOM[:-1]:
        try:
            return _drawn(one, reader_id, t, room)
        except (TooLarge, ValueError):
            continue
    return _drawn(one, reader_id, t, ROOM[-1])


def _drawn(one: Page, reader_id: int, t: Words, room: int) -> Drawing:
    blocks: list[Block] = [HeaderBlock(short(title(one, t), 150)), note(escape(about(one, t)))]
    for part in parts(one, t):
        blocks += _part(part, room)
    blocks.append(ActionsBlock(_buttons(one, reader_id, t)))
    blocks.append(note(_who_sees(one, reader_id, t)))
    return message(short(title(one, t), HEADLINE), *blocks)


def _part(part: Part, room: int) -> list[Block]:
    if part.table:
        header, *rows = part.table
        return [table(part.title, header, rows, page_size=len(rows))]
    mark = ">" if part.is_quote else ""
    lines = "\n".join(mark + escape(line) for line in short("\n".join(part.lines), room).split("\n"))
    return [SectionBlock(short(f"*{escape(part.title)}*\n{lines}", 3000))]


def _buttons(one: Page, reader_id: int, t: Words) -> list[Any]:
    is_lead = reader_id == one.lead.id
    of = value(performance=one.talk_id)
    words = t("My words and next step") if is_lead else t("My words")
    found: list[Any] = [
        Button(words, action_id=ids.COACH_PERFORMANCE_WORDS, value=of, style="primary"),
        Button(t("Add training"), action_id=ids.COACH_TRAINING, value=of),
        Button(t("PDF"), action_id=ids.COACH_PERFORMANCE_PDF, value=of),
    ]
    if is_lead and one.shared_at is None and one.agent.slack is not None:
        sure = ConfirmationDialogue(
            short(t("Share this page?"), 100), short(t("{person} gets all of it.", person=one.agent.name), 300),
            short(t("Share"), 30), short(t("Not yet"), 30),
        )  # fmt: skip
        label = short(t("Share with {person}", person=one.agent.name), 75)
        found.append(Button(label, action_id=ids.COACH_PERFORMANCE_SHARE, value=of, confirm=sure))
    return found


def _who_sees(one: Page, reader_id: int, t: Words) -> str:
    other = one.agent if reader_id == one.lead.id else one.lead
    if one.shared_at is None:
        if one.agent.slack is None:
            return t("{person} is not in Slack: give them the PDF yourself.", person=escape(one.agent.name))
        return t("So far only you see this page.")
    return t("This page is for you and {person} alone.", person=escape(other.name))
