"""A day's tickets as bytes and back: columns of whole seconds in 32 bits, words as small numbers into a list.

Exact: what does not fit (parts of seconds, counts beyond 31 bits) makes that day's columns 64 bits wide.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from ..metrics.frame import COLUMNS, DAY, DIMENSIONS, NEVER, SECOND, Ints, Tickets

IDS = ("id", "customer")
CODES = ("agent", "responder", *DIMENSIONS)
INSTANTS = (
    "created", "first_response", "first_response_target", "first_solved", "solved", "resolution_target", "csat_sent",
    "csat_at", "handed_off", "reopened",
)  # fmt: skip
NUMBERS = tuple(name for name in COLUMNS if name not in (*IDS, *CODES, *INSTANTS))
PLAIN = (*INSTANTS, *NUMBERS)
NONE = np.iinfo(np.int32).max
HEAD = struct.Struct("<BBii")
"""Version, whether columns are 64 bits wide, the day since 1970, tickets."""
VERSION = 1


def pack(day: int, tickets: Tickets) -> bytes:
    """The tickets of one day (days since 1970)."""
    ids = np.stack([getattr(tickets, name) for name in IDS])
    plain, is_wide = _plain(day, tickets)
    parts = [HEAD.pack(VERSION, is_wide, day, len(tickets)), ids.astype("<i8").tobytes(), plain.tobytes()]
    for name in CODES:
        words, places = np.unique(getattr(tickets, name), return_inverse=True)
        parts += [struct.pack("<i", len(words)), words.astype("<i8").tobytes(), places.astype("<i4").tobytes()]
    return b"".join(parts)


def _plain(day: int, tickets: Tickets) -> tuple[NDArray[np.int32] | Ints, bool]:
    """Instants as seconds since the day began and numbers as they are; all as they are where that would lose any."""
    instants = np.stack([getattr(tickets, name) for name in INSTANTS])
    numbers = np.stack([getattr(tickets, name) for name in NUMBERS])
    there = instants != NEVER
    since = np.where(there, instants - day * DAY, 0)
    seconds = since // SECOND
    fits = (since == seconds * SECOND).all() and _fits(seconds) and _fits(numbers)
    if not fits:
        return np.concatenate([instants, numbers]).astype("<i8"), True
    return np.concatenate([np.where(there, seconds, NONE), numbers]).astype("<i4"), False


def _fits(values: Ints) -> bool:
    return not values.size or (int(values.max()) < NONE and int(values.min()) > -NONE)


def unpack(packed: Sequence[bytes], beside: Sequence[Tickets] = ()) -> Tickets:
    """The tickets of many days together, in the order of the days, and of frames behind them.

    Raises ValueError for another version.
    """
    days = [_Day(one) for one in packed]
    counts = [one.n for one in days]
    total, n = sum(counts), sum(counts) + sum(map(len, beside))
    ids, plain, codes = (np.empty((len(names), n), dtype=np.int64) for names in (IDS, PLAIN, CODES))
    for one, (begin, end) in zip(days, pairwise(accumulate(counts, initial=0)), strict=True):
        ids[:, begin:end] = one.ids
        _fill(plain[:, begin:end], one)
        for row, (words, places) in zip(codes, one.codes, strict=True):
            np.take(words, places, out=row[begin:end], mode="clip")
    columns = {
        **dict(zip(IDS, ids, strict=True)),
        **dict(zip(PLAIN, plain, strict=True)),
        **dict(zip(CODES, codes, strict=True)),
    }
    for frame in beside:
        for name, column in columns.items():
            column[total : total + len(frame)] = getattr(frame, name)
        total += len(frame)
    return Tickets(*(columns[name] for name in COLUMNS))


def _fill(part: Ints, day: _Day) -> None:
    part[:] = day.plain
    if not day.is_wide:
        instants = part[: len(INSTANTS)]
        missing = instants == NONE
        instants *= SECOND
        instants += day.day * DAY
        instants[missing] = NEVER


class _Day:
    """One day's parts, not copied."""

    def __init__(self, packed: bytes) -> None:
        version, self.is_wide, self.day, self.n = HEAD.unpack_from(packed)
        if version != VERSION:
            raise ValueError(version)
        self._packed, self._at = packed, HEAD.size
        self.ids = self._take("<i8", len(IDS) * self.n).reshape(len(IDS), self.n)
        self.plain = self._take("<i8" if self.is_wide else "<i4", len(PLAIN) * self.n).reshape(len(PLAIN), self.n)
        self.codes = [self._words() for _ in CODES]

    def _words(self) -> tuple[Ints, Ints]:
        (length,) = self._take("<i4", 1)
        return self._take("<i8", int(length)), self._take("<i4", self.n)

    def _take(self, kind: str, length: int) -> Ints:
        found: Ints = np.frombuffer(self._packed, dtype=kind, count=length, offset=self._at)
        self._at += found.nbytes
        return found
