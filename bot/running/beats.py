"""Whether the schedule beats, and when each of its jobs last ended well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from cspm_core import leases

from .. import schedule
from ..runtime import Runtime
from ..words import Words
from . import health
from .findings import Finding, broken, doubtful, good

GRACE = timedelta(minutes=10)


def findings(runtime: Runtime, t: Words) -> Iterator[Finding]:
    """The beat itself, and its jobs while it beats."""
    with runtime.store.reading() as session:
        silent = health.silence(session, runtime)
        noted = leases.noted(session, schedule.NOTED)
    if silent is None:
        yield doubtful("schedule", t("No schedule runs."), t("Start `cspm run` or `cspm worker`."))
    elif silent >= health.SILENT_FOR:
        found = t("The schedule has been silent for {time}.", time=t.duration(silent.total_seconds()))
        yield broken("schedule", found, t("Digests wait: start `cspm run` or `cspm worker`."))
    else:
        yield good("schedule", t("The schedule beats."))
        yield from _jobs(noted, runtime.real_now(), t)


def _jobs(noted: dict[str, datetime], now: datetime, t: Words) -> Iterator[Finding]:
    """Judged once the schedule has beaten for as long as each may take."""
    began = noted.get(schedule.BEGAN)
    if began is None:
        return
    late = [job for job in schedule.JOBS if now - max(noted.get(job.id, began), began) > 3 * job.every + GRACE]
    if late:
        names = t.join([_said(job.id, noted.get(job.id), now, t) for job in late])
        yield broken(
            "jobs",
            t("These jobs of the schedule have not ended well for too long: {names}.", names=names),
            t("Look into the log of `cspm run` for “job failed”."),
        )
        return
    ran = sum(job.id in noted for job in schedule.JOBS)
    known = [noted[job.id] for job in schedule.JOBS if job.id in noted]
    if known:
        ago = t.duration(max(0.0, (now - max(known)).total_seconds()))
        said = t.n("{n} job of the schedule ran in its time", "{n} jobs of the schedule ran in their time", ran)
        yield good("jobs", t("{jobs}, the last one {time} ago.", jobs=said, time=ago))


def _said(job: str, at: datetime | None, now: datetime, t: Words) -> str:
    if at is None:
        return t("{name} (never)", name=job)
    return t("{name} ({when})", name=job, when=t("{time} ago", time=t.duration((now - at).total_seconds())))
