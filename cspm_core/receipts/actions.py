"""Taking a receipt is one insert under a unique key, so that two workers cannot both be first."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, delete

from ..ids import new_id
from ..once import add_once
from .tables import Receipt


def first_time(session: Session, workspace_id: int, key: str, *, now: datetime) -> bool:
    """Whether this is the first request of that key; it is remembered when the caller commits."""
    return add_once(session, Receipt(workspace_id=workspace_id, id=new_id(now), key=key, at=now))


def forget(session: Session, workspace_id: int, key: str) -> None:
    """It did not happen after all: the next request of that key is the first again."""
    session.exec(delete(Receipt).where(col(Receipt.workspace_id) == workspace_id, col(Receipt.key) == key))
