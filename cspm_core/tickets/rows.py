"""Ticket rows as the driver takes them: one statement for both databases, and the raw rows that stand there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlmodel import Session

from ..store import EPOCH, microseconds

KEYS = ("workspace_id", "id", "scope", "key")
# fmt: off
SAID = (
    "created_at", "channel", "queue", "priority", "category", "language", "customer", "organisation", "tier",
    "opened_by", "status", "first_response_at", "first_response_due_at", "first_solved_at", "solved_at",
    "resolution_due_at", "reopens", "public_replies", "transfers", "csat", "csat_scale", "csat_sent_at", "csat_at",
    "csat_comment", "subject", "url", "tags",
)
"""Columns that are said by the source, by the names of `TicketFacts`."""
FOLLOWS = (
    "team_id", "agent_id", "is_answered", "is_solved", "left_out", "set_aside", "csat_good",
    "first_response_target_at", "resolution_target_at", "first_response_business_s", "resolution_business_s",
    "calendar_version",
)
COUNTED_FROM = (
    "priority", "created_at", "first_response_at", "first_response_due_at", "solved_at", "resolution_due_at",
    "set_aside",
)
# fmt: on
COMPARED = (*SAID, *FOLLOWS)
"""What makes a ticket another than it was, in the order of the rows' values."""
INSTANTS = frozenset(name for name in (*COMPARED, "known_at") if name.endswith("_at"))
COUNTED = ("first_response_target_at", "resolution_target_at", "first_response_business_s", "resolution_business_s")
"""What a calendar or a target changes."""

Values = tuple[Any, ...]


class Known(NamedTuple):
    """A ticket that stands already, as the driver has it; `values` are those of `COMPARED`."""

    id: int
    known_at: Any
    values: Values


NULLABLE = ("csat", "csat_scale", "csat_comment")
"""Texts that are null where nothing was said."""


def as_fact(name: str, value: Any) -> Any:
    """A column's value as `TicketFacts` has it."""
    if name in INSTANTS:
        return instant(value)
    return value or "" if name in NULLABLE else value


def _statement(session: Session, sql: str) -> str:
    return sql if session.get_bind().dialect.name == "sqlite" else sql.replace("?", "%s")


def bound(session: Session) -> Callable[[datetime | None], Any]:
    """How this database's driver takes an instant."""
    if session.get_bind().dialect.name == "sqlite":
        return lambda at: None if at is None else microseconds(at)
    return lambda at: at


def instant(value: Any) -> datetime | None:
    """An instant as a driver gave it."""
    if value is None:
        return None
    return EPOCH + timedelta(microseconds=value) if isinstance(value, int) else value.astimezone(UTC)


def standing(session: Session, workspace_id: int, scope: int, keys: Sequence[str]) -> dict[str, Known]:
    """The tickets that are known by these keys, by key."""
    if not keys:
        return {}
    marks = ", ".join("?" * len(keys))
    sql = f"""
        SELECT key, id, known_at, {", ".join(COMPARED)} FROM ticket
        WHERE workspace_id = ? AND scope = ? AND key IN ({marks})"""  # noqa: S608 - our own names only
    found = session.connection().exec_driver_sql(_statement(session, sql), (workspace_id, scope, *keys))
    return {row[0]: Known(row[1], row[2], tuple(row[3:])) for row in found}


def write(session: Session, rows: Sequence[Values]) -> None:
    """Insert or overwrite tickets; each row is `KEYS`, `COMPARED`, known_at. What is known later stays as it is."""
    columns = (*KEYS, *COMPARED, "known_at")
    sets = ", ".join(f"{name} = excluded.{name}" for name in (*COMPARED, "known_at"))
    sql = f"""
        INSERT INTO ticket ({", ".join(columns)}) VALUES ({", ".join("?" * len(columns))})
        ON CONFLICT (workspace_id, scope, key) DO UPDATE SET {sets} WHERE ticket.known_at <= excluded.known_at"""  # noqa: S608
    if rows:
        session.connection().exec_driver_sql(_statement(session, sql), list(rows))


def still_known(session: Session, workspace_id: int, ids: Sequence[int], known_at: datetime) -> None:
    """Newer data said the same again."""
    marks = ", ".join("?" * len(ids))
    sql = f"UPDATE ticket SET known_at = ? WHERE workspace_id = ? AND id IN ({marks})"  # noqa: S608
    if ids:
        at = bound(session)(known_at)
        session.connection().exec_driver_sql(_statement(session, sql), (at, workspace_id, *ids))


def to_recount(session: Session, workspace_id: int, team_id: int, after: int, limit: int, version: int) -> list[Values]:
    """Tickets counted with another calendar, by id: (id, *what `sla.counted` needs)."""
    sql = f"""
        SELECT id, {", ".join(COUNTED_FROM)} FROM ticket
        WHERE workspace_id = ? AND team_id = ? AND id > ? AND calendar_version <> ? ORDER BY id LIMIT {limit:d}"""  # noqa: S608
    given = (workspace_id, team_id, after, version)
    return [tuple(row) for row in session.connection().exec_driver_sql(_statement(session, sql), given)]


def recounted(session: Session, workspace_id: int, rows: Sequence[Values]) -> None:
    """Write what a calendar changes; each row is `COUNTED`, calendar_version, id."""
    sets = ", ".join(f"{name} = ?" for name in (*COUNTED, "calendar_version"))
    sql = f"UPDATE ticket SET {sets} WHERE workspace_id = {workspace_id:d} AND id = ?"  # noqa: S608
    if rows:
        session.connection().exec_driver_sql(_statement(session, sql), list(rows))


def name_agents(session: Session, workspace_id: int, names: Iterable[tuple[int, str, str]]) -> None:
    """Make identities (id, folded name, name); another import may have made them meanwhile."""
    sql = "INSERT INTO identity (workspace_id, id, key, name) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
    lines = [(workspace_id, *line) for line in names]
    if lines:
        session.connection().exec_driver_sql(_statement(session, sql), lines)
