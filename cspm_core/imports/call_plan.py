"""Before a call is written: what the operator asked, what the file is, and a first pass that finds its end."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from ..calls.rules import LONGEST
from ..store import Store
from . import call_columns, columns, files, mapping
from .asked import Understood, Wish, whose
from .call_rows import CallRows, RefusedCall
from .instants import Instants
from .problems import Fault, Unreadable
from .ticket_plan import Reach, checked_zone, order_in


@dataclass(frozen=True, kw_only=True)
class CallPlan(Understood):
    """A file understood: which column is which, whose calls, in which zone."""

    def reader(self) -> CallRows:
        """A fresh reader of rows."""
        width = len(self.export.header)
        return CallRows(self.places, width, self.told, self.instants(), self.teams, self.team_id)


@dataclass(frozen=True)
class CallSurvey:
    """What the first pass found. `repeated`: how often each key (hashed) stands there, where more than once."""

    plan: CallPlan
    rows: int
    complete_until: datetime | None
    repeated: Mapping[int, int]


def plan_calls(store: Store, workspace_id: int, wish: Wish, *, now: datetime) -> CallPlan:
    """Understand a file. Raises Unreadable, UnknownTeam, NoTeams, Invalid (timezone)."""
    told = mapping.read_map(wish.map, call_columns.KNOWN) if wish.map else mapping.NO_MAP
    export = files.look_at(wish.path, wish.encoding)
    places = _places(export, told)
    every, team = whose(store, workspace_id, wish, places, told)
    timezone = wish.timezone or told.timezone or _zone_of_name(export, places)
    zone = checked_zone(timezone or (team or every[0]).timezone)
    exported_at = _exported(wish.exported_at, zone) if wish.exported_at else None
    return CallPlan(
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


def _places(export: files.Export, told: mapping.FieldMap) -> dict[str, int]:
    """Where our columns stand. Raises Unreadable where none says which call it is, or when it was queued."""
    found = columns.recognise(export.header, call_columns.KNOWN, call_columns.ALIASES)
    places = mapping.places(found, export.header, told.columns)
    if "queued_at" not in places and "queued_date" in places and "queued_time" not in places:
        places["queued_at"] = places.pop("queued_date")
    if "queued_at" in places:  # a date or a time beside it is of something else
        for name in {"queued_date", "queued_time"} & (places.keys() - told.columns.keys()):
            places.pop(name)
    if "id" not in places:
        raise Unreadable(Fault.NO_COLUMN, "id", export.header)
    if "queued_at" not in places and not {"queued_date", "queued_time"} <= places.keys():
        raise Unreadable(Fault.NO_COLUMN, "queued_at", export.header)
    return places


def _zone_of_name(export: files.Export, places: Mapping[str, int]) -> str | None:
    """The zone that a column's name itself tells, as in `datetime (UTC)`."""
    place = places.get("queued_at")
    return "UTC" if place is not None and columns.squeeze(export.header[place]).endswith("utc") else None


def _exported(text: str, timezone: str) -> datetime:
    try:
        return Instants(timezone).read(text)
    except (ValueError, OverflowError):
        raise Unreadable(Fault.BAD_INSTANT, text) from None


def survey_calls(plan: CallPlan, advance: Callable[[int], None]) -> CallSurvey:
    """Read the file once without writing: its length, its end, what stands there twice. Raises Unreadable."""
    try:
        return _surveyed(plan, advance)
    except UnicodeError:
        if plan.wish.encoding or plan.export.encoding != "utf-8":
            raise Unreadable(Fault.BAD_ENCODING, plan.export.encoding) from None
        return _surveyed(replace(plan, export=replace(plan.export, encoding=files.FALLBACK)), advance)


def _surveyed(plan: CallPlan, advance: Callable[[int], None]) -> CallSurvey:
    if plan.order is None and plan.told.form is None:
        dated = [n for name, n in plan.places.items() if name in (*call_columns.INSTANTS, "queued_date")]
        plan = replace(plan, order=order_in(plan.export, dated))
    reader, reach, hashes, rows = plan.reader(), Reach(plan.until), array("q"), 0
    for rows, line in enumerate(plan.export.lines(), start=1):
        if rows % 1000 == 0:
            advance(1000)
        try:
            found = reader.accept(line)
        except RefusedCall:
            continue
        hashes.append(hash((found.scope, found.key)))
        reach.see(found.queued_at)
        facts = reader.facts(line, found)
        for at in (facts.answered_at, facts.ended_at):
            if at is not None and found.queued_at <= at <= found.queued_at + LONGEST:
                reach.see(at)
    if not rows:
        raise Unreadable(Fault.NO_ROWS, plan.wish.path.name)
    keys, times = np.unique(np.frombuffer(hashes, dtype=np.int64), return_counts=True)
    repeated = dict(zip(keys[times > 1].tolist(), times[times > 1].tolist(), strict=True))
    return CallSurvey(plan, rows, plan.exported_at or reach.end, repeated)
