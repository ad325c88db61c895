"""Work that many ask for and one does: whoever comes while it is done is served by one more turn."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Errand:
    """One at a time in this process; asked for meanwhile, it is done once more, however many asked."""

    def __init__(self) -> None:
        self._busy = threading.Lock()
        self._wanted = threading.Event()

    def run(self, work: Callable[[], None]) -> None:
        """Do it, or leave it to whoever is at it. What `work` raises goes to who runs it."""
        self._wanted.set()
        while self._wanted.is_set() and self._busy.acquire(blocking=False):
            try:
                self._wanted.clear()
                work()
            finally:
                self._busy.release()
