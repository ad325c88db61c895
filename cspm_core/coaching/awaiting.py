"""What of coaching waits for somebody: talks, what they promised, and promises to look at."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, or_, select

from ..calendars import local_day, midnight
from ..people import Asker
from ..waiting import Consequence, Waiting
from . import reads
from .contents import PromiseSeen, TalkSeen
from .rules import DAY, PromiseStatus, TalkStatus
from .tables import Promise, Talk

TALK, PROMISE, CHECK = "talk", "promise", "promise_check"
AHEAD = timedelta(days=8)
"""Talks and promises farther ahead wait for nobody yet, but for an answer."""
DAY_AND_MORE = timedelta(hours=25)


def awaiting(session: Session, workspace_id: int, asker: Asker, *, now: datetime) -> list[Waiting]:
    """Kinds: `talk` (facts: other, is_lead, is_asked, minutes), `promise` (one's own; words, kind, other, due_on), and
    for the lead `promise_check` (one that stayed late, or was closed and not looked at; words, other, status, line)."""
    if asker.member_id is None:
        return []
    names, me = reads.Names(session, workspace_id), asker.member_id
    talks = [reads.talk(session, one, names, "") for one in _talks(session, workspace_id, me, now) if _own(one, asker)]
    rows = [one for one in _promises(session, workspace_id, me, now) if _own(one, asker)]
    promises = [reads.promise(session, one, now=now, names=names) for one in rows]
    found = [_talk(one, me, now) for one in talks] + [_promise(one, now) for one in promises if one.owner.id == me]
    found += [_check(one, now) for one in promises if one.lead.id == me and one.owner.id != me]
    return [one for one in found if one is not None]


def _own(row: Talk | Promise, asker: Asker) -> bool:
    return asker.member_id == row.agent_id or asker.coaches(row.team_id)


def _talks(session: Session, workspace_id: int, me: int, now: datetime) -> list[Talk]:
    held = select(Talk).where(
        Talk.workspace_id == workspace_id,
        or_(Talk.lead_id == me, Talk.agent_id == me),
        Talk.status == TalkStatus.HELD,
        col(Talk.held_at) > now - DAY_AND_MORE,
    )
    return [*reads.planned_talks(session, workspace_id, me), *session.exec(held)]


def _promises(session: Session, workspace_id: int, me: int, now: datetime) -> list[Promise]:
    """The open ones, those closed today, and those closed that their lead has not looked at."""
    closed = select(Promise).where(
        Promise.workspace_id == workspace_id,
        or_(Promise.lead_id == me, Promise.agent_id == me),
        Promise.status != PromiseStatus.OPEN,
        or_(
            col(Promise.closed_at) > now - DAY_AND_MORE,
            col(Promise.checked_at).is_(None),
            col(Promise.checked_at) > now - DAY_AND_MORE,
        ),
    )
    return [*reads.open_promises(session, workspace_id, me), *session.exec(closed)]


def _talk(one: TalkSeen, me: int, now: datetime) -> Waiting | None:
    is_asked = one.is_asked(me)
    if one.held_at is not None and not _is_today(one.held_at, one.timezone, now):
        return None
    if one.held_at is None and one.planned_at > now + AHEAD and not is_asked:
        return None
    facts = {
        "other": one.other(me).name, "is_lead": me == one.lead.id, "is_asked": is_asked, "minutes": one.minutes,
    }  # fmt: skip
    return Waiting(TALK, one.id, one.team_id, Consequence.PROMISED, one.planned_at, facts, one.held_at)


def _promise(one: PromiseSeen, now: datetime) -> Waiting | None:
    due = _end(one.due_on, one.timezone)
    if one.is_open and due > now + AHEAD:
        return None
    if not one.is_open and (one.closed_at is None or not _is_today(one.closed_at, one.timezone, now)):
        return None
    other = one.lead if one.owner.id == one.agent.id else one.agent
    facts = {"words": one.words, "kind": one.kind, "other": other.name, "due_on": one.due_on, "status": one.status}
    return Waiting(PROMISE, one.id, one.team_id, Consequence.PROMISED, due, facts, one.closed_at)


def _check(one: PromiseSeen, now: datetime) -> Waiting | None:
    facts = {"words": one.words, "other": one.agent.name, "status": one.status, "line": one.line, "due_on": one.due_on}
    if one.is_open:
        if one.climbed_at is None:
            return None
        return Waiting(CHECK, one.id, one.team_id, Consequence.PROMISED, _end(one.due_on, one.timezone), facts)
    if one.checked_at is not None and not _is_today(one.checked_at, one.timezone, now):
        return None
    return Waiting(CHECK, one.id, one.team_id, Consequence.READING, one.closed_at, facts, one.checked_at)


def _end(day: date, timezone: str) -> datetime:
    """When a day is over."""
    return midnight(day + DAY, timezone)


def _is_today(at: datetime, timezone: str, now: datetime) -> bool:
    return local_day(at, timezone) == local_day(now, timezone)
