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
from .faults import Faults
from .files import Files
from .groups import Groups
from .http_app import HttpApp
from .live import Live
from .manifest import Manifest
from .model import Call, Channel, Complaint, Group, Json, Lever, Person
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
    unless the host says it for a person's id with `next_morning`. With a `request_url` payloads go there too, signed
    with `signing_secret` (made up when empty). `retry_seconds` is when a failed event comes again.
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
        groups: Sequence[Group] = (),
        request_url: str = "",
        signing_secret: str = "",
        retry_seconds: Sequence[float] = (0, 60, 300),
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
        self.retry_seconds = retry_seconds
        self.signing_secret = signing_secret or secrets.token_hex(16)
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
        self.groups = Groups(self, groups)
        self.conversations = Conversations(self, channels)
        self.triggers = Triggers(self, trigger_seconds)
        self.responses = Responses(self)
        self.file_cabinet = Files(self)
        self.views = Views(self)
        self.delivery = Delivery(self)
        self.limits = RateLimits(self)
        self._http: HttpApp | None = None
        self._speaks_http(HttpApp(self, request_url) if request_url else None)

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

    @property
    def request_url(self) -> str:
        """Where payloads go over HTTP; empty when they do not."""
        return self._http.url if self._http else ""

    def sends_to(self, url: str) -> None:
        """Send payloads to this request URL too, in turns with the sockets; "" ends it.

        Raises ValueError when the app there does not answer Slack's challenge.
        """
        app = HttpApp(self, url) if url else None
        if app and not app.verified():
            raise ValueError("the request URL did not answer with the value of the challenge")
        self._speaks_http(app)

    def _speaks_http(self, app: HttpApp | None) -> None:
        if self._http:
            self.delivery.remove(self._http)
        self._http = app
        if app:
            self.delivery.add(app)

    def drop_sockets(self, refuse_s: float = 0.0) -> int:
        """Break every socket without a word, and let none in for some seconds of real time; how many broke."""
        return self.delivery.drop(refuse_s)

    def struck_line(self) -> bool:
        """Whether a fault breaks the line of the payload that has just gone out."""
        with self.lock:
            ordered = bool(self.faults.strikes)
            struck = self.faults.drops()
        if struck and ordered:
            self.faults_changed()
        return struck

    def faults_changed(self) -> None:
        """Tell the pages."""
        shown = self.faults.shown()
        self.announce("faults", lambda _: {"faults": shown})

    def refresh_connections(self) -> None:
        """Ask every socket to reconnect, as Slack does every few hours."""
        self.delivery.refresh()

    def call(self, method: str, arguments: Json, token: str | None = None) -> Json:
        """A Web API call without HTTP; the bot's own token unless told otherwise. Nothing is held back or closed."""
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
