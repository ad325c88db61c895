"""conversations.history and .replies, and reactions.*: what was said, and marks on it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..app_shapes import message_shape
from ..model import Channel, Json, Message
from .call import ANY_HISTORY, Arguments, Method, Refused, known_channel, need_kind_scope, page

if TYPE_CHECKING:
    from ..workspace import Workspace


def _readable(workspace: Workspace, arguments: Arguments) -> Channel:
    channel = known_channel(workspace, arguments.need("channel"))
    need_kind_scope(workspace, channel, history=True)
    if workspace.bot_user_id not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _instant(arguments: Arguments, name: str, default: float) -> float:
    try:
        return float(arguments.text(name) or default)
    except ValueError:
        raise Refused(f"invalid_ts_{name}", defect=True) from None


def _between(rows: list[Message], arguments: Arguments) -> list[Message]:
    oldest, latest = _instant(arguments, "oldest", 0.0), _instant(arguments, "latest", math.inf)
    inclusive = arguments.flag("inclusive")

    def within(ts: str) -> bool:
        at = float(ts)
        return oldest < at < latest or (inclusive and at in (oldest, latest))

    return [one for one in rows if within(one.ts)]


def _answer(workspace: Workspace, rows: list[Message], arguments: Arguments) -> Json:
    shown, cursor = page(rows, arguments, 100, 999)
    full = arguments.flag("include_all_metadata")
    return {
        "messages": [message_shape(workspace, one, metadata=full) for one in shown],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


def history(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.history: newest first, without answers in threads."""
    channel = _readable(workspace, arguments)
    rows = [
        one for one in workspace.conversations.messages[channel.id] if one.thread_ts in (None, one.ts) or one.broadcast
    ]
    return _answer(workspace, _between(rows, arguments)[::-1], arguments)


def replies(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.replies: a message and the answers to it, oldest first."""
    channel = _readable(workspace, arguments)
    parent = workspace.conversations.message(channel.id, arguments.need("ts"))
    if parent is None:
        raise Refused("thread_not_found")
    rows = [parent, *workspace.conversations.replies(parent)]
    return _answer(workspace, _between(rows, arguments), arguments)


def _react(workspace: Workspace, arguments: Arguments, add: bool) -> Json:
    channel = known_channel(workspace, arguments.need("channel"))
    message = workspace.conversations.message(channel.id, arguments.need("timestamp"))
    if message is None:
        raise Refused("message_not_found")
    name, bot = arguments.need("name").strip(":"), workspace.bot_user_id
    users = message.reactions.get(name, [])
    if add == (bot in users):
        raise Refused("already_reacted" if add else "no_reaction")
    users = [*users, bot] if add else [one for one in users if one != bot]
    reactions = {**message.reactions, name: users}
    workspace.conversations.change(message, reactions={key: who for key, who in reactions.items() if who})
    return {}


METHODS = {
    "conversations.history": Method(history, ANY_HISTORY),
    "conversations.replies": Method(replies, ANY_HISTORY),
    "reactions.add": Method(lambda workspace, arguments: _react(workspace, arguments, True), ("reactions:write",)),
    "reactions.remove": Method(lambda workspace, arguments: _react(workspace, arguments, False), ("reactions:write",)),
}
