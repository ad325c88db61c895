"""JSON for the app's side, in the shapes that Slack documents: users, conversations, messages, files, views."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote
from zoneinfo import ZoneInfo

from . import values
from .model import APP_DM, Channel, Json, Message, Person, StoredFile, View
from .roster import handle

if TYPE_CHECKING:
    from .workspace import Workspace


def user_shape(workspace: Workspace, one: Person, locale: bool, email: bool) -> Json:
    """A user object; `locale` and `email` only when asked for and allowed."""
    offset = datetime.fromtimestamp(workspace.now().timestamp(), ZoneInfo(one.tz)).utcoffset()
    profile: Json = {
        "real_name": one.real_name,
        "display_name": one.name,
        "title": one.title,
        "team": workspace.team_id,
    }
    if email and not one.is_bot:
        profile["email"] = one.email
    shape: Json = {
        "id": one.id,
        "team_id": workspace.team_id,
        "name": handle(one),
        "deleted": one.deleted,
        "real_name": one.real_name,
        "tz": one.tz,
        "tz_label": one.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile,
        "is_admin": False,
        "is_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": one.is_bot,
        "is_app_user": False,
        "updated": int(workspace.now().timestamp()),
    }
    return {**shape, "locale": one.locale} if locale else shape


def dnd_shape(workspace: Workspace, one: Person) -> Json:
    """From when until when a person wants no notifications, as others may know it."""
    if one.dnd_from is None or one.dnd_until is None or one.dnd_until <= workspace.now():
        return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    start, end = int(one.dnd_from.timestamp()), math.ceil(one.dnd_until.timestamp())
    return {"dnd_enabled": True, "next_dnd_start_ts": start, "next_dnd_end_ts": end}


def channel_shape(workspace: Workspace, one: Channel, members: bool = False) -> Json:
    """A conversation object."""
    direct = one.kind in ("dm", APP_DM)
    shape: Json = {
        "id": one.id,
        "created": 0,
        "is_archived": one.archived,
        "is_im": direct,
        "is_channel": one.kind == "channel",
        "is_group": one.kind == "private",
        "is_private": one.kind != "channel",
        "is_mpim": False,
        "is_member": workspace.bot_user_id in one.members,
        "context_team_id": workspace.team_id,
    }
    if direct:
        shape["user"] = next((who for who in one.members if who != workspace.bot_user_id), one.members[0])
    else:
        shape |= {
            "name": one.name,
            "name_normalized": one.name,
            "previous_names": list(one.previous_names),
            "topic": {"value": one.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
        }
    return {**shape, "num_members": len(one.members)} if members else shape


def metadata_of(one: Message) -> Json | None:
    """Message metadata as it was given."""
    return one.metadata


def message_shape(workspace: Workspace, one: Message, metadata: bool = True) -> Json:
    """A message object as `conversations.history`, `chat.postMessage` and the payloads carry it."""
    shape: Json = {"type": "message", "user": one.user, "text": one.text, "ts": one.ts, "team": workspace.team_id}
    if one.bot:
        shape |= {"bot_id": workspace.bot_id, "app_id": workspace.app_id}
    if one.subtype:
        shape["subtype"] = one.subtype
    if one.blocks is not None:
        shape["blocks"] = one.blocks
    if one.thread_ts:
        shape["thread_ts"] = one.thread_ts
    if one.edited:
        shape["edited"] = {"user": one.user, "ts": one.ts}
    if metadata and one.metadata:
        shape["metadata"] = one.metadata
    if one.files:
        shape["files"] = [file_shape(workspace, workspace.files[name]) for name in one.files]
    if one.reactions:
        shape["reactions"] = [{"name": k, "users": v, "count": len(v)} for k, v in one.reactions.items()]
    replies = [] if one.only_for else workspace.conversations.replies(one)
    if replies:
        shape |= {
            "thread_ts": one.ts,
            "reply_count": len(replies),
            "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
            "latest_reply": replies[-1].ts,
        }
    return shape


def file_shape(workspace: Workspace, one: StoredFile) -> Json:
    """A file object; `mimetype` and `filetype` are empty until Slack has looked at the file."""
    kind = workspace.file_cabinet.mimetype(one.name) if one.ready else ""
    url = f"{workspace.base_url}/files/{one.id}/{one.name}"
    private = f"{workspace.base_url}/files-pri/{workspace.team_id}-{one.id}"
    return {
        "id": one.id,
        "created": int(one.created_at.timestamp()) if one.created_at else 0,
        "name": one.name,
        "title": one.title,
        "mimetype": kind,
        "filetype": one.name.rpartition(".")[2] if kind else "",
        "pretty_type": kind,
        "user": one.user,
        "size": one.size,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "alt_txt": one.alt_txt,
        "url_private": url,
        "url_private_download": f"{private}/download/{quote(one.name)}",
        "permalink": url,
        "channels": list(one.channels),
    }


def view_shape(workspace: Workspace, one: View) -> Json:
    """A view object: what was given, and what Slack adds."""
    return {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "title": None,
        "submit": None,
        "close": None,
        "clear_on_close": False,
        "notify_on_close": False,
        **one.given,
        "id": one.id,
        "team_id": workspace.team_id,
        "state": {"values": values.state(one.given["blocks"], one.values)},
        "hash": one.hash,
        "root_view_id": one.root_id or one.id,
        "previous_view_id": one.previous_id,
        "app_id": workspace.app_id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot_id,
    }
