"""The same facts without the blocks of 2026: tables as lines of text, charts as pictures with alt text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from .blocks import MESSAGE_CHARACTERS, Drawing, escape
from .words import Words

NEW_BLOCKS = frozenset(
    {"data_table", "data_visualization", "card", "carousel", "container", "context_actions", "alert"}
)
SECTION_CHARACTERS = 2_800
ROOM_FOR_THE_REST = 1_200

Picture = Callable[[Drawing], str | None]
"""From a chart block to the id of an uploaded picture of it; None where it could not be had."""


def is_new(drawing: Drawing) -> bool:
    """Whether a drawing holds a block that not every workspace has yet."""
    return any(block["type"] in NEW_BLOCKS for block in drawing.get("blocks", ()))


def plain(drawing: Drawing, t: Words, picture: Picture) -> Drawing:
    """The drawing with the new blocks of messages said in sections and pictures."""
    others = [block for block in drawing["blocks"] if block["type"] != "data_table"]
    tables = len(drawing["blocks"]) - len(others)
    room = MESSAGE_CHARACTERS - ROOM_FOR_THE_REST - len(json.dumps(others, ensure_ascii=False))
    blocks: list[Drawing] = []
    for block in drawing["blocks"]:
        match block["type"]:
            case "data_table":
                blocks += _lines(block, t, room // max(tables, 1))
            case "data_visualization":
                blocks.append(_picture(block, t, picture))
            case "context_actions":
                blocks.append(_buttons(block))
            case "card":
                blocks += _card(block)
            case _:
                blocks.append(block)
    return {**drawing, "blocks": blocks}


def _lines(block: Drawing, t: Words, room: int) -> list[Drawing]:
    """A table as sections: the first cell bold, the others after it; cut where the message would be too long."""
    header, *rows = block["rows"]
    names = [cell["text"] for cell in header]
    lines = [_line(names, row, t) for row in rows]
    kept = list(_fitting(lines, room))
    if len(kept) < len(lines):
        left = len(lines) - len(kept)
        kept.append("_" + t.n("and {n} more row", "and {n} more rows", left) + "_")
    return [{"type": "section", "text": {"type": "mrkdwn", "text": text}} for text in _packed(kept)]


def _line(names: list[str], row: list[Drawing], t: Words) -> str:
    first, *others = [_text(cell) for cell in row]
    if len(names) <= 3:
        while len(others) > 1 and not others[-1].strip("– "):
            others.pop()
        return f"*{first}*  {' · '.join(filter(None, others))}"
    cells = [(name, text) for name, text in zip(names[1:], others, strict=True) if text.strip("– ")]
    told = [t("{title}: {value}", title=name, value=text) for name, text in cells]
    return f"*{first}*\n{' · '.join(told)}"


def _card(block: Drawing) -> list[Drawing]:
    """A card as a section, its title bold, with its buttons under it."""
    title, *more = [str((block.get(part) or {}).get("text") or "") for part in ("title", "subtitle", "body")]
    said = "\n".join(filter(None, [f"*{title}*" if title else "", *more]))
    buttons = [{"type": "actions", "elements": block["actions"]}] if block.get("actions") else []
    return [{"type": "section", "text": {"type": "mrkdwn", "text": said}}, *buttons]


def _buttons(block: Drawing) -> Drawing:
    """Feedback as two ordinary buttons."""
    elements = []
    for asked in block["elements"]:
        for side in ("positive_button", "negative_button"):
            text = {"type": "plain_text", "text": asked[side]["text"]["text"]}
            action = f"{asked['action_id']}.{side.partition('_')[0]}"
            elements.append({"type": "button", "action_id": action, "text": text, "value": asked[side]["value"]})
    return {"type": "actions", "elements": elements}


def _text(cell: Drawing) -> str:
    """One cell as mrkdwn."""
    if cell["type"] != "rich_text":
        return escape(str(cell["text"]))
    parts = [element for section in cell["elements"] for element in section["elements"]]
    return "".join(_rich(part) for part in parts)


def _rich(part: dict[str, Any]) -> str:
    text = escape(str(part.get("text", "")))
    return f"<{part['url']}|{text}>" if part["type"] == "link" else text


def _fitting(lines: list[str], room: int) -> Iterator[str]:
    for line in lines:
        room -= len(json.dumps(line, ensure_ascii=False)) + 2
        if room < 0:
            return
        yield line


def _packed(lines: list[str]) -> Iterator[str]:
    """Lines joined into as few sections as fit."""
    text = ""
    for line in lines:
        if text and len(text) + len(line) + 1 > SECTION_CHARACTERS:
            yield text
            text = ""
        text = f"{text}\n{line}" if text else line
    if text:
        yield text


def _picture(block: Drawing, t: Words, picture: Picture) -> Drawing:
    said = describe(block, t)
    if file := picture(block):
        return {"type": "image", "slack_file": {"id": file}, "alt_text": said}
    return {"type": "section", "text": {"type": "mrkdwn", "text": said}}


def describe(block: Drawing, t: Words) -> str:
    """A chart in words: its title, then each point. At most 2,000 characters, which is what alt text holds."""
    chart = block["chart"]
    if chart["type"] == "pie":
        series = [(block["title"], [(s["label"], s["value"]) for s in chart["segments"]])]
    else:
        series = [(s["name"], [(p["label"], p["value"]) for p in s["data"]]) for s in chart["series"]]
    told = [f"{name}: " + ", ".join(f"{label} {t.number(v, 2)}" for label, v in points) for name, points in series]
    return f"{block['title']}. {'. '.join(told)}"[:2000]
