"""Writing a row that must be there once: the unique keys decide, whoever comes first."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from sqlalchemy import literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel
from sqlmodel.sql.expression import SelectOfScalar

R = TypeVar("R", bound=SQLModel)


def add_once(session: Session, row: SQLModel) -> bool:
    """Insert a table row unless one with a key of its own stands already; whether it was inserted."""
    adding, columns = _adding(type(row), session.get_bind().dialect.name)
    return session.connection().execute(adding, {name: getattr(row, name) for name in columns}).first() is not None


@cache
def _adding(table: type[SQLModel], dialect: str) -> tuple[Any, tuple[str, ...]]:
    """The statement, made once, and the columns that it takes."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    columns = tuple(table.__table__.columns.keys())  # type: ignore[attr-defined]
    made: Any = insert(table.__table__).on_conflict_do_nothing().returning(literal_column("1"))  # type: ignore[attr-defined]
    return made, columns


def the_one(session: Session, query: SelectOfScalar[R], fresh: R) -> R:
    """The row that a query by a unique key finds; where there is none, the fresh one is put there for all to find."""
    found = session.exec(query).first()
    if found is None:
        add_once(session, fresh)
        found = session.exec(query).one()
    return found
