"""What Slack cannot draw: a control chart with its limits, and a line for each of a team's people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from cspm_core.signals.rules import AgentsBand, Signal, Standing

from ..charts import GRID, INK, font, png
from ..kpi.names import name_of
from ..kpi.trend_views import scale
from ..words import Words

LINE, GREY, BAND, LOUD = "#1264a3", "#616061", "#e8e8e8", "#b8405e"
MOST_LABELS = 6
SHAPES = {Standing.ABOVE: ">", Standing.BELOW: "<", Standing.ALIKE: "o", None: "o"}
"""Above and below differ by shape, and colour only says it again."""


def control_chart(signal: Signal, t: Words) -> bytes:
    """Days as a line, the usual level dashed, where chance leads in grey, and days that signal as triangles. PNG."""
    figure, axes = _canvas(6, 3.8)
    divisor, unit = scale(signal.metric, [0.0, *signal.values[np.isfinite(signal.values)].tolist()], t)
    at = np.arange(len(signal.days))
    values, centre, low, high = (line / divisor for line in (signal.values, signal.centre, signal.low, signal.high))
    is_charted = np.isfinite(centre)
    where = at[is_charted]
    axes.fill_between(where, low[is_charted], high[is_charted], step="mid", color=BAND, linewidth=0, label=t("chance"))
    axes.step(where, centre[is_charted], where="mid", color=GREY, linestyle="--", linewidth=1.2, label=t("usual"))
    known = np.isfinite(values)
    axes.plot(at[known], values[known], color=LINE, linewidth=1.6, marker="o", markersize=3.5)
    _flagged(axes, signal, values, t)
    _days(axes, signal.days, t)
    _frame(axes, unit)
    _titled(axes, name_of(signal.metric, t))
    figure.legend(prop=font(), frameon=False, loc="outside lower left", ncols=3)
    return png(figure)


def _flagged(axes: Axes, signal: Signal, values: Any, t: Words) -> None:
    """A triangle that points to the side on which the day lies."""
    places = {day: n for n, day in enumerate(signal.days)}
    label: str | None = t("signal")
    for is_above, marker in ((True, "^"), (False, "v")):
        days = [places[flag.day] for flag in signal.flags if flag.is_above is is_above]
        if days:
            axes.scatter(days, values[days], marker=marker, s=90, color=LOUD, edgecolor="white", zorder=5, label=label)
            label = None


def _days(axes: Axes, days: Sequence[date], t: Words) -> None:
    """Mondays, so many as have room."""
    mondays = [n for n, day in enumerate(days) if day.weekday() == 0] or [0]
    shown = mondays[:: -(-len(mondays) // MOST_LABELS)]
    axes.set_xticks(shown, [t.day(days[n]) for n in shown], fontproperties=font(), fontsize=9, rotation=20, ha="right")


def agents_band(band: AgentsBand, t: Words) -> bytes:
    """A line for each person, by name: the mark on the team's mix, and the interval around it. PNG."""
    people = band.agents
    figure, axes = _canvas(6, 1.4 + 0.36 * max(len(people), 2))
    if band.centre is not None:
        axes.axvline(band.centre, color=GREY, linestyle="--", linewidth=1.4, label=t("team"))
    for row, one in enumerate(people):
        colour = LINE if one.standing in (Standing.ABOVE, Standing.BELOW) else GREY
        axes.plot([one.interval.low, one.interval.high], [row, row], color=colour, linewidth=2, solid_capstyle="butt")
        axes.plot([one.shrunken], [row], marker=SHAPES[one.standing], color=colour, markersize=9)
    axes.set_yticks(range(len(people)), [one.name for one in people], fontproperties=font(), fontsize=10)
    axes.invert_yaxis()
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: t.share(min(max(value, 0), 1))))
    axes.grid(axis="x", color=GRID)
    _bare(axes)
    _titled(axes, name_of(band.metric, t))
    if band.centre is not None:
        axes.legend(prop=font(), frameon=False, loc="lower right", bbox_to_anchor=(1, 1))
    return png(figure)


def _canvas(width: float, height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(width, height), dpi=200, facecolor="white")
    figure.set_layout_engine("constrained", w_pad=0.15, h_pad=0.15)
    return figure, figure.add_subplot()


def _titled(axes: Axes, title: str) -> None:
    axes.set_title(title, fontproperties=font(), fontsize=14, loc="left", color=INK, pad=12)


def _frame(axes: Axes, unit: str) -> None:
    axes.set_ylabel(unit, fontproperties=font())
    axes.grid(axis="y", color=GRID)
    _bare(axes)


def _bare(axes: Axes) -> None:
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font())
        label.set_fontsize(9)
