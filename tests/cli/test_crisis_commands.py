"""`cspm crisis plan show|set`: what is printed can be changed and read back; bad plans are refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from typer.testing import CliRunner

from bot.crises.commands import add_to
from bot.terminal import chosen
from cspm_core import crises, people
from cspm_core.store import Store

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
Cspm = Callable[..., Any]


@pytest.fixture
def cspm(sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cspm:
    with sqlite_store.transaction() as session:
        workspace = people.found_workspace(session, now=NOW)
        people.add_team(session, workspace.id, "Returns", timezone="UTC", now=NOW)
        people.add_member(session, workspace.id, "김민지", now=NOW)
    monkeypatch.setitem(chosen, "database", f"sqlite:///{tmp_path / 'test.db'}")
    app = typer.Typer()
    add_to(app)
    app.callback()(lambda: None)
    return lambda *arguments: CliRunner().invoke(app, ["crisis", "plan", *arguments], env={"COLUMNS": "160"})


def test_what_is_shown_can_be_set_and_is_the_same_then(cspm: Cspm, sqlite_store: Store, tmp_path: Path):
    shown = cspm("show", "returns")
    assert shown.exit_code == 0, shown.output
    file = tmp_path / "plan.yaml"
    file.write_text(shown.stdout, "utf-8")
    done = cspm("set", "Returns", str(file), "--by", "Mina Park")
    assert done.exit_code == 0, done.output
    assert cspm("show", "Returns").stdout == shown.stdout
    with sqlite_store.reading() as session:
        team = people.teams(session, people.workspaces(session)[0].id)[0]
        kept, plan = crises.kept(session, team), crises.plan(session, team)
    assert kept is not None
    assert kept.approved_by == "Mina Park"
    assert [task.key for task in plan.checklist] == list(crises.READY)
    assert plan.words == {}


def test_a_plan_for_a_kind_names_people_and_words(cspm: Cspm, tmp_path: Path):
    plan = {
        "kind": "technical",
        "name": "Payments down",
        "update_every_minutes": 20,
        "checklist": [{"who": "김민지", "what": "Call the bank"}, {"who": "duty", "what": "Tell the customers"}],
        "words": {"ko": "{team}: 확인하고 있습니다."},
    }
    file = tmp_path / "plan.yaml"
    file.write_text(yaml.safe_dump(plan, allow_unicode=True), "utf-8")
    assert "Payments down" in cspm("set", "Returns", str(file)).stdout
    told = yaml.safe_load(cspm("show", "Returns", "--kind", "technical").stdout)
    assert told["checklist"] == plan["checklist"]
    assert told["words"]["ko"] == "{team}: 확인하고 있습니다."
    assert told["update_every_minutes"] == 20


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("checklist: [", "no plan that I can read"),
        ("checklist: 5", "no plan that I can read"),
        ("", "no plan that I can read"),
        ("checklist: [{who: the baker, what: x}]", "I do not know who “the baker” is"),
        ("checklist: [{who: lead, what: x}]\nupdate_every_minutes: 2", "2 minutes do not fit"),
        ("checklist: [{who: lead, what: x}]\nwords: {fr: Bonjour}", "I do not speak “fr”"),
        ("checklist: [{who: lead, what: ''}]", "says nothing"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(cspm: Cspm, tmp_path: Path, text: str, said: str):
    file = tmp_path / "plan.yaml"
    file.write_text(text, "utf-8")
    refused = cspm("set", "Returns", str(file))
    assert refused.exit_code == 1
    assert said in refused.stderr


def test_a_file_that_is_not_there_is_said(cspm: Cspm):
    refused = cspm("set", "Returns", "nowhere.yaml")
    assert refused.exit_code == 1
    assert "nowhere.yaml" in refused.stderr
