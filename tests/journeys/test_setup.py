"""An admin sets a team up page by page, leaves it and goes on; its leads change it later."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import select

from bot.local_slack import Group, Person, Seat, SeenView, Server
from bot.setup import reaching
from cspm_core import people, setup, tickets
from cspm_core.people import Agreement, Role, Team
from cspm_core.setup import Setup
from cspm_core.store import Store
from cspm_core.tickets import SlaMetric

from . import house as houses
from .house import House

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
MORE = (
    Person("Joe", "Joe Roe", email="joe@x.org"),
    Person("Eva", "Eva Smit"),
    Person("Robo", "Robo", is_bot=True),
    Person("R&D <bot>", "R&D <bot>", is_bot=True),
)


@pytest.fixture
def house(sqlite_store: Store, slack_server: Server) -> House:
    house = houses.build(sqlite_store, slack_server, MONDAY, more=MORE)
    group = Group(
        "returns-team", members=[house.person(name).id for name in ("Teo", "Ada", "Robo", "Eva")], id="S0TEAM"
    )
    house.slack.groups.all[group.id] = group
    house.person("Eva").is_deactivated()
    return house


def is_admin(house: House, name: str, **facts: Any) -> Seat:
    with house.store.transaction() as session:
        given = {"language": "en", "slack_user_id": house.person(name).id, "timezone": "Asia/Seoul", **facts}
        house.known[name] = people.add_member(session, house.workspace_id, name, now=house.now, role="admin", **given)
    return house.person(name)


def shown(seat: Seat) -> SeenView:
    assert seat.modal is not None
    return seat.modal


def team_of(house: House, name: str = "Returns") -> Team:
    with house.store.reading() as session:
        return people.team_named(session, house.workspace_id, name)


def crew_of(house: House, team: Team) -> dict[str, list[str]]:
    with house.store.reading() as session:
        found = setup.crew(session, team, house.now.date())
    return {role.value: [one.name for one in several] for role, several in found.items()}


def places(seat: Seat, label: str, action_id: str) -> dict[str, Any]:
    """What an external menu offers for what is typed, the first of it."""
    return seat.options(shown(seat), action_id, label)[0]


def test_a_team_is_set_up_from_nothing_to_the_place_where_its_export_goes(house: House):
    mina = is_admin(house, "Mina")
    mina.types("/cspm setup", "#returns")
    assert "Step 1 of 8" in shown(mina).says()
    assert mina.submits(name="Returns", language="nl").result == "updated"

    assert "Step 2 of 8" in shown(mina).says()
    assert shown(mina).state["timezone"]["setup.zone"]["selected_option"]["value"] == "Asia/Seoul"
    assert shown(mina).state["holidays"]["setup.holidays"]["selected_option"]["value"] == "KR"
    zone, country = places(mina, "amster", "setup.zone"), places(mina, "netherl", "setup.holidays")
    assert (zone["value"], country["value"]) == ("Europe/Amsterdam", "NL")
    wrong = mina.submits(timezone=zone, hours="mo-fr 9-17", holidays=country)
    assert "mon-fri" in wrong.errors["hours"]
    mina.submits(hours="mon-fri 9-12,13:00-17:00")

    mina.submits(channel="#returns")  # the bot is there already, so it goes on
    assert "Step 4 of 8" in shown(mina).says()
    group = places(mina, "returns", "setup.group")
    mina.submits(leads=["Mina"], agents=["Joe"], group=group, reviewers=["Ada"])
    said = shown(mina).says()
    assert "Step 5 of 8" in said
    assert "Left out, since they are bots: Robo." in said

    assert set(mina.submits(person_figures="lead").errors) == {"agreed_by"}
    mina.submits(person_figures="lead", agreed_by="All four, on Friday")
    assert set(mina.submits(first_response="soon", resolution="2d", clock="business").errors) == {"first_response"}
    mina.submits(first_response="4h")
    mina.submits(digest_at="08:30")

    said = shown(mina).says()
    assert "Step 8 of 8" in said
    for what in (
        "its channel reads Nederlands",
        "Europe/Amsterdam",
        "Netherlands",
        "✓ I am in",
        "Ada King, Joe Roe, and Teo de Vries",
        "within 4 hours",
        "8:30",
    ):
        assert what in said
    assert "Still open" not in said
    mina.presses(shown(mina), "setup.drop")
    assert "Drop your export here" in mina.latest().says()
    assert "I have written to you" in shown(mina).says()
    assert mina.submits().result == "closed"

    team = team_of(house)
    assert (team.timezone, team.hours, team.holidays) == (
        "Europe/Amsterdam", "mon-fri 09:00-12:00,13:00-17:00", "NL",
    )  # fmt: skip
    assert (team.language, team.channel, team.digest_at, team.person_figures) == (
        "nl", house.slack.channel("returns").id, "08:30", "lead",
    )  # fmt: skip
    assert crew_of(house, team) == {
        "lead": ["Mina"], "agent": ["Ada King", "Joe Roe", "Teo de Vries"], "qa_reviewer": ["Ada King"],
    }  # fmt: skip
    with house.store.reading() as session:
        assert setup.is_done(session, team)
        assert {(one.metric, one.seconds, one.clock) for one in tickets.slas(session, team)} == {
            ("first_response", 4 * 3600, "business"), ("resolution", 2 * 7 * 3600, "business"),
        }  # fmt: skip
        [agreed] = people.agreements(session, team)
        assert (agreed.level, agreed.agreed_by) == ("lead", "All four, on Friday")
    assert house.slack.complaints == []


def test_what_was_left_is_gone_on_with_and_the_way_back_loses_nothing(house: House):
    mina, joe = is_admin(house, "Mina"), is_admin(house, "Joe")
    mina.presses(mina.opens_home(), "Set up a team")
    mina.submits(name="Returns", language="en")
    mina.submits()
    mina.submits(channel="#returns")
    mina.closes()
    for seat in (mina, joe):
        left = "Go on setting Returns up: 3 of 8 steps done"
        assert left in seat.opens_home().says(), "whichever admin can bring it to its end"
        assert "Set up a team" not in seat.home.buttons()
        seat.types("/cspm today", "#returns")
        assert left in seat.latest("#returns").says()
        seat.presses(seat.latest("#returns"), "Go on")
        assert "Step 4 of 8 · Returns" in shown(seat).says()
        seat.closes()
    mina.types("/cspm setup", "#returns")
    assert "Step 4 of 8" in shown(mina).says()
    mina.presses(shown(mina), "setup.resume")
    mina.submits(leads=["Mina"])
    mina.presses(shown(mina), "Back")
    assert shown(mina).state["leads"]["leads"]["selected_users"] == [mina.id]
    mina.presses(shown(mina), "Back")
    mina.presses(shown(mina), "Back")
    assert "Step 2 of 8" in shown(mina).says()
    mina.closes()
    assert team_of(house).channel == house.slack.channel("returns").id

    mina.types("/cspm setup", "#returns")
    mina.presses(shown(mina), "setup.new")
    assert mina.submits(name="returns", language="en").errors == {
        "name": "There is a team called Returns already. Choose another name."
    }
    assert mina.submits(name="Delivery").result == "updated"
    assert {one.name for one in _teams(house)} == {"Returns", "Delivery"}
    assert house.slack.complaints == []


def _teams(house: House) -> list[Team]:
    with house.store.reading() as session:
        return people.teams(session, house.workspace_id)


def test_a_channel_without_the_bot_says_how_to_invite_it_and_looks_again(house: House):
    mina = is_admin(house, "Mina")
    mina.types("/cspm setup", "#returns")
    mina.submits(name="Returns", language="en")
    mina.submits()
    assert mina.submits(channel="#secret").result == "updated"
    bot = house.slack.roster.bot
    assert f"/invite @{house.runtime.slack.auth_test()['user']}" in shown(mina).says()
    mina.presses(shown(mina), "Look again")
    assert "I cannot see" in shown(mina).says()
    mina.submits()  # going on without is no trouble
    assert "Step 4 of 8" in shown(mina).says()
    for _ in range(4):
        mina.submits()
    assert "Still open" in shown(mina).says()
    assert "I cannot see" in shown(mina).says()
    for _ in range(5):
        mina.presses(shown(mina), "Back")
    mina.invites(bot.id, "#secret")
    mina.presses(shown(mina), "Look again")
    assert "✓ I am in" in shown(mina).says()
    assert house.slack.complaints == []


def test_the_same_form_delivered_twice_does_it_once(house: House):
    mina = is_admin(house, "Mina")
    mina.types("/cspm setup", "#returns")
    view = shown(mina)
    sent: list[dict[str, Any]] = []
    answer = house.slack.delivery.ask

    def twice(body: dict[str, Any], kind: str) -> Any:
        answer(body, kind)
        sent.append(body)
        return answer(body, kind)

    house.slack.delivery.ask = twice  # type: ignore[method-assign]
    mina.submits(name="Returns", language="en")
    assert view.id == shown(mina).id
    assert "Step 2 of 8" in shown(mina).says()
    mina.submits()
    mina.submits()
    mina.submits()
    mina.submits(person_figures="nobody", agreed_by="All")
    assert len(sent) == 5
    with house.store.reading() as session:
        assert len(session.exec(select(Team)).all()) == len(session.exec(select(Setup)).all()) == 1
        assert len(session.exec(select(Agreement)).all()) == 1


def test_a_bot_or_a_deactivated_account_that_was_picked_is_refused_beside_its_field(house: House):
    mina = is_admin(house, "Mina")
    mina.types("/cspm setup", "#returns")
    mina.submits(name="Returns", language="en")
    mina.submits()
    mina.submits()
    wrong = mina.submits(leads=["Robo"], agents=["Eva", "Joe"]).errors
    assert set(wrong) == {"leads", "agents"}
    assert "bot" in wrong["leads"]
    assert "Eva Smit" in wrong["agents"]
    assert crew_of(house, team_of(house))["agent"] == []


def test_whom_slack_does_not_tell_about_is_asked_about_again(house: House):
    mina = is_admin(house, "Mina")
    mina.types("/cspm setup", "#returns")
    mina.submits(name="Returns", language="en")
    mina.submits()
    mina.submits()
    house.line.fails("users.info", OSError("the line is dead"))
    assert mina.submits(agents=["Joe", "Ada"]).result == "updated"
    assert "Slack did not tell about 1 person" in shown(mina).says()
    assert len(crew_of(house, team_of(house))["agent"]) == 1
    asked: list[str] = []
    house.line.before = asked.append
    mina.submits()
    assert asked.count("users.info") == 1, "whoever is in is not asked about again, so that a large group ends"
    assert crew_of(house, team_of(house))["agent"] == ["Ada King", "Joe Roe"]


def test_a_slack_that_is_slow_keeps_nobody_waiting(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reaching, "QUESTION_S", 0.05)
    mina = is_admin(house, "Mina")
    mina.types("/cspm setup", "#returns")
    mina.submits(name="Returns", language="en")
    mina.submits()
    answers = threading.Event()
    slow = ("conversations.info", "usergroups.list", "usergroups.users.list")
    house.line.before = lambda method: None if method not in slow else (answers.wait(20), None)[1]
    try:
        mina.submits(channel="#returns")
        assert "Slack did not say whether I am in" in shown(mina).says()
        mina.submits()
        assert "Step 4 of 8" in shown(mina).says()
        assert mina.options(shown(mina), "setup.group", "returns") == []
        group = {"text": {"type": "plain_text", "text": "@returns-team"}, "value": "S0TEAM"}
        assert "did not tell who is in that group" in mina.submits(group=group).errors["group"]
    finally:
        answers.set()


def test_what_an_operator_made_long_is_not_cut_and_names_stand_as_they_are(house: House):
    name, agreed = "R" * 120, "A" * 400
    hours = "; ".join(
        f"{day} 06:0{n}-08:00,09:00-10:00,11:00-12:00,13:00-15:00,16:00-18:00"
        for n, day in enumerate(("mon", "tue", "wed", "thu", "fri"))
    )
    team = house.team(name, hours=hours)
    with house.store.transaction() as session:
        people.agree_on_person_figures(session, team, "self", agreed, now=house.now)
        unmet = [people.add_member(session, house.workspace_id, f"Unmet {n}", now=house.now) for n in range(10)]
        setup.shift_crew(session, team, Role.AGENT, unmet, [], now=house.now)
    house.slack.groups.all["S0TEAM"].members.append(house.person("R&D <bot>").id)
    mina = is_admin(house, "Mina")
    for step in ("team", "hours", "figures"):
        mina.types("/cspm settings", "#returns")
        changes(mina, step)
        assert mina.submits().result == "closed"
    assert (team_of(house, name).name, team_of(house, name).hours) == (name, hours)
    with house.store.reading() as session:
        assert [one.agreed_by for one in people.agreements(session, team)] == [agreed]
    changes(mina, "people")
    assert "Unmet 7, and 2 more people" in shown(mina).says()
    mina.submits(group=places(mina, "returns", "setup.group"))
    page = mina.latest("#returns")
    assert "R&amp;D &lt;bot&gt;" in str(page.blocks)
    assert "&amp;amp;" not in str(page.blocks)


def test_a_lead_changes_the_settings_of_their_own_team(house: House):
    team = house.team("Returns")
    house.team("Delivery")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo")
    house.joins(team, "Ada")
    mina = house.person("Mina")
    mina.types("/cspm settings", "#returns")
    page = mina.latest("#returns")
    assert "Settings of Returns" in page.says()
    assert page.ephemeral

    changes(mina, "people")
    mina.submits(agents=["Ada", "Joe"])
    assert mina.modal is None
    page = mina.latest("#returns")
    assert "Changed: People of the team." in page.says()
    assert crew_of(house, team)["agent"] == ["Ada", "Joe Roe"]
    with house.store.reading() as session:
        [left] = people.memberships(session, house.workspace_id, house.known["Teo"].id)
    assert str(left.to_day) == "2026-11-22"

    changes(mina, "people")
    with house.store.transaction() as session:
        bo = people.add_member(session, house.workspace_id, "Bo", slack_user_id=house.person("Bo").id, now=house.now)
        setup.shift_crew(session, team, Role.AGENT, [bo], [house.known["Ada"]], now=house.now)
    mina.submits(reviewers=["Joe"])
    assert crew_of(house, team)["agent"] == ["Bo", "Joe Roe"], "what somebody else did meanwhile stays"

    changes(mina, "counting")
    assert set(mina.submits(stale_after_hours="0").errors) == {"stale_after_hours"}
    mina.submits(response_start="handed_off", stale_after_hours="48", hidden=["Calls offered"])
    changed = team_of(house)
    assert (changed.response_start, changed.stale_after_hours, changed.hidden_metrics) == ("handed_off", 48, "calls")

    changes(mina, "hours")
    mina.submits(hours="mon-sat 09:00-17:00")
    assert team_of(house).calendar_version > team.calendar_version
    mina.presses(mina.latest("#returns"), "setup.settings.escalations")
    assert "How escalations of Returns climb" in mina.latest("#returns").says()
    mina.types("/cspm settings Delivery", "#returns")
    assert "Settings of Delivery" not in mina.latest("#returns").says()
    mina.types("/cspm settings", "#returns")
    changes(mina, "people")
    assert mina.submits(leads=["Teo"]).result == "closed"
    assert mina.latest("#returns").says() == "Changed: People of the team."
    mina.types("/cspm settings", "#returns")
    assert "the lead of the team or an admin" in mina.says_last
    teo = house.person("Teo")
    teo.changes(locale="en-US")
    teo.types("/cspm settings", "#returns")
    changes(teo, "people")
    teo.submits(leads=[])
    assert teo.latest("#returns").says() == (
        "Changed: People of the team. Returns has no lead now. Its escalations climb on to its managers, or to the "
        "admins where it has none."
    )
    assert house.slack.complaints == []


def changes(seat: Seat, step: str) -> None:
    """Press the button beside a line of the settings."""
    seat.presses(seat.latest("#returns"), "setup.settings.change", block_id=f"setting.{step}")


def test_an_admin_goes_from_one_teams_settings_to_anothers_in_the_same_place(house: House):
    for name in ("Returns", "Delivery"):
        house.team(name)
    mina = is_admin(house, "Mina")
    mina.types("/cspm settings returns", "#returns")
    before = len(mina.reads("#returns"))
    mina.chooses(mina.latest("#returns"), "setup.settings.team", "Delivery")
    assert "Settings of Delivery" in mina.latest("#returns").says()
    changes(mina, "team")
    assert mina.submits(name="Returns").errors == {
        "name": "There is a team called Returns already. Choose another name."
    }
    mina.submits(name="Deliveries", language="ko")
    assert team_of(house, "Deliveries").language == "ko"
    changes(mina, "channel")
    mina.submits(channel="#secret")
    assert "I cannot see" in shown(mina).says()
    assert mina.submits().result == "closed"
    changes(mina, "figures")
    assert mina.submits(person_figures="nobody", agreed_by="All of us").result == "closed"
    changes(mina, "digest")
    assert set(mina.submits(digest_days="On chosen weekdays").errors) == {"digest_weekdays"}
    mina.submits(digest_weekdays=["Tuesday", "Thursday"], digest_at="07:15")
    changed = team_of(house, "Deliveries")
    assert (changed.person_figures, changed.digest_days, changed.digest_at) == ("nobody", "tue,thu", "07:15")
    changes(mina, "targets")
    mina.submits(first_response="30m", clock="calendar")
    version = team_of(house, "Deliveries").calendar_version
    changes(mina, "targets")
    mina.submits()
    assert team_of(house, "Deliveries").calendar_version == version, "nothing new is not counted again"
    page = mina.latest("#returns")
    assert "First reply within 30 min (every hour)" in page.says()
    assert len(mina.reads("#returns")) == before
    for button in ("risk.detectors", "setup.settings.reviews", "setup.settings.scorecards"):
        mina.presses(page, button)
        assert "Deliveries" in mina.latest("#returns").says(), button
    mina.presses(page, "matching.show")
    assert "No names yet" in mina.latest("#returns").says()
    for button in ("setup.settings.kudos", "digest.pause", "kpi.targets.change"):
        mina.presses(page, button)
        assert "Deliveries" in shown(mina).says(), button
    assert house.slack.complaints == []


def test_a_stranger_is_told_who_can_and_how_the_first_admin_is_made(house: House):
    bo = house.person("Bo")
    bo.types("/cspm setup", "#returns")
    assert bo.modal is None
    assert "/cspm admin CODE" in bo.says_last
    is_admin(house, "Mina")
    bo.types("/cspm setup", "#returns")
    assert "Mina" in bo.says_last
    house.team("Returns")
    bo.types("/cspm settings", "#returns")
    assert "the lead of the team or an admin" in bo.says_last


def test_in_korean_zones_and_countries_have_their_korean_names(house: House):
    mina = is_admin(house, "Mina", language="ko")
    mina.types("/cspm setup", "#returns")
    mina.submits(name="반품", language="ko")
    assert places(mina, "서울", "setup.zone")["value"] == "Asia/Seoul"
    assert places(mina, "네덜란드", "setup.holidays")["value"] == "NL"
    assert places(mina, "netherlands", "setup.holidays")["value"] == "NL", "in English too"
    mina.submits()
    assert team_of(house, "반품").holidays == "KR"


def test_targets_that_an_operator_set_on_two_clocks_are_told_and_kept_on_both(house: House):
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    with house.store.transaction() as session:
        tickets.set_sla(session, team, SlaMetric.FIRST_RESPONSE, "", 4 * 3600, "business", now=house.now)
        tickets.set_sla(session, team, SlaMetric.RESOLUTION, "", 2 * 86_400, "calendar", now=house.now)
    mina = house.person("Mina")
    mina.types("/cspm settings", "#returns")
    said = "First reply within 4 hours (working hours) · Solved within 2 days (every hour)"
    assert said in mina.latest("#returns").says()
    changes(mina, "targets")
    assert "“Solved within” is counted otherwise" in shown(mina).says()
    mina.submits(first_response="2h")
    assert said.replace("4 hours", "2 hours") in mina.latest("#returns").says()
