"""Stretches of time as sorted, half-open pairs that do not touch: joined, cut, and looked up. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

Stretch = tuple[datetime, datetime]
Stretches = tuple[Stretch, ...]


def joined(*many: Iterable[Stretch]) -> Stretches:
    """What lies in any of them."""
    found: list[Stretch] = []
    for start, end in sorted(one for some in many for one in some):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def without(these: Stretches, gone: Stretches) -> Stretches:
    """What lies in these and not in those that are gone; both as `joined` leaves them."""
    found, n = [], 0
    for start, end in these:
        while n and gone[n - 1][1] > start:
            n -= 1
        while n < len(gone) and gone[n][0] < end:
            first, last = gone[n]
            if first > start:
                found.append((start, first))
            start = max(start, last)
            if last >= end:
                break
            n += 1
        if start < end:
            found.append((start, end))
    return tuple(found)


def within(these: Stretches, start: datetime, end: datetime) -> Stretches:
    """What of them lies between two instants."""
    cut = ((max(a, start), min(b, end)) for a, b in these)
    return tuple((a, b) for a, b in cut if a < b)


def around(these: Iterable[Stretch], margin: timedelta) -> Stretches:
    """Each made longer at both ends, and joined."""
    return joined((start - margin, end + margin) for start, end in these)


def place(these: Sequence[Stretch], at: datetime) -> int | None:
    """Which of them (sorted and apart) holds an instant; None: none does."""
    n = bisect_right(these, at, key=lambda one: one[0]) - 1
    return n if n >= 0 and at < these[n][1] else None


def holds(these: Sequence[Stretch], at: datetime) -> bool:
    """Whether an instant lies in one of them; at its end it no longer does."""
    return place(these, at) is not None


def next_in(these: Sequence[Stretch], at: datetime) -> datetime | None:
    """The instant itself where it lies in one of them, else the beginning of the next, None past the last."""
    if holds(these, at):
        return at
    n = bisect_right(these, at, key=lambda one: one[0])
    return these[n][0] if n < len(these) else None


def after(these: Sequence[Stretch], at: datetime, seconds: float) -> datetime | None:
    """The first instant by which so many seconds of them have passed since `at` (itself for 0); None: they do not
    suffice. A stretch's end, not the beginning of the next."""
    if seconds <= 0:
        return at
    rest = timedelta(seconds=seconds)
    first = place(these, at)
    if first is None:
        first = bisect_right(these, at, key=lambda one: one[0])
    for start, end in these[first:]:
        begins = max(start, at)
        if begins + rest <= end:
            return begins + rest
        rest -= end - begins
    return None
