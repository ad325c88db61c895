"""Who may beat: one holder at a time, however many workers run; another takes over when it falls silent."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlmodel import Field, Session, SQLModel, col, delete, select, update

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


def note(session: Session, name: str, *, at: datetime) -> None:
    """Remember an instant of the installation under a name; the latest is kept. `at` is real time."""
    again = session.exec(update(Lease).where(col(Lease.name) == name, col(Lease.until) < at).values(until=at))
    if not again.rowcount:
        add_once(session, Lease(name=name, until=at))


def noted(session: Session, prefix: str) -> dict[str, datetime]:
    """What was remembered under names that begin so, by the rest of the name."""
    rows = session.exec(select(Lease).where(col(Lease.name).startswith(prefix, autoescape=True)))
    return {row.name.removeprefix(prefix): row.until for row in rows}
