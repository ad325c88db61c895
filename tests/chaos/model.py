"""What an escalation must be after what happened to it, worked out here anew: nothing of the product's rules is used.

Events come in the order in which they were committed. A step is due once its wait has passed in its own hours, a round
ends with the last step, "mine" stops the climb, and so on. Whatever does not follow from that is a broken promise.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
"""Working time is counted in whole seconds."""


@dataclass(frozen=True)
class Hours:
    """When a team works: wall times on some weekdays (Monday is 0); what ends before it begins ends a day later."""

    zone: ZoneInfo
    opens: time
    closes: time
    days: frozenset[int]

    @classmethod
    def parse(cls, words: str, zone: str) -> Hours:
        """From `mon-fri 09:00-17:00`."""
        days, _, wall = words.partition(" ")
        opens, closes = wall.split("-")
        names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        first, last = (names.index(name) for name in days.split("-"))
        end = time(0) if closes == "24:00" else time.fromisoformat(closes)
        return cls(ZoneInfo(zone), time.fromisoformat(opens), end, frozenset(range(first, last + 1)))

    def span(self, day: date) -> tuple[datetime, datetime] | None:
        """The instants between which a local day's shift runs."""
        if day.weekday() not in self.days:
            return None
        last = day if self.closes > self.opens else day + DAY
        return self._instant(day, self.opens), self._instant(last, self.closes)

    def _instant(self, day: date, wall: time) -> datetime:
        return datetime.combine(day, wall, self.zone).astimezone(UTC)

    def _spans(self, at: datetime) -> list[tuple[datetime, datetime]]:
        today = at.astimezone(self.zone).date()
        found = (self.span(today + DAY * n) for n in range(-1, 30))
        return [one for one in found if one is not None]

    def is_open(self, at: datetime) -> bool:
        return any(begins <= at < ends for begins, ends in self._spans(at))

    def opening(self, at: datetime) -> datetime:
        """Now, where it is open, else when it opens next."""
        return min(max(begins, at) for begins, ends in self._spans(at) if ends > at)

    def later(self, at: datetime, seconds: int) -> datetime:
        """When so many open seconds have passed."""
        left = timedelta(seconds=seconds)
        for begins, ends in self._spans(at):
            room = ends - max(begins, at)
            if room < timedelta(0) or (room == timedelta(0) and left):
                continue
            if left <= room:
                return max(begins, at) + left
            left -= room
        raise AssertionError("no working time within a month")


@dataclass(frozen=True)
class Event:
    """One line of a timeline as it was committed."""

    id: int
    key: str
    kind: str
    at: datetime
    by: int | None
    origin: str
    facts: dict[str, Any]


