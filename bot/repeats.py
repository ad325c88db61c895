"""Slack may deliver the same press, command or event twice; whoever asked wants one answer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

REMEMBERED = 10_000


class Repeats:
    """The latest things this process was told. What is said to everybody has a receipt in the store besides."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def is_repeat(self, body: dict[str, Any]) -> bool:
        """Whether this delivery came before, by what Slack makes unique in it."""
        key = body.get("event_id") or body.get("trigger_id")
        if not key:
            return False
        key = f"{body.get('type', 'command')}:{key}:{(body.get('actions') or [{}])[0].get('action_ts', '')}"
        with self._lock:
            if key in self._seen:
                return True
            self._seen[key] = None
            while len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
        return False
