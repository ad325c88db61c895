"""A crisis from the burst to the review: owners, approved words, updates that are asked for, an all-clear."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from bot import at_once
from bot.local_slack import SeenMessage
from cspm_core import crises, escalations, people
from cspm_core.crises import Board
from cspm_core.escalations import Cause, Raised
from cspm_core.people import Asker, Role, Team

from .house import House
from .returns import at

WEDNESDAY = date(2026, 11, 18)
WHAT = "Every card is refused since nine"


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(WEDNESDAY, 10))


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns", holidays="US")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="nl")
    house.joins(team, "Ada", language="en")
    return team


def raises(house: House, team: Team, what: str = WHAT, **facts: object) -> Raised:
    given: dict[str, object] = {"kind": "crisis", "severity": 1, **facts}
    with house.store.transaction() as session:
        raised = escalations.raise_one(session, team, Cause("rule", what, **given), now=house.now)  # type: ignore[arg-type]
    at_once.carry_on(house.runtime)
    a_moment(house)
    return raised


def a_moment(house: House) -> None:
    """Slack takes a message a second in a channel."""
    house.turn(minutes=1)


def gathers(house: House, team: Team, parent: Raised, *customers: str) -> None:
    with house.store.transaction() as session:
        for n, customer in enumerate(customers):
            key = f"T-{house.now:%H%M}-{n}"
            cause = Cause("crisis", "One of many", cause=f"burst:{key}", ticket_key=key, customer=customer,
                          organisation=customer, parent_id=parent.escalation_id)  # fmt: skip
            escalations.raise_one(session, team, cause, now=house.now)
    a_moment(house)


def board_of(house: House, raised: Raised) -> Board:
    with house.store.reading() as session:
        crisis = crises.of_escalation(session, house.workspace_id, raised.escalation_id)
        assert crisis is not None
        return crises.board(session, house.workspace_id, crisis.id, now=house.now)


def board(house: House, who: str = "Mina") -> SeenMessage:
    """The board as it stands in the thread of the card."""
    card = house.reads(who=who)[0]
    return next(one for one in house.person(who).reads("#returns", card)[1:] if "Checklist" in one.says())


def said(house: House, who: str = "Mina") -> str:
    """Everything in the thread of the card."""
    return "\n".join(one.says() for one in house.person(who).reads("#returns", house.reads(who=who)[0]))


def takes(house: House, who: str) -> None:
    house.person(who).presses(house.reads(who=who)[0], "I take it")
    a_moment(house)


def test_a_crisis_brings_its_board_to_the_channel_at_once(house: House, team: Team):
    raises(house, team)
    assert "E1" in house.reads()[0].says()
    (shown,) = [one for one in house.reads() if "Checklist" in one.says()]
    assert "*Checklist*, 0 of 6 done" in shown.says()
    assert "nobody leads it yet" in shown.says()
    takes(house, "Mina")
    assert "*Mina* leads" in board(house).says()
    assert sum("Checklist" in one.says() for one in house.reads()) == 1
    assert house.slack.complaints == []


def test_an_escalation_that_turns_out_to_be_a_crisis_begins_one(house: House, team: Team):
    raised = raises(house, team, kind="technical", severity=2)
    assert "Checklist" not in said(house)
    with house.store.transaction() as session:
        asker = house_asker(house, "Mina")
        wanted = escalations.Edit(kind="crisis")
        escalations.edit(session, house.workspace_id, raised.escalation_id, wanted, by=asker,
                         origin=escalations.Origin.FORM, now=house.now)  # fmt: skip
    a_moment(house)
    assert "Checklist" in said(house)


def house_asker(house: House, who: str) -> Asker:
    with house.store.reading() as session:
        return people.asker(session, house.workspace_id, house.person(who).id, house.now.date())


def test_the_checklist_is_taken_and_done_by_name_and_the_second_hears_who_was_first(house: House, team: Team):
    raised = raises(house, team)
    first = board_of(house, raised).checklist[0]
    mina, ada = house.person("Mina"), house.person("Ada")
    label = "✋ I take: Say who leads until it is over, and who writes the updates"
    ada.chooses(board(house), "crisis.tick", label)
    a_moment(house)
    assert "✋ Say who leads" in board(house).says()
    assert "Ada" in board(house).says()
    done = f'{{"c":{board_of(house, raised).id},"t":{first.id},"do":"done"}}'
    option = {"text": {"type": "plain_text", "text": "Done"}, "value": done}
    stale = board(house)
    mina.chooses(stale, "crisis.tick", option)
    a_moment(house)
    ada.chooses(stale, "crisis.tick", option)
    assert "1 of 6 done" in board(house).says()
    assert "Mina was first." in said(house, "Ada")
    assert "Mina has done: Say who leads" in said(house)


def test_an_update_stands_in_the_thread_and_the_next_is_asked_for(house: House, team: Team):
    raises(house, team)
    takes(house, "Mina")
    mina = house.person("Mina")
    house.turn(minutes=18)
    mina.presses(board(house), "Post update")
    assert mina.submits(update="The bank has found the fault.").result == "closed"
    a_moment(house)
    assert "The bank has found the fault." in said(house)
    assert "The bank has found the fault." in board(house).says()
    house.turn(minutes=20)
    assert not any("an update is due" in one.text for one in mina.reads())
    house.turn(minutes=10)
    asked = mina.latest()
    assert "an update is due" in asked.text
    mina.presses(asked, "Post update")
    mina.submits(update="Cards work for a third.")
    a_moment(house)
    assert "Mina posted an update" in asked.says()
    assert "Post update" not in asked.buttons()


def test_two_intervals_of_silence_climb_again_and_say_so(house: House, team: Team):
    raised = raises(house, team)
    takes(house, "Mina")
    house.turn(minutes=31)
    with house.store.reading() as session:
        assert escalations.one(session, house.workspace_id, raised.escalation_id).status == "acknowledged"
    house.turn(minutes=31)
    with house.store.reading() as session:
        assert escalations.one(session, house.workspace_id, raised.escalation_id).status == "open"
    assert "and no answer. It climbs again." in said(house)
    assert "The next was due" in board(house).says()
    takes(house, "Mina")
    house.turn(minutes=31)
    assert sum("an update is due" in one.text for one in house.person("Mina").reads()) == 2


def test_customers_of_what_is_gathered_are_told_page_by_page(house: House, team: Team):
    raised = raises(house, team)
    gathers(house, team, raised, *(f"Warehouse {n:02}" for n in range(35)), "Warehouse 03")
    assert "*Customers*: 0 of 35 told" in board(house).says()
    ada = house.person("Ada")
    ada.presses(board(house), "Who …")
    assert ada.modal is not None
    ada.fills(told_0_0=["Warehouse 00", "Warehouse 01"])
    ada.presses(ada.modal, "Next page")
    assert "Warehouse 34" in ada.modal.says()
    ada.submits(told_1_0=["Warehouse 30"])
    a_moment(house)
    assert "*Customers*: 3 of 35 told" in board(house).says()
    assert "Ada told 2 customers." in said(house)
    ada.presses(board(house), "Who …")
    ada.submits(told_0_0=["Warehouse 01"])
    a_moment(house)
    assert "*Customers*: 2 of 35 told" in board(house).says()
    ada.presses(board(house), "Who …")
    ada.presses(ada.modal, "As CSV")
    sheet = ada.latest().files[0].data.decode("utf-8-sig")
    assert sheet.count("\r\n") == 36
    assert "Warehouse 30,Warehouse 30,,T-1501-30,,2026-11-18 10:02,Ada" in sheet


def test_a_crisis_that_goes_on_gathers_who_comes_later(house: House, team: Team):
    raised = raises(house, team)
    gathers(house, team, raised, "Warehouse 1")
    house.turn(minutes=10)
    gathers(house, team, raised, "Warehouse 2", "")
    assert "*Customers*: 0 of 2 told" in board(house).says()


def test_the_words_are_ready_in_four_languages(house: House, team: Team):
    raises(house, team)
    teo = house.person("Teo")
    teo.presses(board(house), "crisis.words")
    assert teo.modal is not None
    shown = teo.modal.says()
    for language in ("English", "繁體中文", "Nederlands", "한국어"):
        assert language in shown
    assert shown.count(WHAT) == 5


def test_from_the_all_clear_to_the_review_with_actions(house: House, team: Team):
    raised = raises(house, team)
    gathers(house, team, raised, "Warehouse 1", "Warehouse 2")
    takes(house, "Mina")
    mina = house.person("Mina")
    mina.presses(board(house), "All clear")
    assert mina.submits(clear="All cards work again.").result == "closed"
    a_moment(house)
    assert "All clear · E1" in board(house).says()
    assert "All cards work again." in said(house)
    assert "Post update" not in board(house).buttons()
    with house.store.reading() as session:
        asker = house_asker(house, "Mina")
        assert escalations.listing(session, asker, house.workspace_id, "open", team=None, now=house.now) == []
        found = escalations.listing(session, asker, house.workspace_id, "resolved", team=None, now=house.now)
    assert len(found) == 3
    house.turn_to(at(date(2026, 11, 25), 8, 50), timedelta(hours=2))
    assert not any("time to look back" in one.text for one in mina.reads())
    house.turn_to(at(date(2026, 11, 25), 9, 10))
    asked = mina.latest()
    assert "time to look back" in asked.text
    assert "time to look back" in "".join(one.text for one in mina.reads("#returns", house.reads()[0]))
    mina.presses(asked, "Write the review")
    sent = mina.submits(
        happened="A certificate had changed.", went_well="One voice.", what_1="Watch the page", owner_1="Teo",
        day_1="2026-12-10", what_3="Ask for a calendar of changes",
    )  # fmt: skip
    assert sent.result == "closed"
    a_moment(house)
    assert "A certificate had changed." in said(house)
    assert "Watch the page (Teo" in asked.says()
    assert "Ask for a calendar of changes (Mina" in asked.says()
    house.turn(days=9)
    assert sum("look back" in one.text for one in mina.reads()) == 0


def test_a_review_that_nobody_writes_is_asked_for_three_more_days_then_the_manager_hears(house: House, team: Team):
    house.joins(team, "Bo", Role.MANAGER)
    raises(house, team)
    takes(house, "Mina")
    mina = house.person("Mina")
    mina.presses(board(house), "All clear")
    mina.submits(clear="Over.")
    house.turn_to(at(date(2026, 12, 11), 18), timedelta(hours=4))
    assert sum("time to look back" in one.text for one in mina.reads()) == 4
    assert sum("time to look back" in one.text for one in house.person("Bo").reads()) == 1


def test_resolving_it_without_an_all_clear_ends_it_too_and_reopening_goes_on(house: House, team: Team):
    raised = raises(house, team)
    asker = house_asker(house, "Mina")
    with house.store.transaction() as session:
        escalations.resolve(session, house.workspace_id, raised.escalation_id, escalations.Ending(), by=asker,
                            origin=escalations.Origin.BUTTON, now=house.now)  # fmt: skip
    a_moment(house)
    assert "All clear" in board(house).says()
    with house.store.transaction() as session:
        escalations.open_again(session, house.workspace_id, raised.escalation_id, by=asker,
                               origin=escalations.Origin.BUTTON, now=house.now)  # fmt: skip
    a_moment(house)
    assert "Post update" in board(house).buttons()
    house.turn(minutes=31)
    assert any("an update is due" in one.text for one in house.person("Mina").reads())


def test_somebody_of_another_team_cannot_give_the_all_clear(house: House, team: Team):
    raises(house, team)
    takes(house, "Mina")
    ada = house.person("Ada")
    ada.presses(board(house), "All clear")
    assert ada.modal is None
    assert "Mina has E1" in said(house, "Ada")


def test_a_lead_approves_a_plan_of_the_teams_own(house: House, team: Team):
    raised = raises(house, team)
    mina = house.person("Mina")
    menu = next(one for one in house.reads() if "escalation.more" in one.action_ids())
    mina.chooses(menu, "escalation.more", "Crisis plan …")
    assert mina.modal is not None
    mina.chooses(mina.modal, "crisis.plan.edit", "Technical")
    assert mina.modal.submit == "Approve and save"
    wrong = mina.submits(checklist="the baker: Call the bank")
    assert "the baker" in wrong.errors["checklist"]
    plan = "lead: Say who leads until it is over, and who writes the updates\nTeo: Call the bank"
    sent = mina.submits(name="Payments down", checklist=plan, update_every="15", words_ko="{team}: 확인하고 있습니다.")
    assert sent.result == "closed"
    mina.closes()
    mina.chooses(menu, "escalation.more", "Crisis plan …")
    mina.submits(plan="Payments down")
    a_moment(house)
    shown = board(house).says()
    assert "Call the bank · Teo" in shown
    assert "approved by Mina" in shown
    assert board_of(house, raised).update_every_s == 900
