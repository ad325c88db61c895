"""Putting an escalation aside for a while, or into other hands: a team, a department outside, a colleague."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from .. import errors, people
from ..people import Asker, Team
from . import policies, rules, telling
from .changing import change, note
from .rights import rights
from .rules import CONFIDENTIAL, LONGEST, Happened, Origin, Policy, Status, Step
from .tables import Escalation
from .taking import take
from .verbs import Done, load, not_over, open_anew, told


def snooze(
    session: Session,
    workspace_id: int,
    escalation_id: int,
    until: datetime,
    *,
    by: Asker,
    origin: Origin,
    now: datetime,
) -> Done:
    """Put it aside until a moment within a week; then it goes on where it was. Raises Invalid."""
    if not now < until <= now + LONGEST + timedelta(minutes=1):
        raise errors.Invalid("until", until.isoformat(), "until")
    one, team = load(session, workspace_id, escalation_id)
    member = rights(session, one, team, by).needs_change()
    not_over(session, one)
    change(session, one, snoozed_until=until, **_held_over(one, until))
    event = note(session, one, Happened.SNOOZED, origin, now=now, by=member, until=until)
    told(session, one, event, now)
    return Done(one.id, one.number, True, one.owner_id, until)


def _held_over(one: Escalation, until: datetime) -> dict[str, object]:
    """While it sleeps its owner is not asked."""
    if one.acknowledged_until is None:
        return {}
    return {"acknowledged_until": max(one.acknowledged_until, until + timedelta(hours=1)), "asked_until": None}


def hand_to_team(
    session: Session,
    workspace_id: int,
    escalation_id: int,
    to: Team,
    *,
    by: Asker,
    words: str,
    due_at: datetime | None,
    origin: Origin,
    now: datetime,
) -> Done:
    """Another team has it from now on, and it climbs there as that team agreed. Raises Invalid: it has it already."""
    one, team = load(session, workspace_id, escalation_id)
    member = rights(session, one, team, by).needs_change()
    not_over(session, one)
    if to.id == team.id:
        raise errors.Invalid("team", to.name, "same")
    telling.redraw(session, one)
    open_anew(session, one, now)
    change(
        session,
        one,
        team_id=to.id,
        handed_to=to.name,
        handed_due_at=due_at,
        policy=policies.policy(session, to, one.severity).to_json(),
        channel=None if one.kind in CONFIDENTIAL else to.channel,
        bundle_id=None,
    )
    event = note(
        session, one, Happened.HANDED, origin, now=now, by=member, words=words, to=to.name, due_at=due_at, what="team"
    )
    telling.show_in_channel(session, to, one, now=now, alone=True)
    told(session, one, event, now)
    return Done(one.id, one.number, True)


def hand_outside(
    session: Session,
    workspace_id: int,
    escalation_id: int,
    department: str,
    *,
    by: Asker,
    words: str,
    due_at: datetime,
    origin: Origin,
    now: datetime,
) -> Done:
    """A department outside works on it until a date; whoever handed it over stays its owner and is asked then."""
    one, team = load(session, workspace_id, escalation_id)
    member = rights(session, one, team, by).needs_change()
    not_over(session, one)
    if not department.strip():
        raise errors.Invalid("department", department, "empty")
    if due_at <= now:
        raise errors.Invalid("due", due_at.isoformat(), "past")
    if one.status == Status.OPEN:
        take(session, one, team, member, now)
    change(
        session,
        one,
        handed_to=department.strip(),
        handed_due_at=due_at,
        acknowledged_until=max(one.acknowledged_until or due_at, due_at + timedelta(hours=1)),
        asked_until=None,
    )
    event = note(
        session,
        one,
        Happened.HANDED,
        origin,
        now=now,
        by=member,
        words=words,
        to=department.strip(),
        due_at=due_at,
        what="department",
    )
    told(session, one, event, now)
    return Done(one.id, one.number, True, one.owner_id)


def assign(
    session: Session,
    workspace_id: int,
    escalation_id: int,
    to: int,
    *,
    by: Asker,
    words: str,
    origin: Origin,
    now: datetime,
) -> Done:
    """A colleague is asked first; until they say "mine" it climbs on from them."""
    one, team = load(session, workspace_id, escalation_id)
    member = rights(session, one, team, by).needs_change()
    not_over(session, one)
    colleague = people.member(session, workspace_id, to)
    if not colleague.slack_user_id:
        raise errors.UnknownMember(colleague.name)
    policy = Policy.parse(one.policy)
    rest = tuple(step for step in policy.steps if not step.who.startswith("member:"))
    following = replace(rest[0], after_s=max(rest[0].after_s, 900)) if rest else None
    steps = (Step(f"member:{to}", 0, policy.clock), *((following, *rest[1:]) if following else ()))
    open_anew(session, one, now)
    change(session, one, policy=replace(policy, steps=steps[: rules.MOST_STEPS]).to_json())
    event = note(session, one, Happened.HANDED, origin, now=now, by=member, words=words, member=str(to), what="person")
    told(session, one, event, now)
    return Done(one.id, one.number, True)
