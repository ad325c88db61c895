"""`make bench`: our figures beside DuckDB over the same rows, our writing beside bare sqlite3. No time is asserted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import astuple, fields
from pathlib import Path

import duckdb
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from cspm_core import kpi
from cspm_core.people import Team
from cspm_core.periods import parse_period
from cspm_core.store import Store, microseconds
from cspm_core.tables import METADATA
from cspm_core.tickets import TicketFacts

from .stage import NOW, facts, record, team_with

TICKETS, WRITTEN = 56_000, 10_000
LAST_28 = parse_period("28d", timezone="America/New_York", now=NOW).until(NOW)
PEER = """
    SELECT count(*) FILTER (created_at BETWEEN $first AND $last),
           median(first_response_at - created_at) FILTER (created_at BETWEEN $first AND $last),
           quantile_cont(first_response_at - created_at, 0.9) FILTER (created_at BETWEEN $first AND $last),
           median(solved_at - created_at) FILTER (solved_at BETWEEN $first AND $last),
           count(*) FILTER (solved_at BETWEEN $first AND $last),
           count(*) FILTER (solved_at BETWEEN $first AND $last AND reopens > 0),
           count(*) FILTER (csat_at BETWEEN $first AND $last),
           count(*) FILTER (csat_at BETWEEN $first AND $last AND csat_good),
           count(*) FILTER (NOT is_solved)
    FROM ticket WHERE left_out = ''"""


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Team, Path]]:
    """One team with 56,000 tickets in 120 days."""
    path = tmp_path_factory.mktemp("bench") / "bench.db"
    store = Store(f"sqlite:///{path}")
    METADATA.create_all(store.engine)
    yield store, team_with(store, facts(TICKETS)), path
    store.close()


@pytest.mark.benchmark(group="28 days of a team with 13,000 tickets in them")
def test_team_scorecard_all_figures_with_the_period_before(
    benchmark: BenchmarkFixture, centre: tuple[Store, Team, Path]
):
    store, team, _ = centre

    def read() -> kpi.Scorecard:
        with store.reading() as session:
            return kpi.scorecard(session, team, LAST_28, as_of=NOW)

    card = benchmark.pedantic(read, rounds=20, warmup_rounds=2)
    assert 12_500 < card.reading("volume").measure.n < 13_500


@pytest.mark.benchmark(group="28 days of a team with 13,000 tickets in them")
def test_the_answer_to_kpi_scorecard_and_chart(benchmark: BenchmarkFixture, centre: tuple[Store, Team, Path]):
    store, team, _ = centre

    def read() -> tuple[kpi.Scorecard, tuple[kpi.Trend, ...]]:
        with store.reading() as session:
            return kpi.overview(session, team, LAST_28, as_of=NOW, charted=("volume", "solved"), over=LAST_28)

    card, lines = benchmark.pedantic(read, rounds=20, warmup_rounds=2)
    assert sum(point.measure.n for point in lines[0].points) == card.reading("volume").measure.n


@pytest.mark.benchmark(group="28 days of a team with 13,000 tickets in them")
def test_peer_duckdb_its_counts_and_medians_of_one_period(
    benchmark: BenchmarkFixture, centre: tuple[Store, Team, Path]
):
    store, team, path = centre
    peer = duckdb.connect()
    with sqlite3.connect(path) as source:
        cursor = source.execute("SELECT * FROM ticket")
        names = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
    import pandas as pd

    frame = pd.DataFrame(rows, columns=names)  # noqa: F841 - DuckDB finds it by its name
    peer.execute("CREATE TABLE ticket AS SELECT * FROM frame")
    given = {"first": microseconds(LAST_28.start), "last": microseconds(NOW)}
    found = benchmark.pedantic(lambda: peer.execute(PEER, given).fetchone(), rounds=20, warmup_rounds=2)
    with store.reading() as session:
        card = kpi.scorecard(session, team, LAST_28, as_of=NOW, keys=["volume", "csat"])
    assert found
    assert found[0] == card.reading("volume").measure.n
    assert (found[7], found[6]) == (card.reading("csat").measure.numerator, card.reading("csat").measure.n)


@pytest.mark.benchmark(group="writing 10,000 new tickets")
def test_record_with_everything_worked_out(benchmark: BenchmarkFixture, tmp_path: Path):
    told = facts(WRITTEN)
    made = iter(range(100))

    def fresh() -> tuple[tuple[Store, Team, list[TicketFacts]], dict[str, object]]:
        store = Store(f"sqlite:///{tmp_path / f'{next(made)}.db'}")
        METADATA.create_all(store.engine)
        return (store, team_with(store, told[:1]), told), {}

    benchmark.pedantic(record, setup=fresh, rounds=3)


@pytest.mark.benchmark(group="writing 10,000 new tickets")
def test_peer_sqlite3_executemany_of_the_same_rows(benchmark: BenchmarkFixture, tmp_path: Path):
    rows = [tuple(str(value) for value in astuple(one)) for one in facts(WRITTEN)]
    made = iter(range(100))

    def fresh() -> tuple[tuple[sqlite3.Connection], dict[str, object]]:
        bare = sqlite3.connect(tmp_path / f"{next(made)}.db")
        bare.execute(f"CREATE TABLE ticket ({', '.join(f.name for f in fields(TicketFacts))})")
        return (bare,), {}

    def write(bare: sqlite3.Connection) -> None:
        with bare:
            bare.executemany(f"INSERT INTO ticket VALUES ({', '.join('?' * len(rows[0]))})", rows)
        bare.close()

    benchmark.pedantic(write, setup=fresh, rounds=3)
