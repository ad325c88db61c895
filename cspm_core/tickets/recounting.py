"""Counting working time and targets again after the calendar or a target changed: chunk by chunk, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import func
from sqlmodel import Session, col, select, update

from ..metrics.frame import DAY, NEVER, Ints
from ..people import Team, calendar_of
from . import days, reads, rows, sla
from .tables import Ticket


@dataclass(frozen=True, slots=True)
class Recounting:
    """How many tickets are counted again, of how many."""

    done: int
    total: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return min(self.done / self.total, 1.0) if self.total else 0.0


def recounting(team: Team) -> Recounting | None:
    """How far counting a team's tickets again is; None: every ticket is counted as the team works now."""
    if team.counted_version == team.calendar_version:
        return None
    if team.counting_version != team.calendar_version:
        return Recounting(0, team.recounted_of)
    return Recounting(team.recounted, team.recounted_of)


def to_recount(session: Session) -> list[tuple[int, int]]:
    """The teams (workspace id, team id) whose tickets are to be counted again."""
    behind = col(Team.counted_version) != col(Team.calendar_version)
    return [(row[0], row[1]) for row in session.execute(select(Team.workspace_id, Team.id).where(behind))]


def recount(session: Session, workspace_id: int, team_id: int, *, limit: int = sla.CHUNK) -> Sequence[int]:
    """Count the next tickets of a team again and forget what is known of their days; their ids, none: all are done.

    Call it transaction by transaction. A calendar that changes in between lets it begin again.
    """
    team = reads.held(session, workspace_id, team_id)
    if team.counted_version == team.calendar_version:
        return []
    if team.counting_version != team.calendar_version:
        _begin(session, team)
    found = rows.to_recount(session, workspace_id, team_id, team.counted_to, limit, team.calendar_version)
    if not found:
        _finish(session, team)
        return []
    _count(session, team, found)
    team.counted_to, team.recounted = int(found[-1][0]), team.recounted + len(found)
    session.add(team)
    session.flush()
    return [int(row[0]) for row in found]


def _begin(session: Session, team: Team) -> None:
    others = (Ticket.workspace_id == team.workspace_id, Ticket.team_id == team.id)
    stale = select(func.count()).select_from(Ticket).where(*others, Ticket.calendar_version != team.calendar_version)
    team.counting_version, team.counted_to = team.calendar_version, 0
    team.recounted, team.recounted_of = 0, session.exec(stale).one()


def _finish(session: Session, team: Team) -> None:
    """All are counted as the team works now, unless that is another way by now."""
    version = team.calendar_version
    its = (col(Team.workspace_id) == team.workspace_id, col(Team.id) == team.id)
    session.exec(update(Team).where(*its, col(Team.calendar_version) == version).values(counted_version=version))
    session.refresh(team)


def _count(session: Session, team: Team, found: Sequence[rows.Values]) -> None:
    """Write what is another than it was; the days of those tickets are worked out again."""
    names = rows.RECOUNTED_FROM
    column = dict(zip(names, zip(*(row[1:] for row in found), strict=True), strict=True))
    aside = [set(names.split(",")) for names in column["set_aside"]]
    spells = sla.SpellColumns(
        column["priority"],
        _ints(column["created_at"]),
        _ints(column["first_response_at"]),
        _ints(column["first_response_due_at"]),
        _ints(column["solved_at"]),
        _ints(column["resolution_due_at"]),
        np.array(["first_response_due_at" in names for names in aside], dtype=bool),
        np.array(["resolution_due_at" in names for names in aside], dtype=bool),
    )
    counted = sla.count_columns(spells, calendar_of(session, team), reads.sla_targets(session, team))
    fresh = list(zip(*(_values(one) for one in counted.in_order()), strict=True))
    before = list(zip(*(column[name] for name in rows.COUNTED), strict=True))
    rows.recounted(
        session,
        team.workspace_id,
        [(*values, team.calendar_version, row[0]) for values, row in zip(fresh, found, strict=True)],
    )
    changed = [n for n, values in enumerate(fresh) if values != before[n]]
    touched = {column[name][n] // DAY for name in rows.TOUCHED for n in changed if column[name][n] is not None}
    due = [rows.COUNTED.index(name) for name in rows.COUNTED if name in rows.TOUCHED]
    touched |= {fresh[n][place] // DAY for n in changed for place in due if fresh[n][place] is not None}
    days.forget(session, team.workspace_id, team.id, [day * DAY for day in touched])


def _ints(column: Iterable[Any]) -> Ints:
    return np.array([NEVER if value is None else value for value in column], dtype=np.int64)


def _values(column: Ints) -> list[int | None]:
    return [None if value == NEVER else value for value in column.tolist()]
