"""Rich text: sections, lists, quotes and code, and the marks inside them."""

from __future__ import annotations

from .rules import Rule, at_least_one, by_type, choice, flag, items, number, shape, string
from .texts import IS_TYPE, address

_STYLE: Rule = shape(
    {},
    dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), flag),
)
_STYLED: dict[str, Rule] = {"style": _STYLE}
_LINK: Rule = shape({"type": IS_TYPE, "url": address()}, {"text": string(), "unsafe": flag, **_STYLED})
_TEXT: Rule = shape({"type": IS_TYPE, "text": string()}, _STYLED)

_INLINE: Rule = by_type(
    {
        "text": _TEXT,
        "link": _LINK,
        "emoji": shape(
            {"type": IS_TYPE, "name": string(255)},
            {"unicode": string(255), "skin_tone": number(1, 6, whole=True), **_STYLED},
        ),
        "user": shape({"type": IS_TYPE, "user_id": string(255)}, _STYLED),
        "channel": shape({"type": IS_TYPE, "channel_id": string(255)}, _STYLED),
        "usergroup": shape({"type": IS_TYPE, "usergroup_id": string(255)}, _STYLED),
        "broadcast": shape({"type": IS_TYPE, "range": choice("here", "channel", "everyone")}, _STYLED),
        "date": shape(
            {"type": IS_TYPE, "timestamp": number(whole=True), "format": string()},
            {"url": address(), "fallback": string(), **_STYLED},
        ),
        "color": shape({"type": IS_TYPE, "value": string(255)}),
    }
)
_PLAIN_INLINE: Rule = by_type({"text": _TEXT, "link": _LINK})
_SECTION: Rule = shape({"type": IS_TYPE, "elements": items(_INLINE, 0, None)})
_BORDER: dict[str, Rule] = {"border": number(0, 1, whole=True)}

_PARTS: Rule = by_type(
    {
        "rich_text_section": _SECTION,
        "rich_text_quote": shape({"type": IS_TYPE, "elements": items(_INLINE, 0, None)}, _BORDER),
        "rich_text_preformatted": shape(
            {"type": IS_TYPE, "elements": items(_PLAIN_INLINE, 0, None)}, {**_BORDER, "language": string(255)}
        ),
        "rich_text_list": shape(
            {
                "type": IS_TYPE,
                "style": choice("bullet", "ordered"),
                "elements": items(by_type({"rich_text_section": _SECTION}), 1, None),
            },
            {"indent": number(0, 8, whole=True), "offset": number(0, whole=True), **_BORDER},
        ),
    }
)
RICH_TEXT: Rule = shape(
    {"type": choice("rich_text"), "elements": items(_PARTS, 1, None)},
    {"block_id": string(255)},
    [at_least_one("elements")],
)
