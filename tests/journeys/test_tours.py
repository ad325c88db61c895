"""A tour of each role, in Slack, with the team's own data; left at any step, and never told of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from bot import ids
from bot.local_slack import Seat, SeenMessage
from bot.tours import names, views
from bot.words import Words
from cspm_core import people, tours
from cspm_core.people import Role, Team
from cspm_core.tours import STEPS

from .house import House
from .returns import at, weeks

DAY = timedelta(days=1)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(date(2026, 11, 19), 15))


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Ada")
    house.imports(team, weeks(house.now), house.now)
    return team


def says(who: Seat) -> str:
    assert who.modal
    return who.modal.says()


def tries(house: House, who: Seat, label: str) -> SeenMessage:
    """Press what can be tried, a moment later than anything before; the answer."""
    house.sleeps_until(house.now + timedelta(seconds=5))
    before = len(who.reads())
    assert who.modal
    who.presses(who.modal, label)
    assert len(who.reads()) > before, label
    assert "Something broke" not in who.latest().says()
    return who.latest()


def on(who: Seat) -> str:
    """Press on; what stands there then."""
    assert who.modal
    assert who.presses(who.modal, ids.TOUR_NEXT) == "ok"
    return says(who)


def test_a_lead_goes_through_all_steps_with_the_teams_own_data(house: House, team: Team):
    mina = house.person("Mina")
    mina.types("/cspm tour", channel="#returns")
    assert "1 of 8" in says(mina)
    assert "n = " in says(mina)
    assert "First response" in says(mina)
    behind = on(mina)
    assert "2 of 8" in behind
    assert "https://desk.example/tickets/" in str(mina.modal.blocks)  # type: ignore[union-attr]
    assert "Where is parcel" in behind
    digest = on(mina)
    assert "America/New_York" in digest
    assert "#returns" in digest or house.slack.channel("returns").id in digest
    alarm = on(mina)
    assert "Nobody is on duty for *Returns* now." in alarm
    assert "At once: the lead (Mina)" in alarm
    assert "Passed over: the manager (there is nobody)" in alarm
    assert "Nothing was drawn for your team yet." in on(mina)
    assert "No talk and no promise waits for you." in on(mina)
    assert "Each person alone sees figures about themselves." in on(mina)
    last = on(mina)
    assert "8 of 8" in last
    assert "You are through" in on(mina)
    assert house.slack.complaints == []


def test_a_tour_left_at_the_third_step_opens_at_the_third(house: House, team: Team):
    mina = house.person("Mina")
    mina.types("/cspm tour lead", channel="#returns")
    on(mina)
    third = on(mina)
    mina.closes()
    house.sleeps_until(house.now + 3 * DAY)
    mina.types("/cspm tour", channel="#returns")
    assert "3 of 8" in says(mina)
    assert says(mina).splitlines()[:3] == third.splitlines()[:3]
    mina.presses(mina.modal, ids.TOUR_BACK)
    assert "2 of 8" in says(mina)


def test_what_can_be_tried_is_the_real_thing_and_the_tour_stays_open(house: House, team: Team):
    mina = house.person("Mina")
    mina.types("/cspm tour", channel="#returns")
    figures = tries(house, mina, "Show me all of it")
    assert "All figures" in figures.buttons()
    assert "Returns, this week so far" in figures.says()
    on(mina)
    assert "Where is parcel" in tries(house, mina, "Show me the tickets").says()
    on(mina)
    mina.presses(mina.modal, "Change when it comes")
    assert len(mina.modals) == 2
    mina.submits(digest_at="10:30")
    assert "3 of 8" in says(mina)
    mina.presses(mina.modal, ids.TOUR_BACK)
    assert "10:30" in on(mina)
    on(mina)
    assert "Returns" in tries(house, mina, "Show who is on duty").says()
    for label in ("Show me the scores", "Show my talks", "What is known about me", "Open the door"):
        on(mina)
        tries(house, mina, label)
    assert house.slack.complaints == []


def test_an_agent_without_data_reads_in_korean_what_will_stand_there(house: House):
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD)
    house.joins(team, "Ada", language="ko")
    ada = house.person("Ada")
    ada.types("/cspm 둘러보기", channel="#returns")
    t = Words("ko")
    pages = [says(ada), *(on(ada) for _ in STEPS[Role.AGENT])]
    for page, key in zip(pages, STEPS[Role.AGENT], strict=False):
        step = names.STEPS[key]
        assert t(step.headline) in page
        if key in ("own_figures", "looked", "goals", "today"):
            assert t(step.later) in page
    assert t("You are through") in pages[-1]
    assert house.slack.complaints == []


def test_somebodys_own_figures_are_no_look_and_few_tickets_are_said_to_be_few(house: House, team: Team):
    ada = house.person("Ada")
    with house.store.transaction() as session:
        people.be_known_as(session, house.known["Ada"], "Ada King", now=house.now)
    ada.types("/cspm tour", channel="#returns")
    assert "small sample, n = 8" in says(ada) or "fewer than 5, not shown" in says(ada)
    assert "Ada, this week so far" in tries(house, ada, "Show me all of it").says()
    with house.store.reading() as session:
        assert people.looks_at(session, house.workspace_id, house.known["Ada"].id) == []


def test_where_the_team_shows_nobodys_figures_the_step_says_so_and_the_tour_goes_on(house: House, team: Team):
    with house.store.transaction() as session:
        there = people.team(session, house.workspace_id, team.id)
        people.agree_on_person_figures(session, there, "nobody", "Mina", now=house.now)
    ada = house.person("Ada")
    ada.types("/cspm tour", channel="#returns")
    assert "n = " not in says(ada)
    assert "Returns" in says(ada)
    assert "2 of 8" in on(ada)


def test_somebody_with_two_roles_begins_with_the_higher_and_may_choose_the_other(house: House, team: Team):
    house.joins(team, "Teo", language="en")
    house.joins(team, "Teo", Role.QA_REVIEWER)
    teo = house.person("Teo")
    teo.types("/cspm tour", channel="#returns")
    assert "The tour for reviewers" in says(teo)
    assert "Nothing is in your queue." in says(teo)
    teo.chooses(teo.modal, ids.TOUR_ROLE, "The tour for agents")
    assert "1 of 8 · The tour for agents" in says(teo)
    on(teo)
    teo.closes()
    teo.types("/cspm tour agent", channel="#returns")
    assert "2 of 8 · The tour for agents" in says(teo)
    teo.closes()
    teo.types("/cspm tour admin", channel="#returns")
    assert "That tour is for others. This one is yours." in says(teo)
    assert "2 of 8 · The tour for agents" in says(teo)


def test_a_tour_is_resumed_that_was_open_last_and_at_the_end_the_others_are_offered(house: House, team: Team):
    """However high it is, and whichever was begun first."""
    house.joins(team, "Mina")
    mina = house.person("Mina")

    def comes_back(line: str = "/cspm tour") -> str:
        mina.closes()
        house.sleeps_until(house.now + DAY)
        mina.types(line, channel="#returns")
        return says(mina)

    mina.types("/cspm tour agent", channel="#returns")
    on(mina)
    assert "2 of 8 · The tour for agents" in comes_back()
    assert "1 of 8 · The tour for team leads" in comes_back("/cspm tour lead")
    assert "1 of 8 · The tour for team leads" in comes_back()
    assert "2 of 8 · The tour for agents" in comes_back("/cspm tour agent")
    assert "2 of 8 · The tour for agents" in comes_back()
    for _ in STEPS[Role.AGENT][1:]:
        on(mina)
    assert "You are through" in says(mina)
    mina.chooses(mina.modal, ids.TOUR_ROLE, "The tour for team leads")
    for _ in STEPS[Role.LEAD]:
        on(mina)
    assert "You are through" in says(mina)
    assert "1 of 8 · The tour for team leads" in comes_back()
    assert house.slack.complaints == []


def test_where_the_data_ended_long_ago_its_last_weeks_are_shown_with_their_days(house: House, team: Team):
    house.joins(house.team("Shipping", channel="quiet"), "Teo", language="en")
    with house.store.transaction() as session:
        people.add_member(session, house.workspace_id, "Bo", slack_user_id=house.person("Bo").id, role=Role.EXECUTIVE,
                          language="en", now=house.now)  # fmt: skip
        people.be_known_as(session, house.known["Ada"], "Ada King", now=house.now)
    house.sleeps_until(at(date(2027, 6, 1), 10))
    bo, mina, ada = (house.person(name) for name in ("Bo", "Mina", "Ada"))
    weeks_told = "October 23, 2026 – November 19, 2026"
    for who in (bo, mina, ada):
        who.types("/cspm tour", channel="#returns")
        assert weeks_told in says(who)
        assert "First response" in says(who)
        assert "nothing is known" not in says(who)
    assert weeks_told in tries(house, mina, "Show me all of it").says()
    assert "Where is parcel" in on(mina)
    assert "Where is parcel" in tries(house, mina, "Show me the tickets").says()
    beside = on(bo)
    assert f"*Returns ({weeks_told})*: First response time" in beside
    assert "*Shipping*: no data yet" in beside
    assert "2026-11` to see two of them" in beside
    signals = on(bo)
    assert "judged" in signals or "signals since" in signals
    assert "nothing is known" not in tries(house, bo, names.STEPS["signals"].label).says()
    assert house.slack.complaints == []


def test_whoever_is_in_no_team_is_told_what_to_do(house: House, team: Team):
    bo = house.person("Bo")
    bo.types("/cspm tour", channel="#returns")
    assert bo.modal is None
    assert "You are in no team yet. Ask your lead or an admin to add you" in bo.latest("#returns").says()


def test_an_admin_and_an_executive_see_all_teams_and_nobodys_figures(house: House, team: Team):
    house.team("Billing", channel="quiet")
    with house.store.transaction() as session:
        for name, role in (("Bo", "admin"), ("Teo", "executive")):
            who = house.person(name).id
            people.add_member(session, house.workspace_id, name, slack_user_id=who, role=role, language="en",
                              now=house.now)  # fmt: skip
        people.identity(session, house.workspace_id, "On whom nothing hangs", now=house.now)
    bo, teo = house.person("Bo"), house.person("Teo")
    bo.types("/cspm tour", channel="#returns")
    assert "*Returns*: #returns · led by Mina · 1 agent" in says(bo)
    assert "*Billing*: #quiet · no lead yet · 0 agents · no data yet" in says(bo)
    assert "5 names in the data match nobody yet." in on(bo)
    teo.types("/cspm tour", channel="#returns")
    assert "1 of 6 · The tour for executives" in says(teo)
    beside = on(teo)
    assert "*Returns*: First response time" in beside
    assert "*Billing*: no data yet" in beside
    pages = "".join([says(teo), *(on(teo) for _ in range(4))])
    assert "parcel" not in pages
    assert house.slack.complaints == []


def test_a_page_that_is_ready_late_does_not_stand_over_the_next(house: House, team: Team):
    mina = house.person("Mina")
    mina.types("/cspm tour", channel="#returns")
    updates: list[str] = []

    def hurried(method: str) -> None:
        updates.append(method)
        if updates.count("views.update") == 2 and method == "views.update":
            assert "2 of 8" in says(mina)
            assert "Looking at your team’s data" in says(mina)
            mina.presses(mina.modal, ids.TOUR_NEXT)

    house.line.before = hurried
    mina.presses(mina.modal, ids.TOUR_NEXT)
    house.line.before = lambda _: None
    assert "3 of 8" in says(mina)
    assert "The next one comes" in says(mina)
    mina.closes()
    mina.types("/cspm tour", channel="#returns")
    assert "3 of 8" in says(mina)


def test_a_team_of_six_is_told_how_many_and_one_of_four_nothing(house: House, team: Team):
    def line() -> str:
        with house.store.reading() as session:
            found = tours.opened(session, team, now=house.now)
        return views.line(found, Words("en")) if found else ""

    house.joins(team, "Teo")
    house.joins(team, "Bo")
    for name in ("Mina", "Ada", "Teo"):
        house.person(name).types("/cspm tour", channel="#returns")
    house.sleeps_until(house.now + DAY)
    assert line() == ""
    with house.store.transaction() as session:
        for name in ("Grace", "Luis"):
            more = people.add_member(session, house.workspace_id, name, slack_user_id=f"U{name}", now=house.now)
            people.join_team(session, team, more, Role.AGENT, now=house.now)
    assert line() == "3 of the 6 people of this team have opened the tour."
    house.person("Bo").types("/cspm tour", channel="#returns")
    assert line() == "3 of the 6 people of this team have opened the tour."
    house.sleeps_until(house.now + DAY)
    assert line() == "At least 4 of the 6 people of this team have opened the tour."


@pytest.mark.parametrize("role", [Role.AGENT, Role.QA_REVIEWER, Role.ADMIN])
def test_whatever_can_be_tried_answers(house: House, team: Team, role: Role):
    """In a message or on top, and nothing breaks; the tour stays where it is."""
    with house.store.transaction() as session:
        people.be_known_as(session, house.known["Ada"], "Ada King", now=house.now)
        if role is Role.ADMIN:
            session.merge(house.known["Ada"]).role = role
    if role is Role.QA_REVIEWER:
        house.joins(team, "Ada", role)
    ada = house.person("Ada")
    ada.types("/cspm tour", channel="#returns")
    for key in STEPS[role]:
        step, page = names.STEPS[key], says(ada)
        assert step.headline in page
        if step.label in (ada.modal.buttons() if ada.modal else ()):
            if step.comes == names.ON_TOP:
                ada.presses(ada.modal, step.label)
                assert len(ada.modals) == 2, key
                ada.closes()
            else:
                tries(house, ada, step.label)
        assert says(ada) == page
        on(ada)
    assert house.slack.complaints == []


def test_whoever_was_looked_at_reads_by_whom_in_their_own_tour(house: House, team: Team):
    with house.store.transaction() as session:
        there = people.team(session, house.workspace_id, team.id)
        people.agree_on_person_figures(session, there, "lead", "Mina", now=house.now)
        people.be_known_as(session, house.known["Ada"], "Ada King", now=house.now)
    ada, mina = house.person("Ada"), house.person("Mina")
    mina.types(f"/kpi <@{ada.id}>", channel="#returns")
    ada.types("/cspm tour", channel="#returns")
    assert "Every look of theirs is written down for you." in on(ada)
    assert "• Mina: 1 time" in on(ada)


def test_a_role_that_is_lost_on_the_way_ends_its_tour_kindly(house: House, team: Team):
    """The next press leads to the tour of what they are now."""
    house.joins(team, "Teo", language="en")
    teo = house.person("Teo")
    with house.store.transaction() as session:
        there = people.team(session, house.workspace_id, team.id)
        lead = people.join_team(session, there, house.known["Teo"], Role.LEAD, now=house.now)
    teo.types("/cspm tour", channel="#returns")
    assert "The tour for team leads" in says(teo)
    with house.store.transaction() as session:
        session.delete(session.get_one(type(lead), (lead.workspace_id, lead.id)))
    assert "1 of 8 · The tour for agents" in on(teo)
