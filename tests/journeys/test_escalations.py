"""An escalation from the first word to the end: told, taken, climbing, never lost, never said twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from bot import at_once
from cspm_core import escalations
from cspm_core.escalations import Cause, Raised
from cspm_core.people import Role, Team

from .house import House
from .returns import at

WEDNESDAY = date(2026, 11, 18)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(WEDNESDAY, 10))


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns", holidays="US", digest_days="sun")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="en")
    house.joins(team, "Ada")
    return team


def raises(house: House, team: Team, what: str = "The refund is three weeks late", **facts: object) -> Raised:
    """Somebody raises one in the store, and the bot hears of it at once."""
    with house.store.transaction() as session:
        raised = escalations.raise_one(session, team, Cause("person", what, **facts), now=house.now)  # type: ignore[arg-type]
    at_once.carry_on(house.runtime)
    house.slack.settle()
    return raised


def test_the_lead_is_told_and_everybody_sees_who_took_it(house: House, team: Team):
    raises(house, team, by=house.known["Ada"].id)
    (card,) = house.reads()
    assert "E1" in card.text
    assert "refund" in card.says()
    (direct,) = house.person("Mina").reads()
    assert "I take it" in direct.buttons()
    house.turn(minutes=5)
    mina = house.person("Mina")
    mina.presses(direct, "I take it")
    (card, *_) = house.reads()
    assert "Mina* has it" in card.says()
    assert "I take it" not in card.buttons()
    (own,) = house.person("Ada").reads()
    assert "Mina* has it" in own.says()
    house.turn(hours=3)
    thread = house.person("Mina").reads("#returns", card)
    assert any("Mina takes it" in m.text for m in thread)
    assert house.slack.complaints == []


def thread(house: House, who: str = "Mina") -> list[str]:
    """The lines below the first card in the channel."""
    card = next(message for message in house.reads() if not message.ephemeral)
    return [message.text for message in house.person(who).reads("#returns", card)[1:]]


def direct(house: House, who: str = "Mina") -> list[str]:
    """What somebody has in their direct messages, as a lock screen shows it."""
    return [message.text for message in house.person(who).reads()]


def test_nobody_answers_and_it_climbs_aloud_in_the_thread_and_the_channel(house: House, team: Team):
    raises(house, team)
    house.turn(minutes=61)
    (call,) = [message for message in house.reads() if "Nobody has E1 yet" in message.text]
    assert "I take it" in call.buttons()
    house.person("Teo").presses(call, "I take it")
    (card, *_) = house.reads()
    assert "Teo* has it" in card.says()
    call = house.person("Teo").message(call.channel, call.ts)
    assert "I take it" not in call.buttons()
    assert "Teo" in call.says()


def test_after_somebody_took_it_nobody_is_told_any_more(house: House, team: Team):
    raises(house, team)
    house.person("Teo").presses(house.reads()[0], "I take it")
    before = (direct(house), len(house.slack.calls))
    house.turn(hours=5)
    assert len(direct(house)) == len(before[0]) == 1
    posted = [call for call in house.slack.calls[before[1] :] if call.method == "chat.postMessage"]
    assert posted == []


def test_the_second_to_press_is_told_who_was_first(house: House, team: Team):
    raises(house, team)
    card = house.reads()[0]
    house.slack.faults.strike("429", times=2, method="chat.update")  # Ada still sees the button
    house.person("Teo").presses(card, "I take it")
    house.person("Ada").presses(card, "I take it")
    assert "Teo was first: E1 is taken since" in house.person("Ada").latest("#returns").text
    house.turn(minutes=5)
    assert any("Ada has seen it too" in line for line in thread(house))
    assert "Seen by Ada too" in house.reads()[0].says()


def test_a_stranger_who_presses_is_told_who_has_it(house: House, team: Team):
    raises(house, team)
    bo = house.person("Bo")
    bo.presses(house.reads()[0], "I take it")
    assert "E1 is for the people of its team. Its lead can help: Mina." in bo.latest("#returns").text
    house.person("Teo").presses(house.reads()[0], "I take it")
    bo.presses(house.reads()[0], "Resolve")
    assert "Teo" in bo.latest("#returns").text


def test_who_wants_no_disturbance_is_told_when_that_is_over(house: House, team: Team):
    house.person("Mina").does_not_disturb(minutes=20)
    raises(house, team)
    assert direct(house) == []
    assert "wants no disturbance" in house.reads()[0].says()
    house.turn(minutes=20)
    assert len(direct(house)) == 1


def test_at_severity_one_quiet_people_are_passed_over_and_it_is_said(house: House, team: Team):
    house.person("Mina").does_not_disturb(minutes=20)
    raises(house, team, severity=1)
    assert direct(house) == []
    assert any("Passed over, since they want no disturbance" in line for line in thread(house))
    assert any("Nobody has E1 yet" in message.text for message in house.reads())


def test_a_lead_who_has_left_slack_does_not_stop_it(house: House, team: Team):
    house.person("Mina").is_deactivated()
    raises(house, team)
    house.turn(seconds=30)
    assert any("Nobody has E1 yet" in message.text for message in house.reads())
    assert any("goes on to the next step" in line for line in thread(house, "Teo"))


def test_where_the_bot_is_not_invited_the_lead_hears_how_and_then_it_is_there(house: House):
    team = house.team("Returns", channel="quiet", digest_days="sun")
    house.joins(team, "Mina", Role.LEAD, language="en")
    raises(house, team)
    told = direct(house)
    assert any("E1" in text and "severity" in text.lower() for text in told), "the climb goes on in direct messages"
    (how,) = [message for message in house.person("Mina").reads() if "could not say E1" in message.text]
    assert "/invite" in how.says()
    house.person("Mina").invites("app", "#quiet")
    house.turn(minutes=10)
    assert "E1" in house.reads("#quiet")[-1].text
    how = house.person("Mina").message(how.channel, how.ts)
    assert "stands in the channel of Returns now" in how.text


def test_an_archived_channel_does_not_stop_it(house: House, team: Team):
    house.person("Mina").archives("#returns")
    raises(house, team)
    house.turn(minutes=5)
    assert any("could not say E1" in text for text in direct(house))
    assert any("severity" in text.lower() for text in direct(house))


def test_a_card_that_somebody_deletes_comes_back(house: House, team: Team):
    raised = raises(house, team)
    card = house.reads()[0]
    house.slack.call("chat.delete", {"channel": card.channel, "ts": card.ts})
    house.person("Mina").presses(house.person("Mina").reads()[0], "I take it")
    house.turn(minutes=2)
    (again,) = [message for message in house.reads() if not message.thread_ts]
    assert "Mina* has it" in again.says()
    assert raised.number == 1


def test_a_lost_answer_neither_doubles_the_card_nor_a_line(house: House, team: Team):
    house.line.fails("chat.postMessage", TimeoutError("slow"), when="after")
    raises(house, team)
    house.turn(minutes=3)
    assert [message.text[:2] for message in house.reads()] == ["E1"]
    house.line.fails("chat.update", TimeoutError("slow"), when="after")
    house.line.fails("chat.postMessage", TimeoutError("slow"), when="after")
    house.person("Mina").presses(house.person("Mina").reads()[0], "I take it")
    house.turn(minutes=3)
    assert sum("E1 is taken" in text for text in direct(house)) == 1
    assert sum("Mina takes it" in line for line in thread(house)) == 1


def test_lines_wait_for_their_card(house: House, team: Team):
    """Slack is busy when the card is posted, and somebody takes it meanwhile in their direct messages."""
    house.slack.faults.strike("429", times=1, method="chat.postMessage")
    raises(house, team)
    assert house.reads() == []
    house.person("Mina").presses(house.person("Mina").reads()[0], "I take it")
    assert house.reads() == []
    house.turn(minutes=2)
    assert any("Mina takes it" in line for line in thread(house))


def test_nobody_is_at_work_and_everybody_sees_when_it_goes_on(house_at: Callable[[datetime], House]):
    house = house_at(at(date(2026, 11, 20), 18))
    team = house.team("Returns", holidays="US", digest_days="sun")
    house.joins(team, "Mina", Role.LEAD, language="en")
    raises(house, team)
    assert direct(house) == []
    assert "Outside working hours" in house.reads()[0].says()
    house.turn_to(at(date(2026, 11, 23), 9), step=timedelta(hours=1))
    assert len(direct(house)) == 1


def test_quiet_channels_too_get_no_more_than_they_can_take(house: House, team: Team):
    for n in range(8):
        raises(house, team, f"Thing {n}")
    house.turn(minutes=20)
    (bundle,) = [message for message in house.reads() if "2 more escalations this hour" in message.text]
    house.person("Teo").chooses(bundle, "escalation.show", "E8 · Thing 7")
    shown = house.person("Teo").latest("#returns")
    assert shown.ephemeral
    assert "I take it" in shown.buttons()
    house.person("Teo").presses(shown, "I take it")
    bundle = house.person("Teo").message(bundle.channel, bundle.ts)
    assert "Teo" in bundle.says()


def test_words_of_customers_never_reach_the_log(house: House, team: Team, capfd: pytest.CaptureFixture[str]):
    house.line.fails("chat.postMessage", TimeoutError("slow"))
    house.slack.faults.strike("500", times=3)
    raises(house, team, "Mrs Appleby wants her parcel back", customer="Appleby")
    house.turn(minutes=5)
    out, err = capfd.readouterr()
    assert "Appleby" not in out + err
    assert "parcel" not in out + err
