"""The Events API: what happened, told to the app if its manifest subscribes to it and it may see it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from .app_shapes import dnd_shape, file_shape, user_shape
from .model import APP_DM, Channel, Json, Message, Person, StoredFile

if TYPE_CHECKING:
    from .workspace import Workspace

SCOPES = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "app_mention": "app_mentions:read",
    "dnd_updated_user": "dnd:read",
}
_TYPES = {"channel": "channel", "private": "group", "dm": "im", APP_DM: "im"}


def tell(workspace: Workspace, name: str, event: Json, at_once: bool) -> None:
    """Deliver one event if the manifest subscribes to `name` (such as message.im)."""
    if name not in workspace.manifest.events:
        return
    scope = SCOPES.get(name)
    if scope and scope not in workspace.manifest.scopes:
        workspace.complain(name, "missing_scope", f"the manifest subscribes to it without {scope}")
        return
    body: Json = {
        "token": "local",
        "team_id": workspace.team_id,
        "api_app_id": workspace.app_id,
        "event": {**event, "event_ts": event.get("ts") or workspace.next_ts()},
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(workspace.now().timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": workspace.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }
    workspace.delivery.tell(body, at_once)


def message_posted(workspace: Workspace, message: Message, at_once: bool) -> None:
    """message.channels, .groups, .im and app_mention for a new message; metadata on top."""
    channel = workspace.conversations.all[message.channel]
    if workspace.bot_user_id not in channel.members:
        return
    kind = _TYPES[channel.kind]
    event: Json = {
        "type": "message",
        "channel": channel.id,
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "channel_type": kind,
        "team": workspace.team_id,
    }
    if message.thread_ts:
        event["thread_ts"] = message.thread_ts
        parent = workspace.conversations.message(channel.id, message.thread_ts)
        if parent and parent.ts != message.ts:
            event["parent_user_id"] = parent.user
    if message.bot:
        event |= {"bot_id": workspace.bot_id, "app_id": workspace.app_id}
    if message.files:
        event |= {
            "subtype": "file_share",
            "files": [file_shape(workspace, workspace.files[one]) for one in message.files],
        }
    tell(
        workspace, {"channel": "message.channels", "group": "message.groups", "im": "message.im"}[kind], event, at_once
    )
    if f"<@{workspace.bot_user_id}" in message.text and not message.bot and kind != "im":
        tell(workspace, "app_mention", {**event, "type": "app_mention"}, at_once)
    if message.metadata:
        metadata_posted(workspace, message)


def metadata_posted(workspace: Workspace, message: Message) -> None:
    """A message came with metadata."""
    event: Json = {
        "type": "message_metadata_posted",
        "app_id": workspace.app_id,
        "bot_id": workspace.bot_id,
        "user_id": message.user,
        "team_id": workspace.team_id,
        "channel_id": message.channel,
        "metadata": message.metadata,
        "message_ts": message.ts,
    }
    tell(workspace, "message_metadata_posted", event, at_once=False)


def member_joined(workspace: Workspace, channel: Channel, user: str, inviter: str | None, at_once: bool) -> None:
    """Somebody, or the app itself, is now a member."""
    event: Json = {
        "type": "member_joined_channel",
        "user": user,
        "channel": channel.id,
        "channel_type": "C" if channel.kind == "channel" else "G",
        "team": workspace.team_id,
    }
    if inviter:
        event["inviter"] = inviter
    if workspace.bot_user_id in channel.members:
        tell(workspace, "member_joined_channel", event, at_once)


def member_left(workspace: Workspace, channel: Channel, user: str) -> None:
    """Somebody is no longer a member; the app hears of its own leaving as channel_left."""
    event: Json = {"type": "member_left_channel", "user": user, "channel": channel.id, "channel_type": "C"}
    if user == workspace.bot_user_id:
        tell(workspace, "channel_left", {"type": "channel_left", "channel": channel.id}, at_once=True)
        tell(workspace, "member_left_channel", event, at_once=True)
    elif workspace.bot_user_id in channel.members:
        tell(workspace, "member_left_channel", event, at_once=True)


def archived(workspace: Workspace, channel: Channel, user: str) -> None:
    """A conversation was archived."""
    tell(workspace, "channel_archive", {"type": "channel_archive", "channel": channel.id, "user": user}, at_once=True)


def renamed(workspace: Workspace, channel: Channel) -> None:
    """A conversation is called otherwise now."""
    event: Json = {"type": "channel_rename", "channel": {"id": channel.id, "name": channel.name, "created": 0}}
    tell(workspace, "channel_rename", event, at_once=True)


def file_shared(workspace: Workspace, one: StoredFile, channel: Channel) -> None:
    """A person dropped a file where the app can see it."""
    if workspace.bot_user_id in channel.members:
        event: Json = {
            "type": "file_shared",
            "channel_id": channel.id,
            "file_id": one.id,
            "user_id": one.user,
            "file": {"id": one.id},
        }
        tell(workspace, "file_shared", event, at_once=True)


def user_changed(workspace: Workspace, person: Person) -> None:
    """A person changed their language or zone, or their account was deactivated or given back."""
    shape = user_shape(workspace, person, locale=True, email="users:read.email" in workspace.manifest.scopes)
    tell(workspace, "user_change", {"type": "user_change", "user": shape}, at_once=True)


def dnd_changed(workspace: Workspace, person: Person) -> None:
    """A person paused notifications, or has them again."""
    event: Json = {
        "type": "dnd_updated_user",
        "user": person.id,
        "dnd_status": dnd_shape(workspace, person),
    }
    tell(workspace, "dnd_updated_user", event, at_once=True)


def home_opened(workspace: Workspace, user: str, channel: str, view: Json | None) -> None:
    """A person opened the app's Home tab."""
    event: Json = {"type": "app_home_opened", "user": user, "channel": channel, "tab": "home"}
    if view:
        event["view"] = view
    tell(workspace, "app_home_opened", event, at_once=True)
