"""`data_table` and `table`: rows of equal length, a caption, and how much text a table may hold."""

from __future__ import annotations

from typing import Any

from .layout import block
from .rich_text import RICH_TEXT
from .rules import Report, Rule, by_type, choice, flag, items, number, shape, string
from .texts import IS_TYPE

MOST_TEXT = 10_000

_RAW_TEXT: Rule = shape({"type": IS_TYPE, "text": string()}, {"emoji": flag})
_RAW_NUMBER: Rule = shape({"type": IS_TYPE, "value": number(), "text": string()})
_HEADER_CELL: Rule = by_type({"raw_text": _RAW_TEXT, "raw_number": _RAW_NUMBER})
_DATA_CELL: Rule = by_type({"raw_text": _RAW_TEXT, "raw_number": _RAW_NUMBER, "rich_text": RICH_TEXT})
_TABLE_CELL: Rule = by_type({"raw_text": _RAW_TEXT, "rich_text": RICH_TEXT})


def written(value: Any) -> int:
    """How many characters of text stand in a table's cells."""
    if isinstance(value, dict):
        return sum(
            len(inner) if name == "text" and isinstance(inner, str) else written(inner) for name, inner in value.items()
        )
    return sum(written(inner) for inner in value) if isinstance(value, list) else 0


def _rows(head: Rule, cell: Rule, least: int, most: int) -> Rule:
    first = items(head, 1, 20)
    other = items(cell, 1, 20)

    def rule(report: Report, path: str, value: Any) -> None:
        items(lambda *_: None, least, most)(report, path, value)
        if not isinstance(value, list):
            return
        for index, row in enumerate(value):
            (other if index else first)(report, f"{path}/{index}", row)
        if len({len(row) for row in value if isinstance(row, list)}) > 1:
            report.add(path, "all rows must have the same number of columns")

    return rule


def _counts_text(report: Report, path: str, value: Any) -> None:
    report.table_text += written(value.get("rows"))
    if report.table_text > MOST_TEXT:
        report.add(path, f"the text of all cells must be less than {MOST_TEXT + 1} characters")


def _row_header_exists(report: Report, path: str, value: Any) -> None:
    index, rows = value.get("row_header_column_index"), value.get("rows")
    if isinstance(index, int) and rows and isinstance(rows, list) and isinstance(rows[0], list):
        number(0, len(rows[0]) - 1, whole=True)(report, f"{path}/row_header_column_index", index)


def _only_one(report: Report, path: str, _: Any) -> None:
    report.tables += 1
    if report.surface == "message" and report.tables > 1:
        report.add(path, "only one table block is allowed in a message")


_COLUMN: Rule = shape({}, {"align": choice("left", "center", "right"), "is_wrapped": flag})

TABLES: dict[str, Rule] = {
    "data_table": block(
        {"rows": _rows(_HEADER_CELL, _DATA_CELL, 2, 101), "caption": string()},
        {"page_size": number(1, 100, whole=True), "row_header_column_index": number(0, whole=True)},
        (_counts_text, _row_header_exists),
    ),
    "table": block(
        {"rows": _rows(_TABLE_CELL, _TABLE_CELL, 1, 100)},
        {"column_settings": items(_COLUMN, 0, 20)},
        (_counts_text, _only_one),
    ),
}
