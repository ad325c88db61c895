"""Changing one crisis: its escalation is held meanwhile, so that of two who come at once the second sees the first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select, update

from .. import errors, people
from ..escalations import Escalation, Happened, Origin, changing, telling
from ..people import Team
from . import telling as own
from .tables import Crisis


def load(session: Session, workspace_id: int, crisis_id: int) -> tuple[Crisis, Escalation, Team]:
    """A crisis, its escalation and the team that has it now, which nobody else changes until the transaction ends.

    Raises UnknownCrisis.
    """
    row = session.get(Crisis, (workspace_id, crisis_id))
    if row is None:
        raise errors.UnknownCrisis(str(crisis_id))
    one = changing.locked(session, workspace_id, row.escalation_id)
    session.refresh(row)
    return row, one, people.team(session, workspace_id, one.team_id)


def of_escalation(session: Session, workspace_id: int, escalation_id: int) -> Crisis | None:
    """The crisis of an escalation, if one has begun."""
    return session.exec(
        select(Crisis).where(Crisis.workspace_id == workspace_id, Crisis.escalation_id == escalation_id)
    ).first()


def change(session: Session, crisis: Crisis, **values: Any) -> None:
    """Write some columns. Raises Changed where another was faster."""
    written = {**values, "revision": crisis.revision + 1}
    done = session.exec(
        update(Crisis)
        .where(
            col(Crisis.workspace_id) == crisis.workspace_id,
            col(Crisis.id) == crisis.id,
            col(Crisis.revision) == crisis.revision,
        )
        .values(**written)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise errors.Changed
    for name, value in written.items():
        set_committed_value(crisis, name, value)


def told(
    session: Session,
    crisis: Crisis,
    one: Escalation,
    kind: Happened,
    *,
    origin: Origin,
    now: datetime,
    by: int | None = None,
    key: str = "",
    in_thread: bool = True,
    **facts: Any,
) -> None:
    """A line in the timeline and the thread; every message of the crisis is drawn anew."""
    event = changing.note(session, one, kind, origin, now=now, by=by, key=key, **facts)
    if in_thread:
        telling.line(session, one, event, now=now)
    own.redraw(session, crisis)
