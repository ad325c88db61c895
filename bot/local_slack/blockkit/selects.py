"""Select menus, for one choice and for several: static, external, people, conversations, channels."""

from __future__ import annotations

from typing import Any

from .rules import Report, Rule, choice, exactly_one, flag, items, number, shape, string
from .texts import CONFIRM, IS_TYPE, OPTION_GROUP, PLAIN_OPTION, action_id, focus, plain

_ID = string(255)
_COMMON: dict[str, Rule] = {
    "action_id": action_id,
    "placeholder": plain(150),
    "confirm": CONFIRM,
    "focus_on_load": focus,
}
_MANY: dict[str, Rule] = {**_COMMON, "max_selected_items": number(1, whole=True)}
_OFFER: dict[str, Rule] = {"options": items(PLAIN_OPTION, 1, 100), "option_groups": items(OPTION_GROUP, 1, 100)}
_FILTER: Rule = shape(
    {},
    {
        "include": items(choice("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
)
_QUERY: dict[str, Rule] = {"min_query_length": number(0, whole=True)}
_SHOWN: dict[str, Rule] = {"default_to_current_conversation": flag, "filter": _FILTER}


def _initial_is_offered(report: Report, path: str, value: Any) -> None:
    """What is chosen at first must be word for word among the options."""
    chosen = value.get("initial_options") or ([value["initial_option"]] if value.get("initial_option") else [])
    groups = value.get("option_groups")
    offered = value.get("options") or []
    if isinstance(groups, list):
        offered = [one for group in groups if isinstance(group, dict) for one in group.get("options") or []]
    if isinstance(chosen, list) and isinstance(offered, list) and any(one not in offered for one in chosen):
        report.add(path, "initial option(s) must be among the options")


def _one(optional: dict[str, Rule], also: tuple[Rule, ...] = ()) -> Rule:
    return shape({"type": IS_TYPE}, {**_COMMON, **optional}, also)


def _many(optional: dict[str, Rule], also: tuple[Rule, ...] = ()) -> Rule:
    return shape({"type": IS_TYPE}, {**_MANY, **optional}, also)


_OFFERED: tuple[Rule, ...] = (exactly_one("options", "option_groups"), _initial_is_offered)

SELECTS: dict[str, Rule] = {
    "static_select": _one({**_OFFER, "initial_option": PLAIN_OPTION}, _OFFERED),
    "external_select": _one({**_QUERY, "initial_option": PLAIN_OPTION}),
    "users_select": _one({"initial_user": _ID}),
    "conversations_select": _one({**_SHOWN, "initial_conversation": _ID, "response_url_enabled": flag}),
    "channels_select": _one({"initial_channel": _ID, "response_url_enabled": flag}),
}
MULTI_SELECTS: dict[str, Rule] = {
    "multi_static_select": _many({**_OFFER, "initial_options": items(PLAIN_OPTION, 1, 100)}, _OFFERED),
    "multi_external_select": _many({**_QUERY, "initial_options": items(PLAIN_OPTION, 1, 100)}),
    "multi_users_select": _many({"initial_users": items(_ID, 1, None)}),
    "multi_conversations_select": _many({**_SHOWN, "initial_conversations": items(_ID, 1, None)}),
    "multi_channels_select": _many({"initial_channels": items(_ID, 1, None)}),
}
