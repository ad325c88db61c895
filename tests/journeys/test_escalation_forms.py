"""Escalations through their modals, menus and threads: raised, taken, put aside, handed over, resolved."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot import at_once, ids
from bot.escalations import timeline_views
from bot.escalations.examples import FRESH
from bot.escalations.spoken import split_list, understand
from bot.local_slack import Seat, SeenMessage
from bot.local_slack.model import Json
from bot.words import Words
from cspm_core import escalations
from cspm_core.escalations import Escalation, EscalationEvent, Line
from cspm_core.people import Role, Team
from cspm_core.tickets import TicketFacts

from .house import House
from .returns import at

WEDNESDAY = date(2026, 11, 18)
WHAT = "The refund is three weeks late"


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(WEDNESDAY, 10))


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns", holidays="US")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="nl")
    house.joins(team, "Ada")
    return team


def raises(house: House, who: str = "Ada", words: str = "", **filled: Any) -> Escalation:
    """Somebody types /escalate, fills the modal and sends it."""
    seat = house.person(who)
    assert seat.types(f"/escalate {words}", "#returns") == "ok"
    assert seat.submits(**filled).result == "closed"
    house.slack.settle()
    return standing(house)[-1]


def standing(house: House) -> list[Escalation]:
    with house.store.reading() as session:
        return list(session.exec(select(Escalation).order_by(Escalation.number)))  # type: ignore[arg-type]


def events(house: House, one: Escalation) -> list[str]:
    with house.store.reading() as session:
        rows = session.exec(select(EscalationEvent).where(EscalationEvent.escalation_id == one.id))
        return [row.kind for row in sorted(rows, key=lambda row: row.id)]


def chooses(house: House, seat: Seat, where: SeenMessage, do: str) -> None:
    """Something in the card's menu, by its key."""
    menu = next(
        element
        for block in where.blocks
        for element in block.get("elements", [])
        if element.get("action_id") == ids.ESCALATION_MORE
    )
    option: Json = next(one for one in menu["options"] if f'"do":"{do}"' in one["value"])
    assert seat.chooses(where, ids.ESCALATION_MORE, option) == "ok"
    house.slack.settle()


def moment(at: datetime) -> int:
    return int(at.timestamp())


def test_what_was_typed_stands_in_the_modal_and_reaches_the_lead(house: House, team: Team):
    house.imports(team, [TicketFacts("RET-7", house.now - timedelta(days=3), subject="Refund", customer="Ada Boone",
                                     organisation="Acme", url="https://desk.example/7")], house.now)  # fmt: skip
    ada, mina = house.person("Ada"), house.person("Mina")
    ada.types("/escalate RET-7 the refund is late", "#returns")
    assert ada.modal
    assert ada.modal.state["about"]["about"]["value"] == "RET-7"
    assert ada.modal.state["what"]["what"]["value"] == "the refund is late"
    until = house.now + timedelta(hours=4)
    sent = ada.submits(severity="2", kind="complaint", promise="A call", promise_until=moment(until))
    assert sent.result == "closed"
    (direct,) = mina.reads()
    assert "E1" in direct.text
    assert "Acme" in direct.says()
    assert "A call" in direct.says()
    mina.presses(direct, "I take it")
    (card,) = house.reads()
    thread = mina.reads("#returns", card)
    assert any("Mina takes it" in line.text for line in thread)
    (own,) = ada.reads()
    assert "Mina" in own.says()
    assert "Acme" in card.says()
    assert house.slack.complaints == []


def test_a_modal_that_is_sent_twice_raises_one(house: House, team: Team):
    ada = house.person("Ada")
    ada.types("/escalate", "#returns")
    assert ada.modal
    ada.fills(what=WHAT)
    view = ada.modal.raw
    assert ada.submits().result == "closed"
    house.slack.views.push(ada.id, view.given)
    again = house.slack.views.stacks[ada.id][-1]
    again.id, again.values = view.id, view.values
    assert ada.submits().result == "closed"
    assert [one.count for one in standing(house)] == [1]
    assert len(house.person("Mina").reads()) == 1


