"""Figures of reviews: all of them, and the reviews behind each as far as one may see them. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slackblocks import ActionsBlock, Block, Button, HeaderBlock

from cspm_core.kpi import ReviewList, ReviewRow
from cspm_core.metrics import Metric, Unit
from cspm_core.periods import Period

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, fitted, link, message, note, short, table
from ..words import Words
from . import figures, views
from .names import name_of
from .scope import Scope
from .ticket_views import FITS, counts


def all_figures(shown: views.Shown, t: Words) -> Drawing:
    """Every figure of a team's reviews, or of one person's, with n, interval, change and target."""
    card = shown.card
    said = t("Reviews of {team}, {period}", team=card.agent or card.team, period=figures.period_name(card.period, t))
    blocks: list[Block] = [
        HeaderBlock(short(said, 150)),
        note(views.about(shown, t)),
        views.figure_table(card, said, t),
        note(escape(t("Compared with {days}.", days=figures.days(card.before, t)))),
        *views.asking(shown.scope, [r.metric for r in card.shown], t),
    ]
    first = card.shown[0]
    value = f"{name_of(first.metric, t)} {figures.value(first.metric, first.measure, t)}"
    return message(short(t("{title}: {value}", title=said, value=value), HEADLINE), *blocks)


def reviews(found: ReviewList, name: str, scope: Scope, timezone: str, period: Period, t: Words) -> Drawing:
    """Which reviews, the worst first; cut where a message would be too long, and saying so."""
    return fitted(found.rows[:FITS], lambda rows: _drawn(found, rows, name, scope, timezone, period, t))


def _drawn(
    found: ReviewList, rows: Sequence[ReviewRow], name: str, scope: Scope, timezone: str, period: Period, t: Words
) -> Drawing:
    figure = name_of(found.metric, t)
    said = t("{figure} of {team}, {period}", figure=figure, team=name, period=figures.period_name(period, t))
    blocks: list[Block] = [HeaderBlock(short(said, 150))]
    if rows:
        cells = [_row(found.metric, row, t) for row in rows]
        blocks.append(table(t("The reviews behind {figure}", figure=figure), _header(found.metric, t), cells))
    elif found.is_withheld:
        blocks.append(note(t(figures.NOTES["too_few"])))
    elif not found.total:
        blocks.append(note(t("No review stands behind this figure.")))
    if found.unseen:
        blocks.append(
            note(
                t.n(
                    "{n} review counts that is not yours to see.",
                    "{n} reviews count that are not yours to see.",
                    found.unseen,
                )
            )
        )
    if len(rows) < found.seen:
        shown, everything = t.number(len(rows)), t.number(found.seen)
        blocks.append(note(t("The first {shown} of {all}, the worst first.", shown=shown, all=everything)))
    blocks.append(note(f"{figures.days(period, t)} · {timezone}"))
    if rows:
        all_of_them = Button(t("All as CSV"), action_id=ids.KPI_SHEET, value=str(scope.of(found.metric.key)))
        blocks.append(ActionsBlock([all_of_them]))
    few = t(figures.NOTES["too_few"])
    count = few if found.is_withheld else t.n("{n} review", "{n} reviews", found.total)
    return message(short(t("{title}: {value}", title=said, value=count), HEADLINE), *blocks)


def _header(metric: Metric, t: Words) -> list[str]:
    judged = [t("Counts")] if metric.unit is Unit.SHARE else []
    return [t("Ticket"), t("Agent"), t("Score"), *judged, t("Critical errors"), t("Reviewed"), t("Reviewer")]


def _row(metric: Metric, row: ReviewRow, t: Words) -> list[Any]:
    one = row.review
    day = (t.day(one.reviewed_at.date()), int(one.reviewed_at.timestamp()))
    judged = [counts(row.ok, t)] if metric.unit is Unit.SHARE else []
    return [
        link(one.key, one.url) if one.key else "–",
        short(one.agent, 40),
        score(one.score, t),
        *judged,
        (t.number(one.critical_failures), one.critical_failures),
        day,
        short(one.reviewer or "–", 40),
    ]


def score(points: float | None, t: Words) -> Any:
    """Points as a cell that is sorted as a number; – where nothing was rated."""
    return "–" if points is None else (t.number(points, 1), round(points * 100))
