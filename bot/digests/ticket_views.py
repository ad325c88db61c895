"""Which tickets wanted somebody as a digest was made: a sortable table with links. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slackblocks import ActionsBlock, Block, HeaderBlock

from cspm_core.digests import Content, WaitingTicket

from ..blocks import HEADLINE, Drawing, fitted, link, message, note, short, table
from ..kpi import figures
from ..kpi.names import ticket_word
from ..kpi.ticket_views import escalating
from ..words import Words

FITS = 60
"""Rows that fit a message with long subjects; fewer where they do not."""


def tickets(content: Content, every: Sequence[WaitingTicket], t: Words) -> Drawing:
    """Every ticket that wanted somebody as the digest was made; fewer where a message would be too long."""
    return fitted(every[:FITS], lambda rows: _table(content, rows, t))


def _table(content: Content, rows: Sequence[WaitingTicket], t: Words) -> Drawing:
    count = t.n("{n} ticket wants somebody", "{n} tickets want somebody", content.waiting_total)
    title = t("{team}, {day}", team=content.team, day=t.day(content.day))
    said = t("{title}: {value}", title=title, value=count)
    blocks: list[Block] = [HeaderBlock(short(said, 150))]
    if not content.waiting_total:
        blocks.append(note(t("Nobody waits for an answer, and nothing more is due today.")))
    if rows:
        header = [t("Ticket"), t("Subject"), t("Waited"), t("State"), t("Priority")]
        caption = t("Without an answer, past due, or due today")
        blocks.append(table(caption, header, [_row(row, content, t) for row in rows]))
        blocks.append(ActionsBlock([escalating(content.team_id, rows, t)]))
    if len(rows) < content.waiting_total:
        shown, everything = t.number(len(rows)), t.number(content.waiting_total)
        blocks.append(note(t("The first {shown} of {all}, the oldest first.", shown=shown, all=everything)))
    blocks.append(note(f"{figures.reach(content.as_of, content.timezone, t)} · {content.timezone}"))
    return message(short(said, HEADLINE), *blocks)


def _row(ticket: WaitingTicket, content: Content, t: Words) -> list[Any]:
    waited = (t.duration(ticket.waited_s), int(ticket.waited_s))
    if ticket.is_past_due and ticket.due_at:
        state = t("past due since {moment}", moment=t.clock(ticket.due_at, content.timezone))
    elif ticket.due_at:
        state = t("due {moment}", moment=t.clock(ticket.due_at, content.timezone))
    else:
        state = t("without an answer")
    return [
        link(ticket.key, ticket.url),
        short(ticket.subject or "–", 80),
        waited,
        state,
        ticket_word(ticket.priority, t) or "–",
    ]
