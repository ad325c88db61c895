"""Keeping figures of days that stand still, so that nobody counts them again. Callers commit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, delete, select

from ..calendars import local_day, midnight
from ..ids import new_id
from ..metrics import Cohort, Metric
from ..metrics.frame import DAY
from ..once import add_once
from ..people import Team
from ..tickets import LIVE, Source, daybook, days, extent
from ..tickets.daybook import QUIET
from ..tickets.reads import IMPORTED
from ..tickets.tables import TicketDay
from .daily import NOTHING, Figures, counted_for, looks, worked_out
from .owned import catalogue_of
from .reads import reach
from .subjects import CHANGING, Reader
from .tables import FigureDay

ONE = timedelta(days=1)
KEPT_FOR = 100
"""Days back that are kept."""
MATURE = 8
"""Figures of a younger day change by themselves: a week has to pass for some of them."""
FAR = 366 * DAY
"""A figure that is the same when it is told so much later, without anything new, stands still."""
AGAIN = ONE
"""A day of which some figures did not stand still is looked at again after so long."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How many days were packed and settled in one go."""

    packed: int = 0
    settled: int = 0

    def __bool__(self) -> bool:
        return bool(self.packed or self.settled)


def keep(session: Session, team: Team, *, now: datetime, limit: int) -> Kept:
    """Pack and settle up to `limit` days of a team that want it, the latest first."""
    unpacked = daybook.unpacked(session, team, now=now, limit=limit)
    if unpacked:
        daybook.pack(session, team, unpacked, now=now)
    unsettled = [] if len(unpacked) >= limit else wanting(session, team, now=now)[: limit - len(unpacked)]
    if unsettled:
        settle(session, team, unsettled, now=now)
    return Kept(len(unpacked), len(unsettled))


def teams_wanting(session: Session, *, now: datetime) -> list[tuple[int, int]]:
    """Teams (workspace, team) of which days that are over may be neither packed nor settled: by counting alone."""
    packed = _counts(session, TicketDay, col(TicketDay.day) >= (now - daybook.PACKED_FOR).date())
    since = (now - (KEPT_FOR + MATURE + 1) * ONE).date()
    is_done = col(FigureDay.is_whole) | (col(FigureDay.as_of) > now - AGAIN)
    settled = _counts(session, FigureDay, (col(FigureDay.day) >= since) & is_done)
    found = set()
    for row in session.exec(select(Source).where(col(Source.kind).in_((IMPORTED, LIVE)))):
        team, first_at = (row.workspace_id, row.team_id), row.first_at
        over = (now.date() - max(first_at, now - daybook.PACKED_FOR).date()).days + (row.imported_at < now - QUIET)
        still = (row.complete_until.date() - max(first_at.date(), since)).days - MATURE - 1
        if packed.get(team, 0) < over or settled.get(team, 0) < still:
            found.add(team)
    return sorted(found)


def _counts(
    session: Session, table: type[TicketDay | FigureDay], wanted: ColumnElement[bool]
) -> dict[tuple[int, int], int]:
    query = select(col(table.workspace_id), col(table.team_id), func.count()).where(wanted)
    return {
        (one, team): n for one, team, n in session.exec(query.group_by(col(table.workspace_id), col(table.team_id)))
    }


def wanting(session: Session, team: Team, *, now: datetime) -> list[date]:
    """The local days whose figures may stand still and are not kept, the latest first."""
    as_of = reach(session, team, now)
    found = extent(session, team, now)
    if found is None:
        return []
    last = local_day(as_of, team.timezone) - (MATURE + 1) * ONE
    first = max(local_day(found.first_at, team.timezone), last - KEPT_FOR * ONE)
    whole = select(col(FigureDay.day)).where(
        *_of(team),
        FigureDay.counted_for == counted_for(team),
        col(FigureDay.is_whole) | (col(FigureDay.as_of) > as_of - AGAIN),
    )
    there = set(session.exec(whole))
    every = (last - n * ONE for n in range((last - first).days + 1))
    return [day for day in every if day not in there]


def settle(session: Session, team: Team, wanted: Sequence[date], *, now: datetime) -> None:
    """Work out the figures of some days and keep those that stand still."""
    days.hold(session, team.workspace_id, team.id)
    as_of = reach(session, team, now)
    metrics = [
        one
        for one in catalogue_of(session, team, with_hidden=True).values()
        if one.of not in CHANGING and one.cohort is not Cohort.INSTANT
    ]
    for some in _stretches(sorted(wanted)):
        session.exec(delete(FigureDay).where(*_of(team), col(FigureDay.day).in_(some)))
        for day, (figures, is_whole) in _standing_still(session, team, metrics, some, as_of).items():
            row = FigureDay(
                workspace_id=team.workspace_id,
                id=new_id(now),
                team_id=team.id,
                day=day,
                as_of=as_of,
                counted_for=counted_for(team),
                figures=json.dumps(figures, separators=(",", ":")),
                is_whole=is_whole,
            )
            add_once(session, row)


def _standing_still(
    session: Session, team: Team, metrics: Sequence[Metric], some: Sequence[date], as_of: datetime
) -> Mapping[date, tuple[dict[str, Figures], bool]]:
    """The figures of consecutive days that are the same now and told much later, and whether those are all."""
    reader = Reader(session, team, midnight(some[0], team.timezone), as_of)
    through = looks(session, team, metrics, some, as_of)
    much_later = {of: replace(one, as_of=one.as_of + FAR) for of, one in through.items()}
    now, later = worked_out(reader, metrics, some, through), worked_out(reader, metrics, some, much_later)
    found = {}
    for day in some:
        still = {key: one for key, one in now[day].items() if one == later[day].get(key, NOTHING)}
        found[day] = (still, len(still) == len(now[day]))
    return found


def _stretches(wanted: Sequence[date]) -> list[list[date]]:
    """Consecutive days together."""
    numbered = enumerate(wanted)
    return [[day for _, day in some] for _, some in groupby(numbered, key=lambda one: one[1] - one[0] * ONE)]


def _of(team: Team) -> tuple[ColumnElement[bool], ...]:
    return (col(FigureDay.workspace_id) == team.workspace_id, col(FigureDay.team_id) == team.id)
