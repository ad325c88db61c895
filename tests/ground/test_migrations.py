"""The steps lead to just the declared tables, on each database; and `migrate` can be run as often as one likes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlmodel import select

from bot.running import database
from cspm_core import people
from cspm_core.people import Team, Workspace
from cspm_core.store import Store
from cspm_core.tables import METADATA


def wipe(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A database without a table."""
    if request.param == "sqlite":
        store = Store(f"sqlite:///{tmp_path / 'empty.db'}")
    else:
        store = Store(request.getfixturevalue("postgres_url"))
        wipe(store)
    yield store
    store.close()


def shape(engine: Engine) -> dict[str, Any]:
    """Everything a database says of its tables, but Alembic's own."""
    seen = inspect(engine)
    return {
        table: {
            "columns": {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in seen.get_columns(table)},
            "primary key": seen.get_pk_constraint(table)["constrained_columns"],
            "unique": sorted((u["name"], u["column_names"]) for u in seen.get_unique_constraints(table)),
            "foreign": sorted(
                (f["name"], f["constrained_columns"], f["referred_table"], f["referred_columns"])
                for f in seen.get_foreign_keys(table)
            ),
            "indexes": indexes(engine, table),
        }
        for table in seen.get_table_names()
        if table != "alembic_version"
    }


def indexes(engine: Engine, table: str) -> list[str]:
    """As written, so that the conditions of partial indexes count too."""
    told = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :name AND sql IS NOT NULL",
        "postgresql": "SELECT indexdef FROM pg_indexes WHERE tablename = :name",
    }[engine.dialect.name]
    with engine.connect() as connection:
        return sorted(re.sub(r"\s+", " ", row[0]) for row in connection.execute(text(told), {"name": table}))


def test_the_steps_lead_to_the_declared_tables(empty: Store, now: datetime, tmp_path: Path) -> None:
    database.migrate(empty, now=now)
    migrated = shape(empty.engine)
    if empty.dialect == "sqlite":
        declared = Store(f"sqlite:///{tmp_path / 'declared.db'}")
    else:
        declared = empty
        wipe(empty)
    METADATA.create_all(declared.engine)
    wanted = shape(declared.engine)
    declared.close()
    assert migrated == wanted


def test_alembic_sees_nothing_left_to_do(empty: Store, now: datetime) -> None:
    """`make migration` would draft nothing."""
    database.migrate(empty, now=now)
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_there_is_one_line_of_steps() -> None:
    steps = ScriptDirectory(str(database.MIGRATIONS))
    assert len(steps.get_heads()) == 1
    assert len(steps.get_bases()) == 1


def test_a_new_database_gets_its_unclaimed_workspace(empty: Store, now: datetime) -> None:
    done = database.migrate(empty, now=now)
    assert (done.before, done.after) == (None, database.newest())
    assert database.standing(empty) == database.newest()
    with empty.reading() as session:
        only = people.workspace(session)
    assert only.slack_id is None
    assert only.id == only.workspace_id


def test_migrating_again_changes_nothing(empty: Store, now: datetime) -> None:
    database.migrate(empty, now=now)
    before = contents(empty)
    done = database.migrate(empty, now=now + timedelta(days=1))
    assert done.before == done.after
    assert contents(empty) == before


def contents(store: Store) -> list[Any]:
    with store.reading() as session:
        return [[row.model_dump() for row in session.exec(select(table)).all()] for table in (Workspace, Team)]


def test_an_unmigrated_database_says_so(empty: Store) -> None:
    assert database.standing(empty) is None


def test_a_step_that_fails_leaves_nothing_behind(empty: Store, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is one transaction, tables too."""

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("the power went out")

    monkeypatch.setattr(people, "found_workspace", fails)
    with pytest.raises(RuntimeError):
        database.migrate(empty, now=now)
    assert inspect(empty.engine).get_table_names() == []


def test_foreign_keys_hold_again_after_migrating(sqlite_store: Store, now: datetime) -> None:
    def enforced(connection: Connection) -> int:
        return int(connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one())

    with database.exclusively(sqlite_store) as connection:
        assert enforced(connection) == 0
    with sqlite_store.engine.connect() as connection:
        assert enforced(connection) == 1
