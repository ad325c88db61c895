"""What is known about somebody, as they read it: the log of looks, all of it as a file, and the week in a message."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from bot import ids
from bot.privacy import views
from bot.words import Words
from cspm_core import coaching, people
from cspm_core.people import Role, Team
from cspm_core.privacy import Standing

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


def test_home_says_who_looked_how_often_and_before_which_talk(house: House, team: Team):
    mina, teo = house.person("Mina"), house.person("Teo")
    t, monday, tuesday = Words("nl"), date(2026, 11, 23), date(2026, 11, 24)
    assert t("Nobody looked, this week or last.") in teo.opens_home().says()
    with house.store.transaction() as session:
        lead = people.asker(session, house.workspace_id, mina.id, house.now.date())
        agent = people.member(session, house.workspace_id, house.known["Teo"].id)
        found = people.team(session, house.workspace_id, team.id)
        coaching.plan_talk(session, found, lead=lead, agent=agent, at=at(tuesday, 11), now=house.now)
    mina.types(f"/kpi agent <@{teo.id}>", "#returns")
    house.sleeps_until(at(monday, 10))
    for _ in range(2):
        mina.types(f"/kpi agent <@{teo.id}> last-week", "#returns")
        house.sleeps_until(house.now + timedelta(minutes=1))
    who = t("{role} {person}", role=t("your lead"), person="Mina")
    now = t("before your talk on {weekday}", weekday="dinsdag")
    then = t("before your talk of {day}", day=t.day(tuesday))
    said = teo.opens_home().says()
    for week, often, when in (("*This week:* {looks}", "twice", now), ("*Last week:* {looks}", "once", then)):
        assert t(week, looks=t("{who}, {often}, {when}", who=who, often=t(often), when=when)) + "." in said
    house.turn(hours=1)
    heading = t("Who looked at what concerns you, week of {day}", day=t.day(FRIDAY - timedelta(days=4)))
    [told] = [one for one in teo.reads() if heading in one.says()]
    assert then in told.says()
    teo.presses(teo.home, ids.PRIVACY_SHOW)
    assert t("What is known about you") in teo.latest().says()
    assert house.slack.complaints == []


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


def test_an_agreement_is_dated_by_the_teams_own_day():
    team = Team(workspace_id=1, id=1, name="환불", name_key="환불", timezone="Asia/Seoul")
    agreed = Standing(team, "lead", "김서연", datetime(2026, 6, 1, 23, 30, tzinfo=UTC), ())
    assert "Agreed with 김서연 on Tue, Jun 2." in views.standing(agreed, Words("en")).text.text


def test_a_stranger_is_told_whom_to_ask(house: House, team: Team):
    bo = house.person("Bo")
    bo.types("/cspm privacy", "#returns")
    said = bo.latest("#returns").says()
    assert "What is known about you" in said
    bo.types("/cspm nonsense", "#returns")
    assert "I do not know “nonsense”." in bo.latest("#returns").says()
