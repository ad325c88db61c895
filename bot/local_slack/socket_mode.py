"""Socket Mode: hello, envelopes, acks, refresh, over one WebSocket for each connection of the app.

A line that breaks (the app was killed, or a fault breaks it) is noticed at once: what waits for its ack is lost.
"""

from __future__ import annotations

import asyncio
import json
import threading
import uuid
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from .delivery import Answer
from .lines import break_line
from .model import Json

if TYPE_CHECKING:
    from .workspace import Workspace

SECONDS_PER_CONNECTION = 18_060


class Socket:
    """One connection: payloads go out from any thread, acks come in on the server's loop."""

    in_process = False

    def __init__(self, workspace: Workspace, websocket: WebSocket) -> None:
        self._workspace = workspace
        self._websocket = websocket
        self._loop = asyncio.get_running_loop()
        self._waiting: dict[str, tuple[threading.Event, list[Any]]] = {}
        self._closed = False

    async def run(self) -> None:
        """Greet, then take acks until the app goes."""
        await self._websocket.accept()
        await self._websocket.send_text(json.dumps(self._hello()))
        self._workspace.delivery.add(self)
        try:
            while True:
                self._take(json.loads(await self._websocket.receive_text()))
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            self._closed = True
            self._workspace.delivery.remove(self)
            for arrived, _ in list(self._waiting.values()):
                arrived.set()

    def deliver(self, body: Json, kind: str, retry: int, reason: str = "") -> Answer:
        """Send an envelope and wait for its ack, three seconds at most."""
        envelope_id = str(uuid.uuid4())
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": kind,
            "accepts_response_payload": kind != "events_api",
            "payload": body,
        }
        if kind == "events_api" or retry:
            envelope |= {"retry_attempt": retry, "retry_reason": (reason or "timeout") if retry else ""}
        arrived, answers = self._waiting[envelope_id] = (threading.Event(), [])
        try:
            if self._closed or self._loop.is_closed():
                return Answer("unreachable", reason="connection_failed")
            sent = asyncio.run_coroutine_threadsafe(self._send(envelope), self._loop)
            sent.add_done_callback(lambda done: arrived.set() if _failed(done) else None)
            arrived.wait(self._workspace.ack_seconds)
        finally:
            del self._waiting[envelope_id]
        if answers:
            return Answer("ok", answers[0])
        broken = self._closed or (sent.done() and _failed(sent))
        return Answer("lost", reason="connection_failed") if broken else Answer("timeout", reason="timeout")

    async def _send(self, envelope: Json) -> None:
        await self._websocket.send_text(json.dumps(envelope))
        if self._workspace.struck_line():
            break_line(self._websocket.scope)

    def drop(self) -> bool:
        """Break this connection without a word, as a network does."""
        if self._closed or self._loop.is_closed():
            return False
        self._loop.call_soon_threadsafe(break_line, self._websocket.scope)
        return True

    def refresh(self) -> None:
        """Say that this connection ends soon, and end it."""
        goodbye = {"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "local"}}
        asyncio.run_coroutine_threadsafe(self._part(goodbye), self._loop)

    async def _part(self, goodbye: Json) -> None:
        await self._websocket.send_text(json.dumps(goodbye))
        await self._websocket.close()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self._workspace.delivery.connected + 1,
            "debug_info": {"host": "local", "approximate_connection_time": SECONDS_PER_CONNECTION},
            "connection_info": {"app_id": self._workspace.app_id},
        }

    def _take(self, ack: Json) -> None:
        waiting = self._waiting.get(str(ack.get("envelope_id")))
        if waiting is not None:
            arrived, answers = waiting
            answers.append(ack.get("payload"))
            arrived.set()


def _failed(done: Future[None]) -> bool:
    return done.cancelled() or done.exception() is not None


async def link(websocket: WebSocket) -> None:
    """`/link/?ticket=…`: a connection with an address from apps.connections.open."""
    workspace: Workspace = websocket.app.state.workspace
    ticket = websocket.query_params.get("ticket", "")
    if workspace.delivery.refusing or ticket not in workspace.delivery.tickets:
        await websocket.close(4001)
        return
    workspace.delivery.tickets.discard(ticket)
    await Socket(workspace, websocket).run()
