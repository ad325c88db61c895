"""The workspace: people, conversations, views, files, the app that connects, and one lock and condition over all of it.

The clock of messages is the host's (`now`); the platform's own deadlines (acks, triggers) run on `monotonic`.
"""

from __future__ import annotations

import secrets
import threading
import time as real_time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from typing import Any, TypeVar

from .conversations import Conversations
from .delivery import Delivery, Dispatch
from .files import Files
from .live import Live
from .manifest import Manifest
from .model import Call, Channel, Complaint, Faults, Json, Lever, Person
from .rate_limits import RateLimits
from .responses import Responses
from .roster import Roster
from .seat import Seat
from .triggers import Triggers
from .views import Views
from .web_api import answer

T = TypeVar("T")


class Workspace:
    """A Slack workspace in memory.

    `now` gives an aware datetime; `turn` moves the host's clock, where the host allows it. `ack_seconds` and
    `trigger_seconds` are Slack's three seconds, shorter in some tests. `morning` is where "next morning" turns to,
    unless the host says it for a person's id with `next_morning`.
    """

    def __init__(
        self,
        *,
        name: str,
        people: Sequence[Person],
        channels: Sequence[Channel],
        manifest: Mapping[str, Any],
        now: Callable[[], datetime],
        turn: Callable[[datetime], None] | None = None,
        levers: Sequence[Lever] = (),
        script: str = "",
        morning: time = time(9, 1),
        next_morning: Callable[[str], datetime] | None = None,
        monotonic: Callable[[], float] = real_time.monotonic,
        ack_seconds: float = 3.0,
        trigger_seconds: float = 3.0,
        rate_limits: bool = True,
    ) -> None:
        self.name = name
        self.now = now
        self.turn = turn
        self.levers = list(levers)
        self.script = script
        self.morning = morning
        self.next_morning = next_morning
        self.turned_s = 0.0
        self.monotonic = monotonic
        self.ack_seconds = ack_seconds
        self.manifest = Manifest(manifest)
        self.base_url = "http://localhost"
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self._counts: Counter[str] = Counter()
        self._last_ts = 0
        self.team_id, self.app_id, self.bot_id = self.new_id("T"), self.new_id("A"), self.new_id("B")
        self.bot_token = f"xoxb-{secrets.token_hex(12)}"
        self.app_token = f"xapp-1-{self.app_id}-{secrets.token_hex(12)}"
        self.faults = Faults(rate_limits=rate_limits)
        self.complaints: list[Complaint] = []
        self.calls: list[Call] = []
        self.live = Live()
        self.roster = Roster(self, people)
        self.bot_user_id = self.roster.bot.id
        self.conversations = Conversations(self, channels)
        self.triggers = Triggers(self, trigger_seconds)
        self.responses = Responses(self)
        self.file_cabinet = Files(self)
        self.views = Views(self)
        self.delivery = Delivery(self)
        self.limits = RateLimits(self)

    @property
    def files(self) -> dict[str, Any]:
        """Every file by id."""
        return self.file_cabinet.all

    def person(self, who: str) -> Seat:
        """The seat of a person, by name or id."""
        return Seat(self, self.roster.find(who))

    def channel(self, which: str) -> Channel:
        """A conversation by "#name", name or id."""
        return self.conversations.find(which)

    def connect(self, dispatch: Dispatch) -> None:
        """Connect an app in process: `dispatch(body, kind)` takes a payload and returns (status, body)."""
        self.delivery.connect(dispatch)

    def disconnect(self, dispatch: Dispatch) -> None:
        """Take an app that was connected in process off again."""
        self.delivery.disconnect(dispatch)

    def refresh_connections(self) -> None:
        """Ask every socket to reconnect, as Slack does every few hours."""
        self.delivery.refresh()

    def call(self, method: str, arguments: Json, token: str | None = None) -> Json:
        """A Web API call without HTTP; the bot's own token unless told otherwise."""
        return answer(self, method, arguments, self.bot_token if token is None else token).body

    def settle(self, timeout: float = 5.0) -> None:
        """Wait until every event that the app's own calls caused has been delivered."""
        self.wait_until(lambda: not self.delivery.waiting, timeout)

    def wait_until(self, predicate: Callable[[], T], timeout: float = 5.0) -> T:
        """Wait for a truthy answer, asked again whenever something changes here.

        Raises AssertionError when the time is over.
        """
        with self.changed:
            last = self.changed.wait_for(predicate, timeout)
        if not last:
            raise AssertionError(f"not within {timeout} s; complaints: {self.complaints}")
        return last

    def complain(self, method: str, error: str, detail: str = "") -> None:
        """Note a defect of the app."""
        with self.changed:
            self.complaints.append(Complaint(method, error, detail))
            self.changed.notify_all()

    def announce(self, kind: str, payload: Callable[[str], Json | None], to: str | None = None) -> None:
        """Tell the open pages (of one person, or of all) and whoever waits; `payload` is asked for each reader."""
        with self.changed:
            self.live.push(kind, payload, to)
            self.changed.notify_all()

    def new_id(self, kind: str) -> str:
        """An id that no other thing here has: U0000001, C0000002 …"""
        with self.lock:
            self._counts[kind] += 1
            return f"{kind}{self._counts[kind]:09d}"

    def next_ts(self) -> str:
        """The next message's timestamp: the workspace's clock, unique and increasing."""
        with self.lock:
            self._last_ts = max(self._last_ts + 1, round(self.now().timestamp() * 1_000_000))
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"
