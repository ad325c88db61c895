"""JSON for the people's side, the page and the control API: everything as one person sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .app_shapes import metadata_of, view_shape
from .model import APP_DM, Channel, Group, Json, Message, Person, StoredFile, View

if TYPE_CHECKING:
    from .workspace import Workspace


def person(one: Person) -> Json:
    """A person, or a bot."""
    return {
        "id": one.id,
        "name": one.name,
        "real_name": one.real_name,
        "title": one.title,
        "locale": one.locale,
        "tz": one.tz,
        "avatar": one.colour,
        "is_bot": one.is_bot,
        "cast": one.cast,
        "presence": "active",
        "deactivated": one.deleted,
        "dnd_until": one.dnd_until.isoformat() if one.dnd_until else "",
    }


def group(one: Group) -> Json:
    """A user group."""
    return {"id": one.id, "handle": one.handle, "name": one.name, "members": list(one.members)}


def channel(workspace: Workspace, one: Channel, viewer: str) -> Json:
    """A conversation; direct messages are named after the other side."""
    name = one.name
    if one.kind in ("dm", APP_DM):
        others = [member for member in one.members if member != viewer] or list(one.members)
        name = workspace.roster.all[others[0]].name
    return {
        "id": one.id,
        "name": name,
        "kind": one.kind,
        "members": list(one.members),
        "topic": one.topic,
        "unread": workspace.conversations.unread(viewer, one.id),
        "last_read": workspace.conversations.last_read.get((viewer, one.id), ""),
        "archived": one.archived,
        "joined": viewer in one.members,
    }


def file(workspace: Workspace, one: StoredFile) -> Json:
    """A file under a message."""
    return {
        "id": one.id,
        "name": one.name,
        "title": one.title,
        "url": f"/files/{one.id}/{one.name}",
        "mimetype": workspace.file_cabinet.mimetype(one.name),
        "size": one.size,
        "alt_txt": one.alt_txt,
    }


def message(workspace: Workspace, one: Message, viewer: str) -> Json:
    """A message as this person sees it; `deferred` is the sentence after a press that was not acknowledged."""
    replies = [] if one.only_for else workspace.conversations.replies(one)
    return {
        "ts": one.ts,
        "user": one.user,
        "username": one.username or workspace.roster.all[one.user].name,
        "bot": one.bot or workspace.roster.all[one.user].is_bot,
        "text": one.text,
        "blocks": one.blocks,
        "thread_ts": one.thread_ts,
        "reply_count": len(replies),
        "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
        "edited": one.edited,
        "ephemeral": one.only_for is not None,
        "deleted": False,
        "broadcast": one.broadcast,
        "files": [file(workspace, workspace.files[name]) for name in one.files],
        "at": one.at.isoformat(),
        "reactions": [{"name": name, "users": users, "count": len(users)} for name, users in one.reactions.items()],
        "metadata": metadata_of(one),
        "deferred": one.failed.get(viewer) or None,
    }


def view(workspace: Workspace, one: View) -> Json:
    """A modal or Home tab with what has been filled in, and the trouble that its person reads, if any."""
    return {**view_shape(workspace, one), "error": one.error}
