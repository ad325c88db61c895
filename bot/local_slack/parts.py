"""Finding things in blocks: the elements a person can press or fill, tables, charts, images, input fields."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Json
from .reading import cell

Found = tuple[Json, Json]
PRESSED = {"button", "icon_button", "feedback_buttons", "workflow_button", "overflow"}


def flat(blocks: list[Json]) -> Iterator[Json]:
    """All blocks, those inside carousels and containers too."""
    for block in blocks:
        yield block
        yield from flat(block.get("child_blocks") or [])
        if block["type"] == "carousel":
            yield from block["elements"]


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every element that a person can press, choose in or fill, with the block it stands in."""
    for block in flat(blocks):
        inside = list(block.get("actions") or [] if block["type"] == "card" else [])
        if block["type"] in ("actions", "context_actions"):
            inside += block["elements"]
        inside += [block[name] for name in ("accessory", "element") if isinstance(block.get(name), dict)]
        yield from ((block, element) for element in inside if element["type"] != "image")


def labels(element: Json) -> list[str]:
    """What stands on a button; nothing for other elements."""
    if element["type"] == "feedback_buttons":
        return [element["positive_button"]["text"]["text"], element["negative_button"]["text"]["text"]]
    if element["type"] in ("button", "icon_button", "workflow_button"):
        return [element["text"]["text"]]
    return []


def tables(blocks: list[Json]) -> list[list[list[str]]]:
    """The words in every table, header row first."""
    return [
        [[cell(one) for one in row] for row in block["rows"]]
        for block in flat(blocks)
        if block["type"] in ("data_table", "table")
    ]


def charts(blocks: list[Json]) -> list[Json]:
    """Every chart: {"title", "type", "series": {name: {label: value}}}; a pie has one series named ""."""
    found = []
    for block in flat(blocks):
        if block["type"] == "data_visualization":
            chart = block["chart"]
            series = chart.get("series") or [{"name": "", "data": chart.get("segments") or []}]
            plotted = {one["name"]: {point["label"]: point["value"] for point in one["data"]} for one in series}
            found.append({"title": block["title"], "type": chart["type"], "series": plotted})
    return found


def images(blocks: list[Json]) -> list[Json]:
    """Every image block and image element."""
    found = []
    for block in flat(blocks):
        candidates = [block] if block["type"] == "image" else []
        candidates += [block[name] for name in ("accessory", "hero_image", "icon") if isinstance(block.get(name), dict)]
        candidates += block["elements"] if block["type"] == "context" else []
        found += [one for one in candidates if one["type"] == "image"]
    return found


def fields(blocks: list[Json]) -> dict[str, str]:
    """The labels of all inputs by block id."""
    return {block["block_id"]: block["label"]["text"] for block in flat(blocks) if block["type"] == "input"}


def find(blocks: list[Json], action_id: str, block_id: str | None = None) -> Found:
    """The block and element with an action id. Raises LookupError that names what is there."""
    for block, element in elements(blocks):
        if element["action_id"] == action_id and block_id in (None, block["block_id"]):
            return block, element
    raise LookupError(f"no element {action_id!r}; there are {[one['action_id'] for _, one in elements(blocks)]}")
