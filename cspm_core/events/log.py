"""The log of events as the driver takes it: written once, read whole, and which tickets it has run ahead of."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlmodel import Session, col, func, select

from ..ids import first_id, new_ids
from ..people import Team
from ..store import EPOCH
from .driver import bound, instant, is_sqlite, marks, run
from .rules import Event
from .tables import TicketBehind

COLUMNS = ("event_key", "ticket_key", "at", "kind", "actor", "actor_kind", "value")
_NOTHING = "{}"
_TICKET_AND_KEY = itemgetter(5, 4)
"""Of a row as it is inserted."""
_written = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


@dataclass(frozen=True)
class Written:
    """What became of some events. `contradicting`: places of those whose id is known with another content."""

    new: int
    known: int
    contradicting: tuple[int, ...]


def write(
    session: Session,
    team: Team,
    told: Sequence[Event],
    scoped: Mapping[str, int],
    *,
    now: datetime,
    dry_run: bool = False,
) -> Written:
    """Write down those that are new. `scoped`: where each ticket's key is unique."""
    stands = _known(session, team, told)
    fresh: list[Event] = []
    known, contradicting = 0, []
    for n, one in enumerate(told):
        before = stands.setdefault((one.ticket_key, one.id), one)
        if before is one:
            fresh.append(one)
        elif before == one:
            known += 1
        else:
            contradicting.append(n)
    if not dry_run:
        _insert(session, team, fresh, scoped, now)
    return Written(len(fresh), known, tuple(contradicting))


def _insert(session: Session, team: Team, told: Sequence[Event], scoped: Mapping[str, int], now: datetime) -> None:
    columns = ("workspace_id", "id", "team_id", "scope", *COLUMNS)
    sql = f"""INSERT INTO ticket_event ({", ".join(columns)}) VALUES ({marks(columns)})
        ON CONFLICT DO NOTHING"""  # noqa: S608 - our own names
    as_given = bound(session)
    lines = [
        (
            *(team.workspace_id, fresh, team.id, scoped[one.ticket_key], one.id, one.ticket_key, as_given(one.at)),
            *(one.kind, one.actor, one.actor_kind, _said(one)),
        )
        for fresh, one in zip(new_ids(now, len(told)), told, strict=True)
    ]
    if lines:
        run(session, sql, sorted(lines, key=_TICKET_AND_KEY))  # one order: writers never deadlock


def _said(event: Event) -> str:
    return _written(dict(event.said)) if event.said else _NOTHING


def _known(session: Session, team: Team, told: Sequence[Event]) -> dict[tuple[str, str], Event]:
    """Those that stand already, by ticket and id."""
    asked = {(one.ticket_key, one.id): None for one in told}
    if not asked:
        return {}
    pairs = ", ".join(["(?, ?)"] * len(asked))
    sql = f"""SELECT {", ".join(COLUMNS)} FROM ticket_event
        WHERE workspace_id = ? AND team_id = ? AND (ticket_key, event_key) IN (VALUES {pairs})"""  # noqa: S608
    given = (team.workspace_id, team.id, *(part for pair in asked for part in pair))
    found = run(session, sql, given)
    events = (_event(row) for row in found)
    return {(one.ticket_key, one.id): one for one in events}


def told(session: Session, team: Team, ticket_keys: Sequence[str]) -> dict[str, list[Event]]:
    """Every event of some tickets, by ticket, in the order of arrival."""
    found: dict[str, list[Event]] = {}
    if not ticket_keys:
        return found
    sql = f"""SELECT {", ".join(COLUMNS)} FROM ticket_event
        WHERE workspace_id = ? AND team_id = ? AND ticket_key IN ({marks(ticket_keys)}) ORDER BY id
        """  # noqa: S608 - our own names
    given = (team.workspace_id, team.id, *ticket_keys)
    for row in run(session, sql, given):
        found.setdefault(row[1], []).append(_event(row))
    return found


def _event(row: Sequence[Any]) -> Event:
    key, ticket, at, kind, actor, actor_kind, value = row
    said = {} if value == _NOTHING else json.loads(value)
    return Event(key, ticket, instant(at) or EPOCH, kind, actor, actor_kind, said)


def run_ahead(session: Session, team: Team, ticket_keys: Sequence[str], *, now: datetime) -> None:
    """Say that these tickets' facts do not tell all of the log; whoever works on one of them is waited for."""
    sql = """INSERT INTO ticket_behind (workspace_id, id, team_id, ticket_key) VALUES (?, ?, ?, ?)
        ON CONFLICT (workspace_id, team_id, ticket_key) DO UPDATE SET id = excluded.id"""
    ids = new_ids(now, len(ticket_keys))
    lines = [
        (team.workspace_id, fresh, team.id, key)
        for fresh, key in zip(ids, sorted(ticket_keys), strict=True)  # one order: no deadlock
    ]
    if lines:
        run(session, sql, lines)


def behind(session: Session, team: Team, limit: int) -> list[str]:
    """Some of the tickets whose facts are behind, for this transaction alone."""
    skipping = "" if is_sqlite(session) else "FOR UPDATE SKIP LOCKED"
    sql = f"""SELECT ticket_key FROM ticket_behind WHERE workspace_id = ? AND team_id = ?
        ORDER BY ticket_key LIMIT {limit:d} {skipping}"""  # noqa: S608 - our own words
    return [row[0] for row in run(session, sql, (team.workspace_id, team.id))]


def count_behind(session: Session, workspace_id: int, team_id: int) -> int:
    """How many tickets of a team are behind."""
    sql = "SELECT count(*) FROM ticket_behind WHERE workspace_id = ? AND team_id = ?"
    return int(run(session, sql, (workspace_id, team_id)).scalar_one())


def caught_up(session: Session, team: Team, ticket_keys: Sequence[str]) -> None:
    """Say that these tickets' facts tell everything."""
    sql = f"""DELETE FROM ticket_behind WHERE workspace_id = ? AND team_id = ?
        AND ticket_key IN ({marks(ticket_keys)})"""  # noqa: S608 - our own names
    if ticket_keys:
        run(session, sql, (team.workspace_id, team.id, *ticket_keys))


def left_behind(session: Session, *, before: datetime) -> list[tuple[int, int]]:
    """Teams (workspace, team) whose log was broken off: tickets are behind, and none came to them since `before`."""
    team = col(TicketBehind.workspace_id), col(TicketBehind.team_id)
    query = select(*team).group_by(*team).having(func.max(TicketBehind.id) < first_id(before))
    return [(workspace_id, team_id) for workspace_id, team_id in session.exec(query)]