def test_nothing_typed_is_lost_where_something_is_to_mend(house: House, team: Team):
    ada = house.person("Ada")
    ada.types("/escalate", "#returns")
    sent = ada.submits(what=WHAT, promise="A call", promise_until=moment(house.now - timedelta(hours=1)))
    assert list(sent.errors) == ["promise_until"]
    assert standing(house) == []
    sent = ada.submits(promise_until=None)
    assert list(sent.errors) == ["promise_until"]
    assert ada.modal
    assert ada.modal.state["what"]["what"]["value"] == WHAT
    assert ada.submits(promise_until=moment(house.now + timedelta(hours=1))).result == "closed"
    assert standing(house)[0].promise == "A call"


def test_a_message_carries_its_words_and_its_thread(house: House, team: Team):
    bo, teo = house.person("Bo"), house.person("Teo")
    message = bo.types("@Ada the customer of <https://desk.example/9|R-9> shouts at everybody", "#returns")
    assert isinstance(message, SeenMessage)
    assert teo.uses_shortcut(ids.ESCALATE_MESSAGE, message) == "ok"
    assert teo.modal
    assert "shouts at everybody" in teo.modal.state["what"]["what"]["value"]
    assert "<@" not in teo.modal.state["what"]["what"]["value"]
    assert teo.submits().result == "closed"
    (one,) = standing(house)
    assert one.message_ts == message.ts
    assert one.message_url.endswith("/p" + message.ts.replace(".", ""))
    (line,) = [m for m in bo.reads("#returns", message) if m.bot]
    assert "E1" in line.text
    bo.types("He calls again at noon", thread=message)
    house.slack.settle()
    assert "noted" in events(house, one)
    direct = house.person("Mina").reads()[-1]
    house.person("Mina").presses(direct, "I take it")
    assert "Mina" in line.text
    teo.uses_shortcut(ids.ESCALATE_MESSAGE, message)
    assert teo.modal
    assert "E1" in teo.modal.says()
    assert teo.submits().result == "closed"
    assert [one.count for one in standing(house)] == [2]
    assert house.slack.complaints == []


def test_answers_in_the_thread_of_a_card_are_part_of_it_once(house: House, team: Team):
    one = raises(house, what=WHAT)
    (card,) = house.reads()
    ada = house.person("Ada")
    said = ada.types("The courier has it", thread=card)
    assert isinstance(said, SeenMessage)
    ada.types("Something else", "#returns")
    house.slack.settle()
    with house.store.transaction() as session:
        by = house.known["Ada"].id
        escalations.note_answer(session, house.workspace_id, one.id, by=by, ts=said.ts, words="again", now=house.now)
    assert events(house, one).count("noted") == 1


def test_the_second_to_press_is_told_who_was_first(house: House, team: Team):
    raises(house, what=WHAT)
    mina, teo = house.person("Mina"), house.person("Teo")
    teo.types("/escalate E1", "#returns")
    before = teo.reads("#returns")[-1]
    assert before.ephemeral
    assert "Ik pak het op" in before.buttons()
    chooses(house, teo, before, "take_note")
    mina.presses(house.reads()[0], "I take it")
    assert teo.submits(note="I call them").result == "closed"
    assert "Mina" in teo.says_last
    teo.presses(before, "Ik pak het op")
    assert "Mina" in teo.says_last
    (one,) = standing(house)
    assert one.owner_id == house.known["Mina"].id
    assert events(house, one).count("seen_too") == 1


def test_a_stranger_is_told_who_has_it(house: House, team: Team):
    raises(house, what=WHAT)
    (card,) = house.reads()
    mina, bo = house.person("Mina"), house.person("Bo")
    mina.presses(card, "I take it")
    (card, *_) = house.reads()
    bo.presses(card, "Resolve")
    assert bo.modal is None
    assert "Mina" in bo.says_last
    assert standing(house)[0].status == "acknowledged"


