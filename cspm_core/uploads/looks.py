"""A look into a dropped file: what it seems to be, and which of its columns are understood."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ..imports import Fault, Unreadable, files
from ..imports.files import Export, Line
from ..imports.ticket_plan import order_in
from ..people import fold
from .kinds import KINDS, Kind
from .rules import LARGEST_INSIDE, Look, OtherTeams

EVERY = tuple(KINDS)
PIECE = 2_000
"""Rows between two pauses."""
Pause = Callable[[], None]


def _nothing() -> None:
    """Nobody waits."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A file taken for one kind: ours ← theirs, what has no use, what is missing and what is in doubt."""

    kind: str
    file: str
    columns: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]
    missing: tuple[str, ...]
    names_teams: bool
    """It has a column that says whose each row is."""
    is_doubtful: bool
    """Its dates do not tell whether the day or the month comes first."""
    guessed_encoding: bool


def look(path: Path, *, size: int, kinds: Collection[str] = EVERY) -> Look:
    """What a card says. `size`: of the whole file, where `path` holds its beginning alone. Raises Unreadable."""
    export = opened(path)
    kind, rows = guess(export, kinds), _counted(export)
    on_disk = path.stat().st_size
    is_head = on_disk < size
    if is_head and rows:
        rows = max(1, round(rows * size / on_disk))
    known = len(KINDS[kind].places(export)) if kind else 0
    return Look(kind, rows, is_head, known, sum(bool(name) for name in export.header))


def opened(path: Path, encoding: str = "", pause: Pause = _nothing) -> Export:
    """A file whose encoding is sure, at the price of reading it once. Raises Unreadable."""
    _check_inside(path)
    export = files.look_at(path, encoding or None)
    try:
        for _ in _slowly(export, pause):
            pass
    except UnicodeError:
        if encoding or export.encoding != "utf-8":
            raise Unreadable(Fault.BAD_ENCODING, export.encoding) from None
        return replace(export, encoding=files.FALLBACK)
    except Unreadable:  # a quotation mark that is never closed; of a beginning alone, the last record's
        pass
    return export


def _slowly(export: Export, pause: Pause) -> Iterator[Line]:
    """The rows, with a pause now and then in which others may work."""
    for n, line in enumerate(export.lines(), start=1):
        if n % PIECE == 0:
            pause()
        yield line


def _check_inside(path: Path) -> None:
    """A zip file that would fill a disk is none that anybody reads."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            inside = sum(one.file_size for one in archive.infolist())
    except zipfile.BadZipFile:
        raise Unreadable(Fault.BAD_ZIP, path.name) from None
    if inside > LARGEST_INSIDE:
        raise Unreadable(Fault.BAD_ZIP, path.name)


def _counted(export: Export) -> int:
    rows = 0
    try:
        for _ in export.lines():
            rows += 1
    except Unreadable:
        pass
    return rows


def guess(export: Export, kinds: Collection[str] = EVERY) -> str:
    """The kind of which most columns are there, and all that it needs; empty where there is none."""
    best, most = "", 0
    for name, kind in KINDS.items():
        places = kind.places(export) if name in kinds else {}
        if all(one in places for one in kind.needed) and len(places) > most:
            best, most = name, len(places)
    return best


def fit(export: Export, kind: str, *, is_said: bool = False) -> Fit:
    """An opened file taken for a kind. `is_said`: somebody said how it is written."""
    taken = KINDS[kind]
    places = taken.places(export)
    used = set(places.values())
    return Fit(
        kind=kind,
        file=export.path.name,
        columns=tuple((ours, export.header[n]) for ours, n in places.items()),
        unused=tuple(name for n, name in enumerate(export.header) if n not in used and name),
        missing=tuple(name for name in taken.needed if name not in places),
        names_teams="team" in places,
        is_doubtful=_is_doubtful(export, taken),
        guessed_encoding=not is_said and export.encoding == files.FALLBACK,
    )


def _is_doubtful(export: Export, kind: Kind) -> bool:
    places = kind.places(export)
    try:
        order_in(export, [places[name] for name in kind.dates if name in places])
    except Unreadable as problem:
        return problem.fault is Fault.DAY_OR_MONTH
    return False


def check_teams(path: Path, kind: str, encoding: str, own: Iterable[str], pause: Pause = _nothing) -> None:
    """Raises OtherTeams where rows name teams besides these: a lead speaks for their own alone."""
    export = opened(path, encoding, pause)
    place = KINDS[kind].places(export).get("team")
    if place is None:
        return
    allowed, found = {fold(name) for name in own} | {""}, dict[str, str]()
    for line in _slowly(export, pause):
        name = line.fields[place].strip() if place < len(line.fields) else ""
        if fold(name) not in allowed:
            found.setdefault(fold(name), name)
    if found:
        raise OtherTeams(sorted(found.values()))
