"""The right moment for a person: within their own working time, and not when they are about to leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from ..calendars import at_local
from ..people import Member, Team
from . import spans
from .board import Board
from .reads import board
from .spans import Stretches

LAST_HOUR = timedelta(hours=1)
BREAK = timedelta(hours=2)
"""A gap up to so long is a break within one shift."""
AHEAD = timedelta(days=21)
BEFORE = timedelta(days=1)
WAKES, SLEEPS = time(7), time(21)
PATIENCE = timedelta(days=7)
"""So far it is looked ahead; whoever works at night alone is written to at work."""


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


def waking_moment(session: Session, team: Team, person: Member, at: datetime) -> datetime | None:
    """The same, and not at night where the person lives, as far as there is such a moment: a team in Los Angeles may
    have somebody in Seoul, and no roster."""
    found = board(session, team, at - BEFORE, at + AHEAD)
    first = moment_on(found, person.id, at)
    moment, zone = first, person.timezone or team.timezone
    while moment is not None and moment - at <= PATIENCE:
        local = moment.astimezone(ZoneInfo(zone))
        if WAKES <= local.time() < SLEEPS:
            return moment
        morning = local.date() if local.time() < WAKES else local.date() + timedelta(days=1)
        moment = moment_on(found, person.id, at_local(morning, WAKES, zone))
    return first


def together(session: Session, team: Team, member_ids: Sequence[int], from_at: datetime, to_at: datetime) -> Stretches:
    """When all of some people of a team work, between two instants."""
    found = board(session, team, from_at, to_at)
    common: Stretches = ((from_at, to_at),)
    for member_id in member_ids:
        common = spans.without(common, spans.without(((from_at, to_at),), found.working(member_id)))
    return common
