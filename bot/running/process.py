"""A process from its first line to its last: its parts, the signal that ends it, and a shutdown that loses nothing."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from types import FrameType

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from .. import app as composition
from .. import schedule
from ..hooks import pages as hooks
from ..runtime import Runtime
from ..threads import NAME, Threads
from . import health, slack, web

log = structlog.get_logger(__name__)
LISTENERS_MAY_TAKE_S = 8.0
LEAVES_WITHIN_S = 20.0
"""Counted from the signal; whatever hangs longer is left behind, since every row that matters is claimed anew."""


def run(runtime: Runtime, *, started: Callable[[int], None]) -> None:
    """Socket Mode, schedule and a port for health, until a signal. Raises SlackRefused, OSError (the port)."""
    with ExitStack() as parts:
        stopped = parts.enter_context(until_signalled())
        bolt = parts.enter_context(listening(runtime))
        handler = SocketModeHandler(bolt, runtime.settings.slack_app_token)
        parts.callback(handler.client.close)
        port = _serve(runtime, parts, socket=handler.client.is_connected, beats_since=runtime.real_now())
        slack.connect(handler.client)
        _beat(runtime, parts)
        started(port)
        stopped.wait()
        log.info("stopping")


def serve(runtime: Runtime, *, started: Callable[[int], None]) -> None:
    """Slack's requests over HTTP and health, until a signal. Raises OSError (the port)."""
    with ExitStack() as parts:
        stopped = parts.enter_context(until_signalled())
        bolt = parts.enter_context(listening(runtime, signing_secret=runtime.settings.slack_signing_secret))
        started(_serve(runtime, parts, bolt=bolt))
        stopped.wait()
        log.info("stopping")


def work(runtime: Runtime, *, started: Callable[[], None]) -> None:
    """The schedule alone, until a signal."""
    with ExitStack() as parts:
        stopped = parts.enter_context(until_signalled())
        _beat(runtime, parts)
        started()
        stopped.wait()
        log.info("stopping")


@contextmanager
def until_signalled() -> Iterator[threading.Event]:
    """An event that SIGTERM or SIGINT sets; whatever answered them before does so again afterwards."""
    stopped = threading.Event()
    patience = threading.Timer(LEAVES_WITHIN_S, os._exit, [0])
    patience.daemon = True

    def stop(_number: int, _frame: FrameType | None) -> None:
        if not stopped.is_set():
            stopped.set()
            patience.start()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stopped
    finally:
        for number, answer in before.items():
            signal.signal(number, answer)
        if not any(thread.name.startswith(NAME) for thread in threading.enumerate()):
            patience.cancel()


@contextmanager
def listening(runtime: Runtime, **bolt: str) -> Iterator[App]:
    """A Bolt app whose listeners may finish what they began."""
    threads = Threads()
    try:
        yield composition.build(runtime, threads=threads, **bolt)
    finally:
        ending = threading.Thread(target=threads.close, daemon=True)
        ending.start()
        ending.join(LISTENERS_MAY_TAKE_S)
        if ending.is_alive():
            log.warning("listeners did not finish in time")


def _beat(runtime: Runtime, parts: ExitStack) -> None:
    beating = schedule.start(runtime)
    parts.callback(schedule.stop, beating, runtime)


def _serve(
    runtime: Runtime,
    parts: ExitStack,
    *,
    bolt: App | None = None,
    socket: Callable[[], bool] | None = None,
    beats_since: datetime | None = None,
) -> int:
    look = partial(health.look, runtime, socket=socket, beats_since=beats_since)
    pages = web.pages(look, bolt, hooks.routes(lambda: runtime))
    port = web.Port(pages, runtime.settings.host, runtime.settings.port)
    parts.callback(port.stop)
    port.start()
    return port.port
