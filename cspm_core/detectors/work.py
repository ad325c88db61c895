"""Tickets as detectors see them: columns of epoch seconds, read through the indexes that keep a run flat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from ..people import Team, fold
from ..store import EPOCH, microseconds
from .clock import NEVER, Seconds

NUMBERS = ("id", "agent_id")
INSTANTS = ("created_at", "first_response_at", "solved_at", "first_response_target_at", "resolution_target_at")
TRUTHS = ("is_answered", "is_solved")
WORDS = ("priority", "tier", "tags", "category")
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Work:
    """Tickets in columns; instants in epoch seconds, NEVER where there is none."""

    ids: Seconds
    agents: Seconds
    """Identity ids; 0: nobody."""
    created: Seconds
    answered: Seconds
    """When somebody answered; NEVER: nobody has."""
    solved: Seconds
    """When it was solved, where it is."""
    reply_due: Seconds
    solve_due: Seconds
    priorities: Sequence[str]
    tiers: Sequence[str]
    tags: Sequence[str]
    categories: Sequence[str]

    @property
    def over_by_reply(self) -> Seconds:
        """When nobody waits for a first answer any more."""
        return np.minimum(self.answered, self.solved)


def open_work(session: Session, team: Team) -> Work:
    """Every ticket of a team that counts and is not solved, through `ix_ticket_open` alone."""
    if _is_sqlite(session):  # without statistics it takes any index that begins with the team
        return _work(_rows(session, team, "is_solved = 0 AND left_out = ''", by="INDEXED BY ix_ticket_open"))
    return _work(_rows(session, team, "NOT is_solved AND left_out = ''"))


def work_within(session: Session, team: Team, oldest: datetime, since: datetime, until: datetime) -> Work:
    """Every ticket of a team that counts, was created between `oldest` and `until`, and not solved before `since`."""
    unsolved = "is_solved = 0" if _is_sqlite(session) else "NOT is_solved"
    condition = f"created_at >= ? AND created_at <= ? AND left_out = '' AND ({unsolved} OR solved_at >= ?)"
    return _work(_rows(session, team, condition, *map(bound(session), (oldest, until, since))))


def arrivals(session: Session, team: Team, since: datetime, until: datetime) -> tuple[Sequence[str], Seconds]:
    """Category and creation (epoch seconds) of every ticket of a team that counts and was created in between."""
    created = _second(session, "created_at")
    rows = query(
        session,
        f"SELECT category, {created} FROM ticket WHERE workspace_id = ? AND team_id = ? "  # noqa: S608
        "AND created_at >= ? AND created_at <= ? AND left_out = ''",
        *(team.workspace_id, team.id, _bound(session, since), _bound(session, until)),
    )
    return [row[0] for row in rows], _numbers((row[1] for row in rows), 0)


def _rows(session: Session, team: Team, condition: str, *given: Any, by: str = "") -> Sequence[Sequence[Any]]:
    columns = ", ".join([*NUMBERS, *(_second(session, name) for name in INSTANTS), *TRUTHS, *WORDS])
    sql = f"SELECT {columns} FROM ticket {by} WHERE workspace_id = ? AND team_id = ? AND {condition}"  # noqa: S608
    return query(session, sql, team.workspace_id, team.id, *given)


def query(session: Session, sql: str, *given: Any) -> Sequence[Sequence[Any]]:
    """Rows as the driver gives them; `?` stands for what is given."""
    told = sql if _is_sqlite(session) else sql.replace("?", "%s")
    with session.connection().exec_driver_sql(told, given) as found:
        assert found.cursor is not None
        return found.cursor.fetchall()


def _work(rows: Sequence[Sequence[Any]]) -> Work:
    columns = list(zip(*rows, strict=True)) if rows else [()] * 13
    ids, agents = _numbers(columns[0], 0), _numbers(columns[1], 0)
    created, replied, solved, reply_due, solve_due = (_numbers(one, NEVER) for one in columns[2:7])
    is_answered, is_solved = (_numbers(one, 0) for one in columns[7:9])
    answered = np.where(is_answered > 0, np.where(replied < NEVER, replied, created), NEVER)
    ended = np.where(is_solved > 0, np.where(solved < NEVER, solved, created), NEVER)
    return Work(ids, agents, created, answered, ended, reply_due, solve_due, *columns[9:13])


def _numbers(values: Iterable[Any], missing: int) -> Seconds:
    return np.array([missing if one is None else int(one) for one in values], dtype=np.int64)


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _second(session: Session, name: str) -> str:
    return f"{name} / 1000000" if _is_sqlite(session) else f"CAST(FLOOR(EXTRACT(epoch FROM {name})) AS bigint)"


def _bound(session: Session, at: datetime) -> Any:
    return microseconds(at) if _is_sqlite(session) else at


def bound(session: Session) -> Callable[[datetime], Any]:
    """How this database's driver takes an instant."""
    return lambda at: _bound(session, at)


def second_of(session: Session, name: str) -> str:
    """SQL for a column's instant as epoch seconds."""
    return _second(session, name)


def second(at: datetime) -> int:
    """Whole epoch seconds of an instant."""
    return microseconds(at) // 1_000_000


def instant(seconds: int) -> datetime | None:
    """The same back; None for NEVER."""
    return None if seconds >= NEVER else EPOCH + timedelta(seconds=int(seconds))


def marked(priorities: Sequence[str], tiers: Sequence[str], tags: Sequence[str], wanted: Marks) -> Truths:
    """Which tickets have a priority, a tier or a tag that is asked for."""
    known: dict[tuple[str, str, str], bool] = {}
    found = np.zeros(len(priorities), dtype=bool)
    for n, one in enumerate(zip(priorities, tiers, tags, strict=True)):
        if one not in known:
            known[one] = _is_marked(*one, wanted)
        found[n] = known[one]
    return found


Marks = tuple[frozenset[str], frozenset[str]]
"""Folded priorities, and folded tiers or tags."""


def _is_marked(priority: str, tier: str, tags: str, wanted: Marks) -> bool:
    called = {fold(tier), *map(fold, tags.replace(";", ",").split(","))}
    return fold(priority) in wanted[0] or bool(called & wanted[1])
