"""What an operator sees of an import of calls."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from cspm_core import imports, people
from cspm_core.store import Store

from .operator import Operator

TEXT = "Call ID,Date,Time,Agent,Answered,Wait time,Talk time,Satisfaction\n"
TEXT += "1,2026-11-02,9:00:00,Mina Lee,Yes,18,4:00,4\n2,2026-11-02,9:30:00,,No,45,,\n"
TEXT += "3,2026-11-02,10:00:00,이미나,Perhaps,-3,1:00,9\n,2026-11-03,9:00:00,,,,,\n5,soon,9:00,,,,,\n"


@pytest.fixture
def operator(sqlite_store: Store, tmp_path: Path, now: datetime) -> Operator:
    with sqlite_store.transaction() as session:
        workspace_id = people.found_workspace(session, now=now).id
        people.add_team(session, workspace_id, "Returns", timezone="Europe/Amsterdam", now=now)
    return Operator(sqlite_store, tmp_path)


def test_an_import_of_calls_tells_what_became_of_every_row(operator: Operator):
    path = operator.file(TEXT, "calls.csv")
    said = operator.reads("import", "calls", path, "--team", "Returns")
    for part in (
        "5  rows read",
        "3  new",
        "2  refused",
        "1  no id",
        "1  a time in the queue that cannot be read",
        "1 value of Satisfaction cannot be; it was set aside, the call stays.",
        "1 value of Wait time cannot be",
        "Words I do not know: “Perhaps” (1).",
        "2 agents match no person yet.",
        "Times without a zone were taken in the team's, Europe/Amsterdam.",
    ):
        assert part in said
    rows = list(csv.reader((operator.folder / "calls.refused.csv").read_text("utf-8-sig").splitlines()))
    assert [row[:2] for row in rows[1:]] == [["5", "no id"], ["6", "a time in the queue that cannot be read"]]
    assert "3  unchanged" in operator.reads("import", "calls", path, "--team", "Returns")


def test_the_report_of_calls_comes_as_json_too(operator: Operator):
    words = ("--team", "Returns", "--timezone", "UTC", "--dry-run", "--json")
    said = operator.reads_json("import", "calls", operator.file(TEXT), *words)
    assert (said["rows"], said["new"], said["refused"], said["dry_run"]) == (5, 3, 2, True)
    assert said["set_aside"] == {"rating": 1, "wait_s": 1, "answered": 1}
    assert (said["unknown_words"], said["complete_until"]) == ({"Perhaps": 1}, "2026-11-02T10:00:00Z")


def test_whose_calls_these_are_must_be_said(operator: Operator):
    said = operator.is_refused("import", "calls", operator.file(TEXT))
    assert "Whose calls are these?" in said
    assert "“Returns”" in said


def test_what_to_start_from_can_be_printed(operator: Operator):
    assert operator.reads("import", "calls", "--template").strip() == ",".join(imports.CALLS)
    told = operator.reads("import", "calls", "--template", "--map", "any.yaml")
    assert {"columns", "values", "dates", "defaults", "empty"} <= yaml.safe_load(told).keys()
    header = "Call Id,Agent,Date,Time,Speed of answer in seconds,AvgTalkDuration,Taken\n"
    rows = "1,Mina,2/11/2026,9:00:00,18,0:04:00,Taken\n"
    path, map_ = operator.file(header + rows), operator.file(told, "map.yaml")
    assert "1  new" in operator.reads("import", "calls", path, "--team", "Returns", "--map", map_)
