"""The reviews behind a figure, as far as somebody may see each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlmodel import Session

from ..metrics import Columns, Metric, Reviews
from ..metrics.frame import Mask
from ..people import Asker, Team
from ..periods import Period
from ..qa import lists
from ..qa.lists import Listed
from .behind import AGAINST, FOR, JUDGED, NEITHER, picked
from .reads import target

MOST = 10_000
"""So many are looked at one by one, the worst first."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review behind a figure. `ok`: counts for it (True) or against it; a score is held against the target."""

    review: Listed
    ok: bool | None


@dataclass(frozen=True, slots=True)
class ReviewList:
    """Some `rows` of the `seen` that may be shown, of `total` reviews: the figure's n.

    `is_withheld`: they are one person's and under 5, so neither they nor their number are told.
    """

    metric: Metric
    total: int
    seen: int
    rows: tuple[ReviewRow, ...]
    as_of: datetime
    is_withheld: bool = False

    @property
    def unseen(self) -> int:
        """How many count that the asker may not see one by one."""
        return self.total - self.seen


def reviews_behind(
    session: Session,
    team: Team,
    key: str,
    period: Period,
    *,
    as_of: datetime,
    asker: Asker,
    agents: Sequence[int] | None = None,
    limit: int | None = 100,
    within: Callable[[Columns], Mask] | None = None,
) -> ReviewList:
    """The reviews that make a figure, what counts against it first, then the lowest score, then the newest.

    Only those that `asker` may see one by one: about themselves, by themselves, or, for a lead, where the team has
    agreed that leads see figures about a person. Raises UnknownMetric, ValueError for a figure of something else.
    """
    found = picked(session, team, key, period, as_of=as_of, agents=agents)
    metric, facts, part = found.metric, found.facts, found.part
    if not metric.lists_reviews:
        raise ValueError(key)
    assert isinstance(facts, Reviews)
    if part is None or found.is_withheld:
        return ReviewList(metric, 0, 0, (), as_of, found.is_withheld)
    chosen = part.inside if within is None else part.inside & within(facts)
    judged = _judged(metric, facts, part.hits, target(session, team, key))
    at = np.flatnonzero(chosen)
    order = at[np.lexsort((facts.id[at], -facts.reviewed[at], facts.score[at], judged[at]))]
    named = {one.id: one for one in lists.listed(session, team, facts.id[order[:MOST]].tolist())}
    rows = [
        ReviewRow(named[int(facts.id[n])], JUDGED[int(judged[n])])
        for n in order[:MOST].tolist()
        if int(facts.id[n]) in named and lists.may_see(asker, team, named[int(facts.id[n])])
    ]
    return ReviewList(metric, len(order), len(rows), tuple(rows if limit is None else rows[:limit]), as_of)


def _judged(
    metric: Metric, facts: Reviews, hits: Mask, aim: float | None
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    if metric.unit == "share":
        good = hits if metric.better == "higher" else ~hits
        return np.where(good, FOR, AGAINST)
    if aim is None:
        return np.full(len(facts), NEITHER)
    return np.where(facts.score >= aim * 100, FOR, AGAINST)
