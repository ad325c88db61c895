"""What a dropped file can be, what somebody wants of it, and what was told of its import. No database."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from ..errors import NotAllowed
from ..imports.problems import Fault, Unreadable

LARGEST = 100_000_000
"""Bytes; what is larger is for the operator's terminal."""
LARGEST_INSIDE = 1_000_000_000
"""Bytes that a zip file may hold."""
LOOKED_INTO = 10_000_000
"""Bytes up to which a file is read whole for its card."""
HEAD = 400_000
"""Bytes of a larger one."""
ENDINGS = (".csv", ".tsv", ".txt", ".zip")
CLAIM = timedelta(seconds=60)
"""How long whoever works on a file has for it, in real time; renewed while they do."""
MOST_ATTEMPTS = 5
MANY = 10
"""Names of each sort that a report keeps."""
SOON_S = 5.0
"""A pace that was kept this long says how long the rest takes."""
COUNTS = (
    "events", "new", "known", "changed", "unchanged", "removed", "older", "duplicates", "matched", "new_tickets",
    "changed_tickets", "unchanged_tickets", "waiting",
)  # fmt: skip
WROTE = ("writing", "following")
"""Phases that leave something in the store."""


class State(StrEnum):
    NEW = "new"
    """Nobody has looked into it yet."""
    WAITING = "waiting"
    """Its card stands there."""
    AWAY = "away"
    """Somebody said "not now"."""
    DECLINED = "declined"
    """Nothing can come of it."""
    IMPORTING = "importing"
    DONE = "done"
    FAILED = "failed"


OPEN = (State.WAITING, State.AWAY, State.FAILED)
"""It can be imported."""


class Reason(StrEnum):
    """Why nothing came of a file."""

    NO_RIGHT = "no_right"
    FOR_ADMINS = "for_admins"
    NOT_CSV = "not_csv"
    TOO_LARGE = "too_large"
    GONE = "gone"
    NOT_REACHED = "not_reached"
    OTHER_TEAMS = "other_teams"
    ACCIDENT = "accident"


class OtherTeams(NotAllowed):
    """A file speaks of teams that the asker does not lead: their names as they stand there."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__()
        self.names = tuple(names)


@dataclass(frozen=True, slots=True)
class Choice:
    """How a file is to be taken. `order`: day, month or empty; an empty `timezone` is the team's."""

    kind: str
    team_id: int | None = None
    timezone: str = ""
    order: str = ""
    encoding: str = ""

    def to_json(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def parse(cls, text: str) -> Choice:
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Look:
    """What a card says of a file. `rows` None: not counted; `kind` empty: nobody can tell."""

    kind: str = ""
    rows: int | None = None
    about: bool = False
    """`rows` is a guess from the beginning of a large file."""
    known: int = 0
    columns: int = 0

    def to_json(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def parse(cls, text: str) -> Look:
        return cls(**json.loads(text)) if text else cls()


@dataclass(frozen=True, slots=True)
class Told:
    """What an import, or its rehearsal, found: counts by key, names with their rows; of many names the first."""

    kind: str
    rows: int
    counts: tuple[tuple[str, int], ...]
    refused: tuple[tuple[str, int], ...] = ()
    set_aside: tuple[tuple[str, int], ...] = ()
    """The file's name of a column, and how many of its values could not be."""
    statuses: tuple[tuple[str, int], ...] = ()
    words: tuple[tuple[str, int], ...] = ()
    """Others that nobody knows: kinds of events, directions of calls."""
    nobodys: tuple[tuple[str, int], ...] = ()
    nobodys_total: int = 0
    unused: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    timezone: str = ""
    timezone_of_team: bool = False
    skipped_times: int = 0
    double_times: int = 0
    complete_until: str = ""
    is_ahead: bool = False
    guessed_encoding: bool = False
    is_whole: bool = False
    """Begun again after it was cut off, it still tells of all that was written."""
    is_resumed: bool = False
    """It was begun again, and what was written before counts as unchanged."""

    @property
    def refused_rows(self) -> int:
        return sum(n for _, n in self.refused)

    def to_json(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def parse(cls, text: str) -> Told:
        given: dict[str, Any] = json.loads(text)
        return cls(**{name: _tuples(value) for name, value in given.items()})


def _tuples(value: Any) -> Any:
    return tuple(tuple(one) if isinstance(one, list) else one for one in value) if isinstance(value, list) else value


def told(kind: str, report: Any) -> Told:
    """What any kind's report says, as it is kept and drawn. Parts that a report has not are left empty."""
    columns, unknown = getattr(report, "columns", {}), Counter[str]()
    aside = Counter[str](getattr(report, "set_aside", ()))
    statuses = Counter[str](getattr(report, "unknown_statuses", ()))
    for name in ("unmatched", "unknown"):
        unknown.update(getattr(report, name, {}))
    words = Counter[str](getattr(report, "unknown_kinds", ())) + Counter(getattr(report, "unknown_words", ()))
    until: datetime | None = getattr(report, "complete_until", None)
    return Told(
        kind=kind,
        rows=report.rows,
        counts=tuple((name, int(getattr(report, name))) for name in COUNTS if hasattr(report, name)),
        refused=tuple(report.refused.most_common()),
        set_aside=tuple((columns.get(name, name), n) for name, n in aside.most_common()),
        statuses=tuple(statuses.most_common(MANY)),
        words=tuple(words.most_common(MANY)),
        nobodys=tuple(unknown.most_common(MANY)),
        nobodys_total=len(unknown),
        unused=tuple(getattr(report, "unused", ())),
        teams=tuple(getattr(report, "teams", ())),
        timezone=getattr(report, "timezone", ""),
        timezone_of_team=getattr(report, "timezone_of_team", False),
        skipped_times=getattr(report, "skipped_times", 0),
        double_times=getattr(report, "double_times", 0),
        complete_until=until.isoformat() if until else "",
        is_ahead=getattr(report, "is_ahead", False),
        guessed_encoding=getattr(report, "guessed_encoding", False),
        is_whole=hasattr(report, "resumed_at"),
    )


def is_table(name: str, mimetype: str) -> bool:
    """Whether a file looks like one that can be imported, by its name or type."""
    return name.casefold().endswith(ENDINGS) or mimetype in ("text/csv", "text/tab-separated-values")


def plain_name(name: str) -> str:
    """A file's name as it can stand on a disk: no folders, no control characters, not too long, its ending kept."""
    clean = "".join(c for c in PurePath(name.replace("\\", "/")).name if c.isprintable()).strip(". ") or "file.csv"
    stem, dot, ending = clean.rpartition(".")
    return f"{(stem if dot else clean)[:50]}{dot}{ending[:8] if dot else ''}"


def seconds_left(done: int, total: int, elapsed_s: float) -> float | None:
    """How long the rest takes at the pace so far; None where that is not known yet."""
    if done <= 0 or total <= done or elapsed_s < SOON_S:
        return None
    return elapsed_s * (total - done) / done


def as_reason(problem: Unreadable) -> str:
    """A fault as it is kept."""
    known = list(problem.known[:20])
    return json.dumps([problem.fault.value, problem.about, known, problem.nearest], ensure_ascii=False)


def as_problem(reason: str) -> Unreadable | None:
    """The same back; None where it is another reason."""
    if not reason.startswith("["):
        return None
    fault, about, known, nearest = json.loads(reason)
    return Unreadable(Fault(fault), about, known, nearest)
