"""What the clock does with an escalation: steps, ends of snoozes and acknowledgements, promises, check-backs.

Each clock of an escalation is a column; `next_at` is the earliest. Whatever is due is done once, in one transaction. A
worker that comes late, since it was down, does the next thing now and counts the wait after it from now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from .. import people
from ..people import Member, Team
from . import rules, telling
from .changing import change, locked, locked_all, note
from .rules import Happened, Origin, Policy, Status
from .tables import Escalation
from .whom import Found, Quiet, Whom

SILENCE = timedelta(minutes=30)
"""How long after nobody could be told it is tried again."""


def due(session: Session, *, now: datetime, limit: int = 200) -> Sequence[Escalation]:
    """What a clock has reached, workspace by workspace, the longest due first; at most `limit` in each."""
    found: list[Escalation] = []
    for workspace in people.workspaces(session):
        query = select(Escalation).where(Escalation.workspace_id == workspace.id, col(Escalation.next_at) <= now)
        found += session.exec(query.order_by(col(Escalation.next_at), col(Escalation.id)).limit(limit))
    return found


def asked_for(session: Session, due: Iterable[Escalation], *, now: datetime) -> dict[int, list[Member]]:
    """Whom the next steps would tell, by workspace: their quiet hours are asked for before anything is written."""
    found: dict[int, dict[int, Member]] = {}
    deck = Deck(now)
    for one in due:
        if one.status != Status.OPEN or one.next_step_at is None or one.next_step_at > now:
            continue
        whom = deck.whom(session, one)
        step = Policy.parse(one.policy).steps[one.step]
        told = whom.on_duty_now() if step.who == "duty" else whom.candidates(step)
        found.setdefault(one.workspace_id, {}).update({member.id: member for member in told})
    return {workspace_id: list(members.values()) for workspace_id, members in found.items()}


@dataclass
class Deck:
    """Teams and their people around one instant, read once for a whole sweep."""

    now: datetime
    quiet: Quiet = field(default_factory=dict)
    _found: dict[tuple[int, int], Whom] = field(default_factory=dict)

    def whom(self, session: Session, one: Escalation) -> Whom:
        key = (one.workspace_id, one.team_id)
        if key not in self._found:
            self._found[key] = Whom(session, people.team(session, *key), self.now, self.quiet)
        return self._found[key]


def move_on(session: Session, ids: Sequence[tuple[int, int]], deck: Deck) -> int:
    """Do everything that is due for some escalations (workspace_id, id); how many moved: another may be faster."""
    return sum(_move_on(session, one, deck) for one in locked_all(session, ids))


def _move_on(session: Session, one: Escalation, deck: Deck) -> bool:
    now = deck.now
    if one.next_at is None or one.next_at > now:
        return False
    whom = deck.whom(session, one)
    for clock in (_wake, _promise, _handed, _ask, _lapse, _check_back, _climb):
        clock(session, one, whom, now)
    if one.next_at is not None and one.next_at <= now:
        change(session, one)
    telling.redraw(session, one)
    return True


def _is_due(at: datetime | None, now: datetime) -> bool:
    return at is not None and at <= now


def _wake(session: Session, one: Escalation, whom: Whom, now: datetime) -> None:
    """A snooze is over: a climb goes on where it was, an owner is told."""
    if not _is_due(one.snoozed_until, now):
        return
    waits = {"next_step_at": now} if one.status == Status.OPEN else {}
    change(session, one, snoozed_until=None, **waits)
    event = note(session, one, Happened.WOKEN, Origin.CLOCK, now=now)
    telling.line(session, one, event, now=now)
    if one.owner_id is not None:
        _ask_owner(session, one, whom, f"woken:{one.revision}", now)


def _promise(session: Session, one: Escalation, whom: Whom, now: datetime) -> None:
    """A promise to the customer: its owner is reminded before it is due; due and not kept, it climbs again."""
    if not _is_due(one.promise_warn_at, now) or one.promise_due_at is None:
        return
    if now < one.promise_due_at:
        change(session, one, promise_warn_at=one.promise_due_at)
        event = note(session, one, Happened.PROMISE_DUE, Origin.CLOCK, now=now, due_at=one.promise_due_at)
        if one.owner_id is not None:
            _ask_owner(session, one, whom, f"promise:{int(one.promise_due_at.timestamp())}", now)
    else:
        change(session, one, promise_warn_at=None)
        event = note(session, one, Happened.PROMISE_BROKEN, Origin.CLOCK, now=now, due_at=one.promise_due_at)
        climb_again(session, one, now)
    telling.line(session, one, event, now=now)


def climb_again(session: Session, one: Escalation, now: datetime) -> None:
    """It goes through its steps from the first; whoever has it keeps it only by saying so again."""
    if one.status == Status.RESOLVED:
        return
    change(
        session,
        one,
        status=Status.OPEN.value,
        owner_id=None,
        acknowledged_at=None,
        acknowledged_until=None,
        asked_until=None,
        snoozed_until=None,
        step=0,
        round=one.round + 1,
        waits_for="",
        next_step_at=now,
    )


def _handed(session: Session, one: Escalation, _: Whom, now: datetime) -> None:
    """What was handed to a department or a team is due back."""
    if not _is_due(one.handed_due_at, now):
        return
    due_at = one.handed_due_at
    change(session, one, handed_due_at=None)
    event = note(session, one, Happened.HANDED_DUE, Origin.CLOCK, now=now, to=one.handed_to, due_at=due_at)
    telling.line(session, one, event, now=now)
    if one.owner_id is not None:
        change(session, one, acknowledged_until=now)


def _ask(session: Session, one: Escalation, whom: Whom, now: datetime) -> None:
    """An acknowledgement runs out: its owner is asked before it climbs again, at an hour when they work."""
    if one.status != Status.ACKNOWLEDGED or not _is_due(one.acknowledged_until, now) or one.asked_until is not None:
        return
    policy = Policy.parse(one.policy)
    until = whom.later(rules.ANSWER_WITHIN_S, policy.clock)
    change(session, one, acknowledged_until=None, asked_until=until)
    event = note(session, one, Happened.ASKED, Origin.CLOCK, now=now, until=until)
    telling.line(session, one, event, now=now)
    _ask_owner(session, one, whom, f"still:{one.revision}", now)


def _ask_owner(session: Session, one: Escalation, whom: Whom, why: str, now: datetime) -> None:
    owner = whom.member(one.owner_id) if one.owner_id is not None else None
    if owner is not None:
        telling.show_to(session, one, [(owner, whom.language(owner))], why=why, now=now, kind=telling.ASK)


def _lapse(session: Session, one: Escalation, _: Whom, now: datetime) -> None:
    """Asked and no answer: it is nobody's again, and climbs."""
    if one.status != Status.ACKNOWLEDGED or not _is_due(one.asked_until, now):
        return
    owner = one.owner_id
    climb_again(session, one, now)
    event = note(session, one, Happened.LAPSED, Origin.CLOCK, now=now, member=str(owner))
    telling.line(session, one, event, now=now)


