"""Agents are welcomed once, in their own language and hours, told when others may see more, and can object."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import ids
from bot.local_slack import Person, SeenMessage, Server
from bot.privacy.names import LEVELS
from bot.welcomes import jobs
from bot.words import Words
from cspm_core import duty, people, setup
from cspm_core.people import Role, Team
from cspm_core.store import Store

from . import house as houses
from .house import House

FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)
AMSTERDAM, SEOUL = "Europe/Amsterdam", "Asia/Seoul"


def at(day: date, hour: int, minute: int = 0, zone: str = AMSTERDAM) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.fixture
def house(sqlite_store: Store, slack_server: Server) -> Iterator[House]:
    """On a Friday evening, when in Amsterdam and in Seoul nobody works any more."""
    more = [Person("김하늘", locale="ko-KR", tz=SEOUL), Person("Lin", "林小美", locale="zh-TW")]
    house = houses.build(sqlite_store, slack_server, at(FRIDAY, 19), more=more)
    yield house
    assert house.slack.complaints == []


def begun(house: House, name: str, zone: str) -> Team:
    """A team whose setup is under way."""
    with house.store.transaction() as session:
        mina = people.member_by_slack(session, house.workspace_id, house.person("Mina").id)
        by = mina.id if mina else None
        team = setup.begin(session, house.workspace_id, name, by=by, now=house.now, timezone=zone, channel="returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    return team


def done(house: House, *teams: Team) -> None:
    with house.store.transaction() as session:
        for team in teams:
            setup.finish(session, people.team(session, house.workspace_id, team.id), now=house.now)


def agreed(house: House, team: Team, level: str) -> None:
    with house.store.transaction() as session:
        row = people.team(session, house.workspace_id, team.id)
        people.agree_on_person_figures(session, row, level, "Mina Park", now=house.now)


def welcomed(house: House, name: str) -> list[SeenMessage]:
    return [one for one in house.person(name).reads() if ids.PRIVACY_SHOW in one.action_ids()]


def mornings(house: House, day: date) -> None:
    """A day as far as it matters: midnight in Europe, morning in Seoul, morning in Amsterdam."""
    for moment in (at(day, 0, 30), at(day, 9, 10, SEOUL), at(day, 8, 50), at(day, 9, 10)):
        if moment > house.now:
            house.sleeps_until(moment)
            house.beat()


def test_three_agents_get_one_welcome_each_in_their_own_language_and_hours(house: House):
    returns, billing = begun(house, "Returns", AMSTERDAM), begun(house, "Billing", SEOUL)
    house.joins(returns, "Teo", language="nl")
    house.joins(billing, "김하늘", slack_locale="ko-KR")
    house.joins(returns, "Ada")
    house.joins(billing, "Ada")
    agreed(house, billing, "lead")
    house.beat()
    done(house, returns, billing)
    house.beat()
    with house.store.transaction() as session:
        ada = people.member(session, house.workspace_id, house.known["Ada"].id)
        duty.be_away(session, ada, house.now, at(TUESDAY, 9, zone=SEOUL), by=None, now=house.now)
    names = ("Teo", "김하늘", "Ada")
    assert [welcomed(house, name) for name in names] == [[], [], []]
    house.sleeps_until(at(MONDAY, 9, 10, SEOUL))
    house.beat()
    assert [len(welcomed(house, name)) for name in names] == [0, 1, 0]
    house.sleeps_until(at(MONDAY, 9, 10))
    house.beat()
    jobs.greet(house.runtime)
    house.beat()
    assert [len(welcomed(house, name)) for name in names] == [1, 1, 0]
    mornings(house, TUESDAY)
    house.turn(hours=2)
    assert [len(welcomed(house, name)) for name in names] == [1, 1, 1]
    [ada_reads] = welcomed(house, "Ada")
    said = ada_reads.says()
    assert "Nice to meet you, Ada" in said
    assert "You alone see figures about you." in said
    assert "You and the team’s leads see figures about you." in said
    assert "Agreed with Mina Park" in said
    for name, language, level in (("Teo", "nl", "self"), ("김하늘", "ko", "lead")):
        [told] = welcomed(house, name)
        assert Words(language)(LEVELS[level]) in told.says()
        assert Words("en")(LEVELS[level]) not in told.says()
        assert name in told.says()
    assert welcomed(house, "Mina") == []


def test_who_joins_a_week_later_is_welcomed_then_and_whoever_is_away_for_long_when_they_are_back(house: House):
    team = begun(house, "Returns", AMSTERDAM)
    house.joins(team, "Ada")
    back = at(TUESDAY + timedelta(days=35), 9)
    with house.store.transaction() as session:
        ada = people.member(session, house.workspace_id, house.known["Ada"].id)
        duty.be_away(session, ada, house.now, back, by=None, now=house.now)
    done(house, team)
    mornings(house, MONDAY)
    assert welcomed(house, "Ada") == []
    house.sleeps_until(at(MONDAY + timedelta(days=7), 11))
    house.joins(team, "Lin")
    house.beat()
    assert len(welcomed(house, "Lin")) == 1
    for days in (8, 20, 35, 36, 37):
        house.sleeps_until(at(MONDAY + timedelta(days=days), 11))
        house.beat()
        assert bool(welcomed(house, "Ada")) == (house.now >= back)
    assert len(welcomed(house, "Ada")) == 1


def in_the_afternoon(house: House) -> None:
    """Teo's welcome is due on a Monday afternoon, when nothing else is."""
    house.joins(team := begun(house, "Returns", AMSTERDAM), "Teo")
    with house.store.transaction() as session:
        teo = people.member(session, house.workspace_id, house.known["Teo"].id)
        duty.be_away(session, teo, house.now, at(MONDAY, 15), by=None, now=house.now)
    done(house, team)
    house.sleeps_until(at(MONDAY, 11))
    house.beat()
    house.sleeps_until(at(MONDAY, 15, 55))


