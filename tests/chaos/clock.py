"""One clock for a parent and its workers: real time and an offset that stands in a file they all have mapped."""

from __future__ import annotations

import mmap
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

_OFFSET = struct.Struct("<d")


class TurnedClock:
    """Goes on by itself; whoever turns it turns it for everybody who has the same file. Eight bytes change at once."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(_OFFSET.pack(0.0))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _OFFSET.size)

    def __call__(self) -> datetime:
        (offset,) = _OFFSET.unpack(self._map[:])
        return datetime.now(UTC) + timedelta(seconds=offset)

    def turn_to(self, at: datetime) -> None:
        """Forward to an instant; never back."""
        if at > self():
            self.set_to(at)

    def set_to(self, at: datetime) -> None:
        """Wherever it stood."""
        self._map[:] = _OFFSET.pack((at - datetime.now(UTC)).total_seconds())
