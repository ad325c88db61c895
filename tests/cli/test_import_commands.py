"""What an operator sees of an import: a report, a file of refused rows, or one clear sentence."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from cspm_core import people
from cspm_core.store import Store

from .operator import Operator

TEXT = "Ticket,Opened at,Assignee,Rating\n1,2026-11-02 09:00,Mina Lee,4\n"
TEXT += "2,2026-11-03 09:00,이미나,9\n,2026-11-03,,\n4,soon,,\n"


@pytest.fixture
def operator(sqlite_store: Store, tmp_path: Path, now: datetime) -> Operator:
    with sqlite_store.transaction() as session:
        people.add_team(
            session, people.found_workspace(session, now=now).id, "Returns", timezone="Europe/Amsterdam", now=now
        )
    return Operator(sqlite_store, tmp_path)


def test_an_import_tells_what_became_of_every_row(operator: Operator):
    path = operator.file(TEXT)
    said = operator.reads("import", "tickets", path, "--team", "Returns")
    for part in (
        "4  rows read",
        "2  new",
        "2  refused",
        "1  no id",
        "1 value of Rating cannot be",
        "이미나",
        "2026-11-03T08:00:00Z",
    ):
        assert part in said
    assert "Europe/Amsterdam" in said
    refused = operator.folder / "export.refused.csv"
    assert str(refused) in said
    rows = list(csv.reader(refused.read_text("utf-8-sig").splitlines()))
    assert [row[:2] for row in rows] == [
        ["line", "reason"],
        ["4", "no id"],
        ["5", "a creation time that cannot be read"],
    ]
    assert "2  unchanged" in operator.reads("import", "tickets", path, "--team", "Returns")


def test_the_report_comes_as_json_too(operator: Operator):
    said = operator.reads_json(
        "import", "tickets", operator.file(TEXT), "--team", "Returns", "--timezone", "UTC", "--json"
    )
    assert (said["rows"], said["new"], said["refused"]) == (4, 2, 2)
    assert said["refused_reasons"] == {"no_id": 1, "unreadable_creation": 1}
    assert said["unmatched"] == {"Mina Lee": 1, "이미나": 1}
    assert (said["set_aside"], said["complete_until"]) == ({"csat": 1}, "2026-11-03T09:00:00Z")


def test_a_dry_run_only_looks(operator: Operator):
    path = operator.file(TEXT)
    assert "nothing was written" in operator.reads("import", "tickets", path, "--team", "Returns", "--dry-run")
    assert not list(operator.folder.glob("*refused*"))
    assert "2  new" in operator.reads("import", "tickets", path, "--team", "Returns")


def test_people_explain_the_names_in_the_tickets(operator: Operator):
    operator.reads("import", "tickets", operator.file(TEXT), "--team", "Returns")
    path = operator.file("name,role,also_known_as\nMina Lee,lead,이미나\nJoe,chef,\n", "people.csv")
    said = operator.reads("import", "people", path, "--team", "Returns")
    for part in (
        "1  new",
        "2 names in the tickets are somebody now",
        "1  a role that does not exist",
        "people.refused.csv",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("", [], "is empty"),
        ("id,created_at\n", [], "no rows"),
        ("a,b\n1,2\n", [], "“a” and “b”"),
        ("id,created_at\n1,03/04/2026\n", [], "--day-first"),
        ("id,created_at\n1,2026-11-02\n", ["--timezone", "Mars/Base"], "time zone"),
        ("id,created_at\n1,2026-11-02\n", ["--team", "Retruns"], "“Returns”"),
        ("id,created_at\n1,2026-11-02\n", ["--exported-at", "tea"], "2026-11-23T17:00"),
        ("id,created_at\n1,2026-11-02\n", ["--map", "none.yaml"], "no file"),
        ("id,created_at\n1,2026-11-02\n", ["--encoding", "klingon"], "no encoding called klingon"),
        ("id,created_at\n1,2026-11-02\n", ["--encoding", "utf-16"], "not written in utf-16"),
        ('id,created_at\n1,2026-11-02\n2,"2026-11-03\n3,2026-11-04\n', [], "on line 3 is never closed"),
        ("\x01\x02PK\x03", [], "is no CSV file"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(operator: Operator, text: str, words: list[str], said: str):
    team = [] if "--team" in words else ["--team", "Returns"]
    assert said in operator.is_refused("import", "tickets", operator.file(text), *team, *words)


def test_a_folder_is_no_file(operator: Operator):
    assert "is a folder" in operator.is_refused("import", "tickets", str(operator.folder), "--team", "Returns")


def test_a_file_that_may_not_be_read_is_said(operator: Operator, monkeypatch: pytest.MonkeyPatch):
    path = operator.file("id,created_at\n1,2026-11-02\n")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(Path, "open", denied)
    assert "export.csv cannot be used: Permission denied" in operator.is_refused("import", "tickets", path)


def test_an_export_from_ahead_of_the_clock_is_taken_and_said(operator: Operator):
    path = operator.file("id,created_at\n1,2026-11-02T09:00Z\n")
    assert "this machine's clock" in operator.reads(
        "import", "tickets", path, "--team", "Returns", "--exported-at", "2099-11-03"
    )
    assert "this machine's clock" not in operator.reads("import", "tickets", path, "--team", "Returns", "--dry-run")


def test_a_file_of_which_every_row_is_refused_ends_badly(operator: Operator):
    path = operator.file("id,created_at\n1,soon\n2,\n")
    assert "None of the rows" in operator.is_refused("import", "tickets", path, "--team", "Returns")
    assert (operator.folder / "export.refused.csv").exists()
    assert "None of the rows" in operator.is_refused("import", "people", operator.file("name,role\n,lead\n", "p.csv"))
    assert "no file" in operator.is_refused("import", "people", str(operator.folder / "nobody.csv"))


def test_templates_are_something_to_start_from(operator: Operator):
    header = operator.reads("import", "tickets", "--template")
    assert header.strip().split(",")[:3] == ["id", "team", "agent"]
    assert len(header.split(",")) == 38
    assert operator.reads("import", "people", "--template").startswith("name,email,slack_user_id,role,team,from,to,")
    said = operator.reads("import", "tickets", "--template", "--map", "x")
    assert yaml.safe_load(said)["columns"] == {"id": "Ticket ID", "created_at": "Created time"}
    people_map = yaml.safe_load(operator.reads("import", "people", "--template", "--map", "x"))
    assert people_map["columns"] == {"name": "Full name"}
    path = operator.file("Ticket ID,Created time\n1,03/04/2026 09:00\n")
    operator.reads("import", "tickets", path, "--team", "Returns", "--map", operator.file(said, "map.yaml"))
    assert operator.types("import", "tickets").exit_code == 2


@pytest.mark.parametrize("name", ["tickets", "people"])
def test_every_command_helps_with_an_example(operator: Operator, name: str):
    assert f"cspm import {name}" in operator.reads("import", name, "--help")
