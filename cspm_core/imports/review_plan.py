"""Before a review is written: what the operator asked, what the file is, and how many rows each review has."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from ..store import Store
from . import columns, files, mapping, review_columns
from .asked import Understood, Wish, whose
from .problems import Fault, Unreadable
from .review_rows import Key, RefusedReview, ReviewRows
from .ticket_plan import checked_zone, order_in


@dataclass(frozen=True, kw_only=True)
class ReviewPlan(Understood):
    """A file understood: which column is which, whose reviews, in which zone."""

    def reader(self) -> ReviewRows:
        """A fresh reader of rows."""
        width = len(self.export.header)
        return ReviewRows(self.places, width, self.told, self.instants(), self.teams, self.team_id, self.until)


@dataclass(frozen=True)
class ReviewSurvey:
    """What the first pass found. `of`: how many rows each review (hashed) has, where more than one."""

    plan: ReviewPlan
    rows: int
    of: Mapping[int, int]


def plan_reviews(store: Store, workspace_id: int, wish: Wish, *, now: datetime) -> ReviewPlan:
    """Understand a file. Raises Unreadable, UnknownTeam, NoTeams, Invalid (timezone)."""
    told = mapping.read_map(wish.map, review_columns.KNOWN) if wish.map else mapping.NO_MAP
    export = files.look_at(wish.path, wish.encoding)
    found = columns.recognise(export.header, review_columns.KNOWN, review_columns.ALIASES)
    places = mapping.places(found, export.header, told.columns)
    for name in review_columns.NEEDED:
        if name not in places and name not in told.defaults:
            raise Unreadable(Fault.NO_COLUMN, name, export.header)
    every, team = whose(store, workspace_id, wish, places, told)
    timezone = wish.timezone or told.timezone
    return ReviewPlan(
        wish=wish,
        export=export,
        told=told,
        places=places,
        teams={one.name_key: one.id for one in every},
        names={one.id: one.name for one in every},
        team_id=team.id if team else None,
        timezone=checked_zone(timezone or (team or every[0]).timezone),
        timezone_of_team=timezone is None,
        order=wish.order or told.order,
        until=now,
        exported_at=None,
    )


def survey_reviews(plan: ReviewPlan, advance: Callable[[int], None]) -> ReviewSurvey:
    """Read the file once without writing: its length, and how many rows each review has. Raises Unreadable."""
    try:
        return _surveyed(plan, advance)
    except UnicodeError:
        if plan.wish.encoding or plan.export.encoding != "utf-8":
            raise Unreadable(Fault.BAD_ENCODING, plan.export.encoding) from None
        return _surveyed(replace(plan, export=replace(plan.export, encoding=files.FALLBACK)), advance)


def _surveyed(plan: ReviewPlan, advance: Callable[[int], None]) -> ReviewSurvey:
    if plan.order is None and plan.told.form is None and "at" in plan.places:
        plan = replace(plan, order=order_in(plan.export, [plan.places["at"]]))
    reader, hashes, rows = plan.reader(), array("q"), 0
    for rows, line in enumerate(plan.export.lines(), start=1):
        if rows % 1000 == 0:
            advance(1000)
        try:
            hashes.append(hash_of(reader.key(line)))
        except RefusedReview:
            continue
    if not rows:
        raise Unreadable(Fault.NO_ROWS, plan.wish.path.name)
    keys, times = np.unique(np.frombuffer(hashes, dtype=np.int64), return_counts=True)
    return ReviewSurvey(plan, rows, dict(zip(keys[times > 1].tolist(), times[times > 1].tolist(), strict=True)))


def hash_of(key: Key) -> int:
    """By which rows of one review are known to each other."""
    return hash((key.scope, key.review_id))
