"""What an escalation is and how it climbs: severities, kinds, steps, policies, and who may do what. No database."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from ..errors import Invalid

HOUR, DAY = 3600, 86_400
SEVERITIES = (1, 2, 3, 4)
KINDS = ("sla", "complaint", "technical", "billing", "conduct", "crisis", "other")
CONFIDENTIAL = frozenset({"conduct"})
"""About a colleague: no channel sees it, only its people do."""
URGENT = 1
"""The severity at which quiet people are passed over at once, and nobody waits for morning."""
LONGEST = timedelta(days=7)
"""An acknowledgement or a snooze lasts no longer."""
SNOOZES = (1800, HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY)
"""Seconds that are offered for a snooze."""
ANSWER_WITHIN_S = 1800
"""How long an owner who was asked has before it climbs again."""
WARN_BEFORE = timedelta(minutes=30)
"""A promise to a customer is spoken of this long before it is due."""
SIMILAR_WITHIN = timedelta(days=90)


class Status(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class Origin(StrEnum):
    """From where something was done."""

    BUTTON = "button"
    FORM = "form"
    COMMAND = "command"
    THREAD = "thread"
    RULE = "rule"
    HOOK = "hook"
    CLOCK = "clock"
    SLACK = "slack"


class Happened(StrEnum):
    """The kinds of lines in a timeline."""

    OPENED = "opened"
    COUNTED = "counted"
    REOPENED = "reopened"
    TOLD = "told"
    """A step: people or the channel were told."""
    WAITING = "waiting"
    """Nobody can be told now; `until` says when."""
    SKIPPED = "skipped"
    """A step was passed over; `why`: nobody, away, quiet, gone."""
    ACKNOWLEDGED = "acknowledged"
    SEEN_TOO = "seen_too"
    """Somebody else acknowledged it as well."""
    EXTENDED = "extended"
    ASKED = "asked"
    LAPSED = "lapsed"
    """Its owner did not answer: it climbs again."""
    RELEASED = "released"
    """Its owner gave it back."""
    SNOOZED = "snoozed"
    WOKEN = "woken"
    HANDED = "handed"
    HANDED_DUE = "handed_due"
    PROMISE_DUE = "promise_due"
    PROMISE_BROKEN = "promise_broken"
    PROMISE_KEPT = "promise_kept"
    CHANGED = "changed"
    """Severity, kind or promise."""
    RESOLVED = "resolved"
    CHECK_BACK = "check_back"
    CHECKED = "checked"
    NOTED = "noted"
    GATHERED = "gathered"
    PREVENTION = "prevention"
    CRISIS_TASK = "crisis_task"
    """Of a crisis's checklist: taken, done, not done after all (`state`)."""
    CRISIS_UPDATE = "crisis_update"
    CRISIS_LATE = "crisis_late"
    """Somebody was reminded of the next update."""
    CRISIS_SILENT = "crisis_silent"
    """Reminded in vain: it climbs again."""
    CRISIS_TOLD = "crisis_told"
    """Customers were told."""
    CRISIS_CLEAR = "crisis_clear"
    CRISIS_REVIEWED = "crisis_reviewed"
    UNDELIVERED = "undelivered"
    WATCHED = "watched"
    """It was late, and set going again."""


class Clock(StrEnum):
    """What a step's wait is counted in."""

    TEAM = "team"
    """The team's working time."""
    PERSON = "person"
    """The working time of whoever was told."""
    ALWAYS = "always"


WHO = ("channel", "duty", "lead", "manager")
"""Beside these a step may name `member:ID` or `group:S…`."""


@dataclass(frozen=True, slots=True)
class Step:
    """Who is told, so many seconds after the step before."""

    who: str
    after_s: int = 0
    clock: Clock = Clock.TEAM


