"""What a workspace consists of: people, groups, channels, messages, files, views, levers. Plain rows, no behaviour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]
APP_DM = "app_dm"


@dataclass
class Person:
    """Somebody who works here, or the app's bot user. `id` is made up (U…) when left empty."""

    name: str
    real_name: str = ""
    title: str = ""
    locale: str = "en-US"
    tz: str = "UTC"
    email: str = ""
    id: str = ""
    colour: str = ""
    cast: bool = True
    """Whether the page offers to be this person."""
    is_bot: bool = False
    deleted: bool = False
    """Whether the account was deactivated."""
    dnd_from: datetime | None = None
    dnd_until: datetime | None = None
    """Until when this person wants no notifications."""


@dataclass
class Group:
    """A user group: called as @handle. `members` are names or ids; `id` is made up (S…) when left empty."""

    handle: str
    name: str = ""
    members: Sequence[str] = ()
    description: str = ""
    id: str = ""


@dataclass
class Channel:
    """A conversation of `kind` channel, private, dm or app_dm.

    `members` are names or ids; `with_app` makes the app's bot a member.
    """

    name: str
    members: Sequence[str] = ()
    kind: str = "channel"
    topic: str = ""
    with_app: bool = False
    archived: bool = False
    id: str = ""
    previous_names: Sequence[str] = ()
    """What it was called before."""


@dataclass(frozen=True)
class Lever:
    """Something the host lets a person do from the page; `press` returns markdown to show."""

    id: str
    label: str
    press: Callable[[], str]
    hint: str = ""


@dataclass(frozen=True)
class Complaint:
    """Something the app did that Slack would never take: a defect of the app."""

    method: str
    error: str
    detail: str = ""


@dataclass(frozen=True)
class Call:
    """One Web API call as it arrived; `error` is empty when it was answered with ok.

    `struck` is the fault that it met: with `accept_then_…` the error tells what was carried out, not what was answered.
    """

    method: str
    arguments: Json
    error: str = ""
    struck: str = ""


@dataclass
class StoredFile:
    """A file; Slack looks at it after the upload, and only then is it `ready` to stand in an image block."""

    id: str
    name: str
    title: str
    user: str
    size: int = 0
    data: bytes = b""
    alt_txt: str = ""
    uploaded: bool = False
    complete: bool = False
    ready: bool = False
    deleted: bool = False
    channels: list[str] = field(default_factory=list)
    created_at: datetime | None = None


@dataclass
class Message:
    """A message. `only_for` is the person who alone sees an ephemeral one."""

    ts: str
    channel: str
    user: str
    text: str
    at: datetime
    blocks: list[Json] | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    username: str = ""
    bot: bool = False
    edited: bool = False
    only_for: str | None = None
    metadata: Json | None = None
    subtype: str = ""
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, dict[str, dict[str, Json]]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


@dataclass
class View:
    """An open modal or a published Home tab, with what the person has filled in so far."""

    id: str
    hash: str
    given: Json
    user: str
    root_id: str = ""
    previous_id: str | None = None
    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    error: str = ""
