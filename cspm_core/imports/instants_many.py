"""Times by the column: the usual ways of writing them are read by arithmetic, and whatever else one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..metrics.frame import DAY, NEVER, Ints, Mask
from ..store import microseconds
from .instants import Instants, Order

YEARS = (1900, 2200)
_FIRST, _LAST = np.datetime64(f"{YEARS[0]}-01", "M"), np.datetime64(f"{YEARS[1]}-01", "M")
_MONTHS = np.arange(_FIRST, _LAST + 1).astype("datetime64[D]").astype(np.int64)
"""The day on which each month begins, since 1970."""
_PARTS = {"Y": 4, "m": 2, "d": 2, "H": 2, "M": 2, "S": 2}
_LIMITS = {"H": 23, "M": 59, "S": 59}
_WALL_1970 = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall time
KEPT = 50_000
"""So many odd texts are remembered with what they mean."""


@dataclass(frozen=True, eq=False)
class Read:
    """A column of times: microseconds since 1970, NEVER where there is none; `bad` where nobody can tell.

    How many named no zone, were skipped by a change of clocks or came twice, by row; None: not one.
    """

    at: Ints
    bad: Mask
    naive: Mask | None = None
    skipped: Mask | None = None
    twice: Mask | None = None


@dataclass(frozen=True)
class Layout:
    """Where the digits stand in texts of one length. `fraction`: how many digits of a second; `zone`: Z, + or empty."""

    length: int
    places: tuple[tuple[str, int], ...]
    marks: tuple[tuple[int, str], ...]
    """A place, and the characters that may stand there."""
    fraction: int = 0
    zone: str = ""


class ManyInstants:
    """Reads columns of times as `Instants` reads one."""

    def __init__(self, one: Instants, blank: frozenset[str] = frozenset()) -> None:
        """`blank`: what stands for no time besides the empty text; none of it looks like a time."""
        self.one, self.blank = one, blank
        self.layouts: dict[int, tuple[Layout, ...]] = {}
        for layout in layouts(one.order, one.form):
            self.layouts[layout.length] = (*self.layouts.get(layout.length, ()), layout)
        self._odd: dict[str, tuple[int, bool, bool, bool, bool]] = {}

    def read(self, texts: Sequence[str]) -> Read:
        """A column; an empty text is no time."""
        n = len(texts)
        at, naive = np.full(n, NEVER, dtype=np.int64), np.zeros(n, dtype=bool)
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=n)
        left = lengths > 0
        for length in np.unique(lengths).tolist():
            for layout in self.layouts.get(length, ()):
                chosen = np.flatnonzero(left & (lengths == length))
                if chosen.size:
                    found = _by_layout("".join([texts[i] for i in chosen.tolist()]), layout)
                    at[chosen], naive[chosen] = found, (found != NEVER) & (not layout.zone)
                    left[chosen] = found == NEVER
        changes = self._to_utc(at, naive)
        return self._with_odd(texts, at, naive, np.flatnonzero(left | changes).tolist())

    def _to_utc(self, at: Ints, naive: Mask) -> Mask:
        """Wall times become instants, in place; gives those on days of a change of clocks, to be read one by one."""
        changes = np.zeros(len(at), dtype=bool)
        if not naive.any():
            return changes
        days, places = np.unique(np.where(naive, at // DAY, 0), return_inverse=True)
        origins = [self.one.origin(_WALL_1970 + timedelta(days=day)) for day in days.tolist()]
        offsets = np.array([_offset(one) for one in origins], dtype=np.int64)[places]
        is_change = np.array([one is False for one in origins], dtype=bool)[places]
        at[naive] -= offsets[naive]
        changes |= naive & is_change
        naive &= ~is_change
        return changes

    def _with_odd(self, texts: Sequence[str], at: Ints, naive: Mask, odd: Sequence[int]) -> Read:
        bad = np.zeros(len(at), dtype=bool)
        if not odd:
            return Read(at, bad, naive if naive.any() else None)
        skipped, twice = bad.copy(), bad.copy()
        for n in odd:
            at[n], bad[n], naive[n], skipped[n], twice[n] = self._one(texts[n])
        return Read(at, bad, *(mask if mask.any() else None for mask in (naive, skipped, twice)))

    def _one(self, text: str) -> tuple[int, bool, bool, bool, bool]:
        known = self._odd.get(text)
        if known is not None:
            return known
        if text in self.blank:
            return NEVER, False, False, False, False
        one = self.one
        before = (one.naive, one.skipped, one.twice)
        try:
            at, bad = microseconds(one.read(text)), False
        except (ValueError, OverflowError):
            at, bad = NEVER, True
        naive, skipped, twice = (
            now > then for now, then in zip((one.naive, one.skipped, one.twice), before, strict=True)
        )
        if len(self._odd) < KEPT:
            self._odd[text] = at, bad, naive, skipped, twice
        return at, bad, naive, skipped, twice


def _offset(origin: datetime | bool) -> int:
    return microseconds(origin.replace(tzinfo=UTC)) if isinstance(origin, datetime) else 0


def _by_layout(joined: str, layout: Layout) -> Ints:
    """Texts of one length, without a gap between them; NEVER where they are not of this layout."""
    signs = np.frombuffer(joined.encode("ascii", "replace"), dtype=np.uint8).reshape(-1, layout.length)
    digits = [n for _, first in layout.places for n in range(first, first + _width(layout, _))]
    is_right = (signs[:, digits] - ord("0") <= 9).all(axis=1)
    for place, allowed in layout.marks:
        is_right &= np.isin(signs[:, place], np.frombuffer(allowed.encode(), dtype=np.uint8))
    part = {name: _number(signs, first, _width(layout, name)) for name, first in layout.places}
    for name, most in _LIMITS.items():
        if name in part:
            is_right &= part[name] <= most
    year, month = part["Y"], part["m"]
    is_right &= (year >= YEARS[0]) & (year < YEARS[1]) & (month >= 1) & (month <= 12)
    nth = np.where(is_right, (year - YEARS[0]) * 12 + month - 1, 0)
    is_right &= (part["d"] >= 1) & (part["d"] <= _MONTHS[nth + 1] - _MONTHS[nth])
    seconds = (_MONTHS[nth] + part["d"] - 1) * 86_400
    for name, unit in (("H", 3_600), ("M", 60), ("S", 1)):
        if name in part:
            seconds = seconds + part[name] * unit
    if layout.zone == "+":
        is_right &= (part["z"] <= 14) & (part["y"] <= 59)
        ahead = part["z"] * 3_600 + part["y"] * 60
        seconds = seconds - np.where(signs[:, layout.length - 6] == ord("-"), -ahead, ahead)
    at = seconds * 1_000_000
    if layout.fraction:
        at = at + part["f"] * 10 ** (6 - layout.fraction)
    return np.where(is_right, at, NEVER)


def _width(layout: Layout, name: str) -> int:
    return layout.fraction if name == "f" else _PARTS.get(name, 2)


def _number(signs: NDArray[np.uint8], first: int, width: int) -> Ints:
    value = signs[:, first].astype(np.int64) - ord("0")
    for n in range(first + 1, first + width):
        value = value * 10 + signs[:, n] - ord("0")
    return value


@lru_cache(maxsize=64)
def layouts(order: Order | None, form: str | None) -> tuple[Layout, ...]:
    """The layouts in which `Instants` of this order or form reads texts by the same rules."""
    if form is not None:
        own = _of_form(form)
        return (own,) if own else ()
    return (*_iso(), *_ordered(order))


def _of_form(form: str) -> Layout | None:
    """A format of fixed width, as `%d/%m/%Y %H:%M`."""
    pieces = re.findall(r"%.|.", form, re.DOTALL)
    names = [piece[1] for piece in pieces if piece[0] == "%" and len(piece) == 2]
    known = all(name in _PARTS for name in names) and len(set(names)) == len(names)
    if not known or not {"Y", "m", "d"} <= set(names) or not form.isascii() or form.endswith("%"):
        return None
    return _laid(pieces)


def _laid(pieces: Sequence[str], fraction: int = 0, zone: str = "") -> Layout:
    """A layout from its pieces: `%Y` and the like, or the characters that may stand there."""
    at, places, marks = 0, [], []
    for piece in pieces:
        if piece[0] == "%" and len(piece) == 2:
            places.append((piece[1], at))
            at += fraction if piece[1] == "f" else _PARTS.get(piece[1], 2)
        else:
            marks.append((at, piece))
            at += 1
    return Layout(at, tuple(places), tuple(marks), fraction, zone)


def _iso() -> Iterator[Layout]:
    day = ("%Y", "-", "%m", "-", "%d")
    yield _laid(day)
    minute = (*day, "T ", "%H", ":", "%M")
    second = (*minute, ":", "%S")
    for pieces, fraction in ((minute, 0), (second, 0), ((*second, ".", "%f"), 3), ((*second, ".", "%f"), 6)):
        yield _laid(pieces, fraction)
        yield _laid((*pieces, "Z"), fraction, "Z")
        yield _laid((*pieces, "+-", "%z", ":", "%y"), fraction, "+")


def _ordered(order: Order | None) -> Iterator[Layout]:
    """Day or month first; without an order the day comes first between points alone."""
    first, second = ("%m", "%d") if order is Order.MONTH else ("%d", "%m")
    for mark in "/.-" if order else ".":
        day = (first, mark, second, mark, "%Y")
        yield _laid(day)
        yield _laid((*day, "T ", "%H", ":", "%M"))
        yield _laid((*day, "T ", "%H", ":", "%M", ":", "%S"))
