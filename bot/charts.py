"""Pictures where Slack cannot draw: a chart block, or a figure of our own, as PNG with a font that knows CJK."""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager

from .blocks import Drawing

INK, GRID = "#1d1c1d", "#dddddd"
COLOURS = ("#1264a3", "#e8912d", "#2eb67d", "#8d5bb5", "#b8405e", "#616061")
STYLES = ("-", "--", ":", "-.")
MARKERS = ("o", "s", "^", "D", "v", "P")


@cache
def font() -> FontProperties:
    """Noto Sans CJK from its package: Latin, Hangul and Han in one."""
    import noto_cjk_sans_otc

    [source] = [f for f in files(noto_cjk_sans_otc).iterdir() if f.name.endswith((".ttc", ".otf"))]
    with as_file(source) as path:
        fontManager.addfont(str(path))
        return FontProperties(fname=str(path), size=11)


def picture(block: Drawing) -> bytes:
    """A `data_visualization` block as a PNG, 2:1, sharp on a phone."""
    figure = Figure(figsize=(8, 4), dpi=150, facecolor="white")
    figure.set_layout_engine("constrained", w_pad=0.15, h_pad=0.15)
    axes = figure.add_subplot()
    chart = block["chart"]
    {"pie": _pie, "bar": _bars, "line": _lines, "area": _lines}[chart["type"]](axes, chart)
    axes.set_title(block["title"], fontproperties=font(), fontsize=14, loc="left", color=INK, pad=12)
    return png(figure)


def png(figure: Figure) -> bytes:
    """A figure drawn with Agg, never pyplot, which is not safe in threads."""
    target = io.BytesIO()
    FigureCanvasAgg(figure).print_png(target)  # type: ignore[no-untyped-call]
    return target.getvalue()


def _pie(axes: Axes, chart: dict[str, Any]) -> None:
    values = [segment["value"] for segment in chart["segments"]]
    labels = [segment["label"] for segment in chart["segments"]]
    axes.pie(values, labels=labels, colors=COLOURS, autopct="%.0f%%", textprops={"fontproperties": font()})


def _bars(axes: Axes, chart: dict[str, Any]) -> None:
    series = chart["series"]
    width = 0.8 / len(series)
    for i, one in enumerate(series):
        at = [x + (i - (len(series) - 1) / 2) * width for x in range(len(one["data"]))]
        axes.bar(at, [p["value"] for p in one["data"]], width, label=one["name"], color=COLOURS[i % 6], hatch="/" * i)
    _frame(axes, chart)


def _lines(axes: Axes, chart: dict[str, Any]) -> None:
    for i, one in enumerate(chart["series"]):
        values = [point["value"] for point in one["data"]]
        look: dict[str, Any] = {"color": COLOURS[i % 6], "linestyle": STYLES[i % 4], "marker": MARKERS[i % 6]}
        axes.plot(range(len(values)), values, label=one["name"], linewidth=2, markersize=5, **look)
        if chart["type"] == "area":
            axes.fill_between(range(len(values)), values, alpha=0.2, color=COLOURS[i % 6])
    _frame(axes, chart)


def _frame(axes: Axes, chart: dict[str, Any]) -> None:
    """Labels, grid and legend; axes start at zero so that small changes do not look large."""
    config = chart["axis_config"]
    categories = config["categories"]
    axes.set_xticks(
        range(len(categories)), categories, fontproperties=font(), rotation=30 if len(categories) > 8 else 0
    )
    axes.set_xlabel(config.get("x_label", ""), fontproperties=font())
    axes.set_ylabel(config.get("y_label", ""), fontproperties=font())
    axes.set_ylim(bottom=min(0, axes.get_ylim()[0]))
    axes.grid(axis="y", color=GRID)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    if len(chart["series"]) > 1:
        axes.legend(prop=font(), frameon=False)
