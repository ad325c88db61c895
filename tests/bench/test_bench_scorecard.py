"""`make bench`: a team's scorecard with signals out of a large store, beside DuckDB over the same rows.

25 teams; the one that is read has 30 agents and 40,000 tickets in its 30 days. Then a store of ten times that: more
teams, more years. BIG=1 adds ten million tickets. No time is asserted.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator

import duckdb
import pandas as pd
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from cspm_core import kpi, signals
from cspm_core.kpi import Scorecard
from cspm_core.people import Team
from cspm_core.periods import parse_period
from cspm_core.signals import Signal
from cspm_core.store import Store, microseconds
from cspm_core.tables import METADATA

from . import large_stage
from .stage import NOW
from .test_bench_escalations import centile

LAST_30 = parse_period("30d", timezone=large_stage.ZONE, now=NOW).until(NOW)
A_DAY, AGENTS, TEAMS = 1_334, 30, 25
ROUNDS = 30
SIZES = {"small": (90, 15, 60), "large": (365, 3, 730), **({"big": (730, 500, 730)} if os.environ.get("BIG") else {})}
"""Days of the team that is read, tickets a day and days of each of the others: about 140,000, 1,000,000 and ten million
tickets."""
PEER = """
    SELECT count(*) FILTER (created_at BETWEEN $first AND $last),
           median(first_response_at - created_at) FILTER (created_at BETWEEN $first AND $last),
           quantile_cont(first_response_at - created_at, 0.9) FILTER (created_at BETWEEN $first AND $last),
           median(first_response_business_s) FILTER (created_at BETWEEN $first AND $last),
           median(solved_at - created_at) FILTER (solved_at BETWEEN $first AND $last),
           quantile_cont(solved_at - created_at, 0.9) FILTER (solved_at BETWEEN $first AND $last),
           count(*) FILTER (solved_at BETWEEN $first AND $last),
           count(*) FILTER (solved_at BETWEEN $first AND $last AND reopens > 0),
           count(*) FILTER (solved_at BETWEEN $first AND $last AND public_replies = 1),
           count(*) FILTER (created_at BETWEEN $first AND $last AND first_response_at <= first_response_target_at),
           count(*) FILTER (solved_at BETWEEN $first AND $last AND solved_at <= resolution_target_at),
           count(*) FILTER (csat_at BETWEEN $first AND $last),
           count(*) FILTER (csat_at BETWEEN $first AND $last AND csat_good),
           count(*) FILTER (NOT is_solved)
    FROM ticket WHERE left_out = '' AND team_id = $team"""
DAYS_OF_PEER = """
    SELECT (created_at // 86400000000) AS day, count(*), median(first_response_at - created_at),
           median(first_response_business_s), median(solved_at - created_at), count(*) FILTER (reopens > 0),
           count(csat_good), count(*) FILTER (csat_good)
    FROM ticket WHERE left_out = '' AND team_id = $team AND created_at BETWEEN $past AND $last GROUP BY 1"""


def filled(store: Store, size: str) -> Team:
    """The team that is read, among the others."""
    METADATA.create_all(store.engine)
    days, a_day, past = SIZES[size]
    team = large_stage.team(store, "Returns", a_day=A_DAY, days=days, agents=AGENTS)
    teams = TEAMS * 10 if size != "small" else TEAMS
    if size == "big":
        teams = TEAMS
    for n in range(teams - 1):
        large_stage.team(store, f"Team {n}", a_day=a_day, days=past, agents=10, kept=False)
    return team


@pytest.fixture(scope="module", params=list(SIZES))
def on_sqlite(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Team]]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('bench') / 'large.db'}")
    yield store, filled(store, request.param)
    store.close()


@pytest.fixture(scope="module", params=[size for size in SIZES if size != "big"])
def on_postgres(request: pytest.FixtureRequest, postgres_url: str) -> Iterator[tuple[Store, Team]]:
    store = Store(postgres_url)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    team = filled(store, request.param)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    yield store, team
    store.close()


def reads(store: Store, team: Team) -> tuple[Scorecard, dict[str, Signal]]:
    """What `/kpi team` reads: every figure, the period before, the chart, and whether anything signals."""
    with store.reading() as session:
        reader = kpi.reading_for(session, team, LAST_30, LAST_30, as_of=NOW)
        card, _ = kpi.overview(
            session, team, LAST_30, as_of=NOW, charted=("volume", "solved"), over=LAST_30, reader=reader
        )
        return card, dict(signals.of_team(session, team, None, NOW, reader=reader))


def tells(capsys: pytest.CaptureFixture[str], what: str, run: Callable[[], object]) -> float:
    """Run it many times and print how long it took; the 95th percentile in seconds."""
    run()
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        run()
        took.append(time.perf_counter() - begun)
    p95 = centile(took, 0.95)
    with capsys.disabled():
        print(f"\n{what}: p50 {statistics.median(took) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms")  # noqa: T201
    return p95


@pytest.mark.benchmark(group="scorecard with signals, SQLite")
def test_scorecard_on_sqlite(
    benchmark: BenchmarkFixture, on_sqlite: tuple[Store, Team], capsys: pytest.CaptureFixture[str]
):
    store, team = on_sqlite
    card, found = benchmark.pedantic(reads, args=(store, team), rounds=5, warmup_rounds=1)
    assert card.reading("volume").measure.n > 38_000
    assert len(found) > 15
    ours = tells(capsys, f"scorecard, SQLite, {large_stage.count(store):,} tickets", lambda: reads(store, team))
    theirs = tells(capsys, "  DuckDB, the same team's rows", _peer(store, team))
    with capsys.disabled():
        print(f"  ratio {ours / theirs:.1f}")  # noqa: T201


def _peer(store: Store, team: Team) -> Callable[[], object]:
    """The same rows in DuckDB, and the figures that SQL can tell: two periods and the days of twelve weeks."""
    peer = duckdb.connect()
    with store.reading() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT team_id, left_out, created_at, first_response_at, first_response_target_at, solved_at,"
            " resolution_target_at, first_response_business_s, reopens, public_replies, csat_at, csat_good, is_solved"
            " FROM ticket"
        )
        names = list(rows.keys())
        columns = dict(zip(names, zip(*rows.fetchall(), strict=True), strict=True))
    kinds = {name: "Int64" for name in names if name != "left_out"}
    frame = pd.DataFrame(columns).astype(kinds)
    frame["is_solved"], frame["csat_good"] = frame["is_solved"].astype("boolean"), frame["csat_good"].astype("boolean")
    peer.register("frame", frame)
    peer.execute("CREATE TABLE ticket AS SELECT * FROM frame")
    first, last = microseconds(LAST_30.start), microseconds(NOW)
    asked = [
        {"first": first, "last": last, "team": team.id},
        {"first": first - (last - first), "last": first, "team": team.id},
    ]
    past = {"past": last - 84 * 86_400_000_000, "last": last, "team": team.id}

    def run() -> object:
        figures = [peer.execute(PEER, one).fetchall() for one in asked]
        return figures, peer.execute(DAYS_OF_PEER, past).fetchall()

    return run


@pytest.mark.benchmark(group="scorecard with signals, PostgreSQL")
def test_scorecard_on_postgresql(
    benchmark: BenchmarkFixture, on_postgres: tuple[Store, Team], capsys: pytest.CaptureFixture[str]
):
    store, team = on_postgres
    card, _ = benchmark.pedantic(reads, args=(store, team), rounds=5, warmup_rounds=1)
    assert card.reading("volume").measure.n > 38_000
    tells(capsys, f"scorecard, PostgreSQL, {large_stage.count(store):,} tickets", lambda: reads(store, team))
