"""Before a ticket is written: what the operator asked, what the file is, and a first pass that finds its end."""

from __future__ import annotations

import gc
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

import numpy as np

from .. import calendars, errors
from ..metrics.frame import Ints
from ..store import EPOCH, Store, microseconds
from . import columns, files, mapping
from .asked import Understood, Wish, whose
from .instants import Instants, Order, sniff_order
from .problems import Fault, Unreadable
from .ticket_columns import TicketColumns, Whose

SNIFFED_ROWS = 5_000
LOOKED_AT = 5_000
"""So many rows at once, in the first pass."""


@dataclass(frozen=True, kw_only=True)
class Plan(Understood):
    """A file understood: which column is which, whose tickets, in which zone."""

    def reader(self) -> TicketColumns:
        """A fresh reader of batches."""
        width = len(self.export.header)
        return TicketColumns(self.places, width, self.told, self.instants(), self.teams, self.team_id)


@dataclass(frozen=True)
class Survey:
    """What the first pass found. `repeated`: how often each key (hashed) stands there, where more than once."""

    plan: Plan
    rows: int
    complete_until: datetime | None
    repeated: Mapping[int, int]


def plan(store: Store, workspace_id: int, wish: Wish, *, now: datetime) -> Plan:
    """Understand a file. Raises Unreadable, UnknownTeam, NoTeams, Invalid (timezone)."""
    told = mapping.read_map(wish.map) if wish.map else mapping.NO_MAP
    export = files.look_at(wish.path, wish.encoding)
    places = mapping.places(_recognised(export), export.header, told.columns)
    for needed in ("id", "created_at"):
        if needed not in places:
            raise Unreadable(Fault.NO_COLUMN, needed, export.header)
    every, team = whose(store, workspace_id, wish, places, told)
    timezone = wish.timezone or told.timezone
    zone = checked_zone(timezone or (team or every[0]).timezone)
    exported_at = _exported(wish.exported_at, zone) if wish.exported_at else None
    return Plan(
        wish=wish,
        export=export,
        told=told,
        places=places,
        teams={one.name_key: one.id for one in every},
        names={one.id: one.name for one in every},
        team_id=team.id if team else None,
        timezone=zone,
        timezone_of_team=timezone is None,
        order=wish.order or told.order,
        until=exported_at or now,
        exported_at=exported_at,
    )


def _recognised(export: files.Export) -> dict[str, int]:
    try:
        sample = [line.fields for line in islice(export.lines(), 20)]
    except UnicodeError:  # the survey says what to do about it
        sample = []
    return columns.look_into(export.header, columns.recognise(export.header, columns.TICKETS), sample)


def checked_zone(name: str) -> str:
    """The name of a zone that exists. Raises Invalid."""
    try:
        calendars.zone(name)
    except calendars.BadTimezone as bad:
        raise errors.Invalid("timezone", name, "timezone", bad.nearest) from None
    return name


def _exported(text: str, timezone: str) -> datetime:
    try:
        at = Instants(timezone).read(text)
    except (ValueError, OverflowError):
        raise Unreadable(Fault.BAD_INSTANT, text) from None
    return at


@dataclass
class Reach:
    """How far a file's story goes: to the latest instant that is over.

    What lies ahead of `now` has not happened yet. A file that lies wholly ahead of this machine's clock reaches to its
    own latest instant: then it is the clock that is wrong.
    """

    now: datetime
    latest: datetime | None = None
    ahead: datetime | None = None

    def see(self, at: datetime) -> None:
        """One instant of something that happened."""
        if at <= self.now:
            self.latest = at if self.latest is None or at > self.latest else self.latest
        else:
            self.ahead = at if self.ahead is None or at > self.ahead else self.ahead

    def see_many(self, ats: Ints) -> None:
        """Some of them, in microseconds."""
        now = microseconds(self.now)
        for over in (ats[ats <= now], ats[ats > now]):
            if over.size:
                self.see(EPOCH + timedelta(microseconds=int(over.max())))

    @property
    def end(self) -> datetime | None:
        return self.latest or self.ahead


@contextmanager
def seldom_tidied() -> Iterator[None]:
    """While rows come by the thousand, looking for garbage among them takes a quarter of the time and finds none."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def survey(plan: Plan, advance: Callable[[int], None]) -> Survey:
    """Read the file once without writing: its length, its end, what stands there twice. Raises Unreadable."""
    try:
        with seldom_tidied():
            return _surveyed(plan, advance)
    except UnicodeError:
        if plan.wish.encoding or plan.export.encoding != "utf-8":
            raise Unreadable(Fault.BAD_ENCODING, plan.export.encoding) from None
        return _surveyed(replace(plan, export=replace(plan.export, encoding=files.FALLBACK)), advance)


def _surveyed(plan: Plan, advance: Callable[[int], None]) -> Survey:
    if plan.order is None and plan.told.form is None:
        plan = replace(plan, order=_order(plan))
    reader, reach, hashes, rows = plan.reader(), Reach(plan.until), array("q"), 0
    for batch in plan.export.batches(LOOKED_AT):
        taken = reader.take(batch)
        hashes.extend(hashes_of(reader.owners, taken.whose, taken.keys))
        reach.see_many(taken.created)
        for ats in reader.happened(taken):
            reach.see_many(ats)
        rows += len(batch.rows)
        advance(len(batch.rows))
    if not rows:
        raise Unreadable(Fault.NO_ROWS, plan.wish.path.name)
    keys, times = np.unique(np.frombuffer(hashes, dtype=np.int64), return_counts=True)
    repeated = dict(zip(keys[times > 1].tolist(), times[times > 1].tolist(), strict=True))
    return Survey(plan, rows, plan.exported_at or reach.end, repeated)


def hashes_of(owners: Sequence[Whose], whose: Ints, keys: Sequence[str]) -> Iterator[int]:
    """What tells tickets apart, within this process."""
    if len(owners) == 1:
        scope = owners[0][1]
        return (hash((scope, key)) for key in keys)
    scopes = [owners[n][1] for n in whose.tolist()]
    return map(hash, zip(scopes, keys, strict=True))


def _order(plan: Plan) -> Order | None:
    return order_in(plan.export, [n for name, n in plan.places.items() if name in columns.INSTANTS])


def order_in(export: files.Export, places: Sequence[int]) -> Order | None:
    """Whether days or months come first in the dates of these columns. Raises Unreadable (day_or_month)."""
    sample = islice(export.lines(), SNIFFED_ROWS)
    texts = (line.fields[n] for line in sample for n in places if n < len(line.fields))
    try:
        return sniff_order(texts)
    except ValueError:
        raise Unreadable(Fault.DAY_OR_MONTH, export.path.name) from None
