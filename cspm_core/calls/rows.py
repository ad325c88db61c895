"""Call rows as the driver takes them: one statement for both databases, and the raw rows that stand there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any, NamedTuple

from sqlmodel import Session

from ..store import EPOCH, microseconds
from .rules import Settled

KEYS = ("workspace_id", "id", "scope", "key")
# fmt: off
SAID = (
    "queued_at", "queue", "direction", "customer", "ticket", "topic", "language", "answered_at", "ended_at", "talk_s",
    "hold_s", "wrap_s", "transfers", "is_resolved", "rating", "rating_scale", "recording_url",
)
"""Columns that are said by the source."""
FOLLOWS = (
    "team_id", "agent_id", "is_answered", "is_abandoned", "rating_good", "rating_score", "set_aside",
)
# fmt: on
COMPARED = (*SAID, *FOLLOWS)
"""What makes a call another than it was, in the order of the rows' values."""
INSTANTS = tuple(name for name in COMPARED if name.endswith("_at"))
NULLABLE = ("rating", "rating_scale")
"""Texts that are null where nothing was said."""
FACT_NAMES = {"is_resolved": "resolved"}
"""Columns that `CallFacts` calls otherwise."""

Values = tuple[Any, ...]
_said = attrgetter(*(FACT_NAMES.get(name, name) for name in SAID))
_SCALE = SAID.index("rating_scale")


class Known(NamedTuple):
    """A call that stands already, as the driver has it; `values` are those of `COMPARED`."""

    id: int
    known_at: Any
    values: Values

    def of(self, name: str) -> Any:
        """One column's value, as `CallFacts` has it."""
        value = self.values[COMPARED.index(name)]
        if name in INSTANTS:
            return _instant(value)
        return value or "" if name in NULLABLE else value


def line(session: Session, one: Settled, *, team_id: int, agent_id: int | None) -> Values:
    """A settled call as the values of `COMPARED`, as this database's driver gives them back."""
    to_bind, truth = bound(session), _truth(session)
    said = list(_said(one.facts))
    said[_SCALE] = one.rating_scale
    for n, name in enumerate(SAID):
        if name in INSTANTS:
            said[n] = to_bind(said[n])
        elif name in NULLABLE:
            said[n] = said[n] or None
        elif name in FACT_NAMES:
            said[n] = truth(said[n])
    follows = (team_id, agent_id, truth(one.is_answered), truth(one.is_abandoned), truth(one.rating_good))
    return (*said, *follows, one.rating_score, ",".join(one.set_aside))


def _instant(value: Any) -> datetime | None:
    """An instant as a driver gave it."""
    if value is None:
        return None
    return EPOCH + timedelta(microseconds=value) if isinstance(value, int) else value.astimezone(UTC)


def bound(session: Session) -> Callable[[datetime | None], Any]:
    """How this database's driver takes an instant."""
    if _is_sqlite(session):
        return lambda at: None if at is None else microseconds(at)
    return lambda at: at


def _truth(session: Session) -> Callable[[bool | None], Any]:
    return (lambda said: None if said is None else int(said)) if _is_sqlite(session) else (lambda said: said)


def standing(session: Session, workspace_id: int, scope: int, keys: Sequence[str]) -> dict[str, Known]:
    """The calls that are known by these keys, by key."""
    if not keys:
        return {}
    marks = ", ".join("?" * len(keys))
    sql = f"""
        SELECT key, id, known_at, {", ".join(COMPARED)} FROM call
        WHERE workspace_id = ? AND scope = ? AND key IN ({marks})"""  # noqa: S608 - our own names only
    found = session.connection().exec_driver_sql(_statement(session, sql), (workspace_id, scope, *keys))
    return {row[0]: Known(row[1], row[2], tuple(row[3:])) for row in found}


def write(session: Session, rows: Sequence[Values]) -> None:
    """Insert or overwrite calls; each row is `KEYS`, `COMPARED`, known_at. What is known later stays as it is."""
    columns = (*KEYS, *COMPARED, "known_at")
    sets = ", ".join(f"{name} = excluded.{name}" for name in (*COMPARED, "known_at"))
    sql = f"""
        INSERT INTO call ({", ".join(columns)}) VALUES ({", ".join("?" * len(columns))})
        ON CONFLICT (workspace_id, scope, key) DO UPDATE SET {sets} WHERE call.known_at <= excluded.known_at"""  # noqa: S608
    if rows:
        session.connection().exec_driver_sql(_statement(session, sql), list(rows))


def still_known(session: Session, workspace_id: int, ids: Sequence[int], known_at: datetime) -> None:
    """Newer data said the same again."""
    marks = ", ".join("?" * len(ids))
    sql = f"UPDATE call SET known_at = ? WHERE workspace_id = ? AND id IN ({marks})"  # noqa: S608
    if ids:
        at = bound(session)(known_at)
        session.connection().exec_driver_sql(_statement(session, sql), (at, workspace_id, *ids))


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _statement(session: Session, sql: str) -> str:
    return sql if _is_sqlite(session) else sql.replace("?", "%s")
