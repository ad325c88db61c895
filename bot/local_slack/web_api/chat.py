"""chat.*: posting, changing and deleting messages, ephemeral ones too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .. import events
from ..app_shapes import message_shape
from ..filled import with_ids
from ..gate import blocks_refused
from ..model import APP_DM, Channel, Json, Message
from .call import Arguments, Method, Refused, known_channel

if TYPE_CHECKING:
    from ..workspace import Workspace

MOST_TEXT = 40_000
MOST_METADATA = 8_000


def content(workspace: Workspace, method: str, arguments: Arguments) -> Json:
    """The text and blocks of a message, once they have passed every limit."""
    text = arguments.text("text")
    blocks = arguments.parsed("blocks", "invalid_blocks_format")
    if arguments.parsed("attachments"):
        raise Refused("invalid_attachments", ["[ERROR] blocks are used here, not attachments"], defect=True)
    if not text:
        raise Refused("no_text", ["[ERROR] top-level text is what notifications and screen readers read"], defect=True)
    if len(text) > MOST_TEXT:
        raise Refused("msg_too_long", defect=True)
    if blocks:
        error, reasons = blocks_refused(workspace, method, blocks)
        if error:
            raise Refused(error, reasons, errors=reasons)
    return {"text": text, "blocks": with_ids(blocks) if blocks else None}


def metadata(arguments: Arguments) -> Json | None:
    """Message metadata: an event type and a payload."""
    given = arguments.parsed("metadata", "invalid_metadata_format")
    if given is None:
        return None
    well_formed = isinstance(given, dict) and isinstance(given.get("event_payload"), dict) and given.get("event_type")
    if not well_formed:
        raise Refused("invalid_metadata_format", defect=True)
    if len(json.dumps(given)) > MOST_METADATA:
        raise Refused("metadata_too_large", defect=True)
    return {"event_type": given["event_type"], "event_payload": given["event_payload"]}


def _target(workspace: Workspace, which: str) -> Channel:
    """The channel, or the direct messages with a person, that the app may post to."""
    person = workspace.roster.all.get(which)
    channel = workspace.conversations.with_app(which) if person else known_channel(workspace, which)
    if channel.kind == APP_DM and any(workspace.roster.all[one].deleted for one in channel.members):
        raise Refused("user_disabled")
    member = workspace.bot_user_id in channel.members
    if not member and not (channel.kind == "channel" and "chat:write.public" in workspace.manifest.scopes):
        raise Refused("not_in_channel")
    if channel.archived:
        raise Refused("is_archived")
    return channel


def _thread(workspace: Workspace, channel: Channel, arguments: Arguments) -> str | None:
    ts = arguments.text("thread_ts") or None
    if ts and workspace.conversations.message(channel.id, ts) is None:
        raise Refused("thread_not_found")
    return ts


def post_message(workspace: Workspace, arguments: Arguments) -> Json:
    """chat.postMessage."""
    channel = _target(workspace, arguments.need("channel"))
    fields = content(workspace, "chat.postMessage", arguments)
    message = workspace.conversations.post(
        channel.id,
        workspace.bot_user_id,
        bot=True,
        username=workspace.manifest.bot_name,
        thread_ts=_thread(workspace, channel, arguments),
        broadcast=arguments.flag("reply_broadcast"),
        metadata=metadata(arguments),
        **fields,
    )
    return {"channel": channel.id, "ts": message.ts, "message": message_shape(workspace, message)}


def post_ephemeral(workspace: Workspace, arguments: Arguments) -> Json:
    """chat.postEphemeral: for one member of a channel."""
    channel = _target(workspace, arguments.need("channel"))
    user = arguments.need("user")
    known = workspace.roster.all.get(user)
    if (user not in channel.members and channel.kind != APP_DM) or (known and known.deleted):
        raise Refused("user_not_in_channel")
    fields = content(workspace, "chat.postEphemeral", arguments)
    message = workspace.conversations.post(
        channel.id,
        workspace.bot_user_id,
        bot=True,
        username=workspace.manifest.bot_name,
        only_for=user,
        thread_ts=arguments.text("thread_ts") or None,
        **fields,
    )
    return {"message_ts": message.ts}


def _own(workspace: Workspace, arguments: Arguments, refusal: str) -> Message:
    channel = known_channel(workspace, arguments.need("channel"))
    message = workspace.conversations.message(channel.id, arguments.need("ts"))
    if message is None:
        raise Refused("message_not_found")
    if message.user != workspace.bot_user_id:
        raise Refused(refusal)
    if channel.archived:
        raise Refused("is_archived")
    return message


def update(workspace: Workspace, arguments: Arguments) -> Json:
    """chat.update: other content in one of the app's own messages."""
    message = _own(workspace, arguments, "cant_update_message")
    fields = content(workspace, "chat.update", arguments)
    given = metadata(arguments)
    if given is not None:
        fields["metadata"] = given
    workspace.conversations.change(message, **fields, edited=True)
    if given:
        events.metadata_posted(workspace, message)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": message_shape(workspace, message),
    }


def delete(workspace: Workspace, arguments: Arguments) -> Json:
    """chat.delete: one of the app's own messages."""
    message = _own(workspace, arguments, "cant_delete_message")
    workspace.conversations.delete(message)
    return {"channel": message.channel, "ts": message.ts}


def permalink(workspace: Workspace, arguments: Arguments) -> Json:
    """chat.getPermalink."""
    channel = known_channel(workspace, arguments.need("channel"))
    ts = arguments.need("message_ts")
    if workspace.conversations.message(channel.id, ts) is None:
        raise Refused("message_not_found")
    link = f"{workspace.base_url}/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


_WRITE = ("chat:write",)
METHODS = {
    "chat.postMessage": Method(post_message, _WRITE),
    "chat.postEphemeral": Method(post_ephemeral, _WRITE),
    "chat.update": Method(update, _WRITE),
    "chat.delete": Method(delete, _WRITE),
    "chat.getPermalink": Method(permalink),
}
