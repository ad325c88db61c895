"""What is at risk stands on one card; detectors raise an escalation once, pause with old data, and are set by leads."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from bot.detectors import jobs
from bot.local_slack import SeenMessage
from cspm_core import detectors, people, tickets
from cspm_core.detectors import Kind
from cspm_core.escalations import Escalation
from cspm_core.people import Role, Team
from cspm_core.tickets import LIVE, TicketFacts

from .house import House

MONDAY = date(2026, 11, 16)
NEW_YORK = ZoneInfo("America/New_York")


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    return datetime.combine(day, time(hour, minute), NEW_YORK).astimezone(UTC)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(9))


@pytest.fixture
def team(house: House) -> Team:
    """Mina leads, Teo and Ada work; the help desk is live from nine o'clock on."""
    team = house.team("Returns", digest_at="23:50")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="en")
    house.joins(team, "Ada")
    hears(house, team)
    house.beat()
    return team


def hears(house: House, team: Team, *facts: TicketFacts) -> None:
    """The help desk tells of tickets now."""
    with house.store.transaction() as session:
        tickets.record(session, team, facts, scope=team.id, known_at=house.now, now=house.now)
        first = house.now - timedelta(days=90)
        tickets.note_source(session, team, complete_until=house.now, first_at=first, now=house.now, kind=LIVE)


def ticket(key: str, hour: int, priority: str = "normal", **facts: Any) -> TicketFacts:
    """Created at nine, due at an hour."""
    due = at(hour)
    url = f"https://desk.example/{key}"
    return TicketFacts(key, at(9), priority=priority, first_response_due_at=due, url=url, **facts)


def to(house: House, team: Team, at: datetime) -> None:
    """Up to an instant; the help desk is heard from on the way."""
    while house.now < at:
        house.clock.at = min(at, house.now + timedelta(minutes=5))
        hears(house, team)
        house.beat()


def cards(house: House) -> list[SeenMessage]:
    return [one for one in house.reads() if "at risk now" in one.says() or "This day is over" in one.says()]


def said(card: SeenMessage) -> str:
    return card.says().replace("\u202f", " ").replace("*", "")


def raised(house: House) -> list[Escalation]:
    with house.store.reading() as session:
        return list(session.exec(select(Escalation).order_by(col(Escalation.number))))


def test_the_card_appears_is_edited_taken_and_emptied_and_an_escalation_comes_once(house: House, team: Team):
    hears(house, team, ticket("R-1", 13, "Urgent"), ticket("R-2", 15))
    to(house, team, at(11, 55))
    assert cards(house) == [], "nothing is at risk yet"
    to(house, team, at(12))
    (card,) = cards(house)
    assert "R-1 · Urgent · first answer due 1:00" in said(card)
    assert "1 hr of working time left · 75% of the time used · nobody has taken it" in card.says()
    assert "R-2" not in card.says()
    (one,) = raised(house)
    assert (one.rule, one.ticket_key) == ("urgent_at_risk", "R-1")

    to(house, team, at(13, 30))
    assert [one.ts for one in cards(house)] == [card.ts]
    assert "first answer past due since 1:00" in said(card)
    assert card.says().index("R-1") < card.says().index("R-2"), "by time left"
    assert len(raised(house)) == 1

    teo = house.person("Teo")
    teo.chooses(card, "risk.take", "R-2 · normal")
    assert "You have R-2 now." in house.reads(who="Teo")[-1].says()
    assert "Teo has it" in card.says()

    hears(house, team, ticket("R-1", 13, first_response_at=house.now), ticket("R-2", 15, first_response_at=house.now))
    to(house, team, at(13, 31))
    assert "Nothing is at risk now." in card.says()
    assert card.buttons() == ["Detectors"]
    assert len(cards(house)) == 1
    assert house.slack.complaints == []


def test_the_second_to_press_is_told_who_was_first(house: House, team: Team):
    hears(house, team, ticket("R-1", 10))
    to(house, team, at(9, 50))
    (card,) = cards(house)
    stale = card.blocks
    house.person("Teo").chooses(card, "risk.take", "R-1 · normal")
    card.raw.blocks = stale  # Ada's Slack has not shown the edit yet
    house.person("Ada").chooses(card, "risk.take", "R-1 · normal")
    assert "Teo was first: R-1 is theirs since Mon, Nov 16" in house.reads(who="Ada")[-1].says()


def test_a_stranger_is_refused_kindly(house: House, team: Team):
    hears(house, team, ticket("R-1", 10))
    to(house, team, at(9, 50))
    (card,) = cards(house)
    bo = house.person("Bo")
    bo.chooses(card, "risk.take", "R-1 · normal")
    assert "That is for the people of Returns." in house.reads(who="Bo")[-1].says()
    bo.presses(card, "Assign")
    assert "That is for the lead of the team: Mina." in house.reads(who="Bo")[-1].says()
    assert "nobody has taken it" in card.says()


