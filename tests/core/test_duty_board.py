"""The board says what a look at every minute says, and working time adds up, whatever was planned and changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cspm_core.calendars import Calendar, at_local, parse_hours
from cspm_core.duty import Board, spans
from cspm_core.duty.activities import Kind, activity_key, kind_of
from cspm_core.duty.rules import Change, Facts, Planned, Turns

ZONE = "Europe/Amsterdam"
HOURS = "mon-fri 09:00-12:00,13:00-17:00; sat 22:00-06:00"
FROM = datetime(2026, 10, 24, 10, 0, tzinfo=UTC)  # the clocks go back in the night that follows
TO = FROM + timedelta(days=3)
TEAM, OTHER = 1, 2
QUARTER = timedelta(minutes=15)
NEAR = timedelta(days=14)
PEOPLE = (11, 12, 13)

moments = st.integers(-30 * 96, 30 * 96).map(lambda n: FROM + n * QUARTER)
near_moments = st.integers(-60, 4 * 96).map(lambda n: FROM + n * QUARTER)
lengths = st.integers(1, 60).map(lambda n: n * QUARTER)
persons = st.sampled_from(PEOPLE)


@st.composite
def plans(draw: st.DrawFn) -> Planned:
    start = draw(st.one_of(near_moments, near_moments, moments))
    kind = draw(st.sampled_from((Kind.DUTY, Kind.WORK, Kind.WORK, Kind.OFF)))
    return Planned(draw(st.sampled_from((TEAM, TEAM, OTHER))), draw(persons), start, start + draw(lengths), kind)


@st.composite
def changes(draw: st.DrawFn) -> Change:
    start = draw(near_moments)
    return Change(draw(persons), draw(st.none() | persons), start, start + draw(lengths))


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    absences: dict[int, list[tuple[datetime, datetime]]] = {}
    for person, start, length in draw(st.lists(st.tuples(persons, near_moments, lengths), max_size=3)):
        absences.setdefault(person, []).append((start, start + length))
    calendar = Calendar(ZONE, parse_hours(HOURS))
    ids = tuple(draw(st.permutations(PEOPLE)))[: draw(st.integers(1, 3))]
    turns = Turns(ids, date(2026, 10, 24), draw(st.integers(1, 8)), time(2, 30), calendar, draw(st.booleans()))
    lead_from = draw(near_moments)
    return Facts(
        TEAM,
        calendar,
        tuple(draw(st.lists(plans(), max_size=6))),
        tuple(draw(st.lists(changes(), max_size=3))),
        {person: spans.joined(some) for person, some in absences.items()},
        draw(st.sampled_from(({}, {11: ((lead_from, TO),)}))),
        draw(st.none() | st.just(turns)),
    )


@dataclass
class Look:
    """A look at one minute, as somebody would do it with a finger on the plan."""

    facts: Facts
    at: datetime

    def away(self, person: int) -> bool:
        return any(start <= self.at < end for start, end in self.facts.absences.get(person, ()))

    def covers(self, one: Planned | Change) -> bool:
        return one.starts_at <= self.at < one.ends_at

    def is_near(self, shifts: list[Planned]) -> bool:
        return any(one.starts_at - NEAR <= self.at < one.ends_at + NEAR for one in shifts)

    def on(self) -> set[int]:
        duty = [one for one in self.facts.shifts if one.team_id == TEAM and one.kind is Kind.DUTY]
        if self.is_near(duty):
            planned = {one.member_id for one in duty if self.covers(one)}
        else:
            leads = {who for who, some in self.facts.leads.items() if any(a <= self.at < b for a, b in some)}
            working = [one for one in self.facts.shifts if one.kind is not Kind.OFF and self.covers(one)]
            planned = {one.member_id for one in working} & leads
        crew, gone = {who for who in planned if not self.away(who)}, set[int]()
        for change in filter(self.covers, self.facts.changes):
            if change.instead_of is not None:
                crew.discard(change.instead_of)
                gone.add(change.instead_of)
            if not self.away(change.member_id):
                crew = crew if change.instead_of is not None else set()
                crew.add(change.member_id)
                gone.discard(change.member_id)
        turn = self.turn() if not crew else None
        return {turn} if turn and not self.away(turn) and turn not in gone else crew

    def turn(self) -> int | None:
        turns = self.facts.rotation
        if turns is None or not (turns.is_always or self.facts.calendar.is_open(self.at)):
            return None
        day, found = turns.starts_on, None
        for n in range(40):
            if at_local(day + timedelta(days=n * turns.days), turns.handover, ZONE) <= self.at:
                found = turns.member_ids[n % len(turns.member_ids)]
        return found

    def works(self, person: int) -> bool:
        own = [one for one in self.facts.shifts if one.member_id == person]
        if self.away(person):
            return False
        if not self.is_near(own):
            return self.facts.calendar.is_open(self.at)
        covering = {one.kind for one in own if self.covers(one)}
        return bool(covering) and Kind.OFF not in covering


GRID = [FROM + n * QUARTER for n in range(3 * 96)]  # everything above happens on quarters of an hour


@settings(max_examples=150)
@given(facts())
def test_the_board_says_what_a_look_at_every_quarter_says(known: Facts):
    board = Board(known, FROM, TO)
    seen = [Look(known, at).on() for at in GRID]
    for n, at in enumerate(GRID):
        found = board.on_duty(at)
        assert set(found.member_ids) == seen[n]
        assert (found.why == "nobody") is (not seen[n])
        changed = next((GRID[m] for m in range(n, len(GRID)) if seen[m] != seen[n]), None)
        assert found.until == changed
        later = next((m for m in range(n, len(GRID)) if seen[m]), None)
        following = board.next_on_duty(at)
        expected = None if later is None else (GRID[later], seen[later])
        assert (following and (following[0], set(following[1]))) == expected


@settings(max_examples=150)
@given(facts(), persons)
def test_somebody_works_when_a_look_at_every_quarter_says_so(known: Facts, person: int):
    board = Board(known, FROM, TO)
    seen = [Look(known, at).works(person) for at in GRID]
    assert [board.is_working(person, at) for at in GRID] == seen
    for n in range(0, len(GRID), 7):
        expected = next((GRID[m] for m in range(n, len(GRID)) if seen[m]), None)
        assert board.next_working(person, GRID[n]) == expected


@settings(max_examples=200)
@given(facts(), persons, st.integers(0, 3 * 96 - 1), st.integers(0, 40), st.integers(0, 40))
def test_working_time_adds_up(known: Facts, person: int, n: int, first: int, second: int):
    board, at = Board(known, FROM, TO), GRID[n]
    whole = board.add_working(person, at, (first + second) * 900)
    part = board.add_working(person, at, first * 900)
    if part is None or part >= TO:
        assert whole is None or whole == part
    else:
        assert board.add_working(person, part, second * 900) == whole
    if whole is not None:
        passed = sum(Look(known, g).works(person) for g in GRID if at <= g < whole)
        assert passed == first + second


@given(facts())
def test_turns_follow_each_other_and_are_what_the_board_says(known: Facts):
    board = Board(known, FROM, TO)
    turns = board.next_shifts(FROM, 100)
    assert all(one.ends_at <= two.starts_at for one, two in pairwise(turns))
    for turn in turns:
        span = board.current_span(turn.starts_at)
        assert span is not None
        assert (span.starts_at, span.ends_at, span.member_ids) == (turn.starts_at, turn.ends_at, turn.member_ids)
    now = board.current_span(FROM)
    assert (now is None) is (not board.on_duty(FROM).member_ids)
    following = board.next_span(FROM)
    assert (following and following.starts_at) == (turns[0].starts_at if turns else None)


stretches = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 50)).map(
        lambda pair: (FROM + min(pair) * QUARTER, FROM + max(pair) * QUARTER)
    ),
    max_size=6,
).map(spans.joined)


@given(stretches, stretches)
@example((), ())
def test_stretches_are_cut_where_others_lie(these: spans.Stretches, gone: spans.Stretches):
    rest = spans.without(these, gone)
    for n in range(51):
        at = FROM + n * QUARTER
        assert spans.holds(rest, at) is (spans.holds(these, at) and not spans.holds(gone, at))
    assert list(rest) == sorted(rest)


def test_a_board_answers_only_for_its_own_time():
    board = Board(Facts(TEAM, Calendar(ZONE, parse_hours(HOURS))), FROM, TO)
    for at in (FROM - QUARTER, TO):
        with pytest.raises(ValueError, match="not on this board"):
            board.on_duty(at)
        with pytest.raises(ValueError, match="not on this board"):
            board.is_working(11, at)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (
            Kind.DUTY,
            ["Duty", "On-Call", "ON CALL week 48", "oncall", "Escalations", "Shift lead", "Piket", "值班", "당직"],
        ),
        (Kind.DUTY, ["早班值班", "온콜 (1차)", "standby", "Escalatiedienst"]),
        (Kind.OFF, ["Break", "Lunch break", "Annual leave", "off duty", "Training", "pauze", "Ziek", "휴식", "午休"]),
        (Kind.OFF, ["Holiday: NL", "연차 휴가", "教育訓練", "day-off", "Vrije dag"]),
        (
            Kind.WORK,
            ["", "Chat", "Phone", "late shift", "Officer desk", "Callbacks", "早班", "주간근무", "breakfast desk"],
        ),
    ],
)
def test_activities_are_understood_in_four_languages(kind: Kind, words: list[str]):
    assert {word: kind_of(activity_key(word)) for word in words} == dict.fromkeys(words, kind)
