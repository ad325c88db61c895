"""Conversations and what was said in them: posting, changing, deleting, ephemerals, membership, unread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from . import events, people_shapes
from .model import APP_DM, Channel, Json, Message
from .roster import handle

if TYPE_CHECKING:
    from .workspace import Workspace


class Conversations:
    """Channels by id, their messages oldest first, and each person's own ephemerals."""

    def __init__(self, workspace: Workspace, channels: Sequence[Channel]) -> None:
        self._workspace = workspace
        self.all: dict[str, Channel] = {}
        self.messages: dict[str, list[Message]] = {}
        self.ephemerals: dict[str, list[Message]] = {}
        self.last_read: dict[tuple[str, str], str] = {}
        for given in channels:
            members = [workspace.roster.find(one).id for one in given.members]
            if given.with_app:
                members.append(workspace.bot_user_id)
            channel = Channel(**{**vars(given), "members": members, "name": given.name.removeprefix("#")})
            self._add(channel, "C")
        for person in workspace.roster.people:
            self.with_app(person.id)

    def _add(self, channel: Channel, prefix: str) -> Channel:
        channel.id = channel.id or self._workspace.new_id(prefix)
        channel.members = list(dict.fromkeys(channel.members))
        self.all[channel.id] = channel
        self.messages[channel.id] = []
        return channel

    def find(self, which: str) -> Channel:
        """A conversation by id, "#name" or name. Raises LookupError."""
        name = which.removeprefix("#")
        for channel in self.all.values():
            if which == channel.id or (channel.kind in ("channel", "private") and channel.name == name):
                return channel
        raise LookupError(f"there is no conversation {which!r}")

    def with_app(self, user: str) -> Channel:
        """The direct messages between a person and the app."""
        return self.between(user, self._workspace.bot_user_id)

    def between(self, one: str, other: str) -> Channel:
        """The direct messages of two; made when there are none yet."""
        with self._workspace.lock:
            for channel in self.all.values():
                if channel.kind in ("dm", APP_DM) and set(channel.members) == {one, other}:
                    return channel
            kind = APP_DM if self._workspace.bot_user_id in (one, other) else "dm"
            return self._add(Channel(self._workspace.roster.all[other].name, [one, other], kind), "D")

    def seen_by(self, user: str) -> list[Channel]:
        """What a person sees in the list at the left: public channels and what they are a member of."""
        return [one for one in self.all.values() if one.kind == "channel" or user in one.members]

    def post(self, channel: str, user: str, text: str, at_once: bool = False, **more: Any) -> Message:
        """Say something; `more` are the other fields of a `Message`. `at_once` when a person did it."""
        workspace = self._workspace
        with workspace.lock:
            ts = workspace.next_ts()
            message = Message(ts=ts, channel=channel, user=user, text=text, at=workspace.now(), **more)
            if message.only_for:
                self.ephemerals.setdefault(message.only_for, []).append(message)
            else:
                self.messages[channel].append(message)
            if message.user in workspace.roster.all and not message.bot:
                self.last_read[(message.user, channel)] = ts
            self._tell_pages("ephemeral" if message.only_for else "message", message)
            self._parent_changed(message)
        if not message.only_for:
            events.message_posted(workspace, message, at_once)
        return message

    def change(self, message: Message, **fields: Any) -> None:
        """Put other fields in a message; its ts stays."""
        with self._workspace.lock:
            for name, value in fields.items():
                setattr(message, name, value)
            self._tell_pages("changed", message)

    def delete(self, message: Message) -> None:
        """Take a message away."""
        with self._workspace.lock:
            place = self.ephemerals.get(message.only_for, []) if message.only_for else self.messages[message.channel]
            if message in place:
                place.remove(message)
            gone: Json = {"channel": message.channel, "ts": message.ts}
            self._workspace.announce("deleted", lambda user: gone if self._sees(user, message) else None)
            self._parent_changed(message)

    def message(self, channel: str, ts: str, viewer: str | None = None) -> Message | None:
        """A message by its ts; with a viewer, their own ephemerals too."""
        mine = self.ephemerals.get(viewer, []) if viewer else []
        return next((one for one in [*self.messages[channel], *mine] if one.ts == ts and one.channel == channel), None)

    def read_by(self, user: str, channel: str, thread: str | None = None) -> list[Message]:
        """The messages of a conversation, or of one thread in it, as a person sees them, oldest first."""
        with self._workspace.lock:
            everything = [*self.messages[channel], *self.ephemerals.get(user, [])]
            seen = [one for one in everything if one.channel == channel and self._in_view(one, thread)]
            return sorted(seen, key=lambda one: one.ts)

    def replies(self, message: Message) -> list[Message]:
        """The answers in a message's thread."""
        return [one for one in self.messages[message.channel] if one.thread_ts == message.ts and one.ts != message.ts]

    def unread(self, user: str, channel: str) -> int:
        """How many messages a person has not read yet."""
        last = self.last_read.get((user, channel), "")
        return sum(one.ts > last and one.user != user and self._in_view(one, None) for one in self.messages[channel])

    def channel_name(self, channel: Channel) -> str:
        """The name that payloads carry."""
        return "directmessage" if channel.kind in ("dm", APP_DM) else channel.name

    def forget_ephemerals(self, user: str) -> None:
        """A reload: what only this person saw is gone."""
        with self._workspace.lock:
            self.ephemerals.pop(user, None)

    def names(self, viewer: str) -> tuple[dict[str, str], dict[str, str]]:
        """Names to ids, of people and of channels, for mentions."""
        people = self._workspace.roster.all.values()
        by_name = {key: one.id for one in people for key in (handle(one), one.real_name, one.name)}
        return by_name, {one.name: one.id for one in self.seen_by(viewer) if one.kind in ("channel", "private")}

    @staticmethod
    def _in_view(message: Message, thread: str | None) -> bool:
        if thread is None:
            return message.thread_ts in (None, message.ts) or message.broadcast
        return thread in (message.ts, message.thread_ts)

    def _sees(self, user: str, message: Message) -> bool:
        channel = self.all[message.channel]
        return user == message.only_for if message.only_for else channel.kind == "channel" or user in channel.members

    def _tell_pages(self, kind: str, message: Message) -> None:
        def payload(user: str) -> Json | None:
            if not self._sees(user, message):
                return None
            return {"channel": message.channel, "message": people_shapes.message(self._workspace, message, user)}

        self._workspace.announce(kind, payload)

    def _parent_changed(self, message: Message) -> None:
        if message.thread_ts and message.thread_ts != message.ts and not message.only_for:
            parent = self.message(message.channel, message.thread_ts)
            if parent:
                self._tell_pages("changed", parent)
