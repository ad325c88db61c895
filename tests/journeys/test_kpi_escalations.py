"""Figures of escalations as people ask for them: how soon somebody had them, which they are, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot import ids
from cspm_core import escalations, kpi, people
from cspm_core.escalations import Cause, Origin, Raised
from cspm_core.escalations.ending import Ending
from cspm_core.people import Role, Team

from .house import House
from .returns import at, weeks

WEDNESDAY = date(2026, 11, 18)
NARROW = "\u202f"


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(WEDNESDAY, 10))


@pytest.fixture
def team(house: House) -> Team:
    """Returns: Mina leads, Teo and Ada work."""
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="nl")
    house.joins(team, "Ada", language="en")
    return team


def asks(house: House, line: str, who: str = "Mina") -> str:
    """What somebody reads after typing a line."""
    seat = house.person(who)
    assert seat.types(line, channel="#returns") == "ok"
    return seat.latest("#returns").says().replace(NARROW, " ")


def raises(house: House, team: Team, what: str, **facts: Any) -> Raised:
    with house.store.transaction() as session:
        return escalations.raise_one(session, team, Cause(**{"source": "person", "what": what, **facts}), now=house.now)


def does(house: House, verb: Any, raised: Raised, *args: Any) -> None:
    mina = house.person("Mina").id
    with house.store.transaction() as session:
        asker = people.asker(session, house.workspace_id, mina, house.now.date())
        verb(session, house.workspace_id, raised.escalation_id, *args, by=asker, origin=Origin.BUTTON, now=house.now)


@pytest.fixture
def day(house: House, team: Team) -> dict[str, Raised]:
    """A late refund taken after half an hour and resolved after two, a word about a colleague, a cry from outside."""
    refund = raises(
        house, team, "Refund three weeks late", kind="complaint", ticket_key="RET-7", url="https://desk.example/7",
        customer="Grace Lin",
    )  # fmt: skip
    conduct = raises(house, team, "He shouted at a customer", kind="conduct", customer="Hans Roth")
    outside = raises(house, team, "Shop is down", kind="technical", source="hook", cause="hook:1", severity=2)
    house.sleeps_until(house.now + timedelta(minutes=30))
    does(house, escalations.acknowledge, refund)
    house.sleeps_until(house.now + timedelta(minutes=90))
    does(house, escalations.resolve, refund, Ending(cause_found="bank", solution="paid"))
    return {"refund": refund, "conduct": conduct, "outside": outside}


def test_one_figure_with_its_steps_and_by_kind_and_cause(house: House, team: Team, day: dict[str, Raised]):
    said = asks(house, "/kpi time_to_acknowledge")
    message = house.person("Mina").latest("#returns")
    assert message.ephemeral
    assert "data until Wed, Nov 18, 12:00 PM" in said  # our own record: it needs no export
    steps, groups = message.tables()
    assert steps[-1][:3] == ["Wed, Nov 18", "longer than 2 hr", "3"]  # one of three taken: the half still waits
    assert groups[0] == ["Escalations", "Opened", "Time until taken", "Taken in time"]
    assert [row[:2] for row in groups[1:]] == [
        ["All", "3"],
        ["Kind: Complaint", "1"],
        ["Kind: Other", "1"],
        ["Kind: Technical", "1"],
        ["Cause: raised by a person", "2"],
        ["Cause: sent by another system", "1"],
    ]
    assert groups[2][2:] == ["30 min", "100%"]
    assert groups[4][2:] == ["longer than 2 hr", "0%"]
    assert "Fewer than 30" in said
    assert house.slack.complaints == []


def test_which_escalations_with_links_and_none_of_a_colleagues_words(house: House, team: Team, day: dict[str, Raised]):
    asks(house, "/kpi acknowledged_in_time", who="Ada")
    ada = house.person("Ada")
    ada.presses(ada.latest("#returns"), "Which escalations?")
    found = ada.latest("#returns")
    assert found.text == "Escalations taken in time of Returns, this week so far: 3 escalations"
    [table] = found.tables()
    assert table[0] == [
        "Escalation",
        "What has happened",
        "Ticket",
        "Counts",
        "Severity",
        "Opened",
        "Taken after",
        "Status",
    ]
    told = {row[0]: row[1:] for row in table[1:]}
    assert told["E1"][:3] == ["Refund three weeks late", "RET-7", "for"]
    assert told["E1"][5:] == ["30 min", "Resolved"]
    assert told["E2"][:3] == ["confidential", "–", "against"]
    assert told["E3"][2:] == ["against", "🟠 Severity 2, high", "Wed, Nov 18", "–", "Nobody has it yet"]
    assert "https://desk.example/7" in str(found.blocks)
    assert "shouted" not in str(found.blocks)

    ada.presses(found, "All as CSV")
    [file] = ada.latest().files
    sheet = house.slack.files[file.id].data.decode("utf-8-sig")
    header, *lines = sheet.splitlines()
    assert header.startswith("Escalation,What has happened,Kind,Cause,Severity,Status,Opened,")
    assert any("E1,Refund three weeks late,Complaint,raised by a person" in line and "1800" in line for line in lines)
    assert len(lines) == 3
    for word in ("shouted", "Hans", "onduct"):
        assert word not in sheet
    assert house.slack.complaints == []


def test_the_answer_is_as_of_now_even_where_the_tickets_end_earlier(house: House, team: Team, day: dict[str, Raised]):
    house.imports(team, weeks(house.now - timedelta(days=4), n=2), house.now - timedelta(days=4))
    assert "ends" in asks(house, "/kpi today")
    assert asks(house, "/kpi escalations today").count("Wed, Nov 18") >= 1
    assert house.person("Mina").latest("#returns").text == "Escalations of Returns, today so far: 3"
    mina = house.person("Mina")
    mina.chooses(mina.latest("#returns"), ids.KPI_PERIOD, "yesterday")
    assert "Escalations of Returns, yesterday" in mina.latest("#returns").text


def test_the_scorecard_is_of_tickets_and_all_figures_tell_of_escalations_apart(
    house: House, team: Team, day: dict[str, Raised]
):
    house.imports(team, weeks(house.now), house.now)
    assert "scalation" not in asks(house, "/kpi")
    mina = house.person("Mina")
    mina.presses(mina.latest("#returns"), "All figures")
    tickets, escalated = mina.reads("#returns")[-2:]
    assert len(tickets.tables()[0]) == 20
    assert escalated.text == "Escalations of Returns, this week so far: 3 escalations"
    table = escalated.tables()[0]
    assert [row[0] for row in table[1:]][:2] == ["Escalations", "Time to take an escalation"]
    assert table[1][:3] == ["Escalations", "3", "3"]
    mina.chooses(escalated, ids.KPI_TICKETS, "Escalation rate")
    assert "Escalation rate of Returns" in mina.latest("#returns").text
    assert "Where is parcel" in mina.latest("#returns").says()
    mina.chooses(escalated, ids.KPI_TICKETS, "Repeated escalations")
    assert "Refund three weeks late" in mina.latest("#returns").says()
    assert house.slack.complaints == []


def test_a_team_that_never_escalates_sees_nothing_of_it(house: House, team: Team):
    house.imports(team, weeks(house.now), house.now)
    asks(house, "/kpi")
    mina = house.person("Mina")
    mina.presses(mina.latest("#returns"), "All figures")
    assert len(mina.latest("#returns").tables()[0]) == 20
    assert "scalation" not in mina.latest("#returns").says()


def test_shared_in_a_channel_it_names_no_kinds(house: House, team: Team, day: dict[str, Raised]):
    for name in ("Kim", "Lee", "Cho"):
        with house.store.transaction() as session:
            person = people.add_member(session, house.workspace_id, name, now=house.now)
            people.join_team(session, team, person, Role.AGENT, now=house.now)
    asks(house, "/kpi escalations")
    mina = house.person("Mina")
    before = len(house.reads(who="Bo"))
    mina.presses(mina.latest("#returns"), "Share in this channel")
    shared = house.reads(who="Bo")
    assert len(shared) == before + 1
    assert shared[-1].text == "Escalations of Returns, this week so far: 3"
    assert "Kind:" not in shared[-1].says()


def test_a_target_gives_a_verdict(house: House, team: Team, day: dict[str, Raised]):
    house.imports(team, weeks(house.now), house.now)
    with house.store.transaction() as session:
        kpi.set_target(session, team, "acknowledged_in_time", 0.9, now=house.now)
    asks(house, "/kpi")
    mina = house.person("Mina")
    mina.presses(mina.latest("#returns"), "All figures")
    assert "✗ off target" in mina.latest("#returns").says()


def test_a_stranger_is_told_nothing(house: House, team: Team, day: dict[str, Raised]):
    assert asks(house, "/kpi escalations", who="Bo").startswith("You are in no team yet.")


def test_what_it_means_is_said_in_its_own_words(house: House, team: Team):
    said = asks(house, "/kpi explain escalation_repeats")
    assert "in the 90 days before" in said
    assert "An escalation belongs to the day it was resolved." in said
    assert "No clock: escalations are counted." in said
