"""Payloads to the app: over any one of its connections, acknowledged within three seconds, twice when told so.

What people do is asked for once and waited upon; events are told, and again when they fail: at once, after a minute,
after five. An event that the app's own call caused goes through a queue, so that the call is answered first; one that a
person caused reaches an app in process before the verb returns.
"""

from __future__ import annotations

import heapq
import itertools
import queue
import threading
import time as real_time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from .model import Json

if TYPE_CHECKING:
    from .workspace import Workspace

Dispatch = Callable[[Json, str], tuple[int, Any]]


@dataclass(frozen=True)
class Answer:
    """What came back: `status` is "ok", "timeout" (no ack in time), "lost" (it went out, and the line broke or the app
    refused it) or "unreachable" (it never went out). `reason` is Slack's word for a retry.
    """

    status: str
    payload: Any = None
    reason: str = ""


@dataclass(frozen=True)
class _Errand:
    """An event on its way: the attempt that comes next, and why the last one failed. `counted` while one may wait."""

    body: Json
    retry: int = 0
    reason: str = ""
    counted: bool = True


IDLE_S = 1.0
"""How long the postman waits for something to carry."""


class Connection(Protocol):
    """A way to the app."""

    in_process: bool

    def deliver(self, body: Json, kind: str, retry: int, reason: str = "") -> Answer:
        """Hand over a payload and wait for its ack."""

    def refresh(self) -> None:
        """Ask the app to connect anew."""

    def drop(self) -> bool:
        """Break the line without a word; False where there is none."""


class _InProcess:
    in_process = True

    def __init__(self, workspace: Workspace, dispatch: Dispatch) -> None:
        self._workspace = workspace
        self.dispatch = dispatch

    def deliver(self, body: Json, kind: str, retry: int, reason: str = "") -> Answer:
        del retry, reason
        began = self._workspace.monotonic()
        status, payload = self.dispatch(body, kind)
        late = self._workspace.monotonic() - began > self._workspace.ack_seconds
        return Answer("timeout", reason="timeout") if late or status != 200 else Answer("ok", payload)

    def refresh(self) -> None:
        return None

    def drop(self) -> bool:
        return False


class Delivery:
    """The app's connections and what is on its way to it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._connections: list[Connection] = []
        self._turns = itertools.count()
        self._queue: queue.Queue[tuple[float, _Errand]] = queue.Queue()
        self._postman: threading.Thread | None = None
        self._met = False
        self.waiting = 0
        self.refusing_until = 0.0
        self.tickets: set[str] = set()

    @property
    def connected(self) -> int:
        """How many ways to the app are open."""
        return len(self._connections)

    def connect(self, dispatch: Dispatch) -> None:
        """Add an app in process."""
        self.add(_InProcess(self._workspace, dispatch))

    def disconnect(self, dispatch: Dispatch) -> None:
        """Take it off."""
        for one in self._connections:
            if isinstance(one, _InProcess) and one.dispatch == dispatch:
                self.remove(one)

    def add(self, connection: Connection) -> None:
        """A connection opened."""
        with self._workspace.changed:
            self._connections = [*self._connections, connection]
            self._met = True
            self._workspace.changed.notify_all()

    def remove(self, connection: Connection) -> None:
        """A connection closed."""
        with self._workspace.changed:
            self._connections = [one for one in self._connections if one is not connection]
            self._workspace.changed.notify_all()

    def refresh(self) -> None:
        """Ask every connection to come again."""
        for one in self._connections:
            one.refresh()

    def drop(self, refuse_s: float = 0.0) -> int:
        """Break every socket without a word, and take no new ones for some seconds; how many broke."""
        self.refusing_until = self._workspace.monotonic() + refuse_s
        return sum(one.drop() for one in self._connections)

    @property
    def refusing(self) -> bool:
        """Whether no socket is let in now."""
        return self._workspace.monotonic() < self.refusing_until

    def ask(self, body: Json, kind: str) -> Answer:
        """Deliver what a person did, once, and wait for the ack; the first delivery's answer counts."""
        first = self._once(body, kind, 0)
        if self._workspace.faults.deliver_twice and first.status == "ok":
            self._once(body, kind, 1)
        return first

    def tell(self, body: Json, at_once: bool) -> None:
        """Deliver an event; `at_once` for what a person caused."""
        connections = self._connections
        if at_once and connections and all(one.in_process for one in connections):
            self._tell(_Errand(body, counted=False))
            return
        with self._workspace.lock:
            self.waiting += 1
        self._send(_Errand(body), 0.0)

    def _send(self, errand: _Errand, seconds: float) -> None:
        """Give an errand to the postman, for some seconds of real time from now."""
        self._queue.put((real_time.monotonic() + seconds, errand))
        with self._workspace.lock:
            if self._postman is None:
                self._postman = threading.Thread(target=self._carry, name="local-slack-events", daemon=True)
                self._postman.start()

    def _carry(self) -> None:
        later: list[tuple[float, int, _Errand]] = []
        number = itertools.count()
        while True:
            wait = max(0.0, later[0][0] - real_time.monotonic()) if later else IDLE_S
            try:
                due, errand = self._queue.get(timeout=wait)
            except queue.Empty:
                if later:
                    self._tell(heapq.heappop(later)[2])
                elif self._goes_home():
                    return
                continue
            if due > real_time.monotonic():
                heapq.heappush(later, (due, next(number), errand))
                continue
            self._tell(errand)
            if errand.counted:
                with self._workspace.changed:
                    self.waiting -= 1
                    self._workspace.changed.notify_all()

    def _goes_home(self) -> bool:
        """A postman with nothing to carry leaves, so that a workspace nobody uses any more can be forgotten."""
        with self._workspace.lock:
            if self._queue.empty():
                self._postman = None
            return self._postman is None

    def _tell(self, errand: _Errand) -> None:
        """Deliver an event; when that fails, again as Slack does. An app that never was here misses nothing."""
        answer = self._once(errand.body, "events_api", errand.retry, errand.reason)
        if answer.status == "ok":
            if self._workspace.faults.deliver_twice and not errand.retry:
                self._once(errand.body, "events_api", 1, "timeout")
            return
        if answer.status == "timeout" and errand.retry == 1:
            self._workspace.complain(errand.body["event"]["type"], "event_not_acknowledged")
        waits = self._workspace.retry_seconds
        if not self._met or errand.retry >= len(waits):
            return
        again = _Errand(errand.body, errand.retry + 1, answer.reason, counted=False)
        if waits[errand.retry]:
            self._send(again, waits[errand.retry])
        else:
            self._tell(again)

    def _once(self, body: Json, kind: str, retry: int, reason: str = "") -> Answer:
        """Hand it to the connection whose turn it is; to the next one only where it did not even go out."""
        connections, turn = self._connections, next(self._turns)
        for offset in range(len(connections)):
            one = connections[(turn + offset) % len(connections)]
            answer = one.deliver(body, kind, retry, reason)
            if answer.status != "unreachable":
                return answer
        return Answer("unreachable", reason="connection_failed")
