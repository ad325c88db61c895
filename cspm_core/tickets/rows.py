"""Ticket rows as the drivers take them: instants as integers of microseconds on both databases, one way to write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlmodel import Session

from ..store import EPOCH, microseconds
from .rules import DUE

KEYS = ("workspace_id", "id", "scope", "key")
# fmt: off
SAID = (
    "created_at", "channel", "queue", "priority", "category", "language", "customer", "organisation", "tier",
    "opened_by", "status", "handed_off_at", "first_response_at", "first_response_due_at", "first_solved_at",
    "solved_at", "reopened_at", "resolution_due_at", "reopens", "early_reopens", "public_replies", "repliers",
    "customer_messages", "transfers", "group_transfers", "requester_wait_s", "agent_work_s",
    "requester_wait_business_s", "agent_work_business_s", "csat", "csat_scale", "csat_sent_at", "csat_at",
    "csat_comment", "subject", "url", "tags",
)
"""Columns that are said by the source, by the names of `TicketFacts`."""
FOLLOWS = (
    "team_id", "agent_id", "first_responder_id", "is_answered", "is_solved", "left_out", "set_aside", "csat_good",
    "csat_score", "first_response_target_at", "resolution_target_at", "first_response_business_s",
    "resolution_business_s", "calendar_version",
)
# fmt: on
COMPARED = (*SAID, *FOLLOWS)
"""What makes a ticket another than it was, in the order of the rows' values."""
COLUMNS = (*KEYS, *COMPARED, "known_at")
INSTANTS = frozenset(name for name in COLUMNS if name.endswith("_at"))
TRUTHS = ("is_answered", "is_solved", "csat_good")
"""Rows have 1 and 0 for true and false: SQLite's driver takes integers three times as fast."""
COUNTED = ("first_response_target_at", "resolution_target_at", "first_response_business_s", "resolution_business_s")
"""What a calendar or a target changes."""
TOUCHED = (
    "created_at", "first_response_at", "first_solved_at", "solved_at", "csat_sent_at", "csat_at", "reopened_at",
    "first_response_target_at", "resolution_target_at",
)  # fmt: skip
"""The instants on whose days a ticket stands; one past due stands on the day it was due."""
RECOUNTED_FROM = (*dict.fromkeys(("priority", "set_aside", *TOUCHED, *DUE, *COUNTED)),)
"""What is read to count working time and targets again."""
NULLABLE = ("csat", "csat_scale", "csat_comment")
"""Texts that are null where nothing was said."""
COPIED_FROM = 50
"""So many rows at once are worth a COPY."""

Values = tuple[Any, ...]
Same = int | str | None
"""A value of our own that all rows have."""


class Known(NamedTuple):
    """A ticket that stands already; `values` are those of `COMPARED`, instants in microseconds."""

    id: int
    known_at: int
    values: Values


def as_fact(name: str, value: Any) -> Any:
    """A column's value as `TicketFacts` has it."""
    if name in INSTANTS:
        return instant(value)
    return value or "" if name in NULLABLE else value


def bound(at: datetime | None) -> int | None:
    """An instant as rows have it."""
    return None if at is None else microseconds(at)


def instant(value: int | None) -> datetime | None:
    """An instant of a row."""
    return None if value is None else EPOCH + timedelta(microseconds=value)


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _statement(session: Session, sql: str) -> str:
    return sql if _is_sqlite(session) else sql.replace("?", "%s")


def _read(names: Iterable[str], is_sqlite: bool) -> str:
    """Columns as they are read: instants as integers."""
    if is_sqlite:
        return ", ".join(names)
    return ", ".join(f"(extract(epoch from {n}) * 1000000)::bigint" if n in INSTANTS else n for n in names)


def _taken(name: str, value: str, is_sqlite: bool) -> str:
    """A value as it is written: PostgreSQL makes the instant out of the integer, exactly."""
    if is_sqlite or name not in (*INSTANTS, *TRUTHS):
        return value
    if name in TRUTHS:
        return f"{value}::int::boolean"
    return f"timestamptz 'epoch' + {value}::bigint * interval '1 microsecond'"


def standing(session: Session, workspace_id: int, scope: int, keys: Sequence[str]) -> dict[str, Known]:
    """The tickets that are known by these keys, by key."""
    if not keys:
        return {}
    marks = ", ".join("?" * len(keys))
    sql = f"""
        SELECT key, id, {_read(("known_at", *COMPARED), _is_sqlite(session))} FROM ticket
        WHERE workspace_id = ? AND scope = ? AND key IN ({marks})"""  # noqa: S608 - our own names only
    found = session.connection().exec_driver_sql(_statement(session, sql), (workspace_id, scope, *keys))
    assert found.cursor is not None
    return {row[0]: Known(row[1], row[2], tuple(row[3:])) for row in found.cursor.fetchall()}


def write(
    session: Session, names: Sequence[str], new: Sequence[Values], changed: Sequence[Values], same: Mapping[str, Same]
) -> int | None:
    """Insert tickets that do not stand and overwrite others; what is known later stays as it is.

    Each row has the values of `names`; `same` are the columns that are alike in all rows. Together they are `COLUMNS`.
    Gives how many were inserted, where another writer may have come between (PostgreSQL).
    """
    if not _is_sqlite(session):
        return _write_postgres(session, names, (*new, *changed), same) if new or changed else None
    # One writer at a time: what does not stand cannot come between. A mere INSERT takes half the time of an upsert,
    # which keeps a journal of its own for every row while there are foreign keys.
    for rows, overwrites in ((new, ""), (changed, _OVERWRITES)):
        if rows:
            statement = _writing(tuple(names), tuple(same.items()), overwrites, is_sqlite=True)
            session.connection().exec_driver_sql(statement, list(rows))
    return None


