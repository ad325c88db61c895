"""The escalations of an hour in which a channel had enough, in one message: each a line. Pure drawing."""

from __future__ import annotations

import json
from collections.abc import Sequence

from slackblocks import ActionsBlock, Block, SectionBlock

from cspm_core.escalations import Bundled, Status

from .. import ids
from ..blocks import HEADLINE, Drawing, choice, escape, fitted, message, note, option, short, value
from ..words import Words
from .names import MARKS
from .titles import called, ticket_link, title

SHOWN = 30


def bundle(rows: Sequence[Bundled], team: str, t: Words) -> Drawing:
    """The worst first; cut where a message would be too long."""
    return fitted(rows[:SHOWN], lambda some: _drawn(some, len(rows), team, t))


def _drawn(rows: Sequence[Bundled], total: int, team: str, t: Words) -> Drawing:
    open_ones = [row for row in rows if row.status == Status.OPEN]
    head = t.n("{team}: {n} more escalation this hour", "{team}: {n} more escalations this hour", total, team=team)
    blocks: list[Block] = [SectionBlock(f"*{escape(head)}*")]
    lines = [_line(row, t) for row in rows]
    blocks += [SectionBlock(short("\n".join(lines[n : n + 10]), 3000)) for n in range(0, len(lines), 10)]
    if total > len(rows):
        blocks.append(note(t.n("and {n} more", "and {n} more", total - len(rows))))
    if open_ones:
        options = [
            option(f"{called(row.number)} · {title(row, json.loads(row.rule_facts), t)}", value(escalation=row.id))
            for row in open_ones
        ]
        blocks.append(ActionsBlock([choice(t("Show one …"), ids.ESCALATION_SHOW, options)]))
    return message(short(head, HEADLINE), *blocks)


def _line(row: Bundled, t: Words) -> str:
    parts = [
        f"{MARKS[row.severity]} *{called(row.number)}*",
        escape(title(row, json.loads(row.rule_facts), t, limit=70)),
    ]
    if row.ticket_key:
        parts.append(ticket_link(row.ticket_key, row.url))
    if row.status == Status.RESOLVED:
        parts.append("✓ " + t("resolved"))
    elif row.owner:
        parts.append(t("✋ {person}", person=escape(row.owner)))
    return " · ".join(parts)
