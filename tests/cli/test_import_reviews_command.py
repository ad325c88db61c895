"""What an operator sees of an import of reviews."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from cspm_core import imports, people
from cspm_core.store import Store

from .operator import Operator

TEXT = ",".join(imports.REVIEWS) + "\n"
TEXT += "1,2026-11-02 09:00,R-1,Teo,Grace,E-mail,Tone,4,1,5,1,no,no,,random\n"
TEXT += "1,2026-11-02 09:00,R-1,Teo,Grace,E-mail,Privacy,5,1,5,2,yes,no,,random\n"
TEXT += "2,2026-11-03 09:00,R-2,Teo,Grace,E-mail,Tone,3,1,5,1,no,no,,\n"
TEXT += "2,2026-11-03 09:00,R-2,Ada,Grace,E-mail,Privacy,3,1,5,2,yes,no,,\n"
TEXT += "3,2026-11-04 09:00,R-3,Ada,Grace,Chat,Tone,3,1,5,1,no,no,,by moonlight\n"
TEXT += "4,2026-11-04 09:00,R-4,Ada,Grace,Chat,Tone,9,1,5,1,no,no,,\n"
TEXT += "5,2026-11-04 09:00,R-4,Ada,Grace,Chat,Tone,2,1,5,1,no,no,,\n"


@pytest.fixture
def operator(sqlite_store: Store, tmp_path: Path, now: datetime) -> Operator:
    with sqlite_store.transaction() as session:
        workspace_id = people.found_workspace(session, now=now).id
        people.add_team(session, workspace_id, "Returns", timezone="Europe/Amsterdam", now=now)
    return Operator(sqlite_store, tmp_path)


def test_an_import_of_reviews_tells_what_became_of_every_row(operator: Operator):
    path = operator.file(TEXT, "reviews.csv")
    said = operator.reads("import", "reviews", path, "--team", "Returns")
    for part in (
        "7  rows read",
        "3  reviews in them",
        "3  new",
        "3  refused",
        "2  rows of one review that contradict each other, such as two agents",
        "1  a score beyond its scale",
        "1 review is of a random sample; only those make the quality score (IQS).",
        "1 review does not say how its ticket was picked; it counts as chosen by hand.",
        "counted as chosen by hand: “by moonlight” (1).",
        "2 new scorecards: “E-mail” and “Chat”.",
        "3 reviews are of tickets or calls I do not know; they are kept.",
        "2 agents match no person yet.",
        "Reviewers who are no person yet: Grace (3).",
        "Times without a zone were taken in the team's, Europe/Amsterdam.",
    ):
        assert part in said
    rows = list(csv.reader((operator.folder / "reviews.refused.csv").read_text("utf-8-sig").splitlines()))
    assert [line[0] for line in rows[1:]] == ["4", "5", "7"]
    assert "3  unchanged" in operator.reads("import", "reviews", path, "--team", "Returns")


def test_the_report_of_reviews_comes_as_json_too(operator: Operator):
    words = ("--team", "Returns", "--dry-run", "--json")
    said = operator.reads_json("import", "reviews", operator.file(TEXT), *words)
    assert (said["rows"], said["reviews"], said["new"], said["refused"], said["dry_run"]) == (7, 3, 3, 3, True)
    assert said["refused_reasons"] == {"contradicts": 2, "off_scale": 1}
    assert (said["unknown_strata"], said["scorecards"]) == ({"by moonlight": 1}, ["E-mail", "Chat"])


def test_whose_reviews_these_are_must_be_said(operator: Operator):
    said = operator.is_refused("import", "reviews", operator.file(TEXT))
    assert "Whose reviews are these?" in said
    assert "“Returns”" in said


def test_what_to_start_from_can_be_printed(operator: Operator):
    assert operator.reads("import", "reviews", "--template").strip() == ",".join(imports.REVIEWS)
    told = operator.reads("import", "reviews", "--template", "--map", "any.yaml")
    assert {"columns", "values", "dates", "defaults", "empty"} <= yaml.safe_load(told).keys()
    header = "Evaluation Id,Evaluated at,Agent,Question,Points,Points possible,stratum\n"
    rows = "1,2/11/2026 9:00,Teo,Tone,5,10,Auto assigned\n"
    path, map_ = operator.file(header + rows), operator.file(told, "map.yaml")
    said = operator.reads("import", "reviews", path, "--team", "Returns", "--map", map_)
    assert "1  new" in said
    assert "1 review is of a random sample" in said
