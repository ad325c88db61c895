"""`make bench`: what a bot's day costs: answers to what people type, a thousand digests, a start, a day of the demo."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bot.digests import views
from bot.local_slack import Workspace
from bot.runtime import real_now
from bot.words import Words
from cspm_core import digests, people
from cspm_core.people import Team
from cspm_core.store import Store
from cspm_core.tables import METADATA

from . import large_stage
from .alarm_stage import AGENTS, Centre, running
from .stage import NOW
from .test_bench_escalations import centile, tells

A_DAY, DAYS = 1_334, 90
MEASURED, ALL = 40, 1_000
"""Digests that are made, and how many the bar speaks of."""
ANSWER = "Team 0"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'bench.db'}")
    METADATA.create_all(store.engine)
    yield store
    store.close()


def _filled(here: Centre) -> None:
    now = real_now()
    large_stage.fill(here.store, here.teams[0], a_day=A_DAY, days=DAYS, agents=30, now=now)
    large_stage.keep(here.store, here.teams[0], now)


def _asks(place: Workspace, n: int, ack: list[float], answer: list[float]) -> None:
    """Somebody types `/kpi team` and waits for the figures."""
    seat = place.person(f"Agent {n % AGENTS}")
    before = _answers(place, n)
    began = time.monotonic()
    seat.types(f"/kpi team {ANSWER} 30d", channel="#team-0")
    ack.append(time.monotonic() - began)
    place.wait_until(lambda: _answers(place, n) > before, timeout=30)
    answer.append(time.monotonic() - began)


def _answers(place: Workspace, n: int) -> int:
    seen = place.person(f"Agent {n % AGENTS}").reads("#team-0")
    return sum(message.ephemeral and ANSWER in message.text for message in seen)


@pytest.mark.benchmark(group="from typing /kpi to the answer, 40,000 tickets in the 30 days")
def test_one_person_at_a_time(benchmark: BenchmarkFixture, store: Store, capsys: pytest.CaptureFixture[str]):
    with running(store, prepare=_filled) as (_, place, _):
        ack: list[float] = []
        answer: list[float] = []
        numbers = iter(range(1000))
        benchmark.pedantic(lambda: _asks(place, next(numbers), ack, answer), rounds=40, warmup_rounds=2)
    tells(capsys, "ack", ack)
    tells(capsys, "answer", answer)


@pytest.mark.benchmark(group="20 people type /kpi at once")
def test_twenty_at_once(benchmark: BenchmarkFixture, store: Store, capsys: pytest.CaptureFixture[str]):
    with running(store, prepare=_filled) as (_, place, _):
        _asks(place, 0, [], [])
        ack: list[float] = []
        answer: list[float] = []

        def crowd() -> None:
            with ThreadPoolExecutor(AGENTS) as pool:
                list(pool.map(lambda n: _asks(place, n, ack, answer), range(AGENTS)))

        benchmark.pedantic(crowd, rounds=5)
    tells(capsys, "ack, 20 at once", ack)
    tells(capsys, "answer, 20 at once", answer)
    with capsys.disabled():
        print(f"the last one after {max(answer):.2f} s")  # noqa: T201


@pytest.mark.benchmark(group=f"digests of {MEASURED} teams of 10 agents, 100 tickets a day each")
def test_digests(benchmark: BenchmarkFixture, store: Store, capsys: pytest.CaptureFixture[str]):
    """Made, read and drawn, one after the other on one core; the bar is for a thousand."""
    teams = [large_stage.team(store, f"Team {n}", a_day=100, days=DAYS, agents=10) for n in range(MEASURED)]
    with store.transaction() as session:
        for team in teams:
            people.team(session, team.workspace_id, team.id).channel = f"C{team.id}"
    at = NOW.replace(hour=15)
    took: list[float] = []

    def all_of_them() -> int:
        return sum(_digest(store, team, at, took) for team in teams)

    made = benchmark.pedantic(all_of_them, rounds=1)
    assert made == MEASURED
    share = sum(took) / MEASURED
    with capsys.disabled():
        print(  # noqa: T201
            f"\na digest: mean {share * 1000:.0f} ms of the processor, p95 {centile(took, 0.95) * 1000:.0f} ms; "
            f"{ALL:,} of them: {share * ALL:.0f} s"
        )


def _digest(store: Store, team: Team, at: object, took: list[float]) -> bool:
    began = time.process_time()
    with store.transaction() as session:
        made = digests.make(session, people.team(session, team.workspace_id, team.id), now=at)  # type: ignore[arg-type]
    assert made is not None
    with store.reading() as session:
        row = digests.digest(session, team.workspace_id, made.id)
        assert row is not None
        drawn = views.digest(digests.content(session, row, now=at, in_channel=True), Words("en"))  # type: ignore[arg-type]
    took.append(time.process_time() - began)
    return bool(drawn["blocks"])


@pytest.mark.benchmark(group="from starting the process to its first answer")
def test_start(benchmark: BenchmarkFixture, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    took: list[float] = []
    numbers = iter(range(100))

    def begins() -> None:
        store = Store(f"sqlite:///{tmp_path / f'start{next(numbers)}.db'}")
        METADATA.create_all(store.engine)
        with running(store, prepare=_filled) as (here, place, _):
            _asks(place, 0, [], [])
            took.append(time.monotonic() - here.started)
        store.close()

    benchmark.pedantic(begins, rounds=3)
    tells(capsys, "start to first answer", took)


@pytest.mark.benchmark(group="a day of the demo")
def test_demo_day(benchmark: BenchmarkFixture, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The demo opened, its clock turned by a day a quarter of an hour at a time, and what it then holds in memory."""
    found: list[tuple[float, float, int]] = []
    benchmark.pedantic(lambda: found.append(_demo_day(tmp_path)), rounds=1)
    opened, day, resident = found[0]
    with capsys.disabled():
        print(f"\ndemo open after {opened:.1f} s, a day in {day:.0f} s, then {resident / 1e6:.0f} MB resident")  # noqa: T201


def _control(address: str, verb: str, **asked: object) -> None:
    told = urllib.request.Request(
        f"{address}/_control/{verb}", json.dumps(asked).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(told, timeout=300):
        pass


def _demo_day(folder: Path) -> tuple[float, float, int]:
    began = time.monotonic()
    argv = [sys.executable, "-m", "bot", "demo", "--no-open", "--port", "0"]
    with subprocess.Popen(argv, cwd=folder, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout
        try:
            address = next(found[0] for line in demo.stdout if (found := re.findall(r"http://[\d.]+:\d+", line)))
            opened = time.monotonic() - began
            for _ in range(96):
                _control(address, "clock", advance_s=900)
            for team in ("Returns", "Billing"):
                _control(address, "type", **{"as": "Mina", "channel": "#returns", "text": f"/kpi team {team}"})
            status = Path(f"/proc/{demo.pid}/status").read_text()
            resident = int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) * 1024
            return opened, time.monotonic() - began - opened, resident
        finally:
            demo.terminate()
