"""What a person writes into: text, numbers, addresses, files."""

from __future__ import annotations

from typing import Any

from .rich_text import RICH_TEXT
from .rules import Report, Rule, flag, items, number, shape, string
from .texts import DISPATCH, IS_TYPE, action_id, focus, plain

_COMMON: dict[str, Rule] = {
    "action_id": action_id,
    "placeholder": plain(150),
    "focus_on_load": focus,
    "dispatch_action_config": DISPATCH,
}


def _lengths_agree(report: Report, path: str, value: Any) -> None:
    least, most = value.get("min_length"), value.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        report.add(path, "min_length must not be greater than max_length")


def _numeral(report: Report, path: str, value: Any) -> None:
    """Slack wants the bounds of a number as strings."""
    try:
        float(value if isinstance(value, str) else "x")
    except ValueError:
        report.add(path, "must provide a number as a string")


def _only_in_modals(report: Report, path: str, _: Any) -> None:
    if report.surface != "modal":
        report.add(f"{path}/type", f"unsupported type on the {report.surface} surface: file_input")


INPUTS: dict[str, Rule] = {
    "plain_text_input": shape(
        {"type": IS_TYPE},
        {
            **_COMMON,
            "initial_value": string(3000, least=0),
            "multiline": flag,
            "min_length": number(0, 3000, whole=True),
            "max_length": number(1, 3000, whole=True),
        },
        [_lengths_agree],
    ),
    "number_input": shape(
        {"type": IS_TYPE, "is_decimal_allowed": flag},
        {**_COMMON, "initial_value": _numeral, "min_value": _numeral, "max_value": _numeral},
    ),
    "email_text_input": shape({"type": IS_TYPE}, {**_COMMON, "initial_value": string(3000)}),
    "url_text_input": shape({"type": IS_TYPE}, {**_COMMON, "initial_value": string(3000)}),
    "rich_text_input": shape(
        {"type": IS_TYPE},
        {
            **_COMMON,
            "initial_value": RICH_TEXT,
            "min_lines": number(1, 100, whole=True),
            "max_lines": number(1, 100, whole=True),
        },
    ),
    "file_input": shape(
        {"type": IS_TYPE},
        {"action_id": action_id, "filetypes": items(string(20), 1, None), "max_files": number(1, 10, whole=True)},
        [_only_in_modals],
    ),
}
