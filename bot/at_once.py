"""After something was written down: what is due moves on and is said now, not with a later beat of the schedule."""

from __future__ import annotations

from functools import partial

import structlog

from . import delivery
from .crises import jobs as crises
from .escalations import jobs as escalations
from .runtime import Runtime
from .watch import selftests

log = structlog.get_logger(__name__)


def carry_on(runtime: Runtime) -> None:
    """Sweep, then deliver. An accident stands in the log: what is written down is said by the schedule then."""
    try:
        escalations.sweep(runtime)
        crises.sweep(runtime)
        selftests.settle(runtime, within=selftests.RECENT)
        deliver(runtime)
    except Exception:
        log.exception("not carried on at once")


def deliver(runtime: Runtime) -> None:
    """One of this process delivers, however many ask; where Slack is slow, nobody else waits for it."""
    runtime.errand.run(partial(delivery.deliver, runtime))
