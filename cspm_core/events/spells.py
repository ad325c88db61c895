"""Customers' waits as rows: those of a ticket are replaced by what its events say now. Callers commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

import numpy as np
from sqlmodel import Session, col, select

from ..calendars import Calendar
from ..ids import new_id, new_ids
from ..once import add_once
from ..people import Identity, Team, fold
from ..store import microseconds
from ..tickets import days
from .driver import bound, marks, run
from .waits import Span, Wait

SAID = ("team_id", "agent_id", "ended_at", "closed_at", "business_s", "calendar_version")
KEY = ("workspace_id", "ticket_id", "started_at")


def worked(calendar: Calendar, spans: Sequence[Span]) -> list[int]:
    """The working seconds of each span."""
    ends = np.array([(microseconds(a), microseconds(b)) for a, b in spans], dtype=np.int64).reshape(-1, 2) // 1_000_000
    counted: list[int] = calendar.business_seconds_many(ends[:, 0], ends[:, 1]).tolist()
    return counted


def replace(
    session: Session, team: Team, calendar: Calendar, waits: Mapping[int, Sequence[Wait]], *, now: datetime
) -> None:
    """Make the waits of these tickets (by id) what is given: what stands already as it should is not touched."""
    stands = _standing(session, team, list(waits))
    wanted = _wanted(session, team, calendar, waits, now)
    gone = [key for key in stands if key not in wanted]
    fresh = [(key, said) for key, said in sorted(wanted.items()) if stands.get(key) != said]
    _delete(session, team, gone)
    _write(session, team, fresh, now)
    if moved := [key[1] for key in gone] + [key[1] for key, _ in fresh]:
        days.forget(session, team.workspace_id, team.id, [_micro(at) for at in moved])


def _standing(session: Session, team: Team, ids: Sequence[int]) -> dict[tuple[int, Any], tuple[Any, ...]]:
    if not ids:
        return {}
    sql = f"""SELECT ticket_id, started_at, {", ".join(SAID)} FROM waiting_spell
        WHERE workspace_id = ? AND ticket_id IN ({marks(ids)})"""  # noqa: S608 - our own names
    return {(row[0], row[1]): tuple(row[2:]) for row in run(session, sql, (team.workspace_id, *ids))}


def _wanted(
    session: Session, team: Team, calendar: Calendar, waits: Mapping[int, Sequence[Wait]], now: datetime
) -> dict[tuple[int, Any], tuple[Any, ...]]:
    """Each wait by ticket and beginning, as the driver takes it."""
    flat = [(ticket, one) for ticket, some in waits.items() for one in some]
    agents = named(session, team.workspace_id, {one.agent for _, one in flat if one.agent}, now=now)
    answered = [(one.started_at, one.ended_at) for _, one in flat if one.ended_at is not None]
    counted, as_given = iter(worked(calendar, answered)), bound(session)
    made = {}
    for ticket, one in flat:
        passed = next(counted) if one.ended_at is not None else None
        ends = (as_given(one.ended_at), as_given(one.closed_at))
        said = (team.id, agents.get(one.agent), *ends, passed, team.calendar_version)
        made[ticket, as_given(one.started_at)] = said
    return made


def _delete(session: Session, team: Team, keys: Sequence[tuple[int, Any]]) -> None:
    sql = "DELETE FROM waiting_spell WHERE workspace_id = ? AND ticket_id = ? AND started_at = ?"
    if keys:
        run(session, sql, [(team.workspace_id, *key) for key in keys])


def _write(
    session: Session, team: Team, lines: Sequence[tuple[tuple[int, Any], tuple[Any, ...]]], now: datetime
) -> None:
    columns = ("id", *KEY, *SAID)
    sets = ", ".join(f"{name} = excluded.{name}" for name in SAID)
    sql = f"""INSERT INTO waiting_spell ({", ".join(columns)}) VALUES ({marks(columns)})
        ON CONFLICT ({", ".join(KEY)}) DO UPDATE SET {sets}"""  # noqa: S608 - our own names
    if lines:
        ids = new_ids(now, len(lines))
        run(
            session,
            sql,
            [(fresh, team.workspace_id, *key, *said) for fresh, (key, said) in zip(ids, lines, strict=True)],
        )


def _micro(at: Any) -> int:
    return at if isinstance(at, int) else microseconds(at)


def named(session: Session, workspace_id: int, names: set[str], *, now: datetime) -> dict[str, int]:
    """The identity behind each name as written, made on first sight."""
    keys = {fold(name): name for name in names if fold(name)}
    found = _identities(session, workspace_id, keys)
    if missing := sorted(keys.keys() - found.keys()):
        for key in missing:
            name = " ".join(keys[key].split())
            add_once(session, Identity(workspace_id=workspace_id, id=new_id(now), key=key, name=name))
        found = _identities(session, workspace_id, keys)
    return {name: found[fold(name)] for name in names if fold(name) in found}


def _identities(session: Session, workspace_id: int, keys: Mapping[str, str]) -> dict[str, int]:
    query = select(Identity.key, Identity.id).where(Identity.workspace_id == workspace_id)
    return dict(session.exec(query.where(col(Identity.key).in_(keys))).all()) if keys else {}


def summed(calendar: Calendar, spans: Sequence[Sequence[Span]]) -> list[int]:
    """The working seconds of each of several lists of spans."""
    counted = iter(worked(calendar, list(chain.from_iterable(spans))))
    return [sum(next(counted) for _ in some) for some in spans]
