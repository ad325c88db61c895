"""`cspm escalation …`: lists, one with its timeline, how they climb, what is agreed, and a self-test."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.escalations import commands
from cspm_core import escalations, people
from cspm_core.escalations import Cause, Clock, Policy, Step
from cspm_core.people import Role, Team
from cspm_core.store import Store

from .operator import Operator, app

commands.add_to(app)
NOW = datetime.now(UTC)


@pytest.fixture
def team(sqlite_store: Store) -> Team:
    with sqlite_store.transaction() as session:
        workspace = people.found_workspace(session, now=NOW)
        team = people.add_team(session, workspace.id, "Returns", timezone="Europe/Amsterdam", channel="C1", now=NOW)
        for name, role in (("Mina Park", Role.LEAD), ("Ada King", Role.AGENT)):
            slack = "U" + name.split()[0].upper()
            one = people.add_member(session, workspace.id, name, slack_user_id=slack, now=NOW)
            people.join_team(session, team, one, role, now=NOW)
        cause = Cause("person", "All refunds fail", severity=1, ticket_key="#7")
        escalations.raise_one(session, team, cause, now=NOW)
    return team


@pytest.fixture
def operator(sqlite_store: Store, team: Team, tmp_path: Path) -> Operator:
    return Operator(sqlite_store, tmp_path)


def test_lists_are_printed_and_handed_to_programs(operator: Operator):
    assert "E1" in operator.reads("escalation", "list")
    assert "#7 · All refunds fail" in operator.reads("escalation", "list", "--team", "returns")
    (row,) = operator.reads_json("escalation", "list", "--json")
    assert (row["number"], row["severity"], row["status"], row["overdue"]) == (1, 1, "open", False)
    assert "No escalation is overdue." in operator.reads("escalation", "list", "--which", "overdue")


def test_one_is_shown_with_what_happened_to_it(operator: Operator):
    said = operator.reads("escalation", "show", "e1")
    assert "All refunds fail" in said
    assert "Nobody has it yet." in said
    assert "A detector raised it." in said or "raised it." in said


def test_steps_are_typed_and_read_back(operator: Operator, sqlite_store: Store, team: Team):
    typed = ("--step", "person Ada King own", "--step", "channel after 15 min", "--step", "manager after 1h30m always")
    said = operator.reads("escalation", "policy", "Returns", "--severity", "2", *typed, "--holds", "3h")
    assert "At once: Ada King, in the person’s own working hours" in said
    assert "15 min later: the channel" in said
    assert "Severity 1" not in said
    with sqlite_store.reading() as session:
        found = escalations.policy(session, team, 2)
        ada = people.member_named(session, team.workspace_id, "Ada King")
    assert ada
    steps = (
        Step(f"member:{ada.id}", 0, Clock.PERSON),
        Step("channel", 900, Clock.TEAM),
        Step("manager", 5400, Clock.ALWAYS),
    )
    assert found == Policy(steps, 3600, 10_800, Clock.TEAM)
    operator.reads("escalation", "policy", "Returns", "--severity", "2", "--default")
    with sqlite_store.reading() as session:
        assert escalations.policy(session, team, 2) == escalations.default_policy(2)
    assert operator.reads("escalation", "policy", "Returns").count("At once: the lead") == 4


def test_what_is_agreed_is_changed(operator: Operator):
    assert "Cause and solution may be left empty." in operator.reads("escalation", "settings", "Returns")
    said = operator.reads("escalation", "settings", "Returns", "--needs-reason", "--cap", "2")
    assert "Resolving asks for cause and solution." in said
    assert "At most 2 cards an hour" in said


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("list", "--which", "mine"), "“mine” is no list"),
        (("list", "--team", "Return"), "Did you mean “Returns”?"),
        (("show", "E9"), "There is no escalation E9."),
        (("show", "nine"), "There is no escalation nine."),
        (("policy", "Returns", "--severity", "5"), "“5” is no severity"),
        (("policy", "Returns", "--severity", "2", "--step", "everybody"), "“everybody” is no step."),
        (("policy", "Returns", "--severity", "2", "--step", "person Nobody"), "I do not know Nobody yet."),
        (("policy", "Returns", "--severity", "2", "--step", "lead after 9d"), "A step waits for at most a week"),
        (("policy", "Returns", "--severity", "2", "--holds", "1m"), "“Mine” holds for five minutes to a week"),
        (("policy", "Returns", "--severity", "2", "--clock", "moon"), "“moon” is no clock"),
        (("policy", "Returns", "--severity", "2", *["--step", "lead"] * 7), "one to six steps, not 7"),
        (("settings", "Returns", "--cap", "0"), "0 is too small or too large here."),
        (("selftest", "--team", "Returns", "--person", "Nobody"), "I do not know Nobody yet."),
    ],
)
def test_bad_input_is_refused_in_one_sentence(operator: Operator, typed: tuple[str, ...], sentence: str):
    assert sentence in operator.is_refused("escalation", *typed)


def test_a_self_test_is_sent_to_the_lead_and_waited_for_as_long_as_told(operator: Operator, sqlite_store: Store):
    assert "E2 is on its way to Mina Park." in operator.reads(
        "escalation", "selftest", "--team", "Returns", "--wait", "0"
    )
    done = operator.types("escalation", "selftest", "--team", "Returns", "--person", "Ada King", "--wait", "1")
    assert done.exit_code == 1
    assert "No press yet." in done.stdout
