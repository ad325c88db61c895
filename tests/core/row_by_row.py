"""A tickets import as it reads when it is written down row by row: what the one by columns is held against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from cspm_core import people, tickets
from cspm_core.imports import Plan, values
from cspm_core.imports.columns import COUNTS, INSTANTS
from cspm_core.imports.files import Line
from cspm_core.imports.instants import Instants
from cspm_core.imports.mapping import FieldMap
from cspm_core.imports.problems import Reason, Refused
from cspm_core.people import fold
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts
from cspm_core.tickets.rules import EARLIEST, HAPPENED, LATEST

# fmt: off
TEXTS = (
    "channel", "queue", "priority", "category", "language", "customer", "organisation", "tier", "csat_scale",
    "csat_comment", "subject", "tags",
)
# fmt: on


class Accepted(NamedTuple):
    """What must be there: whose ticket, which, since when. `scope` is 0 where the row itself names the team."""

    team_id: int
    scope: int
    key: str
    created_at: datetime


Field = Callable[[Sequence[str]], str]


class TicketRows:
    """Reads rows of one file. `unknown_words` counts statuses that nobody knows."""

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
        self._id, self._team = self._field("id", values.NOTHING), self._field("team")
        self._created = self._field("created_at", values.NOTHING)
        self._texts = [(name, self._field(name)) for name in TEXTS if self._has(name)]
        self._instants = [(n, self._field(n, values.NOTHING)) for n in INSTANTS if n != "created_at" and self._has(n)]
        self._happened = [field for name, field in self._instants if name in HAPPENED]
        self._counts = [(name, self._field(name, values.NOTHING)) for name in COUNTS if self._has(name)]
        self._agent = self._field("agent", values.NOBODY)
        self._responder = self._field("first_responder", values.NOBODY)
        self._status, self._opener = self._field("status", values.NOTHING), self._field("opened_by", values.NOTHING)
        self._csat, self._url = self._field("csat", values.NOT_ANSWERED), self._field("url", values.NOTHING)

    def _has(self, name: str) -> bool:
        return name in self.places or name in self.told.defaults

    def said(self) -> frozenset[str]:
        """The columns this file speaks about."""
        spoken = {*self.places, *self.told.defaults}
        return frozenset(spoken | ({"csat_scale"} if "csat" in spoken else set()))

    def _field(self, name: str, nothing: frozenset[str] = frozenset()) -> Field:
        """How one column is read: trimmed, emptied, translated by the map, else its default."""
        place, words = self.places.get(name), self.told.values.get(name)
        default, blank = self.told.defaults.get(name, ""), self._blank(nothing)
        if place is None:
            return lambda _: default

        def text(fields: Sequence[str]) -> str:
            said = fields[place].strip()
            return default if said in blank else said

        if not words:
            return text
        return lambda fields: words.get(text(fields).casefold(), text(fields))

    def _blank(self, nothing: frozenset[str]) -> frozenset[str]:
        """What stands for nothing, in the cases that programs write."""
        cased = {form for word in nothing for form in (word, word.upper(), word.capitalize(), word.title())}
        return frozenset(("", "NaN", "NaT", *cased, *self.told.empty)) if nothing else frozenset(("", *self.told.empty))

    def accept(self, line: Line) -> Accepted:
        """The row's ticket. Raises Refused."""
        fields = line.fields
        if len(fields) != self.width:
            self._fit(fields)
        key = self._id(fields)
        if not key:
            raise Refused(Reason.NO_ID)
        team_id, scope = self._whose(self._team(fields))
        if key.endswith(".0") and key[:-2].isdigit():
            key = key[:-2]  # as pandas writes whole numbers
        return Accepted(team_id, scope, key, self._made(self._created(fields)))

    def _fit(self, fields: list[str]) -> None:
        if len(fields) < self.width:
            raise Refused(Reason.TOO_FEW_FIELDS)
        if any(fields[self.width :]):
            raise Refused(Reason.TOO_MANY_FIELDS)

    def _whose(self, name: str) -> tuple[int, int]:
        if name:
            team_id = self.teams.get(name) or self.teams.get(fold(name))
            if team_id is None:
                raise Refused(Reason.UNKNOWN_TEAM)
            return team_id, 0
        if self.team_id is None:
            raise Refused(Reason.NO_TEAM)
        return self.team_id, self.team_id

    def _made(self, text: str) -> datetime:
        if not text:
            raise Refused(Reason.NO_CREATION)
        try:
            at = self.instants.read(text)
        except (ValueError, OverflowError):
            raise Refused(Reason.UNREADABLE_CREATION) from None
        if not EARLIEST <= at < LATEST:
            raise Refused(Reason.UNREADABLE_CREATION)
        return at

    def happened(self, line: Line, created_at: datetime) -> Iterator[datetime]:
        """The possible instants of what happened to the ticket after its creation."""
        for field in self._happened:
            if text := field(line.fields):
                try:
                    at = self.instants.read(text)
                except (ValueError, OverflowError):
                    continue
                if created_at <= at < LATEST:
                    yield at

    def facts(self, line: Line, accepted: Accepted) -> TicketFacts:
        """Everything the row says."""
        fields, wrong = line.fields, list[str]()
        said: dict[str, Any] = {name: text for name, field in self._texts if (text := field(fields))}
        for name, field in self._instants:
            if text := field(fields):
                try:
                    said[name] = self.instants.read(text)
                except (ValueError, OverflowError):
                    wrong.append(name)
        for name, field in self._counts:
            if text := field(fields):
                try:
                    said[name] = values.count(text)
                except (ValueError, OverflowError):
                    wrong.append(name)
        said["status"] = self._word(self._status(fields), values.STATUS, "status", wrong)
        said["opened_by"] = self._word(self._opener(fields), values.OPENED_BY, "opened_by", wrong) or "customer"
        url = self._url(fields)
        if url and not url.startswith(("https://", "http://")):
            wrong.append("url")
            url = ""
        return TicketFacts(
            accepted.key,
            accepted.created_at,
            self._agent(fields),
            first_responder=self._responder(fields),
            csat=self._csat(fields),
            url=url,
            unreadable=tuple(wrong),
            **said,
        )

    def _word(self, text: str, known: Mapping[str, str], name: str, wrong: list[str]) -> str:
        if not text:
            return ""
        word = known.get(text) or known.get(text.casefold().replace("_", " ")) or known.get(text.casefold())
        if word is None:
            wrong.append(name)
            if name == "status" and (text in self.unknown_words or len(self.unknown_words) < 20):
                self.unknown_words[text] += 1
        return word or ""


