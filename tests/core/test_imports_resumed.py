"""An import that is cut off goes on where it was, and two at once or a writer beside it harm nobody."""

from __future__ import annotations

import csv
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import func, select

from cspm_core import people
from cspm_core.imports import understood
from cspm_core.imports.tables import ImportRun
from cspm_core.store import Store
from cspm_core.tickets import Source, Ticket

from . import importing

ROWS = 45_000
BEGIN = datetime(2026, 1, 1)


@pytest.fixture
def team_id(store: Store, workspace_id: int, now: datetime) -> int:
    with store.transaction() as session:
        return people.add_team(session, workspace_id, "Returns", timezone="Europe/Amsterdam", now=now).id


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Every 5,000th row has no id, every 3,000th speaks of an earlier ticket."""
    path = tmp_path / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "created_at", "agent", "subject", "status"])
        for n in range(ROWS):
            key = "" if n % 5_000 == 4_999 else str(n - 40 if n % 3_000 == 100 else n)
            status = "Solved" if n % 7 else "Odd"
            writer.writerow([key, BEGIN + timedelta(minutes=n), f"Agent {n % 4}", f"Parcel {n}", status])
    return path


REFUSED, DUPLICATES = ROWS // 5_000, ROWS // 3_000
TICKETS = ROWS - REFUSED - DUPLICATES


def stands(store: Store) -> int:
    with store.reading() as session:
        return session.exec(select(func.count()).select_from(Ticket)).one()


def runs(store: Store) -> list[ImportRun]:
    with store.reading() as session:
        return list(session.exec(select(ImportRun).order_by(ImportRun.id)))


@pytest.mark.usefixtures("team_id")
def test_an_import_that_was_killed_goes_on_behind_what_was_committed_and_reports_the_whole(
    store: Store, workspace_id: int, export: Path, now: datetime
):
    with importing.begun(store, workspace_id, export, now) as process:
        assert process.stdout
        assert any(int(line) >= 12_000 for line in process.stdout)
        process.kill()
    before = stands(store)
    assert 10_000 < before < TICKETS
    with store.reading() as session:
        assert session.exec(select(Source)).all() == [], "a broken import claims nothing"
    heard: list[int] = []
    done: list[int] = []
    later = now + timedelta(hours=1)
    report = importing.load(store, workspace_id, export, later, goes_on=heard.append, advance=done.append)
    assert heard == [report.resumed_at]
    assert heard[0] >= 10_000
    assert heard[0] % 5_000 == 0, "it goes on behind a whole batch"
    assert sum(done) == ROWS
    assert (report.rows, report.new, report.changed, report.unchanged) == (ROWS, TICKETS, 0, 0)
    assert (report.duplicates, dict(report.refused)) == (DUPLICATES, {"no_id": REFUSED})
    assert sum(report.unmatched.values()) == TICKETS == stands(store)
    assert report.unknown_statuses.total() == report.set_aside["status"] > 6_000
    assert report.refused_file
    lines = list(csv.reader(report.refused_file.read_text("utf-8-sig").splitlines()))
    assert [line[0] for line in lines] == ["line", *(str(n + 2) for n in range(4_999, ROWS, 5_000))]
    assert [run.finished_at for run in runs(store)] == [later]


@pytest.mark.usefixtures("team_id")
def test_the_same_command_after_the_end_begins_anew_and_changes_nothing(
    store: Store, workspace_id: int, export: Path, now: datetime
):
    importing.load(store, workspace_id, export, now)
    again = importing.load(store, workspace_id, export, now)
    assert (again.resumed_at, again.new, again.changed, again.unchanged) == (0, 0, 0, TICKETS)


def test_another_file_or_wish_does_not_go_on_with_what_was_cut_off(
    sqlite_store: Store, tmp_path: Path, export: Path, now: datetime
):
    workspace_id = workspace_with_team(sqlite_store, now)
    with pytest.raises(InterruptedError):
        importing.load(sqlite_store, workspace_id, export, now, advance=cut_off_after(12_000))
    text = export.read_bytes()
    other = tmp_path / "other.csv"
    other.write_bytes(text.replace(b"Parcel 44000", b"Parcel 44001"))
    assert importing.load(sqlite_store, workspace_id, other, now).resumed_at == 0
    same = tmp_path / "same.csv"
    same.write_bytes(text)
    assert importing.load(sqlite_store, workspace_id, same, now).resumed_at == 15_000


def workspace_with_team(store: Store, now: datetime) -> int:
    with store.transaction() as session:
        workspace_id = people.found_workspace(session, now=now).id
        if not people.teams(session, workspace_id):
            people.add_team(session, workspace_id, "Returns", timezone="Europe/Amsterdam", now=now)
    return workspace_id


def cut_off_after(rows: int) -> object:
    done = 0

    def advance(more: int) -> None:
        nonlocal done
        done += more
        if done >= rows:
            raise InterruptedError

    return advance


@pytest.mark.usefixtures("team_id")
def test_two_imports_of_one_file_at_once_both_finish_and_tell_the_truth(
    store: Store, workspace_id: int, export: Path, now: datetime
):
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda _: importing.load(store, workspace_id, export, now), range(2)))
    assert stands(store) == TICKETS
    assert sum(report.new for report in reports) == TICKETS
    for report in reports:
        assert report.new + report.changed + report.unchanged + report.older == TICKETS
        assert (report.rows, report.duplicates, report.refused.total()) == (ROWS, DUPLICATES, REFUSED)
    assert all(run.finished_at for run in runs(store))


def test_a_writer_gets_its_turn_while_a_file_comes_in(sqlite_store: Store, export: Path, now: datetime):
    workspace_id = workspace_with_team(sqlite_store, now)
    with importing.begun(sqlite_store, workspace_id, export, now) as process:
        assert process.stdout
        next(process.stdout)
        for n in range(5):
            with sqlite_store.transaction() as session:
                people.add_member(session, workspace_id, f"Person {n}", now=now)
        assert stands(sqlite_store) < TICKETS, "they wrote before the import was over"
        assert process.stdout.readlines()[-1] == f"new {TICKETS}\n"


def test_a_long_file_is_read_ahead_by_another_process_and_its_death_is_no_harm(
    sqlite_store: Store, export: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(understood, "LONG", 0)
    report = importing.load(sqlite_store, workspace_with_team(sqlite_store, now), export, now)
    assert (report.rows, report.new, report.duplicates) == (ROWS, TICKETS, DUPLICATES)
    monkeypatch.setattr(understood, "_HELPER", "import sys; sys.stdout.write('half a word')")
    report = importing.load(sqlite_store, workspace_with_team(sqlite_store, now), export, now)
    assert (report.rows, report.unchanged, report.duplicates) == (ROWS, TICKETS, DUPLICATES)
