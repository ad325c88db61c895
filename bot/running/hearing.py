"""Remembers what kinds of things come from Slack, so that the doctor can say which never did."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import datetime, timedelta
from typing import Any

import structlog

from cspm_core import hearing, people

from ..runtime import Runtime

log = structlog.get_logger(__name__)
AGAIN_AFTER = timedelta(hours=1)
"""Each kind is written down once an hour and process."""
MOST = 5_000
"""So many kinds and workspaces are kept in mind; then all of them are forgotten, and written down again."""
KINDS = {
    "block_actions": "press",
    "view_submission": "submission",
    "shortcut": "shortcut",
    "message_action": "shortcut",
    "block_suggestion": "menu",
}
PLACES = {"channel": "message.channels", "group": "message.groups", "im": "message.im", "mpim": "message.mpim"}
"""The manifest has an event for each sort of conversation; the payload has one type and says the sort beside it."""


class Hearing:
    """`hear` is a middleware of Bolt: whatever goes wrong in it, what was said goes on to its listener."""

    def __init__(self, runtime: Runtime, working: Executor) -> None:
        self._runtime, self._working = runtime, working
        self._written: dict[tuple[str, str], datetime] = {}
        self._lock = threading.Lock()

    def hear(self, body: dict[str, Any], context: dict[str, Any], next: Callable[[], Any]) -> None:
        try:
            what, team, now = kind(body), str(context.get("team_id") or ""), self._runtime.now()
            if what and team and self._is_news((team, what), now):
                self._working.submit(self._write, team, what, now)
        except Exception as error:
            log.warning("not remembered that something was heard", error=type(error).__name__)
        next()

    def _is_news(self, key: tuple[str, str], now: datetime) -> bool:
        with self._lock:
            last = self._written.get(key)
            if last is not None and abs(now - last) < AGAIN_AFTER:
                return False
            if len(self._written) >= MOST:
                self._written.clear()
            self._written[key] = now
            return True

    def _write(self, team: str, what: str, now: datetime) -> None:
        """After the acknowledgement. A workspace that nobody has claimed yet is left to its first listener."""
        try:
            with self._runtime.store.reading() as session:
                known = next((one.id for one in people.workspaces(session) if one.slack_id == team), None)
            if known is not None:
                with self._runtime.store.transaction() as session:
                    hearing.hear(session, known, what, now=now)
                return
        except Exception as error:
            log.warning("not remembered that something was heard", what=what, error=type(error).__name__)
        with self._lock:
            self._written.pop((team, what), None)


def kind(body: dict[str, Any]) -> str:
    """What a payload is, as `Heard.what` has it; empty for what nobody asks about."""
    if command := body.get("command"):
        return f"command:{command}"
    if event := body.get("event"):
        sort = str(event.get("type") or "")
        return f"event:{PLACES.get(str(event.get('channel_type')), sort) if sort == 'message' else sort}"
    return KINDS.get(str(body.get("type")), "")
