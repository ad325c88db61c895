"""The database: one engine, one way to write, one way to read, one kind of instant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Connection, DateTime, Dialect, Engine, TypeDecorator, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, Session, SQLModel

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Utc(TypeDecorator[datetime]):
    """An aware instant, kept in UTC: integer microseconds on SQLite, timestamptz on PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone cannot be stored")
        return microseconds(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return EPOCH + timedelta(microseconds=value) if dialect.name == "sqlite" else value.astimezone(UTC)


def microseconds(at: datetime) -> int:
    """Whole microseconds since 1970 of an aware instant."""
    return (at - EPOCH) // MICROSECOND


class Row(SQLModel):
    """What every table begins with: the workspace it belongs to and a time-ordered id made by `ids.new_id`."""

    workspace_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})


def normalise(url: str) -> str:
    """A database URL as SQLAlchemy wants it: hosts hand out `postgres://`, and the driver is psycopg 3."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


class Store:
    """One database. `transaction()` is the only commit of the house; `reading()` cannot write."""

    def __init__(self, url: str, *, pool_size: int = 40) -> None:
        """Open lazily; `pool_size` should be at least the number of threads that listen."""
        self.engine = _engine(make_url(normalise(url)).render_as_string(hide_password=False), pool_size)
        self._writer = self.engine.execution_options(**_WRITES[self.dialect])
        self._reader = self.engine.execution_options(**_READS[self.dialect])

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Commit on the way out, roll back on an exception."""
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view of the store that refuses to write."""
        with Session(self._reader, expire_on_commit=False, autoflush=False) as session, session.begin():
            yield session

    @contextmanager
    def apart(self) -> Iterator[Store]:
        """The same database over a connection of its own with room for many pages: for writing very much."""
        own = Store(self.engine.url.render_as_string(hide_password=False), pool_size=1)
        if own.dialect == "sqlite":
            event.listen(own.engine, "connect", _make_room)
        try:
            yield own
        finally:
            own.close()

    def close(self) -> None:
        self.engine.dispose()


# A transaction that reads and then writes must begin IMMEDIATE: with a plain BEGIN the upgrade of its lock fails at
# once when another has written in between, whatever the busy timeout says.
_WRITES: Mapping[str, Mapping[str, Any]] = {"sqlite": {"begins": "IMMEDIATE"}, "postgresql": {}}
_READS: Mapping[str, Mapping[str, Any]] = {
    "sqlite": {"begins": "DEFERRED"},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}


def _engine(url: str, pool_size: int) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=pool_size, max_overflow=0, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(url, pool_size=pool_size, max_overflow=0, connect_args={"timeout": 30}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Leave BEGIN to us (the driver opens none before DDL), let readers and a writer work side by side."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA busy_timeout = 30000")


def _make_room(connection: Any, _record: Any) -> None:
    """64 MB of pages in memory and as many in the log: a page that changes again and again is moved once."""
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA wal_autocheckpoint = 16384")


def _begin_sqlite(connection: Connection) -> None:
    begins = connection.get_execution_options().get("begins", "IMMEDIATE")
    connection.connection.cursor().execute(f"PRAGMA query_only = {int(begins == 'DEFERRED')}")
    connection.exec_driver_sql(f"BEGIN {begins}")
