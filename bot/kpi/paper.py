"""Figures as a terminal shows them. Pure drawing: the same facts as in Slack, on one sheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from cspm_core.calendars import midnight
from cspm_core.kpi import Elsewhere, Reading, Scorecard
from cspm_core.metrics import Cohort, Metric

from ..words import Words
from . import figures, vendor_words
from .explain_views import after, meaning, rules
from .names import EXTRAS, name_of

WIDE = 110
NUMBERS = (1, 2, 3, 4)
ONLY_WIDE = (3, 4)
"""Columns that a narrow terminal does without: interval and before; the JSON always has them."""


def scorecard(card: Scorecard, t: Words, width: int = WIDE) -> RenderableType:
    """Every figure of a scorecard, what was left out and how far the data reaches; fewer columns where it is narrow."""
    title = t("{team}, {period}", team=card.agent or card.team, period=figures.period_name(card.period, t))
    table = Table(title=escape(title), title_justify="left", caption=escape(_below(card, t)), caption_justify="left")
    headers = [
        t("Figure"),
        t("Value"),
        t("n"),
        t("95% interval"),
        t("Before"),
        t("Change"),
        t("Target"),
        t("Beside it"),
    ]
    shown = [n for n in range(len(headers)) if width >= WIDE or n not in ONLY_WIDE]
    for n in shown:
        table.add_column(headers[n], justify="right" if n in NUMBERS else "left", overflow="fold")
    for reading in card.shown:
        cells = _row(reading, t)
        table.add_row(*(escape(cells[n]) for n in shown))
    return table


def _row(reading: Reading, t: Words) -> tuple[str, ...]:
    metric, measure = reading.metric, reading.measure
    verdict = figures.verdict(reading, t)
    target = "–" if reading.target is None else figures.target(reading, t)
    return (
        name_of(metric, t),
        figures.shown(reading, t),
        t.number(measure.n),
        figures.interval(metric, measure, t),
        figures.value(metric, reading.before, t) if reading.before else "–",
        figures.change(reading, t),
        f"{target} {verdict}".strip(),
        "; ".join(_beside(reading, t)),
    )


def _beside(reading: Reading, t: Words) -> Iterable[str]:
    """What a value must not be read without."""
    measure = reading.measure
    if reading.is_small:
        yield t("small sample")
    if measure.provisional:
        yield t("provisional")
    if measure.p90 is not None:
        yield t("9 of 10 within {duration}", duration=t.duration(measure.p90))
    if measure.waiting and reading.metric.cohort is Cohort.INSTANT:
        yield t("the oldest for {oldest}", oldest=t.duration(measure.oldest_s or 0))
    elif measure.waiting:
        yield t.n(
            "{n} waiting, for {oldest}",
            "{n} waiting, the oldest for {oldest}",
            measure.waiting,
            oldest=t.duration(measure.oldest_s or 0),
        )
    yield from (f"{t(EXTRAS[key])}: {t.number(n)}" for key, n in measure.extras.items() if n)
    if measure.set_aside:
        yield t.n("{n} set aside", "{n} set aside", measure.set_aside)


def _below(card: Scorecard, t: Words) -> str:
    lines = [t("As of {moment} ({timezone}).", moment=t.clock(card.as_of, card.timezone), timezone=card.timezone)]
    if card.complete_until:
        lines.append(t("The data reaches {moment}.", moment=t.clock(card.complete_until, card.timezone)))
    lines.append(_compared(card, t))
    return " ".join(filter(None, (*lines, figures.left_out(card, t))))


def _compared(card: Scorecard, t: Words) -> str:
    days = figures.days(card.before, t)
    if card.before.end < midnight(card.before.last_day + timedelta(days=1), card.timezone):
        return t("Compared with {days}, up to {moment}.", days=days, moment=t.clock(card.before.end, card.timezone))
    return t("Compared with {days}.", days=days)


def explanation(metric: Metric, t: Words, found: Elsewhere | None = None) -> RenderableType:
    """What a figure means: definition, cohort, clock, direction of good, and whose definition it is.

    `found`: a team's figure, and what other help desks would show for the same tickets.
    """
    lines = [f"[bold]{escape(name_of(metric, t))}[/] ({metric.key})", escape(meaning(metric, t))]
    lines += [f"• {escape(rule)}" for rule in rules(metric, t("of the team"), t)]
    lines.append(escape(after(metric, t)))
    if found:
        lines += ["", escape(vendor_words.ours(found, t))]
        for one in found.found:
            lines += [f"[bold]{escape(vendor_words.counted(one, metric, t))}[/]", escape(vendor_words.how(one, t))]
            lines.append(f"[dim]{escape(one.reading.source)}[/]")
    return Group(*lines)


def catalogue(metrics: Iterable[Metric], t: Words) -> RenderableType:
    """Every figure with its key and what it means."""
    table = Table()
    for header in (t("Key"), t("Figure"), t("What it means")):
        table.add_column(header, overflow="fold")
    for metric in metrics:
        table.add_row(metric.key, escape(name_of(metric, t)), escape(meaning(metric, t)))
    return table
