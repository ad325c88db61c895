"""files.*: the two steps of an upload, with the bytes in between, and a look at what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..app_shapes import file_shape
from ..model import Json, StoredFile
from .call import Arguments, Method, Refused, known_channel

if TYPE_CHECKING:
    from ..workspace import Workspace

MOST_ALT_TEXT = 1000


def upload_url(workspace: Workspace, arguments: Arguments) -> Json:
    """files.getUploadURLExternal."""
    name, size, alt = arguments.need("filename"), arguments.number("length", 0), arguments.text("alt_txt")
    if size < 1 or len(alt) > MOST_ALT_TEXT:
        raise Refused("invalid_arguments", ["[ERROR] length must be greater than 0, alt_txt at most 1000"], defect=True)
    one = workspace.file_cabinet.begin(name, workspace.bot_user_id, alt, size)
    return {"upload_url": f"{workspace.base_url}/upload/{one.id}", "file_id": one.id}


def complete(workspace: Workspace, arguments: Arguments) -> Json:
    """files.completeUploadExternal: alone, or posted into channels."""
    given = arguments.parsed("files")
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given):
        raise Refused("invalid_arguments", ["[ERROR] missing required field: files"], defect=True)
    found = [workspace.files.get(str(one.get("id"))) for one in given]
    ready = [one for one in found if one and one.uploaded and not one.complete]
    if len(ready) != len(found):
        raise Refused("file_not_found")
    for one, wanted in zip(ready, given, strict=True):
        one.complete = True
        one.title = wanted.get("title") or one.name
    channels = arguments.names("channels") or [one for one in [arguments.text("channel_id")] if one]
    for which in channels:
        _share(workspace, which, ready, arguments)
    return {"files": [file_shape(workspace, one) for one in ready]}


def _share(workspace: Workspace, which: str, files: list[StoredFile], arguments: Arguments) -> None:
    channel = known_channel(workspace, which)
    if workspace.bot_user_id not in channel.members:
        raise Refused("not_in_channel")
    if channel.archived:
        raise Refused("is_archived")
    thread = arguments.text("thread_ts") or None
    if thread and workspace.conversations.message(channel.id, thread) is None:
        raise Refused("invalid_thread_ts")
    for one in files:
        one.channels.append(channel.id)
    workspace.conversations.post(
        channel.id,
        workspace.bot_user_id,
        arguments.text("initial_comment"),
        bot=True,
        username=workspace.manifest.bot_name,
        thread_ts=thread,
        files=[one.id for one in files],
    )


def _existing(workspace: Workspace, arguments: Arguments) -> StoredFile:
    one: StoredFile | None = workspace.files.get(arguments.need("file"))
    if one is None or not one.complete:
        raise Refused("file_not_found")
    if one.deleted:
        raise Refused("file_deleted")
    return one


def info(workspace: Workspace, arguments: Arguments) -> Json:
    """files.info: the first look after an upload still finds no mimetype; Slack is done by the second."""
    one = _existing(workspace, arguments)
    shape = file_shape(workspace, one)
    one.ready = True
    return {"file": shape, "comments": [], "response_metadata": {"next_cursor": ""}}


def delete(workspace: Workspace, arguments: Arguments) -> Json:
    """files.delete."""
    one = _existing(workspace, arguments)
    if one.user != workspace.bot_user_id:
        raise Refused("cant_delete_file")
    one.deleted = True
    one.data = b""
    return {}


METHODS = {
    "files.getUploadURLExternal": Method(upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(complete, ("files:write",)),
    "files.info": Method(info, ("files:read",)),
    "files.delete": Method(delete, ("files:write",)),
}
