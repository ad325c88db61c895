"""Who is on duty at an instant, from what is planned and what was changed. Pure; no database."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from ..calendars import Calendar
from ..errors import Invalid, NotForYou
from ..people.rules import Asker
from . import spans
from .activities import Kind
from .spans import Stretches

_CLOCK = re.compile(r"(\d{1,2})[:.]?(\d{2})")
NEAR = timedelta(days=14)
"""Shifts this near say how somebody works; farther from any, the team's hours do."""
AHEAD = timedelta(days=21)
LONGEST = timedelta(days=92)
"""Of a shift: a longer one is a slip of the file."""
TAKEN_OVER = timedelta(hours=8)
"""How long a take-over lasts where nobody was on duty and the team's day says nothing."""
LONGEST_TURN = 366
"""Of a rotation, in days."""
LONGEST_NOTE = 200
"""Characters."""
LONGEST_CHANGE = timedelta(days=366)
"""Of an absence or a swap."""
OVERRIDE, SHIFT, ROTATION, NOBODY = "override", "shift", "rotation", "nobody"
SWAP, TAKEOVER = "swap", "takeover"
WORKING, ALWAYS = "working", "always"


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who is on duty; `until` is when that changes next (None: not in the next weeks), `why` a key."""

    member_ids: tuple[int, ...]
    until: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch and who is on in it."""

    starts_at: datetime
    ends_at: datetime
    member_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of duty, for showing. `why`: override, shift or rotation."""

    member_ids: tuple[int, ...]
    starts_at: datetime
    ends_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A shift. `team_id`: for whom."""

    team_id: int
    member_id: int
    starts_at: datetime
    ends_at: datetime
    kind: Kind


@dataclass(frozen=True, slots=True)
class Change:
    """An override; `instead_of` None: instead of everybody."""

    member_id: int
    instead_of: int | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Turns:
    """A rotation, in the team's zone."""

    member_ids: tuple[int, ...]
    starts_on: date
    days: int
    handover: time
    calendar: Calendar
    is_always: bool

    def begins(self, n: int) -> datetime:
        """When turn `n` begins: on the wall clock, whatever the clocks do in between."""
        return self.calendar.at_local(self.starts_on + timedelta(days=n * self.days), self.handover)

    def number(self, at: datetime) -> int:
        """Which turn an instant lies in, counted from 0; before the first it is negative."""
        n = (self.calendar.local_day(at) - self.starts_on).days // self.days
        return n if self.begins(n) <= at else n - 1

    def on(self, at: datetime) -> int | None:
        """Whose turn it is, if anybody's."""
        n = self.number(at)
        if n < 0 or not self.member_ids or not (self.is_always or self.calendar.is_open(at)):
            return None
        return self.member_ids[n % len(self.member_ids)]


class Reaching:
    """Shifts that are looked up by an instant."""

    def __init__(self, shifts: Sequence[Planned]) -> None:
        self._shifts = sorted(shifts, key=lambda one: (one.starts_at, one.member_id))
        self._starts = [one.starts_at for one in self._shifts]
        self._longest = max((one.ends_at - one.starts_at for one in self._shifts), default=timedelta())

    def at(self, at: datetime) -> list[int]:
        """Who has one then, those first whose began first."""
        first, last = bisect_left(self._starts, at - self._longest), bisect_right(self._starts, at)
        return list(dict.fromkeys(one.member_id for one in self._shifts[first:last] if at < one.ends_at))


@dataclass(frozen=True)
class Facts:
    """All that is known about the duty of a team around some time. `changes`: oldest first."""

    team_id: int
    calendar: Calendar
    shifts: tuple[Planned, ...] = ()
    changes: tuple[Change, ...] = ()
    absences: Mapping[int, Stretches] = field(default_factory=dict)
    leads: Mapping[int, Stretches] = field(default_factory=dict)
    """When each lead leads."""
    rotation: Turns | None = None

    @cached_property
    def duty(self) -> tuple[Planned, ...]:
        """The team's duty shifts."""
        return tuple(one for one in self.shifts if one.team_id == self.team_id and one.kind is Kind.DUTY)

    @cached_property
    def rostered(self) -> Stretches:
        """When the team has duty shifts at all: near one of them."""
        return spans.around(((one.starts_at, one.ends_at) for one in self.duty), NEAR)

    @cached_property
    def leading(self) -> tuple[Planned, ...]:
        """The working shifts of the leads."""
        return tuple(one for one in self.shifts if one.member_id in self.leads and one.kind is not Kind.OFF)

    @cached_property
    def _duty(self) -> Reaching:
        return Reaching(self.duty)

    @cached_property
    def _leading(self) -> Reaching:
        return Reaching(self.leading)

    def is_away(self, member_id: int, at: datetime) -> bool:
        """Whether somebody said to be absent, or it was said of them."""
        return spans.holds(self.absences.get(member_id, ()), at)

    def planned(self, at: datetime) -> list[int]:
        """Who is on duty by their shift: those with a duty shift, else leads at work where the team has none."""
        if spans.holds(self.rostered, at):
            return self._duty.at(at)
        return [one for one in self._leading.at(at) if spans.holds(self.leads[one], at)]


def crew(facts: Facts, at: datetime) -> tuple[tuple[int, ...], str]:
    """Who is on duty at an instant, and why: changes, then shifts, then whose turn it is. The absent never are.

    Whoever takes over stands for everybody; a swap replaces one, and colleagues whose shift it is stay on.
    """
    on, put, out = [one for one in facts.planned(at) if not facts.is_away(one, at)], set[int](), set[int]()
    for change in facts.changes:
        if not change.starts_at <= at < change.ends_at:
            continue
        on = [one for one in on if one != change.instead_of]
        out |= {change.instead_of} if change.instead_of else set()
        if not facts.is_away(change.member_id, at):
            kept = [] if change.instead_of is None else [one for one in on if one != change.member_id]
            on = [change.member_id, *kept]
            put.add(change.member_id)
            out.discard(change.member_id)
    if on:
        return tuple(on), OVERRIDE if put & set(on) else SHIFT
    turn = facts.rotation.on(at) if facts.rotation else None
    if turn is None or turn in out or facts.is_away(turn, at):
        return (), NOBODY
    return (turn,), ROTATION


def check_span(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raises Invalid where a stretch is empty, over, or longer than a year."""
    if ends_at <= starts_at:
        raise Invalid("ends_at", ends_at.isoformat(), "ends_first")
    if ends_at <= now:
        raise Invalid("ends_at", ends_at.isoformat(), "over")
    if ends_at - starts_at > LONGEST_CHANGE:
        raise Invalid("ends_at", ends_at.isoformat(), "too_long")


def wall_time(text: str) -> str:
    """A time of day as it is kept, HH:MM. Raises Invalid."""
    found = _CLOCK.fullmatch(text.strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise Invalid("handover", text, "clock")
    return f"{int(found[1]):02d}:{found[2]}"


def check_right(asker: Asker | None, member_id: int | None, team_ids: Sequence[int], leads: Sequence[str]) -> None:
    """Only oneself, a lead of one of the teams and admins may; an operator (None) may. Raises NotForYou."""
    if asker is None or (member_id is not None and asker.member_id == member_id):
        return
    if not any(asker.leads(team_id) for team_id in team_ids or [0]):
        raise NotForYou(leads)
