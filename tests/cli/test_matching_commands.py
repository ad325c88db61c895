"""An operator says whose names stand in the data, without Slack."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from cspm_core import matching, people
from cspm_core.people import Role
from cspm_core.store import Store

from .operator import Operator

HEADER = "Ticket ID,Assignee,Status,Created time"


@pytest.fixture
def operator(sqlite_store: Store, tmp_path: Path, now: datetime) -> Operator:
    with sqlite_store.transaction() as session:
        workspace_id = people.found_workspace(session, now=now).id
        people.add_member(session, workspace_id, "Ada King", email="ada@example.com", now=now)
    at = Operator(sqlite_store, tmp_path)
    at.reads("team", "add", "Returns", "--timezone", "Europe/Amsterdam")
    rows = [f"R-{n},{who},open,2026-11-0{n}T09:00:00Z" for n, who in enumerate(("j.smith", "a.king", "a.king"), 1)]
    said = at.reads("import", "tickets", at.file("\n".join([HEADER, *rows])), "--team", "Returns")
    assert "cspm people names" in said
    return at


def test_names_stand_there_with_the_likeliest_person(operator: Operator):
    said = operator.reads("people", "names")
    assert said.index("a.king") < said.index("j.smith")
    assert "Ada King (the initials fit)" in said
    first, second = operator.reads_json("people", "names", "--team", "Returns", "--json")
    assert (first["name"], first["tickets"], first["likeliest"], first["reason"]) == (
        "a.king", 2, "Ada King", "initials",
    )  # fmt: skip
    assert (second["name"], second["teams"], second["likeliest"]) == ("j.smith", ["Returns"], None)


def test_a_name_is_matched_and_that_is_taken_back(operator: Operator):
    assert "Ada King is an agent of Returns now." in operator.reads("people", "match", "A.King", "ada@example.com")
    with operator.store.reading() as session:
        workspace_id = people.workspace(session).id
        team, ada = people.teams(session, workspace_id)[0], people.member_named(session, workspace_id, "a.king")
        assert ada is not None
        assert [(one.team_id, one.role) for one in people.memberships(session, workspace_id, ada.id)] == [
            (team.id, Role.AGENT)
        ]
        [known] = matching.known(session, workspace_id)
        assert (known.member, known.by) == ("Ada King", "")
    assert [one["name"] for one in operator.reads_json("people", "names", "--json")] == ["j.smith"]
    assert "open again" in operator.reads("people", "match", "a.king", "--undo")
    assert len(operator.reads_json("people", "names", "--json")) == 2
    assert "nothing to take back" in operator.is_refused("people", "match", "a.king", "--undo")


def test_nobody_of_ours_is_not_listed_again(operator: Operator):
    for name in ("j.smith", "a.king"):
        operator.reads("people", "match", name, "--nobody")
    assert "nothing to match" in operator.reads("people", "names")
    assert "nobody of yours" in operator.is_refused("people", "match", "a.king", "Ada King")


def test_what_is_not_there_is_named_with_what_is(operator: Operator):
    assert "Did you mean “j.smith”?" in operator.is_refused("people", "match", "j.smit", "Ada King")
    assert "Zoe" in operator.is_refused("people", "match", "j.smith", "Zoe")
    assert operator.types("people", "match", "j.smith").exit_code == 2
    assert operator.types("people", "match", "j.smith", "Ada King", "--nobody").exit_code == 2
