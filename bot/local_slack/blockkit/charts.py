"""`data_visualization`: pie, bar, line and area, each series with one point for every category."""

from __future__ import annotations

from typing import Any

from .layout import block
from .rules import Report, Rule, by_type, items, number, shape, string
from .texts import IS_TYPE

MOST_IN_A_MESSAGE = 2

_LABEL = string(20)
_POINT: Rule = shape({"label": _LABEL, "value": number()})
_SERIES: Rule = shape({"name": _LABEL, "data": items(_POINT, 1, 20)})


def _unique(report: Report, path: str, value: Any) -> None:
    if isinstance(value, list) and len({str(one) for one in value}) != len(value):
        report.add(path, "must be unique")


def _categories(report: Report, path: str, value: Any) -> None:
    items(_LABEL, 1, 20)(report, path, value)
    _unique(report, path, value)


_AXES: Rule = shape({"categories": _categories}, {"x_label": string(50), "y_label": string(50)})


def _every_point_has_its_category(report: Report, path: str, value: Any) -> None:
    """Each series has exactly one point for each category, and a name of its own."""
    if report.problems:
        return
    categories = value["axis_config"]["categories"]
    _unique(report, f"{path}/series", [one["name"] for one in value["series"]])
    for index, one in enumerate(value["series"]):
        if sorted(point["label"] for point in one["data"]) != sorted(categories):
            report.add(f"{path}/series/{index}/data", "must have exactly one point for each category")


_AXIS_CHART: Rule = shape(
    {"type": IS_TYPE, "series": items(_SERIES, 1, 6), "axis_config": _AXES}, None, [_every_point_has_its_category]
)
_PIE: Rule = shape({"type": IS_TYPE, "segments": items(shape({"label": _LABEL, "value": number(0, above=True)}), 1, 6)})


def _few_in_a_message(report: Report, path: str, _: Any) -> None:
    report.charts += 1
    if report.surface == "message" and report.charts > MOST_IN_A_MESSAGE:
        report.add(path, f"no more than {MOST_IN_A_MESSAGE} data_visualization blocks are allowed in a message")


CHARTS: dict[str, Rule] = {
    "data_visualization": block(
        {
            "title": string(50),
            "chart": by_type({"pie": _PIE, "bar": _AXIS_CHART, "line": _AXIS_CHART, "area": _AXIS_CHART}),
        },
        also=(_few_in_a_message,),
    )
}
