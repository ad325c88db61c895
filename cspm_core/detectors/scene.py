"""A team at an instant, as far as its data reaches: its open tickets and its working time, read once for a look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from sqlmodel import Session, col, func, select

from .. import tickets
from ..calendars import Calendar, NeverOpen
from ..people import Team, calendar_of
from ..tickets import LIVE, LIVE_FOR, Source
from . import choosing
from .clock import WorkClock
from .tables import Detector
from .work import Work, open_work, second

SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Reach:
    """How far the data goes: detectors run as of `as_of`, and pause where that is too old."""

    first_at: datetime
    as_of: datetime
    is_live: bool
    is_paused: bool
    pauses_at: datetime | None
    """When it will be too old, if nothing more comes."""


@dataclass(frozen=True)
class Scene:
    """What detectors look at."""

    reach: Reach
    calendar: Calendar
    work: Work
    clock: WorkClock

    @property
    def at(self) -> int:
        """Epoch seconds of the end of the data."""
        return second(self.reach.as_of)


def reach_of(session: Session, team: Team, calendar: Calendar, *, now: datetime) -> Reach | None:
    """How far a team's data goes; None before the first. What was once looked at is never unseen."""
    extent = tickets.extent(session, team, now)
    if extent is None:
        return None
    watch = choosing.watch_of(session, team)
    as_of = min(now, max(extent.complete_until, watch.as_of or extent.complete_until))
    allowed = watch.data_age_minutes * 60
    is_old = calendar.business_seconds(as_of, now) > allowed
    is_old = is_old or tickets.is_stale(calendar, as_of, now, team.stale_after_hours)
    return Reach(extent.first_at, as_of, _is_live(session, team, now), is_old, _pauses(calendar, as_of, allowed))


def paused_since(session: Session, team: Team, *, now: datetime) -> datetime | None:
    """Where the data ends that is too old for a team's detectors; None while they look, and before the first data."""
    reach = reach_of(session, team, calendar_of(session, team), now=now)
    return reach.as_of if reach and reach.is_paused else None


def _pauses(calendar: Calendar, as_of: datetime, allowed: int) -> datetime | None:
    try:
        return calendar.add_business(as_of, allowed + 1)
    except NeverOpen:
        return None


def _is_live(session: Session, team: Team, now: datetime) -> bool:
    live = tickets.source(session, team, LIVE)
    return live is not None and abs(now - live.imported_at) <= LIVE_FOR


def scene_of(session: Session, team: Team, *, now: datetime) -> Scene | None:
    """A team as of the end of its data; None before the first."""
    calendar = calendar_of(session, team)
    reach = reach_of(session, team, calendar, now=now)
    if reach is None:
        return None
    work = open_work(session, team)
    at = np.array([second(reach.as_of)], dtype=np.int64)
    return Scene(reach, calendar, work, WorkClock(calendar, at, work.created, work.reply_due, work.solve_due))


def seen(session: Session, team: Team) -> str:
    """What of the data and the settings there is to see, as one word: another word means that there is news."""
    sources = session.exec(
        select(Source.kind, Source.complete_until, Source.imported_at)
        .where(Source.workspace_id == team.workspace_id, Source.team_id == team.id)
        .order_by(col(Source.kind))
    ).all()
    saved = session.exec(
        select(func.max(Detector.saved_at)).where(
            Detector.workspace_id == team.workspace_id, Detector.team_id == team.id
        )
    ).one()
    told = [f"{kind}@{until.isoformat()}@{at.isoformat()}" for kind, until, at in sources]
    return "|".join([*told, str(team.calendar_version), str(team.channel), str(saved)])
