"""Before an event is written: what the operator asked, and what the log is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..events import KINDS
from ..store import Store
from . import event_columns, files, mapping
from .asked import Understood, Wish, whose
from .event_columns import EVENTS, States
from .event_report import EventReport
from .event_rows import EventRows
from .instants import Instants, Order
from .problems import Fault, Unreadable
from .ticket_plan import checked_zone, order_in

AHEAD = timedelta(minutes=5)
"""Clocks differ; what lies further ahead has not happened."""


@dataclass(frozen=True, kw_only=True)
class EventPlan(Understood):
    """A log understood: which column is which, whose tickets, in which zone."""

    states: States | None
    rows: int

    def reader(self) -> EventRows:
        """A fresh reader of rows."""
        width = len(self.export.header)
        return EventRows(
            self.places, width, self.told, self.states, self.instants(), self.teams, self.team_id, self.until
        )

    def report(self) -> EventReport:
        """An empty report of it."""
        found = {**self.places, **({f"{kind}": n for kind, n in self.states.places()} if self.states else {})}
        used = set(found.values())
        return EventReport(
            file=self.wish.path.name,
            encoding=self.export.encoding,
            guessed_encoding=self.wish.encoding is None and self.export.encoding == files.FALLBACK,
            delimiter=self.export.delimiter,
            timezone=self.timezone,
            timezone_of_team=self.timezone_of_team,
            columns={ours: self.export.header[n] for ours, n in found.items()},
            unused=tuple(name for n, name in enumerate(self.export.header) if n not in used and name),
            dry_run=self.wish.dry_run,
        )


def plan_events(store: Store, workspace_id: int, wish: Wish, *, now: datetime) -> EventPlan:
    """Understand a log. Raises Unreadable, UnknownTeam, NoTeams, Invalid (timezone)."""
    told = mapping.read_map(wish.map, EVENTS, more=("events",), words=KINDS) if wish.map else mapping.NO_MAP
    export, rows = _counted(files.look_at(wish.path, wish.encoding), wish)
    states = event_columns.states(told, export.header)
    places = mapping.places(event_columns.recognise(export.header, states), export.header, told.columns)
    for needed in ("ticket_id", "at", *(() if states else ("kind",))):
        if needed not in places and needed not in told.defaults:
            raise Unreadable(Fault.NO_COLUMN, needed, export.header)
    if not rows:
        raise Unreadable(Fault.NO_ROWS, wish.path.name)
    every, team = whose(store, workspace_id, wish, places, told)
    timezone = wish.timezone or told.timezone
    zone = checked_zone(timezone or (team or every[0]).timezone)
    exported_at = _exported(wish.exported_at, zone) if wish.exported_at else None
    return EventPlan(
        wish=wish,
        export=export,
        told=told,
        places=places,
        states=states,
        teams={one.name_key: one.id for one in every},
        names={one.id: one.name for one in every},
        team_id=team.id if team else None,
        timezone=zone,
        timezone_of_team=timezone is None,
        order=_order(wish, told, export, places, states),
        until=exported_at or now + AHEAD,
        exported_at=exported_at,
        rows=rows,
    )


def _counted(export: files.Export, wish: Wish) -> tuple[files.Export, int]:
    """The file, as old Windows wrote it where it is not UTF-8 after all, and how many rows it has."""
    try:
        return export, sum(1 for _ in export.lines())
    except UnicodeError:
        if wish.encoding or export.encoding != "utf-8":
            raise Unreadable(Fault.BAD_ENCODING, export.encoding) from None
        export = replace(export, encoding=files.FALLBACK)
        return export, sum(1 for _ in export.lines())


def _order(
    wish: Wish,
    told: mapping.FieldMap,
    export: files.Export,
    places: Mapping[str, int],
    states: States | None,
) -> Order | None:
    """Whether days or months come first: as said, else as the dates themselves tell. Raises Unreadable."""
    said = wish.order or told.order
    if said is not None or told.form is not None:
        return said
    instants = [places["at"]] if "at" in places else []
    return order_in(export, [*instants, *(one.place for one in (states.once if states else ()))])


def _exported(text: str, timezone: str) -> datetime:
    try:
        return Instants(timezone).read(text)
    except (ValueError, OverflowError):
        raise Unreadable(Fault.BAD_INSTANT, text) from None
