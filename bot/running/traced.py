"""A Slack client that remembers all it made, so that nothing of a trial is left behind."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from ..troubles import Meaning, trouble
from .slack import ACCIDENTS
from .trial_views import EVENT

TRIES = 6
LONGEST_WAIT_S = 30.0
MAY_TAKE_S = 10
OLD_S = 2 * 3600.0
"""What another trial left this long ago, nobody waits for any more: it waits an hour at most."""


class Stopped(Exception):
    """Somebody asked to stop."""


class Traced(WebClient):
    """`wait` sleeps where Slack asks for patience, and returns True to stop instead."""

    def __init__(self, like: WebClient, wait: Callable[[float], bool]) -> None:
        super().__init__(token=like.token, base_url=like.base_url, timeout=MAY_TAKE_S, retry_handlers=[])
        self._wait = wait
        self.said: list[tuple[str, str]] = []
        self.files: list[str] = []
        self.busy = 0
        """How often Slack asked for patience."""

    def api_call(self, api_method: str, **given: Any) -> SlackResponse:
        """The same, patient where Slack wants time. Raises Stopped, and ACCIDENTS."""
        for tried in range(TRIES):
            try:
                told = super().api_call(api_method, **given)
            except SlackApiError as error:
                found = trouble(error)
                if tried + 1 == TRIES or found is None or found.code != "ratelimited":
                    raise
                self.busy += 1
                if self._wait(min(found.wait.total_seconds(), LONGEST_WAIT_S)):
                    raise Stopped from None
            else:
                self._remember(api_method, told)
                return told
        raise AssertionError  # the last try returns or raises

    def _remember(self, method: str, told: SlackResponse) -> None:
        if method == "chat.postMessage":
            self.said.append((str(told["channel"]), str(told["ts"])))
        elif method == "files.getUploadURLExternal":
            self.files.append(str(told["file_id"]))

    def clean(self, channel: str, trial_id: int, now_s: float) -> list[str]:
        """Delete all of it, also what arrived without our hearing so; Slack's codes where something stays."""
        self._wait = _sleep
        left = [self._gone(self._unsay, *one) for one in reversed(self.said)]
        left.append(self._gone(self._sweep, channel, trial_id, now_s))
        left += [self._gone(self._drop, file) for file in dict.fromkeys(self.files)]
        return list(dict.fromkeys(filter(None, left)))

    @staticmethod
    def _gone(take_away: Callable[..., None], *what: Any) -> str:
        """Empty once it is gone; a line that breaks is tried again."""
        for pause in (0.2, 1.0, 3.0, None):
            try:
                take_away(*what)
                return ""
            except ACCIDENTS as error:
                found = trouble(error)
                if found is None or found.code in ("message_not_found", "file_not_found", "file_deleted"):
                    return ""
                if pause is None or found.meaning is not Meaning.TRANSIENT:
                    return found.code
                time.sleep(pause)
        return ""

    def _unsay(self, channel: str, ts: str) -> None:
        self.chat_delete(channel=channel, ts=ts)

    def _drop(self, file: str) -> None:
        self.files_delete(file=file)

    def _sweep(self, channel: str, trial_id: int, now_s: float) -> None:
        """Whatever bears our mark: of this trial, or of an old one that was killed."""
        told = self.conversations_history(channel=channel, include_all_metadata=True, limit=100)
        for message in told["messages"]:
            of = _trial_of(message)
            if of is None or (of != str(trial_id) and now_s - float(message["ts"]) < OLD_S):
                continue
            if message.get("reply_count"):
                thread = self.conversations_replies(channel=channel, ts=message["ts"], include_all_metadata=True)
                for answer in thread["messages"][1:]:
                    if _trial_of(answer):
                        self._take(channel, answer)
            self._take(channel, message)

    def _take(self, channel: str, message: dict[str, Any]) -> None:
        pictures = [str((block.get("slack_file") or {}).get("id") or "") for block in message.get("blocks") or ()]
        self.files += filter(None, pictures)
        self._unsay(channel, str(message["ts"]))


def _trial_of(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    return str(metadata["event_payload"].get("trial")) if metadata.get("event_type") == EVENT else None


def _sleep(seconds: float) -> bool:
    time.sleep(seconds)
    return False
