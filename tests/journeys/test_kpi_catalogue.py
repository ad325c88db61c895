"""What a figure means, why another help desk says otherwise, figures of a team's own, and what it aims for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from bot import ids
from cspm_core import kpi, people
from cspm_core.people import Role, Team
from cspm_core.tickets import TicketFacts

from .house import House
from .returns import at, weeks
from .test_kpi import asks

THURSDAY = date(2026, 11, 19)
MAILED = {
    "key": "mailed_in_4h",
    "name": {"en": "E-mails answered in 4 hours", "nl": "E-mails binnen 4 uur beantwoord"},
    "unit": "share",
    "over": ["channel = email"],
    "count": ["first_response_at - created_at <= 4h"],
}


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(THURSDAY, 15))


@pytest.fixture
def team(house: House) -> Team:
    """Returns: Mina leads, Teo and Ada work; one ticket was opened by an agent, two e-mails are unanswered."""
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="nl")
    house.joins(team, "Ada")
    early = house.now - timedelta(hours=30)
    more = [
        TicketFacts("own", early, opened_by="agent", first_response_at=house.now),
        *(TicketFacts(f"mail-{n}", early, channel="email", subject="Nobody answers") for n in range(2)),
    ]
    house.imports(team, [*weeks(house.now), *more], house.now)
    return team


def defines(house: House, team: Team) -> None:
    with house.store.transaction() as session:
        kpi.define(session, team, MAILED, by="Mina", now=house.now)


def targets_of(house: House, team: Team) -> dict[str, float]:
    with house.store.reading() as session:
        return dict(kpi.targets(session, team))


def test_why_zendesk_says_something_else(house: House, team: Team):
    said = asks(house, "/kpi explain first_response")
    assert "leaving tickets unanswered never improves it" in said
    assert "Why your help desk may say something else" in said
    assert "the last 28 days" in said
    assert "As Zendesk counts it: 2 hr" in said
    assert "unanswered" in said.split("As Zendesk")[1].split("As Chatwoot")[0]
    assert "1 opened by agents" in said
    assert "As Chatwoot counts it" in said
    mina = house.person("Mina")
    mina.presses(mina.latest("#returns"), "Which tickets?")
    assert mina.latest("#returns").text.startswith("First response time of Returns, the last 28 days")
    assert house.slack.complaints == []


def test_another_period_and_another_team(house: House, team: Team):
    assert "last week" in asks(house, "/kpi explain frt Returns last week")
    assert "Did you mean “Returns”?" in asks(house, "/kpi explain frt Retruns")
    assert "Did you mean “last week”?" in asks(house, "/kpi explain frt lst week")


def test_a_stranger_learns_what_it_means_but_not_how_it_stands(house: House, team: Team):
    said = asks(house, "/kpi explain first_response", who="Bo")
    assert "leaving tickets unanswered" in said
    assert "Zendesk counts" not in said
    assert "are for its own people" in asks(house, "/kpi explain first_response Returns", who="Bo")


def test_a_figure_of_ones_own_is_asked_for_by_its_name_in_each_language(house: House, team: Team):
    defines(house, team)
    for line, who in (
        ("/kpi mailed_in_4h 7d", "Mina"),
        ("/kpi e-mails answered in 4 hours 7d", "Mina"),
        ("/kpi e-mails binnen 4 uur beantwoord 7 dagen", "Teo"),
    ):
        said = asks(house, line, who=who)
        assert "E-mails answered in 4 hours" in said or "E-mails binnen 4 uur beantwoord" in said
    said = asks(house, "/kpi explain mailed_in_4h")
    assert "A figure of this team: the share that meets first_response_at - created_at &lt;= 4h" in said or (
        "A figure of this team: the share that meets first_response_at - created_at <= 4h" in said
    )
    assert "Here: 0% (n = 2" in said
    assert house.slack.complaints == []


def test_all_figures_offer_their_meaning_as_somebody_types(house: House, team: Team):
    defines(house, team)
    asks(house, "/kpi team Returns last week")
    mina = house.person("Mina")
    mina.presses(mina.latest("#returns"), "All figures")
    every = mina.latest("#returns")
    assert "E-mails answered in 4 hours" in [row[0] for row in every.tables()[0]]
    [age] = mina.options(every, ids.KPI_EXPLAIN, "age of")
    mina.chooses(every, ids.KPI_EXPLAIN, age)
    assert "counted from their creation" in mina.latest("#returns").says()
    [new] = mina.options(every, ids.KPI_TICKETS, "new tick")
    mina.chooses(every, ids.KPI_TICKETS, new)
    assert mina.latest("#returns").text.startswith("New tickets of Returns, last week")


def test_a_hidden_figure_is_gone_and_still_answers_to_its_name(house: House, team: Team):
    with house.store.transaction() as session:
        kpi.hide(session, people.team(session, house.workspace_id, team.id), frozenset({"one_touch"}))
    asks(house, "/kpi team Returns last week")
    mina = house.person("Mina")
    mina.presses(mina.latest("#returns"), "All figures")
    assert "One-touch rate" not in mina.latest("#returns").says()
    assert "one public reply" in asks(house, "/kpi explain one_touch")


def test_a_lead_sets_targets_with_what_the_last_weeks_suggest(house: House, team: Team):
    asks(house, "/kpi team Returns last week")
    mina = house.person("Mina")
    mina.presses(mina.latest("#returns"), "All figures")
    mina.presses(mina.latest("#returns"), "Targets")
    shown = mina.latest("#returns")
    rows = {row[0]: row[1:] for row in shown.tables()[0]}
    assert rows["First response time"] == ["2 hr", "–", "2 hr"]
    mina.presses(shown, "Change targets")
    assert mina.submits(first_response="1h 30m", csat="85%", backlog="40").errors == {}
    assert targets_of(house, team) == {"first_response": 5400, "csat": 0.85, "backlog": 40}
    mina.presses(shown, "Change targets")
    assert mina.submits(csat="").errors == {}
    assert targets_of(house, team) == {"first_response": 5400, "backlog": 40}
    assert house.slack.complaints == []


def test_what_cannot_be_a_target_is_said_beside_its_field_and_nothing_is_saved(house: House, team: Team):
    asks(house, "/kpi team Returns last week")
    mina = house.person("Mina")
    mina.presses(mina.latest("#returns"), "All figures")
    mina.presses(mina.latest("#returns"), "Targets")
    mina.presses(mina.latest("#returns"), "Change targets")
    wrong = mina.submits(first_response="soon", csat="850%", backlog="40").errors
    assert set(wrong) == {"first_response", "csat"}
    assert targets_of(house, team) == {}


def test_targets_are_for_leads(house: House, team: Team):
    asks(house, "/kpi team Returns last week", who="Ada")
    ada = house.person("Ada")
    ada.presses(ada.latest("#returns"), "All figures")
    with pytest.raises(AssertionError, match="no button 'Targets'"):
        ada.presses(ada.latest("#returns"), "Targets")
