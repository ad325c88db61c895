"""The bot's day as a table of jobs. APScheduler is only the metronome: what is due stands in the database."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from cspm_core import leases

from . import at_once
from .calibrations import jobs as calibrations
from .coaching import jobs as coaching
from .coaching import suggestion_jobs as suggestions
from .crises import jobs as crises
from .detectors import jobs as detectors
from .digests import jobs as digests
from .disputes import jobs as disputes
from .first_days import jobs as first_days
from .goals import jobs as goals
from .handovers import jobs as handovers
from .hooks import jobs as hooks
from .imports import jobs as imports
from .kpi import jobs as kpi
from .privacy import jobs as privacy
from .recognition import jobs as recognition
from .runtime import Runtime
from .samples import jobs as samples
from .setup import jobs as setup
from .staleness import jobs as staleness
from .uploads import work as uploads
from .watch import jobs as watch
from .welcomes import jobs as welcomes
from .wellbeing import jobs as wellbeing

log = structlog.get_logger(__name__)

LEASE = "schedule"
LEASE_FOR = timedelta(seconds=20)
HOLDER = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
"""This process. Of many workers one beats; when it falls silent another takes over within seconds."""


NOTED, BEGAN = "beat:", ""
"""Under these names the store has when each job last ended well, and when the schedule began to beat."""
NOTED_EVERY = timedelta(seconds=60)


@dataclass(frozen=True)
class Job:
    """Something that happens by itself. `id` names it in the log, for good."""

    id: str
    every: timedelta
    run: Callable[[Runtime], None]


JOBS = (
    Job("digests.prepare", timedelta(seconds=60), digests.prepare),
    Job("first_days.tell", timedelta(seconds=30), first_days.tell),
    Job("detectors.watch", timedelta(seconds=15), detectors.watch),
    Job("crises.sweep", timedelta(seconds=5), crises.sweep),
    Job("handovers.sweep", timedelta(seconds=10), handovers.sweep),
    Job("disputes.sweep", timedelta(seconds=10), disputes.sweep),
    Job("samples.draw", timedelta(seconds=60), samples.draw),
    Job("coaching.sweep", timedelta(seconds=60), coaching.sweep),
    Job("coaching.suggest", timedelta(hours=1), suggestions.suggest),
    Job("escalations.sweep", timedelta(seconds=1), at_once.carry_on),
    Job("uploads.carry_on", timedelta(seconds=5), uploads.carry_on),
    Job("uploads.tidy", timedelta(hours=1), uploads.tidy),
    Job("imports.catch_up", timedelta(seconds=60), imports.catch_up),
    Job("kpi.keep", timedelta(seconds=30), kpi.keep),
    Job("tickets.recount", timedelta(seconds=5), setup.recount),
    Job("privacy.tell", timedelta(hours=1), privacy.tell),
    Job("welcomes.greet", timedelta(seconds=60), welcomes.greet),
    Job("recognition.thank", timedelta(minutes=5), recognition.thank),
    Job("goals.settle", timedelta(hours=1), goals.settle),
    Job("calibrations.sweep", timedelta(seconds=60), calibrations.sweep),
    Job("wellbeing.ask", timedelta(hours=1), wellbeing.ask),
    Job("wellbeing.forget", timedelta(hours=6), wellbeing.forget),
    Job("staleness.remind", timedelta(minutes=15), staleness.remind),
    Job("notices.deliver", timedelta(seconds=1), at_once.deliver),
    Job("hooks.tidy", timedelta(days=1), hooks.tidy),
    Job("watch.escalations", timedelta(seconds=60), watch.watch),
)


def run_once(runtime: Runtime, holder: str = HOLDER) -> bool:
    """Every job, in order, now. Tests and demos turn the clock with this. False where another worker beats."""
    return all(beat(runtime, job, holder) for job in JOBS)


def beat(runtime: Runtime, job: Job, holder: str = HOLDER) -> bool:
    """Run one job if this worker holds the lease; an accident stands in the log, and the next beat tries again."""
    try:
        if not _may_beat(runtime, holder):
            return False
        job.run(runtime)
        runtime.beats[job.id] = runtime.real_now()
    except Exception:
        log.exception("job failed", job=job.id)
    return True


def _may_beat(runtime: Runtime, holder: str) -> bool:
    """Whether this worker holds the lease; it is renewed when half of it is over, not with every beat."""
    now = runtime.real_now()
    if now < runtime.held.get(holder, now):
        return True  # it was taken or kept here, and nobody else can take it before it has run out
    with runtime.store.reading() as session:
        settled = leases.is_settled(session, LEASE, holder, now=now, ttl=LEASE_FOR)
    if settled is not None:
        return settled
    with runtime.store.transaction() as session:
        is_ours = leases.hold(session, LEASE, holder, now=now, ttl=LEASE_FOR)
    if is_ours:
        runtime.held[holder] = now + LEASE_FOR / 2
    return is_ours


def start(runtime: Runtime, holder: str = HOLDER) -> BackgroundScheduler:
    """Beat from now on, in threads of this process. A late beat is made up for once, never skipped."""
    scheduler = BackgroundScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    for job in JOBS:
        scheduler.add_job(
            beat,
            "interval",
            seconds=job.every.total_seconds(),
            args=[runtime, job, holder],
            id=job.id,
            replace_existing=True,
        )
    runtime.beats[BEGAN] = runtime.real_now()
    scheduler.add_job(note, "interval", seconds=NOTED_EVERY.total_seconds(), args=[runtime], id="schedule.note")
    scheduler.start()
    return scheduler


def note(runtime: Runtime) -> None:
    """Write down when each job last ended well here, for the doctor. A worker that does not beat has nothing to say."""
    told = dict(runtime.beats)
    if not told.keys() - {BEGAN}:
        return
    with runtime.store.transaction() as session:
        for name, at in told.items():
            leases.note(session, NOTED + name, at=at)
    for name, at in told.items():  # only now: where the store took nothing, the next time says it again
        if runtime.beats.get(name) == at:
            del runtime.beats[name]


def stop(scheduler: BackgroundScheduler, runtime: Runtime, holder: str = HOLDER) -> None:
    """Finish the running jobs and let another worker beat at once."""
    scheduler.shutdown(wait=True)
    runtime.held.pop(holder, None)
    with runtime.store.transaction() as session:
        leases.let_go(session, LEASE, holder)
