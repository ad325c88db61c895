"""The workers of a run: started, killed in the middle of whatever they do, started again, and stopped at the end."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
import time
from contextlib import suppress
from multiprocessing.process import BaseProcess

from . import worker
from .worker import Wiring

WORKERS = 2
AGAIN_S = 0.3
"""Whatever dies is started again after so long, as anything that keeps services running does."""


class Crew:
    """Two workers, as a supervisor would keep them."""

    def __init__(self, wiring: Wiring) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(worker.PRELOADED)
        self._wiring = wiring
        self._workers: list[BaseProcess | None] = [None] * WORKERS
        self._ends = threading.Event()
        self._lock = threading.Lock()
        self._watch = threading.Thread(target=self._supervise, daemon=True)
        self.killed: list[float] = []
        """When, in real time."""
        self.gave_up = 0
        """How often a worker ended by itself: Slack or the database did not let it in."""

    def start(self) -> None:
        for n in range(WORKERS):
            self._begin(n)
        self._watch.start()

    def kill_one(self, dice: random.Random) -> bool:
        """`kill -9` of a worker that runs; False where none does."""
        with self._lock:
            alive = [one for one in self._workers if one is not None and one.is_alive() and one.pid]
            if not alive:
                return False
            chosen = dice.choice(alive)
            os.kill(int(chosen.pid or 0), signal.SIGKILL)
            chosen.join()
            self.killed.append(time.time())
        return True

    def stop(self) -> bool:
        """Let both end as an operator does; False where one had to be killed."""
        self._ends.set()
        self._watch.join()
        alive = [one for one in self._workers if one is not None and one.is_alive()]
        for one in alive:
            one.terminate()
        for one in alive:
            one.join(30)
        willing = not any(one.is_alive() for one in alive)
        for one in alive:
            with suppress(ValueError):
                one.kill()
        return willing

    def _begin(self, n: int) -> None:
        self._workers[n] = one = self._context.Process(target=worker.run, args=(self._wiring,), daemon=True)
        one.start()

    def _supervise(self) -> None:
        while not self._ends.wait(AGAIN_S):
            with self._lock:
                for n, one in enumerate(self._workers):
                    if one is None or one.is_alive():
                        continue
                    self.gave_up += one.exitcode != -signal.SIGKILL
                    one.close()
                    self._begin(n)
