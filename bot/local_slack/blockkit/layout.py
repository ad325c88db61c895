"""The everyday blocks: section, header, context, actions, input, image, markdown, video, divider, file."""

from __future__ import annotations

from typing import Any

from .elements import ACCESSORY, IN_ACTIONS, IN_CONTEXT_ACTIONS, IN_INPUT
from .rich_text import RICH_TEXT
from .rules import Report, Rule, at_least_one, by_type, choice, exactly_one, flag, items, shape, string
from .texts import IMAGE, IS_TYPE, address, plain, ready_file, text


def block_id(report: Report, path: str, value: Any) -> None:
    """1 to 255 characters, once per surface."""
    string(255)(report, path, value)
    if isinstance(value, str):
        if value in report.block_ids:
            report.add(path, f"block_id already exists: {value}")
        report.block_ids.add(value)


def block(required: dict[str, Rule], optional: dict[str, Rule] | None = None, also: tuple[Rule, ...] = ()) -> Rule:
    """A block: its own fields, `type` and `block_id`; its elements' action ids are its own."""
    inner = shape({"type": IS_TYPE, **required}, {"block_id": block_id, **(optional or {})}, also)

    def rule(report: Report, path: str, value: Any) -> None:
        report.action_ids = set()
        inner(report, path, value)

    return rule


def _counts_as_input(report: Report, *_: Any) -> None:
    report.inputs += 1


def _counts_markdown(report: Report, _: str, value: Any) -> None:
    report.markdown += len(value["text"]) if isinstance(value.get("text"), str) else 0


def _rich_text(report: Report, path: str, value: Any) -> None:
    RICH_TEXT(report, path, value)
    if isinstance(value.get("block_id"), str):
        block_id(report, f"{path}/block_id", value["block_id"])


LAYOUT: dict[str, Rule] = {
    "section": block(
        {},
        {"text": text(3000), "fields": items(text(2000), 1, 10), "accessory": ACCESSORY, "expand": flag},
        (at_least_one("text", "fields"),),
    ),
    "header": block({"text": plain(150)}),
    "divider": block({}),
    "context": block(
        {"elements": items(by_type({"image": IMAGE, "plain_text": text(3000), "mrkdwn": text(3000)}), 1, 10)}
    ),
    "actions": block({"elements": items(IN_ACTIONS, 1, 25)}),
    "context_actions": block({"elements": items(IN_CONTEXT_ACTIONS, 1, 5)}),
    "input": block(
        {"label": plain(2000), "element": IN_INPUT},
        {"hint": plain(2000), "optional": flag, "dispatch_action": flag},
        (_counts_as_input,),
    ),
    "image": block(
        {"alt_text": string(2000)},
        {
            "image_url": address(schemes=("http://", "https://")),
            "slack_file": ready_file,
            "title": plain(2000),
        },
        (exactly_one("image_url", "slack_file"),),
    ),
    "markdown": block({"text": string(12000)}, also=(_counts_markdown,)),
    "rich_text": _rich_text,
    "file": block({"external_id": string(255), "source": choice("remote")}),
    "video": block(
        {
            "alt_text": string(2000),
            "title": plain(199),
            "thumbnail_url": address(schemes=("https://",)),
            "video_url": address(schemes=("https://",)),
        },
        {
            "author_name": string(49),
            "description": plain(199),
            "provider_name": string(50),
            "provider_icon_url": address(2000, ("https://",)),
            "title_url": address(2000, ("https://",)),
        },
    ),
}
