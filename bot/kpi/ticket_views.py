"""The tickets behind a figure: a sortable table with links. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from slackblocks import ActionsBlock, Block, Button, Element, ExternalSelectMenu, HeaderBlock, StaticSelectMenu

from cspm_core.drivers import HOURS as HOUR_BLOCKS
from cspm_core.drivers import Dimension
from cspm_core.drivers.values import Value
from cspm_core.kpi import TicketList, TicketRow
from cspm_core.metrics import Metric, Subject, Unit
from cspm_core.people import fold
from cspm_core.periods import Period

from .. import ids
from ..blocks import HEADLINE, Drawing, choice, escape, fitted, link, message, note, option, short, table, value
from ..drivers.names import DIMENSIONS, HOURS
from ..words import N_, Words
from . import figures
from .names import name_of, ticket_word
from .scope import EVERYTHING, Part, Scope

FITS = 60
"""Rows that fit a message with long subjects; fewer where they do not."""
ONLY = {
    "all": N_("all of them"),
    "counted_against": N_("counted against it"),
    "waiting": N_("still waiting"),
}
SORTED = {
    "worst": N_("the worst first"),
    "newest": N_("the newest first"),
    "oldest": N_("the oldest first"),
    "longest": N_("the longest first"),
}
FATES = {"answered": N_("answered"), "abandoned": N_("abandoned")}
"""Of calls."""


def tickets(
    found: TicketList,
    name: str,
    scope: Scope,
    timezone: str,
    period: Period,
    t: Words,
    *,
    may_review: bool = False,
) -> Drawing:
    """Which tickets, the worst first; cut where a message would be too long, and saying so. `may_review`: the reader
    reviews the team's contacts."""
    return fitted(found.rows[:FITS], lambda rows: _drawn(found, rows, name, scope, timezone, period, t, may_review))


def _drawn(
    found: TicketList,
    rows: Sequence[TicketRow],
    name: str,
    scope: Scope,
    timezone: str,
    period: Period,
    t: Words,
    may_review: bool,
) -> Drawing:
    figure = name_of(found.metric, t)
    said = t("{figure} of {team}, {period}", figure=figure, team=name, period=figures.period_name(period, t))
    few = t(figures.NOTES["too_few"])
    count = few if found.is_withheld else counted(found, t)
    blocks: list[Block] = [HeaderBlock(short(said, 150))]
    if chosen := choice_made(found, scope, t):
        blocks.append(note(escape(f"{chosen} · {count}")))
    if rows:
        cells = [_row(found.metric, row, t) for row in rows]
        blocks.append(table(_caption(found.metric, t), _header(found.metric, t), cells))
    else:
        blocks.append(note(few if found.is_withheld else _nothing(scope, t)))
    if len(rows) < found.total:
        shown, everything = t.number(len(rows)), t.number(found.total)
        order = t(SORTED[found.sort])
        blocks.append(note(t("The first {shown} of {all}, {order}.", shown=shown, all=everything, order=order)))
    blocks.append(note(f"{figures.days(period, t)} · {timezone}"))
    blocks += _controls(found, rows, scope.of(found.metric.key), t, may_review=may_review)
    return message(short(t("{title}: {value}", title=said, value=count), HEADLINE), *blocks)


def _caption(metric: Metric, t: Words) -> str:
    if metric.of is Subject.CALLS:
        return t("The calls behind {figure}", figure=name_of(metric, t))
    return t("The tickets behind {figure}", figure=name_of(metric, t))


def counted(found: TicketList, t: Words) -> str:
    """How many tickets, or calls."""
    if found.metric.of is Subject.CALLS:
        return t.n("{n} call", "{n} calls", found.total)
    return t.n("{n} ticket", "{n} tickets", found.total)


def choice_made(found: TicketList, scope: Scope, t: Words) -> str:
    """What was chosen of the list: counted against, e-mail (channel), the newest first. Empty: all, the worst first."""
    part = scope.part
    told = [t(ONLY[part.only])] if part.only != EVERYTHING.only else []
    if part.dimension:
        told.append(_value(found, part, t))
    if part.sort != EVERYTHING.sort:
        told.append(t(SORTED[part.sort]))
    return " · ".join(told)


def _value(found: TicketList, part: Part, t: Words) -> str:
    """The chosen value of a dimension, as the first of the tickets that have it says it."""
    if part.dimension == Dimension.HOUR:
        said = t(HOURS[HOUR_BLOCKS[part.code - 1]])
    else:
        said = ticket_word(getattr(found.rows[0], part.dimension), t) if found.rows else ""
    return t("{value} ({dimension})", value=said or t("not said"), dimension=t(DIMENSIONS[Dimension(part.dimension)]))


