"""A tickets export by the column: thousands of rows at once, by the rules that hold for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np

from ..metrics.frame import NEVER, Ints, Mask
from ..people import fold
from ..store import microseconds
from ..tickets.rules import EARLIEST, HAPPENED, LATEST
from ..tickets.told import TEXTS, Told
from . import values
from .columns import COUNTS, INSTANTS
from .files import Batch, Line
from .instants import Instants
from .instants_many import KEPT, ManyInstants, Read
from .mapping import FieldMap
from .problems import Reason

_EARLIEST, _LATEST = microseconds(EARLIEST), microseconds(LATEST)
_ODD = NEVER - 1
"""Marks a count that cannot be read."""
FREE = ("id", "customer", "subject", "url", "csat_comment")
"""Columns in which hardly a text is there twice."""
NOTHING = {
    "id": values.NOTHING,
    "agent": values.NOBODY,
    "first_responder": values.NOBODY,
    "status": values.NOTHING,
    "opened_by": values.NOTHING,
    "csat": values.NOT_ANSWERED,
    "url": values.NOTHING,
    **dict.fromkeys((*INSTANTS, *COUNTS), values.NOTHING),
}
"""What stands for nothing in a column, besides what is empty; in others it is a word."""
WORDS = {"status": values.STATUS, "opened_by": values.OPENED_BY}

_UNKNOWN_TEAM, _NO_TEAM = -1, -2
_UNOWNED = {_UNKNOWN_TEAM: Reason.UNKNOWN_TEAM, _NO_TEAM: Reason.NO_TEAM}

Whose = tuple[int, int]
"""A team's id, and the scope of the key: 0 where the row itself names the team."""


class Columns(dict[int, Sequence[str]]):
    """The columns of some rows by their places, each taken out when it is asked for."""

    def __init__(self, rows: Sequence[list[str]]) -> None:
        super().__init__()
        self.rows = rows

    def __missing__(self, place: int) -> Sequence[str]:
        column = self[place] = [*map(itemgetter(place), self.rows)]
        return column


@dataclass(frozen=True, eq=False)
class Taken:
    """The rows of a batch that are tickets, by column; and the others with the reason, in their order."""

    columns: Columns
    keys: Sequence[str]
    whose: Ints
    """Places in `TicketColumns.owners`."""
    created: Ints
    times: Times
    """Of the creations of every row that has one, refused or not."""
    refused: Sequence[tuple[Line, Reason]]

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True)
class Times:
    """How many times named no zone, were skipped by a change of clocks, or came twice."""

    naive: int = 0
    skipped: int = 0
    twice: int = 0

    def __add__(self, other: Times) -> Times:
        return Times(self.naive + other.naive, self.skipped + other.skipped, self.twice + other.twice)


@dataclass(frozen=True, eq=False)
class Facts:
    """Everything that rows say. `times`: by row, what `Times` counts besides the creation; only where there is any."""

    told: Told
    times: Mapping[str, Ints]
    unknown: Sequence[tuple[int, str]]
    """Statuses that nobody knows, with their row."""


class _Known(dict[str, Any]):
    """What texts mean, each worked out once."""

    def __init__(self, mean: Callable[[str], Any]) -> None:
        super().__init__()
        self.mean = mean

    def __missing__(self, text: str) -> Any:
        found = self.mean(text)
        if len(self) < KEPT:
            self[text] = found
        return found


