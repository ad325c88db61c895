"""A message of which nobody knows whether Slack took it: it is looked for first, whatever happened in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from bot.local_slack import SeenMessage
from cspm_core import escalations, people
from cspm_core.escalations import Cause, Ending, Origin
from cspm_core.people import Role, Team

from .house import House
from .returns import at


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(date(2026, 11, 18), 10))


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns", holidays="US")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Ada", language="en")
    return team


def raises(house: House, team: Team, **facts: object) -> int:
    with house.store.transaction() as session:
        cause = Cause("person", "The refund is three weeks late", cause="refund", **facts)  # type: ignore[arg-type]
        return escalations.raise_one(session, team, cause, now=house.now).escalation_id


def resolves(house: House, escalation_id: int) -> None:
    with house.store.transaction() as session:
        by = people.asker(session, house.workspace_id, house.person("Mina").id, house.now.date())
        ending = Ending("It lay in the yard", "It was sent")
        escalations.resolve(
            session, house.workspace_id, escalation_id, ending, by=by, origin=Origin.FORM, now=house.now
        )


def cards(house: House) -> list[SeenMessage]:
    return [one for one in house.reads() if "refund" in one.says()]


def test_a_look_that_slack_puts_off_is_taken_again_before_anything_is_repeated(house: House, team: Team):
    house.slack.faults.strike("accept_then_500", method="chat.postMessage")
    raises(house, team)
    house.beat()
    house.slack.faults.strike("429", times=2, method="conversations.history")
    house.turn(minutes=40)
    assert len(cards(house)) == 1
    assert house.slack.faults.strikes == []


def test_what_was_resolved_before_anybody_knew_that_it_stands_is_shown_as_resolved(house: House, team: Team):
    house.slack.faults.strike("accept_then_500", times=2, method="chat.postMessage")
    one = raises(house, team)
    house.beat()
    resolves(house, one)
    house.turn(minutes=2)
    (card,) = cards(house)
    (direct,) = house.person("Mina").reads()
    assert "resolved" in card.text
    assert "resolved" in direct.text
    assert "I take it" not in [*card.buttons(), *direct.buttons()]


def test_what_may_stand_is_kept_up_to_date_even_when_its_time_to_be_said_is_over(house: House, team: Team):
    said = house.person("Ada").types("The refund of 4711 is late", "#returns")
    assert isinstance(said, SeenMessage)
    house.slack.faults.strike("accept_then_500", times=2, method="chat.postMessage")
    one = raises(house, team, message_channel=said.channel, message_ts=said.ts)
    house.beat()
    house.sleeps_until(house.now + timedelta(hours=1))
    resolves(house, one)
    house.turn(minutes=2)
    answers = [m.text for m in house.person("Ada").reads("#returns", said) if "Escalated as" in m.text]
    assert answers == ["Escalated as E1. ✓ It is resolved."]


def test_a_card_that_was_over_before_it_could_be_said_is_said_when_it_comes_again(house: House, team: Team):
    house.slack.faults.strike("500", times=5, method="chat.postMessage")
    one = raises(house, team)
    house.beat()
    resolves(house, one)
    house.slack.faults.strikes.clear()
    house.turn(minutes=30)
    assert cards(house) == []
    assert raises(house, team) == one
    house.turn(minutes=2)
    (card,) = cards(house)
    assert "I take it" in card.buttons()
