"""What every Web API method is made of: its arguments, its refusals, and the table of methods."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..model import APP_DM, Channel, Json

if TYPE_CHECKING:
    from ..workspace import Workspace


class Refused(Exception):
    """A method's error: Slack's code, the reasons, and what else stands in the answer.

    `defect` marks what no app should ever send; it becomes a complaint.
    """

    def __init__(self, error: str, reasons: Sequence[str] = (), defect: bool = False, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.reasons = list(reasons)
        self.defect = defect
        self.more = more


@dataclass
class Arguments:
    """A call's arguments, whether they came as a form or as JSON."""

    given: Json = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """A string; numbers as written."""
        value = self.given.get(name)
        return default if value is None else str(value)

    def need(self, name: str) -> str:
        """A string that must be there."""
        value = self.text(name)
        if not value:
            raise Refused("invalid_arguments", [f"[ERROR] missing required field: {name}"], defect=True)
        return value

    def flag(self, name: str) -> bool:
        """True for true, "true" and "1"."""
        return str(self.given.get(name, "")).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        try:
            return int(self.given.get(name) or default)
        except (TypeError, ValueError):
            raise Refused("invalid_arguments", [f"[ERROR] must provide an integer: {name}"], defect=True) from None

    def parsed(self, name: str, error: str = "invalid_arguments") -> Any:
        """A JSON value that may have come as a string."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise Refused(error, [f"[ERROR] {name} is not valid JSON"], defect=True) from None

    def names(self, name: str) -> list[str]:
        """A list, or a string with commas."""
        value = self.given.get(name) or []
        if isinstance(value, str):
            return [one.strip() for one in value.split(",")]
        if not isinstance(value, list):
            raise Refused("invalid_arguments", [f"[ERROR] must provide an array: {name}"], defect=True)
        return [str(one) for one in value]


Handler = Callable[["Workspace", Arguments], Json]


@dataclass(frozen=True)
class Method:
    """A method and the scopes of which the bot needs one."""

    handler: Handler
    scopes: tuple[str, ...] = ()
    app_token: bool = False


_READ = {"channel": "channels:read", "private": "groups:read", "dm": "im:read", APP_DM: "im:read"}
_HISTORY = {"channel": "channels:history", "private": "groups:history", "dm": "im:history", APP_DM: "im:history"}
ANY_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
ANY_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")


def need_scope(workspace: Workspace, *scopes: str) -> None:
    """One of these scopes must stand in the manifest."""
    if scopes and not set(scopes) & set(workspace.manifest.scopes):
        provided = ",".join(workspace.manifest.scopes)
        raise Refused("missing_scope", defect=True, needed=scopes[0], provided=provided)


def need_kind_scope(workspace: Workspace, channel: Channel, history: bool = False) -> None:
    """The scope for this kind of conversation."""
    need_scope(workspace, (_HISTORY if history else _READ)[channel.kind])


def known_channel(workspace: Workspace, which: str) -> Channel:
    """A conversation that the app may know of: public, or one it is a member of."""
    try:
        channel = workspace.conversations.find(which)
    except LookupError:
        raise Refused("channel_not_found") from None
    if channel.kind != "channel" and workspace.bot_user_id not in channel.members:
        raise Refused("channel_not_found")
    return channel


def page(rows: list[Any], arguments: Arguments, default: int, most: int) -> tuple[list[Any], str]:
    """One page of rows and the cursor to the next one, empty at the end."""
    limit = arguments.number("limit", default)
    if not 1 <= limit <= most:
        raise Refused("invalid_limit", defect=True)
    cursor = arguments.text("cursor")
    if cursor and not (cursor.startswith("from:") and cursor[5:].isdigit()):
        raise Refused("invalid_cursor", defect=True)
    start = int(cursor[5:]) if cursor else 0
    following = start + limit
    return rows[start:following], f"from:{following}" if following < len(rows) else ""
