"""What the demo keeps beside its database between two starts, and the lock that lets it be open only once."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path


@dataclass
class Record:
    """A world that was seeded: its first day, how far its clock was turned, where its tickets are linked to."""

    opening: date
    opens_at: datetime
    offset_s: float
    links: str
    made_by: str

    @property
    def offset(self) -> timedelta:
        return timedelta(seconds=self.offset_s)


def maker() -> str:
    """Which seeds these are: worlds of others are not opened again."""
    here = Path(__file__).parent
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(here.rglob("*.py")))).hexdigest()


class Folder:
    """Where a demo lives. One process at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self._lock = sqlite3.connect(path / "open.lock", timeout=0, isolation_level=None, check_same_thread=False)

    @property
    def database(self) -> str:
        return f"sqlite:///{(self.path / 'fernhill.db').resolve().as_posix()}"

    def lock(self) -> bool:
        """Take it for this process; False where another has it. The system lets go when the process ends."""
        try:
            self._lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return False
        return True

    def unlock(self) -> None:
        self._lock.close()

    def read(self) -> Record | None:
        """What was kept of a world by these seeds, if there is one."""
        try:
            kept = json.loads((self.path / "world.json").read_text("utf-8"))
            record = Record(**kept | {
                "opening": date.fromisoformat(kept["opening"]), "opens_at": datetime.fromisoformat(kept["opens_at"]),
            })  # fmt: skip
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return record if record.made_by == maker() else None

    def write(self, record: Record) -> None:
        text = json.dumps(asdict(record), default=lambda at: at.isoformat(), indent=2)
        fresh = self.path / "world.new"
        fresh.write_text(text, "utf-8")
        fresh.replace(self.path / "world.json")

    def empty(self) -> None:
        """Forget the world; what somebody else put into the folder stays."""
        for name in ("world.json", "fernhill.db", "fernhill.db-wal", "fernhill.db-shm"):
            (self.path / name).unlink(missing_ok=True)