class TicketColumns:
    """Reads batches of one file."""

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
        self.places, self.width, self.told = places, width, told
        self.teams, self.team_id = teams, team_id
        self.owners: list[Whose] = []
        self.instants = ManyInstants(instants, self._blank("created_at"))
        self._plain = {name for name in places if self._is_plain(name)}
        self._cleaned = {name: _Known(self._cleaner(name)) for name in (*TEXTS, "team") if name not in FREE}
        self._meant = {name: _Known(self._meaner(name)) for name in WORDS}
        self._counts = {name: _Known(self._counter(name)) for name in COUNTS}
        self._whose = _Known(self._owner)

    def said(self) -> frozenset[str]:
        """The columns this file speaks about."""
        spoken = {*self.places, *self.told.defaults}
        return frozenset(spoken | ({"csat_scale"} if "csat" in spoken else set()))

    def take(self, batch: Batch) -> Taken:
        """The rows that are tickets: whose, which, since when."""
        rows, refused = batch.rows, dict[int, Reason]()
        fit = self._fitting(rows, refused)
        columns = Columns(rows if len(fit) == len(rows) else [rows[n] for n in fit])
        keys, whose = self._keys(columns, len(fit)), self._owned(columns, len(fit))
        for n in np.flatnonzero(whose < 0).tolist():
            refused[fit[n]] = _UNOWNED[int(whose[n])]
        for n in [n for n, key in enumerate(keys) if not key] if "" in keys else ():
            refused[fit[n]] = Reason.NO_ID
            whose[n] = -1
        named = np.flatnonzero(whose >= 0)
        read = self._times("created_at", columns, len(fit), named)
        is_made = (read.at >= _EARLIEST) & (read.at < _LATEST)
        for n in np.flatnonzero(~is_made).tolist():
            is_said = read.bad[n] or read.at[n] != NEVER
            refused[fit[named[n]]] = Reason.UNREADABLE_CREATION if is_said else Reason.NO_CREATION
        chosen = named[is_made].tolist()
        if len(chosen) < len(fit):
            columns = Columns([rows[fit[n]] for n in chosen])
            keys = [keys[n] for n in chosen]
        told = [(Line(batch.numbers[n], rows[n]), reason) for n, reason in sorted(refused.items())]
        return Taken(columns, keys, whose[chosen], read.at[is_made], _summed(read), told)

    def happened(self, taken: Taken) -> Iterator[Ints]:
        """The possible instants of what happened to these tickets after their creation, column by column."""
        for name in HAPPENED:
            if self._has(name):
                read = self._times(name, taken.columns, len(taken))
                yield read.at[(read.at >= taken.created) & (read.at < _LATEST)]

    def facts(self, taken: Taken) -> Facts:
        """Everything the rows say."""
        n, columns = len(taken), taken.columns
        numbers, texts, wrong = {"created_at": taken.created}, dict[str, Sequence[str]](), dict[str, Mask]()
        times: dict[str, Ints] = {}
        for name in INSTANTS:
            if name != "created_at" and self._has(name):
                read = self._times(name, columns, n)
                numbers[name], wrong[name] = read.at, read.bad
                _count(times, read)
        for name in COUNTS:
            if self._has(name):
                found = np.fromiter(map(self._counts[name].__getitem__, self._raw(name, columns, n)), np.int64, n)
                wrong[name] = found == _ODD
                numbers[name] = np.where(wrong[name], NEVER, found)
        for name in TEXTS:
            if self._has(name) and name not in WORDS:
                texts[name] = self._texts(name, columns, n)
        unknown = self._words(columns, n, texts, wrong)
        if "url" in texts:
            self._check_links(texts, wrong)
        wrong = {name: mask for name, mask in wrong.items() if mask.any()}
        return Facts(Told(taken.keys, numbers, texts, wrong), times, unknown)

    def _has(self, name: str) -> bool:
        return name in self.places or name in self.told.defaults

    def _fitting(self, rows: Sequence[list[str]], refused: dict[int, Reason]) -> list[int]:
        """The rows that are as wide as the header; what is too long may only be empty."""
        width = self.width
        odd = [n for n, fields in enumerate(rows) if len(fields) != width]
        for n in odd:
            if len(rows[n]) < width:
                refused[n] = Reason.TOO_FEW_FIELDS
            elif any(rows[n][width:]):
                refused[n] = Reason.TOO_MANY_FIELDS
        return [n for n in range(len(rows)) if n not in refused] if refused else list(range(len(rows)))

    def _keys(self, columns: Columns, n: int) -> Sequence[str]:
        return [
            key[:-2] if key.endswith(".0") and key[:-2].isdigit() else key  # as pandas writes whole numbers
            for key in self._texts("id", columns, n)
        ]

    def _owned(self, columns: Columns, n: int) -> Ints:
        if not self._has("team"):
            return np.full(n, self._whose[""], dtype=np.int64)
        return np.fromiter(map(self._whose.__getitem__, self._texts("team", columns, n)), np.int64, n)

    def _owner(self, name: str) -> int:
        """The place of a team in `owners`; below 0: there is none."""
        team_id = (self.teams.get(name) or self.teams.get(fold(name))) if name else self.team_id
        if team_id is None:
            return _UNKNOWN_TEAM if name else _NO_TEAM
        owner = (team_id, 0 if name else team_id)
        if owner not in self.owners:
            self.owners.append(owner)
        return self.owners.index(owner)

    def _times(self, name: str, columns: Columns, n: int, chosen: Ints | None = None) -> Read:
        """A column of times; of the chosen rows."""
        raw = self._raw(name, columns, n)
        if chosen is not None and len(chosen) < n:
            raw = [raw[i] for i in chosen.tolist()]
        clean = str.strip if name in self._plain or name not in self.places else self._cleaner(name)
        return self.instants.read([*map(clean, raw)])

    def _texts(self, name: str, columns: Columns, n: int) -> Sequence[str]:
        raw = self._raw(name, columns, n)
        if name in self._cleaned:
            return [*map(self._cleaned[name].__getitem__, raw)]
        if name in self._plain:
            return [*map(str.strip, raw)]
        return [*map(self._cleaner(name), raw)]

    def _raw(self, name: str, columns: Columns, n: int) -> Sequence[str]:
        """A column as it stands; one that is not there is its default."""
        place = self.places.get(name)
        return [self.told.defaults.get(name, "")] * n if place is None else columns[place]

    def _words(
        self, columns: Columns, n: int, texts: dict[str, Sequence[str]], wrong: dict[str, Mask]
    ) -> list[tuple[int, str]]:
        """Statuses and openers in our words; those that nobody knows."""
        unknown: list[tuple[int, str]] = []
        for name in WORDS:
            if not self._has(name):
                continue
            meant = [*map(self._meant[name].__getitem__, self._raw(name, columns, n))]
            texts[name] = [word for word, _ in meant]
            wrong[name] = np.array([odd is not None for _, odd in meant], dtype=bool)
            if name == "status":
                unknown = [(place, odd) for place, (_, odd) in enumerate(meant) if odd is not None]
        return unknown

    def _check_links(self, texts: dict[str, Sequence[str]], wrong: dict[str, Mask]) -> None:
        """An address that is none of a page is no link."""
        is_link = [not url or url.startswith(("https://", "http://")) for url in texts["url"]]
        wrong["url"] = ~np.array(is_link, dtype=bool)
        if not all(is_link):
            texts["url"] = [url if fits else "" for url, fits in zip(texts["url"], is_link, strict=True)]

    def _blank(self, name: str) -> frozenset[str]:
        """What stands for nothing, in the cases that programs write."""
        words = NOTHING.get(name, frozenset())
        cased = {form for word in words for form in (word, word.upper(), word.capitalize(), word.title())}
        return frozenset(("", "NaN", "NaT", *cased, *self.told.empty)) if words else frozenset(("", *self.told.empty))

    def _is_plain(self, name: str) -> bool:
        """Whether texts stand for themselves, but for spaces around them and what `ManyInstants` takes for blank."""
        is_told = self.told.values.get(name) or self.told.defaults.get(name)
        return not is_told and (self._blank(name) == {""} or (name in INSTANTS and not self.told.empty))

    def _cleaner(self, name: str) -> Callable[[str], str]:
        """How one column is read: trimmed, emptied, translated by the map, else its default."""
        default, blank, words = self.told.defaults.get(name, ""), self._blank(name), self.told.values.get(name)

        def clean(raw: str) -> str:
            text = raw.strip()
            text = default if text in blank else text
            return words.get(text.casefold(), text) if words else text

        return clean if name in self.places else lambda _: default

    def _counter(self, name: str) -> Callable[[str], int]:
        clean = self._cleaner(name)

        def count(raw: str) -> int:
            text = clean(raw)
            try:
                found = values.count(text) if text else NEVER
            except (ValueError, OverflowError):
                return _ODD
            return found if -_ODD < found < _ODD or found == NEVER else _ODD

        return count

    def _meaner(self, name: str) -> Callable[[str], tuple[str, str | None]]:
        """Our word for one of theirs, and theirs where nobody knows it."""
        clean, known, nothing = self._cleaner(name), WORDS[name], "customer" if name == "opened_by" else ""

        def mean(raw: str) -> tuple[str, str | None]:
            text = clean(raw)
            if not text:
                return nothing, None
            word = known.get(text) or known.get(text.casefold().replace("_", " ")) or known.get(text.casefold())
            return (word, None) if word else (nothing, text)

        return mean


def _summed(read: Read) -> Times:
    return Times(*(0 if mask is None else int(mask.sum()) for mask in (read.naive, read.skipped, read.twice)))


def _count(times: dict[str, Ints], read: Read) -> None:
    for name, mask in (("naive", read.naive), ("skipped", read.skipped), ("twice", read.twice)):
        if mask is not None:
            times[name] = times[name] + mask if name in times else mask.astype(np.int64)
