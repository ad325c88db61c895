"""Rows grouped by their code in linear time, and the local hour in which each began."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from ..calendars import zone
from ..metrics.frame import DAY, SECOND, Ints
from ..store import EPOCH

BITS = (12, 16, 20)
"""Codes are hashes: mostly so many of their last bits tell them apart, and a table of those is faster than sorting."""
NOBODY = np.iinfo(np.int64).min
DAY_S, BLOCK = 86_400, 6 * 3_600 * SECOND


def grouped(codes: Ints) -> tuple[Ints, Ints]:
    """The different codes, in no order, and the place of each row's code among them."""
    for bits in BITS:
        last = codes & ((1 << bits) - 1)
        owner = np.full(1 << bits, NOBODY, dtype=np.int64)
        owner[last] = codes
        if bool((owner[last] == codes).all()):
            used = owner != NOBODY
            return owner[used], (np.cumsum(used) - 1)[last]
    values, places = np.unique(codes, return_inverse=True)
    return values, places.astype(np.int64)


def blocks(instants: Ints, timezone: str) -> Ints:
    """Which quarter of its local day each instant (microseconds) lies in: 0 from midnight on, 3 from 18:00 on."""
    return (instants + _offsets(instants, timezone)) % DAY // BLOCK


def _offsets(instants: Ints, timezone: str) -> Ints:
    """How far the zone's wall clock is ahead of UTC at each (microseconds); one entry where that is always the same."""
    if not instants.size:
        return instants
    first, last = int(instants.min()) // DAY, int(instants.max()) // DAY + 1
    days = np.arange(first, last + 1, dtype=np.int64) * DAY_S
    known = [_offset(int(day), timezone) for day in days]
    if len(set(known)) == 1:
        return np.full(1, known[0] * SECOND, dtype=np.int64)
    starts, offsets = [int(days[0])], [known[0]]
    for n in range(1, len(known)):
        if known[n] != known[n - 1]:
            starts.append(_change(int(days[n - 1]), int(days[n]), timezone))
            offsets.append(known[n])
    changes = np.array(starts[1:], dtype=np.int64) * SECOND
    return np.array(offsets, dtype=np.int64)[np.searchsorted(changes, instants, side="right")] * SECOND


def _change(before: int, after: int, timezone: str) -> int:
    """The first second of the later offset, of two seconds around one change of the clocks."""
    old = _offset(before, timezone)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (middle, after) if _offset(middle, timezone) == old else (before, middle)
    return after


def _offset(second: int, timezone: str) -> int:
    at: datetime = EPOCH + timedelta(seconds=second)
    passed = at.astimezone(zone(timezone)).utcoffset()
    return int(passed.total_seconds()) if passed else 0
