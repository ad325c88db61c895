"""The few idioms that every view shares, over the block library."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from slackblocks import (
    Block,
    ContextBlock,
    DataTableBlock,
    HomeTabView,
    Message,
    ModalView,
    Option,
    PlainText,
    RawNumber,
    RawText,
    RichTextBlock,
    RichTextLink,
    RichTextSection,
    StaticSelectMenu,
    Text,
)

Drawing = dict[str, Any]
"""What Slack is sent: a message (`text`, `blocks`) or a view."""

MESSAGE_CHARACTERS = 13_200
VIEW_BYTES = 250_000
HEADLINE = 110
"""What a lock screen shows of a message."""
MADE_UP = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LONGEST_ADDRESS = 500
R = TypeVar("R")


class TooLarge(ValueError):
    """A drawing that Slack would refuse for its size."""


def message(text: str, *blocks: Block) -> Drawing:
    """What to post: blocks for the eye, text (as it should be read) for notifications and screen readers.

    The library refuses here what Slack would refuse later; the cap of the whole message is ours.
    """
    drawn = _steady(Message(channel="-", text=text, blocks=list(blocks)).to_dict()["blocks"])
    if len(json.dumps(drawn, ensure_ascii=False)) > MESSAGE_CHARACTERS:
        raise TooLarge(text)
    return {"text": escape(text), "blocks": drawn}


def modal(title: str, *blocks: Block, **options: Any) -> Drawing:
    """A modal; `options` are the library's (submit, close, callback_id, private_metadata …)."""
    return _view(ModalView(title=title, blocks=list(blocks), **options))


def home(*blocks: Block, **options: Any) -> Drawing:
    """A Home tab."""
    return _view(HomeTabView(blocks=list(blocks), **options))


def _view(view: ModalView | HomeTabView) -> Drawing:
    drawn: Drawing = view.to_dict()
    drawn["blocks"] = _steady(drawn["blocks"])
    if len(json.dumps(drawn, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise TooLarge(str(drawn.get("callback_id")))
    return drawn


def _steady(drawn: list[Drawing]) -> list[Drawing]:
    """Drop the ids that the library makes up, which are UUIDs, so that a drawing is the same every time."""
    for block in drawn:
        for part in (block, *(cell for row in block.get("rows", ()) for cell in row)):
            if MADE_UP.fullmatch(part.get("block_id", "")):
                del part["block_id"]
    return drawn


def option(label: str, carried: str) -> Option:
    """One entry of a menu: at most 75 characters shown, 150 carried."""
    return Option(PlainText(short(label, 75)), carried)


def choice(placeholder: str, action_id: str, options: Sequence[Option]) -> StaticSelectMenu:
    """A menu to choose one from; Slack shows at most 100 options."""
    return StaticSelectMenu(action_id, list(options[:100]), placeholder=short(placeholder, 150))


def note(text: str) -> ContextBlock:
    """A small grey line."""
    return ContextBlock([Text(text)])


def table(caption: str, header: Sequence[str], rows: Sequence[Sequence[Any]], page_size: int = 10) -> DataTableBlock:
    """A sortable table. A cell is a text, `(text, number)` shown as text and sorted as number, or a `link`."""
    return DataTableBlock(
        rows=[[RawText(name or " ") for name in header], *([_cell(cell) for cell in row] for row in rows)],
        caption=caption,
        page_size=min(page_size, 100),
    )


def fitted(rows: Sequence[R], draw: Callable[[Sequence[R]], Drawing]) -> Drawing:
    """What `draw` makes of as many of the first rows as Slack takes. Raises ValueError where one is too much."""
    while True:
        try:
            return draw(rows)
        except ValueError:
            if len(rows) <= 1:
                raise
            rows = rows[: len(rows) * 3 // 4]


def link(text: str, url: str) -> RichTextBlock | str:
    """A table cell that opens an address; only its text where Slack would not take the address."""
    return RichTextBlock(RichTextSection(RichTextLink(url, text))) if is_address(url) else text


def is_address(url: str) -> bool:
    """Whether an address can stand in a link of Slack's."""
    return url.startswith(("https://", "http://")) and len(url) <= LONGEST_ADDRESS and not set(url) & set("|<> \n")


def _cell(value: Any) -> RawText | RawNumber | RichTextBlock:
    if isinstance(value, RichTextBlock | RawNumber):
        return value
    if isinstance(value, tuple):
        text, number = value
        return RawText(text) if number is None else RawNumber(number, text)
    return RawText(str(value) or "–")


def escape(text: str) -> str:
    """Text from the data inside mrkdwn: the three characters that Slack reads as its own, and no formatting."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def short(text: str, limit: int) -> str:
    """A text cut to a limit, with an ellipsis where it was."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def value(**facts: Any) -> str:
    """What a button carries, as compact JSON."""
    return json.dumps(facts, separators=(",", ":"), ensure_ascii=False)
