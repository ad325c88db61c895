"""What people do with an escalation: take it, say that it is still theirs, give it back. Callers commit.

Each takes the escalation's id, reads it under a lock and says who did it from where; what is told follows by itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from .. import errors
from ..calendars import NeverOpen
from ..people import Asker, Team, calendar_of
from . import rules
from .changing import change, note
from .rights import rights
from .rules import LONGEST, Clock, Happened, Origin, Policy, Status
from .tables import Escalation
from .verbs import Done, load, not_over, open_anew, told


def acknowledge(
    session: Session,
    workspace_id: int,
    escalation_id: int,
    *,
    by: Asker,
    origin: Origin,
    now: datetime,
    words: str = "",
) -> Done:
    """ "Mine": the climb stops. Of several who press the first has it, the others are noted and told who.

    Raises Over, NotYours.
    """
    one, team = load(session, workspace_id, escalation_id)
    member = rights(session, one, team, by).needs_answer()
    not_over(session, one)
    if one.status == Status.ACKNOWLEDGED:
        return _seen_too(session, one, member, origin, now, words)
    take(session, one, team, member, now)
    event = note(session, one, Happened.ACKNOWLEDGED, origin, now=now, by=member, words=words)
    told(session, one, event, now)
    return Done(one.id, one.number, True, member, now)


def take(session: Session, one: Escalation, team: Team, member: int, now: datetime) -> None:
    change(
        session,
        one,
        status=Status.ACKNOWLEDGED.value,
        owner_id=member,
        first_acknowledged_at=one.first_acknowledged_at or now,
        acknowledged_at=now,
        acknowledged_until=holds_until(session, one, team, now),
        asked_until=None,
        snoozed_until=None,
        waits_for="",
        next_step_at=None,
    )


def holds_until(session: Session, one: Escalation, team: Team, now: datetime) -> datetime:
    """Until when an acknowledgement of this one holds, given now."""
    policy = Policy.parse(one.policy)
    if one.acknowledge_for_s:
        return now + timedelta(seconds=one.acknowledge_for_s)
    if policy.clock is not Clock.ALWAYS:
        try:
            return calendar_of(session, team).add_business(now, _working(policy.holds_s))
        except NeverOpen:
            pass
    return now + timedelta(seconds=policy.holds_s)


def _working(seconds: int) -> int:
    """A day that is held in working time is a working day of eight hours."""
    days, rest = divmod(seconds, rules.DAY)
    return days * 8 * rules.HOUR + rest


def _seen_too(session: Session, one: Escalation, member: int, origin: Origin, now: datetime, words: str) -> Done:
    if one.owner_id != member:
        since = int(one.acknowledged_at.timestamp()) if one.acknowledged_at else 0
        event = note(
            session, one, Happened.SEEN_TOO, origin, now=now, by=member, key=f"seen:{member}:{since}", words=words
        )
        if event is not None:
            change(session, one)
            told(session, one, event, now)
    return Done(one.id, one.number, False, one.owner_id, one.acknowledged_at)


def keep(session: Session, workspace_id: int, escalation_id: int, *, by: Asker, origin: Origin, now: datetime) -> Done:
    """ "Still mine": its owner answers that it is, for as long again."""
    one, team = load(session, workspace_id, escalation_id)
    member = rights(session, one, team, by).needs_change()
    not_over(session, one)
    if one.status != Status.ACKNOWLEDGED:
        return acknowledge(session, workspace_id, escalation_id, by=by, origin=origin, now=now)
    until = holds_until(session, one, team, now)
    change(session, one, acknowledged_until=until, asked_until=None)
    event = note(session, one, Happened.EXTENDED, origin, now=now, by=member, until=until)
    told(session, one, event, now)
    return Done(one.id, one.number, True, one.owner_id, until)


def hold_for(
    session: Session, workspace_id: int, escalation_id: int, seconds: int, *, by: Asker, origin: Origin, now: datetime
) -> Done:
    """Of this one only: acknowledgements hold so long, at most a week. Raises Invalid."""
    if not 300 <= seconds <= LONGEST.total_seconds():
        raise errors.Invalid("holds", str(seconds), "holds")
    one, team = load(session, workspace_id, escalation_id)
    member = rights(session, one, team, by).needs_change()
    not_over(session, one)
    until = now + timedelta(seconds=seconds)
    holding = {"acknowledged_until": until, "asked_until": None} if one.status == Status.ACKNOWLEDGED else {}
    change(session, one, acknowledge_for_s=seconds, **holding)
    event = note(session, one, Happened.EXTENDED, origin, now=now, by=member, until=until, seconds=seconds)
    told(session, one, event, now)
    return Done(one.id, one.number, True, one.owner_id, until)


def release(
    session: Session,
    workspace_id: int,
    escalation_id: int,
    *,
    by: Asker,
    origin: Origin,
    now: datetime,
    words: str = "",
) -> Done:
    """ "Not mine any more": it is open again and climbs from its first step."""
    one, team = load(session, workspace_id, escalation_id)
    member = rights(session, one, team, by).needs_change()
    not_over(session, one)
    if one.status == Status.OPEN:
        return Done(one.id, one.number, False)
    open_anew(session, one, now)
    event = note(session, one, Happened.RELEASED, origin, now=now, by=member, words=words)
    told(session, one, event, now)
    return Done(one.id, one.number, True)
