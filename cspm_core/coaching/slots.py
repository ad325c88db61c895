"""Half hours in which two people of a team both work and neither talks with somebody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, or_, select

from .. import duty
from ..duty import spans
from ..duty.spans import Stretches
from ..people import Team
from .rules import MINUTES, TalkStatus
from .tables import Talk

AHEAD = timedelta(days=21)
HALF_HOUR = timedelta(minutes=30)
APART = timedelta(hours=2)
"""Proposals lie so far apart, so that there is a choice."""
LONGEST = timedelta(hours=4)
"""No talk lasts longer."""


def slots(session: Session, team: Team, lead_id: int, agent_id: int, from_at: datetime, n: int) -> list[datetime]:
    """The next half hours from an instant on, within three weeks, on the half hours of the team's clock.

    Of each stretch that both work rather not the first nor the last half hour, and rather two hours apart.
    """
    to_at = from_at + AHEAD
    both = duty.together(session, team, [lead_id, agent_id], from_at, to_at)
    taken = _taken(session, team, (lead_id, agent_id), from_at, to_at, None)
    every: list[datetime] = []
    calm: list[datetime] = []
    for start, end in both:
        halves = list(_halves(start, end, team.timezone))
        free = [at for at in halves if not any(at < last and first < at + HALF_HOUR for first, last in taken)]
        every += free
        calm += [at for at in free if at in halves[1:-1]] or free
    found = _spread(calm, n)
    for more in (calm, every):
        found += [at for at in more if at not in found][: n - len(found)]
    return sorted(found[:n])


def near(
    session: Session, team: Team, lead_id: int, agent_id: int, at: datetime, *, earliest: datetime
) -> datetime | None:
    """The instant itself where both can, else the nearest half hour after it, from `earliest` on."""
    start = max(at, earliest)
    if start == at and is_free(session, team, lead_id, agent_id, at):
        return at
    return next(iter(slots(session, team, lead_id, agent_id, start, 1)), None)


def is_free(session: Session, team: Team, lead_id: int, agent_id: int, at: datetime, *, but: int | None = None) -> bool:
    """Whether both work then and neither has another talk; `but`: one that does not count."""
    end = at + timedelta(minutes=MINUTES)
    return any(a <= at and end <= b for a, b in free_time(session, team, lead_id, agent_id, at, end, but=but))


def free_time(
    session: Session, team: Team, lead_id: int, agent_id: int, from_at: datetime, to_at: datetime,
    *, but: int | None = None,
) -> Stretches:  # fmt: skip
    """What both work, without the talks that either has planned."""
    both = duty.together(session, team, [lead_id, agent_id], from_at, to_at)
    return spans.without(both, _taken(session, team, (lead_id, agent_id), from_at, to_at, but))


def _taken(
    session: Session, team: Team, members: Sequence[int], from_at: datetime, to_at: datetime, but: int | None
) -> Stretches:
    query = select(Talk).where(
        Talk.workspace_id == team.workspace_id,
        Talk.status == TalkStatus.PLANNED,
        col(Talk.proposed_by).is_not(None),
        or_(col(Talk.lead_id).in_(members), col(Talk.agent_id).in_(members)),
        col(Talk.planned_at) > from_at - LONGEST,
        col(Talk.planned_at) < to_at,
    )
    rows = [one for one in session.exec(query) if one.id != but]
    return spans.joined((one.planned_at, one.planned_at + timedelta(minutes=one.minutes)) for one in rows)


def _spread(every: Sequence[datetime], n: int) -> list[datetime]:
    found: list[datetime] = []
    for at in every:
        if len(found) < n and (not found or at - found[-1] >= APART):
            found.append(at)
    return found


def _halves(start: datetime, end: datetime, timezone: str) -> Iterator[datetime]:
    """The half hours of a clock that lie wholly in a stretch."""
    at = _next_half(start, timezone)
    while at + HALF_HOUR <= end:
        yield at
        at = _next_half(at + timedelta(minutes=1), timezone)


def _next_half(at: datetime, timezone: str) -> datetime:
    """The instant itself where the clock shows a full or a half hour, else the next that does."""
    local = at.astimezone(ZoneInfo(timezone))
    past = timedelta(minutes=local.minute % 30, seconds=local.second, microseconds=local.microsecond)
    return at + (HALF_HOUR - past if past else timedelta())
