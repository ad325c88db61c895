"""Everything a person reads in blocks, in order; and the parts that tests ask for: buttons, tables, charts, images."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .model import Json
from .mrkdwn import unescaped

_REFERENCE = re.compile(r"<([^<>|]+)(?:\|([^<>]+))?>")


def plain(text: str) -> str:
    """Words as they are drawn: `<url|label>` is its label, entities are characters."""
    return unescaped(_REFERENCE.sub(lambda found: found[2] or found[1].replace("!", "@"), text))


def _rich(value: Any) -> str:
    if isinstance(value, list):
        return "".join(_rich(one) for one in value)
    match value.get("type"):
        case "text":
            return str(value["text"])
        case "link":
            return str(value.get("text") or value["url"])
        case "emoji":
            return f":{value['name']}:"
        case "user":
            return f"@{value['user_id']}"
        case "usergroup":
            return f"@{value['usergroup_id']}"
        case "channel":
            return f"#{value['channel_id']}"
        case "date":
            return str(value.get("fallback") or value["timestamp"])
        case "rich_text_list" | "rich_text":
            return "\n".join(_rich(one) for one in value["elements"])
    return _rich(value.get("elements") or [])


def cell(value: Json) -> str:
    """What stands in one cell of a table."""
    return _rich(value) if value["type"] == "rich_text" else str(value["text"])


def _options(element: Json) -> Iterator[str]:
    """What a closed menu shows: what is chosen, else its placeholder; boxes show all of theirs."""
    if element["type"] in ("checkboxes", "radio_buttons"):
        yield from (one["text"]["text"] for one in element["options"])
    elif element.get("initial_option"):
        yield element["initial_option"]["text"]["text"]
    elif element.get("initial_options"):
        yield ", ".join(one["text"]["text"] for one in element["initial_options"])
    elif element.get("placeholder"):
        yield element["placeholder"]["text"]


def _element(element: Json) -> Iterator[str]:
    match element["type"]:
        case "mrkdwn":
            yield plain(element["text"])
        case "plain_text":
            yield element["text"]
        case "image":
            yield element["alt_text"]
        case "feedback_buttons":
            yield element["positive_button"]["text"]["text"]
            yield element["negative_button"]["text"]["text"]
        case "overflow":
            yield from (one["text"]["text"] for one in element["options"])
        case _:
            if element.get("text"):
                yield element["text"]["text"]
            yield from _options(element)
            initial = element.get("initial_value") or element.get("initial_date") or element.get("initial_time")
            if isinstance(initial, str):
                yield initial


def _texts(block: Json, *names: str) -> Iterator[str]:
    for name in names:
        if block.get(name):
            yield from _element(block[name])


def _chart(block: Json) -> Iterator[str]:
    chart = block["chart"]
    yield block["title"]
    if chart["type"] == "pie":
        yield from (f"{one['label']}: {one['value']}" for one in chart["segments"])
        return
    for series in chart["series"]:
        yield f"{series['name']}: " + ", ".join(f"{one['label']} {one['value']}" for one in series["data"])


def says(blocks: list[Json]) -> Iterator[str]:
    """Every text in blocks, in reading order: one string per text, one per table row."""
    for block in blocks:
        match block["type"]:
            case "section" | "alert" | "header":
                yield from _texts(block, "text")
                for field in block.get("fields") or []:
                    yield from _element(field)
                yield from _texts(block, "accessory")
            case "context" | "actions" | "context_actions":
                for element in block["elements"]:
                    yield from _element(element)
            case "input":
                yield from _texts(block, "label", "element", "hint")
            case "image":
                yield from _texts(block, "title")
                yield block["alt_text"]
            case "markdown":
                yield block["text"]
            case "rich_text":
                yield _rich(block)
            case "data_table" | "table":
                if block.get("caption"):
                    yield block["caption"]
                yield from (" | ".join(cell(one) for one in row) for row in block["rows"])
            case "data_visualization":
                yield from _chart(block)
            case "card":
                yield from _texts(block, "hero_image", "icon", "title", "subtitle", "body", "subtext")
                yield from (one["text"]["text"] for one in block.get("actions") or [])
            case "carousel":
                yield from says(block["elements"])
            case "video":
                yield from _texts(block, "title", "description")
                yield block["alt_text"]
            case "container":
                yield from _texts(block, "title", "subtitle")
                yield from says(block["child_blocks"])
