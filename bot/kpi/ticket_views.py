"""The tickets behind a figure: a sortable table with links. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, StaticSelectMenu

from cspm_core.kpi import TicketList, TicketRow
from cspm_core.metrics import Metric, Unit
from cspm_core.periods import Period

from .. import ids
from ..blocks import HEADLINE, Drawing, choice, fitted, link, message, note, option, short, table, value
from ..words import Words
from . import figures
from .names import NAMES, ticket_word
from .scope import Scope

FITS = 60
"""Rows that fit a message with long subjects; fewer where they do not."""


def tickets(found: TicketList, name: str, scope: Scope, timezone: str, period: Period, t: Words) -> Drawing:
    """Which tickets, the worst first; cut where a message would be too long, and saying so."""
    return fitted(found.rows[:FITS], lambda rows: _drawn(found, rows, name, scope, timezone, period, t))


def _drawn(
    found: TicketList, rows: Sequence[TicketRow], name: str, scope: Scope, timezone: str, period: Period, t: Words
) -> Drawing:
    figure = t(NAMES[found.metric.key])
    said = t("{figure} of {team}, {period}", figure=figure, team=name, period=figures.period_name(period, t))
    few = t(figures.NOTES["too_few"])
    count = few if found.is_withheld else t.n("{n} ticket", "{n} tickets", found.total)
    blocks: list[Block] = [HeaderBlock(short(said, 150))]
    if rows:
        cells = [_row(found.metric, row, t) for row in rows]
        blocks.append(table(t("The tickets behind {figure}", figure=figure), _header(found.metric, t), cells))
    else:
        blocks.append(note(few if found.is_withheld else t("No ticket stands behind this figure.")))
    if len(rows) < found.total:
        shown, everything = t.number(len(rows)), t.number(found.total)
        blocks.append(note(t("The first {shown} of {all}, the worst first.", shown=shown, all=everything)))
    blocks.append(note(f"{figures.days(period, t)} · {timezone}"))
    if rows:
        all_of_them = Button(t("All as CSV"), action_id=ids.KPI_SHEET, value=str(scope.of(found.metric.key)))
        blocks.append(ActionsBlock([all_of_them, escalating(scope.team_id, rows, t)]))
    return message(short(t("{title}: {value}", title=said, value=count), HEADLINE), *blocks)


class Escalated(Protocol):
    """What a ticket must tell so that it can be escalated from a list."""

    @property
    def id(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def subject(self) -> str: ...


def escalating(team_id: int, rows: Sequence[Escalated], t: Words) -> StaticSelectMenu:
    """Under a list of a team's tickets: one of them, for whoever can help."""
    options = [
        option(f"{row.key} · {row.subject}" if row.subject else row.key, value(team=team_id, ticket=row.id))
        for row in rows
    ]
    return choice(t("Escalate one …"), ids.ESCALATE_TICKET, options)


def _header(metric: Metric, t: Words) -> list[str]:
    columns = [t("Ticket"), t("Subject"), t("Time"), t("Status"), t("Created"), t("Priority")]
    return [*columns[:2], t("Counts"), *columns[2:]] if metric.unit is Unit.SHARE else columns


def _row(metric: Metric, row: TicketRow, t: Words) -> list[Any]:
    created = (t.day(row.created_at.date()), int(row.created_at.timestamp()))
    status, priority = ticket_word(row.status, t), ticket_word(row.priority, t) or "–"
    cells = [link(row.key, row.url), short(row.subject or "–", 80), _time(row, t), status, created, priority]
    return [*cells[:2], counts(row.ok, t), *cells[2:]] if metric.unit is Unit.SHARE else cells


def _time(row: TicketRow, t: Words) -> Any:
    """How long it took, or has waited so far."""
    if row.value_s is None:
        return "–"
    text = t.duration(row.value_s)
    return (t("{duration}, still waiting", duration=text) if row.is_waiting else text, int(row.value_s))


def counts(ok: bool | None, t: Words) -> str:
    """Whether something counts for the figure or against it."""
    if ok is None:
        return "–"
    return t("for") if ok else t("against")
