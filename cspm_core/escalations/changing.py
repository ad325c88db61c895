"""Changing one escalation: read under a lock, written on the revision that was read, noted in its timeline."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, tuple_, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from .. import errors
from ..ids import new_id
from ..once import add_once
from .rules import Happened, Origin, Status, earliest
from .tables import Escalation, EscalationEvent

CLOCKS = ("acknowledged_until", "asked_until", "snoozed_until", "handed_due_at", "promise_warn_at", "check_back_at")


def locked(session: Session, workspace_id: int, escalation_id: int) -> Escalation:
    """One escalation, which nobody else changes until the transaction ends. Raises UnknownEscalation."""
    row = session.exec(
        select(Escalation)
        .where(Escalation.workspace_id == workspace_id, Escalation.id == escalation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise errors.UnknownEscalation(str(escalation_id))
    return row


def locked_all(session: Session, ids: Sequence[tuple[int, int]]) -> list[Escalation]:
    """Some escalations, which nobody else changes until the transaction ends, always locked in the same order."""
    keys = tuple_(col(Escalation.workspace_id), col(Escalation.id))
    return list(
        session.exec(
            select(Escalation)
            .where(keys.in_(ids))
            .order_by(col(Escalation.workspace_id), col(Escalation.id))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def change(session: Session, escalation: Escalation, **values: Any) -> None:
    """Write some columns, and when it has to be looked at next. Raises Changed where another was faster."""
    found = {name: values.get(name, getattr(escalation, name)) for name in (*CLOCKS, "next_step_at", "status")}
    climbs = found["status"] == Status.OPEN and found["snoozed_until"] is None
    clocks = [found[name] for name in CLOCKS]
    written = {
        **values,
        "next_at": earliest([*clocks, found["next_step_at"] if climbs else None]),
        "revision": escalation.revision + 1,
    }
    keys = {"is_workspace": escalation.workspace_id, "is_id": escalation.id, "is_revision": escalation.revision}
    done = session.connection().execute(_writing(tuple(written)), {**written, **keys})
    if done.rowcount != 1:
        raise errors.Changed
    for name, value in written.items():
        set_committed_value(escalation, name, value)


@cache
def _writing(columns: tuple[str, ...]) -> Update:
    """The statement that writes some columns, made once."""
    table = Escalation.__table__  # type: ignore[attr-defined]
    return (
        update(table)
        .where(
            table.c.workspace_id == bindparam("is_workspace"),
            table.c.id == bindparam("is_id"),
            table.c.revision == bindparam("is_revision"),
        )
        .values({name: bindparam(name) for name in columns})
    )


def note(
    session: Session,
    escalation: Escalation,
    kind: Happened,
    origin: Origin,
    /,
    *,
    now: datetime,
    by: int | None = None,
    key: str = "",
    **facts: Any,
) -> EscalationEvent | None:
    """One more line of its timeline; None where a line of that key stands already."""
    row_id = new_id(now)
    event = EscalationEvent(
        workspace_id=escalation.workspace_id,
        id=row_id,
        escalation_id=escalation.id,
        key=key or str(row_id),
        at=now,
        kind=kind.value,
        by=by,
        origin=origin.value,
        facts=json.dumps(facts, separators=(",", ":"), ensure_ascii=False, default=_plain),
    )
    return event if add_once(session, event) else None


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
