"""`cspm digest show` prints what the channel reads, and refuses in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot.digests.commands import add_to
from bot.terminal import chosen
from cspm_core import first_days, people, setup, tickets
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
        team = people.add_team(
            session, workspace.id, "Big Returns", timezone="America/New_York", language="nl", channel="C1", now=until
        )
        people.add_team(session, workspace.id, "Empty", timezone="UTC", now=until)
        fresh = setup.begin(
            session, workspace.id, "Fresh", by=None, timezone="America/New_York", channel="C2", now=until
        )
        tickets.record(session, fresh, weeks(until, 2), scope=fresh.id, known_at=until, now=until)
        tickets.note_source(session, fresh, complete_until=until, first_at=until - timedelta(weeks=2), now=until)
        tickets.record(session, team, weeks(until), scope=team.id, known_at=until, now=until)
        tickets.note_source(session, team, complete_until=until, first_at=at(FRIDAY.replace(month=8), 9), now=until)
    monkeypatch.setitem(chosen, "database", f"sqlite:///{tmp_path / 'test.db'}")
    app = typer.Typer()
    add_to(app)
    app.callback()(lambda: None)
    return lambda *arguments: CliRunner().invoke(app, list(arguments), env={"COLUMNS": "160"})


def test_it_prints_the_digest_of_a_day(cspm: Cspm):
    said = cspm("digest", "show", "big", "returns", "--date", str(FRIDAY), "--language", "en")
    assert said.exit_code == 0, said.output
    assert "Big Returns, Fri, Nov 20" in said.output
    assert "New 10 · as usual for a Friday (10)" in said.output
    assert "First response time, 7 days" in said.output
    assert "Details" not in said.output


def test_it_speaks_the_teams_language(cspm: Cspm):
    assert "vr 20 nov" in cspm("digest", "show", "Big Returns", "--date", str(FRIDAY)).output


def test_a_day_without_a_digest_is_shown_and_said(cspm: Cspm):
    sunday = cspm("digest", "show", "Big Returns", "--date", "2026-11-15", "--language", "en")
    assert sunday.exit_code == 0
    assert "gets no digest on" in sunday.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("Big Return",), "Did you mean “Big Returns”?"),
        (("Big Returns", "--date", "tomorrow"), "“tomorrow” is no date"),
        (("Big Returns", "--date", "0001-01-01"), "is no date"),
        (("Big Returns", "--date", "2999-01-01"), "has not begun"),
        (("Big Returns", "--language", "fr"), "choose en, zh_TW"),
        (("Empty",), "There are no tickets of Empty yet"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(cspm: Cspm, arguments: tuple[str, ...], sentence: str):
    refused = cspm("digest", "show", *arguments)
    assert refused.exit_code == 1
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr


def test_before_its_first_day_a_team_has_none_and_it_says_why(cspm: Cspm, sqlite_store: Store):
    early = cspm("digest", "show", "Fresh", "--date", str(FRIDAY))
    assert early.exit_code == 1
    assert "a message about its first data first" in early.stderr
    with sqlite_store.transaction() as session:
        (workspace,) = people.workspaces(session)
        fresh = people.team_named(session, workspace.id, "Fresh")
        assert first_days.tell(session, fresh, now=at(FRIDAY, 9))
    later = cspm("digest", "show", "Fresh", "--date", str(FRIDAY))
    assert later.exit_code == 1
    assert "gets digests from Mon, Nov 23" in later.stderr
