"""Who may beat: one holder at a time, however many workers run; another takes over when it falls silent."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlmodel import Field, Session, SQLModel, col, delete, update

from .once import add_once
from .store import Utc


class Lease(SQLModel, table=True):
    """Belongs to the installation, not to a workspace."""

    name: str = Field(primary_key=True)
    holder: str = ""
    until: datetime = Field(sa_type=Utc)


def hold(session: Session, name: str, holder: str, *, now: datetime, ttl: timedelta) -> bool:
    """Take or keep the lease until now + ttl; False where another holds it. `now` is real time."""
    taken = session.exec(
        update(Lease)
        .where(col(Lease.name) == name, or_(col(Lease.holder) == holder, col(Lease.until) < now))
        .values(holder=holder, until=now + ttl)
    )
    return taken.rowcount == 1 or add_once(session, Lease(name=name, holder=holder, until=now + ttl))


def is_settled(session: Session, name: str, holder: str, *, now: datetime, ttl: timedelta) -> bool | None:
    """Whether somebody holds the lease, where that needs no writing: it is theirs for another half of its time (True),
    or another's (False). None: it has to be taken or kept."""
    row = session.get(Lease, name)
    if row is None or row.until < now:
        return None
    if row.holder != holder:
        return False
    return True if row.until >= now + ttl / 2 else None


def let_go(session: Session, name: str, holder: str) -> None:
    """Give the lease back, so that another need not wait until it runs out."""
    session.exec(delete(Lease).where(col(Lease.name) == name, col(Lease.holder) == holder))
