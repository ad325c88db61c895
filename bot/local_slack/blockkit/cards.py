"""The framed blocks of 2026: card, carousel, container, alert."""

from __future__ import annotations

from typing import Any

from .elements import BUTTON
from .layout import LAYOUT, block
from .rich_text import RICH_TEXT
from .rules import Report, Rule, at_least_one, by_type, choice, exactly_one, flag, items, shape, string
from .tables import TABLES
from .texts import IMAGE, IS_TYPE, plain, text


def _one_icon(report: Report, path: str, value: Any) -> None:
    if value.get("icon") and value.get("slack_icon"):
        report.add(path, "icon and slack_icon cannot both be provided")


CARD: Rule = block(
    {},
    {
        "hero_image": IMAGE,
        "icon": IMAGE,
        "slack_icon": shape({"name": string(255)}, {"type": IS_TYPE}),
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": items(by_type({"button": BUTTON}), 1, 3),
    },
    (at_least_one("hero_image", "title", "actions", "body"), _one_icon),
)

_INSIDE = (
    "actions",
    "context",
    "divider",
    "file",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "video",
)


def _collapse_agrees(report: Report, path: str, value: Any) -> None:
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        report.add(path, "default_collapsed requires is_collapsible")
    if value.get("has_header_divider") and value.get("is_collapsible"):
        report.add(path, "has_header_divider is only for containers that do not collapse")


CARDS: dict[str, Rule] = {
    "card": CARD,
    "carousel": block({"elements": items(by_type({"card": CARD}), 1, 10)}),
    "container": block(
        {"child_blocks": items(by_type({**{name: LAYOUT[name] for name in _INSIDE}, "table": TABLES["table"]}), 1, 10)},
        {
            "title": plain(150),
            "rich_text_title": RICH_TEXT,
            "subtitle": text(150),
            "width": choice("narrow", "standard", "wide", "full"),
            "icon": IMAGE,
            "is_collapsible": flag,
            "default_collapsed": flag,
            "has_header_divider": flag,
        },
        (exactly_one("title", "rich_text_title"), _collapse_agrees),
    ),
    "alert": block({"text": text(200)}, {"level": choice("default", "info", "warning", "error", "success")}),
}
