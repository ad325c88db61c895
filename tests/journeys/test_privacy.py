"""What is known about somebody, as they read it: the log of looks, all of it as a file, and the week in a message."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime

import pytest

from bot import ids
from bot.words import Words
from cspm_core import people
from cspm_core.people import Role, Team

from .house import House
from .returns import at, weeks

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(FRIDAY, 15))


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="nl")
    house.joins(team, "Ada")
    house.imports(team, weeks(house.now), house.now)
    with house.store.transaction() as session:
        found = people.team(session, house.workspace_id, team.id)
        people.agree_on_person_figures(session, found, "lead", "Mina Park", now=house.now)
    return team


def test_a_look_stands_in_the_log_and_comes_on_monday_in_the_persons_own_language(house: House, team: Team):
    mina, teo = house.person("Mina"), house.person("Teo")
    mina.types(f"/kpi agent <@{teo.id}>", "#returns")
    teo.types("/cspm privacy", "#returns")
    said = teo.latest("#returns").says()
    assert Words("nl")("What is known about you") in said
    assert "What is known" not in said
    assert "Mina" in said
    house.sleeps_until(at(date(2026, 11, 23), 11))
    house.turn(hours=1)
    told = [one for one in teo.reads() if "Mina" in one.says()]
    assert len(told) == 1
    house.sleeps_until(at(date(2026, 11, 24), 11))
    house.turn(hours=1)
    assert len([one for one in teo.reads() if "Mina" in one.says()]) == 1
    assert not [one for one in mina.reads() if "looked" in one.says()]


def test_everything_comes_as_one_file_to_oneself_alone(house: House, team: Team):
    teo = house.person("Teo")
    teo.types("/cspm privacy", "#returns")
    teo.presses(teo.latest("#returns"), ids.PRIVACY_RECORD)
    house.slack.settle()
    [file] = teo.latest().files
    told = json.loads(house.slack.files[file.id].data)
    assert told["person"]["name"] == "Teo"
    assert told["roles"][0]["role"] == "agent"
    assert told["looks"] == []


def test_a_stranger_is_told_whom_to_ask(house: House, team: Team):
    bo = house.person("Bo")
    bo.types("/cspm privacy", "#returns")
    said = bo.latest("#returns").says()
    assert "What is known about you" in said
    bo.types("/cspm nonsense", "#returns")
    assert "`/cspm today`" in bo.latest("#returns").says()
