"""Trigger ids: three seconds of real time, one use."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .workspace import Workspace


@dataclass
class _Trigger:
    user: str
    made_at: float
    view_id: str | None
    used: bool = False


class Triggers:
    """What was handed out with commands, presses, submissions and shortcuts."""

    def __init__(self, workspace: Workspace, seconds: float) -> None:
        self._workspace = workspace
        self._seconds = seconds
        self._made: dict[str, _Trigger] = {}

    def make(self, user: str, view_id: str | None = None) -> str:
        """A new trigger for what this person just did, in this view if it was in one."""
        key = f"{secrets.randbelow(10**12)}.{self._workspace.team_id}.{secrets.token_hex(8)}"
        self._made[key] = _Trigger(user, self._workspace.monotonic(), view_id)
        return key

    def exchange(self, key: str) -> tuple[str, str, str | None]:
        """(error, user, view id); errors are Slack's and empty when the trigger was good."""
        trigger = self._made.get(key)
        if trigger is None:
            return "invalid_trigger_id", "", None
        if trigger.used:
            return "exchanged_trigger_id", "", None
        if self._workspace.monotonic() - trigger.made_at > self._seconds:
            return "expired_trigger_id", "", None
        trigger.used = True
        return "", trigger.user, trigger.view_id
