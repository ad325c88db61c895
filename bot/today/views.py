"""One list of what waits for somebody: on Home, and as a message. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slackblocks import Block, Button, HeaderBlock, SectionBlock

from cspm_core.today import Today
from cspm_core.waiting import Waiting

from ..blocks import HEADLINE, Drawing, message, note, short
from ..words import Words
from .names import button, carried, said

ON_HOME = 12
IN_MESSAGE = 30
DONE = 5


def section(found: Today, t: Words, now: datetime) -> list[Block]:
    """The first part of Home."""
    return [HeaderBlock(t("Today")), *_lines(found, t, now, ON_HOME)]


def page(found: Today, t: Words, now: datetime) -> Drawing:
    """The same as a message of its own."""
    n = len(found.waiting)
    title = t.n("{n} thing waits for you", "{n} things wait for you", n) if n else t("Nothing waits for you")
    return message(short(title, HEADLINE), HeaderBlock(short(title, 150)), *_lines(found, t, now, IN_MESSAGE))


def _lines(found: Today, t: Words, now: datetime, most: int) -> list[Block]:
    blocks: list[Block] = [_line(one, found.timezone, now, t) for one in found.waiting[:most]]
    if not found.waiting:
        blocks.append(SectionBlock(t("Nothing waits for you.")))
    if len(found.waiting) > most:
        more = t.n("{n} more: `/cspm today`", "{n} more: `/cspm today`", len(found.waiting) - most)
        blocks.append(note(more if most == ON_HOME else t("and {n} more", n=t.number(len(found.waiting) - most))))
    return [*blocks, *_beside(found, t)]


def _line(one: Waiting, timezone: str, now: datetime, t: Words) -> SectionBlock:
    label, action = button(one)
    parts = [said(one, t)]
    if one.due_at:
        when = t.moment(one.due_at, timezone)
        parts.append(t("⏰ late since {moment}", moment=when) if one.is_late(now) else t("due {moment}", moment=when))
    return SectionBlock(" · ".join(parts), accessory=Button(t(label), action_id=action, value=carried(one)))


def _beside(found: Today, t: Words) -> list[Block]:
    """What is done, and what comes."""
    blocks: list[Block] = []
    if found.done:
        blocks.append(note(short(t("✓ Done today: {what}", what=_some(found.done, t)), 2_000)))
    if found.tomorrow:
        blocks.append(note(short(t("Tomorrow: {what}", what=_some(found.tomorrow, t)), 2_000)))
    if found.later:
        blocks.append(note(t.n("{n} thing is due later.", "{n} things are due later.", found.later)))
    return blocks


def _some(every: Sequence[Waiting], t: Words) -> str:
    shown = [said(one, t) for one in every[:DONE]]
    if len(every) > DONE:
        shown.append(t("and {n} more", n=t.number(len(every) - DONE)))
    return "; ".join(shown)