class Told(NamedTuple):
    """What a report says of the rows."""

    done: tickets.Recorded
    refused: Counter[str]
    duplicates: int
    skipped_times: int
    double_times: int
    unknown_statuses: Counter[str]


def load(store: Store, workspace_id: int, plan: Plan, complete_until: datetime | None, *, now: datetime) -> Told:
    """Import row by row."""
    instants = Instants(plan.timezone, plan.order, plan.told.form)
    reader = TicketRows(plan.places, len(plan.export.header), plan.told, instants, plan.teams, plan.team_id)
    refused, taken = Counter[str](), list[tuple[Line, Accepted]]()
    for line in plan.export.lines():
        try:
            taken.append((line, reader.accept(line)))
        except Refused as row:
            refused[row.reason.value] += 1
    last = {(ticket.scope, ticket.key): n for n, (_, ticket) in enumerate(taken)}
    waiting: dict[tuple[int, int], list[TicketFacts]] = {}
    for n, (line, ticket) in enumerate(taken):
        if last[ticket.scope, ticket.key] == n:
            waiting.setdefault((ticket.team_id, ticket.scope), []).append(reader.facts(line, ticket))
    done, said = tickets.Recorded(), frozenset({*plan.places, *plan.told.defaults})
    said |= {"csat_scale"} if "csat" in said else set()
    for (team_id, scope), facts in sorted(waiting.items()):
        with store.transaction() as session:
            team, until = people.team(session, workspace_id, team_id), complete_until or now
            done += tickets.record(session, team, facts, scope=scope, known_at=until, now=now, said=said)
    return Told(done, refused, len(taken) - len(last), instants.skipped, instants.twice, reader.unknown_words)