def test_put_aside_it_goes_on_where_it_was(house: House, team: Team):
    raises(house, what=WHAT)
    mina = house.person("Mina")
    (card,) = house.reads()
    chooses(house, mina, card, "snooze")
    too_far = mina.submits(until=moment(house.now + timedelta(days=9)))
    assert list(too_far.errors) == ["until"]
    assert list(mina.submits(until=moment(house.now - timedelta(hours=1))).errors) == ["until"]
    assert mina.submits(until=None, **{"for": "3600"}).result == "closed"
    assert standing(house)[0].snoozed_until == house.now + timedelta(hours=1)
    house.turn(minutes=50)
    assert "told" not in events(house, standing(house)[0])[3:]
    house.turn(hours=3)
    (one,) = standing(house)
    assert one.snoozed_until is None
    assert "woken" in events(house, one)
    assert events(house, one)[2:5] == ["snoozed", "woken", "told"]


def test_until_the_team_begins_is_its_next_morning(house: House, team: Team):
    raises(house, what=WHAT)
    mina = house.person("Mina")
    chooses(house, mina, house.reads()[0], "snooze")
    assert mina.submits(**{"for": "morning"}).result == "closed"
    assert standing(house)[0].snoozed_until == at(date(2026, 11, 19), 9)


def test_another_team_has_it_and_climbs_its_own_way(house: House, team: Team):
    other = house.team("Billing", channel="quiet")
    house.joins(other, "Bo", Role.LEAD, language="en")
    house.person("Teo").invites("app", "#quiet")
    raises(house, what=WHAT)
    mina, bo = house.person("Mina"), house.person("Bo")
    chooses(house, mina, house.reads()[0], "hand")
    assert mina.modal
    assert "person" in mina.modal.fields()
    assert "team" not in mina.modal.fields()
    mina.fills(note="It is about the invoice", to="team")
    assert mina.modal
    assert "team" in mina.modal.fields()
    assert "person" not in mina.modal.fields()
    assert mina.modal.state["note"]["note"]["value"] == "It is about the invoice"
    assert mina.submits(team="Billing").result == "closed"
    house.slack.settle()
    (one,) = standing(house)
    assert one.team_id == other.id
    (direct,) = bo.reads()
    assert "E1" in direct.text
    assert any("E1" in message.text for message in house.reads("#quiet", who="Teo"))
    assert "Billing" in house.reads()[0].says()


def test_a_department_has_it_until_a_date_and_its_owner_is_asked_then(house: House, team: Team):
    raises(house, what=WHAT)
    mina = house.person("Mina")
    chooses(house, mina, house.reads()[0], "hand")
    mina.fills(to="department")
    late = mina.submits(department="Logistics", due=moment(house.now - timedelta(hours=1)))
    assert list(late.errors) == ["due"]
    assert mina.submits(due=moment(house.now + timedelta(hours=2))).result == "closed"
    (one,) = standing(house)
    assert one.owner_id == house.known["Mina"].id
    assert "Logistics" in house.reads()[0].says()
    house.turn(hours=3)
    assert "handed_due" in events(house, one)


def test_a_colleague_is_asked_first(house: House, team: Team):
    raises(house, what=WHAT)
    mina, bo = house.person("Mina"), house.person("Bo")
    chooses(house, mina, house.reads()[0], "hand")
    assert mina.submits(person="Bo", note="You know them").result == "closed"
    house.slack.settle()
    direct = bo.reads()[-1]
    assert "E1" in direct.text
    bo.presses(direct, "I take it")
    assert standing(house)[0].status == "acknowledged"


def test_changed_it_climbs_as_the_new_severity_says(house: House, team: Team):
    raises(house, what=WHAT)
    mina = house.person("Mina")
    chooses(house, mina, house.reads()[0], "change")
    wrong = mina.submits(promise="A call", promise_until=moment(house.now - timedelta(hours=1)))
    assert list(wrong.errors) == ["promise_until"]
    until = house.now + timedelta(hours=3)
    assert mina.submits(severity="1", kind="billing", promise_until=moment(until), holds="86400").result == "closed"
    (one,) = standing(house)
    assert (one.severity, one.kind, one.promise, one.promise_due_at) == (1, "billing", "A call", until)
    assert one.acknowledge_for_s == 86_400
    chooses(house, mina, house.reads()[0], "promise_kept")
    (one,) = standing(house)
    assert one.promise_kept_at == house.now


