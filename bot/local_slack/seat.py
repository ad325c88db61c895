"""One person's hands and eyes: what they type, press, choose, submit, open and read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from . import choices, events, interactions, membership, mrkdwn, parts, submissions
from .app_shapes import view_shape
from .model import APP_DM, Channel, Json, Message, Person, View
from .seen import SeenMessage, SeenView, Submission

if TYPE_CHECKING:
    from .workspace import Workspace

Where = SeenMessage | SeenView
Place = str | Channel | None


def _asserted(look: Callable[[], Any]) -> Any:
    """What a test looks for and does not find is an assertion that failed."""
    try:
        return look()
    except LookupError as missing:
        raise AssertionError(missing.args[0]) from None


class Seat:
    """A person at this workspace."""

    def __init__(self, workspace: Workspace, person: Person) -> None:
        self._workspace = workspace
        self.who = person
        self.id = person.id
        self.name = person.name

    def dm(self, other: str | None = None) -> Channel:
        """The direct messages with the app, or with a person."""
        conversations = self._workspace.conversations
        if other is None:
            return conversations.with_app(self.id)
        return conversations.between(self.id, self._workspace.roster.find(other).id)

    def types(self, text: str, channel: Place = None, thread: SeenMessage | None = None) -> str | SeenMessage:
        """Send a line. A command answers "ok", "timeout" or "unknown"; words answer the message."""
        place = self._workspace.channel(thread.channel) if thread and channel is None else self._place(channel)
        if text.startswith("/") and thread:
            return interactions.command_in_thread(self._workspace, self.who, place, text, thread.thread_ts or thread.ts)
        if text.startswith("/"):
            return interactions.command(self._workspace, self.who, place, text)
        if place.archived or self.who.deleted or (self.id not in place.members):
            raise AssertionError(f"{self.name} cannot write in {place.name}")
        people, channels = self._workspace.conversations.names(self.id)
        stored = mrkdwn.as_stored(text, people, channels, self._workspace.groups.handles())
        thread_ts = (thread.thread_ts or thread.ts) if thread else None
        message = self._workspace.conversations.post(place.id, self.id, stored, at_once=True, thread_ts=thread_ts)
        return self._seen(message)

    def reads(self, channel: Place = None, thread: SeenMessage | None = None) -> list[SeenMessage]:
        """A conversation, or a thread in it, oldest first, with this person's own ephemerals."""
        thread_ts = (thread.thread_ts or thread.ts) if thread else None
        place = self._workspace.channel(thread.channel) if thread and channel is None else self._place(channel)
        return [self._seen(one) for one in self._workspace.conversations.read_by(self.id, place.id, thread_ts)]

    def latest(self, channel: Place = None) -> SeenMessage:
        """The last message of a conversation."""
        messages = self.reads(channel)
        if not messages:
            raise AssertionError(f"{self.name} sees no message in {self._place(channel).name}")
        return messages[-1]

    @property
    def says_last(self) -> str:
        """The words of the latest message that this person sees anywhere."""
        conversations = self._workspace.conversations
        everything = [one for place in conversations.seen_by(self.id) for one in self.reads(place)]
        return max(everything, key=lambda one: one.ts).says() if everything else ""

    def presses(self, where: Where, button: str, *, block_id: str | None = None) -> str:
        """Press a button by its label or action id: "ok" or "timeout"."""
        found, chosen = _asserted(lambda: self._button(where, button, block_id))
        return interactions.act(self._workspace, self.who, where.raw, found, chosen)

    def chooses(self, where: Where, action_id: str, choice: Any, *, block_id: str | None = None) -> str:
        """Choose in a menu, picker or group of boxes, by label, name, date …: "ok", "timeout" or "kept"."""
        found = _asserted(lambda: parts.find(where.blocks, action_id, block_id))
        chosen = _asserted(lambda: choices.chosen(self._workspace, found[1], choice))
        return interactions.act(self._workspace, self.who, where.raw, found, chosen)

    def options(self, where: Where, action_id: str, query: str) -> list[Json]:
        """What an external menu offers for a few typed letters."""
        found = _asserted(lambda: parts.find(where.blocks, action_id))
        reply = interactions.options(self._workspace, self.who, where.raw, found, query)
        return [*reply["options"], *(one for group in reply["option_groups"] for one in group["options"])]

    @property
    def modals(self) -> list[SeenView]:
        """The open modals, bottom first."""
        return [SeenView(self._workspace, one) for one in self._workspace.views.stacks.get(self.id, [])]

    @property
    def modal(self) -> SeenView | None:
        """The top modal."""
        return self.modals[-1] if self.modals else None

    @property
    def home(self) -> SeenView | None:
        """The app's Home tab as it was last published."""
        view = self._workspace.views.homes.get(self.id)
        return SeenView(self._workspace, view) if view else None

    def fills(self, **fields: Any) -> None:
        """Fill inputs of the top modal by block id; those with dispatch_action tell the app."""
        view = self._top()
        for block_id, choice in fields.items():
            self._fill(view, block_id, choice)

    def _fill(self, view: View, block_id: str, choice: Any) -> None:
        blocks = view.given["blocks"]
        inside = [found for found in parts.elements(blocks) if found[0]["block_id"] == block_id]
        if not inside:
            raise AssertionError(f"no field {block_id!r}; there are {list(parts.fields(blocks))}")
        chosen = _asserted(lambda: choices.chosen(self._workspace, inside[0][1], choice))
        interactions.act(self._workspace, self.who, view, inside[0], chosen)

    def submits(self, **fields: Any) -> Submission:
        """Fill inputs of the top modal and send it."""
        if not self._top().given.get("submit"):
            raise AssertionError("this modal has no button to submit")
        self.fills(**fields)
        result, errors = submissions.submit(self._workspace, self.who, self._top())
        return Submission(result, errors)

    def closes(self) -> None:
        """Close the top modal."""
        submissions.close(self._workspace, self.who, self._top())

    def opens_home(self) -> SeenView | None:
        """Open the app's Home tab; what is published by then."""
        home = self._workspace.views.homes.get(self.id)
        shown = view_shape(self._workspace, home) if home else None
        events.home_opened(self._workspace, self.id, self.dm().id, shown)
        return self.home

    def uses_shortcut(self, callback_id: str, message: SeenMessage | None = None) -> str:
        """Use a global shortcut, or one on a message: "ok" or "timeout"."""
        raw = message.raw if message else None
        return str(_asserted(lambda: interactions.shortcut(self._workspace, self.who, callback_id, raw)))

    def uploads(
        self, name: str, data: bytes, channel: Place = None, alt_txt: str = "", thread: SeenMessage | None = None
    ) -> SeenMessage:
        """Drop a file into a conversation, or into a thread of it."""
        place = self._workspace.channel(thread.channel) if thread and channel is None else self._place(channel)
        thread_ts = (thread.thread_ts or thread.ts) if thread else None
        return self._seen(membership.upload(self._workspace, self.id, place, name, data, alt_txt, thread_ts))

    def drops(
        self, files: Mapping[str, bytes], text: str = "", channel: Place = None, thread: SeenMessage | None = None
    ) -> SeenMessage:
        """Drop several files at once, by name, with a text or without."""
        place = self._workspace.channel(thread.channel) if thread and channel is None else self._place(channel)
        thread_ts = (thread.thread_ts or thread.ts) if thread else None
        kept = [membership.keep(self._workspace, self.id, name, data) for name, data in files.items()]
        return self._seen(membership.drop(self._workspace, self.id, place, kept, text, thread_ts))

    def picks(self, name: str, data: bytes) -> str:
        """A file for a form's file field: its id, for `fills` and `submits`."""
        return membership.keep(self._workspace, self.id, name, data).id

    def joins(self, channel: str) -> None:
        """Become a member."""
        membership.join(self._workspace, self._place(channel), self.id, None)

    def leaves(self, channel: str) -> None:
        """Be a member no longer."""
        membership.leave(self._workspace, self._place(channel), self.id)

    def invites(self, who: str, channel: str) -> None:
        """Make a person, or "app", a member."""
        member = self._workspace.roster.find(who).id
        membership.join(self._workspace, self._place(channel), member, self.id)

    def kicks(self, who: str, channel: str) -> None:
        """Take a person, or "app", out."""
        membership.leave(self._workspace, self._place(channel), self._workspace.roster.find(who).id)

    def archives(self, channel: str) -> None:
        """Archive a channel."""
        membership.archive(self._workspace, self._place(channel), self.id)

    def renames(self, channel: str, name: str) -> None:
        """Call a channel otherwise."""
        membership.rename(self._workspace, self._place(channel), name)

    def changes(self, locale: str | None = None, tz: str | None = None) -> None:
        """Change one's language or zone in Slack."""
        membership.change_person(self._workspace, self.who, locale, tz)

    def is_deactivated(self, gone: bool = True) -> None:
        """Have one's account deactivated, or given back."""
        membership.deactivate(self._workspace, self.who, gone)

    def does_not_disturb(self, minutes: float = 0, until: datetime | None = None) -> None:
        """Pause notifications, for some minutes or until an instant, on the workspace's clock."""
        end = until or self._workspace.now() + timedelta(minutes=minutes)
        membership.pause_notifications(self._workspace, self.who, end)

    def may_be_disturbed(self) -> None:
        """Have notifications again."""
        membership.pause_notifications(self._workspace, self.who, None)

    def reloads(self) -> None:
        """Load Slack anew: ephemerals are gone."""
        self._workspace.conversations.forget_ephemerals(self.id)

    def marks_read(self, channel: Place = None, message: SeenMessage | None = None) -> None:
        """Read up to a message, or to the end."""
        place = self._place(channel)
        membership.mark_read(self._workspace, self.id, place, message.ts if message else None)

    def message(self, channel: str, ts: str) -> SeenMessage:
        """A message by its ts. Raises LookupError."""
        found = self._workspace.conversations.message(channel, ts, self.id)
        if found is None:
            raise LookupError(f"{self.name} sees no message {ts} in {channel}")
        return self._seen(found)

    def _place(self, channel: Place) -> Channel:
        if channel is None:
            return self.dm()
        found = channel if isinstance(channel, Channel) else _asserted(lambda: self._workspace.channel(channel))
        if found.kind in ("private", "dm", APP_DM) and self.id not in found.members:
            raise AssertionError(f"{self.name} does not see {found.name}")
        return found

    def _seen(self, message: Message) -> SeenMessage:
        return SeenMessage(self._workspace, message, self.id)

    def _top(self) -> View:
        stack = self._workspace.views.stacks.get(self.id)
        if not stack:
            raise AssertionError(f"{self.name} has no modal open")
        return stack[-1]

    @staticmethod
    def _button(where: Where, button: str, block_id: str | None) -> tuple[parts.Found, Json]:
        for block, element in parts.elements(where.blocks):
            if block_id not in (None, block["block_id"]):
                continue
            labels = parts.labels(element)
            if button in labels or (labels and button == element["action_id"]):
                return (block, element), pressed(element, button)
        raise LookupError(f"no button {button!r}; there are {where.buttons()}")


def pressed(element: Json, button: str) -> Json:
    """What a press carries beside the element itself: which thumb it was, an icon's value."""
    if element["type"] == "feedback_buttons":
        positive = element["positive_button"]
        side = positive if button in (positive["text"]["text"], positive["value"]) else element["negative_button"]
        return {"value": side["value"], "text": side["text"]}
    return {"value": element["value"]} if element["type"] == "icon_button" and "value" in element else {}
