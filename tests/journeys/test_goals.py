"""A goal from its proposal to its end, as a lead and an agent see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from cspm_core import people
from cspm_core.people import Role, Team

from .house import House
from .returns import at, weeks

THURSDAY = date(2026, 11, 19)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(THURSDAY, 10))


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="nl")
    house.joins(team, "Ada")
    house.imports(team, weeks(house.now), house.now)
    return team


def test_an_agent_agrees_to_a_goal_in_their_own_language(house: House, team: Team):
    mina, teo = house.person("Mina"), house.person("Teo")
    mina.types(f"/goal new <@{teo.id}>", "#returns")
    assert mina.submits(metric="csat", kind="value", target="85%").result == "closed"
    house.turn(hours=1)
    asked = teo.latest()
    assert "85" in asked.says()
    teo.types("/cspm today", "#returns")
    assert "Mina" in teo.latest("#returns").says()
    teo.presses(asked, "goal.agree")
    house.beat()
    assert "goal.agree" not in teo.latest().action_ids()
    assert "agrees to the goal" in mina.latest().says()
    teo.types("/goal", "#returns")
    assert "85" in teo.latest("#returns").says()
    assert house.slack.complaints == []


def test_a_goal_of_speed_alone_is_sent_back_to_its_field(house: House, team: Team):
    mina = house.person("Mina")
    mina.types("/goal new", "#returns")
    sent = mina.submits(metric="first_response", kind="value", target="2h")
    assert sent.errors == {"beside": "Choose what must not get worse meanwhile, and say how far."}
    assert mina.submits(beside="csat", beside_target="80%").result == "closed"
    mina.types("/goal team Returns", "#returns")
    said = mina.latest("#returns").says()
    assert "First response time at most 2 hr" in said
    assert "Beside it: Customer satisfaction (CSAT) at least 80%" in said


def test_a_target_that_is_none_is_said_beside_its_field(house: House, team: Team):
    mina = house.person("Mina")
    mina.types("/goal new", "#returns")
    sent = mina.submits(metric="csat", kind="value", target="lots")
    assert "target" in sent.errors
    sent = mina.submits(metric="csat", target="85%", ends_on="2026-11-21")
    assert sent.errors == {"ends_on": "A goal runs for two weeks to a year."}


def test_somebody_elses_goal_is_shown_only_where_the_team_agreed(house: House, team: Team):
    mina, teo, ada = house.person("Mina"), house.person("Teo"), house.person("Ada")
    teo.types("/goal new", "#returns")
    assert teo.submits(person=teo.id, metric="csat", target="85%").result == "closed"
    mina.types(f"/goal <@{teo.id}>", "#returns")
    assert "85%" not in mina.latest("#returns").says()
    with house.store.transaction() as session:
        found = people.team(session, house.workspace_id, team.id)
        people.agree_on_person_figures(session, found, "lead", "Mina", now=house.now)
    mina.types(f"/goal <@{teo.id}>", "#returns")
    assert "85%" in mina.latest("#returns").says()
    ada.types(f"/goal <@{teo.id}>", "#returns")
    assert "85%" not in ada.latest("#returns").says()
    teo.types("/cspm privacy", "#returns")
    assert "Mina" in teo.latest("#returns").says()


def test_evidence_says_what_cannot_be_decided(house: House, team: Team):
    mina = house.person("Mina")
    mina.types("/goal new", "#returns")
    assert mina.submits(metric="csat", target="99%").result == "closed"
    mina.types("/goal evidence Returns this-quarter", "#returns")
    said = mina.latest("#returns").says()
    assert "Evidence for Returns" in said
    assert "No amount of money is worked out." in said
