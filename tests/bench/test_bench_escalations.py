"""`make bench`: how soon somebody hears, and what a sweep and a crowd of presses cost. No time is asserted."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bot.local_slack import SeenMessage
from bot.runtime import real_now
from cspm_core import detectors, escalations
from cspm_core.escalations import Cause
from cspm_core.people import Team
from cspm_core.store import Store
from cspm_core.tables import METADATA

from .alarm_stage import AGENTS, Centre, centre, running
from .stage import DAYS, NOW, facts, team_with

OPEN, DUE = 10_000, 100


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'bench.db'}")
    METADATA.create_all(store.engine)
    yield store
    store.close()


def centile(values: list[float], share: float) -> float:
    """The value under which that share of them lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def tells(capsys: pytest.CaptureFixture[str], what: str, values: list[float]) -> None:
    """The figures in milliseconds, beside pytest's own table."""
    told = {"p50": statistics.median(values), "p95": centile(values, 0.95), "p99": centile(values, 0.99)}
    with capsys.disabled():
        print(f"\n{what}: " + ", ".join(f"{name} {value * 1000:.0f} ms" for name, value in told.items()))  # noqa: T201


@pytest.mark.benchmark(group="a sweep over 10,000 open escalations, 100 of them due")
def test_sweep(benchmark: BenchmarkFixture, store: Store):
    now = real_now()
    here = centre(store, "T0", now)
    due = here.opens(OPEN, now)[:DUE]
    rounds = iter(range(1, 1000))

    def arm() -> tuple[tuple[Centre, object], dict[str, object]]:
        at = now + timedelta(minutes=next(rounds))
        here.is_due(due, at)
        return (here, at), {}

    moved = benchmark.pedantic(lambda one, at: one.sweeps(at), setup=arm, rounds=12, warmup_rounds=2)
    assert moved == DUE


@pytest.mark.benchmark(group="a sweep over 10,000 open escalations, 100 of them due")
def test_peer_sqlite3_the_same_rows_written_bare(benchmark: BenchmarkFixture, tmp_path: Path):
    """Finding 100 of 10,000 by an index, and writing what a step writes: one update, two events, two messages."""
    bare = sqlite3.connect(tmp_path / "bare.db", isolation_level=None)
    bare.executescript("""
        PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
        CREATE TABLE escalation (id INTEGER PRIMARY KEY, next_at INTEGER, step INTEGER);
        CREATE INDEX due ON escalation (next_at);
        CREATE TABLE line (id INTEGER PRIMARY KEY, escalation INTEGER, what TEXT);""")
    bare.executemany("INSERT INTO escalation VALUES (?, ?, 0)", [(n, n) for n in range(OPEN)])

    def write() -> int:
        bare.execute("BEGIN IMMEDIATE")
        due = bare.execute("SELECT id FROM escalation WHERE next_at < ?", (DUE,)).fetchall()
        for (one,) in due:
            bare.execute("UPDATE escalation SET step = step + 1 WHERE id = ?", (one,))
            for what in ("told", "card", "line", "direct"):
                bare.execute("INSERT INTO line (escalation, what) VALUES (?, ?)", (one, what))
        bare.execute("COMMIT")
        return len(due)

    assert benchmark.pedantic(write, rounds=12, warmup_rounds=2) == DUE
    bare.close()


@pytest.mark.benchmark(group="from the cause in the store to the message in Slack, 1,000 escalations open")
def test_somebody_hears(benchmark: BenchmarkFixture, store: Store, capsys: pytest.CaptureFixture[str]):
    """The cause is written by another process, so that nothing but the schedule finds it."""
    with running(store) as (here, place, _):
        here.opens(1_000, real_now())
        took: list[float] = []

        def hear(n: int) -> None:
            before = len(place.person("Lead 0").reads())
            began = time.monotonic()
            with here.store.transaction() as session:
                cause = Cause("hook", f"Another one, {n}", severity=1)
                escalations.raise_one(session, here.teams[0], cause, now=real_now())
            place.wait_until(lambda: len(place.person("Lead 0").reads()) > before, timeout=30)
            took.append(time.monotonic() - began)

        numbers = iter(range(1000))
        benchmark.pedantic(lambda: hear(next(numbers)), rounds=40)
    tells(capsys, "cause to message", took)
    assert len(took) >= 40


