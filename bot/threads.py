"""The threads in which people are served: some acknowledge and open forms, so that they never wait for those that
count."""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field

LISTENING, WORKING = 20, 20
"""Together no more than the store's connections."""
NAME = "listener"


def _listening() -> Executor:
    return ThreadPoolExecutor(LISTENING, thread_name_prefix=NAME)


def _working() -> Executor:
    return ThreadPoolExecutor(WORKING, thread_name_prefix=f"{NAME}-work")


@dataclass(frozen=True)
class Threads:
    """Bolt runs every listener in `listening`; what may take longer than an acknowledgement goes to `working`."""

    listening: Executor = field(default_factory=_listening)
    working: Executor = field(default_factory=_working)

    def close(self, *, cancel: bool = False) -> None:
        """Let what has begun finish, and what waits too unless it is cancelled."""
        for pool in (self.listening, self.working):
            pool.shutdown(wait=True, cancel_futures=cancel)
