"""What a person has before their eyes: a message, a modal or Home tab, the outcome of a submission."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import parts, reading, values
from .model import Json, Message, View

if TYPE_CHECKING:
    from .workspace import Workspace


_MENTION = re.compile(r"([@#])(?:subteam\^)?([UCDS][A-Z0-9]{6,})")


class _Blocks:
    """What messages and views have in common: blocks that can be read, pressed and looked through."""

    blocks: Sequence[Json]
    _workspace: Workspace

    def _named(self, text: str) -> str:
        """Ids of people, groups and channels as the names that are drawn."""
        people, places = self._workspace.roster.all, self._workspace.conversations.all
        groups = self._workspace.groups.all

        def name(found: re.Match[str]) -> str:
            if found[2] in groups:
                return f"@{groups[found[2]].handle}"
            known = people.get(found[2]) or places.get(found[2])
            return f"{found[1]}{known.name}" if known else found[0]

        return _MENTION.sub(name, text)

    def _all(self) -> list[Json]:
        return list(self.blocks or [])

    def buttons(self) -> list[str]:
        """What stands on the buttons."""
        return [label for _, element in parts.elements(self._all()) for label in parts.labels(element)]

    def action_ids(self) -> list[str]:
        """The action ids of everything that can be pressed, chosen in or filled."""
        return [element["action_id"] for _, element in parts.elements(self._all())]

    def tables(self) -> list[list[list[str]]]:
        """The words of every table, header row first."""
        return parts.tables(self._all())

    def charts(self) -> list[Json]:
        """Every chart: title, type, and series by name with values by label."""
        return parts.charts(self._all())

    def images(self) -> list[Json]:
        """Every image block and element."""
        return parts.images(self._all())


class SeenMessage(_Blocks):
    """A message as it stands when it is looked at: an update shows in the same object."""

    def __init__(self, workspace: Workspace, message: Message, viewer: str) -> None:
        self._workspace = workspace
        self.raw = message
        self._viewer = viewer
        self.ts, self.channel, self.user = message.ts, message.channel, message.user

    @property
    def text(self) -> str:
        """The top-level text: the notification."""
        return self.raw.text

    @property
    def blocks(self) -> list[Json]:  # type: ignore[override]
        """Its blocks; none for plain words."""
        return self.raw.blocks or []

    @property
    def thread_ts(self) -> str | None:
        """The thread it stands in."""
        return self.raw.thread_ts

    @property
    def bot(self) -> bool:
        """Whether an app wrote it."""
        return self.raw.bot

    @property
    def ephemeral(self) -> bool:
        """Whether only this person sees it."""
        return self.raw.only_for is not None

    @property
    def metadata(self) -> Json | None:
        """Its metadata, which everybody can read."""
        return self.raw.metadata

    @property
    def edited(self) -> bool:
        """Whether it was changed."""
        return self.raw.edited

    @property
    def reply_count(self) -> int:
        """How many answers its thread has."""
        return 0 if self.ephemeral else len(self._workspace.conversations.replies(self.raw))

    @property
    def files(self) -> list[Any]:
        """The files under it."""
        return [self._workspace.files[one] for one in self.raw.files]

    @property
    def failed(self) -> str:
        """The sentence after a press that was not acknowledged in time; else empty."""
        return self.raw.failed.get(self._viewer, "")

    def says(self) -> str:
        """Every word a person reads, in order; the top-level text only where there are no blocks."""
        lines = list(reading.says(self.blocks)) if self.blocks else [reading.plain(self.text)]
        return self._named("\n".join([*lines, *(one.alt_txt or one.title for one in self.files)]))

    def __repr__(self) -> str:
        return f"<message {self.ts}: {self.says()!r}>"


class SeenView(_Blocks):
    """A modal or Home tab as it stands when it is looked at."""

    def __init__(self, workspace: Workspace, view: View) -> None:
        self._workspace = workspace
        self.raw = view
        self.id = view.id

    @property
    def blocks(self) -> list[Json]:  # type: ignore[override]
        """Its blocks."""
        return list(self.raw.given["blocks"])

    @property
    def title(self) -> str:
        """The words at the top."""
        return self._words("title")

    @property
    def submit(self) -> str:
        """What stands on the button that sends; empty when there is none."""
        return self._words("submit")

    @property
    def close(self) -> str:
        """What stands on the button that closes."""
        return self._words("close")

    @property
    def callback_id(self) -> str:
        """The app's name for it."""
        return str(self.raw.given.get("callback_id") or "")

    @property
    def private_metadata(self) -> str:
        """What the app keeps in it."""
        return str(self.raw.given.get("private_metadata") or "")

    @property
    def type(self) -> str:
        """modal or home."""
        return str(self.raw.given["type"])

    @property
    def hash(self) -> str:
        """Its version."""
        return self.raw.hash

    @property
    def state(self) -> dict[str, dict[str, Json]]:
        """Slack's `state.values`."""
        return values.state(self.blocks, self.raw.values)

    @property
    def error(self) -> str:
        """The trouble that its person reads; else empty."""
        return self.raw.error

    def fields(self) -> dict[str, str]:
        """The labels of its inputs by block id."""
        return parts.fields(self.blocks)

    def says(self) -> str:
        """Every word a person reads, in order."""
        lines = [self.title, *reading.says(self.blocks), self.submit, self.error]
        return self._named("\n".join(one for one in lines if one))

    def _words(self, name: str) -> str:
        return str((self.raw.given.get(name) or {}).get("text") or "")

    def __repr__(self) -> str:
        return f"<view {self.callback_id}: {self.says()!r}>"


@dataclass(frozen=True)
class Submission:
    """How a submission went: closed, updated, pushed, cleared, errors or timeout."""

    result: str
    errors: dict[str, str] = field(default_factory=dict)