def _check_back(session: Session, one: Escalation, whom: Whom, now: datetime) -> None:
    """The day to ask the customer has come."""
    if not _is_due(one.check_back_at, now):
        return
    change(session, one, check_back_at=None)
    event = note(session, one, Happened.CHECK_BACK, Origin.CLOCK, now=now)
    telling.line(session, one, event, now=now)
    _ask_owner(session, one, whom, "check", now)


def _climb(session: Session, one: Escalation, whom: Whom, now: datetime) -> None:
    """The step that is due, and those after it that have to be passed over."""
    policy = Policy.parse(one.policy)
    for _ in policy.steps:
        if one.status != Status.OPEN or one.snoozed_until is not None or not _is_due(one.next_step_at, now):
            return
        step = policy.steps[one.step]
        following = policy.steps[(one.step + 1) % len(policy.steps)]
        patience_s = following.after_s or policy.repeat_s
        found = whom.find(step, one.severity, is_hidden=one.channel is None, patience_s=patience_s)
        if found.members or found.is_channel:
            _tell(session, one, policy, whom, found, now)
        elif found.until is not None:
            _wait(session, one, found, now)
        else:
            _skip(session, one, policy, found, now)
    if _is_due(one.next_step_at, now) and one.status == Status.OPEN:
        change(session, one, next_step_at=now + SILENCE, waits_for="nobody")


def _tell(session: Session, one: Escalation, policy: Policy, whom: Whom, found: Found, now: datetime) -> None:
    step, why = policy.steps[one.step], f"{one.round}.{one.step}"
    if found.is_channel:
        telling.call_channel(session, whom.team, one, why=why, now=now)
    else:
        telling.show_to(session, one, [(who, whom.language(who)) for who in found.members], why=why, now=now)
    members = [str(member.id) for member in found.members]
    event = note(
        session, one, Happened.TOLD, Origin.CLOCK, now=now, key=f"step:{why}", who=step.who, members=members,
        round=one.round,
    )  # fmt: skip
    is_last = one.step + 1 >= len(policy.steps)
    following = policy.steps[0 if is_last else one.step + 1]
    wait, clock = (policy.repeat_s, policy.clock) if is_last else (following.after_s, following.clock)
    change(
        session,
        one,
        step=0 if is_last else one.step + 1,
        round=one.round + is_last,
        waits_for="",
        next_step_at=whom.later(wait, clock, found.members),
    )
    if one.round or one.step > 1 or found.is_channel:
        telling.line(session, one, None if found.is_channel else event, now=now)


def _wait(session: Session, one: Escalation, found: Found, now: datetime) -> None:
    assert found.until is not None
    until = max(found.until, now + timedelta(seconds=1))
    key = f"wait:{one.round}.{one.step}:{found.why}:{int(until.timestamp())}"
    event = note(session, one, Happened.WAITING, Origin.CLOCK, now=now, key=key, until=until, why=found.why)
    change(session, one, next_step_at=until, waits_for=found.why)
    telling.line(session, one, event, now=now)


def _skip(session: Session, one: Escalation, policy: Policy, found: Found, now: datetime) -> None:
    """Pass over a step at once, and say why."""
    step, is_last = policy.steps[one.step], one.step + 1 >= len(policy.steps)
    key = f"step:{one.round}.{one.step}"
    event = note(session, one, Happened.SKIPPED, Origin.CLOCK, now=now, key=key, who=step.who, why=found.why)
    change(session, one, step=0 if is_last else one.step + 1, round=one.round + is_last, waits_for="")
    if found.why != "hidden":
        telling.line(session, one, event, now=now)


def gone(session: Session, workspace_id: int, escalation_id: int, code: str, place: str, *, now: datetime) -> None:
    """Slack says that a person or channel is no more: the next step is taken at once."""
    one = locked(session, workspace_id, escalation_id)
    event = note(
        session,
        one,
        Happened.UNDELIVERED,
        Origin.SLACK,
        now=now,
        key=f"gone:{place}:{one.round}",
        code=code,
        place=place,
    )
    if event is None:
        return
    climbs = one.status == Status.OPEN and one.snoozed_until is None
    change(session, one, **({"next_step_at": now} if climbs else {}))
    telling.line(session, one, event, now=now)
    telling.redraw(session, one)


def team_of(session: Session, one: Escalation) -> Team:
    """The team that has it now."""
    return people.team(session, one.workspace_id, one.team_id)
