"""An operator sets a plan, looks at what a seed would draw, draws it, and sees how far it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.samples import commands as samples
from cspm_core import people, tickets
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts

from .operator import Operator, app

samples.add_to(app)
PEOPLE = "name,role,team,email\nMina Park,lead,Returns,mina@x.org\nRita,qa_reviewer,Returns,\nAda King,agent,Returns,\n"
TODAY = datetime.now(UTC).replace(hour=12)
LAST_WEEK = TODAY - timedelta(days=TODAY.weekday() + 4)


@pytest.fixture
def operator(sqlite_store: Store, tmp_path: Path, now: datetime) -> Operator:
    with sqlite_store.transaction() as session:
        people.found_workspace(session, now=now)
    operator = Operator(sqlite_store, tmp_path)
    operator.reads("team", "add", "Returns", "--timezone", "Europe/Amsterdam", "--hours", "24x7")
    operator.reads("import", "people", operator.file(PEOPLE, "people.csv"))
    told = [
        TicketFacts(f"R-{i}", LAST_WEEK - timedelta(hours=2), agent="Ada King", solved_at=LAST_WEEK) for i in range(12)
    ]
    with sqlite_store.transaction() as session:
        team = people.team_named(session, people.workspace(session, None).id, "Returns")
        tickets.record(session, team, told, scope=team.id, known_at=TODAY, now=TODAY)
        tickets.note_source(session, team, complete_until=TODAY, first_at=LAST_WEEK, now=TODAY)
    return operator


def test_a_plan_is_shown_changed_and_said_what_it_means(operator: Operator):
    assert "Switched off" in operator.reads("sample", "plan", "--team", "Returns")
    said = operator.reads("sample", "plan", "--team", "Returns", "is_on=yes", "amount=3", "strata=agent,channel")
    assert "3 conversations of each agent" in said
    assert "About 3 reviews a week, a margin of ±51 points" in said
    told = operator.reads_json("sample", "plan", "--team", "Returns", "--json")
    assert (told["is_on"], told["amount"], told["strata"]) == (True, 3, "agent,channel")
    assert told["last_week"]["solved"] == 12


@pytest.mark.parametrize(
    ("setting", "why"),
    [
        ("mood=good", "no setting"),
        ("amount", "no setting"),
        ("amount=many", "does not fit"),
        ("unit=some", "is no unit"),
        ("strata=mood", "divides nothing"),
        ("prompted=noise", "prompts no review"),
        ("is_on=perhaps", "yes or no"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(operator: Operator, setting: str, why: str):
    assert why in operator.is_refused("sample", "plan", "--team", "Returns", setting)


def test_a_dry_run_writes_nothing_and_the_same_seed_draws_the_same(operator: Operator):
    dry = operator.reads("sample", "draw", "--team", "Returns", "--seed", "83", "--dry-run")
    assert "2 of 12 solved tickets, seed 83" in dry
    assert "nothing was drawn" in operator.reads("sample", "show", "--team", "Returns")
    done = operator.reads("sample", "draw", "--team", "Returns", "--seed", "83")
    assert "Drawn." in done
    assert dry.strip() in done
    picks = operator.reads_json("sample", "show", "--team", "Returns", "--json")
    assert [(one["agent"], one["reviewer"], one["status"]) for one in picks] == [("Ada King", "Rita", "open")] * 2
    again = operator.reads("sample", "draw", "--team", "Returns", "--seed", "84")
    assert "drawn already, with seed 83" in again
    assert "0 of 2 reviewed" in operator.reads("sample", "show", "--team", "Returns")


def test_a_week_that_is_not_over_and_a_seed_that_is_none_are_refused(operator: Operator):
    this = f"{TODAY.date()}"
    assert "no week that is over" in operator.is_refused("sample", "draw", "--team", "Returns", "--week", this)
    assert "no week that is over" in operator.is_refused("sample", "draw", "--team", "Returns", "--week", "soon")
    assert "no seed" in operator.is_refused("sample", "draw", "--team", "Returns", "--seed", "-3")
