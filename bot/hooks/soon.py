"""Telling people at once what was just written down, without letting the sender wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog

from ..threads import NAME

log = structlog.get_logger(__name__)


class Soon:
    """Runs something in a thread of its own, once for however many asked before it began."""

    def __init__(self, run: Callable[[], None]) -> None:
        self._run = run
        self._lock = threading.Lock()
        self._is_asked = self._is_running = False

    def __call__(self) -> None:
        """Ask for it. Where the process is ending nothing begins any more: the schedule of the next does it."""
        with self._lock:
            self._is_asked = True
            if self._is_running:
                return
            try:
                threading.Thread(target=self._go, name=f"{NAME}-hooks").start()
                self._is_running = True
            except RuntimeError:
                log.info("not told at once: the process is ending")

    def _go(self) -> None:
        while self._is_wanted():
            try:
                self._run()
            except Exception:
                log.exception("not told at once")

    def _is_wanted(self) -> bool:
        with self._lock:
            self._is_running, self._is_asked = self._is_asked, False
            return self._is_running
