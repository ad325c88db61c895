"""Whole messages and views: which block may stand where, how many, and how large the whole may be."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from .cards import CARDS
from .charts import CHARTS
from .layout import LAYOUT
from .rules import Report, Rule, flag, items, shape, string
from .tables import TABLES
from .texts import IS_TYPE, plain

BLOCKS: dict[str, Rule] = {**LAYOUT, **TABLES, **CHARTS, **CARDS}
NEW_BLOCKS = frozenset(
    {"data_table", "data_visualization", "card", "carousel", "container", "context_actions", "alert"}
)
_EVERYWHERE = {"actions", "context", "divider", "header", "image", "input", "rich_text", "section", "video"}
SURFACES: dict[str, frozenset[str]] = {
    "message": frozenset(BLOCKS) - {"alert"},
    "modal": frozenset(_EVERYWHERE | {"alert", "card"}),
    "home": frozenset(_EVERYWHERE | {"card", "carousel", "container", "data_table", "data_visualization", "table"}),
}
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
MOST_MESSAGE_TEXT = 13_200
MOST_MARKDOWN = 12_000
MOST_VIEW_BYTES = 250_000
_NOT_WORDS = {"type", "block_id", "action_id", "value", "url", "image_url", "style", "id", "icon", "callback_id"}

FileReady = Callable[[Mapping[str, Any]], bool]


def words(value: Any) -> int:
    """How many characters a person would read in a block or list of blocks."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(words(inner) for name, inner in value.items() if name not in _NOT_WORDS)
    return sum(words(inner) for inner in value) if isinstance(value, list) else 0


def _any_block(report: Report, path: str, value: Any) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(kind, str):
        report.add(path, "must provide an object with a type")
    elif kind not in BLOCKS or kind in report.refused:
        report.add(f"{path}/type", f"unsupported type: {kind}")
    elif kind not in SURFACES[report.surface]:
        report.add(f"{path}/type", f"unsupported type on the {report.surface} surface: {kind}")
    else:
        BLOCKS[kind](report, path, value)


def _blocks(report: Report, path: str, value: Any, least: int) -> None:
    items(_any_block, least, MOST_BLOCKS[report.surface])(report, path, value)
    if report.markdown > MOST_MARKDOWN:
        report.add(path, f"markdown blocks must be less than {MOST_MARKDOWN + 1} characters together")


def check_blocks(
    blocks: Any,
    surface: str = "message",
    refused: frozenset[str] = frozenset(),
    file_ready: FileReady = lambda _: True,
) -> tuple[str, list[str]]:
    """The error code for a message's blocks ("" when all is well) and every reason.

    Codes are Slack's: `invalid_blocks` and `msg_blocks_too_long`.
    """
    report = Report(surface, refused, file_ready)
    _blocks(report, "/blocks", blocks, 0)
    if report.problems:
        return "invalid_blocks", report.problems
    if surface == "message" and words(blocks) > MOST_MESSAGE_TEXT:
        return "msg_blocks_too_long", [f"[ERROR] {words(blocks)} characters in all blocks [json-pointer:/blocks]"]
    return "", []


_SHARED: dict[str, Rule] = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}
_MODAL: Rule = shape(
    {"type": IS_TYPE, "title": plain(24), "blocks": lambda report, path, value: _blocks(report, path, value, 0)},
    {**_SHARED, "submit": plain(24), "close": plain(24), "clear_on_close": flag, "notify_on_close": flag},
)
_HOME: Rule = shape({"type": IS_TYPE, "blocks": lambda report, path, value: _blocks(report, path, value, 0)}, _SHARED)


def check_view(
    view: Any,
    surfaces: tuple[str, ...],
    refused: frozenset[str] = frozenset(),
    file_ready: FileReady = lambda _: True,
) -> tuple[str, list[str]]:
    """The error code for a view ("" when all is well) and every reason; `surfaces` are the types allowed here.

    Codes are Slack's: `invalid_arguments` and `view_too_large`.
    """
    kind = view.get("type") if isinstance(view, dict) else None
    if kind not in surfaces:
        return "invalid_arguments", [f"[ERROR] must be one of: {', '.join(surfaces)} [json-pointer:/view/type]"]
    report = Report(kind, refused, file_ready, root="/view")
    (_MODAL if kind == "modal" else _HOME)(report, "", view)
    if kind == "modal" and report.inputs and not view.get("submit"):
        report.add("", "missing required field: submit (a modal with input blocks needs it)")
    if report.problems:
        return "invalid_arguments", report.problems
    if len(json.dumps(view, ensure_ascii=False).encode()) > MOST_VIEW_BYTES:
        return "view_too_large", []
    return "", []
