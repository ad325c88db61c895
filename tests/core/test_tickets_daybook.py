"""What is packed by day is exactly what the tickets say, whatever was packed, forgotten or is missing."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cspm_core import people, tickets
from cspm_core.metrics.frame import COLUMNS, DAY, NEVER, Tickets
from cspm_core.people import Team
from cspm_core.store import Store, microseconds
from cspm_core.tickets import TicketFacts, daybook, frames, packing

NOW = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
FIRST = datetime(2026, 2, 1, tzinfo=UTC)
INSTANT = st.integers(0, 46 * 24 * 3600).map(lambda s: FIRST + timedelta(seconds=s))
FINE = st.tuples(INSTANT, st.integers(0, 999_999)).map(lambda one: one[0] + timedelta(microseconds=one[1]))


@st.composite
def facts(draw: st.DrawFn, key: int) -> TicketFacts:
    created = draw(st.one_of(INSTANT, INSTANT, FINE))
    later = st.one_of(st.none(), INSTANT.map(lambda at: at if at >= created else created + timedelta(hours=5)))
    solved = draw(later)
    return TicketFacts(
        f"T-{key}",
        created,
        agent=draw(st.sampled_from(("", "Mina", "민수", "陳大文"))),
        channel=draw(st.sampled_from(("", "email", "chat"))),
        customer=draw(st.sampled_from(("", "Ada", "Bob"))),
        category=draw(st.sampled_from(("", "Refund"))),
        first_response_at=draw(later),
        solved_at=solved,
        status=draw(st.sampled_from(("", "open", "solved", "spam"))),
        reopens=draw(st.sampled_from((None, 0, 2))),
        csat=draw(st.sampled_from(("", "1", "5"))),
        csat_at=draw(later),
        csat_sent_at=draw(later),
    )


@st.composite
def many(draw: st.DrawFn) -> list[TicketFacts]:
    return [draw(facts(n)) for n in range(draw(st.integers(0, 25)))]


def team_in(store: Store) -> Team:
    with store.transaction() as session:
        workspace = people.found_workspace(session, now=NOW)
        return people.add_team(session, workspace.id, f"Returns {uuid4()}", timezone="Asia/Seoul", now=NOW)


def write(store: Store, team: Team, told: list[TicketFacts]) -> None:
    with store.transaction() as session:
        tickets.record(session, team, told, scope=team.id, known_at=NOW, now=NOW)


def pack(store: Store, team: Team, chosen: set[int] | None = None) -> None:
    with store.transaction() as session:
        missing = daybook.unpacked(session, team, now=NOW, limit=1000)
        daybook.pack(session, team, [n for n in missing if chosen is None or n % 7 in chosen], now=NOW)


def told(found: Tickets) -> list[tuple[int, ...]]:
    return sorted(zip(*(getattr(found, name).tolist() for name in COLUMNS), strict=True))


def both(store: Store, team: Team, since: datetime, until: datetime) -> tuple[list[tuple[int, ...]], ...]:
    """What matters to the span, from the days and from the tickets."""
    begin, end = microseconds(since), microseconds(until)
    with store.reading() as session:
        packed, plain = daybook.tickets(session, team, since, until), frames.tickets(session, team, since, until)
    moved = [(at >= begin) & (at != NEVER) for at in (packed.solved, packed.csat_at, packed.csat_sent)]
    mattering = (packed.created >= begin) | moved[0] | moved[1] | moved[2] | (packed.is_solved == 0)
    return told(packed.where((packed.created <= end) & mattering)), told(plain)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=many(),
    second=many(),
    packed=st.sets(st.integers(0, 6)),
    since=INSTANT,
    length=st.integers(0, 40 * 24),
)
def test_packed_days_say_exactly_what_the_tickets_say(
    store: Store, first: list[TicketFacts], second: list[TicketFacts], packed: set[int], since: datetime, length: int
):
    team = team_in(store)
    write(store, team, first)
    pack(store, team, packed)
    until = min(NOW, since + timedelta(hours=length))
    packed_days, plain = both(store, team, since, until)
    assert packed_days == plain
    write(store, team, second)  # some of them are the same tickets, changed
    assert both(store, team, since, until)[0] == both(store, team, since, until)[1]
    pack(store, team)
    assert both(store, team, since, until)[0] == both(store, team, since, until)[1]


def test_a_day_is_packed_once_and_holds_what_was_placed_in_it_last(store: Store):
    team = team_in(store)
    at = datetime(2026, 3, 3, 23, 59, tzinfo=UTC)
    write(store, team, [TicketFacts("T-1", at, solved_at=at + timedelta(minutes=2), csat="5")])
    pack(store, team)
    pack(store, team)
    with store.reading() as session:
        rows = session.exec(daybook.select(daybook.TicketDay).order_by(daybook.col(daybook.TicketDay.day))).all()
    by_day = {row.day.isoformat(): row.tickets for row in rows if row.team_id == team.id}
    assert by_day["2026-03-03"] == 0
    assert by_day["2026-03-04"] == 1
    assert by_day["2026-03-05"] == 0


def test_an_open_ticket_from_before_is_there_and_one_placed_later_is_not_twice(store: Store):
    team = team_in(store)
    old = datetime(2026, 2, 3, tzinfo=UTC)
    write(store, team, [TicketFacts("T-1", old), TicketFacts("T-2", old, solved_at=datetime(2026, 3, 5, tzinfo=UTC))])
    pack(store, team)
    found, plain = both(store, team, datetime(2026, 3, 1, tzinfo=UTC), NOW)
    assert found == plain
    assert len(found) == 2


@pytest.mark.parametrize("fraction", [0, 1])
def test_packing_keeps_every_microsecond(fraction: int):
    n, day = 50, 20_500
    draw = np.random.default_rng(5)
    columns = {name: draw.integers(0, 9, n) for name in COLUMNS}
    for name in packing.INSTANTS:
        at = day * DAY + draw.integers(-(10**6), 10**6, n) * 1_000_000 + fraction
        columns[name] = np.where(draw.random(n) < 0.7, at, NEVER)
    columns["customer"] = draw.integers(0, 2**53, n)
    columns["id"] = draw.integers(0, 2**62, n)
    found = packing.unpack([packing.pack(day, Tickets(*(columns[name] for name in COLUMNS)))] * 2)
    for name in COLUMNS:
        assert getattr(found, name).tolist() == columns[name].tolist() * 2, name


def test_a_day_that_is_packed_while_somebody_writes_is_not_packed_wrong(store: Store):
    team = team_in(store)
    at = datetime(2026, 3, 3, 9, tzinfo=UTC)
    write(store, team, [TicketFacts("T-1", at)])
    has_written, may_commit = threading.Event(), threading.Event()

    def slow_writer() -> None:
        with store.transaction() as session:
            solved = TicketFacts("T-1", at, solved_at=at + timedelta(hours=3))
            tickets.record(session, team, [solved], scope=team.id, known_at=NOW, now=NOW)
            has_written.set()
            assert may_commit.wait(30)

    with ThreadPoolExecutor(2) as pool:
        writing = pool.submit(slow_writer)
        assert has_written.wait(30)
        packing_ = pool.submit(pack, store, team)
        may_commit.set()
        writing.result(30)
        packing_.result(30)
    packed_days, plain = both(store, team, at - timedelta(days=1), NOW)
    assert packed_days == plain


def test_a_ticket_that_moves_to_another_team_is_in_one_team_alone(store: Store):
    first, second = team_in(store), team_in(store)
    at = datetime(2026, 3, 3, 9, tzinfo=UTC)
    key = f"M-{uuid4()}"
    for team in (first, second):
        with store.transaction() as session:
            tickets.record(session, team, [TicketFacts(key, at)], scope=0, known_at=NOW, now=NOW)
        pack(store, first)
        pack(store, second)
    for team, n in ((first, 0), (second, 1)):
        packed_days, plain = both(store, team, at - timedelta(days=1), NOW)
        assert packed_days == plain
        assert len(plain) == n
