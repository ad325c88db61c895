"""What the demo keeps between two starts, and that it is open only once."""

from __future__ import annotations

from pathlib import Path

from bot.demo.record import Folder, Record, maker

from .conftest import FRIDAY, OPENS_AT


def record(made_by: str) -> Record:
    return Record(FRIDAY, OPENS_AT, -3600.5, "http://here/tickets/", made_by)


def test_a_world_is_found_again(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "demo")
    assert folder.read() is None
    folder.write(record(maker()))
    assert folder.read() == record(maker())
    folder.unlock()


def test_a_world_of_other_seeds_is_not_opened_again(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write(record("an older version"))
    assert folder.read() is None
    folder.unlock()


def test_a_broken_note_is_no_world(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    (tmp_path / "world.json").write_text('{"opening": "someday"}')
    assert folder.read() is None
    folder.unlock()


def test_only_one_demo_at_a_time(tmp_path: Path) -> None:
    one, other = Folder(tmp_path), Folder(tmp_path)
    assert one.lock()
    assert not other.lock()
    one.unlock()
    assert other.lock()
    other.unlock()


def test_emptying_leaves_what_is_not_ours(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write(record(maker()))
    (tmp_path / "notes.txt").write_text("mine")
    folder.empty()
    assert folder.read() is None
    assert (tmp_path / "notes.txt").exists()
    folder.unlock()
