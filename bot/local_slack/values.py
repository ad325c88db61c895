"""What is filled in: Slack's state values, from what an element begins with and from what a person chose."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from . import parts
from .model import Json

KEYS = {
    "plain_text_input": "value",
    "number_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
}
STATELESS = parts.PRESSED


def many(kind: str) -> bool:
    """Whether an element of this type holds several choices."""
    return kind.startswith("multi_") or kind in ("checkboxes", "file_input")


def initial(element: Json) -> Any:
    """What an element shows before anybody touched it."""
    kind = element["type"]
    key = KEYS[kind]
    begin = {"value": "initial_value", "rich_text_value": "initial_value"}.get(key, key.replace("selected", "initial"))
    return element.get(begin, [] if many(kind) else None)


def state(blocks: list[Json], filled: dict[str, dict[str, Json]]) -> dict[str, dict[str, Json]]:
    """Slack's `state.values`: block id, action id, then the type and what is chosen or written."""
    found: dict[str, dict[str, Json]] = {}
    for block, element in parts.elements(blocks):
        kind = element["type"]
        if kind in STATELESS or kind not in KEYS:
            continue
        block_id, action_id = block["block_id"], element["action_id"]
        entry = filled.get(block_id, {}).get(action_id)
        if entry is None or entry.get("type") != kind:
            entry = {"type": kind, KEYS[kind]: initial(element)}
        found.setdefault(block_id, {})[action_id] = entry
    return found


def entry(element: Json, given: Json) -> Json:
    """A state entry from what the page or a program sent: only the key that this element has."""
    key = KEYS[element["type"]]
    value = given.get(key)
    if key == "value" and value == "":
        value = None
    if many(element["type"]) and value is None:
        value = []
    return {"type": element["type"], key: value}


def offered(element: Json) -> list[Json]:
    """All options of an element, those in groups too."""
    grouped = [one for group in element.get("option_groups") or [] for one in group["options"]]
    return [*(element.get("options") or []), *grouped]


def problem(element: Json, optional: bool, current: Json) -> str:
    """What Slack's client says beside a field before it sends anything; empty when all is well."""
    kind = element["type"]
    value = current.get(KEYS[kind])
    if value in (None, [], ""):
        return "" if optional else "Please complete this required field."
    if kind == "plain_text_input":
        least, most = element.get("min_length", 0), element.get("max_length", 3000)
        if not least <= len(value) <= most:
            return f"Please write between {least} and {most} characters."
    if kind == "number_input":
        return _number_problem(element, value)
    if kind == "email_text_input" and "@" not in value:
        return "Please enter a valid email address."
    if kind == "url_text_input" and "://" not in value:
        return "Please enter a valid URL."
    if many(kind) and len(value) > element.get("max_selected_items", len(value)):
        return f"Please choose at most {element['max_selected_items']}."
    return ""


def _number_problem(element: Json, value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return "Please enter a number."
    if not element["is_decimal_allowed"] and not number.is_integer():
        return "Please enter a whole number."
    if number < float(element.get("min_value", number)) or number > float(element.get("max_value", number)):
        return f"Please enter a number from {element.get('min_value', '…')} to {element.get('max_value', '…')}."
    return ""


def stamp(now: datetime) -> str:
    """An action's own timestamp."""
    return f"{now.timestamp():.6f}"
