"""Statements as the driver takes them: one text for both databases, tuples in and tuples out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from ..store import EPOCH, microseconds


def run(session: Session, sql: str, given: Sequence[Any] | list[tuple[Any, ...]]) -> Any:
    """Run a statement with `?` where values go, once, or once for each tuple of a list; its rows."""
    text = sql if is_sqlite(session) else sql.replace("?", "%s")
    return session.connection().exec_driver_sql(text, given if isinstance(given, list) else tuple(given))


def is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def marks(many: Sequence[Any] | dict[Any, Any]) -> str:
    """So many places for values."""
    return ", ".join("?" * len(many))


def bound(session: Session) -> Callable[[datetime | None], Any]:
    """How this database's driver takes an instant."""
    if is_sqlite(session):
        return lambda at: None if at is None else microseconds(at)
    return lambda at: at


def instant(value: Any) -> datetime | None:
    """An instant as a driver gave it."""
    if value is None:
        return None
    return EPOCH + timedelta(microseconds=value) if isinstance(value, int) else value.astimezone(UTC)
