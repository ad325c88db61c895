"""Many workspaces in one database, and a PostgreSQL that Citus can distribute by workspace."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint

import cspm_core
from cspm_core import tables

OF_THE_INSTALLATION = {"alembic_version", "lease", "slack_bots", "slack_installations", "slack_oauth_states"}
"""Tables that belong to no workspace."""

DISTRIBUTED = [table for table in tables.METADATA.sorted_tables if table.name not in OF_THE_INSTALLATION]
each_table = pytest.mark.parametrize("table", DISTRIBUTED, ids=lambda table: table.name)


def test_every_table_of_the_core_is_declared_in_one_place() -> None:
    named = {getattr(thing, "__table__", None) is not None and thing.__table__.name for thing in vars(tables).values()}
    for module in pkgutil.walk_packages(cspm_core.__path__, "cspm_core."):
        importlib.import_module(module.name)
    assert {table.name for table in tables.METADATA.sorted_tables} <= named


@each_table
def test_the_primary_key_is_the_workspace_and_the_id(table: Table) -> None:
    assert [column.name for column in table.primary_key.columns] == ["workspace_id", "id"]


@each_table
def test_unique_keys_and_indexes_begin_with_the_workspace(table: Table) -> None:
    unique = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
    for key in [*unique, *table.indexes]:
        assert next(iter(key.columns)).name == "workspace_id", key.name


@each_table
def test_foreign_keys_stay_within_a_workspace(table: Table) -> None:
    for key in (c for c in table.constraints if isinstance(c, ForeignKeyConstraint)):
        pairs = [(element.parent.name, element.column.name) for element in key.elements]
        assert pairs[0] == ("workspace_id", "workspace_id"), key.name
        assert not any(column.foreign_keys and len(key.elements) == 1 for column in key.columns), key.name


def test_there_is_something_to_check() -> None:
    assert {"ticket", "team", "member", "notice"} <= {table.name for table in DISTRIBUTED}
