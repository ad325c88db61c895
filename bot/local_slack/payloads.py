"""The bodies of what people do, in Slack's shapes: commands, presses, submissions, closings, shortcuts, suggestions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import parts, values
from .app_shapes import message_shape, view_shape
from .model import Channel, Json, Message, Person, View
from .roster import handle

if TYPE_CHECKING:
    from .workspace import Workspace


def team(workspace: Workspace) -> Json:
    """The workspace as payloads name it."""
    return {"id": workspace.team_id, "domain": workspace.name.casefold().replace(" ", "-")}


def _who(workspace: Workspace, person: Person) -> Json:
    name = handle(person)
    return {"id": person.id, "username": name, "name": name, "team_id": workspace.team_id}


def _interactive(workspace: Workspace, kind: str, person: Person) -> Json:
    return {
        "type": kind,
        "team": team(workspace),
        "user": _who(workspace, person),
        "api_app_id": workspace.app_id,
        "token": "local",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def command(workspace: Workspace, person: Person, channel: Channel, name: str, text: str) -> Json:
    """A slash command: flat, as a form would be."""
    return {
        "token": "local",
        "team_id": workspace.team_id,
        "team_domain": team(workspace)["domain"],
        "channel_id": channel.id,
        "channel_name": workspace.conversations.channel_name(channel),
        "user_id": person.id,
        "user_name": handle(person),
        "command": name,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": workspace.responses.make(person.id, channel.id),
        "trigger_id": workspace.triggers.make(person.id),
    }


def _message_place(workspace: Workspace, message: Message) -> Json:
    """Where a press happened; Slack does not send an ephemeral message back."""
    channel = workspace.conversations.all[message.channel]
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.only_for is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    place: Json = {
        "container": container,
        "channel": {"id": channel.id, "name": workspace.conversations.channel_name(channel)},
    }
    return place if message.only_for else {**place, "message": message_shape(workspace, message)}


def _view_place(workspace: Workspace, view: View) -> Json:
    return {"container": {"type": "view", "view_id": view.id}, "view": view_shape(workspace, view)}


def place(workspace: Workspace, where: Message | View) -> Json:
    """The container, and the message or view itself."""
    return _message_place(workspace, where) if isinstance(where, Message) else _view_place(workspace, where)


def block_actions(workspace: Workspace, person: Person, where: Message | View, action: Json) -> Json:
    """A press or a choice."""
    body = {
        **_interactive(workspace, "block_actions", person),
        **place(workspace, where),
        "trigger_id": workspace.triggers.make(person.id, where.id if isinstance(where, View) else None),
        "actions": [action],
    }
    if isinstance(where, Message):
        body["response_url"] = workspace.responses.make(person.id, where.channel, where)
        body["state"] = {"values": values.state(where.blocks or [], where.values.get(person.id, {}))}
    return body


def action(workspace: Workspace, block: Json, element: Json, chosen: Json) -> Json:
    """One entry of `actions`: what the element is and what was chosen."""
    shown: Json = {name: element[name] for name in ("text", "value", "style", "placeholder", "url") if name in element}
    if element["type"] != "button":
        shown = {name: inner for name, inner in shown.items() if name == "placeholder"}
    return {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        **shown,
        **chosen,
        "action_ts": values.stamp(workspace.now()),
    }


def submission(workspace: Workspace, person: Person, view: View) -> Json:
    """A modal was sent."""
    return {
        **_interactive(workspace, "view_submission", person),
        "trigger_id": workspace.triggers.make(person.id, view.id),
        "view": view_shape(workspace, view),
        "response_urls": [],
    }


def closing(workspace: Workspace, person: Person, view: View, cleared: bool) -> Json:
    """A modal was closed by its person."""
    return {
        **_interactive(workspace, "view_closed", person),
        "view": view_shape(workspace, view),
        "is_cleared": cleared,
    }


def shortcut(workspace: Workspace, person: Person, callback_id: str, message: Message | None) -> Json:
    """A global shortcut, or one on a message."""
    body = {
        **_interactive(workspace, "message_action" if message else "shortcut", person),
        "callback_id": callback_id,
        "trigger_id": workspace.triggers.make(person.id),
        "action_ts": values.stamp(workspace.now()),
    }
    if message is None:
        return body
    channel = workspace.conversations.all[message.channel]
    return {
        **body,
        "channel": {"id": channel.id, "name": workspace.conversations.channel_name(channel)},
        "message_ts": message.ts,
        "message": message_shape(workspace, message),
        "response_url": workspace.responses.make(person.id, channel.id),
    }


def suggestion(workspace: Workspace, person: Person, where: Message | View, found: parts.Found, query: str) -> Json:
    """A person types into a menu whose options the app knows."""
    block, element = found
    return {
        **_interactive(workspace, "block_suggestion", person),
        **place(workspace, where),
        "block_id": block["block_id"],
        "action_id": element["action_id"],
        "value": query,
    }