def _nothing(scope: Scope, t: Words) -> str:
    if scope.part == EVERYTHING:
        return t("No ticket stands behind this figure.")
    return t("No ticket fits this choice.")


def _controls(found: TicketList, rows: Sequence[TicketRow], scope: Scope, t: Words, *, may_review: bool) -> list[Block]:
    """All of it as a file, one of them to escalate; then what to show of it, in which order, and one to review."""
    blocks: list[Block] = []
    if rows:
        elements: list[Element] = [Button(t("All as CSV"), action_id=ids.KPI_SHEET, value=str(scope))]
        if tickets := [row for row in rows if not row.is_call]:
            elements.append(escalating(scope.team_id, tickets, t))
        blocks.append(ActionsBlock(elements))
    if found.is_withheld or (not found.total and scope.part == EVERYTHING):
        return blocks
    shown = [option(t(said), str(scope.only(only=only))) for only, said in ONLY.items()]
    sorts = [option(t(said), str(scope.only(sort=sort))) for sort, said in SORTED.items()]
    choices: list[Element] = [
        choice(t("Show"), ids.KPI_TICKETS_SHOW, shown),
        choice(t("Sort"), ids.KPI_TICKETS_SORT, sorts),
        ExternalSelectMenu(ids.KPI_TICKETS_OF, min_query_length=0, placeholder=t("Only …")),
    ]
    if may_review and rows:
        choices.append(ExternalSelectMenu(ids.REVIEW_TICKET, min_query_length=0, placeholder=t("Review one …")))
    if scope.part != EVERYTHING:
        everything = str(replace(scope, part=EVERYTHING))
        choices.append(Button(t("Show all"), action_id=ids.KPI_TICKETS_ALL, value=everything))
    return [*blocks, ActionsBlock(choices, block_id=str(scope))]


def offered_to_review(team_id: int, rows: Sequence[TicketRow], typed: str) -> list[Drawing]:
    """What the menu of contacts to review is given to offer: those in whose key or subject stands what was typed."""
    told = [(row, f"{row.key} · {row.subject}" if row.subject else row.key) for row in rows]
    return [
        {
            "text": {"type": "plain_text", "text": short(said, 75)},
            "value": value(team=team_id, **{"call" if row.is_call else "ticket": row.id}),
        }
        for row, said in told
        if typed in fold(said)
    ]


def offered_values(scope: Scope, values: Sequence[Value], typed: str, t: Words) -> list[Drawing]:
    """What the menu of values is given to offer: those that hold what was typed, and all of them together."""
    told = [(called(one, t), scope.only(dimension=str(one.dimension), code=one.code)) for one in values]
    every = [(t("of every kind"), scope.only(dimension="", code=0)), *told]
    return [
        {"text": {"type": "plain_text", "text": short(said, 75)}, "value": str(chosen)}
        for said, chosen in every
        if typed in fold(said)
    ]


def called(one: Value, t: Words) -> str:
    """e-mail (channel): 48"""
    said = short(ticket_word(one.word, t), 40) or t("not said")
    name = t("{value} ({dimension})", value=said, dimension=t(DIMENSIONS[one.dimension]))
    return f"{name}: {t.number(one.n)}"


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
    first = [t("Call"), t("Topic")] if metric.of is Subject.CALLS else [t("Ticket"), t("Subject")]
    columns = [*first, t("Time"), t("Status"), t("Created"), t("Priority")]
    return [*columns[:2], t("Counts"), *columns[2:]] if metric.unit is Unit.SHARE else columns


def _row(metric: Metric, row: TicketRow, t: Words) -> list[Any]:
    created = (t.day(row.created_at.date()), int(row.created_at.timestamp()))
    status, priority = state(row, t) or "–", ticket_word(row.priority, t) or "–"
    cells = [link(row.key, row.url), short(row.subject or "–", 80), _time(row, t), status, created, priority]
    return [*cells[:2], counts(row.ok, t), *cells[2:]] if metric.unit is Unit.SHARE else cells


def state(row: TicketRow, t: Words) -> str:
    """A ticket's status; of a call, whether somebody answered."""
    return t(FATES[row.status]) if row.is_call and row.status in FATES else ticket_word(row.status, t)


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
