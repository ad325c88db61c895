"""One figure over time: a chart, its steps as a table, and what else can be asked. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence

from slackblocks import (
    ActionsBlock,
    AxisConfig,
    Block,
    Button,
    DataPoint,
    DataSeries,
    DataVisualizationBlock,
    Element,
    HeaderBlock,
    LineChart,
)

from cspm_core.kpi import Point, Trend
from cspm_core.metrics import Metric, Unit
from cspm_core.periods import Period

from .. import ids
from ..blocks import HEADLINE, Drawing, message, note, short, table
from ..words import N_, Words
from . import figures, views
from .explain_views import which
from .names import name_of
from .scope import Place, Scope

HOUR, DAY = 3600, 86400
STEPS = {
    "day": N_("day by day"),
    "week": N_("week by week"),
    "month": N_("month by month"),
    "quarter": N_("quarter by quarter"),
    "year": N_("year by year"),
}


def trend(
    found: Trend,
    team: str,
    timezone: str,
    period: Period,
    scope: Scope,
    t: Words,
    *,
    place: Place = Place.CHANNEL,
    shared_by: str = "",
    below: Sequence[Block] = (),
) -> Drawing:
    """A figure step by step, with its target, n and interval at each step; `below`: how it divides."""
    name = name_of(found.metric, t)
    said = t("{figure} of {team}, {period}", figure=name, team=team, period=figures.period_name(period, t))
    about = [t(STEPS[found.step]), timezone, figures.reach(found.complete_until, timezone, t)]
    if shared_by:
        about.append(t("shared by {person}", person=f"<@{shared_by}>"))
    blocks: list[Block] = [HeaderBlock(short(said, 150)), note(" · ".join(about))]
    shown = [point for point in found.points if point.measure.value is not None]
    if len(shown) > 1:
        blocks.append(_chart(found, shown, t))
    blocks.append(_table(found, name, t))
    if gaps := len(found.points) - len(shown):
        blocks.append(note(t.n("{n} step has no data.", "{n} steps have no data.", gaps)))
    blocks += below
    if not shared_by:
        blocks += _buttons(found.metric, scope, place, t)
    latest = next((p for p in reversed(found.points) if p.measure.value is not None), None)
    value = figures.value(found.metric, latest.measure, t) if latest else t("no data")
    return message(short(t("{title}: {value}", title=said, value=value), HEADLINE), *blocks)


def _chart(found: Trend, points: Sequence[Point], t: Words) -> DataVisualizationBlock:
    """A line, and the target as a second one. Steps without data are left out: a chart holds no gaps."""
    labels = [short(t.day(point.start), 20) for point in points]
    divisor, unit = scale(found.metric, [p.measure.value or 0 for p in points], t)
    name = short(t("Value"), 20)
    values = zip(labels, points, strict=True)
    series = [DataSeries(name, [_point(label, point.measure.value, divisor) for label, point in values])]
    if found.target is not None:
        series.append(DataSeries(short(t("Target"), 20), [_point(label, found.target, divisor) for label in labels]))
    axis = AxisConfig(labels, y_label=unit) if unit else AxisConfig(labels)
    return DataVisualizationBlock(short(name_of(found.metric, t), 50), LineChart(series, axis))


def scale(metric: Metric, values: Sequence[float], t: Words) -> tuple[float, str]:
    """What to divide by, and the axis's unit."""
    match metric.unit:
        case Unit.SHARE:
            return 0.01, t("percent")
        case Unit.SECONDS if max(values) > 2 * DAY:
            return DAY, t("days")
        case Unit.SECONDS if max(values) > 2 * HOUR:
            return HOUR, t("hours")
        case Unit.SECONDS:
            return 60, t("minutes")
        case Unit.OF_100:
            return 1, t("points")
    return 1, ""


def _point(label: str, value: float | None, scale: float) -> DataPoint:
    return DataPoint(label, round((value or 0) / scale, 2))


def _table(found: Trend, name: str, t: Words) -> Block:
    header = [t("From"), t("Value"), t("n"), t("95% interval")]
    rows = [
        [
            (t.day(point.start), point.start.toordinal()),
            _told(found.metric, point, t),
            figures.base(point.measure, t),
            figures.interval(found.metric, point.measure, t),
        ]
        for point in found.points
    ]
    return table(t("{figure}, step by step", figure=name), header, rows)


def _told(metric: Metric, point: Point, t: Words) -> str:
    value = figures.value(metric, point.measure, t)
    return f"{value} · {t('provisional')}" if point.measure.provisional else value


def _buttons(metric: Metric, scope: Scope, place: Place, t: Words) -> list[Block]:
    asked: list[Element] = [
        Button(which(metric, t), action_id=ids.KPI_TICKETS_METRIC, value=str(scope)),
        Button(t("What does it mean?"), action_id=ids.KPI_EXPLAIN_METRIC, value=str(scope)),
    ]
    if scope.member_id is None and not metric.lists_escalations:
        asked.append(Button(t("What moved it?"), action_id=ids.KPI_DRIVER_METRIC, value=str(scope)))
    return [
        ActionsBlock(asked),
        ActionsBlock([views.another_period(scope, t), *views.sending(scope, place, t)]),
    ]
