"""Looking at escalations: lists, Home, the digest's section, and how a team's escalations climb."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot import ids
from bot.local_slack import SeenMessage
from cspm_core import escalations, people
from cspm_core.escalations import Cause, Clock, Ending, Origin, Policy, Step
from cspm_core.people import Role, Team

from .house import House
from .returns import at, weeks

WEDNESDAY, THURSDAY = date(2026, 11, 18), date(2026, 11, 19)


@pytest.fixture
def house(house_at: Callable[[date], House]) -> House:
    return house_at(at(WEDNESDAY, 10))


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Ada")
    house.joins(team, "Teo", language="nl")
    return team


def raises(house: House, team: Team, what: str, **facts: Any) -> int:
    with house.store.transaction() as session:
        cause = Cause("person", what, **facts)
        found = escalations.raise_one(session, team, cause, now=house.now)
    house.beat()
    return found.escalation_id


def does(house: House, name: str, verb: Any, escalation_id: int, *more: Any) -> None:
    with house.store.transaction() as session:
        by = people.asker(session, house.workspace_id, house.person(name).id, house.now.date())
        verb(session, house.workspace_id, escalation_id, *more, by=by, origin=Origin.BUTTON, now=house.now)


def asks(house: House, text: str, who: str = "Mina") -> SeenMessage:
    person = house.person(who)
    assert person.types(text, channel="#returns") == "ok"
    return person.latest("#returns")


def test_the_list_shows_first_what_is_overdue_then_the_worst_and_leads_to_each(house: House, team: Team):
    raises(house, team, "The carrier lost a pallet", severity=3)
    taken = raises(house, team, "All refunds fail", severity=1, ticket_key="#7")
    does(house, "Ada", escalations.acknowledge, taken)
    house.turn(hours=2)
    said = asks(house, "/escalate list")
    (table,) = said.tables()
    assert [row[0] for row in table] == ["Escalation", "E1", "E2"]
    assert table[2][1:4] == ["#7 · All refunds fail", "🔴 Severity 1, urgent", "Ada"]
    assert table[1][3] == "overdue · nobody yet"
    assert table[1][5] == "2 hr"
    mina = house.person("Mina")
    mina.chooses(said, ids.ESCALATION_SHOW, "E1 · The carrier lost a pallet")
    assert "I take it" in mina.latest("#returns").buttons()
    mina.chooses(said, ids.ESCALATION_LIST, "Mine")
    assert "No open escalation is yours." in mina.latest("#returns").says()
    mina.chooses(said, ids.ESCALATION_LIST, "Overdue")
    assert [row[0] for row in mina.latest("#returns").tables()[0]] == ["Escalation", "E1"]
    assert house.slack.complaints == []


def test_lists_are_asked_for_by_words_and_empty_ones_say_so(house: House, team: Team):
    assert "No escalation is overdue. Well done." in asks(house, "/escalate list overdue").says()
    assert "No escalation was resolved in the last 7 days." in asks(house, "/escalate list resolved Returns").says()
    over = raises(house, team, "Gone again")
    does(house, "Mina", escalations.resolve, over, Ending())
    resolved = asks(house, "/escalate list resolved team Returns")
    assert [row[0] for row in resolved.tables()[0]] == ["Escalation", "E1"]


def test_what_is_confidential_has_no_words_for_those_it_is_not_for(house: House, team: Team):
    raises(house, team, "Teo shouted at a customer", kind="conduct")
    lead, other = asks(house, "/escalate list"), asks(house, "/escalate list", "Ada")
    assert "Teo shouted" in lead.says()
    assert "Teo shouted" not in json.dumps(other.blocks)
    assert other.tables()[0][1][:2] == ["E1", "confidential"]
    assert ids.ESCALATION_SHOW not in other.action_ids()


def test_somebody_of_another_team_is_told_so(house: House, team: Team):
    house.joins(house.team("Wholesale", channel="quiet"), "Bo")
    assert "are for its own people" in asks(house, "/escalate list Returns", "Bo").says()


def test_home_shows_what_waits_for_a_person_and_who_is_on_duty(house: House, team: Team):
    raises(house, team, "All refunds fail", severity=1)
    mina, ada = house.person("Mina"), house.person("Ada")
    home = mina.opens_home()
    assert home
    said = home.says()
    assert "*E1* All refunds fail" in said
    assert "1 is open in your teams" in said
    assert "on duty" in said
    assert said.index("E1") < said.index("My settings")
    others = ada.opens_home()
    assert others
    assert "E1" not in others.says(), "it does not wait for her"
    assert "1 is open in your teams" in others.says()
    house.turn(seconds=5)
    mina.presses(home, "I take it")
    assert "E1 is yours" in mina.latest().says()
    again = mina.opens_home()
    assert again
    assert "It is yours." in again.says()
    assert "I take it" not in again.buttons()
    house.turn(seconds=5)
    mina.presses(again, "All escalations")
    assert "1 open escalation" in mina.latest().says()
    house.turn(seconds=5)
    mina.presses(again, "Who is on duty")
    assert "On duty for Returns" in mina.latest().says()
    assert house.slack.complaints == []


def test_a_stranger_s_home_says_nothing_about_escalations(house: House, team: Team):
    raises(house, team, "All refunds fail")
    home = house.person("Bo").opens_home()
    assert home
    assert "Escalations" not in home.says()


def test_the_digest_tells_how_they_stand_and_keeps_saying_it(house: House, team: Team):
    over = raises(house, team, "The carrier lost a pallet", customer="Acme")
    does(house, "Mina", escalations.resolve, over, Ending())
    house.turn(hours=1)
    again = raises(house, team, "The carrier lost one more", customer="Acme", category="Delivery")
    does(house, "Mina", escalations.resolve, again, Ending())
    waits = raises(house, team, "All refunds fail", severity=3)
    house.sleeps_until(at(THURSDAY, 8))
    house.imports(team, weeks(house.now), house.now)
    house.turn_to(at(THURSDAY, 9))
    digest = next(one for one in house.reads() if "Details" in one.buttons())
    line = "Escalations · 1 open · 1 overdue · the oldest is E3, open for 22 hr"
    assert line in digest.says().replace("*", "")
    assert "2 resolved since the last digest · 1 of them a repeat" in digest.says()
    house.turn(minutes=1)
    does(house, "Mina", escalations.acknowledge, waits)
    does(house, "Mina", escalations.resolve, waits, Ending())
    mina = house.person("Mina")
    mina.presses(digest, "Pause")
    mina.submits()
    assert "Paused by Mina" in digest.says()
    assert line in digest.says().replace("*", ""), "as it stood that morning"
    mina.presses(digest, "Escalations")
    assert "No escalation is open." in mina.latest("#returns").says()


def test_a_digest_without_data_still_tells_of_escalations_and_a_quiet_team_hears_nothing(house: House, team: Team):
    house.imports(team, weeks(house.now), at(WEDNESDAY, 8))
    house.turn_to(at(THURSDAY, 9))
    assert all("Escalations" not in one.buttons() for one in house.reads())
    raises(house, team, "All refunds fail")
    house.turn_to(at(date(2026, 11, 24), 9))
    stale = house.reads()[-1]
    told = [one for one in house.reads() if "so there are no figures this morning" in one.says()]
    assert told, stale.says()
    assert "1 open" in told[-1].says()


def opens_settings(house: House, who: str = "Mina") -> SeenMessage:
    return asks(house, "/escalate settings", who)


def test_a_lead_reads_how_they_climb_and_changes_one_severity(house: House, team: Team):
    before = raises(house, team, "All refunds fail", severity=2)
    said = opens_settings(house)
    assert "At once: the lead" in said.says()
    assert "15 min later: the channel" in said.says()
    mina = house.person("Mina")
    mina.chooses(said, ids.ESCALATION_POLICY, "Severity 2, high")
    assert mina.modal
    assert "bends nothing that runs" in mina.modal.says()
    done = mina.submits(
        who1="a person, chosen below", person1="Ada", after1="0", clock1="in the person’s own working hours",
        who2="whoever is on duty", after2="2", unit2="hours", clock2="in the team’s working hours",
        who3="nobody: no such step", repeat="90", repeat_unit="minutes", holds="3", holds_unit="hours",
        usual="in the team’s working hours",
    )  # fmt: skip
    assert done.errors == {}, done
    with house.store.reading() as session:
        now = escalations.policy(session, people.team(session, house.workspace_id, team.id), 2)
        runs = Policy.parse(escalations.one(session, house.workspace_id, before).policy)
    ada = house.known["Ada"].id
    steps = (Step(f"member:{ada}", 0, Clock.PERSON), Step("duty", 7200, Clock.TEAM))
    assert now == Policy(steps, 5400, 3 * 3600, Clock.TEAM)
    assert runs == escalations.default_policy(2)
    assert "Changed: Severity 2, high." in said.says()
    assert "At once: Ada, in the person’s own working hours" in said.says()
    assert house.slack.complaints == []


def test_what_cannot_be_is_said_beside_the_field(house: House, team: Team):
    said, mina = opens_settings(house), house.person("Mina")
    mina.chooses(said, ids.ESCALATION_POLICY, "Severity 3, normal")
    done = mina.submits(who1="a person, chosen below", after2="9", unit2="days", repeat="1", repeat_unit="minutes")
    assert set(done.errors) == {"person1", "after2", "repeat"}
    done = mina.submits(
        who1="nobody: no such step", who2="nobody: no such step", who3="nobody: no such step", repeat="1",
        repeat_unit="hours", after2="1",
    )  # fmt: skip
    assert set(done.errors) == {"who1"}
    mina.fills(default=["As it was at the beginning, whatever stands above"])
    assert mina.submits().errors == {}
    with house.store.reading() as session:
        found = escalations.policy(session, people.team(session, house.workspace_id, team.id), 3)
    assert found == escalations.default_policy(3)


def test_what_is_agreed_is_changed_in_a_modal_of_its_own(house: House, team: Team):
    said, mina = opens_settings(house), house.person("Mina")
    mina.presses(said, "Change what is agreed")
    done = mina.submits(
        needs_reason=["Resolving asks for cause and solution"], cap_per_hour="3", reopen_within_h="0",
        check_back_days="5",
    )  # fmt: skip
    assert done.errors == {}
    with house.store.reading() as session:
        agreed = escalations.settings(session, people.team(session, house.workspace_id, team.id))
    assert (agreed.needs_reason, agreed.cap_per_hour, agreed.reopen_within_h, agreed.check_back_days) == (True, 3, 0, 5)
    assert "Resolving asks for cause and solution." in said.says()


def test_others_are_told_who_leads(house: House, team: Team):
    assert "That is for the lead of the team: Mina." in opens_settings(house, "Ada").says()
