"""Which column of a log of events means what, and how a log that says how tickets stand becomes what happened."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..events import COLUMNS, KINDS, TELLS, Kind
from ..tickets.rules import STATUSES
from . import columns
from .columns import squeeze
from .mapping import FieldMap
from .problems import Fault, Unreadable

HEADER = ("ticket_id", "at", "kind", "actor", "actor_kind", "value", "id", "team")
OPENING = (*COLUMNS, "opened_by")
"""What a creation may say in columns of its own."""
EVENTS = (*HEADER, *OPENING, "csat_scale", "csat_comment")
STATES = (Kind.STATUS, Kind.ASSIGNMENT, Kind.GROUP, Kind.PRIORITY, Kind.RATING)
"""What a row may say of a ticket as it stands."""
# fmt: off
ALIASES: Mapping[str, str] = {
    "ticket_id": "ticket ticketkey ticketnumber ticketno conversationid conversation caseid casenumber incidentid "
    "requestid issuekey number " + columns.SPOKEN["id"],
    "at": "time timestamp eventtime eventat occurredat happenedat createdat created updatedat when date datetime "
    "tijd tijdstip 시각 시간 일시 발생일시 時間 时间 發生時間",
    "kind": "event eventtype eventkind eventname type action gebeurtenis soort 이벤트 종류 事件 類型 类型",
    "actor": "author actorname authorname by who user updatedby door 작성자 行為人 操作人",
    "actor_kind": "actortype authortype authorrole usertype",
    "value": "newvalue to after waarde 값 值",
    "id": "eventid eventkey auditid",
    "team": "teamname " + columns.SPOKEN["team"],
}
# fmt: on


def recognise(header: Sequence[str], states: States | None = None) -> dict[str, int]:
    """Where each of our columns stands in a header, if it does, and is not said to be something else."""
    places: dict[str, int] = {}
    first = len(columns.REFUSED) if tuple(header[: len(columns.REFUSED)]) == columns.REFUSED else 0
    for n, name in enumerate(header[first:], start=first):
        places.setdefault(squeeze(name), n)
    taken = {place for _, place in states.places()} if states else set()
    places = {name: n for name, n in places.items() if n not in taken}
    found = {ours: places[squeeze(ours)] for ours in EVENTS if squeeze(ours) in places}
    for ours, text in ALIASES.items():
        candidates = (places[alias] for alias in text.split() if alias in places)
        place = next((n for n in candidates if n not in found.values()), None)
        if ours not in found and place is not None:
            found[ours] = place
    return found


@dataclass(frozen=True)
class Once:
    """An instant that each row of a ticket repeats. `status`: it became so then."""

    name: str
    kind: str
    status: str
    place: int


@dataclass(frozen=True)
class States:
    """A log whose rows say how a ticket stands: where a column differs from the ticket's row before, that happened."""

    changes: Mapping[str, int]
    once: tuple[Once, ...]

    @property
    def tells(self) -> str:
        """The kinds that such a log tells of, as a creation says it (`TELLS`)."""
        told = {Kind.CREATED.value, *self.changes, *(one.kind for one in self.once if not one.status)}
        return ",".join(sorted(told))

    def opening(self) -> dict[str, str]:
        """What a creation says of the log itself."""
        return {TELLS: self.tells}

    def places(self) -> Iterator[tuple[str, int]]:
        """Where what happened is read from."""
        yield from self.changes.items()
        for one in self.once:
            yield one.name, one.place


def states(told: FieldMap, header: Sequence[str]) -> States | None:
    """The map's section `events`; None: each row is one event. Raises Unreadable."""
    section = told.more.get("events") or {}
    if not section:
        return None
    _known(section, ("changes", "once"))
    changes, once = (_part(section, name) for name in ("changes", "once"))
    _known(changes, STATES)
    _known(once, (*KINDS, *STATUSES))
    return States(
        dict(_places(changes, header)),
        tuple(
            Once(name, name if name in KINDS else Kind.STATUS, "" if name in KINDS else name, place)
            for name, place in _places(once, header)
        ),
    )


def _part(section: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = section.get(name) or {}
    if not isinstance(part, dict):
        raise Unreadable(Fault.BAD_MAP, f"events: {name}")
    return part


def _known(names: Mapping[str, Any], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(str(name), known, n=1)
            raise Unreadable(Fault.UNKNOWN_IN_MAP, str(name), [str(one) for one in known], near[0] if near else None)


def _places(wanted: Mapping[str, Any], header: Sequence[str]) -> Iterator[tuple[str, int]]:
    by_name: dict[str, int] = {}
    for n, name in enumerate(header):
        by_name.setdefault(squeeze(name), n)
    for ours, theirs in wanted.items():
        place = by_name.get(squeeze(str(theirs)))
        if place is None:
            near = difflib.get_close_matches(str(theirs), header, n=1)
            raise Unreadable(Fault.NO_SUCH_COLUMN, str(theirs), header, near[0] if near else None)
        yield ours, place
