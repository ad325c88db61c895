"""What people do with a digest: open it, see the tickets, pause and resume it, set it up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from bot.local_slack import SeenMessage
from cspm_core import people
from cspm_core.people import Role, Team

from .house import House
from .returns import at, weeks
from .test_digest import FRIDAY, MONDAY, TUESDAY

WEDNESDAY = date(2026, 11, 25)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(MONDAY, 8, 50))


@pytest.fixture
def team(house: House) -> Team:
    """Mina leads in English, Teo works in Dutch; Bo is in the channel and in no team."""
    team = house.team("Returns", holidays="US")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo")
    house.imports(team, weeks(house.now), house.now)
    return team


@pytest.fixture
def digest(house: House, team: Team) -> SeenMessage:
    house.turn_to(at(MONDAY, 9))
    return house.reads()[-1]


def settled(house: House, team: Team) -> Team:
    with house.store.reading() as session:
        return people.team(session, team.workspace_id, team.id)


def test_details_is_the_scorecard_at_the_instant_of_the_digest_for_the_asker_alone(house: House, digest: SeenMessage):
    house.turn(hours=1)
    assert house.person("Mina").presses(digest, "Details") == "ok"
    answer = house.reads()[-1]
    assert answer.ephemeral
    assert "Returns, the last 7 days" in answer.says()
    assert "data until Mon, Nov 23, 8:50" in answer.says().replace("\u202f", " ")
    assert len(house.reads(who="Teo")) == 1


def test_which_tickets_is_a_table_with_links(house: House, digest: SeenMessage):
    house.person("Teo").presses(digest, "Which tickets")
    answer = house.reads(who="Teo")[-1]
    assert answer.ephemeral
    (table,) = answer.tables()
    assert len(table) == 7
    assert table[1][0] == "1121-0"
    assert "https://desk.example/tickets/1121-0" in str(answer.blocks)


def test_a_stranger_is_refused_kindly(house: House, digest: SeenMessage):
    bo = house.person("Bo")
    for button in ("Details", "Which tickets"):
        bo.presses(digest, button)
        assert "The figures of Returns are for its own people" in house.reads(who="Bo")[-1].says()
    for button in ("Pause", "Settings"):
        bo.presses(digest, button)
        assert house.reads(who="Bo")[-1].says() == "That is for the lead of the team: Mina."
    assert bo.modal is None


def test_a_pause_says_who_paused_and_offers_to_resume(house: House, digest: SeenMessage):
    mina = house.person("Mina")
    mina.presses(digest, "Pause")
    assert "Skip the next one, back on Wed, Nov 25" in mina.modal.says()
    assert mina.submits(pause="next").result == "closed"
    assert "Paused by Mina. The next digest comes on Wed, Nov 25." in digest.says()
    assert digest.buttons()[-2:] == ["Resume", "Settings"]

    house.turn_to(at(TUESDAY, 18), step=timedelta(minutes=30))
    assert len(house.reads()) == 1
    house.imports(_team(house), weeks(house.now), house.now)
    house.turn_to(at(WEDNESDAY, 9), step=timedelta(minutes=30))
    following = house.reads()[-1]
    assert "No digest could be said" not in following.says()
    assert "Tue" in following.says(), "it covers the time since the data of Tuesday's import, not a skipped day"
    assert digest.buttons() == ["Details", "Which tickets"], "what no longer applies disappears"


def _team(house: House) -> Team:
    with house.store.reading() as session:
        return people.team_named(session, house.workspace_id, "Returns")


def test_a_resumed_digest_comes_the_same_day(house: House, digest: SeenMessage):
    mina = house.person("Mina")
    mina.presses(digest, "Pause")
    mina.submits(pause="resumed")
    assert "until somebody resumes it" in digest.says()
    house.turn_to(at(TUESDAY, 11), step=timedelta(minutes=30))
    house.imports(_team(house), weeks(house.now), house.now)
    mina.presses(digest, "Resume")
    assert digest.buttons()[-2:] == ["Pause", "Settings"]
    assert "comes again" in house.reads()[-1].says()
    house.turn(minutes=10)
    assert sum(not message.ephemeral for message in house.reads()) == 2
    mina.presses(digest, "Details")


def test_resuming_twice_says_so(house: House, digest: SeenMessage):
    mina = house.person("Mina")
    mina.presses(digest, "Pause")
    mina.submits(pause="week")
    stale = digest.raw
    house.slack.faults.deliver_twice = True
    mina.presses(digest, "Resume")
    house.slack.faults.deliver_twice = False
    said = [message.says() for message in house.reads() if message.ephemeral]
    assert said[0] == "The digest of Returns comes again."
    assert stale is digest.raw
    assert house.slack.complaints == []


def test_settings_move_the_digest_and_show_what_was_set(house: House, team: Team, digest: SeenMessage):
    mina = house.person("Mina")
    mina.presses(digest, "Settings")
    assert list(mina.modal.fields()) == [
        "channel",
        "digest_at",
        "digest_days",
        "digest_weekdays",
        "digest_on_holidays",
        "language",
    ]
    sent = mina.submits(
        digest_at="07:30",
        digest_days="chosen",
        digest_weekdays=["Tuesday", "Thursday"],
        language="Nederlands",
        digest_on_holidays=["Also on public holidays"],
    )
    assert sent.result == "closed", sent.errors
    now = settled(house, team)
    assert (now.digest_at, now.digest_days, now.language, now.digest_on_holidays) == ("07:30", "tue,thu", "nl", True)
    house.sleeps_until(at(TUESDAY, 7, 20))
    house.imports(team, weeks(house.now), house.now)
    house.turn(minutes=10)
    assert "Opgelost" in house.reads()[-1].says() or "di" in house.reads()[-1].says()
    mina.presses(house.reads()[-1], "digest.settings")
    assert mina.modal.state["digest_at"]["digest_at"]["selected_time"] == "07:30"


def test_settings_that_cannot_be_are_told_beside_the_field(house: House, team: Team, digest: SeenMessage):
    mina = house.person("Mina")
    mina.presses(digest, "Settings")
    sent = mina.submits(digest_days="chosen", digest_weekdays=[])
    assert sent.errors == {"digest_weekdays": "Choose at least one weekday."}
    sent = mina.submits(digest_weekdays=["Monday"], channel="#quiet")
    assert "`/invite @support-desk-kpis`" in sent.errors["channel"]
    assert settled(house, team).digest_days == "working"
    mina.invites("app", "#quiet")
    assert mina.submits().result == "closed"
    assert settled(house, team).channel == house.slack.channel("quiet").id


def test_a_form_delivered_twice_changes_nothing_more(house: House, team: Team, digest: SeenMessage):
    mina = house.person("Mina")
    house.slack.faults.deliver_twice = True
    mina.presses(digest, "Settings")
    assert mina.submits(digest_at="10:00").result == "closed"
    assert settled(house, team).digest_at == "10:00"
    house.slack.faults.deliver_twice = False
    house.turn_to(at(MONDAY, 11))
    assert sum(not message.ephemeral for message in house.reads()) == 1


def test_another_channel_takes_the_digest_that_could_not_be_said(house_at: Callable[[datetime], House]):
    house = house_at(at(FRIDAY, 8, 50))
    team = house.team("Returns", channel="quiet")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.imports(team, weeks(house.now, 2), house.now)
    house.turn_to(at(FRIDAY, 9, 30))
    mina = house.person("Mina")
    (told,) = mina.reads()
    mina.presses(told, "Settings")
    assert mina.submits(channel="#returns").result == "closed"
    assert len(house.reads("#returns")) == 1
    house.beat()
    assert "has arrived" in told.says()
    assert told.buttons() == []
