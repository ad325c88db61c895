"""Which instants matter in the demo: where it opens, when digests are due, when somebody's next morning is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from sqlmodel import Session, col, func, select

from cspm_core import digests, people
from cspm_core.crises import Crisis
from cspm_core.escalations import Escalation
from cspm_core.handovers import Handover
from cspm_core.people import Team

from . import world
from .living import calendar_of

DAY = timedelta(days=1)
OPENS = time(8, 40)
"""Twenty minutes before the digest of the team that the visitor leads."""
A_MOMENT = timedelta(minutes=1)
"""A digest arrives just after it is due."""
FAR = 8 * DAY
"""Whoever turns the clock further finds only the last days' digests."""


def opening(now: datetime) -> datetime:
    """The last working morning of the visitor's team that is not in the future, twenty to nine."""
    calendar = calendar_of(world.RETURNS)
    day = calendar.local_day(now)
    while not calendar.is_working_day(day) or calendar.at_local(day, OPENS) > now:
        day -= DAY
    return calendar.at_local(day, OPENS)


def eve(at: datetime) -> datetime:
    """The opening of the working day before: what happened since then stands in the channels already."""
    return opening(opening(at) - timedelta(seconds=1))


def stops(session: Session, workspace_id: int, after: datetime, to: datetime) -> list[datetime]:
    """The instants to halt at on the way to `to`: just after each digest is due, and `to` itself."""
    after = max(after, to - FAR)
    halts = {at for team in people.teams(session, workspace_id) for at in _arrivals(session, team, after, to)}
    return [*sorted(at for at in halts if after < at < to), to]


def next_due(session: Session, workspace_id: int) -> datetime | None:
    """When the first clock of an escalation, a crisis or a handover is due; None where none runs."""
    found = [
        session.exec(select(func.min(col(table.next_at))).where(table.workspace_id == workspace_id)).one()
        for table in (Escalation, Crisis, Handover)
    ]
    return min((at for at in found if at is not None), default=None)


def _arrivals(session: Session, team: Team, after: datetime, to: datetime) -> Iterator[datetime]:
    rhythm = digests.rhythm(session, team)
    for day in rhythm.days_after(after - A_MOMENT):
        at = rhythm.due_at(day) + A_MOMENT
        if at >= to:
            return
        yield at


def next_morning(session: Session, workspace_id: int, slack_user: str, now: datetime) -> datetime:
    """Just after the next digest of the first team a person is in; of the visitor's team for those who are in none."""
    asker = people.asker(session, workspace_id, slack_user, now.date())
    every = people.teams(session, workspace_id)
    theirs = [team for team in every if team.id in asker.team_ids]
    usual = [team for team in every if team.name == world.RETURNS.name]
    rhythm = digests.rhythm(session, next(iter([*(theirs if len(theirs) == 1 else []), *usual, *every])))
    return next((rhythm.due_at(day) + A_MOMENT for day in rhythm.days_after(now)), now + DAY)
