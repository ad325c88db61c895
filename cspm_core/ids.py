"""Ids: 63 bits, time-ordered, made here and not by the database, so that many workspaces share one."""

from __future__ import annotations

import secrets
import threading
from datetime import UTC, datetime, timedelta

_START = datetime(2020, 1, 1, tzinfo=UTC)
_RANDOM_BITS = 21
_lock = threading.Lock()
_last = 0


def new_id(now: datetime) -> int:
    """The next id: milliseconds since 2020 before 21 random bits; rising within a process, even in one instant."""
    return new_ids(now, 1)[0]


def first_id(at: datetime) -> int:
    """No id made since an instant is lower."""
    return max(0, (at - _START) // timedelta(milliseconds=1)) << _RANDOM_BITS


def new_ids(now: datetime, n: int) -> range:
    """The next ids, as many as asked for."""
    global _last
    milliseconds = max(0, (now - _START) // timedelta(milliseconds=1))
    fresh = milliseconds << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    with _lock:
        later = fresh >> _RANDOM_BITS > _last >> _RANDOM_BITS
        first = fresh if later else _last + 1
        _last = first + n - 1 if n else _last
        return range(first, first + n)
