"""A detector played over the last weeks before it is saved: what it would have alarmed about, and how early."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlmodel import Session, col, func, select

from .. import duty, tickets
from ..calendars import Calendar
from ..people import Team, calendar_of
from ..tickets import Ticket
from . import figures, rules
from .absences import absences_within
from .bursts import WEEK, replay
from .clock import NEVER, Seconds, WorkClock
from .crossings import Absences, crossings, dues
from .rules import WEEKS, Kind, Settings
from .work import Work, arrivals, second, work_within

DAY = timedelta(days=1)
OLDER = timedelta(days=60)
"""Tickets that were created so long before may still have come true within the time."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """The same with one setting changed."""

    name: str
    value: int
    alarms: int
    before_breach: int


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a detector would have done. Tickets that somebody took are not known, so it counts as if nobody did."""

    settings: Mapping[str, Any]
    starts_at: datetime
    ends_at: datetime
    alarms: int
    shifts: int
    per_shift: float | None
    before_breach: int
    """Alarms before a target that was then missed."""
    breaches: int
    """Targets of all tickets that were missed in that time."""
    alternatives: tuple[Alternative, ...]

    @property
    def days(self) -> int:
        return (self.ends_at - self.starts_at + DAY / 2) // DAY


@dataclass(frozen=True)
class _Past:
    """The time that is played over."""

    work: Work
    clock: WorkClock
    start: int
    end: int
    timezone: str
    first: int
    absences: Absences
    bad_ratings: int
    arrivals: tuple[Sequence[str], Seconds]
    """Category and creation of every ticket, for bursts."""
    signals: int
    """Of the figures that are watched."""


def rehearse(
    session: Session, team: Team, kind: Kind, settings: Settings, *, now: datetime, days: int = 30
) -> Rehearsal:
    """Replay a detector over the days before the end of the data. Raises Invalid, UnknownMetric; without data it is all
    zero."""
    wanted = rules.checked(kind, settings)
    calendar = calendar_of(session, team)
    extent = tickets.extent(session, team, now)
    ends_at = min(now, extent.complete_until) if extent else now
    starts_at = max(ends_at - days * DAY, min(extent.first_at, ends_at)) if extent else ends_at
    past = _past(session, team, kind, wanted, calendar, starts_at, ends_at, extent.first_at if extent else ends_at)
    alarms, before = _play(kind, past, wanted)
    shifts = _shifts(session, team, calendar, starts_at, ends_at)
    return Rehearsal(
        wanted,
        starts_at,
        ends_at,
        alarms,
        shifts,
        alarms / shifts if shifts else None,
        before,
        _breaches(past),
        tuple(_alternatives(kind, past, wanted)),
    )


def _past(
    session: Session,
    team: Team,
    kind: Kind,
    settings: Settings,
    calendar: Calendar,
    start: datetime,
    end: datetime,
    first: datetime,
) -> _Past:
    work = work_within(session, team, start - OLDER, start, end)
    clock = WorkClock(calendar, np.array([second(start), second(end)]), work.created, work.reply_due, work.solve_due)
    absences = absences_within(session, team, start, end) if kind is Kind.AWAY else {}
    bad = _bad_ratings(session, team, start, end) if kind is Kind.RATING else 0
    is_burst = kind is Kind.BURST
    came = arrivals(session, team, start - WEEKS * WEEK - DAY, end) if is_burst else ((), np.zeros(0, np.int64))
    signals = figures.rehearsed(session, team, settings, start, end) if kind is Kind.FIGURE and start < end else 0
    return _Past(work, clock, second(start), second(end), team.timezone, second(first), absences, bad, came, signals)


def _bad_ratings(session: Session, team: Team, start: datetime, end: datetime) -> int:
    return session.exec(
        select(func.count())
        .select_from(Ticket)
        .where(
            Ticket.workspace_id == team.workspace_id,
            Ticket.team_id == team.id,
            col(Ticket.csat_at) > start,
            col(Ticket.csat_at) <= end,
            col(Ticket.csat_good).is_(False),
            Ticket.left_out == "",
        )
    ).one()


def _play(kind: Kind, past: _Past, settings: Settings) -> tuple[int, int]:
    """How many alarms, and how many of them before a target that was then missed."""
    if kind is Kind.RATING:
        return past.bad_ratings, 0
    if kind is Kind.FIGURE:
        return past.signals, 0
    if kind is Kind.BURST:
        return len(replay(*past.arrivals, settings, past.timezone, past.start + 1, past.first)), 0
    alarms = before = 0
    for one in crossings(kind, past.work, settings, past.clock, past.absences):
        within = one.of(one.real() & (one.at > past.start) & (one.at <= past.end))
        missed = (within.due < NEVER) & (within.over > within.due) & (within.due < past.end)
        alarms += len(within.rows)
        before += int((missed & (within.at < within.due)).sum())
    return alarms, before


def _breaches(past: _Past) -> int:
    every = dues(past.work)
    return sum(int(((one.over > one.due) & (one.due > past.start) & (one.due < past.end)).sum()) for one in every)


def _alternatives(kind: Kind, past: _Past, settings: Settings) -> list[Alternative]:
    if kind not in rules.ALTERNATIVES:
        return []
    name, values = rules.ALTERNATIVES[kind]
    others = [value for value in values if value != settings[name]]
    return [Alternative(name, value, *_play(kind, past, {**settings, name: value})) for value in others]


def _shifts(session: Session, team: Team, calendar: Calendar, start: datetime, end: datetime) -> int:
    """The turns of duty in that time; where there are none, the windows in which the team worked."""
    if end <= start:
        return 0
    planned = duty.board(session, team, start, end)
    first = planned.current_span(start)
    turns = len(planned.next_shifts(start, 10_000)) + (first is not None)
    if turns:
        return turns
    day, last, windows = calendar.local_day(start) - DAY, calendar.local_day(end), 0
    while day <= last:
        windows += sum(begin < end and finish > start for begin, finish in calendar.windows(day))
        day += DAY
    return windows
