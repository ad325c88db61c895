"""Everybody in a Slack workspace, asked for once an hour: whose name it could be whom we have not met yet."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from cspm_core.matching import Stranger
from cspm_core.store import EPOCH

log = structlog.get_logger(__name__)
KEPT_FOR = timedelta(hours=1)
NOT_AGAIN_FOR = timedelta(minutes=1)
"""After Slack has refused, unless it names a longer time."""
PAGE = 1000
SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True)
class Heard:
    """Who there is. `is_whole` False: Slack did not tell everybody; those it did tell are there."""

    people: tuple[Stranger, ...] = ()
    is_whole: bool = True
    good_until: datetime = EPOCH


@dataclass
class Colleagues:
    """What was heard last, by workspace, in this process."""

    _heard: dict[int, Heard] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, client: WebClient, workspace_id: int, *, real_now: datetime) -> Heard:
        """Everybody in Slack but bots and who has left; what was known before where Slack does not answer."""
        with self._lock:
            known = self._heard.get(workspace_id)
            if known and real_now < known.good_until:
                return known
            fresh = _ask(client, real_now)
            if not fresh.is_whole and known and len(known.people) >= len(fresh.people):
                fresh = Heard(known.people, known.is_whole, fresh.good_until)
            self._heard[workspace_id] = fresh
            return fresh


def _ask(client: WebClient, real_now: datetime) -> Heard:
    found: list[Stranger] = []
    cursor = ""
    try:
        while True:
            told = client.users_list(limit=PAGE, cursor=cursor or None)
            found += [_stranger(one) for one in told["members"] if _works_here(one)]
            cursor = (told.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return Heard(tuple(found), good_until=real_now + KEPT_FOR)
    except (SlackApiError, SlackClientError, OSError) as error:
        log.warning("users.list failed", error=type(error).__name__, heard=len(found))
        return Heard(tuple(found), is_whole=False, good_until=real_now + _pause(error))


def _pause(error: Exception) -> timedelta:
    """How long Slack asks to be left alone."""
    headers = error.response.headers if isinstance(error, SlackApiError) else {}
    said = str(next((value for name, value in (headers or {}).items() if name.lower() == "retry-after"), ""))
    return max(NOT_AGAIN_FOR, timedelta(seconds=int(said) if said.isdigit() else 0))


def _works_here(user: dict[str, Any]) -> bool:
    return not (user.get("deleted") or user.get("is_bot") or user.get("id") == SLACKBOT)


def _stranger(user: dict[str, Any]) -> Stranger:
    profile = user.get("profile") or {}
    name = profile.get("real_name") or user.get("real_name") or user.get("name") or user["id"]
    others = (profile.get("display_name"), user.get("name"))
    return Stranger(str(user["id"]), str(name), tuple(filter(None, others)), profile.get("email"))
