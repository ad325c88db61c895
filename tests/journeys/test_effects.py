"""Did it help, and what the data suggests, in Slack."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select

from bot import ids
from bot.local_slack import SeenMessage
from cspm_core import people
from cspm_core.coaching.tables import Suggestion
from cspm_core.people import Role, Team
from cspm_core.tickets import TicketFacts

from . import coached
from .house import House
from .returns import at

THURSDAY = date(2026, 11, 19)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(THURSDAY, 8, 30))


@pytest.fixture
def team(house: House) -> Team:
    """Returns, which has agreed that its lead sees figures: Mina leads, Teo and Ada work."""
    team = house.team("Returns", timezone="America/New_York")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="en")
    house.joins(team, "Ada", language="en")
    with house.store.transaction() as session:
        people.be_known_as(session, house.known["Teo"], "Teo de Vries", now=house.now)
    house.imports(team, coached.weeks(house.now), house.now)
    agree(house, team, "lead")
    return team


def agree(house: House, team: Team, level: str) -> None:
    with house.store.transaction() as session:
        found = people.team(session, team.workspace_id, team.id)
        people.agree_on_person_figures(session, found, level, "the works council", now=house.now)


def answer(house: House, line: str, who: str = "Mina") -> SeenMessage:
    seat = house.person(who)
    before = len(seat.reads("#returns"))
    seat.types(line, "#returns")
    found = [one for one in seat.reads("#returns")[before:] if "Still counting" not in one.text]
    assert len(found) == 1, [one.says() for one in found]
    return found[0]


def looks(house: House, who: str) -> list[str]:
    with house.store.reading() as session:
        return [one.what for one in people.looks_at(session, house.workspace_id, house.known[who].id)]


def test_a_lead_sees_whether_a_promise_helped_and_the_agent_sees_that_they_looked(house: House, team: Team):
    coached.promised(house, team)
    listed = answer(house, "/coach effects @Teo")
    assert "Read the whole thread first" in listed.says()
    assert "better than the rest of the team by" in listed.says()
    mina = house.person("Mina")
    before = len(mina.reads("#returns"))
    mina.presses(listed, "Did it help?")
    [card] = mina.reads("#returns")[before:]
    [table] = card.tables()
    assert [row[0] for row in table[1:]] == ["Teo", "The rest of the team", "Difference"]
    assert "n = " in table[1][1]
    assert len(card.charts()) == 1
    assert "Left out, because those weeks prompted the promise: August 25, 2026 – September 22, 2026." in card.says()
    assert "Other reasons than the promise cannot be ruled out." in card.says()
    assert looks(house, "Teo") == ["csat", "promises"]
    assert house.slack.complaints == []


def test_the_agent_sees_their_own_and_nobody_else_does(house: House, team: Team):
    coached.promised(house, team)
    assert "better than the rest of the team" in answer(house, "/coach effects", "Teo").says()
    assert "better than" not in answer(house, "/coach effects @Teo", "Ada").says()
    agree(house, team, "self")
    assert "better than" not in answer(house, "/coach effects @Teo").says()
    assert "better than the rest of the team" in answer(house, "/coach effects", "Teo").says()
    agree(house, team, "nobody")
    assert "better than" not in answer(house, "/coach effects", "Teo").says()


def test_too_early_is_said_with_the_day_on_which_to_look_again(house: House, team: Team):
    coached.promised(house, team, on=date(2026, 11, 12), status="open")
    assert "too early to tell. Look again from Fri, Nov 27." in answer(house, "/coach effects @Teo").says()


def test_promises_are_pooled_for_a_lead_and_never_by_person(house: House, team: Team):
    coached.promised(house, team)
    coached.promised(house, team, kind="tone", status="missed")
    coached.talked(house, team)
    found = answer(house, "/coach effects")
    assert "1 talk held, 2 promises made, 1 kept, and 1 not kept." in found.says()
    [table] = found.tables()
    assert [row[0] for row in table[1:]] == ["Knowledge", "Tone"]
    assert table[1][5] == "too few to say: it takes 5 promises of 5 people"
    assert "Teo" not in found.says()
    assert answer(house, "/coach 成效").says() == found.says()


def test_an_executive_sees_nothing_of_fewer_than_five(house: House, team: Team):
    coached.promised(house, team)
    with house.store.transaction() as session:
        boss = people.add_member(
            session, house.workspace_id, "Bo", slack_user_id=house.person("Bo").id, role="executive", now=house.now
        )
    assert boss.role == "executive"
    assert "Fewer than 5 people of Returns were coached" in answer(house, "/coach effects Returns", "Bo").says()


LONG = "Teo stayed with me for an hour until everything worked again & wrote <twice>."


@pytest.fixture
def praised(house: House, team: Team) -> Suggestion:
    """A customer of Teo's wrote what he did; the night has passed."""
    rated = at(THURSDAY, 8)
    fact = TicketFacts(
        "P-1", rated - timedelta(hours=3), agent="Teo de Vries", csat="5", csat_scale="5", csat_at=rated,
        csat_comment=LONG,
    )  # fmt: skip
    agree(house, team, "self")
    house.imports(team, [fact], house.now)
    house.turn_to(at(THURSDAY + timedelta(days=1), 5), step=timedelta(hours=1))
    with house.store.reading() as session:
        [found] = session.exec(select(Suggestion)).all()
    return found


def test_what_went_well_is_suggested_in_the_night_and_the_lead_says_thanks(house: House, praised: Suggestion):
    mina = house.person("Mina")
    listed = answer(house, "/coach suggestions")
    assert "A customer gave the best rating for ticket P-1, and wrote:" in listed.says()
    assert "wrote &lt;twice&gt;" in str(listed.blocks)
    mina.presses(listed, "Say thanks")
    assert mina.modal is not None
    assert mina.modal.callback_id == ids.KUDOS_FORM
    assert "The data suggests nothing at present." in house.person("Mina").reads("#returns")[-1].says()
    with house.store.reading() as session:
        row = session.get_one(Suggestion, (house.workspace_id, praised.id))
        assert (row.status, row.decided_by) == ("taken", house.known["Mina"].id)
    assert house.slack.complaints == []


def test_the_lead_may_leave_it_or_talk_about_it(house: House, praised: Suggestion):
    mina = house.person("Mina")
    mina.presses(answer(house, "/coach suggestions"), "Not now")
    assert answer(house, "/coach suggestions").says().startswith("The data suggests nothing")
    with house.store.transaction() as session:
        row = session.get_one(Suggestion, (house.workspace_id, praised.id))
        assert row.status == "dismissed"
        row.status = "open"
        session.add(row)
    mina.presses(answer(house, "/coach suggestions"), "Talk about it")
    assert any(ids.COACH_NOTE in one.action_ids() for one in mina.reads())


def test_suggestions_are_the_leads_alone(house: House, praised: Suggestion):
    assert "nothing at present" in answer(house, "/coach suggestions", "Teo").says()
    assert "nothing at present" in answer(house, "/coach suggestions", "Ada").says()
