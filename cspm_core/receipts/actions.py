"""Taking a receipt is one insert under a unique key, so that two workers cannot both be first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete

from ..ids import new_id
from .tables import Receipt


def first_time(session: Session, workspace_id: int, key: str, *, now: datetime) -> bool:
    """Whether this is the first request of that key; it is remembered when the caller commits."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    done = session.exec(
        insert(Receipt)
        .values(workspace_id=workspace_id, id=new_id(now), key=key, at=now)
        .on_conflict_do_nothing(index_elements=["workspace_id", "key"])
    )
    return bool(done.rowcount)


def forget(session: Session, workspace_id: int, key: str) -> None:
    """It did not happen after all: the next request of that key is the first again."""
    session.exec(delete(Receipt).where(col(Receipt.workspace_id) == workspace_id, col(Receipt.key) == key))
