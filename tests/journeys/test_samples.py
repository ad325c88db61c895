"""A week drawn for review: told, worked off, replaced with a reason, reminded, and seen by the lead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.local_slack import Seat, SeenMessage
from cspm_core import people, qa, samples
from cspm_core.people import Role, Team
from cspm_core.qa.rules import Criterion, Definition, Section
from cspm_core.samples import QaDraw, QaPick
from cspm_core.tickets import TicketFacts

from .house import House
from .returns import at

MONDAY = date(2026, 11, 2)
"""The Monday after New York turned its clocks back, on Sunday the first."""
DAY = timedelta(days=1)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    """The Saturday before."""
    return house_at(at(MONDAY - 2 * DAY, 12))


def returns(house: House, reviewers: Sequence[str] = ("Ada", "Bo"), **wanted: Any) -> Team:
    """Mina leads and the reviewers review; Teo and Grace work. Two of each agent a week."""
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="en")
    for who in reviewers:
        house.joins(team, who, Role.QA_REVIEWER, language="en")
    with house.store.transaction() as session:
        samples.change_plan(session, team, now=house.now, is_on=True, **wanted)
        scale = ("no", "yes")
        card = Definition((Section("All", (Criterion("tone", "Tone", scale), Criterion("facts", "Facts", scale))),))
        qa.save_scorecard(session, team, "Mail", card, by=None, now=house.now)
    return team


def solved(n: int, agents: Sequence[str] = ("Teo", "Grace Kim"), week: date = MONDAY - 7 * DAY) -> list[TicketFacts]:
    return [
        TicketFacts(
            f"R-{week:%m%d}-{i}",
            at(week + i % 5 * DAY, 9),
            agent=agents[i % len(agents)],
            channel="email",
            solved_at=at(week + i % 5 * DAY, 15),
            url=f"https://desk.example/{i}",
            subject="Where is my parcel?",
        )
        for i in range(n)
    ]


def comes(house: House, team: Team, facts: list[TicketFacts], reach: date = MONDAY + 30 * DAY) -> None:
    house.imports(team, facts, at(reach, 0))


def until(house: House, instant: datetime) -> None:
    """Up to an instant: half a day at a time, and by ten minutes at its end."""
    house.turn_to(max(house.now, instant - timedelta(minutes=10)), timedelta(hours=12))
    house.turn_to(instant)


def queue_of(house: House, who: str) -> SeenMessage:
    """What somebody sees who types /qa queue."""
    seat = house.person(who)
    seat.types("/qa queue", "#returns")
    return seat.reads("#returns")[-1]


def drawn(house: House) -> list[QaDraw]:
    with house.store.reading() as session:
        return list(session.exec(select(QaDraw).order_by(col(QaDraw.week))))


def picks(house: House) -> list[QaPick]:
    with house.store.reading() as session:
        return list(session.exec(select(QaPick).order_by(col(QaPick.id))))


def told(seat: Seat) -> list[str]:
    return [one.text for one in seat.reads()]


def review(house: House, who: str) -> None:
    """The first of a queue, everything fine."""
    seat = house.person(who)
    seat.presses(queue_of(house, who), "Review it")
    assert seat.modal is not None, seat.says_last
    sent = seat.submits()
    assert sent.result in ("closed", "updated"), sent
    seat.closes() if seat.modal else None


def test_a_week_is_drawn_at_nine_in_the_teams_zone_though_the_clocks_were_turned_back(house: House):
    team = returns(house)
    comes(house, team, solved(40))
    until(house, at(MONDAY, 8, 50))
    assert [one.week for one in drawn(house)] == [MONDAY - 14 * DAY], "what was over when it was switched on"
    until(house, at(MONDAY, 9))
    assert house.now.hour == 14
    first, second = drawn(house)
    assert (second.week, second.at, second.population, second.drawn) == (MONDAY - 7 * DAY, house.now, 40, 4)
    assert first.drawn == 0
    ada = house.person("Ada")
    assert told(ada) == ["2 conversations of Returns are yours to review"]
    assert "due Fri" in ada.latest().says()
    until(house, at(MONDAY + 7 * DAY, 9))
    assert len(drawn(house)) == 3


def test_a_bot_that_was_down_draws_late_rather_than_never(house: House):
    team = returns(house)
    comes(house, team, solved(40))
    house.sleeps_until(at(MONDAY + 2 * DAY, 11))
    house.beat()
    assert [one.week for one in drawn(house)] == [MONDAY - 7 * DAY]


def test_a_reviewer_works_the_queue_off_and_the_message_says_so(house: House):
    team = returns(house)
    comes(house, team, solved(40))
    until(house, at(MONDAY, 10))
    shown = queue_of(house, "Ada")
    assert shown.text == "2 conversations are yours to review"
    assert shown.buttons() == ["Review it", "Replace", "Review it", "Replace"]
    assert "drawn at random" in shown.says()
    review(house, "Ada")
    assert queue_of(house, "Ada").text == "1 conversation is yours to review"
    house.turn(minutes=10)
    assert "✓" in house.person("Ada").latest().says()
    review(house, "Ada")
    house.turn(minutes=10)
    assert house.person("Ada").latest().text.startswith("✓ 2 conversations of Returns reviewed")
    assert house.person("Ada").latest().buttons() == []
    assert queue_of(house, "Ada").text == "Nothing is yours to review"
    assert "draws its next sample" in queue_of(house, "Ada").says()
    assert sorted(one.status for one in picks(house)) == ["done", "done", "open", "open"]
    assert house.slack.complaints == []


def test_one_that_cannot_be_reviewed_is_replaced_with_a_reason_and_the_lead_sees_it(house: House):
    team = returns(house)
    comes(house, team, solved(40))
    until(house, at(MONDAY, 10))
    ada = house.person("Ada")
    shown = queue_of(house, "Ada")
    ada.presses(shown, "Replace")
    assert ada.modal is not None
    assert list(ada.submits().errors) == ["reason"]
    assert list(ada.submits(reason="Something else").errors) == ["said"]
    assert ada.submits(said="It is all in Finnish").result == "closed"
    again = ada.reads("#returns")[-1]
    assert "is replaced by" in again.says()
    assert len([one for one in again.buttons() if one == "Review it"]) == 2
    ada.presses(shown, "Replace")
    progress = queue_of(house, "Mina")
    assert progress.text == "Returns: 0 of 4 reviewed"
    assert "It is all in Finnish" in progress.says()
    assert "40 solved tickets, seed" in progress.says()
    [by_reviewer, by_agent] = progress.tables()
    assert by_reviewer[1:] == [["Ada", "2", "0", "0", "1", "0"], ["Bo", "2", "0", "0", "0", "0"]]
    assert [row[0] for row in by_agent[1:]] == ["Grace Kim", "Teo"]
    assert house.slack.complaints == []


def test_reminded_on_the_day_and_once_when_late_and_then_the_lead_sees_it(house: House):
    team = returns(house, reviewers=("Ada",), due_days=2)
    comes(house, team, solved(6))
    until(house, at(MONDAY + DAY, 8, 50))
    ada = house.person("Ada")
    assert len(told(ada)) == 1
    until(house, at(MONDAY + DAY, 12))
    assert told(ada)[1:] == ["4 reviews of Returns are due today"]
    review(house, "Ada")
    until(house, at(MONDAY + 2 * DAY, 8, 50))
    assert len(told(ada)) == 2
    until(house, at(MONDAY + 4 * DAY, 9))
    assert told(ada)[2:] == ["3 reviews of Returns are late"]
    assert "3 late" in queue_of(house, "Mina").says()
    assert "1 of 4 reviewed" in queue_of(house, "Mina").text
    review(house, "Ada")
    house.turn(minutes=10)
    assert told(ada)[2:] == ["2 reviews of Returns are late"]


def test_a_reviewer_who_is_an_agent_too_never_reviews_themselves_and_the_lead_takes_it(house: House):
    team = returns(house, reviewers=("Teo",))
    comes(house, team, solved(20))
    until(house, at(MONDAY, 10))
    assert told(house.person("Mina")) == ["Returns: 2 conversations have nobody who may review them"]
    mina = house.person("Mina")
    mina.presses(mina.latest(), "Show them")
    standing = mina.latest()
    assert standing.buttons().count("I review it") == 2
    mina.presses(standing, "I review it")
    mina.types("/qa queue", "#returns")
    mine, progress = mina.reads("#returns")[-2:]
    assert mine.text == "1 conversation is yours to review"
    assert "Teo" in mine.says()
    assert progress.buttons().count("I review it") == 1
    assert {one.reviewer_id for one in picks(house)} == {house.known["Teo"].id, house.known["Mina"].id, None}
    assert house.slack.complaints == []


def test_a_week_without_anything_solved_bothers_nobody(house: House):
    team = returns(house)
    comes(house, team, [])
    until(house, at(MONDAY, 10))
    assert drawn(house)[-1].population == 0
    assert [told(house.person(who)) for who in ("Ada", "Bo", "Mina")] == [[], [], []]
    assert "Nothing was solved in that week" in queue_of(house, "Mina").says()
    assert queue_of(house, "Ada").text == "Nothing is yours to review"


def test_an_agent_has_no_queue_and_a_stranger_no_team(house: House):
    returns(house, reviewers=("Ada",))
    teo, bo = house.person("Teo"), house.person("Bo")
    teo.types("/qa queue", "#returns")
    assert "reviewers and leads" in teo.says_last
    bo.types("/qa queue", "#returns")
    assert "reviewers and leads" in bo.says_last
    bo.types("/qa queue Returns", "#returns")
    assert "Returns" in bo.says_last


def test_what_is_overdue_comes_first_and_a_long_queue_turns_its_page(house: House):
    team = returns(house, reviewers=("Ada",), amount=6)
    comes(house, team, solved(40))
    until(house, at(MONDAY, 10))
    shown = queue_of(house, "Ada")
    assert shown.buttons().count("Review it") == 8
    house.person("Ada").presses(shown, "Show 4 more")
    assert house.person("Ada").reads("#returns")[-1].buttons().count("Review it") == 4


def test_the_lead_changes_the_plan_and_sees_what_it_means(house: House):
    team = returns(house, reviewers=("Ada",))
    comes(house, team, solved(40, week=MONDAY - 14 * DAY))
    mina = house.person("Mina")
    mina.types("/qa settings", "#returns")
    shown = mina.reads("#returns")[-1]
    assert "2 conversations of each agent" in shown.says()
    assert "About 4 reviews a week, a margin of ±47 points" in shown.says()
    mina.presses(shown, "Change the plan")
    assert mina.modal is not None
    mina.fills(amount="12")
    assert "About 24 reviews a week" in mina.modal.says()
    mina.fills(unit="percent of what was solved")
    assert "About 5 reviews a week" in mina.modal.says()
    assert list(mina.submits(amount="0").errors) == ["amount"]
    sent = mina.submits(
        amount="50",
        prompted=["Low ratings"],
        strata=["Contact channel"],
        due_days="3",
        told_below="70",
        draw_weekday="Tuesday",
    )
    assert sent.result == "closed"
    assert "Changed: how you review." in shown.says()
    assert "About 20 reviews a week" in shown.says()
    assert "Tuesday at 9:00" in shown.says()
    with house.store.reading() as session:
        plan = samples.plan_of(session, people.team(session, house.workspace_id, team.id))
    assert (plan.amount, plan.unit, plan.strata, plan.prompted) == (50, "percent", "channel", "low_rating")
    assert (plan.due_days, plan.told_below, plan.draw_weekday, plan.is_on) == (3, 70, 1, True)
    ada = house.person("Ada")
    ada.types("/qa settings", "#returns")
    assert "Mina" in ada.says_last
    assert house.slack.complaints == []


def test_data_that_comes_late_is_waited_for(house: House):
    team = returns(house)
    comes(house, team, solved(6), reach=MONDAY - DAY)
    with house.store.transaction() as session:
        samples.draw(session, team, MONDAY - 14 * DAY, now=house.now)
    until(house, at(MONDAY, 11))
    assert len(drawn(house)) == 1
    comes(house, team, solved(40), reach=MONDAY)
    house.turn(minutes=10)
    assert drawn(house)[-1].population == 40
