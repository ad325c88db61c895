"""Thanking a colleague: what is typed, what the channel reads, and what the week says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from bot import ids
from cspm_core.people import Role, Team

from .house import House
from .returns import at

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(FRIDAY, 10))


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="nl")
    house.joins(team, "Ada")
    return team


def test_a_thank_you_stands_in_the_channel_and_in_the_week(house: House, team: Team):
    ada, teo = house.person("Ada"), house.person("Teo")
    ada.types(f"/kudos <@{teo.id}> took my late shift so that I could go home", "#returns")
    modal = ada.modal
    assert modal is not None
    assert "You can give 5 more today" in modal.says()
    assert ada.submits(value="Helped a colleague").result == "closed"
    house.beat()
    [said] = [one for one in house.reads() if "🙌" in one.says()]
    assert "took my late shift" in said.says()
    assert "Helped a colleague" in said.says()
    house.sleeps_until(at(FRIDAY, 15))
    house.turn(minutes=10)
    house.sleeps_until(at(date(2026, 11, 23), 11))
    house.turn(hours=1)
    assert len([one for one in house.reads() if "A thank-you to Returns" in one.says()]) == 1
    teo.types("/kudos mine", "#returns")
    assert "took my late shift" in teo.latest("#returns").says()
    assert house.slack.complaints == []


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(house: House, team: Team):
    ada, teo = house.person("Ada"), house.person("Teo")
    ada.types("/kudos", "#returns")
    sent = ada.submits(to=[teo.id], reason="thx")
    assert sent.errors == {"reason": "Say in a few words for what: that is what they will remember."}
    sent = ada.submits(to=[ada.id], reason="I was simply brilliant today")
    assert "Somebody else has to thank you" in sent.errors["to"]
    assert not [one for one in house.reads() if "🙌" in one.says()]


def test_a_board_is_there_only_where_the_team_has_switched_it_on(house: House, team: Team):
    ada, mina = house.person("Ada"), house.person("Mina")
    ada.types("/kudos board", "#returns")
    assert "has no board" in ada.latest("#returns").says()
    ada.types("/kudos settings", "#returns")
    assert ada.modal is None
    mina.types("/kudos settings", "#returns")
    mina.submits(allowance="2", team_values="Kind\nQuick", switches=["A board of who was thanked by how many"])
    ada.types("/kudos board", "#returns")
    assert "Nobody thanked anybody yet" in ada.latest("#returns").says()
    ada.types("/kudos", "#returns")
    assert ada.modal is not None
    assert "You can give 2 more today" in ada.modal.says()


def test_a_lead_grants_a_reward_and_it_is_recorded(house: House, team: Team):
    mina, teo = house.person("Mina"), house.person("Teo")
    mina.types("/kudos rewards", "#returns")
    mina.presses(mina.latest("#returns"), ids.REWARD_LIST)
    mina.submits(rewards="A day off\nLunch")
    mina.types("/kudos rewards", "#returns")
    mina.presses(mina.latest("#returns"), "Grant")
    assert mina.submits(person=teo.id, reason="The night of the outage").result == "closed"
    house.beat()
    assert "A day off" in teo.latest().says()
    teo.types("/kudos rewards", "#returns")
    assert "Grant" not in teo.latest("#returns").buttons()