def test_resolved_with_what_prevents_it_and_reopened_where_the_customer_is_not_satisfied(house: House, team: Team):
    facts = [TicketFacts(f"RET-{n}", house.now - timedelta(days=3), customer="Ada Boone", organisation="Acme",
                         url=f"https://desk.example/{n}") for n in (7, 8)]  # fmt: skip
    house.imports(team, facts, house.now)
    mina, teo = house.person("Mina"), house.person("Teo")
    raises(house, words="RET-7 late", kind="complaint")
    mina.presses(house.reads()[0], "Resolve")
    mina.submits(cause_found="Lost parcel", solution="Sent anew")
    house.turn(hours=1)
    raises(house, words="RET-8 late again", kind="complaint")
    card = house.reads()[-1]
    mina.presses(card, "Resolve")
    assert mina.modal
    assert "E1" in mina.modal.says()
    assert "Sent anew" in mina.modal.says()
    assert mina.modal.state["check_back"]["check_back"]["selected_date"] == "2026-11-23"
    nobody = mina.submits(prevent_owner="Bo", prevent_day="2026-11-25")
    assert list(nobody.errors) == ["prevent"]
    sent = mina.submits(cause_found="Carrier", solution="Another carrier", like="E1 · late", prevent="Ask the carrier")
    assert sent.result == "closed"
    first, second = standing(house)
    assert second.status == "resolved"
    assert second.like_id == first.id
    assert "prevention" in events(house, second)
    card = house.reads()[-1]
    assert "Ask the carrier" in card.says()
    assert "E1" in card.says()
    house.turn_to(at(date(2026, 11, 23), 9, 20), step=timedelta(hours=1))
    asked = [m for m in mina.reads() if "Not satisfied" in m.buttons() and "E2" in m.text]
    assert len(asked) == 1
    mina.presses(asked[0], "Not satisfied")
    assert standing(house)[1].status == "open"
    assert teo.modal is None
    assert house.slack.complaints == []


def test_where_the_team_wants_reasons_they_are_asked_for(house: House, team: Team):
    with house.store.transaction() as session:
        escalations.change_settings(session, team, now=house.now, needs_reason=True)
    raises(house, what=WHAT)
    mina = house.person("Mina")
    mina.presses(house.reads()[0], "Resolve")
    assert set(mina.submits().errors) == {"cause_found", "solution"}
    assert list(mina.submits(cause_found="Lost", solution="   ").errors) == ["solution"]
    assert mina.submits(solution="Sent anew").result == "closed"


def test_conduct_never_stands_in_a_channel(house: House, team: Team):
    mina, bo = house.person("Mina"), house.person("Bo")
    message = bo.types("He swore at a customer", "#returns")
    assert isinstance(message, SeenMessage)
    ada = house.person("Ada")
    ada.uses_shortcut(ids.ESCALATE_MESSAGE, message)
    assert ada.submits(kind="conduct").result == "closed"
    house.turn(hours=4)
    assert not [m for m in house.reads() if m.bot and ("E1" in m.says() or "swore" in m.says())]
    assert not [m for m in bo.reads("#returns", message) if m.bot]
    assert "swore" in mina.reads()[0].says()
    house.person("Teo").types("/escalate E1", "#returns")
    assert "swore" not in house.person("Teo").says_last


def test_what_becomes_conduct_loses_its_words_in_the_channel(house: House, team: Team):
    raises(house, what="He swore at a customer")
    mina = house.person("Mina")
    (card,) = house.reads()
    mina.presses(card, "I take it")
    chooses(house, mina, card, "change")
    assert mina.submits(kind="conduct").result == "closed"
    house.slack.settle()
    assert all("swore" not in m.says() for m in mina.reads("#returns", card))
    assert all("Mina" not in m.says() for m in mina.reads("#returns", card))
    assert "swore" in mina.reads()[0].says()


