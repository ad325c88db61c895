"""Many new tickets of one category in a short time, and more than usual at that hour of the week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from sqlmodel import Session

from ..people import Team, fold
from ..store import EPOCH
from . import rules
from .clock import NEVER, Seconds
from .rules import WEEKS, Settings
from .work import bound, query, second_of

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Burst:
    """A category with more new tickets than usual. `usual`: the most that still is; tickets newest last."""

    category: str
    ticket_ids: tuple[int, ...]
    created: tuple[int, ...]
    """Epoch seconds, one a ticket."""
    usual: int
    hours: int

    @property
    def key(self) -> str:
        return fold(self.category)


def bursts(session: Session, team: Team, settings: Settings, as_of: datetime, first_at: datetime) -> list[Burst]:
    """The categories that burst at an instant. `first_at`: where the team's data begins."""
    hours = timedelta(hours=settings["hours"])
    at = bound(session)
    created = second_of(session, "created_at")
    rows = query(
        session,
        f"SELECT category, id, {created} FROM ticket WHERE workspace_id = ? AND team_id = ? "  # noqa: S608
        "AND created_at > ? AND created_at <= ? AND left_out = '' ORDER BY created_at, id",
        *(team.workspace_id, team.id, at(as_of - hours), at(as_of)),
    )
    found: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for row in rows:
        found[fold(row[0])].append((row[0], int(row[1]), int(row[2])))
    many = {key: some for key, some in found.items() if len(some) >= settings["count"]}
    if not many:
        return []
    before = _before(session, team, as_of, hours, first_at)
    return [
        Burst(some[-1][0], tuple(one[1] for one in some), tuple(one[2] for one in some), limit, settings["hours"])
        for key, some in sorted(many.items())
        if (limit := rules.usual_limit([counts.get(key, 0) for counts in before])) is not None and len(some) > limit
    ]


def _before(
    session: Session, team: Team, as_of: datetime, hours: timedelta, first_at: datetime
) -> list[dict[str, int]]:
    """How many there were by category in the same hours of the weeks before, as far as the data goes back."""
    at, local, counted = bound(session), as_of.astimezone(ZoneInfo(team.timezone)), []
    for week in range(1, WEEKS + 1):
        end = (local - week * WEEK).astimezone(as_of.tzinfo)
        if end - hours < first_at:
            break
        rows = query(
            session,
            "SELECT category, count(*) FROM ticket WHERE workspace_id = ? AND team_id = ? "
            "AND created_at > ? AND created_at <= ? AND left_out = '' GROUP BY category",
            *(team.workspace_id, team.id, at(end - hours), at(end)),
        )
        counts: dict[str, int] = defaultdict(int)
        for category, n in rows:
            counts[fold(category)] += int(n)
        counted.append(counts)
    return counted


def replay(
    categories: Sequence[str], created: Seconds, settings: Settings, timezone: str, start: int, first: int
) -> list[tuple[str, int]]:
    """(category, when) of each burst from `start` on, once a category and local day; epoch seconds. `first`: where the
    data begins."""
    times: dict[str, list[int]] = defaultdict(list)
    known = {name: fold(name) for name in set(categories)}
    for name, at in zip(categories, created.tolist(), strict=True):
        times[known[name]].append(at)
    zone, found = ZoneInfo(timezone), []
    for key, unsorted in sorted(times.items()):
        days = set()
        for at in _overfull(np.array(sorted(unsorted), dtype=np.int64), settings, zone, start, first):
            day = (EPOCH + timedelta(seconds=at)).astimezone(zone).date()
            if day not in days:
                days.add(day)
                found.append((key, at))
    return found


def _overfull(times: Seconds, settings: Settings, zone: ZoneInfo, start: int, first: int) -> list[int]:
    """The creations of one category at which it had more in the hours before than is usual."""
    span = settings["hours"] * 3600
    counts = np.searchsorted(times, times, "right") - np.searchsorted(times, times - span, "right")
    at = times[(counts >= settings["count"]) & (times >= start)]
    here = counts[(counts >= settings["count"]) & (times >= start)]
    if not at.size:
        return []
    offset, before = _offsets(at, zone), []
    for week in range(1, WEEKS + 1):
        back = at - week * 604_800
        back += offset - _offsets(back, zone)  # the same hour on the wall clock
        n = np.searchsorted(times, back, "right") - np.searchsorted(times, back - span, "right")
        before.append(np.where(back - span >= first, n, -1))
    limits = _limits(np.array(before))
    return [int(when) for when in at[here > limits]]


def _limits(before: Seconds) -> Seconds:
    """The most that is still usual, for each column of counts of the weeks before (-1: not known); NEVER where too few
    are known."""
    known = before >= 0
    counts = np.where(known, before, 0)
    facts = np.stack([counts.sum(axis=0), counts.max(axis=0), known.sum(axis=0)])
    different, place = np.unique(facts, axis=1, return_inverse=True)
    limits = [rules.limit_of(int(total), int(most), int(weeks)) for total, most, weeks in different.T]
    return np.array([NEVER if one is None else one for one in limits], dtype=np.int64)[place.reshape(-1)]


def _offsets(at: Seconds, zone: ZoneInfo) -> Seconds:
    """A zone's offset at each instant, looked up once an hour."""
    hours, place = np.unique(at // 3600, return_inverse=True)
    offsets = np.array([_offset(zone.key, hour) for hour in hours.tolist()], dtype=np.int64)
    return offsets[place.reshape(-1)]


@lru_cache(maxsize=65_536)
def _offset(timezone: str, hour: int) -> int:
    local = (EPOCH + timedelta(hours=hour)).astimezone(ZoneInfo(timezone))
    return int((local.utcoffset() or timedelta()).total_seconds())


def of_day(team: Team, key: str, as_of: datetime) -> str:
    """What makes a burst one: team, category, local day."""
    return f"burst:{team.id}:{key}:{as_of.astimezone(ZoneInfo(team.timezone)).date()}"
