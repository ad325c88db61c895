"""Bringing a database to the newest step, and telling whether it is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlmodel import Session

from cspm_core import people
from cspm_core.store import Store

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
ONE_AT_A_TIME = 0x6373706D
"""The number of PostgreSQL's advisory lock: `cspm` in ASCII."""


class FromNewerVersion(Exception):
    """The database stands at a step that this version does not have yet."""

    def __init__(self, step: str) -> None:
        super().__init__(step)
        self.step = step


@dataclass(frozen=True)
class Migrated:
    """From which step to which; the same when there was nothing to do."""

    before: str | None
    after: str


def migrate(store: Store, *, now: datetime) -> Migrated:
    """Bring the database to the newest step with its unclaimed workspace: all of it, or nothing.

    Raises FromNewerVersion.
    """
    with exclusively(store) as connection:
        before = _step(connection)
        know(before)
        command.upgrade(alembic(connection), "head")
        with Session(connection) as session:
            people.found_workspace(session, now=now)
            session.flush()
    return Migrated(before, newest())


def newest() -> str:
    """The last step there is."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    if head is None:
        raise RuntimeError("the migrations are not where they should be")
    return head


def know(step: str | None) -> None:
    """Raise FromNewerVersion where this version has no such step."""
    if step and step not in {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}:
        raise FromNewerVersion(step)


def standing(store: Store) -> str | None:
    """The step this database stands at; None: it was never migrated."""
    with store.reading() as session:
        return standing_of(session)


def standing_of(session: Session) -> str | None:
    """The same, of the database that a session is looking at."""
    return _step(session.connection())


def _step(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return MigrationContext.configure(connection).get_current_revision()


def alembic(connection: Connection) -> Config:
    """Alembic's settings, in code, so that an installed package needs no file in the folder it is run from."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def exclusively(store: Store) -> Iterator[Connection]:
    """One transaction that nobody else migrates beside. SQLite's foreign keys rest, since it changes tables by copying.

    Raises ValueError where the rows that are left point at rows that are not there.
    """
    with store.engine.connect() as connection:
        if store.dialect == "sqlite":
            yield from _sqlite(connection)
        else:
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": ONE_AT_A_TIME})
                yield connection


def _sqlite(connection: Connection) -> Iterator[Connection]:
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.cursor().execute("PRAGMA foreign_keys = OFF")  # has no effect inside a transaction
    try:
        with connection.begin():
            yield connection
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise ValueError("a migration left rows that point at nothing")
    finally:
        driver.cursor().execute("PRAGMA foreign_keys = ON")
