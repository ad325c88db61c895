"""One row of a log as events, or the reason why it is refused."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from .. import events
from ..events import BY_CUSTOMERS, Event, Kind
from ..people import fold
from ..store import microseconds
from ..tickets.rules import EARLIEST, LATEST
from . import event_values, values
from .event_columns import OPENING, Once, States
from .event_values import EventReason, EventRefused
from .files import Line
from .instants import Instants
from .mapping import FieldMap

REMEMBERED = 100_000
"""Tickets whose last row is kept in mind; of one that was forgotten everything is said again, which changes nothing."""
FEW_WORDS = 20
LONGEST_NOTHING = 1 + max(map(len, values.NOTHING))
Field = Callable[[Sequence[str]], str]


class Told(NamedTuple):
    """What a row says. `scope` is 0 where the row itself names the team."""

    team_id: int
    scope: int
    events: list[Event]


class Head(NamedTuple):
    """What every row says: of which ticket, when, and who."""

    key: str
    at: datetime
    actor: str
    id: str


class EventRows:
    """Reads rows of one log. `unknown_kinds`, `unknown_statuses`: words that nobody knows, counted."""

    def __init__(
        self,
        places: Mapping[str, int],
        width: int,
        told: FieldMap,
        states: States | None,
        instants: Instants,
        teams: Mapping[str, int],
        team_id: int | None,
        until: datetime,
    ) -> None:
        """`teams`: folded name -> id; `team_id`: of rows that name none; `until`: what is later has not happened."""
        self.places, self.width, self.told, self.states, self.instants = places, width, told, states, instants
        self.teams, self.team_id, self.until = teams, team_id, until
        self.unknown_kinds: Counter[str] = Counter()
        self.unknown_statuses: Counter[str] = Counter()
        self._ticket, self._at = self._field("ticket_id"), self._field("at")
        self._team, self._kind, self._actor = self._field("team"), self._field("kind"), self._field("actor")
        self._actor_kind, self._value, self._id = self._field("actor_kind"), self._field("value"), self._field("id")
        self._opening = [(name, self._field(name)) for name in OPENING if self._has(name)]
        self._rating = [(name, self._field(name)) for name in ("csat_scale", "csat_comment") if self._has(name)]
        self._changes = [(kind, self._cell(place, kind)) for kind, place in (states.changes if states else {}).items()]
        self._once = [(one, self._cell(one.place, one.name)) for one in (states.once if states else ())]
        self._before: OrderedDict[tuple[int, str], tuple[str, ...]] = OrderedDict()

    def _has(self, name: str) -> bool:
        return name in self.places or name in self.told.defaults

    def _field(self, name: str) -> Field:
        """How one of our columns is read: trimmed, emptied, translated by the map, else its default."""
        default = self.told.defaults.get(name, "")
        if name not in self.places:
            return lambda _: default
        return self._cell(self.places[name], name, default)

    def _cell(self, place: int, name: str, default: str = "") -> Field:
        words, empty = self.told.values.get(name), self.told.empty

        def text(fields: Sequence[str]) -> str:
            said = fields[place].strip()
            return said if said and said not in empty else default

        if not words:
            return text
        return lambda fields: words.get(text(fields).casefold(), text(fields))

    def read(self, line: Line) -> Told:
        """The row's events, none where it says nothing new. Raises EventRefused."""
        fields = line.fields
        if len(fields) != self.width:
            self._fit(fields)
        team_id, scope = self._whose(self._team(fields))
        head = self._head(fields)
        try:
            told = self._standing(fields, team_id, head) if self.states else [self._event(fields, head)]
        except EventRefused as row:
            self._count(row)
            raise
        return Told(team_id, scope, told)

    def _fit(self, fields: Sequence[str]) -> None:
        if len(fields) < self.width:
            raise EventRefused(EventReason.TOO_FEW_FIELDS)
        if any(fields[self.width :]):
            raise EventRefused(EventReason.TOO_MANY_FIELDS)

    def _whose(self, name: str) -> tuple[int, int]:
        if name:
            team_id = self.teams.get(name) or self.teams.get(fold(name))
            if team_id is None:
                raise EventRefused(EventReason.UNKNOWN_TEAM)
            return team_id, 0
        if self.team_id is None:
            raise EventRefused(EventReason.NO_TEAM)
        return self.team_id, self.team_id

    def _head(self, fields: Sequence[str]) -> Head:
        key = self._ticket(fields)
        if not key or (len(key) < LONGEST_NOTHING and key.casefold() in values.NOTHING):
            raise EventRefused(EventReason.NO_TICKET)
        if key.endswith(".0") and key[:-2].isdigit():
            key = key[:-2]  # as pandas writes whole numbers
        return Head(key, self._instant(self._at(fields)), self._actor(fields), self._id(fields))

    def _instant(self, text: str) -> datetime:
        if not text or text.casefold() in values.NOTHING:
            raise EventRefused(EventReason.NO_TIME)
        try:
            at = self.instants.read(text)
        except (ValueError, OverflowError):
            raise EventRefused(EventReason.BAD_TIME) from None
        if not EARLIEST <= at < LATEST:
            raise EventRefused(EventReason.BAD_TIME)
        if at > self.until:
            raise EventRefused(EventReason.AHEAD)
        return at

    def _event(self, fields: Sequence[str], head: Head) -> Event:
        """The one event that a row is."""
        word = self._kind(fields)
        kind = events.kind_named(word)
        if kind is None:
            raise EventRefused(EventReason.UNKNOWN_KIND if word else EventReason.NO_KIND, word)
        value, actor_kind = self._value(fields), self._by(self._actor_kind(fields), kind)
        if words := self.told.values.get(kind):
            value = words.get(value.casefold(), value)
        said = event_values.said(kind, value, self._beside(fields, kind))
        key = head.id or _digest(head, kind, head.actor, actor_kind, *(part for pair in said.items() for part in pair))
        return Event(key, head.key, head.at, kind, head.actor, actor_kind, said)

    def _beside(self, fields: Sequence[str], kind: str) -> dict[str, str]:
        columns = self._opening if kind == Kind.CREATED else self._rating if kind == Kind.RATING else ()
        return {name: text for name, field in columns if (text := field(fields))}

    def _by(self, word: str, kind: str) -> str:
        if not word:
            if kind == Kind.PUBLIC_REPLY:
                raise EventRefused(EventReason.NO_ACTOR_KIND)
            return "customer" if kind in BY_CUSTOMERS else "agent"
        found = events.opener_named(word)
        if found is None:
            raise EventRefused(EventReason.BAD_ACTOR_KIND, word)
        return found

    def _standing(self, fields: Sequence[str], team_id: int, head: Head) -> list[Event]:
        """What happened between the ticket's row before and this one."""
        before = self._before.get((team_id, head.key), ("",) * (len(self._changes) + len(self._once)))
        now = tuple(cell(fields) for _, cell in (*self._once, *self._changes))
        moved = [n for n, text in enumerate(now) if text != before[n]]
        told = [event for n in moved for event in self._happened(n, now[n], fields, head)] if moved else []
        self._before[team_id, head.key] = now
        self._before.move_to_end((team_id, head.key))
        if len(self._before) > REMEMBERED:
            self._before.popitem(last=False)
        return told

    def _happened(self, n: int, text: str, fields: Sequence[str], head: Head) -> Iterator[Event]:
        if n < len(self._once):
            if text:
                yield self._at_once(self._once[n][0], text, fields, head)
            return
        kind = self._changes[n - len(self._once)][0]
        if text or kind == Kind.ASSIGNMENT:
            said = event_values.said(kind, text, self._beside(fields, kind))
            yield Event(
                self._row_id(head, kind, fields), head.key, head.at, kind, head.actor,
                self._by(self._actor_kind(fields), kind), said,
            )  # fmt: skip

    def _at_once(self, once: Once, text: str, fields: Sequence[str], head: Head) -> Event:
        """What happened at an instant that the row names; who did it, it does not say."""
        said = {"status": once.status} if once.status else {}
        if once.kind == Kind.CREATED and self.states:
            said = {**event_values.said(once.kind, "", self._beside(fields, once.kind)), **self.states.opening()}
        by = "customer" if once.kind in BY_CUSTOMERS else "agent"
        return Event(self._row_id(head, once.name, fields), head.key, self._instant(text), once.kind, "", by, said)

    def _row_id(self, head: Head, name: str, fields: Sequence[str]) -> str:
        return f"{head.id}:{name}" if head.id else _digest(head, name, *fields)

    def _count(self, row: EventRefused) -> None:
        counted = {EventReason.UNKNOWN_KIND: self.unknown_kinds, EventReason.UNKNOWN_STATUS: self.unknown_statuses}
        words = counted.get(row.reason)
        if words is not None and (row.word in words or len(words) < FEW_WORDS):
            words[row.word] += 1


def _digest(head: Head, *parts: str) -> str:
    """An id for an event that has none: the same for the same content."""
    said = "\x1f".join((head.key, str(microseconds(head.at)), *parts))
    return "~" + blake2b(said.encode(), digest_size=12).hexdigest()
