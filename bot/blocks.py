"""The few idioms that every view shares, over the block library."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

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


class TooLarge(ValueError):
    """A drawing that Slack would refuse for its size."""


def message(text: str, *blocks: Block) -> Drawing:
    """What to post: blocks for the eye, text for notifications and screen readers.

    The library refuses here what Slack would refuse later; the cap of the whole message is ours.
    """
    drawn = _steady(blocks, Message(channel="-", text=text, blocks=list(blocks)).to_dict()["blocks"])
    if len(json.dumps(drawn, ensure_ascii=False)) > MESSAGE_CHARACTERS:
        raise TooLarge(text)
    return {"text": text, "blocks": drawn}


def modal(title: str, *blocks: Block, **options: Any) -> Drawing:
    """A modal; `options` are the library's (submit, close, callback_id, private_metadata …)."""
    return _view(ModalView(title=title, blocks=list(blocks), **options), blocks)


def home(*blocks: Block, **options: Any) -> Drawing:
    """A Home tab."""
    return _view(HomeTabView(blocks=list(blocks), **options), blocks)


def _view(view: ModalView | HomeTabView, blocks: Sequence[Block]) -> Drawing:
    drawn: Drawing = view.to_dict()
    drawn["blocks"] = _steady(blocks, drawn["blocks"])
    if len(json.dumps(drawn, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise TooLarge(str(drawn.get("callback_id")))
    return drawn


def _steady(blocks: Sequence[Block], drawn: list[Drawing]) -> list[Drawing]:
    """Drop the ids that the library makes up, so that a drawing is the same every time."""
    for block, dictionary in zip(blocks, drawn, strict=True):
        if block._generated_block_id:
            del dictionary["block_id"]
        for cell in (c for row in dictionary.get("rows", ()) for c in row if isinstance(c, dict)):
            if cell.get("type") == "rich_text":
                cell.pop("block_id", None)
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


def link(text: str, url: str) -> RichTextBlock:
    """A table cell that opens an address."""
    return RichTextBlock(RichTextSection(RichTextLink(url, text)))


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
