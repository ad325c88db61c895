"""Rate limits per method, workspace and app: a bucket that fills with time, and 429 with Retry-After when it is empty.

Time goes on with real time and with the host's clock, whichever went further since the last look, so that no turn of
the clock, forward or back, and no clock that stands still starves the app.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .workspace import Workspace

TIER_2, TIER_3, TIER_4 = 20, 50, 100
PER_MINUTE = {
    "users.list": TIER_2,
    "conversations.list": TIER_2,
    "usergroups.list": TIER_2,
    "usergroups.users.list": TIER_2,
    "users.lookupByEmail": TIER_3,
    "chat.update": TIER_3,
    "chat.delete": TIER_3,
    "chat.scheduleMessage": TIER_3,
    "conversations.info": TIER_3,
    "conversations.history": TIER_3,
    "conversations.replies": TIER_3,
    "conversations.join": TIER_3,
    "conversations.open": TIER_3,
    "conversations.invite": TIER_3,
    "users.conversations": TIER_3,
    "reactions.add": TIER_3,
    "reactions.remove": TIER_2,
    "files.delete": TIER_3,
    "team.info": TIER_3,
    "bots.info": TIER_3,
    "dnd.info": TIER_3,
    "dnd.teamInfo": TIER_2,
    "conversations.members": TIER_4,
    "views.open": TIER_4,
    "views.push": TIER_4,
    "views.update": TIER_4,
    "views.publish": TIER_4,
    "chat.postEphemeral": TIER_4,
    "users.info": TIER_4,
    "files.info": TIER_4,
    "files.getUploadURLExternal": TIER_4,
    "files.completeUploadExternal": TIER_4,
}
POSTS_AT_ONCE = 3


@dataclass
class _Bucket:
    left: float
    at: float


class RateLimits:
    """One bucket for each method; `chat.postMessage` has one for each channel: one a second, short bursts allowed."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._buckets: dict[str, _Bucket] = {}
        self._at = 0.0
        self._real, self._turned = workspace.monotonic(), workspace.now()

    def retry_after(self, method: str, channel: str) -> int:
        """Take one from the bucket; whole seconds to wait, 0 when the call may go on."""
        if method == "chat.postMessage":
            return self._take(f"{method} {channel}", POSTS_AT_ONCE, 1.0)
        if method in PER_MINUTE:
            return self._take(method, PER_MINUTE[method], PER_MINUTE[method] / 60)
        return 0

    def _time(self) -> float:
        real, turned = self._workspace.monotonic(), self._workspace.now()
        self._at += max(0.0, real - self._real, (turned - self._turned).total_seconds())
        self._real, self._turned = real, turned
        return self._at

    def _take(self, key: str, most: int, per_second: float) -> int:
        now = self._time()
        bucket = self._buckets.setdefault(key, _Bucket(most, now))
        bucket.left = min(most, bucket.left + (now - bucket.at) * per_second)
        bucket.at = now
        if bucket.left < 1:
            return max(1, math.ceil((1 - bucket.left) / per_second))
        bucket.left -= 1
        return 0
