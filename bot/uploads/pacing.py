"""Heavy work on a file beside everything else: it takes turns with whoever reads, and tells how far it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from cspm_core import uploads
from cspm_core.uploads import Pace, Upload

from .. import at_once
from ..runtime import Runtime

log = structlog.get_logger(__name__)
EVERY_S = 4.0
"""How often what people see of it is edited."""
TURN_S = 0.05
BREATH_S = 0.001
"""Long enough for whoever waits for the permit to take it."""


@contextmanager
def taking_turns(runtime: Runtime) -> Iterator[Pace]:
    """Holds the permit, and lets others have it between two pieces of work."""
    pace, since = Pace(), time.monotonic()

    def pause() -> None:
        nonlocal since
        if time.monotonic() - since < TURN_S:
            return
        runtime.permit.release()
        time.sleep(BREATH_S)
        runtime.permit.acquire()
        since = time.monotonic()

    pace.pause = pause
    with runtime.permit:
        yield pace


@contextmanager
def telling(tell: Callable[[], None]) -> Iterator[None]:
    """Calls `tell` every few seconds beside the work, until that ends. What `tell` raises stands in the log."""
    ended = threading.Event()

    def keep_telling() -> None:
        while not ended.wait(EVERY_S):
            try:
                tell()
            except Exception:
                log.exception("progress not told")

    teller = threading.Thread(target=keep_telling, name="upload-progress", daemon=True)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()


@contextmanager
def watched(runtime: Runtime, row: Upload) -> Iterator[Pace]:
    """Takes turns; its progress is written down and shown, and the claim on the file renewed."""
    pace, phase_at = Pace(), runtime.now()

    def write(*, shows: bool) -> None:
        real_now = runtime.real_now()
        with runtime.store.transaction() as session:
            uploads.progress(session, row, pace, phase_at=phase_at, now=runtime.now(), real_now=real_now, shows=shows)

    def turn() -> None:
        nonlocal phase_at
        phase_at = runtime.now()
        write(shows=False)

    def tell() -> None:
        write(shows=True)
        at_once.deliver(runtime)

    with telling(tell), taking_turns(runtime) as turns:
        pace.pause, pace.turn = turns.pause, turn
        yield pace
