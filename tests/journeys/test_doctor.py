"""`/cspm doctor`: an admin reads what keeps the bot from working, mends it and looks again; a lead their part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import text

from bot.local_slack import SeenMessage
from bot.running import database
from cspm_core import hearing, people
from cspm_core.people import Role, Team

from .house import House
from .returns import at
from .test_watch import WEDNESDAY


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    house = house_at(at(WEDNESDAY, 10))
    with house.store.transaction() as session:
        session.connection().execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        session.connection().execute(text("INSERT INTO alembic_version VALUES (:step)"), {"step": database.newest()})
        facts = {"slack_user_id": house.person("Bo").id, "role": Role.ADMIN, "language": "en"}
        people.add_member(session, house.workspace_id, "Bo", now=house.now, **facts)
    return house


@pytest.fixture
def teams(house: House) -> list[Team]:
    """Mina leads Returns, Ada leads Billing, whose channel the bot is not in."""
    returns, billing = house.team("Returns"), house.team("Billing", "quiet")
    house.joins(returns, "Mina", Role.LEAD, language="en")
    house.joins(returns, "Teo", language="nl")
    house.joins(billing, "Ada", Role.LEAD)
    return [returns, billing]


def asks(house: House, who: str, words: str = "/cspm doctor") -> SeenMessage:
    seat = house.person(who)
    assert seat.types(words) == "ok"
    return seat.latest()


def test_an_admin_reads_what_is_broken_first_mends_it_and_looks_again(house: House, teams: list[Team]):
    told = asks(house, "Bo")
    said = told.says()
    assert said.index("Billing: the bot is not in #quiet.") < said.index("Returns has no tickets yet.")
    assert "Type /invite @support-desk-kpis in #quiet." in said.replace("`", "")
    assert "checks are good" in said
    assert "Slack knows the bot as" not in said
    house.person("Mina").invites("app", "#quiet")
    bo = house.person("Bo")
    bo.presses(told, "Look again")
    assert "#quiet" not in bo.latest().says()
    bo.presses(bo.latest(), "Show what is good")
    whole = bo.latest()
    assert "Billing: the bot is in #quiet." in whole.says()
    assert "Commands come from Slack: /cspm (within the hour)." in whole.says()
    assert "Presses of buttons come from Slack" in whole.says()
    assert "xoxb" not in whole.says()
    assert house.slack.complaints == []


def test_an_admin_tries_the_whole_way_of_an_alarm_from_there(house: House, teams: list[Team]):
    bo = house.person("Bo")
    bo.presses(asks(house, "Bo"), "Try an alarm’s whole way")
    alarm = next(one for one in bo.reads() if "I take it" in one.buttons())
    bo.presses(alarm, "I take it")
    assert any("went the whole way" in one.says() for one in bo.reads())


def test_a_lead_reads_what_concerns_their_team_and_an_agent_is_sent_to_the_admin(house: House, teams: list[Team]):
    said = asks(house, "Ada").says()
    assert "Billing: the bot is not in #quiet." in said
    assert "This is what concerns your teams." in said
    assert "Returns" not in said
    assert "schedule" not in said
    assert "Try an alarm" not in said
    refused = asks(house, "Teo").says()
    assert "Bo" in refused
    assert "Billing" not in refused


def test_the_doctor_speaks_the_readers_language_and_is_asked_in_it(house: House, teams: list[Team]):
    with house.store.transaction() as session:
        bo = people.member_by_slack(session, house.workspace_id, house.person("Bo").id)
        assert bo is not None
        people.choose_language(session, bo, "ko")
    assert asks(house, "Bo", "/cspm 진단").buttons() != []


def test_a_slack_that_is_busy_is_said_to_be(house: House, teams: list[Team]):
    house.slack.faults.strike("429", times=9, method="conversations.info")
    assert "too much was asked in a short time (ratelimited)" in asks(house, "Bo").says()


def test_a_slack_that_gives_no_answer_leaves_the_rest(house: House, teams: list[Team]):
    asks(house, "Bo")
    house.slack.faults.strike("500", method="auth.test")
    said = asks(house, "Bo").says()
    assert "Slack does not let the bot in." in said
    assert "Returns has no tickets yet." in said


def heard(house: House) -> dict[str, datetime]:
    with house.store.reading() as session:
        return hearing.heard(session, house.workspace_id)


def test_what_comes_from_slack_is_remembered_by_kind_once_an_hour(house: House, teams: list[Team]):
    mina, began = house.person("Mina"), house.now
    mina.types("/kpi team", channel="#returns")
    mina.types("good morning", channel="#returns")
    mina.opens_home()
    assert heard(house) == dict.fromkeys(("command:/kpi", "event:message.channels", "event:app_home_opened"), began)
    house.sleeps_until(began + timedelta(minutes=30))
    mina.types("/kpi help", channel="#returns")
    assert heard(house)["command:/kpi"] == began
    house.sleeps_until(began + timedelta(hours=2))
    mina.types("/kpi help", channel="#returns")
    assert heard(house)["command:/kpi"] == house.now


def test_a_store_that_cannot_remember_keeps_nobody_from_an_answer(house: House, teams: list[Team]):
    with house.store.transaction() as session:
        session.connection().execute(text("DROP TABLE heard"))
    mina = house.person("Mina")
    assert mina.types("/kpi help", channel="#returns") == "ok"
    assert mina.reads("#returns")
    assert house.slack.complaints == []
