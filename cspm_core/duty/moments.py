"""The right moment for a person: within their own working time, and not when they are about to leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from ..people import Team
from . import spans
from .board import Board
from .reads import board
from .spans import Stretches

LAST_HOUR = timedelta(hours=1)
BREAK = timedelta(hours=2)
"""A gap up to so long is a break within one shift."""
AHEAD = timedelta(days=21)
BEFORE = timedelta(days=1)


def good_moment(
    session: Session, team: Team, member_id: int, at: datetime, *, left: timedelta = LAST_HOUR
) -> datetime | None:
    """The first instant from `at` on, within three weeks, at which somebody works and goes on working for `left`."""
    return moment_on(board(session, team, at - BEFORE, at + AHEAD), member_id, at, left=left)


def moment_on(board: Board, member_id: int, at: datetime, *, left: timedelta = LAST_HOUR) -> datetime | None:
    """The same on a board that is there already: for many people at once."""
    working = board.working(member_id)
    shifts = [(start + BREAK / 2, end - BREAK / 2) for start, end in spans.around(working, BREAK / 2)]
    for start, end in working:
        leaves = next(last for first, last in shifts if first <= start < last)
        moment = max(start, at)
        if moment < end and leaves - moment >= left:
            return moment
    return None


def together(session: Session, team: Team, member_ids: Sequence[int], from_at: datetime, to_at: datetime) -> Stretches:
    """When all of some people of a team work, between two instants."""
    found = board(session, team, from_at, to_at)
    common: Stretches = ((from_at, to_at),)
    for member_id in member_ids:
        common = spans.without(common, spans.without(((from_at, to_at),), found.working(member_id)))
    return common
