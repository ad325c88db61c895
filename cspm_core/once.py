"""Writing a row that must be there once: the unique keys decide, whoever comes first."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel
from sqlmodel.sql.expression import SelectOfScalar

R = TypeVar("R", bound=SQLModel)


def add_once(session: Session, row: SQLModel) -> bool:
    """Insert a table row unless one with a key of its own stands already; whether it was inserted."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    adding = insert(type(row)).values(**row.model_dump()).on_conflict_do_nothing()
    return session.connection().execute(adding.returning(literal_column("1"))).first() is not None


def the_one(session: Session, query: SelectOfScalar[R], fresh: R) -> R:
    """The row that a query by a unique key finds; where there is none, the fresh one is put there for all to find."""
    found = session.exec(query).first()
    if found is None:
        add_once(session, fresh)
        found = session.exec(query).one()
    return found