def test_a_ticket_of_another_team_is_named_and_tells_nothing_more(house: House, team: Team):
    other = house.team("Billing", channel="quiet")
    facts = [TicketFacts("BIL-1", house.now - timedelta(days=3), customer="Hans Muster", organisation="Umbrella")]
    house.imports(other, facts, house.now)
    one = raises(house, what=WHAT, about="BIL-1")
    assert (one.ticket_key, one.customer, one.organisation) == ("BIL-1", "", "")
    assert "Umbrella" not in house.reads()[0].says()
    two = raises(house, what=WHAT, about="Hans Muster")
    assert (two.ticket_key, two.customer) == ("", "Hans Muster")


def test_a_ticket_in_a_list_is_escalated_from_there(house: House, team: Team):
    facts = [TicketFacts(f"RET-{n}", house.now - timedelta(hours=5 + n), subject=f"Parcel {n}", customer="Ada Boone")
             for n in range(6)]  # fmt: skip
    house.imports(team, facts, house.now)
    mina = house.person("Mina")
    mina.types("/kpi team", "#returns")
    mina.chooses(mina.reads("#returns")[-1], ids.KPI_TICKETS, "First response time")
    shown = mina.reads("#returns")[-1]
    mina.chooses(shown, ids.ESCALATE_TICKET, "RET-3 · Parcel 3")
    assert mina.modal
    assert mina.modal.state["about"]["about"]["value"] == "RET-3"
    assert mina.submits(what=WHAT).result == "closed"
    (one,) = standing(house)
    assert (one.source, one.ticket_key, one.customer) == ("ticket", "RET-3", "Ada Boone")


def test_the_timeline_is_shown_and_handed_over_as_a_file(house: House, team: Team):
    one = raises(house, what=WHAT)
    mina = house.person("Mina")
    (card,) = house.reads()
    mina.types("=1+1", thread=card)
    chooses(house, mina, card, "timeline")
    assert mina.modal
    assert "=1+1" in mina.modal.says()
    mina.presses(mina.modal, "All as CSV")
    file = [name for message in mina.reads() for name in message.files][-1]
    rows = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))
    assert len(rows) == 1 + len(events(house, one))
    assert rows[-1][-1] == "'=1+1"
    assert rows[1][0].endswith("Z")


def test_whoever_reports_it_too_follows_it_too(house: House, team: Team):
    raises(house, "Ada", "RET-9 late")
    raises(house, "Bo", "RET-9 late again")
    (one,) = standing(house)
    assert one.count == 2
    bo = house.person("Bo")
    assert any("E1" in m.text for m in bo.reads())
    house.person("Mina").presses(house.person("Mina").reads()[0], "I take it")
    assert any("Mina" in m.says() for m in bo.reads())


def test_words_are_never_refused(house: House, team: Team):
    ada = house.person("Ada")
    for words in ("list of wishes from a customer", "help me with RET-1", "settings are broken", "2 customers wait"):
        ada.types(f"/escalate {words}", "#returns")
        assert ada.modal
        assert words in ada.modal.state["what"]["what"]["value"]
        ada.closes()
    for words in ("help", "도움말", "hulp", "說明"):
        ada.types(f"/escalate {words}", "#returns")
        assert ada.modal is None
        assert "/escalate E12" in ada.says_last
    ada.types("/escalate E99", "#returns")
    assert "E99" in ada.says_last


@pytest.mark.parametrize("language", ["nl", "ko", "zh_TW"])
def test_the_modal_opens_in_every_language(house: House, team: Team, language: str):
    house.joins(team, "Bo", language=language)
    one = raises(house, "Bo", what=WHAT)
    card = house.reads()[0]
    bo = house.person("Bo")
    for do in ("take_note", "snooze", "hand", "change", "timeline"):
        chooses(house, bo, card, do)
        assert bo.modal
        assert bo.modal.title
        bo.closes()
    assert one.number == 1
    assert house.slack.complaints == []


