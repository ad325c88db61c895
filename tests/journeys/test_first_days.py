"""A team's first day: one message when its data is there, targets to take, and from the next morning on its digest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import pytest
from slack_sdk.errors import SlackClientError
from sqlmodel import select

from bot import schedule
from bot.first_days import jobs
from bot.local_slack import SeenMessage
from cspm_core import kpi, people, setup
from cspm_core.people import Member, Role, Team

from .house import House
from .returns import FIVE, at, weeks

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, 23) + timedelta(days=n) for n in range(3))
VERDICTS = ("✓ on target", "✗ off target")


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    """Monday at ten, in working hours."""
    return house_at(at(MONDAY, 10))


@pytest.fixture
def team(house: House) -> Team:
    return set_up(house)


def set_up(house: House, channel: str = "returns") -> Team:
    """Mina has set her team up a moment ago."""
    with house.store.transaction() as session:
        team = setup.begin(
            session, house.workspace_id, "Returns", by=None, now=house.now, timezone="America/New_York",
            channel=house.slack.channel(channel).id,
        )  # fmt: skip
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="en")
    return team


def loads(house: House, team: Team, n: int = 13, agents: Sequence[str] = FIVE) -> None:
    house.imports(team, weeks(house.now, n, agents), house.now)


def plain(message: SeenMessage) -> str:
    return message.says().replace("\u202f", " ").replace("\u2009", " ").replace("*", "")


def test_data_that_comes_at_work_is_told_of_at_once_and_the_next_morning_has_a_digest(house: House, team: Team):
    house.beat()
    assert house.reads(who="Ada") == []
    loads(house, team)
    house.beat()
    house.beat()
    (message,) = house.reads(who="Ada")
    said = plain(message)
    assert message.text == "Returns: the first data is here"
    assert "730 tickets are loaded, from August 24, 2026 to November 23, 2026" in said
    assert "The data ends Mon, Nov 23, 10:00 AM" in said
    assert "5 of 5 names in it match nobody yet" in said
    assert [row[0] for row in message.tables()[0][1:]] == [
        "First response time, median", "Customer satisfaction (CSAT)", "New tickets a week",
    ]  # fmt: skip
    assert "The first morning digest comes on Tue, Nov 24 at 9:00 AM" in said
    assert "More or less than usual can be said from the first digest on" in said
    assert "last 7 days are provisional. What is solved by now is final on Tue, Dec 1" in said
    assert not any(word in said for word in VERDICTS)
    assert message.buttons() == ["Match names", "Suggested targets", "Settings"]
    house.sleeps_until(at(TUESDAY, 8, 45))
    house.imports(team, weeks(house.now), house.now)
    house.turn_to(at(TUESDAY, 9, 1))
    _, digest = house.reads(who="Ada")
    assert digest.text.startswith("Returns: ")
    assert "as usual for a Tuesday" in digest.says()
    assert house.slack.complaints == []


def test_data_that_comes_at_night_is_told_of_in_the_morning_instead_of_a_digest(house: House, team: Team):
    house.sleeps_until(at(MONDAY, 22))
    loads(house, team, 3)
    house.beat()
    assert house.reads(who="Ada") == []
    for minute in (0, 59):
        house.sleeps_until(at(TUESDAY, 8, minute))
        house.beat()
        assert house.reads(who="Ada") == []
    house.turn_to(at(TUESDAY, 9))
    house.turn_to(at(TUESDAY, 9, 20))
    (message,) = house.reads(who="Ada")
    assert "The first morning digest comes on Wed, Nov 25" in plain(message)
    house.sleeps_until(at(WEDNESDAY, 9, 1))
    house.beat()
    assert len(house.reads(who="Ada")) == 2


def test_a_crash_between_telling_and_delivering_tells_it_once(house: House, team: Team):
    loads(house, team, 3)
    jobs.tell(house.runtime)
    house.line.fails("chat.postMessage", SlackClientError("the line is dead"), when="after")
    house.beat()
    jobs.tell(house.runtime)
    house.turn(minutes=5)
    assert len(house.reads(who="Ada")) == 1


def test_a_channel_without_the_bot_tells_the_lead_and_gets_it_after_the_invite(house: House):
    team = set_up(house, "quiet")
    loads(house, team, 3)
    house.beat()
    mina = house.person("Mina")
    (told,) = mina.reads()
    assert told.text == "The first message of Returns could not be delivered"
    assert "/invite @support-desk-kpis` there; what your data tells then follows by itself" in told.says()
    with house.store.transaction() as session:
        people.add_member(session, house.workspace_id, "Grace Kim", now=house.now)
        before = len(session.exec(select(Member)).all())
    mina.invites("support-desk-kpis", "#quiet")
    (message,) = house.reads("#quiet")
    assert message.text == "Returns: the first data is here"
    assert "4 of 5 names in it match nobody yet" in plain(message), "one was matched meanwhile"
    assert "The first message of Returns has arrived" in mina.reads()[0].text
    mina.invites("Ada", "#quiet")
    with house.store.reading() as session:
        assert len(session.exec(select(Member)).all()) == before, "whoever joins a channel is not met"
    assert house.slack.complaints == []


def test_a_channel_known_by_name_gets_at_once_what_waited_for_the_invite(house: House):
    with house.store.transaction() as session:
        team = setup.begin(
            session, house.workspace_id, "Returns", by=None, now=house.now, timezone="America/New_York",
            channel="#quiet",
        )  # fmt: skip
    house.joins(team, "Mina", Role.LEAD, language="en")
    loads(house, team, 3)
    house.beat()
    house.person("Mina").invites("support-desk-kpis", "#quiet")
    assert [one.text for one in house.reads("#quiet")] == ["Returns: the first data is here"]


def test_data_of_another_year_says_so_and_that_digests_wait_for_newer(house: House, team: Team):
    end = at(date(2024, 1, 4), 5, 39)
    house.imports(team, weeks(end, 12), end)
    house.beat()
    (message,) = house.reads(who="Ada")
    said = plain(message)
    assert "The data ends Thu, Jan 4, 2024, 5:39 AM" in said
    assert "The data is too old for digests and detectors: both wait for newer data." in said
    assert not any(promise in said for promise in ("comes on", "first digest", "Detectors watch", "final on"))


def test_suggested_targets_are_taken_by_a_lead_and_judge_from_then_on(house: House, team: Team):
    loads(house, team)
    house.beat()
    house.joins(team, "Ada", Role.LEAD, language="en")
    mina, teo, ada = (house.person(name) for name in ("Mina", "Teo", "Ada"))
    mina.types("/kpi team last week", "#returns")
    assert not any(word in mina.says_last for word in VERDICTS)
    (message,) = house.reads(who="Bo")
    teo.presses(message, "Suggested targets")
    assert teo.modal is None
    assert "Mina" in teo.says_last
    ada.presses(message, "Suggested targets")
    assert ada.modal
    assert "(SLA)" in ada.modal.says()
    with house.store.transaction() as session:
        kpi.set_target(session, team, "sla_first_response", 0.9, house.now)
    mina.presses(message, "Suggested targets")
    modal = mina.modal
    assert modal
    said = modal.says()
    assert "(SLA)" not in said, "a target of their own is not offered to be lost"
    assert "First response time at most 2 hr" in said
    assert "lower is better · 8 weeks · n = " in str(modal.blocks)
    assert mina.submits(targets=[]).errors == {"targets": "Tick what the team should aim for, or leave it all."}
    assert not mina.submits(targets=["first_response", "csat"]).errors
    house.beat()
    after = house.reads(who="Bo")[0]
    assert "🎯 Targets: First response time at most 2 hr and Customer satisfaction (CSAT) at least " in plain(after)
    assert plain(after).count("taken by Mina") == 1
    assert "On or off target is said from now on" in plain(after)
    assert after.buttons() == ["Match names", "Settings"]
    with house.store.reading() as session:
        assert set(kpi.targets(session, team)) == {"first_response", "sla_first_response", "csat"}
    mina.types("/kpi team last week", "#returns")
    assert any(word in mina.says_last for word in VERDICTS)
    assert "Somebody else changed it in the same moment" in ada.submits(targets=["reopen_rate"]).errors["targets"]
    with house.store.reading() as session:
        assert set(kpi.targets(session, team)) == {"first_response", "sla_first_response", "csat"}


def test_without_data_every_way_of_asking_says_what_to_do(house: House, team: Team):
    mina = house.person("Mina")
    mina.types("/kpi team last week", "#returns")
    for said in (mina.says_last, mina.opens_home().says()):
        assert "drop an export (CSV)" in said
        assert "cspm import tickets FILE" in said
    for day in (TUESDAY, WEDNESDAY):
        house.sleeps_until(at(day, 9))
        house.beat()
    (message,) = house.reads(who="Ada")
    assert message.text == "The digest of Returns waits for its first data"
    assert "drop an export (CSV) into my direct messages" in message.says()
    loads(house, team, 3)
    house.beat()
    assert house.reads(who="Ada")[-1].text == "Returns: the first data is here"


def test_figures_can_be_asked_for_from_the_first_minute(house: House, team: Team):
    loads(house, team, 3)
    mina = house.person("Mina")
    mina.types("/kpi team last week", "#returns")
    assert "Returns" in mina.latest("#returns").text
    assert mina.latest("#returns").tables()


def test_where_nobody_has_a_target_nothing_is_judged_anywhere(house: House):
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    loads(house, team, 6)
    house.sleeps_until(at(MONDAY, 10, 1))
    schedule.run_once(house.runtime)
    mina = house.person("Mina")
    home = mina.opens_home()
    mina.types("/kpi team last week", "#returns")
    mina.types("/goal list", "#returns")
    assert home
    shown = [home.says(), *(one.says() for one in mina.reads("#returns"))]
    assert len(shown) >= 4
    assert not any(word in said for said in shown for word in VERDICTS)