@dataclass
class State:
    """Where an escalation stands."""

    policy: dict[str, Any]
    hours: Hours
    severity: int
    status: str = ""
    owner: int | None = None
    step: int = 0
    round: int = 0
    count: int = 1
    reopened: int = 0
    next_step_at: datetime | None = None
    acknowledged_until: datetime | None = None
    asked_until: datetime | None = None
    snoozed_until: datetime | None = None
    told: set[tuple[int, int]] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    def happens(self, event: Event) -> None:
        """One more event."""
        verb = getattr(self, f"_{event.kind}", None)
        if verb is None:
            self._must(False, event, "is nothing that this run does")
        else:
            verb(event)

    def _must(self, holds: bool, event: Event, why: str) -> None:
        if not holds:
            self.broken.append(f"{event.kind} at {event.at:%Y-%m-%d %H:%M:%S} ({event.key}) {why}; {self._standing()}")

    def _standing(self) -> str:
        return f"it was {self.status}, owner {self.owner}, step {self.round}.{self.step}, due {self.next_step_at}"

    def _opened(self, event: Event) -> None:
        self._must(self.status == "", event, "came twice")
        self.status, self.next_step_at = "open", event.at

    def _told(self, event: Event) -> None:
        """A step, in its turn, not before its time, in its hours."""
        step = self._turn(event)
        if step["clock"] == "team":
            self._must(self.hours.is_open(event.at), event, "is outside the team's hours")
        is_last = self.step + 1 == len(self.policy["steps"])
        following = self.policy["steps"][0 if is_last else self.step + 1]
        wait = self.policy["repeat_s"] if is_last else following["after_s"]
        clock = self.policy["clock"] if is_last else following["clock"]
        self._must(bool(event.facts["members"]) == (step["who"] != "channel"), event, "told nobody")
        self._forward(is_last)
        self.next_step_at = self._later(event.at, wait, clock)

    def _skipped(self, event: Event) -> None:
        self._turn(event)
        self._forward(self.step + 1 == len(self.policy["steps"]))

    def _turn(self, event: Event) -> dict[str, Any]:
        self._must(self.status == "open" and self.snoozed_until is None, event, "while nothing climbs")
        self._must(event.key == f"step:{self.round}.{self.step}", event, "is not the next step")
        self._must((self.round, self.step) not in self.told, event, "came twice")
        self._must(self.next_step_at is not None and event.at > self.next_step_at - SECOND, event, "came early")
        self.told.add((self.round, self.step))
        step: dict[str, Any] = self.policy["steps"][self.step]
        self._must(step["who"] == event.facts["who"], event, "told somebody else")
        return step

    def _forward(self, is_last: bool) -> None:
        self.step, self.round = (0, self.round + 1) if is_last else (self.step + 1, self.round)

    def _waiting(self, event: Event) -> None:
        self._must(self.status == "open" and self.snoozed_until is None, event, "while nothing climbs")
        self._must(self.next_step_at is not None and event.at > self.next_step_at - SECOND, event, "came early")
        self._must(not self.hours.is_open(event.at), event, "although the team works")
        until = _until(event)
        self._must(until == self.hours.opening(event.at), event, f"until {until}, not the next opening")
        self.next_step_at = until

    def _acknowledged(self, event: Event) -> None:
        self._must(self.status == "open", event, "although somebody has it")
        self.status, self.owner = "acknowledged", event.by
        self.asked_until = self.snoozed_until = self.next_step_at = None
        self.acknowledged_until = self._holds(event.at)

    def _seen_too(self, event: Event) -> None:
        self._must(self.status == "acknowledged" and event.by != self.owner, event, "although nobody else has it")

    def _extended(self, event: Event) -> None:
        self._must(self.status == "acknowledged", event, "although nobody has it")
        self.acknowledged_until, self.asked_until = self._holds(event.at), None
        self._must(_same(_until(event), self.acknowledged_until), event, f"not until {self.acknowledged_until}")

    def _asked(self, event: Event) -> None:
        self._must(self.status == "acknowledged", event, "although nobody has it")
        due = self.acknowledged_until
        self._must(due is not None and event.at > due - SECOND, event, f"came before {due}")
        self.acknowledged_until, self.asked_until = None, self._later(event.at, 1800, self.policy["clock"])
        self._must(_same(_until(event), self.asked_until), event, f"not until {self.asked_until}")

    def _lapsed(self, event: Event) -> None:
        self._must(self.status == "acknowledged", event, "although nobody has it")
        due = self.asked_until
        self._must(due is not None and event.at > due - SECOND, event, f"came before {due}")
        self._must(event.facts["member"] == str(self.owner), event, "of somebody else")
        self._anew(event)

    def _released(self, event: Event) -> None:
        self._must(self.status == "acknowledged", event, "although nobody has it")
        self._anew(event)

    def _reopened(self, event: Event) -> None:
        self._must(self.status == "resolved", event, "although it was not over")
        self.reopened += 1
        self.count += event.origin != "button"
        self._anew(event)

    def _counted(self, event: Event) -> None:
        self._must(self.status in ("open", "acknowledged"), event, "although it was over")
        self.count += 1
        self._must(event.facts["count"] == self.count, event, f"is not number {self.count}")

    def _resolved(self, event: Event) -> None:
        self._must(self.status in ("open", "acknowledged"), event, "although it was over")
        self.status, self.owner = "resolved", self.owner or event.by
        self.acknowledged_until = self.asked_until = self.snoozed_until = self.next_step_at = None

    def _snoozed(self, event: Event) -> None:
        self._must(self.status in ("open", "acknowledged"), event, "although it was over")
        self.snoozed_until = _until(event)
        if self.acknowledged_until is not None:
            self.acknowledged_until = max(self.acknowledged_until, self.snoozed_until + timedelta(hours=1))
            self.asked_until = None

    def _woken(self, event: Event) -> None:
        due = self.snoozed_until
        self._must(due is not None and event.at > due - SECOND, event, f"came before {due}")
        self.snoozed_until = None
        if self.status == "open":
            self.next_step_at = event.at

    def _watched(self, event: Event) -> None:
        """The watchdog may try a message again; what never would have moved by itself is a defect."""
        self._must(event.facts["why"] in ("clock", "unshown", "held", "failed"), event, "had to be set going")

    def _anew(self, event: Event) -> None:
        self.status, self.owner, self.step, self.round = "open", None, 0, self.round + 1
        self.acknowledged_until = self.asked_until = self.snoozed_until = None
        self.next_step_at = event.at

    def _holds(self, at: datetime) -> datetime:
        """Until when "mine" holds; a day of working time is eight hours."""
        seconds, clock = self.policy["holds_s"], self.policy["clock"]
        if clock == "always":
            return at + timedelta(seconds=seconds)
        days, rest = divmod(seconds, 86_400)
        return self.hours.later(at, days * 28_800 + rest)

    def _later(self, at: datetime, seconds: int, clock: str) -> datetime:
        return at + timedelta(seconds=seconds) if clock == "always" else self.hours.later(at, seconds)

    def ends_as(self, row: Any, now: datetime) -> list[str]:
        """What does not follow about the row that stands now, and what should have happened by now and did not."""
        wanted = {
            name: getattr(self, name)
            for name in ("status", "step", "round", "count", "reopened", *CLOCKS)
            if name != "next_step_at" or self.status == "open"
        }
        found = {name: getattr(row, name) for name in wanted}
        wrong = [
            f"{name} is {found[name]}, not {wanted[name]}" for name in wanted if not _same(found[name], wanted[name])
        ]
        if row.owner_id != self.owner:
            wrong.append(f"its owner is {row.owner_id} and should be {self.owner}")
        for name in CLOCKS:
            due = wanted.get(name)
            runs = name != "next_step_at" or self.snoozed_until is None
            if due is not None and runs and due <= now:
                wrong.append(f"{name} was {due}, and nothing happened by {now}")
        return [*self.broken, *wrong]


def _until(event: Event) -> datetime:
    return datetime.fromisoformat(event.facts["until"])


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return abs(one - other) < SECOND
    return bool(one == other)


CLOCKS = ("next_step_at", "acknowledged_until", "asked_until", "snoozed_until")


def replay(policy: str, hours: Hours, severity: int, events: list[Event]) -> State:
    """The state after all of it."""
    state = State(json.loads(policy), hours, severity)
    for event in events:
        state.happens(event)
    return state
