"""What waits for one person: what they have, and what nobody has in a team that they lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from ..people import Asker
from . import reads
from .reads import Listed
from .rules import Status

MOST = 5
COUNTED = 1_000
"""So many are counted."""


@dataclass(frozen=True, slots=True)
class Awaiting:
    """`rows`: the first few, worst first; `total`: all that wait for them; `open` and `overdue` in all their teams, at
    most `COUNTED`."""

    rows: tuple[Listed, ...]
    total: int
    open: int
    overdue: int


def awaiting(session: Session, asker: Asker, workspace_id: int, *, now: datetime) -> Awaiting:
    """As an asker's Home shows it."""
    every = reads.listing(session, asker, workspace_id, reads.OPEN, team=None, now=now, limit=COUNTED)
    own = {row.id: row for row in every if _waits(row, asker)}
    mine = reads.listing(session, asker, workspace_id, reads.MINE, team=None, now=now, limit=COUNTED)
    own |= {row.id: row for row in mine if row.owner_id == asker.member_id}
    first = sorted(own.values(), key=lambda row: (not row.is_overdue, row.severity, row.opened_at))
    return Awaiting(tuple(first[:MOST]), len(own), len(every), sum(row.is_overdue for row in every))


def _waits(row: Listed, asker: Asker) -> bool:
    if asker.member_id is not None and row.owner_id == asker.member_id:
        return True
    return row.status == Status.OPEN and asker.leads(row.team_id)
