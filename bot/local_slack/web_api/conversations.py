"""conversations.*: lists, members, joining, inviting, opening direct messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import membership
from ..app_shapes import channel_shape
from ..model import APP_DM, Channel, Json
from .call import (
    ANY_READ,
    Arguments,
    Method,
    Refused,
    known_channel,
    need_kind_scope,
    need_scope,
    page,
)

if TYPE_CHECKING:
    from ..workspace import Workspace

_TYPES = {"channel": "public_channel", "private": "private_channel", "dm": "im", APP_DM: "im"}
_CREATE_SCOPES = {"channel": ("channels:manage", "channels:write.invites"), "private": ("groups:write",)}


def of_types(workspace: Workspace, arguments: Arguments, member: str | None) -> list[Channel]:
    """Conversations of the wanted types that the app may know of, or that `member` is in."""
    wanted = arguments.names("types") or ["public_channel"]
    found = []
    for channel in workspace.conversations.all.values():
        known = channel.kind == "channel" or workspace.bot_user_id in channel.members
        if _TYPES[channel.kind] not in wanted or not known or (member and member not in channel.members):
            continue
        if not (channel.archived and arguments.flag("exclude_archived")):
            need_kind_scope(workspace, channel)
            found.append(channel)
    return found


def listed(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.list."""
    rows, cursor = page(of_types(workspace, arguments, None), arguments, 100, 1000)
    channels = [channel_shape(workspace, one, members=True) for one in rows]
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


def info(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.info."""
    channel = known_channel(workspace, arguments.need("channel"))
    need_kind_scope(workspace, channel)
    return {"channel": channel_shape(workspace, channel, arguments.flag("include_num_members"))}


def members(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.members."""
    channel = known_channel(workspace, arguments.need("channel"))
    need_kind_scope(workspace, channel)
    working = [one for one in channel.members if not workspace.roster.all[one].deleted]
    rows, cursor = page(working, arguments, 100, 1000)
    return {"members": rows, "response_metadata": {"next_cursor": cursor}}


def join(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.join: a public channel."""
    channel = known_channel(workspace, arguments.need("channel"))
    if channel.kind != "channel":
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    if workspace.bot_user_id in channel.members:
        return {"channel": channel_shape(workspace, channel), "warning": "already_in_channel"}
    membership.join(workspace, channel, workspace.bot_user_id, None, at_once=False)
    return {"channel": channel_shape(workspace, channel)}


def opened(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.open: the direct messages with one person."""
    users = arguments.names("users")
    if arguments.text("channel"):
        return {"channel": {"id": known_channel(workspace, arguments.text("channel")).id}}
    if len(users) != 1:
        raise Refused("invalid_arguments", ["[ERROR] one user"], defect=True)
    if users[0] not in workspace.roster.all:
        raise Refused("user_not_found")
    if workspace.roster.all[users[0]].deleted:
        raise Refused("user_disabled")
    channel = workspace.conversations.with_app(users[0])
    full = arguments.flag("return_im")
    return {"channel": channel_shape(workspace, channel) if full else {"id": channel.id}}


def invite(workspace: Workspace, arguments: Arguments) -> Json:
    """conversations.invite: people into a channel that the app is in."""
    channel = known_channel(workspace, arguments.need("channel"))
    need_scope(workspace, *_CREATE_SCOPES.get(channel.kind, ()))
    if workspace.bot_user_id not in channel.members:
        raise Refused("not_in_channel")
    for user in arguments.names("users"):
        if user not in workspace.roster.all:
            raise Refused("user_not_found")
        if workspace.roster.all[user].deleted:
            raise Refused("user_disabled")
        if user in channel.members:
            raise Refused("already_in_channel")
        membership.join(workspace, channel, user, workspace.bot_user_id, at_once=False)
    return {"channel": channel_shape(workspace, channel)}


METHODS = {
    "conversations.list": Method(listed, ANY_READ),
    "conversations.info": Method(info, ANY_READ),
    "conversations.members": Method(members, ANY_READ),
    "conversations.join": Method(join, ("channels:join",)),
    "conversations.open": Method(opened, ("im:write", "mpim:write")),
    "conversations.invite": Method(invite),
}
