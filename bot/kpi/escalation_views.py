"""Figures of escalations: all of them, by kind and cause, and the escalations behind each. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slackblocks import ActionsBlock, Block, Button, HeaderBlock

from cspm_core.kpi import EscalationGroup, EscalationList, EscalationRow
from cspm_core.metrics import CATALOGUE, Measure, Metric, Unit
from cspm_core.periods import Period

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, fitted, link, message, note, short, table
from ..detectors import names as detectors
from ..escalations.names import KINDS, MARKS, SEVERITIES, STATUSES
from ..escalations.titles import called, title
from ..words import Words
from . import figures, views
from .names import CAUSES, name_of
from .scope import Scope
from .ticket_views import FITS, counts

SMALL = 30


def all_figures(shown: views.Shown, t: Words) -> Drawing:
    """Every figure of a team's escalations with n, interval, change and target."""
    card = shown.card
    said = t("Escalations of {team}, {period}", team=card.team, period=figures.period_name(card.period, t))
    opened = int(card.reading("escalations").measure.value or 0)
    blocks: list[Block] = [
        HeaderBlock(short(said, 150)),
        note(views.about(shown, t)),
        views.figure_table(card, said, t),
        note(escape(t("Compared with {days}.", days=figures.days(card.before, t)))),
        *views.asking(shown.scope, [r.metric for r in card.readings], t),
    ]
    count = t.n("{n} escalation", "{n} escalations", opened)
    return message(short(t("{title}: {value}", title=said, value=count), HEADLINE), *blocks)


def breakdown(groups: Sequence[EscalationGroup], t: Words) -> list[Block]:
    """How long until somebody took them, and how many in time: all, by kind, by cause; nothing where there are none."""
    if not groups:
        return []
    acknowledge, in_time = (CATALOGUE[key] for key in ("time_to_acknowledge", "acknowledged_in_time"))
    rows = [
        [
            _group(one, t),
            (t.number(one.opened), one.opened),
            _value(acknowledge, one.acknowledge, t),
            _value(in_time, one.in_time, t),
        ]
        for one in groups
    ]
    header = [t("Escalations"), t("Opened"), t("Time until taken"), t("Taken in time")]
    blocks: list[Block] = [table(t("Escalations by kind and cause"), header, rows)]
    if any(one.opened < SMALL for one in groups):
        blocks.append(note(t("Fewer than 30 in a row of this table are a small sample.")))
    return blocks


def _group(one: EscalationGroup, t: Words) -> str:
    match one.by:
        case "kind":
            return t("Kind: {name}", name=t(KINDS[one.key]))
        case "cause":
            return t("Cause: {name}", name=cause(one.key, t))
    return t("All")


def cause(key: str, t: Words) -> str:
    """What raised an escalation: its source, or the detector by its name."""
    return t(CAUSES[key]) if key in CAUSES else detectors.label(key, t)


def _value(metric: Metric, measure: Measure, t: Words) -> Any:
    text = figures.value(metric, measure, t)
    return (
        text if measure.value is None else (text, round(measure.value * (1 if metric.unit is Unit.SECONDS else 1000)))
    )


def escalations(found: EscalationList, name: str, scope: Scope, timezone: str, period: Period, t: Words) -> Drawing:
    """Which escalations, the worst first; cut where a message would be too long, and saying so."""
    return fitted(found.rows[:FITS], lambda rows: _drawn(found, rows, name, scope, timezone, period, t))


def _drawn(
    found: EscalationList,
    rows: Sequence[EscalationRow],
    name: str,
    scope: Scope,
    timezone: str,
    period: Period,
    t: Words,
) -> Drawing:
    figure = name_of(found.metric, t)
    said = t("{figure} of {team}, {period}", figure=figure, team=name, period=figures.period_name(period, t))
    blocks: list[Block] = [HeaderBlock(short(said, 150))]
    if rows:
        cells = [_row(found.metric, row, t) for row in rows]
        blocks.append(table(t("The escalations behind {figure}", figure=figure), _header(found.metric, t), cells))
    else:
        blocks.append(note(t("No escalation stands behind this figure.")))
    if len(rows) < found.total:
        shown, everything = t.number(len(rows)), t.number(found.total)
        blocks.append(note(t("The first {shown} of {all}, the worst first.", shown=shown, all=everything)))
    blocks.append(note(f"{figures.days(period, t)} · {timezone}"))
    if rows:
        all_of_them = Button(t("All as CSV"), action_id=ids.KPI_SHEET, value=str(scope.of(found.metric.key)))
        blocks.append(ActionsBlock([all_of_them]))
    count = t.n("{n} escalation", "{n} escalations", found.total)
    return message(short(t("{title}: {value}", title=said, value=count), HEADLINE), *blocks)


def _header(metric: Metric, t: Words) -> list[str]:
    judged = {Unit.SECONDS: [t("Time")], Unit.SHARE: [t("Counts")]}.get(metric.unit, [])
    columns = [t("Escalation"), t("What has happened"), t("Ticket"), *judged]
    return [*columns, t("Severity"), t("Opened"), t("Taken after"), t("Status")]


def _row(metric: Metric, row: EscalationRow, t: Words) -> list[Any]:
    one = row.escalation
    opened = (t.day(one.opened_at.date()), int(one.opened_at.timestamp()))
    taken = "–" if row.acknowledged_s is None else (t.duration(row.acknowledged_s), int(row.acknowledged_s))
    severity = (f"{MARKS[one.severity]} {t(SEVERITIES[one.severity])}", one.severity)
    judged = {Unit.SECONDS: [_time(row, t)], Unit.SHARE: [counts(row.ok, t)]}.get(metric.unit, [])
    words = title(one, one.rule_facts, t, limit=80)
    return [
        (called(one.number), one.number),
        words,
        _place(row, t),
        *judged,
        severity,
        opened,
        taken,
        t(STATUSES[row.state]),
    ]


def _place(row: EscalationRow, t: Words) -> Any:
    """Its ticket, or the message it came from."""
    one = row.escalation
    return link(one.ticket_key or t("message"), one.url) if one.ticket_key or one.url else "–"


def _time(row: EscalationRow, t: Words) -> Any:
    """How long it took, or has lasted so far."""
    if row.value_s is None:
        return "–"
    text = t.duration(row.value_s)
    return (t("{duration}, still waiting", duration=text) if row.is_waiting else text, int(row.value_s))
