"""Is it well? The same few questions for a load balancer, a watchdog and a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from cspm_core.leases import Lease

from ..runtime import Runtime
from ..schedule import LEASE
from . import database, lateness

SILENT_FOR = timedelta(minutes=2)
"""A schedule whose lease ran out this long ago beats no more, and nobody has taken over."""


@dataclass(frozen=True)
class Health:
    """Answers by question; `is_well` where every one that matters here is good."""

    is_well: bool
    checks: dict[str, dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        """What /healthz answers."""
        return {"status": "ok" if self.is_well else "unwell", "checks": self.checks}


def look(runtime: Runtime, *, socket: Callable[[], bool] | None = None, beats_since: datetime | None = None) -> Health:
    """Ask. `socket` tells whether Slack's socket is open.

    `beats_since` is when this process began to beat: from then on a silent schedule counts.
    """
    checks: dict[str, dict[str, Any]] = {}
    try:
        with runtime.store.reading() as session:
            session.connection().execute(text("SELECT 1"))
            checks["database"] = {"ok": True}
            stands = database.standing_of(session)
            checks["migrations"] = {"ok": stands == database.newest(), "at": stands, "newest": database.newest()}
            if checks["migrations"]["ok"]:
                checks["schedule"] = _beat(session, runtime, beats_since)
                checks["escalations"] = lateness.check(session, runtime)
    except SQLAlchemyError as error:
        checks["database"] = {"ok": False, "error": type(error).__name__}
    if socket is not None:
        checks["socket"] = {"ok": socket()}
    return Health(all(check["ok"] for check in checks.values()), checks)


def silence(session: Session, runtime: Runtime) -> timedelta | None:
    """For how long the schedule's lease has run out; zero while somebody holds it, None where nobody beats."""
    lease = session.get(Lease, LEASE)
    if lease is None or not lease.holder:
        return None
    return max(timedelta(0), runtime.real_now() - lease.until)


def _beat(session: Session, runtime: Runtime, beats_since: datetime | None) -> dict[str, Any]:
    silent = silence(session, runtime)
    beats = silent is not None and silent < SILENT_FOR
    is_new = beats_since is None or runtime.real_now() - beats_since < SILENT_FOR
    return {"ok": beats or is_new, "silent_s": None if silent is None else round(silent.total_seconds())}
