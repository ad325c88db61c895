"""A team's duty over some weeks, loaded once and asked often. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise

from . import rules, spans
from .activities import Kind
from .rules import NEAR, Facts, OnDuty, Span, Turn
from .spans import Stretches

DAY = timedelta(days=1)
Piece = tuple[datetime, datetime, tuple[int, ...], str]


class Board:
    """Who is on duty and who works when, from `from_at` up to `to_at`; outside it every question raises ValueError."""

    def __init__(self, facts: Facts, from_at: datetime, to_at: datetime) -> None:
        self.facts, self.from_at, self.to_at = facts, from_at, to_at
        self._working: dict[int, Stretches] = {}

    def on_duty(self, at: datetime) -> OnDuty:
        """Who is on duty at an instant, until when that holds, and why."""
        piece = self._pieces[self._place(at)]
        return OnDuty(piece[2], self._until(at), piece[3])

    def next_on_duty(self, after: datetime, *, days: int = 21) -> tuple[datetime, tuple[int, ...]] | None:
        """When somebody is on duty next, and who: `after` itself where somebody is."""
        last = min(after + days * DAY, self.to_at)
        for start, end, member_ids, _ in self._pieces[self._place(after) :]:
            if member_ids and end > after and start < last:
                return max(start, after), member_ids
        return None

    def is_away(self, member_id: int, at: datetime) -> bool:
        """Whether somebody is absent, whatever the plan says."""
        return self.facts.is_away(member_id, at)

    def is_working(self, member_id: int, at: datetime) -> bool:
        """Whether it is somebody's own working time."""
        self._check(at)
        return spans.holds(self.working(member_id), at)

    def next_working(self, member_id: int, at: datetime) -> datetime | None:
        """When somebody works next (`at` itself where they do), within three weeks."""
        self._check(at)
        found = spans.next_in(self.working(member_id), at)
        return found if found is not None and found <= at + rules.AHEAD else None

    def add_working(self, member_id: int, at: datetime, seconds: float) -> datetime | None:
        """The instant by which so many seconds of somebody's working time have passed; None: not on this board."""
        self._check(at)
        return spans.after(self.working(member_id), at, seconds)

    def shift_at(self, member_id: int, at: datetime) -> Span | None:
        """The stretch that somebody works without a break around an instant."""
        self._check(at)
        working = self.working(member_id)
        n = spans.place(working, at)
        return None if n is None else Span(*working[n], (member_id,))

    def next_shifts(self, at: datetime, n: int) -> list[Turn]:
        """The turns of duty that begin after an instant."""
        self._check(at)
        return [Turn(who, start, end, why) for start, end, who, why in self._turns if who and start > at][:n]

    def current_span(self, at: datetime) -> Span | None:
        """The shift of duty that an instant lies in: from when until when the same people are on."""
        self._check(at)
        n = self._turn(at)
        start, end, member_ids, _ = self._turns[n]
        return Span(start, end, member_ids) if member_ids else None

    def next_span(self, at: datetime) -> Span | None:
        """The shift of duty after the one that an instant lies in."""
        self._check(at)
        for start, end, member_ids, _ in self._turns[self._turn(at) + 1 :]:
            if member_ids:
                return Span(start, end, member_ids)
        return None

    def working(self, member_id: int) -> Stretches:
        """Somebody's working time on this board: by their shifts near any of them, else by the team's hours; never
        while they are absent."""
        if member_id not in self._working:
            self._working[member_id] = spans.within(self._works(member_id), self.from_at, self.to_at)
        return self._working[member_id]

    def _works(self, member_id: int) -> Stretches:
        own = [one for one in self.facts.shifts if one.member_id == member_id]
        work, off = (
            spans.joined((one.starts_at, one.ends_at) for one in own if (one.kind is Kind.OFF) is is_off)
            for is_off in (False, True)
        )
        near = spans.around(((one.starts_at, one.ends_at) for one in own), NEAR)
        usual = spans.without(self.hours, near)
        return spans.without(
            spans.joined(spans.without(work, off), usual), spans.joined(self.facts.absences.get(member_id, ()))
        )

    @cached_property
    def hours(self) -> Stretches:
        """When the team works, on this board."""
        calendar, day = self.facts.calendar, self.facts.calendar.local_day(self.from_at) - DAY
        last = calendar.local_day(self.to_at)
        windows: list[spans.Stretch] = []
        while day <= last:
            windows += calendar.windows(day)
            day += DAY
        return spans.within(spans.joined(windows), self.from_at, self.to_at)

    @cached_property
    def _pieces(self) -> list[Piece]:
        """Between any two instants at which something changes."""
        cuts = sorted({self.from_at, self.to_at, *(at for at in self._cuts() if self.from_at < at < self.to_at)})
        return [(start, end, *rules.crew(self.facts, start)) for start, end in pairwise(cuts)]

    @cached_property
    def _turns(self) -> list[Piece]:
        """As long as the same people are on; the reason is that of the beginning."""
        found: list[Piece] = []
        for piece in self._pieces:
            if found and set(found[-1][2]) == set(piece[2]):
                found[-1] = (found[-1][0], piece[1], *found[-1][2:])
            else:
                found.append(piece)
        return found

    @cached_property
    def _starts(self) -> tuple[list[datetime], list[datetime]]:
        return [one[0] for one in self._pieces], [one[0] for one in self._turns]

    def _place(self, at: datetime) -> int:
        self._check(at)
        return bisect_right(self._starts[0], at) - 1

    def _turn(self, at: datetime) -> int:
        return bisect_right(self._starts[1], at) - 1

    def _until(self, at: datetime) -> datetime | None:
        end = self._turns[self._turn(at)][1]
        return end if end < self.to_at else None

    def _check(self, at: datetime) -> None:
        if not self.from_at <= at < self.to_at:
            raise ValueError("that instant is not on this board")

    def _cuts(self) -> Iterator[datetime]:
        facts = self.facts
        for shift in (*facts.duty, *facts.leading):
            yield from (shift.starts_at, shift.ends_at)
        for change in facts.changes:
            yield from (change.starts_at, change.ends_at)
        for held in (facts.rostered, *facts.leads.values(), *facts.absences.values()):
            yield from (at for stretch in held for at in stretch)
        if facts.rotation:
            yield from self._handovers(facts.rotation)

    def _handovers(self, turns: rules.Turns) -> Iterator[datetime]:
        n = max(0, turns.number(self.from_at))
        while (begins := turns.begins(n)) < self.to_at:
            yield begins
            n += 1
        if not turns.is_always:
            yield from (at for stretch in self.hours for at in stretch)
