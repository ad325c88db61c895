"""One row of an export of calls as facts, or the reason why it is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from ..calls import CallFacts
from ..people import fold
from ..tickets.rules import EARLIEST, LATEST
from . import call_lengths, call_values, values
from .call_columns import INSTANTS, LENGTHS, STANDS_FOR, TRUTHS
from .files import Line
from .instants import Instants
from .mapping import FieldMap

TEXTS = ("queue", "customer", "ticket", "topic", "language", "rating_scale")
FEW = 20
"""So many unknown words are remembered."""


class CallReason(StrEnum):
    """Why one row was refused."""

    TOO_FEW_FIELDS = "too_few_fields"
    TOO_MANY_FIELDS = "too_many_fields"
    NO_ID = "no_id"
    NO_TEAM = "no_team"
    UNKNOWN_TEAM = "unknown_team"
    NO_QUEUE_TIME = "no_queue_time"
    UNREADABLE_QUEUE_TIME = "unreadable_queue_time"


class RefusedCall(Exception):
    """A row that cannot be taken."""

    def __init__(self, reason: CallReason) -> None:
        super().__init__(reason)
        self.reason = reason


class AcceptedCall(NamedTuple):
    """What must be there: whose call, which, since when. `scope` is 0 where the row itself names the team."""

    team_id: int
    scope: int
    key: str
    queued_at: datetime


Field = Callable[[Sequence[str]], str]
T = TypeVar("T")


class CallRows:
    """Reads rows of one file. `unknown_words` counts the directions and answers that nobody knows."""

    def __init__(
        self,
        places: Mapping[str, int],
        width: int,
        told: FieldMap,
        instants: Instants,
        teams: Mapping[str, int],
        team_id: int | None,
    ) -> None:
        """`teams`: folded name -> id; `team_id`: of rows that name none."""
        self.places, self.width, self.told, self.instants = places, width, told, instants
        self.teams, self.team_id = teams, team_id
        self.unknown_words: Counter[str] = Counter()
        nothing = values.NOTHING
        self._id, self._team = self._field("id", nothing), self._field("team")
        self._queued = self._field("queued_at", nothing)
        self._date, self._time = self._field("queued_date", nothing), self._field("queued_time", nothing)
        self._agent = self._field("agent", values.NOBODY)
        self._direction, self._url = self._field("direction", nothing), self._field("recording_url", nothing)
        self._rating, self._transfers = self._field("rating", values.NOT_ANSWERED), self._field("transfers", nothing)
        self._texts = [(name, self._field(name)) for name in TEXTS if self._has(name)]
        self._instants = self._having(name for name in INSTANTS if name != "queued_at")
        self._lengths, self._truths = self._having(LENGTHS), self._having(TRUTHS)

    def _has(self, name: str) -> bool:
        return name in self.places or name in self.told.defaults

    def _having(self, names: Iterator[str] | Sequence[str]) -> list[tuple[str, Field]]:
        return [(name, self._field(name, values.NOTHING)) for name in names if self._has(name)]

    def said(self) -> frozenset[str]:
        """The columns that this file speaks about, those among them that it says in another way."""
        spoken = {*self.places, *self.told.defaults}
        meant = {ours for name in spoken for ours in STANDS_FOR.get(name, (name,))}
        if "talk_s" in meant and "answered_at" in meant:
            meant.add("ended_at")
        return frozenset(meant | ({"rating_scale"} if "rating" in meant else set()))

    def _field(self, name: str, nothing: frozenset[str] = frozenset()) -> Field:
        """How one column is read: trimmed, emptied, translated by the map, else its default."""
        place, words = self.places.get(name), self.told.values.get(name)
        default, blank = self.told.defaults.get(name, ""), {"", *self.told.empty}
        if place is None:
            return lambda _: default

        def text(fields: Sequence[str]) -> str:
            said = fields[place].strip()
            return default if said in blank or said.casefold() in nothing else said

        if not words:
            return text
        return lambda fields: words.get(text(fields).casefold(), text(fields))

    def accept(self, line: Line) -> AcceptedCall:
        """The row's call. Raises RefusedCall."""
        fields = line.fields
        if len(fields) < self.width:
            raise RefusedCall(CallReason.TOO_FEW_FIELDS)
        if any(fields[self.width :]):
            raise RefusedCall(CallReason.TOO_MANY_FIELDS)
        key = self._id(fields)
        if not key:
            raise RefusedCall(CallReason.NO_ID)
        team_id, scope = self._whose(self._team(fields))
        if key.endswith(".0") and key[:-2].isdigit():
            key = key[:-2]  # as pandas writes whole numbers
        return AcceptedCall(team_id, scope, key, self._began(fields))

    def _whose(self, name: str) -> tuple[int, int]:
        if name:
            team_id = self.teams.get(fold(name))
            if team_id is None:
                raise RefusedCall(CallReason.UNKNOWN_TEAM)
            return team_id, 0
        if self.team_id is None:
            raise RefusedCall(CallReason.NO_TEAM)
        return self.team_id, self.team_id

    def _began(self, fields: Sequence[str]) -> datetime:
        text = self._queued(fields) or self._two_columns(fields)
        if not text:
            raise RefusedCall(CallReason.NO_QUEUE_TIME)
        try:
            at = self.instants.read(text)
        except (ValueError, OverflowError):
            raise RefusedCall(CallReason.UNREADABLE_QUEUE_TIME) from None
        if not EARLIEST <= at < LATEST:
            raise RefusedCall(CallReason.UNREADABLE_QUEUE_TIME)
        return at

    def _two_columns(self, fields: Sequence[str]) -> str:
        """Date and time put together; `9:12:58` gets the zero that an ISO time has."""
        day, time = self._date(fields), self._time(fields)
        if not day or not time:
            return ""
        return f"{day} 0{time}" if time[1:2] == ":" else f"{day} {time}"

    def facts(self, line: Line, accepted: AcceptedCall) -> CallFacts:
        """Everything the row says."""
        fields, wrong = line.fields, list[str]()
        said: dict[str, Any] = {name: text for name, field in self._texts if (text := field(fields))}
        said |= self._read(self._instants, fields, wrong, lambda _, text: self.instants.read(text))
        said |= self._read(self._truths, fields, wrong, self._truth)
        lengths = self._read(self._lengths, fields, wrong, lambda _, text: call_values.seconds(text))
        call_lengths.put_together(said, lengths, accepted.queued_at, wrong)
        transfers, direction, url = self._transfers(fields), self._direction(fields), self._url(fields)
        if transfers:
            said |= self._read([("transfers", self._transfers)], fields, wrong, _count)
        if direction:
            said |= self._read([("direction", self._direction)], fields, wrong, self._way)
        if url and not url.startswith(("https://", "http://")):
            wrong.append("recording_url")
            url = ""
        return CallFacts(
            accepted.key,
            accepted.queued_at,
            self._agent(fields),
            rating=self._rating(fields),
            recording_url=url,
            unreadable=tuple(wrong),
            **said,
        )

    def _read(
        self,
        columns: Sequence[tuple[str, Field]],
        fields: Sequence[str],
        wrong: list[str],
        read: Callable[[str, str], Any],
    ) -> dict[str, Any]:
        """What some columns say; the names of those that nobody can read go to `wrong`."""
        found = {}
        for name, field in columns:
            if text := field(fields):
                try:
                    found[name] = read(name, text)
                except (ValueError, OverflowError):
                    wrong.append(name)
        return found

    def _truth(self, name: str, text: str) -> bool:
        return self._known(text, lambda: call_values.truth(name, text))

    def _way(self, _: str, text: str) -> str:
        return self._known(text, lambda: call_values.direction(text))

    def _known(self, text: str, meant: Callable[[], T]) -> T:
        try:
            return meant()
        except ValueError:
            if text in self.unknown_words or len(self.unknown_words) < FEW:
                self.unknown_words[text] += 1
            raise


def _count(_: str, text: str) -> int:
    """A number of transfers; a mere yes is one."""
    try:
        return values.count(text)
    except ValueError:
        return int(call_values.truth("resolved", text))
