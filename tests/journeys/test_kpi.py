"""`/kpi` as people use it: what they type, press and read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot import ids
from bot.blocks import HEADLINE
from bot.local_slack import SeenMessage
from cspm_core import kpi, people
from cspm_core.people import Role, Team

from .house import House
from .returns import at, weeks

THURSDAY = date(2026, 11, 19)
NARROW = "\u202f"


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(THURSDAY, 15))


@pytest.fixture
def team(house: House) -> Team:
    """Returns: Mina leads, Teo and Ada work."""
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="nl")
    house.joins(team, "Ada")
    with house.store.transaction() as session:
        people.be_known_as(session, house.known["Teo"], "Teo de Vries", now=house.now)
    house.imports(team, weeks(house.now), house.now)
    return team


def asks(house: House, line: str, who: str = "Mina", channel: str = "#returns") -> str:
    """What somebody reads after typing a line."""
    seat = house.person(who)
    assert seat.types(line, channel=channel) == "ok"
    return answered(house, who, channel).says().replace(NARROW, " ")


def answered(house: House, who: str = "Mina", channel: str = "#returns") -> SeenMessage:
    """The latest answer; the picture that may follow it stands apart."""
    return [one for one in house.person(who).reads(channel) if not one.text.startswith("Control chart: ")][-1]


def test_my_team_this_week(house: House, team: Team):
    said = asks(house, "/kpi")
    message = house.person("Mina").latest("#returns")
    assert message.ephemeral
    assert message.text.startswith("Returns, this week so far: 40 new tickets, first response 2 hr, CSAT")
    assert len(message.text) <= HEADLINE
    assert "November 16, 2026 – November 19, 2026 · America/New_York · data until Thu, Nov 19, 3:00 PM" in said
    [table] = message.tables()
    assert [len(table) - 1, len(table[0])] == [5, 3]
    assert table[1] == ["New tickets", "40", "no target yet"]
    assert [chart["title"] for chart in message.charts()] == ["New and solved tickets"]
    assert house.slack.complaints == []


def test_nobody_else_sees_the_answer(house: House, team: Team):
    asks(house, "/kpi team")
    assert house.person("Ada").reads("#returns") == []


def test_a_target_gives_a_verdict_in_words(house: House, team: Team):
    with house.store.transaction() as session:
        kpi.set_target(session, team, "first_response", 3600.0, now=house.now)
    said = asks(house, "/kpi team Returns last week")
    assert "2 hr · ✗ off target" in said
    assert "at most 1 hr" in said


def test_every_figure_stands_one_tap_away_with_n_and_interval(house: House, team: Team):
    asks(house, "/kpi team Returns last-week")
    mina = house.person("Mina")
    mina.presses(mina.latest("#returns"), "All figures")
    [table] = mina.latest("#returns").tables()
    assert len(table) == 20
    assert table[0] == ["Figure", "Value", "n", "95% interval", "Against before", "Target"]
    assert table[1][:3] == ["New tickets", "56", "56"]


def test_from_a_figure_to_its_tickets_and_its_meaning(house: House, team: Team):
    asks(house, "/kpi team Returns yesterday")
    mina = house.person("Mina")
    card = mina.latest("#returns")
    mina.chooses(card, ids.KPI_TICKETS, "New tickets")
    tickets = mina.latest("#returns")
    assert tickets.text == "New tickets of Returns, yesterday: 10 tickets"
    assert len(tickets.tables()[0]) == 11
    assert "Where is parcel 1118-0?" in tickets.says()
    mina.presses(tickets, "All as CSV")
    [file] = mina.latest().files
    sheet = house.slack.files[file.id].data.decode("utf-8-sig")
    assert sheet.splitlines()[0].startswith("Ticket,Subject,Status,Created")
    assert len(sheet.splitlines()) == 11
    mina.chooses(card, ids.KPI_EXPLAIN, "First response time")
    assert "leaving tickets unanswered never improves it" in mina.latest("#returns").says()


def test_a_button_answers_at_the_instant_its_message_stood_at(house: House, team: Team):
    asks(house, "/kpi today")
    mina = house.person("Mina")
    card = mina.latest("#returns")
    house.sleeps_until(at(THURSDAY + timedelta(days=1), 11))
    house.imports(team, weeks(house.now), house.now)
    mina.presses(card, "All figures")
    assert mina.latest("#returns").tables()[0][1][:3] == ["New tickets", "10", "10"]
    mina.chooses(card, ids.KPI_PERIOD, "today so far")
    assert "November 20, 2026" in mina.latest("#returns").says()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/kpi team Retruns", "There is no team called “Retruns”. Did you mean “Returns”?"),
        ("/kpi team Returns lst week", "Did you mean “last week”?"),
        ("/kpi lst week", "“lst week” is not a period I know."),
        ("/kpi team lst week", "Did you mean “last week”?"),
        ("/kpi cast", "There is no figure called “cast”. Did you mean “csat”?"),
        ("/kpi explain nothing-like-it", "There are: abandonment, acknowledged_in_time"),
        ("/kpi team 2099-01", "“2099-01” has not begun yet."),
        ("/kpi 2026-13", "Try `last week`, `7d` or `2026-10`"),
        ("/kpi agent Nobody", "I do not know Nobody yet."),
        ("/kpi team Returns 2020", "before the first data"),
    ],
)
def test_a_wrong_word_gets_a_sentence_and_a_way_forward(house: House, team: Team, line: str, sentence: str):
    assert sentence in asks(house, line)


def test_a_figure_is_known_without_its_abbreviation(house: House, team: Team):
    assert "Customer satisfaction (CSAT) of Returns, last week" in asks(house, "/kpi klanttevredenheid vorige week")


def test_help_and_explain_need_no_team(house: House, team: Team):
    assert "What /kpi can show you" in asks(house, "/kpi help", who="Bo")
    assert "4 or 5 out of 5" in asks(house, "/kpi explain csat", who="Bo")


def test_a_stranger_is_refused_kindly(house: House, team: Team):
    assert asks(house, "/kpi", who="Bo").startswith("You are in no team yet.")
    assert "are for its own people, admins and executives" in asks(house, "/kpi team Returns", who="Bo")


def test_no_team_and_no_data_say_what_to_do_next(house: House):
    assert "cspm team add" in asks(house, "/kpi", who="Ada")
    house.joins(house.team("Empty"), "Mina", Role.LEAD, language="en")
    assert "cspm import tickets" in asks(house, "/kpi")


def test_data_that_ends_before_the_period_is_said_and_not_shown_as_zero(house: House, team: Team):
    house.sleeps_until(at(THURSDAY + timedelta(days=5), 9))
    said = asks(house, "/kpi today")
    assert said.startswith("The data of Returns ends Thu, Nov 19, 3:00 PM: nothing is known of that period yet.")
    assert "0 new" not in said


@pytest.mark.parametrize(
    ("ends", "asked"), [(date(2023, 12, 31), date(2026, 11, 19)), (date(2026, 10, 31), date(2026, 11, 19))]
)
def test_the_period_that_is_advised_where_the_data_has_ended_has_an_answer(house: House, ends: date, asked: date):
    """Also where it ends with the last moment of a month."""
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    until = at(ends + timedelta(days=1), 0)
    house.imports(team, weeks(until - timedelta(hours=1), 3), until)
    house.sleeps_until(at(asked, 15))
    said = asks(house, "/kpi last week")
    advised = f"/kpi team Returns {ends:%Y-%m}"
    assert f"`{advised}`" in said
    answer = asks(house, advised)
    assert "nothing is known" not in answer
    assert "New tickets" in answer


def test_old_data_is_shown_with_a_warning(house: House, team: Team):
    house.sleeps_until(at(THURSDAY + timedelta(days=6), 9))
    assert "This data is old." in asks(house, "/kpi last week")
    house.sleeps_until(at(THURSDAY, 16))
    assert "This data is old." not in asks(house, "/kpi last week")


def test_each_reads_their_own_language_and_may_type_it(house: House, team: Team):
    house.joins(team, "Bo", language="zh_TW")
    assert "Nieuwe tickets" in asks(house, "/kpi team vorige week", who="Teo")
    assert house.person("Bo").types("/kpi 上週", channel="#returns") == "ok"
    assert "上週" in house.person("Bo").latest("#returns").text
    house.person("Ada").changes(locale="ko-KR")
    assert "지난주" in asks(house, "/kpi 지난주", who="Ada")


def test_a_shared_scorecard_speaks_the_teams_language_and_says_who_shared_it(house: House, team: Team):
    with house.store.transaction() as session:
        people.change_team(session, people.team(session, house.workspace_id, team.id), language="nl")
        for name in ("Kim", "Lee", "Cho"):
            person = people.add_member(session, house.workspace_id, name, now=house.now)
            people.join_team(session, team, person, Role.AGENT, now=house.now)
    asks(house, "/kpi team Returns last week")
    mina = house.person("Mina")
    card = mina.latest("#returns")
    mina.presses(card, "Share in this channel")
    mina.presses(card, "Share in this channel")
    [shared] = house.reads(who="Ada")
    assert "Returns, vorige week" in shared.text
    assert "@Mina" in shared.says()
    assert shared.buttons() == []


def test_figures_about_fewer_than_five_are_not_shared_however_many_are_in_the_team(house: House, team: Team):
    for name in ("Kim", "Lee", "Cho"):
        with house.store.transaction() as session:
            person = people.add_member(session, house.workspace_id, name, now=house.now)
            people.join_team(session, team, person, Role.AGENT, now=house.now)
    house.imports(team, weeks(house.now, agents=("Teo de Vries", "Teo", "Ada King", "Bo Berg", "Grace Kim")), house.now)
    asks(house, "/kpi team Returns last week")
    mina = house.person("Mina")
    mina.presses(mina.latest("#returns"), "Share in this channel")
    assert "fewer than five" in mina.latest("#returns").says()
    assert house.reads(who="Ada") == []


def test_sharing_where_the_bot_is_not_says_how_to_invite_it(house: House, team: Team):
    with house.store.transaction() as session:
        for name in ("Kim", "Lee", "Cho"):
            person = people.add_member(session, house.workspace_id, name, now=house.now)
            people.join_team(session, team, person, Role.AGENT, now=house.now)
    asks(house, "/kpi last week", channel="#quiet")
    mina = house.person("Mina")
    card = mina.latest("#quiet")
    mina.presses(card, "Share in this channel")
    assert "Invite me" in mina.latest("#quiet").says()
    mina.invites("app", "#quiet")
    mina.presses(card, "Share in this channel")
    assert any(not m.ephemeral and "Returns" in m.text for m in house.person("Teo").reads("#quiet"))


def test_kept_answers_stand_in_the_direct_messages_once(house: House, team: Team):
    asks(house, "/kpi last week")
    mina = house.person("Mina")
    card = mina.latest("#returns")
    mina.presses(card, "Keep")
    mina.presses(card, "Keep")
    [kept] = mina.reads()
    assert kept.text.startswith("Returns, last week")
    assert not {"Keep", "Share in this channel"} & set(kept.buttons())


def test_figures_about_one_person_follow_what_the_team_agreed_to(house: House, team: Team):
    mine = asks(house, "/kpi me last week", who="Teo")
    assert "Teo" in mine
    assert "Nieuwe tickets | 12 |" in mine
    refused = asks(house, "/kpi agent @Teo last week")
    assert "for that person alone" in refused
    with house.store.transaction() as session:
        found = people.team(session, house.workspace_id, team.id)
        people.agree_on_person_figures(session, found, "lead", "the works council", now=house.now)
    seen = asks(house, "/kpi agent @Teo last week")
    assert "Teo" in seen
    assert "Share in this channel" not in house.person("Mina").latest("#returns").buttons()
    refused = asks(house, "/kpi agent @Teo last week", who="Ada")
    assert "for that person and the team’s leads, so none are shown about Teo." in refused
    assert "agree otherwise" not in refused
    with house.store.reading() as session:
        looks = people.looks_at(session, house.workspace_id, house.known["Teo"].id)
        [agreed] = people.agreements(session, found)
    assert [look.what for look in looks] == ["scorecard"]
    assert agreed.agreed_by == "the works council"
    assert "Mina" in house.person("Teo").opens_home().says()


def test_nobody_means_nobody(house: House, team: Team):
    with house.store.transaction() as session:
        found = people.team(session, house.workspace_id, team.id)
        people.agree_on_person_figures(session, found, "nobody", "the team", now=house.now)
    assert "niemand" in asks(house, "/kpi me", who="Teo")


def test_several_teams_the_last_asked_for_and_a_picker(house: House, team: Team):
    billing = house.team("csat 2026-10", channel="quiet")
    house.joins(billing, "Mina", Role.LEAD)
    house.imports(billing, weeks(house.now, 2), house.now)
    assert "csat 2026-10, last week" in asks(house, "/kpi team csat 2026-10 last week")
    assert asks(house, "/kpi last week").startswith("csat 2026-10")
    mina = house.person("Mina")
    mina.chooses(mina.latest("#returns"), ids.KPI_TEAM, "Returns")
    assert mina.latest("#returns").text.startswith("Returns, last week")
    assert asks(house, "/kpi").startswith("Returns")


def test_a_trend_has_a_chart_and_its_steps(house: House, team: Team):
    said = asks(house, "/kpi volume last month")
    message = answered(house)
    assert "week by week" in said
    assert message.charts()[0]["type"] == "line"
    assert message.tables()[0][0] == ["From", "Value", "n", "95% interval"]
    message_shown = house.person("Mina")
    message_shown.presses(message, "Which tickets?")
    assert "New tickets of Returns, last month" in message_shown.latest("#returns").text


def test_a_trend_can_be_kept_shared_and_asked_for_over_another_period(house: House, team: Team):
    asks(house, "/kpi csat last month")
    mina, card = house.person("Mina"), answered(house)
    mina.presses(card, "Keep")
    [kept] = mina.reads()
    assert kept.text.startswith("Customer satisfaction (CSAT) of Returns, last month")
    assert not {"Keep", "Share in this channel"} & set(kept.buttons())
    mina.presses(card, "Share in this channel")
    shared = house.person("Teo").latest("#returns")
    assert "shared by" in shared.says()
    assert shared.charts()
    assert not shared.buttons()
    mina.chooses(card, ids.KPI_PERIOD, "last week")
    assert answered(house).text.startswith("Customer satisfaction (CSAT) of Returns, last week")


def test_in_direct_messages_there_is_no_channel_to_share_in(house: House, team: Team):
    mina = house.person("Mina")
    mina.types("/kpi last week")
    assert "Keep" in mina.latest().buttons()
    assert "Share in this channel" not in mina.latest().buttons()


def test_a_workspace_without_the_new_blocks_gets_the_same_facts_and_is_remembered(house: House, team: Team):
    house.slack.faults.refuse_new_blocks = True
    asks(house, "/kpi last week")
    message = house.person("Mina").latest("#returns")
    assert message.tables() == []
    assert "*New tickets*  56" in str(message.blocks)
    [image] = message.images()
    assert image["alt_text"].startswith("New and solved tickets.")
    house.slack.faults.refuse_new_blocks = False
    asks(house, "/kpi last week")
    assert house.person("Mina").latest("#returns").tables() == [], "it is remembered and not tried each time"
    house.sleeps_until(house.now + timedelta(days=8))
    asks(house, "/kpi 2026-11-09..2026-11-15")
    assert len(house.person("Mina").latest("#returns").tables()) == 1, "blocks roll out: after a week it is asked again"


def test_everything_delivered_twice_is_answered_once(house: House, team: Team):
    house.slack.faults.deliver_twice = True
    asks(house, "/kpi last week")
    assert len(house.person("Mina").reads("#returns")) == 1


def test_an_accident_gives_a_reference_that_stands_in_the_log_without_what_was_said(
    house: House, team: Team, lines: Callable[[], list[dict[str, Any]]]
):
    house.line.fails("users.info", RuntimeError("secret words"))
    with house.store.transaction() as session:
        person = people.member_by_slack(session, house.workspace_id, house.person("Mina").id)
        person.locale_asked_at = house.now - timedelta(days=2)
        session.add(person)
    reference = asks(house, "/kpi last week").rstrip(".").split()[-1]
    assert reference in [line.get("reference") for line in lines()]
    assert "secret words" not in str(lines())


def test_the_shortcut_answers_in_the_direct_messages(house: House, team: Team):
    mina = house.person("Mina")
    mina.uses_shortcut(ids.KPI_OPEN)
    assert mina.latest().text.startswith("Returns, this week so far")


def test_work_that_takes_longer_shows_that_it_is_under_way(house: House, team: Team):
    mina = house.person("Mina")
    with house.runtime.permit:  # somebody else's heavy question
        asking = threading.Thread(target=mina.types, args=("/kpi last week",), kwargs={"channel": "#returns"})
        asking.start()
        house.slack.wait_until(lambda: mina.reads("#returns"), timeout=10)
        assert mina.latest("#returns").text == "Still counting. The answer follows here."
    asking.join(10)
    assert mina.latest("#returns").text.startswith("Returns, last week")


def test_slack_that_breaks_while_answering_is_in_the_log_only(house: House, team: Team):
    house.line.fails("views.publish", SlackApiError("x", {"ok": False, "error": "internal_error"}))
    house.person("Mina").opens_home()
    assert house.person("Mina").opens_home() is not None