@dataclass(frozen=True, slots=True)
class Policy:
    """The steps in order; after the last they begin again, `repeat_s` later. `holds_s`: how long "mine" lasts."""

    steps: tuple[Step, ...]
    repeat_s: int = HOUR
    holds_s: int = DAY
    clock: Clock = Clock.TEAM
    """What `repeat_s` and `holds_s` are counted in."""

    def to_json(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def parse(cls, text: str) -> Policy:
        """Back from JSON."""
        told = json.loads(text)
        steps = tuple(Step(one["who"], int(one["after_s"]), Clock(one["clock"])) for one in told["steps"])
        return cls(steps, int(told["repeat_s"]), int(told["holds_s"]), Clock(told["clock"]))


MOST_STEPS = 6
LONGEST_WAIT_S = 7 * DAY


def checked(policy: Policy) -> Policy:
    """The policy, where it can be followed. Raises Invalid with field `steps`, `after`, `repeat` or `holds`."""
    if not 1 <= len(policy.steps) <= MOST_STEPS:
        raise Invalid("steps", str(len(policy.steps)), "steps")
    for step in policy.steps:
        if step.who not in WHO and step.who.partition(":")[0] not in ("member", "group"):
            raise Invalid("steps", step.who, "who")
        if not 0 <= step.after_s <= LONGEST_WAIT_S:
            raise Invalid("after", str(step.after_s), "after")
    if not 300 <= policy.repeat_s <= LONGEST_WAIT_S:
        raise Invalid("repeat", str(policy.repeat_s), "repeat")
    if not 300 <= policy.holds_s <= LONGEST.total_seconds():
        raise Invalid("holds", str(policy.holds_s), "holds")
    return policy


def default_policy(severity: int) -> Policy:
    """The lead, then the channel, then whoever manages: around the clock where it is urgent, else in working hours."""
    clock = Clock.ALWAYS if severity == URGENT else Clock.TEAM
    first, second, holds = {1: (5, 10, 2 * HOUR), 2: (15, 30, 4 * HOUR), 3: (60, 120, DAY), 4: (240, 480, 2 * DAY)}[
        severity
    ]
    steps = (Step("lead", 0, clock), Step("channel", first * 60, clock), Step("manager", second * 60, clock))
    return Policy(steps, repeat_s=max(900, second * 120), holds_s=holds, clock=clock)


@dataclass(frozen=True, slots=True)
class Cause:
    """What raises an escalation. Members and tickets by their ids; instants aware."""

    source: str
    what: str
    cause: str = ""
    """What makes it one; empty: the ticket, or nothing but itself."""
    kind: str = "other"
    severity: int = 3
    by: int | None = None
    ticket_id: int | None = None
    ticket_key: str = ""
    call_key: str = ""
    url: str = ""
    category: str = ""
    customer: str = ""
    organisation: str = ""
    tier: str = ""
    promise: str = ""
    promise_due_at: datetime | None = None
    happened_at: datetime | None = None
    rule: str = ""
    rule_facts: dict[str, object] = field(default_factory=dict)
    message_channel: str = ""
    message_ts: str = ""
    message_url: str = ""
    parent_id: int | None = None
    is_private: bool = False
    """For the people whom its steps tell alone: no channel sees it."""


def checked_cause(cause: Cause) -> Cause:
    """The cause, where it can be one. Raises Invalid."""
    if cause.severity not in SEVERITIES:
        raise Invalid("severity", str(cause.severity), "severity")
    if cause.kind not in KINDS:
        raise Invalid("kind", cause.kind, "kind")
    if not cause.what.strip() and not cause.rule:
        raise Invalid("what", "", "empty")
    return cause


@dataclass(frozen=True, slots=True)
class Raised:
    """What became of a cause. `state`: opened, counted or reopened."""

    escalation_id: int
    number: int
    state: str


def earliest(instants: Iterable[datetime | None]) -> datetime | None:
    """The first of some clocks; None where none runs."""
    return min((at for at in instants if at is not None), default=None)


def promise_warning(due_at: datetime, now: datetime) -> datetime:
    """When a promise is first spoken of: half an hour before it is due; where that is over, half of what is left."""
    warn = due_at - WARN_BEFORE
    return warn if warn > now else now + max(due_at - now, timedelta(0)) / 2


def name(number: int) -> str:
    """What people call it."""
    return f"E{number}"


def numbered(text: str) -> int | None:
    """The number in `E12`, `e12`, `#12` or `12`; None where it is none."""
    bare = text.strip().lstrip("#").removeprefix("E").removeprefix("e")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 10 else None
