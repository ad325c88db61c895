"""Home: my team's week and my settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from bot import ids
from cspm_core import people
from cspm_core.people import Role, Team

from .house import House
from .returns import at, weeks


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(date(2026, 11, 19), 15))


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.imports(team, weeks(house.now), house.now)
    return team


def test_home_shows_my_teams_week_and_my_settings(house: House, team: Team):
    home = house.person("Mina").opens_home()
    assert home
    said = home.says()
    assert said.startswith("Today\n")
    assert "Escalations\nNothing is open in your teams." in said
    assert "Returns, this week so far" in said
    assert "40" in said
    assert "My settings" in said
    assert "9:00\u202fAM" in said
    with house.store.transaction() as session:
        [place] = people.memberships(session, house.workspace_id, house.known["Mina"].id)
        place.to_day = house.now.date() - timedelta(days=1)
        session.add(place)
    home = house.person("Mina").opens_home()
    assert home
    assert "9:00\u202fAM" not in home.says()
    assert house.slack.complaints == []


def test_a_chosen_language_is_spoken_at_once_and_kept(house: House, team: Team):
    mina = house.person("Mina")
    mina.chooses(mina.opens_home(), ids.HOME_LANGUAGE, "Nederlands")
    assert "Mijn instellingen" in mina.home.says()
    mina.types("/kpi help", channel="#returns")
    assert "`/kpi me 28d`" in mina.latest("#returns").says()
    assert "mijn eigen cijfers" in mina.latest("#returns").says()


def test_as_in_slack_follows_slack(house: House, team: Team):
    mina = house.person("Mina")
    home = mina.opens_home()
    mina.chooses(home, ids.HOME_LANGUAGE, "As in Slack")
    assert "내 설정" in mina.home.says()
    mina.changes(locale="zh-TW")
    assert "我的設定" in mina.opens_home().says()


def test_what_reaches_me_is_remembered(house: House, team: Team):
    mina = house.person("Mina")
    mina.chooses(mina.opens_home(), ids.HOME_REACH, ["The team’s morning digest, as a direct message too"])
    with house.store.reading() as session:
        person = people.member(session, house.workspace_id, house.known["Mina"].id)
    assert (person.digest_copy, person.hears_failures) == (True, False)


def test_a_stranger_reads_what_to_do(house: House, team: Team):
    home = house.person("Bo").opens_home()
    assert home
    assert "You are in no team yet." in home.says()
    assert "Once you are in a team, its week stands here, and what waits for you." in home.says()
    assert "Who looked at" not in home.says()


def test_a_team_without_data_reads_what_will_stand_there_each_by_their_part(house: House):
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Ada")
    told = {}
    for name in ("Mina", "Ada"):
        home = house.person(name).opens_home()
        assert home
        told[name] = home.says()
        assert "There are no tickets of Returns yet." in told[name]
        assert "Nobody looked, this week or last." in told[name]
    assert "with the way from each figure to its tickets" in told["Mina"]
    assert "such as reviews and promises" in told["Ada"]
    assert house.slack.complaints == []


def test_home_stays_readable_where_the_new_blocks_are_refused(house: House, team: Team):
    house.slack.faults.refuse_new_blocks = True
    home = house.person("Mina").opens_home()
    assert home
    assert "New tickets" in home.says()
    assert home.tables() == []


def test_where_the_data_ended_long_ago_home_shows_its_last_weeks_with_their_days(house: House, team: Team):
    house.sleeps_until(at(date(2026, 11, 25), 10))
    mina = house.person("Mina")
    home = mina.opens_home()
    assert home
    assert "Returns, last week" in home.says()
    house.sleeps_until(at(date(2027, 6, 1), 10))
    home = mina.opens_home()
    assert home
    said = home.says()
    assert "Returns, October 23, 2026 – November 19, 2026" in said
    assert "This data is old." in said
    assert "nothing is known" not in said
    mina.presses(home, ids.HOME_KPI)
    assert "Returns, October 23, 2026 – November 19, 2026" in mina.latest().says()
    assert house.slack.complaints == []