def test_a_workspace_of_many_teams_is_asked_for_them(house: House, team: Team):
    for n in range(22):
        house.team(f"Team {n:02}", channel="quiet")
    ada = house.person("Ada")
    ada.types("/escalate", "#returns")
    assert ada.modal
    offered = ada.options(ada.modal, ids.ESCALATE_TEAM, "team 1")
    assert len(offered) == 10
    assert ada.submits(what=WHAT, team=offered[0]).result == "closed"
    assert standing(house)[0].team_id == int(offered[0]["value"])


def test_somebody_of_no_team_raises_one_where_they_are(house: House, team: Team):
    one = raises(house, "Bo", what=WHAT)
    assert one.team_id == team.id
    assert any("E1" in m.text for m in house.person("Bo").reads())


def test_it_is_given_back_and_climbs_again(house: House, team: Team):
    raises(house, what=WHAT)
    mina = house.person("Mina")
    (card,) = house.reads()
    mina.presses(card, "I take it")
    chooses(house, mina, card, "release")
    (one,) = standing(house)
    assert one.status == "open"
    assert one.owner_id is None
    at_once.carry_on(house.runtime)
    assert len(mina.reads()) == 2


def test_whoever_raised_it_can_say_that_it_is_not_over(house: House, team: Team):
    raises(house, "Bo", what=WHAT)
    mina, bo = house.person("Mina"), house.person("Bo")
    mina.presses(house.reads()[0], "Resolve")
    assert mina.submits().result == "closed"
    own = bo.reads()[0]
    bo.presses(own, "Timeline")
    assert bo.modal
    assert "Mina resolved it" in bo.modal.says()
    bo.presses(own, "It is not over")
    assert standing(house)[0].status == "open"


@pytest.mark.parametrize(
    ("said", "about", "rest"),
    [
        ("", "raise", ""),
        ("e12", "show", ""),
        ("#12", "show", ""),
        ("show 12", "show", ""),
        ("toon E12", "show", ""),
        ("list", "list", ""),
        ("lijst mijn", "list", "mijn"),
        ("목록 내", "list", "내"),
        ("清單 逾期", "list", "逾期"),
        ("list overdue returns", "list", "overdue returns"),
        ("list retruns", "list", "retruns"),
        ("LIST Mine", "list", "Mine"),
        ("值班", "duty", ""),
        ("duty Returns", "duty", "Returns"),
        ("instellingen", "settings", ""),
        ("duty phone is broken", "raise", "duty phone is broken"),
        ("list of wishes", "raise", "list of wishes"),
    ],
)
def test_what_is_typed_is_understood_in_four_languages(said: str, about: str, rest: str):
    wish = understand(said, lambda: ["Returns", "Billing"])
    assert (wish.about, wish.words) == (about, rest)
    assert wish.number == (12 if about == "show" else 0)


def test_which_list_is_said_in_four_languages():
    assert split_list("Overdue Returns") == ("overdue", "Returns")
    assert split_list("我的") == ("mine", "")
    assert split_list("te laat") == ("overdue", "")
    assert split_list("Returns") == ("open", "Returns")


def test_a_timeline_of_any_length_fits_a_modal():
    said = {"words": "<&>" * 200}
    lines = [Line(at(WEDNESDAY, 9), "noted", None, "thread", said, {}, "UTC") for _ in range(700)]
    drawn = timeline_views.timeline(FRESH, lines, Words("en"))
    assert len(drawn["blocks"]) <= 100
    assert all(len(block["text"]["text"]) <= 3000 for block in drawn["blocks"] if block["type"] == "section")
    assert "in the CSV" in str(drawn["blocks"][-1])


def test_a_message_of_a_channel_without_the_bot_is_escalated_and_nothing_is_said_there(house: House, team: Team):
    mina = house.person("Mina")
    message = mina.types("The customer threatens to leave", "#secret")
    assert isinstance(message, SeenMessage)
    assert mina.uses_shortcut(ids.ESCALATE_MESSAGE, message) == "ok"
    assert mina.submits().result == "closed"
    house.turn(hours=1)
    (one,) = standing(house)
    assert one.message_url == ""
    assert "threatens" in house.reads()[0].says()
    assert [m.text for m in mina.reads("#secret")] == ["The customer threatens to leave"]
