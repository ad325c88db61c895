"""Lists of escalations as people look through them: a sortable table, the worst first. Pure drawing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slackblocks import ActionsBlock, Block, HeaderBlock, SectionBlock

from cspm_core.escalations import Listed, Status

from .. import ids
from ..blocks import HEADLINE, Drawing, choice, fitted, message, note, option, short, table, value
from ..words import N_, Words
from .names import MARKS, SEVERITIES
from .titles import called, title

FITS = 60
"""Rows that fit a message with long titles; fewer where they do not."""
OFFERED = 100
"""What Slack takes in one menu."""

LABELS: Mapping[str, str] = {
    "open": N_("Open escalations"),
    "mine": N_("Mine"),
    "overdue": N_("Overdue"),
    "resolved": N_("Resolved in the last 7 days"),
}
EMPTY: Mapping[str, str] = {
    "open": N_("No escalation is open. All is quiet."),
    "mine": N_("No open escalation is yours."),
    "overdue": N_("No escalation is overdue. Well done."),
    "resolved": N_("No escalation was resolved in the last 7 days."),
}
COUNTS: Mapping[str, Callable[[int, Words], str]] = {
    "open": lambda n, t: t.n("{n} open escalation", "{n} open escalations", n),
    "mine": lambda n, t: t.n("{n} open escalation of yours", "{n} open escalations of yours", n),
    "overdue": lambda n, t: t.n("{n} overdue escalation", "{n} overdue escalations", n),
    "resolved": lambda n, t: t.n(
        "{n} escalation resolved in the last 7 days", "{n} escalations resolved in the last 7 days", n
    ),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A list as one person asked for it. `team`: of that one alone; empty: all that they may see."""

    which: str
    rows: Sequence[Listed]
    now: datetime
    team: str = ""
    team_id: int | None = None


def listing(shown: Shown, t: Words) -> Drawing:
    """As many of the worst as a message holds."""
    return fitted(shown.rows[:FITS], lambda rows: _drawn(shown, rows, t))


def _drawn(shown: Shown, rows: Sequence[Listed], t: Words) -> Drawing:
    count = COUNTS[shown.which](len(shown.rows), t)
    said = t("{title}: {value}", title=shown.team, value=count) if shown.team else count
    blocks: list[Block] = [HeaderBlock(short(said, 150))]
    if not rows:
        blocks.append(SectionBlock(t(EMPTY[shown.which])))
    else:
        several = len({row.team_id for row in shown.rows}) > 1
        blocks.append(table(t(LABELS[shown.which]), _header(shown, several, t), [
            _row(row, shown, several, t) for row in rows]))  # fmt: skip
    if len(rows) < len(shown.rows):
        blocks.append(note(t("The first {shown}, the worst first.", shown=t.number(len(rows)))))
    blocks.append(ActionsBlock([*_one(rows, t), _others(shown, t)]))
    return message(short(said, HEADLINE), *blocks)


def _header(shown: Shown, several: bool, t: Words) -> list[str]:
    last = t("Was open for") if shown.which == "resolved" else t("Open for")
    following = t("Resolved") if shown.which == "resolved" else t("Next")
    team = [t("Team")] if several else []
    return [t("Escalation"), t("What"), *team, t("Severity"), t("Who has it"), following, last]


def _row(row: Listed, shown: Shown, several: bool, t: Words) -> list[Any]:
    until = row.resolved_at or shown.now
    seconds = max(0.0, (until - row.opened_at).total_seconds())
    return [
        (called(row.number), row.number),
        " · ".join(filter(None, (short(row.ticket_key, 30), _title(row, t)))),
        *([row.team] if several else []),
        (f"{MARKS[row.severity]} {t(SEVERITIES[row.severity])}", row.severity),
        _state(row, t),
        _next(row, t),
        (t.duration(seconds), int(seconds)),
    ]


def _title(row: Listed, t: Words) -> str:
    return t("confidential") if row.is_veiled else title(row, json.loads(row.rule_facts), t, limit=80)


def _state(row: Listed, t: Words) -> str:
    """Overdue stands first, in words."""
    late = [t("overdue")] if row.is_overdue and row.status != Status.RESOLVED else []
    has = row.owner or (t("resolved") if row.status == Status.RESOLVED else t("nobody yet"))
    return " · ".join([*late, has])


def _next(row: Listed, t: Words) -> str:
    if row.resolved_at:
        return t.clock(row.resolved_at, row.timezone)
    if row.snoozed_until:
        return t("put aside until {moment}", moment=t.clock(row.snoozed_until, row.timezone))
    if row.promise_due_at:
        return t("promised by {until}", until=t.clock(row.promise_due_at, row.timezone))
    if row.next_step_at:
        return t("next step {moment}", moment=t.clock(row.next_step_at, row.timezone))
    return "–"


def _one(rows: Sequence[Listed], t: Words) -> list[Any]:
    """One of them to show; what the reader may not see is not offered."""
    seen = [row for row in rows if not row.is_veiled][:OFFERED]
    options = [option(f"{called(row.number)} · {_title(row, t)}", value(escalation=row.id)) for row in seen]
    return [choice(t("Show one …"), ids.ESCALATION_SHOW, options)] if options else []


def _others(shown: Shown, t: Words) -> Any:
    options = [option(t(label), value(list=key, team=shown.team_id)) for key, label in LABELS.items()]
    return choice(t("Other lists …"), ids.ESCALATION_LIST, options)