@pytest.mark.benchmark(group="200 people press at once on 100 escalations")
def test_a_crowd_takes_them(benchmark: BenchmarkFixture, store: Store, capsys: pytest.CaptureFixture[str]):
    """Every escalation is pressed twice, by two people: one owner each, and everybody is answered."""
    with running(store, beats=False) as (here, place, runtime):
        from bot import delivery

        with here.store.transaction() as session:
            for team in here.teams:
                escalations.change_settings(session, team, now=real_now(), cap_per_hour=100)
                for n in range(10):
                    escalations.raise_one(session, team, Cause("hook", f"Parcel {n} is lost"), now=real_now())
        delivery.deliver(runtime)
        cards = [card for n in range(10) for card in place.person("Agent 0").reads(f"#team-{n}")]
        assert len(cards) == 100
        took: list[float] = []

        def press(one: tuple[int, SeenMessage]) -> None:
            seat = place.person(f"Agent {one[0] % AGENTS}")
            card = seat.message(one[1].channel, one[1].ts)
            began = time.monotonic()
            assert seat.presses(card, "I take it") == "ok"
            took.append(time.monotonic() - began)

        def crowd() -> None:
            presses = [(n, card) for n, card in enumerate([*cards, *cards])]
            with ThreadPoolExecutor(200) as pool:
                list(pool.map(press, [(n + n // 100, card) for n, card in presses]))

        began = time.monotonic()
        benchmark.pedantic(crowd, rounds=1)
        place.wait_until(lambda: _answers(place) == 200, timeout=60)
        everybody = time.monotonic() - began
        assert here.owners() == 100
    tells(capsys, "acknowledged", took)
    with capsys.disabled():
        print(f"everybody answered after {everybody:.1f} s")  # noqa: T201


def _answers(place: object) -> int:
    seats = [place.person(f"Agent {n}") for n in range(AGENTS)]  # type: ignore[attr-defined]
    seen = [message for seat in seats for n in range(10) for message in seat.reads(f"#team-{n}") if message.ephemeral]
    return sum("yours" in message.text or "was first" in message.text for message in seen)


@pytest.fixture(params=[100_000, 1_000_000], ids=lambda n: f"{n:,} tickets")
def watched(request: pytest.FixtureRequest, store: Store) -> tuple[Store, Team]:
    """A team with some thousand open tickets, and the solved ones of years: those of 120 days copied back in time."""
    team = team_with(store, facts(20_000))
    with store.transaction() as session:
        connection = session.connection()
        names = [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(ticket)")]
        standing = connection.exec_driver_sql("SELECT count(*) FROM ticket").scalar_one()
        solved = connection.exec_driver_sql("SELECT count(*) FROM ticket WHERE is_solved = 1").scalar_one()
        copies = (request.param - standing) // solved
        given = {"id": "ticket.id + n.k * 4000000000", "key": "ticket.key || '.' || n.k"}
        back = {name: f"ticket.{name} - n.k * {DAYS * 86_400_000_000}" for name in names if name.endswith("_at")}
        chosen = ", ".join((given | back).get(name, f"ticket.{name}") for name in names)
        connection.exec_driver_sql(
            f"WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < {copies}) "
            f"INSERT INTO ticket ({', '.join(names)}) SELECT {chosen} FROM ticket, n WHERE ticket.is_solved = 1"
        )
    return store, team


@pytest.mark.benchmark(group="a look of the detectors at a team")
def test_detectors(benchmark: BenchmarkFixture, watched: tuple[Store, Team]):
    store, team = watched

    def look() -> detectors.Sight | None:
        with store.reading() as session:
            return detectors.look(session, team, now=NOW)

    assert benchmark.pedantic(look, rounds=10, warmup_rounds=1) is not None
