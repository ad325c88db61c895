"""Coming, going, archiving, dropping files, reading, changing one's profile: what people do to the workspace itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from . import events, people_shapes
from .model import Channel, Message, Person, StoredFile

if TYPE_CHECKING:
    from .workspace import Workspace


def join(workspace: Workspace, channel: Channel, user: str, inviter: str | None, at_once: bool = True) -> None:
    """Make somebody a member; nothing happens when they are one. `at_once` when a person did it."""
    with workspace.lock:
        if user in channel.members:
            return
        channel.members = [*channel.members, user]
        workspace.announce("channels", lambda _: {})
    events.member_joined(workspace, channel, user, inviter, at_once)


def leave(workspace: Workspace, channel: Channel, user: str) -> None:
    """Somebody leaves or is taken out."""
    with workspace.lock:
        if user not in channel.members:
            return
        channel.members = [one for one in channel.members if one != user]
        workspace.announce("channels", lambda _: {})
    events.member_left(workspace, channel, user)


def archive(workspace: Workspace, channel: Channel, user: str) -> None:
    """Nobody can write here any more."""
    with workspace.lock:
        channel.archived = True
        workspace.announce("channels", lambda _: {})
    events.archived(workspace, channel, user)


def rename(workspace: Workspace, channel: Channel, name: str) -> None:
    """Call a channel otherwise; Slack remembers what it was called."""
    with workspace.lock:
        channel.previous_names = [*channel.previous_names, channel.name]
        channel.name = name.removeprefix("#")
        workspace.announce("channels", lambda _: {})
    events.renamed(workspace, channel)


def keep(workspace: Workspace, user: str, name: str, data: bytes, alt_txt: str = "") -> StoredFile:
    """A file that a person picked, not posted anywhere yet."""
    one = workspace.file_cabinet.begin(name, user, alt_txt)
    workspace.file_cabinet.receive(one.id, data)
    one.complete = one.ready = True
    return one


def upload(
    workspace: Workspace,
    user: str,
    channel: Channel,
    name: str,
    data: bytes,
    alt_txt: str = "",
    thread_ts: str | None = None,
) -> Message:
    """A person drops a file into a conversation or a thread of it: a message with the file, and the events."""
    return drop(workspace, user, channel, [keep(workspace, user, name, data, alt_txt)], thread_ts=thread_ts)


def drop(
    workspace: Workspace,
    user: str,
    channel: Channel,
    files: Sequence[StoredFile],
    text: str = "",
    thread_ts: str | None = None,
) -> Message:
    """The same for one or several files that were picked, with a text or without."""
    for one in files:
        one.channels.append(channel.id)
    message = workspace.conversations.post(
        channel.id,
        user,
        text,
        at_once=True,
        files=[one.id for one in files],
        subtype="file_share",
        thread_ts=thread_ts,
    )
    for one in files:
        events.file_shared(workspace, one, channel)
    return message


def mark_read(workspace: Workspace, user: str, channel: Channel, ts: str | None) -> None:
    """Remember how far a person has read; to the end without a ts."""
    with workspace.lock:
        messages = workspace.conversations.messages[channel.id]
        last = ts or (messages[-1].ts if messages else "")
        workspace.conversations.last_read[(user, channel.id)] = last
        workspace.announce("channels", lambda _: {}, user)


def change_person(workspace: Workspace, person: Person, locale: str | None, tz: str | None) -> None:
    """Another language or zone for a person; an unknown zone raises."""
    if tz:
        ZoneInfo(tz)
    with workspace.lock:
        person.locale = locale or person.locale
        person.tz = tz or person.tz
        _show(workspace, person)
    events.user_changed(workspace, person)


def deactivate(workspace: Workspace, person: Person, gone: bool) -> None:
    """An admin closes a person's account, or opens it again; memberships stay."""
    with workspace.lock:
        person.deleted = gone
        _show(workspace, person)
    events.user_changed(workspace, person)


def pause_notifications(workspace: Workspace, person: Person, until: datetime | None) -> None:
    """No notifications for a person from now until an instant, or again at once."""
    if until is not None and until.tzinfo is None:
        raise ValueError("the instant until which nobody disturbs needs a zone")
    with workspace.lock:
        person.dnd_from, person.dnd_until = (workspace.now(), until) if until else (None, None)
        _show(workspace, person)
    events.dnd_changed(workspace, person)


def _show(workspace: Workspace, person: Person) -> None:
    workspace.announce("people", lambda _: {"person": people_shapes.person(person)})
