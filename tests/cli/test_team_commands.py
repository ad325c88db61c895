"""An operator sets teams up without Slack, and is told in one sentence what does not fit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from cspm_core import people, setup, tickets
from cspm_core.people import Role
from cspm_core.store import Store
from cspm_core.tickets import Ticket, TicketFacts

from .operator import Operator

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # 16:00 in Amsterdam


@pytest.fixture
def operator(sqlite_store: Store, tmp_path: Path, now: datetime) -> Operator:
    with sqlite_store.transaction() as session:
        people.found_workspace(session, now=now)
    return Operator(sqlite_store, tmp_path)


@pytest.fixture
def returns(operator: Operator) -> Operator:
    operator.reads("team", "add", "Returns", "--timezone", "Europe/Amsterdam", "--holidays", "nl", "--language", "nl")
    return operator


def team_of(operator: Operator) -> people.Team:
    with operator.store.reading() as session:
        return people.teams(session, people.workspace(session).id)[0]


def test_a_team_is_added_with_all_it_needs(operator: Operator):
    operator.reads(
        *["team", "add", "Tech", "Support", "--timezone", "America/New_York"],
        *["--hours", "mon-fri 9-12, 13:00-17:00", "--holidays", "US", "--channel", "#tech-support"],
        *["--language", "zh-TW", "--digest-at", "8:30", "--digest-days", "mon-fri", "--digest-on-holidays"],
        *["--stale-after", "48", "--lead", "Mina Lee", "--lead", "joe.roe@x.org"],
        *["--agent", "teo.vos@x.org", "--agent", "Ada King", "--reviewer", "ada king"],
    )
    team = team_of(operator)
    assert (team.name, team.timezone, team.hours) == (
        "Tech Support",
        "America/New_York",
        "mon-fri 09:00-12:00,13:00-17:00",
    )
    assert (team.holidays, team.channel, team.language) == ("US", "tech-support", "zh_TW")
    assert (team.digest_at, team.digest_days, team.digest_on_holidays, team.stale_after_hours) == (
        "08:30",
        "mon-fri",
        True,
        48,
    )
    with operator.store.reading() as session:
        leads = people.members_of(session, team, date(2026, 11, 20), Role.LEAD)
    assert [(lead.name, lead.email) for lead in leads] == [("Joe Roe", "joe.roe@x.org"), ("Mina Lee", None)]
    [line] = operator.reads_json("team", "list", "--json")
    assert (line["name"], line["leads"], line["tickets"]) == ("Tech Support", ["Joe Roe", "Mina Lee"], 0)
    assert (line["agents"], line["reviewers"]) == (["Ada King", "Teo Vos"], ["Ada King"])
    with operator.store.reading() as session:
        assert setup.is_done(session, team), "an operator leaves nothing to be gone on with"
    assert "America/New_York" in operator.reads("team", "list")


def test_people_are_added_to_a_team_later_and_an_address_that_is_none_is_refused(returns: Operator):
    returns.reads("team", "set", "Returns", "--agent", "Ada King", "--agent", "ada king", "--reviewer", "teo@x.org")
    [line] = returns.reads_json("team", "list", "--json")
    assert (line["agents"], line["reviewers"]) == (["Ada King"], ["Teo"])
    assert "teo@" in returns.is_refused("team", "set", "Returns", "--agent", "teo@")
    returns.reads("team", "set", "Returns", "--name", "Refunds", "--leaves", "teo@x.org", "--lead", "Ada King")
    [line] = returns.reads_json("team", "list", "--json")
    assert (line["name"], line["leads"], line["agents"], line["reviewers"]) == (
        "Refunds", ["Ada King"], ["Ada King"], [],
    )  # fmt: skip
    assert "Nobody" in returns.is_refused("team", "set", "Refunds", "--leaves", "Nobody")
    returns.reads("team", "add", "Sales", "--timezone", "UTC")
    assert "Refunds" in returns.is_refused("team", "set", "Sales", "--name", "refunds")
    assert "cannot be empty" in returns.is_refused("team", "set", "Sales", "--name", " ")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--timezone", "Europe/Amsterdm", "Europe/Amsterdam"),
        ("--hours", "mo-fr 9-17", "mon-fri 09:00-17:00"),
        ("--hours", "mon-fri 9-25", "09:00-12:00"),
        ("--hours", "mon 9-12,11-14", "overlap"),
        ("--holidays", "Netherlands", "“NL”"),
        ("--holidays", "DE-XX", "DE-"),
        ("--language", "kr", "“ko”"),
        ("--channel", "Returns Team", "“#returns-team”"),
        ("--digest-at", "25:00", "08:30"),
        ("--digest-days", "someday", "mon-fri"),
        ("--stale-after", "0", "36"),
        ("--stale-after", "99999999999999999999", "36"),
        ("--lead", " ", "cannot be empty"),
        ("--lead", "x@y", "e-mail"),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_be_right(returns: Operator, option: str, value: str, said: str):
    before = team_of(returns)
    assert said in returns.is_refused("team", "set", "Returns", option, value)
    assert team_of(returns) == before


def test_a_team_is_there_once_and_a_misspelt_one_not_at_all(returns: Operator):
    assert "Returns" in returns.is_refused("team", "add", "returns", "--timezone", "UTC")
    assert "“Returns”" in returns.is_refused("team", "set", "Retruns", "--language", "nl")
    assert returns.types("team", "add", "New").exit_code == 2


def test_an_empty_house_says_how_to_begin(operator: Operator):
    assert "cspm team add" in operator.is_refused("team", "list")


def friday_evening(operator: Operator) -> None:
    """A ticket of Friday 16:00 in Amsterdam, answered on Monday at noon."""
    team = team_of(operator)
    facts = TicketFacts("1", FRIDAY, priority="Urgent", first_response_at=FRIDAY + timedelta(hours=68))
    with operator.store.transaction() as session:
        tickets.record(session, team, [facts], scope=team.id, known_at=FRIDAY + timedelta(hours=90), now=FRIDAY)


def ticket(operator: Operator) -> Ticket:
    with operator.store.reading() as session:
        return session.exec(select(Ticket)).one()


def test_new_hours_and_days_off_count_working_time_again(returns: Operator):
    friday_evening(returns)
    assert ticket(returns).first_response_business_s == 4 * 3600
    returns.reads("team", "set", "Returns", "--hours", "24x7")
    assert ticket(returns).first_response_business_s == 68 * 3600
    said = returns.reads("team", "calendar", "Returns", "--date", "2026-11-22", "--hours", "closed")
    assert "2026-11-22  closed" in said
    assert ticket(returns).first_response_business_s == 44 * 3600
    returns.reads("team", "calendar", "Returns", "--date", "2026-11-22", "--hours", "10:00-12:00")
    assert ticket(returns).first_response_business_s == 46 * 3600
    assert "usual hours" in returns.reads("team", "calendar", "Returns", "--date", "2026-11-22", "--hours", "usual")
    assert ticket(returns).first_response_business_s == 68 * 3600
    assert "2026-12-24" in returns.is_refused(
        "team", "calendar", "Returns", "--date", "22-11-2026", "--hours", "closed"
    )
    assert "09:00" in returns.is_refused("team", "calendar", "Returns", "--date", "2026-11-22", "--hours", "all day")


def test_targets_work_out_when_replies_are_due(returns: Operator):
    friday_evening(returns)
    returns.reads("team", "sla", "Returns", "--first-response", "4h", "--resolution", "2d")
    monday = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # 09:00 in Amsterdam
    assert ticket(returns).first_response_target_at == monday + timedelta(hours=3)
    assert ticket(returns).resolution_target_at == monday + timedelta(days=1, hours=7)  # two days of 8 hours
    said = returns.reads(
        "team", "sla", "Returns", "--first-response", "90m", "--priority", "urgent", "--clock", "calendar"
    )
    assert ticket(returns).first_response_target_at == FRIDAY + timedelta(minutes=90)
    assert "16 hours" in said
    assert "1 hr 30 min" in said
    returns.reads("team", "sla", "Returns", "--first-response", "none", "--priority", "Urgent")
    assert ticket(returns).first_response_target_at == monday + timedelta(hours=3)
    assert "“4h”" in returns.is_refused("team", "sla", "Returns", "--first-response", "4")
    assert "business" in returns.is_refused("team", "sla", "Returns", "--first-response", "4h", "--clock", "wall")


def test_what_a_team_aims_for(returns: Operator):
    assert "aims for nothing" in returns.reads("team", "target", "Returns")
    assert "90%" in returns.reads("team", "target", "Returns", "csat", "90%")
    assert "4 hr" in returns.reads("team", "target", "Returns", "first-response", "4h")
    assert "csat" not in returns.reads("team", "target", "Returns", "csat", "none").casefold()
    assert "“90%”" in returns.is_refused("team", "target", "Returns", "csat", "90")
    assert "“first_response”" in returns.is_refused("team", "target", "Returns", "first_respons", "4h")
    assert "better" in returns.is_refused("team", "target", "Returns", "volume", "4")


def test_who_agreed_to_figures_about_one_person_is_written_down(returns: Operator):
    assert "Mina Lee" in returns.reads("team", "agree", "Returns", "--figures", "lead", "--by", "Mina Lee")
    assert "nobody, self and lead" in returns.is_refused("team", "agree", "Returns", "--figures", "all", "--by", "X")
    with returns.store.reading() as session:
        [agreed] = people.agreements(session, team_of(returns))
    assert (agreed.level, agreed.agreed_by, team_of(returns).person_figures) == ("lead", "Mina Lee", "lead")


@pytest.mark.parametrize("name", ["add", "list", "set", "calendar", "sla", "target", "agree"])
def test_every_command_helps_with_an_example(operator: Operator, name: str):
    assert f"cspm team {name}" in operator.reads("team", name, "--help")


def test_a_name_has_something_in_it(returns: Operator):
    for nothing in (" ", "\u200b"):
        assert "cannot be empty" in returns.is_refused("team", "add", nothing, "--timezone", "UTC")
    assert "cannot be empty" in returns.is_refused("team", "agree", "Returns", "--figures", "lead", "--by", " ")
    assert team_of(returns).person_figures == "self"


def test_a_target_in_another_age_is_none(returns: Operator):
    assert "no length of time" in returns.is_refused("team", "sla", "Returns", "--resolution", "999999999999h")
    assert "no length of time" in returns.is_refused("team", "sla", "Returns", "--resolution", "²")
