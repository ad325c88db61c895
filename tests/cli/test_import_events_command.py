"""What an operator sees of an import of events."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import yaml

from cspm_core import people
from cspm_core.store import Store

from .operator import Operator

TEXT = """ticket_id,at,kind,actor,actor_kind,value
1,2026-11-02 09:00,created,Kim,customer,
1,2026-11-02 09:30,public_reply,Mina Lee,agent,
1,2026-11-02 10:00,status,Mina Lee,agent,dealt with
2,2026-11-02 11:00,public_reply,Mina Lee,agent,
3,soon,created,Kim,customer,
3,2026-11-02 11:00,exploded,,,
"""


@pytest.fixture
def operator(sqlite_store: Store, tmp_path: Path, now: datetime) -> Operator:
    with sqlite_store.transaction() as session:
        workspace_id = people.found_workspace(session, now=now).id
        people.add_team(session, workspace_id, "Returns", timezone="Europe/Amsterdam", now=now)
    return Operator(sqlite_store, tmp_path)


def test_an_import_tells_what_became_of_every_row_and_ticket(operator: Operator):
    path = operator.file(TEXT)
    said = operator.reads("import", "events", path, "--team", "Returns")
    for part in (
        "6  rows read",
        "3  events in them",
        "3  new events",
        "1  new tickets",
        "3  refused",
        "1  a status I do not know",
        "1  a time that cannot be read",
        "Kinds of events I do not know: “exploded” (1)",
        "Statuses I do not know: “dealt with” (1)",
        "1 ticket waits: nobody told when it was created (2)",
        "1 agent matches no person yet",
        "Europe/Amsterdam",
        "2026-11-02T10:00:00Z",
    ):
        assert part in said
    assert "3  events known before" in operator.reads("import", "events", path, "--team", "Returns")


def test_the_report_comes_as_json_too(operator: Operator):
    said = operator.reads_json(
        "import", "events", operator.file(TEXT), "--team", "Returns", "--timezone", "UTC", "--json"
    )
    assert (said["rows"], said["events"], said["new"], said["new_tickets"], said["waiting"]) == (6, 3, 3, 1, 1)
    assert said["refused_reasons"] == {"unknown_status": 1, "bad_time": 1, "unknown_kind": 1}
    assert (said["unmatched"], said["complete_until"]) == ({"Mina Lee": 2}, "2026-11-02T11:00:00Z")


def test_a_dry_run_only_looks(operator: Operator):
    path = operator.file(TEXT)
    said = operator.reads("import", "events", path, "--team", "Returns", "--dry-run")
    assert "nothing was written" in said
    assert "new tickets" not in said
    assert not list(operator.folder.glob("*refused*"))
    assert "3  new events" in operator.reads("import", "events", path, "--team", "Returns")


def test_templates_are_something_to_start_from(operator: Operator):
    header = operator.reads("import", "events", "--template")
    assert header.strip() == "ticket_id,at,kind,actor,actor_kind,value,id,team"
    said = operator.reads("import", "events", "--template", "--map", "x")
    assert yaml.safe_load(said)["events"]["once"] == {"created": "Opened at"}
    path = operator.file(
        "Ticket ID,Updated at,State,Assigned to,Opened at\n1,03/04/2026 09:00,Done,Ada,03/04/2026 08:00\n"
    )
    done = operator.reads("import", "events", path, "--team", "Returns", "--map", operator.file(said, "map.yaml"))
    assert "1  new tickets" in done
    assert operator.types("import", "events").exit_code == 2


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("", [], "is empty"),
        ("ticket_id,at,kind\n", [], "no rows"),
        ("a,b\n1,2\n", [], "“a” and “b”"),
        ("ticket_id,at,kind\n1,03/04/2026,created\n", [], "--day-first"),
        ("ticket_id,at,kind\n1,2026-11-02,created\n", ["--timezone", "Mars/Base"], "time zone"),
        ("ticket_id,at,kind\n1,2026-11-02,created\n", ["--exported-at", "tea"], "2026-11-23T17:00"),
        ("ticket_id,at,kind\n1,soon,created\n", [], "None of the rows"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(operator: Operator, text: str, words: list[str], said: str):
    assert said in operator.is_refused("import", "events", operator.file(text), "--team", "Returns", *words)


def test_it_helps_with_an_example(operator: Operator):
    assert "cspm import events events.csv" in operator.reads("import", "events", "--help")
