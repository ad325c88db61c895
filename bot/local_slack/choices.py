"""From words to Slack's values: a label becomes its option, "Mina" a user id, "#returns" a channel id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import values
from .app_shapes import file_shape
from .model import Json

if TYPE_CHECKING:
    from .workspace import Workspace


def chosen(workspace: Workspace, element: Json, choice: Any) -> Json:
    """What a state entry or an action holds for this choice. Raises LookupError when it is not on offer."""
    kind = element["type"]
    key = values.KEYS[kind]
    if choice is None:
        return {key: [] if values.many(kind) else None}
    if values.many(kind):
        several = choice if isinstance(choice, list | set) else [choice]
        return {key: [_one(workspace, element, kind, one) for one in several]}
    return {key: _one(workspace, element, kind, choice)}


def entry(workspace: Workspace, element: Json, given: Json) -> Json:
    """The state entry of an element; files, which come by id, as Slack's file objects. Raises LookupError."""
    found = values.entry(element, given)
    if element["type"] == "file_input":
        found["files"] = [_file(workspace, str(one["id"])) for one in found["files"]]
    return found


def _file(workspace: Workspace, key: str) -> Json:
    if key not in workspace.files:
        raise LookupError(f"there is no file {key!r}")
    return file_shape(workspace, workspace.files[key])


def _one(workspace: Workspace, element: Json, kind: str, choice: Any) -> Any:
    if isinstance(choice, dict):
        return choice
    if kind == "file_input":
        return {"id": choice}
    if "user" in kind:
        return workspace.roster.find(choice).id
    if "channel" in kind or "conversation" in kind:
        return workspace.conversations.find(choice).id
    if "external" in kind:
        return {"text": {"type": "plain_text", "text": str(choice)}, "value": str(choice)}
    if "select" in kind or kind in ("checkboxes", "radio_buttons", "overflow"):
        return option(element, choice)
    if kind == "rich_text_input":
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(choice)}]}
        return {"type": "rich_text", "elements": [section]}
    return choice if kind == "datetimepicker" else str(choice)


def option(element: Json, choice: str) -> Json:
    """The option with this label or value. Raises LookupError."""
    offered = values.offered(element)
    for one in offered:
        if choice in (one["text"]["text"], one["value"]):
            return one
    raise LookupError(f"no option {choice!r}; there are {[one['text']['text'] for one in offered]}")