def test_a_welcome_that_slack_took_without_saying_so_is_found_there_in_the_evening(house: House):
    in_the_afternoon(house)
    house.line.fails("chat.postMessage", ConnectionError("line down"), when="after")
    house.beat()
    for moment in (at(MONDAY, 18), at(TUESDAY, 9, 10)):
        house.sleeps_until(moment)
        house.beat()
        assert len(welcomed(house, "Teo")) == 1


def test_a_welcome_that_slack_did_not_take_waits_for_the_next_working_hours(house: House):
    in_the_afternoon(house)
    house.line.fails("chat.postMessage", ConnectionError("line down"))
    house.beat()
    assert welcomed(house, "Teo") == []
    house.sleeps_until(at(MONDAY, 18))
    house.beat()
    assert welcomed(house, "Teo") == []
    mornings(house, TUESDAY)
    assert len(welcomed(house, "Teo")) == 1


def test_agents_hear_once_when_their_team_changes_who_sees_their_figures(house: House):
    house.joins(team := begun(house, "Returns", AMSTERDAM), "Teo")
    house.joins(team, "Ada")
    done(house, team)
    house.sleeps_until(at(MONDAY, 11))
    house.beat()
    agreed(house, team, "lead")
    for _ in range(2):
        house.turn(minutes=5)
    teo, ada = welcomed(house, "Teo"), welcomed(house, "Ada")
    assert (len(teo), len(ada)) == (2, 2)
    assert "Returns has changed who can see your figures" in ada[-1].says()
    assert "You and the team’s leads see figures about you." in ada[-1].says()
    agreed(house, team, "lead")
    house.turn(hours=1)
    assert len(welcomed(house, "Ada")) == 2
    assert welcomed(house, "Mina") == []


def test_something_is_wrong_reaches_the_lead_and_the_welcome_says_to_whom_it_went(house: House):
    house.joins(team := begun(house, "Returns", AMSTERDAM), "Ada")
    done(house, team)
    house.sleeps_until(at(MONDAY, 11))
    house.beat()
    ada, mina = house.person("Ada"), house.person("Mina")
    [welcome] = welcomed(house, "Ada")
    ada.presses(welcome, ids.WELCOME_OBJECT)
    assert ada.modal
    assert "Mina" in ada.modal.says()
    longest = "I am <not> in Returns.\n" + "& " * 1_480 + "The end."
    assert ada.submits(words=longest).result == "closed"
    house.turn(minutes=1)
    told = [one for one in mina.reads() if "something about them is wrong" in one.says()]
    assert len(told) == 1
    assert "I am <not> in Returns." in told[0].says()
    assert "The end." in told[0].says()
    assert {ids.SETTINGS_SHOW, ids.MATCHING_SHOW} <= set(told[0].action_ids())
    [welcome] = welcomed(house, "Ada")
    assert "What you wrote goes to Mina." in welcome.says()
    ada.presses(welcome, ids.PRIVACY_SHOW)
    assert "What is known about you" in ada.latest().says()


def test_whoever_works_in_no_team_has_nobody_to_write_to(house: House):
    house.joins(team := begun(house, "Returns", AMSTERDAM), "Ada")
    done(house, team)
    house.sleeps_until(at(MONDAY, 11))
    house.beat()
    [welcome] = welcomed(house, "Ada")
    with house.store.transaction() as session:
        [place] = people.memberships(session, house.workspace_id, house.known["Ada"].id)
        place.to_day = MONDAY - timedelta(days=1)
        session.add(place)
    ada = house.person("Ada")
    ada.presses(welcome, ids.WELCOME_OBJECT)
    assert ada.modal is None
    assert "You are in no team" in ada.latest().says()
