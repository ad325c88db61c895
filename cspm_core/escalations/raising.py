"""Raising an escalation: written down first; the same cause is counted or reopened, never a second alarm."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from .. import people
from ..ids import new_id
from ..once import add_once
from ..people import Team, Workspace, fold
from ..tickets import Ticket
from . import policies, rules, telling
from .changing import change, locked, note
from .rules import CONFIDENTIAL, Cause, Clock, Happened, Origin, Policy, Raised, Status
from .tables import Escalation
from .whom import Quiet, Whom

TRIES = 5
ORIGINS = {
    "rule": Origin.RULE,
    "hook": Origin.HOOK,
    "promise": Origin.CLOCK,
    "handover": Origin.CLOCK,
    "crisis": Origin.RULE,
}


def raise_one(
    session: Session, team: Team, cause: Cause, *, now: datetime, quiet: Quiet | None = None, whom: Whom | None = None
) -> Raised:
    """Open an escalation, or count the cause into the one that stands. Its first step follows at the next sweep.

    Raises Invalid.
    """
    cause = _known(session, team, rules.checked_cause(cause))
    key = _key(team, cause) or f"once:{new_id(now)}"
    for _ in range(TRIES):
        standing = _latest(session, team, key)
        if standing is not None and standing.status != Status.RESOLVED:
            return _count(session, standing, cause, now)
        if standing is not None and _is_fresh(session, team, standing, now):
            return _again(session, team, standing, cause, now)
        opened = _open(session, team, cause, key, standing.episode + 1 if standing else 1, now, whom, quiet)
        if opened is not None:
            return opened
    raise RuntimeError("the same cause kept coming from somebody else")


def _known(session: Session, team: Team, cause: Cause) -> Cause:
    """The cause with what we know of its ticket."""
    ticket = _ticket(session, team, cause)
    if ticket is None:
        return cause
    return replace(
        cause,
        ticket_id=ticket.id,
        ticket_key=ticket.key,
        url=cause.url or ticket.url,
        category=cause.category or ticket.category,
        customer=cause.customer or ticket.customer,
        organisation=cause.organisation or ticket.organisation,
        tier=cause.tier or ticket.tier,
    )


def _ticket(session: Session, team: Team, cause: Cause) -> Ticket | None:
    if cause.ticket_id is not None:
        return session.get(Ticket, (team.workspace_id, cause.ticket_id))
    if not cause.ticket_key:
        return None
    return session.exec(
        select(Ticket).where(
            Ticket.workspace_id == team.workspace_id,
            Ticket.key == cause.ticket_key,
            col(Ticket.scope).in_((0, team.id)),
            Ticket.team_id == team.id,
        )
    ).first()


def _key(team: Team, cause: Cause) -> str:
    """What makes it one: what its source says, else its ticket, call or message; empty: nothing but itself.

    What is confidential is never counted into what others see.
    """
    if cause.cause:
        return cause.cause
    apart = f"{cause.kind}:" if cause.kind in CONFIDENTIAL else ""
    if cause.ticket_key:
        return f"{apart}ticket:{team.id}:{fold(cause.ticket_key)}"
    if cause.call_key:
        return f"{apart}call:{team.id}:{fold(cause.call_key)}"
    if cause.message_ts:
        return f"{apart}message:{team.id}:{cause.message_channel}:{cause.message_ts}"
    return ""


def _latest(session: Session, team: Team, key: str) -> Escalation | None:
    return session.exec(
        select(Escalation)
        .where(Escalation.workspace_id == team.workspace_id, Escalation.cause == key)
        .order_by(col(Escalation.episode).desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def _is_fresh(session: Session, team: Team, one: Escalation, now: datetime) -> bool:
    within = timedelta(hours=policies.settings(session, team).reopen_within_h)
    return one.resolved_at is not None and now - one.resolved_at <= within


def _count(session: Session, one: Escalation, cause: Cause, now: datetime) -> Raised:
    """It stands already: counted, and where it is worse than thought its severity rises."""
    worse = min(one.severity, cause.severity)
    promise = _promise(one, cause, now)
    change(session, one, count=one.count + 1, last_seen_at=now, severity=worse, **promise)
    event = note(
        session,
        one,
        Happened.COUNTED,
        _origin(cause),
        now=now,
        by=cause.by,
        what=cause.what,
        rule=cause.rule,
        count=one.count,
    )
    telling.line(session, one, event, now=now)
    telling.redraw(session, one)
    _show_reporter(session, one, cause, now)
    return Raised(one.id, one.number, "counted")


def _again(session: Session, team: Team, one: Escalation, cause: Cause, now: datetime) -> Raised:
    reopen(session, team, one, origin=_origin(cause), by=cause.by, what=cause.what, now=now)
    change(session, one, count=one.count + 1, last_seen_at=now, **_promise(one, cause, now))
    _show_reporter(session, one, cause, now)
    return Raised(one.id, one.number, "reopened")


def _show_reporter(session: Session, one: Escalation, cause: Cause, now: datetime) -> None:
    """Whoever reports it too follows it too, unless only its people may see it; so does the message it came from."""
    if one.kind not in CONFIDENTIAL:
        telling.show_raiser(session, one, cause.by, now=now)
    telling.show_source(session, one, cause.message_channel, cause.message_ts, now=now)


def reopen(
    session: Session, team: Team, one: Escalation, *, origin: Origin, by: int | None, what: str = "", now: datetime
) -> None:
    """It was resolved and is not over: open again, climbing from its first step."""
    change(
        session,
        one,
        status=Status.OPEN.value,
        owner_id=None,
        acknowledged_at=None,
        acknowledged_until=None,
        asked_until=None,
        snoozed_until=None,
        resolved_at=None,
        resolved_by=None,
        check_back_at=None,
        checked_at=None,
        satisfied=None,
        reopened=one.reopened + 1,
        step=0,
        round=one.round + 1,
        waits_for="",
        next_step_at=now,
    )
    event = note(session, one, Happened.REOPENED, origin, now=now, by=by, what=what)
    telling.show_in_channel(session, team, one, now=now)
    telling.line(session, one, event, now=now)
    telling.redraw(session, one)


def _promise(one: Escalation, cause: Cause, now: datetime) -> dict[str, object]:
    if cause.promise_due_at is None:
        return {}
    return {
        "promise": cause.promise or one.promise,
        "promise_due_at": cause.promise_due_at,
        "promise_kept_at": None,
        "promise_warn_at": rules.promise_warning(cause.promise_due_at, now),
    }


def _open(
    session: Session,
    team: Team,
    cause: Cause,
    key: str,
    episode: int,
    now: datetime,
    whom: Whom | None,
    quiet: Quiet | None,
) -> Raised | None:
    """The escalation under a new number; None where another has written this episode meanwhile."""
    whom = whom or Whom(session, team, now, quiet or {})
    policy = policies.policy(session, team, cause.severity)
    row = _row(session, team, cause, key, episode, policy, whom, now)
    if not add_once(session, row):
        return None
    one = locked(session, team.workspace_id, row.id)
    note(session, one, Happened.OPENED, _origin(cause), now=now, by=cause.by, rule=cause.rule)
    telling.show_in_channel(session, team, one, now=now)
    telling.show_raiser(session, one, one.raised_by, now=now)
    telling.show_source(session, one, one.message_channel, one.message_ts, now=now)
    if one.parent_id is not None:
        telling.redraw(session, locked(session, team.workspace_id, one.parent_id))
    return Raised(one.id, one.number, "opened")


def _row(
    session: Session, team: Team, cause: Cause, key: str, episode: int, policy: Policy, whom: Whom, now: datetime
) -> Escalation:
    gathered = cause.parent_id is not None
    row_id = new_id(now)
    is_hidden = cause.is_private or cause.kind in CONFIDENTIAL
    first = now if gathered else _first_told(policy, whom)
    warn = rules.promise_warning(cause.promise_due_at, now) if cause.promise_due_at else None
    return Escalation(
        workspace_id=team.workspace_id,
        id=row_id,
        team_id=team.id,
        first_team_id=team.id,
        number=_number(session, team),
        cause=key,
        episode=episode,
        last_seen_at=now,
        severity=cause.severity,
        kind=cause.kind,
        what=cause.what.strip(),
        rule=cause.rule,
        rule_facts=json.dumps(cause.rule_facts, separators=(",", ":"), ensure_ascii=False),
        source=cause.source,
        raised_by=cause.by,
        message_channel=cause.message_channel,
        message_ts=cause.message_ts,
        message_url=cause.message_url,
        ticket_id=cause.ticket_id,
        ticket_key=cause.ticket_key,
        call_key=cause.call_key,
        url=cause.url,
        category=cause.category,
        customer=cause.customer,
        customer_key=fold(cause.organisation or cause.customer),
        organisation=cause.organisation,
        tier=cause.tier,
        opened_at=now,
        happened_at=cause.happened_at,
        acknowledge_due_at=_acknowledge_due(policy, whom, first),
        promise=cause.promise,
        promise_due_at=cause.promise_due_at,
        promise_warn_at=warn,
        policy=policy.to_json(),
        next_step_at=None if gathered else now,
        next_at=warn if gathered else now,
        parent_id=cause.parent_id,
        channel=None if is_hidden or gathered else team.channel,
    )


def _first_told(policy: Policy, whom: Whom) -> datetime:
    """When the first step can be taken: at once, or when the team works next."""
    step = policy.steps[0]
    return whom.later(step.after_s, step.clock, at=whom.now if step.clock is Clock.ALWAYS else whom.opening())


def _acknowledge_due(policy: Policy, whom: Whom, first: datetime) -> datetime:
    """Until the second step it is in time."""
    following = policy.steps[1] if len(policy.steps) > 1 else None
    wait, clock = (following.after_s, following.clock) if following else (policy.repeat_s, policy.clock)
    return whom.later(wait, clock, at=first)


def _number(session: Session, team: Team) -> int:
    """The next number of the workspace; the row's lock keeps two from having the same."""
    numbered = (
        update(Workspace)
        .where(col(Workspace.workspace_id) == team.workspace_id, col(Workspace.id) == team.workspace_id)
        .values(escalations=col(Workspace.escalations) + 1)
        .returning(col(Workspace.escalations))
        .execution_options(synchronize_session=False)
    )
    return int(session.exec(numbered).one()[0])


def _origin(cause: Cause) -> Origin:
    return ORIGINS.get(cause.source, Origin.FORM)


def raiser_of(session: Session, one: Escalation) -> people.Member | None:
    """Who raised it, where it was a person."""
    return people.member(session, one.workspace_id, one.raised_by) if one.raised_by is not None else None
