"""The values of the dimensions behind a figure: which there are, and which rows have one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlmodel import Session, col, select

from ..calls.tables import Call
from ..kpi.behind import BEGUN, picked
from ..kpi.rows import calls_among
from ..metrics import DIMENSIONS, Columns
from ..metrics.frame import Mask
from ..people import Team
from ..periods import Period
from ..signals.grouping import blocks
from ..tickets import Ticket
from .rules import Dimension
from .words import word_of

MOST = 100


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a dimension and how many of the rows behind a figure have it. `code` and `word` as in `Moved`."""

    dimension: Dimension
    code: int
    word: str
    n: int


def within(dimension: Dimension, code: int, timezone: str) -> Callable[[Columns], Mask]:
    """Which rows have a value; none of columns that do not know the dimension."""

    def chosen(facts: Columns) -> Mask:
        if dimension is Dimension.HOUR:
            begun = next(name for name in BEGUN if hasattr(facts, name))
            return np.asarray(blocks(getattr(facts, begun), timezone) + 1 == code)
        if dimension not in DIMENSIONS or not hasattr(facts, dimension):
            return np.zeros(len(facts), dtype=bool)
        return np.asarray(getattr(facts, dimension) == code)

    return chosen


def values(
    session: Session, team: Team, key: str, period: Period, *, as_of: datetime, agents: Sequence[int] | None = None
) -> tuple[Value, ...]:
    """The values that the rows behind a figure have, by dimension, the most frequent first; at most 100.

    A dimension in which all are alike has none. Raises NoData, UnknownMetric.
    """
    found = picked(session, team, key, period, as_of=as_of, agents=agents)
    if found.part is None or found.is_withheld:
        return ()
    counted = list(_counted(found.facts, np.flatnonzero(found.part.inside)))[:MOST]
    kept = _read(session, team, found.facts, [row for *_, row in counted])
    told = tuple(
        Value(dimension, code, word_of(session, team, dimension, code, found.facts, row), n)
        for dimension, code, n, row in counted
    )
    kept.clear()
    return told


def _counted(
    facts: Columns, inside: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> Iterator[tuple[Dimension, int, int, int]]:
    """Dimension, code, how many, and the place of a row that has it."""
    for name in DIMENSIONS:
        if not hasattr(facts, name):
            continue
        codes, first, n = np.unique(getattr(facts, name)[inside], return_index=True, return_counts=True)
        if len(codes) < 2:
            continue
        for at in np.argsort(-n, kind="stable"):
            yield Dimension(name), int(codes[at]), int(n[at]), int(inside[first[at]])


def _read(session: Session, team: Team, facts: Columns, places: Sequence[int]) -> list[object]:
    """All of them at once; held, the session knows them."""
    is_call = calls_among(facts)
    tickets, heard = ([int(facts.id[n]) for n in places if bool(is_call[n]) is chosen] for chosen in (False, True))
    of_tickets = select(Ticket).where(Ticket.workspace_id == team.workspace_id, col(Ticket.id).in_(tickets))
    of_calls = select(Call).where(Call.workspace_id == team.workspace_id, col(Call.id).in_(heard))
    return [*(session.exec(of_tickets) if tickets else ()), *(session.exec(of_calls) if heard else ())]