def test_a_lead_gives_a_ticket_to_somebody_who_is_told(house: House, team: Team):
    hears(house, team, ticket("R-1", 10))
    to(house, team, at(9, 50))
    (card,) = cards(house)
    mina = house.person("Mina")
    mina.presses(card, "Assign")
    assert mina.submits(ticket="R-1 · normal", person="Bo").errors == {"person": "I have not met this person yet."}
    assert mina.submits(ticket="R-1 · normal", person="Teo").result == "closed"
    house.beat()
    assert "Teo has it" in card.says()
    assert "Mina gave you R-1 of Returns: it is at risk." in house.person("Teo").says_last


def test_detectors_pause_when_the_data_ends_too_early_and_go_on_with_newer(house: House, team: Team):
    hears(house, team, ticket("R-1", 13, "urgent"), ticket("R-2", 11))
    to(house, team, at(11, 10))
    (card,) = cards(house)
    house.turn_to(at(16))
    assert [one.ts for one in cards(house)] == [card.ts]
    assert "Paused: the data ends 11:2" in said(card)
    assert raised(house) == [], "what happened after the data ended is not known"
    house.person("Mina").types("/escalate detectors", "#returns")
    assert "They pause now:* the data ends" in house.person("Mina").says_last
    hears(house, team)
    house.beat()
    assert "Paused" not in card.says()
    house.person("Mina").types("/escalate detectors", "#returns")
    assert "They pause now" not in house.person("Mina").says_last
    (one,) = raised(house)
    assert one.happened_at == at(13), "the true time of the breach"


def test_a_detector_is_saved_only_after_its_rehearsal_and_only_by_a_lead(house: House, team: Team):
    days = [MONDAY - timedelta(days=n) for n in (3, 4, 5)]
    late = [{"first_response_due_at": at(11, day=day), "solved_at": at(12, day=day)} for day in days]
    past = [TicketFacts(f"P-{n}", at(9, day=days[n]), priority="urgent", **late[n]) for n in range(3)]
    hears(house, team, *past, ticket("R-1", 10))
    to(house, team, at(9, 50))
    (card,) = cards(house)
    teo, mina = house.person("Teo"), house.person("Mina")
    teo.presses(card, "Detectors")
    teo.presses(house.reads(who="Teo")[-1], "Change it")
    assert "That is for the lead of the team: Mina." in house.reads(who="Teo")[-1].says()

    mina.presses(card, "Detectors")
    board = house.reads()[-1]
    assert "Urgent or VIP ticket at risk · on" in said(board)
    mina.presses(board, "Change it")
    modal = mina.modal
    assert modal
    assert modal.submit == "Rehearse"
    mina.presses(modal, "Rehearse")
    assert "In the last 30 days: 3 alarms" in modal.says()
    assert "3 came before a real breach; there were 3 breaches" in modal.says()
    assert modal.submit == "Save"
    assert mina.submits(share="90").result == "updated", "other settings are rehearsed first"
    assert "At 75%: 3 alarms, 3 before a real breach" in modal.says()
    assert mina.submits().result == "closed"
    mina.presses(card, "Detectors")
    assert "from 90% on" in house.reads()[-1].says()


def test_one_teams_trouble_keeps_no_other_waiting(
    house: House, team: Team, monkeypatch: pytest.MonkeyPatch, lines: Callable[[], list[dict[str, Any]]]
):
    broken = house.team("Broken", "quiet")
    hears(house, broken, ticket("B-1", 10))
    with house.store.transaction() as session:
        row = people.team(session, house.workspace_id, broken.id)
        row.hours = "never o'clock"
        session.add(row)
    hears(house, team, ticket("R-1", 10))
    house.clock.at = at(9, 50)
    hears(house, team)
    jobs.watch(house.runtime)
    house.beat()
    assert len(cards(house)) == 1
    assert any(line["event"].startswith("detectors not") and line.get("team") == broken.id for line in lines())


def test_an_alarm_is_called_useful_or_not_by_whoever_may_answer(house: House, team: Team):
    hears(house, team, ticket("R-1", 13, "urgent"))
    to(house, team, at(12))
    buttons = [
        {
            "type": "button",
            "action_id": f"detector.judge{n}",
            "text": {"type": "plain_text", "text": ("Useful", "Not useful")[n]},
            "value": json.dumps({"escalation": raised(house)[0].id, "useful": n == 0}),
        }
        for n in range(2)
    ]
    house.runtime.slack.chat_postMessage(
        channel=team.channel or "", text="Was it useful?", blocks=[{"type": "actions", "elements": buttons}]
    )
    question = house.reads()[-1]
    house.person("Teo").presses(question, "Useful")
    assert house.reads(who="Teo")[-1].says() == "Noted as useful. Thank you."
    house.person("Bo").presses(question, "Not useful")
    assert "Noted" not in house.reads(who="Bo")[-1].says()
    with house.store.reading() as session:
        found = detectors.hit_rate(session, team, Kind.URGENT, MONDAY)
    assert (found.alarms, found.judged, found.useful) == (1, 1, 1)
