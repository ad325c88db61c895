"""`make bench`: a whole `cspm import tickets`, beside bare `sqlite3` writing the same rows. No time is asserted.

`make bench BIG=1` imports ten million rows too.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from cspm_core import people
from cspm_core.store import Store
from cspm_core.tables import METADATA

from .export_stage import write_export

SIZES = (100_000, 1_000_000, *((10_000_000,) if os.environ.get("BIG") else ()))
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PEERS_CHUNK = 5_000
EVERY_S = 0.2
"""How often memory is looked at."""


@dataclass(frozen=True)
class Measured:
    seconds: float
    megabytes: float


def imported(database: Path, export: Path) -> Measured:
    """A `cspm import tickets` from the shell's view, its start and end included."""
    words = ["--database", f"sqlite:///{database}", "import", "tickets", str(export), "--team", "Returns", "--json"]
    begin, most = time.perf_counter(), dict[str, int]()
    process = subprocess.Popen([sys.executable, "-m", "bot", *words], stdout=subprocess.DEVNULL)
    while True:
        try:
            assert process.wait(EVERY_S) == 0
            return Measured(time.perf_counter() - begin, sum(most.values()) / 1024)
        except subprocess.TimeoutExpired:
            most |= _kilobytes(process.pid)


def _kilobytes(pid: int) -> dict[str, int]:
    """The most memory that a process and its children ever had, as Linux tells."""
    found = {}
    for one in (str(pid), *Path(f"/proc/{pid}/task/{pid}/children").read_text().split()):
        try:
            told = Path(f"/proc/{one}/status").read_text()
        except FileNotFoundError:
            continue
        if most := re.search(r"VmHWM:\s+(\d+)", told):
            found[one] = int(most[1])
    return found


def empty(path: Path) -> Store:
    store = Store(f"sqlite:///{path}")
    METADATA.create_all(store.engine)
    with store.transaction() as session:
        workspace_id = people.found_workspace(session, now=NOW).id
        people.add_team(session, workspace_id, "Returns", timezone="America/New_York", now=NOW)
    return store


def written_bare(path: Path, source: Path) -> float:
    """The same rows with `executemany`, a transaction for each 5,000, into the same table with its indexes."""
    empty(path).close()
    rows, bare = sqlite3.connect(source), sqlite3.connect(path, isolation_level=None)
    bare.execute("PRAGMA synchronous = NORMAL")
    cursor, spent = rows.execute("SELECT * FROM ticket ORDER BY id"), 0.0
    marks = ", ".join("?" * len(cursor.description))
    while chunk := cursor.fetchmany(PEERS_CHUNK):
        begin = time.perf_counter()
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany(f"INSERT INTO ticket VALUES ({marks})", chunk)
        bare.execute("COMMIT")
        spent += time.perf_counter() - begin
    rows.close()
    bare.close()
    return spent


@pytest.mark.benchmark(group="importing a CSV file of tickets")
@pytest.mark.parametrize("rows", SIZES)
def test_import_beside_bare_sqlite3(
    benchmark: BenchmarkFixture, tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: int
):
    export, database = tmp_path / "export.csv", tmp_path / "ours.db"
    write_export(export, rows)
    empty(database).close()
    found = benchmark.pedantic(imported, args=(database, export), rounds=1)
    with sqlite3.connect(database) as ours:
        assert ours.execute("SELECT count(*) FROM ticket").fetchone() == (rows,)
    bare = written_bare(tmp_path / "bare.db", database)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{rows:>12,} rows: {rows / found.seconds:,.0f} rows/s with {found.megabytes:.0f} MB in all processes;"
            f" bare sqlite3 {rows / bare:,.0f} rows/s: {found.seconds / bare:.2f} times its time\n"
        )
