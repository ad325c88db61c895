"""`cspm detector` lists, sets and rehearses a team's detectors, and refuses in one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot.detectors.commands import add_to
from bot.terminal import chosen
from cspm_core import people, tickets
from cspm_core.store import Store
from tests.journeys.returns import at, weeks
from tests.journeys.test_digest import FRIDAY

Cspm = Callable[..., Any]


@pytest.fixture
def cspm(sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cspm:
    """A team with thirteen weeks of tickets up to a Friday morning."""
    until = at(FRIDAY, 8)
    with sqlite_store.transaction() as session:
        workspace = people.found_workspace(session, now=until)
        team = people.add_team(session, workspace.id, "Returns", timezone="America/New_York", channel="C1", now=until)
        tickets.record(session, team, weeks(until), scope=team.id, known_at=until, now=until)
        tickets.note_source(session, team, complete_until=until, first_at=at(FRIDAY.replace(month=8), 9), now=until)
    monkeypatch.setitem(chosen, "database", f"sqlite:///{tmp_path / 'test.db'}")
    app = typer.Typer()
    add_to(app)
    app.callback()(lambda: None)
    return lambda *arguments: CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})


def test_it_lists_every_detector_and_how_it_is_set(cspm: Cspm):
    said = cspm("detector", "list", "Returns")
    assert said.exit_code == 0, said.output
    assert (
        "urgent_at_risk  Urgent or VIP ticket at risk · on · from 75% on: urgent, critical, p1, and vip" in said.output
    )
    assert "breach_untaken  Past due and taken by nobody · off · after 30 min of working time" in said.output
    assert "They pause while the data is older than 2 hr of working time." in said.output


def test_what_is_set_is_listed(cspm: Cspm):
    said = cspm(
        "detector", "set", "Returns", "urgent_at_risk", "share=90", "tiers=Gold, VIP", "--off", "--data-age", "60"
    )
    assert said.exit_code == 0, said.output
    assert "· off · from 90% on" in said.output
    told = json.loads(cspm("detector", "list", "Returns", "--json").output)
    assert told["urgent_at_risk"] == {
        "is_on": False, "share": 90, "priorities": ["urgent", "critical", "p1"], "tiers": ["gold", "vip"],
    }  # fmt: skip
    assert told["data_age_minutes"] == 60


def test_a_rehearsal_changes_nothing(cspm: Cspm):
    """Ten tickets on each of 22 days wait two hours; of a weekend's six, four wait longer than to Monday at ten."""
    said = cspm("detector", "rehearse", "Returns", "unanswered_long", "hours=1")
    assert said.exit_code == 0, said.output
    assert "In the last 30 days: 236 alarms, 10.7 a shift" in said.output
    assert json.loads(cspm("detector", "list", "Returns", "--json").output)["unanswered_long"]["hours"] == 8


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("set", "Returns", "burst", "count=two"), "“two” is no whole number."),
        (("set", "Returns", "burst", "size=3"), "“3” is no setting of this detector."),
        (("set", "Returns", "burst", "count"), "“count” is no setting of this detector."),
        (("set", "Returns", "nothing"), "There is no detector “nothing”."),
        (("set", "Returns", "--data-age", "1"), "1 is too small or too large here."),
        (("rehearse", "Return", "burst"), "Did you mean “Returns”?"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(cspm: Cspm, arguments: tuple[str, ...], sentence: str):
    refused = cspm("detector", *arguments)
    assert refused.exit_code == 1
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr
