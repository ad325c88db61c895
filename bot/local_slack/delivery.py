"""Payloads to the app: over any one of its connections, acknowledged within three seconds, twice when told so.

What people do is asked for and waited upon; events are told. An event that the app's own call caused goes through a
queue, so that the call is answered first; one that a person caused reaches an app in process before the verb returns.
"""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from .model import Json

if TYPE_CHECKING:
    from .workspace import Workspace

Dispatch = Callable[[Json, str], tuple[int, Any]]


@dataclass(frozen=True)
class Answer:
    """What came back: `status` is "ok", "timeout" (no ack in time) or "unreachable" (no connection)."""

    status: str
    payload: Any = None


class Connection(Protocol):
    """A way to the app."""

    in_process: bool

    def deliver(self, body: Json, kind: str, retry: int) -> Answer:
        """Hand over a payload and wait for its ack."""

    def refresh(self) -> None:
        """Ask the app to connect anew."""


class _InProcess:
    in_process = True

    def __init__(self, workspace: Workspace, dispatch: Dispatch) -> None:
        self._workspace = workspace
        self.dispatch = dispatch

    def deliver(self, body: Json, kind: str, retry: int) -> Answer:
        del retry
        began = self._workspace.monotonic()
        status, payload = self.dispatch(body, kind)
        late = self._workspace.monotonic() - began > self._workspace.ack_seconds
        return Answer("timeout") if late or status != 200 else Answer("ok", payload)

    def refresh(self) -> None:
        return None


class Delivery:
    """The app's connections and what is on its way to it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._connections: list[Connection] = []
        self._turns = itertools.count()
        self._queue: queue.Queue[Json] = queue.Queue()
        self._postman: threading.Thread | None = None
        self.waiting = 0
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

    def ask(self, body: Json, kind: str) -> Answer:
        """Deliver what a person did and wait for the ack; the first delivery's answer counts."""
        first = self._once(body, kind, 0)
        if self._workspace.faults.deliver_twice and first.status == "ok":
            self._once(body, kind, 1)
        return first

    def tell(self, body: Json, at_once: bool) -> None:
        """Deliver an event; `at_once` for what a person caused."""
        connections = self._connections
        if at_once and connections and all(one.in_process for one in connections):
            self._tell(body)
            return
        with self._workspace.lock:
            self.waiting += 1
            if self._postman is None:
                self._postman = threading.Thread(target=self._carry, name="local-slack-events", daemon=True)
                self._postman.start()
        self._queue.put(body)

    def _carry(self) -> None:
        while True:
            self._tell(self._queue.get())
            with self._workspace.changed:
                self.waiting -= 1
                self._workspace.changed.notify_all()

    def _tell(self, body: Json) -> None:
        answer = self._once(body, "events_api", 0)
        if answer.status == "unreachable":
            return
        if answer.status != "ok" or self._workspace.faults.deliver_twice:
            answer = self._once(body, "events_api", 1)
        if answer.status == "timeout":
            self._workspace.complain(body["event"]["type"], "event_not_acknowledged")

    def _once(self, body: Json, kind: str, retry: int) -> Answer:
        connections = self._connections
        if not connections:
            return Answer("unreachable")
        return connections[next(self._turns) % len(connections)].deliver(body, kind, retry)
