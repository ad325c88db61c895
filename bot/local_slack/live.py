"""Open pages and whoever else listens: each gets what happens, as its own person sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Listener = Callable[[dict[str, Any]], None]


class Live:
    """Listeners by person. Called under the workspace's lock, so a listener only puts things in a queue."""

    def __init__(self) -> None:
        self._listeners: list[tuple[str, Listener]] = []

    def listen(self, user: str, listener: Listener) -> Callable[[], None]:
        """Begin to listen as a person; the answer ends it."""
        entry = (user, listener)
        self._listeners = [*self._listeners, entry]

        def stop() -> None:
            self._listeners = [one for one in self._listeners if one is not entry]

        return stop

    @property
    def listening(self) -> int:
        """How many listen."""
        return len(self._listeners)

    def push(self, kind: str, payload: Callable[[str], dict[str, Any] | None], to: str | None) -> None:
        """Hand out one happening; who has a payload of None does not see it."""
        for user, listener in self._listeners:
            if to is None or user == to:
                seen = payload(user)
                if seen is not None:
                    listener({"kind": kind, **seen})
