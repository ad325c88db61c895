"""Writing a row that must be there once: the unique keys decide, whoever comes first."""

from __future__ import annotations

from sqlalchemy import literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def add_once(session: Session, row: SQLModel) -> bool:
    """Insert a table row unless one with a key of its own stands already; whether it was inserted."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    adding = insert(type(row)).values(**row.model_dump()).on_conflict_do_nothing()
    return session.connection().execute(adding.returning(literal_column("1"))).first() is not None
