"""What the app declared about itself: commands, shortcuts, events, scopes, Home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Manifest:
    """A read-only look at an app manifest (the mapping that manifest.yaml holds)."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given
        features = given.get("features") or {}
        settings = given.get("settings") or {}
        self.name: str = (given.get("display_information") or {}).get("name") or "App"
        self.bot_name: str = (features.get("bot_user") or {}).get("display_name") or self.name
        self.commands: dict[str, Mapping[str, Any]] = {
            one["command"]: one for one in features.get("slash_commands") or []
        }
        self.shortcuts: list[Mapping[str, Any]] = list(features.get("shortcuts") or [])
        self.scopes: list[str] = list(((given.get("oauth_config") or {}).get("scopes") or {}).get("bot") or [])
        self.events: set[str] = set((settings.get("event_subscriptions") or {}).get("bot_events") or [])
        self.home: bool = bool((features.get("app_home") or {}).get("home_tab_enabled"))

    def shortcut(self, callback_id: str, kind: str) -> Mapping[str, Any] | None:
        """The declared shortcut with this id; `kind` is "global" or "message"."""
        return next(
            (one for one in self.shortcuts if one.get("callback_id") == callback_id and one.get("type") == kind),
            None,
        )