_SETS = ", ".join(f"{name} = excluded.{name}" for name in (*COMPARED, "known_at"))
_OVERWRITES = f"ON CONFLICT (workspace_id, scope, key) DO UPDATE SET {_SETS} WHERE ticket.known_at <= excluded.known_at"


@lru_cache(maxsize=256)
def _writing(names: tuple[str, ...], same: tuple[tuple[str, Same], ...], overwrites: str, *, is_sqlite: bool) -> str:
    """The statement for rows of such columns, which the driver prepares once."""
    values = [_taken(name, "?" if is_sqlite else "%s", is_sqlite) for name in names]
    into, alike = _constants(names, same, is_sqlite)
    return f"INSERT INTO ticket ({into}) VALUES ({', '.join((*values, *alike))}) {overwrites}"  # noqa: S608


def _constants(names: tuple[str, ...], same: tuple[tuple[str, Same], ...], is_sqlite: bool) -> tuple[str, list[str]]:
    """Every column's name, and the values of those that are alike."""
    alike = [_taken(name, _literal(value), is_sqlite) for name, value in same]
    return ", ".join((*names, *(name for name, _ in same))), alike


def _literal(value: Same) -> str:
    if value is None:
        return "NULL"
    return f"{value:d}" if isinstance(value, int) else f"'{value}'"


def _write_postgres(
    session: Session, names: Sequence[str], rows: Sequence[Values], same: Mapping[str, Same]
) -> int | None:
    ordered = sorted(rows, key=itemgetter(names.index("key")))  # one order: imports never deadlock
    given = tuple(names), tuple(same.items())
    if len(rows) < COPIED_FROM:
        session.connection().exec_driver_sql(_writing(*given, _OVERWRITES, is_sqlite=False), ordered)
        return None
    into, alike = _constants(*given, is_sqlite=False)
    values = ", ".join((*(_taken(name, name, False) for name in names), *alike))
    session.connection().exec_driver_sql(_INCOMING)
    copied: Any = f"COPY incoming ({', '.join(names)}) FROM STDIN"
    with session.connection().connection.cursor() as cursor, cursor.copy(copied) as copy:  # type: ignore[attr-defined]
        for row in ordered:
            copy.write_row(row)
    sql = f"""
        WITH written AS (
            INSERT INTO ticket ({into}) SELECT {values} FROM incoming ORDER BY key COLLATE "C" {_OVERWRITES}
            RETURNING xmax = 0 AS is_new
        ) SELECT count(*) FILTER (WHERE is_new) FROM written"""  # noqa: S608
    found = session.connection().exec_driver_sql(sql).scalar_one()
    session.connection().exec_driver_sql("TRUNCATE incoming")
    return int(found)


_TYPES = {**dict.fromkeys(TRUTHS, "int"), "csat_score": "double precision"}
_WORDS = frozenset((
    "key", "channel", "queue", "priority", "category", "language", "customer", "organisation", "tier", "opened_by",
    "status", "csat", "csat_scale", "csat_comment", "subject", "url", "tags", "left_out", "set_aside",
))  # fmt: skip
_INCOMING = "CREATE TEMPORARY TABLE IF NOT EXISTS incoming ({}) ON COMMIT DROP".format(
    ", ".join(f"{name} {_TYPES.get(name) or ('text' if name in _WORDS else 'bigint')}" for name in COLUMNS)
)


def still_known(session: Session, workspace_id: int, ids: Sequence[int], known_at: int) -> None:
    """Newer data said the same again."""
    marks = ", ".join("?" * len(ids))
    taken = _taken("known_at", "?", _is_sqlite(session))
    sql = f"UPDATE ticket SET known_at = {taken} WHERE workspace_id = ? AND id IN ({marks})"  # noqa: S608
    if ids:
        session.connection().exec_driver_sql(_statement(session, sql), (known_at, workspace_id, *ids))


def to_recount(session: Session, workspace_id: int, team_id: int, after: int, limit: int, version: int) -> list[Values]:
    """Tickets counted with another calendar, by id: (id, *`RECOUNTED_FROM`)."""
    sql = f"""
        SELECT id, {_read(RECOUNTED_FROM, _is_sqlite(session))} FROM ticket
        WHERE workspace_id = ? AND team_id = ? AND id > ? AND calendar_version <> ? ORDER BY id LIMIT {limit:d}"""  # noqa: S608
    given = (workspace_id, team_id, after, version)
    return [tuple(row) for row in session.connection().exec_driver_sql(_statement(session, sql), given)]


def recounted(session: Session, workspace_id: int, rows: Sequence[Values]) -> None:
    """Write what a calendar changes; each row is `COUNTED`, calendar_version, id."""
    is_sqlite = _is_sqlite(session)
    sets = ", ".join(f"{name} = {_taken(name, '?', is_sqlite)}" for name in (*COUNTED, "calendar_version"))
    sql = f"UPDATE ticket SET {sets} WHERE workspace_id = {workspace_id:d} AND id = ?"  # noqa: S608
    if rows:
        session.connection().exec_driver_sql(_statement(session, sql), list(rows))


def name_agents(session: Session, workspace_id: int, names: Iterable[tuple[int, str, str]]) -> None:
    """Make identities (id, folded name, name); another import may have made them meanwhile."""
    sql = "INSERT INTO identity (workspace_id, id, key, name) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
    lines = [(workspace_id, *line) for line in names]
    if lines:
        session.connection().exec_driver_sql(_statement(session, sql), lines)
