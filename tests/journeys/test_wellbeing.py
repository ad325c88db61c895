"""Pulse, questions after a talk, notes in confidence and improvement plans: who reads what, and who never does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

from bot.local_slack import Person, Server
from cspm_core import errors, people
from cspm_core.coaching.tables import Talk
from cspm_core.ids import new_id
from cspm_core.people import Member, Role, Team
from cspm_core.store import Store
from cspm_core.wellbeing import ConfidentialNote, ImprovementPlan, Opinion, PulseAsked, pulses

from . import house as houses
from .house import House
from .returns import at

THURSDAY, MONDAY = date(2026, 11, 19), date(2026, 11, 23)
MORE = ("Cem", "Dee", "Eve")


@pytest.fixture
def house(sqlite_store: Store, slack_server: Server) -> House:
    return houses.build(sqlite_store, slack_server, at(THURSDAY, 10), more=[Person(name, name) for name in MORE])


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="nl")
    house.joins(team, "Ada", language="ko")
    for name in MORE:
        house.joins(team, name)
    return team


def switched_on(house: House) -> None:
    mina = house.person("Mina")
    mina.types("/coach pulse", "#returns")
    mina.presses(mina.latest("#returns"), "Ask every second week")


def test_a_pulse_is_told_from_five_answers_on_and_names_nobody(house: House, team: Team):
    switched_on(house)
    house.sleeps_until(at(MONDAY, 9))
    house.turn(hours=1)
    for n, name in enumerate(("Teo", "Ada", *MORE)):
        seat = house.person(name)
        seat.presses(seat.latest(), "pulse.answer")
        assert seat.submits(first=str(3 + n % 3), second="4").result == "closed"
    with house.store.reading() as session:
        kept = session.exec(select(Opinion)).all()
        assert {one.week for one in kept} == {MONDAY}
        assert sorted(one.first for one in kept) == [3, 3, 4, 4, 5]
    teo = house.person("Teo")
    assert teo.latest().buttons() == []
    house.sleeps_until(at(date(2026, 11, 30), 11))
    house.turn(hours=1)
    told = [one for one in house.person("Mina").reads() if "Pulse of Returns" in one.says()]
    assert len(told) == 1
    assert "5 of 5 answered" in told[0].says()
    assert "3.8" in told[0].says()
    assert "Teo" not in told[0].says()
    house.sleeps_until(at(date(2026, 12, 1), 11))
    house.turn(hours=1)
    assert len([one for one in teo.reads() if "pulse.answer" in one.action_ids()]) == 0


def test_four_answers_are_shown_to_nobody(house: House, team: Team):
    switched_on(house)
    house.sleeps_until(at(MONDAY, 9))
    house.turn(hours=1)
    for name in ("Teo", "Ada", "Cem", "Dee"):
        seat = house.person(name)
        seat.presses(seat.latest(), "pulse.answer")
        seat.submits(first="1", second="1")
    mina = house.person("Mina")
    mina.types("/coach pulse", "#returns")
    said = mina.latest("#returns").says()
    assert "too few answers to show" in said
    house.person("Teo").types("/coach pulse", "#returns")
    assert "too few" not in house.person("Teo").latest("#returns").says()


def test_a_second_answer_changes_nothing(house: House, team: Team):
    switched_on(house)
    house.sleeps_until(at(MONDAY, 9))
    house.turn(hours=1)
    teo = house.person("Teo")
    teo.presses(teo.latest(), "pulse.answer")
    teo.submits(first="5", second="5")
    with house.store.transaction() as session:
        asked = session.exec(select(PulseAsked).where(PulseAsked.member_id == house.known["Teo"].id)).one()
        again = pulses.answer(session, team.workspace_id, asked.id, house.known["Teo"], 1, 1, now=house.now)
        with pytest.raises(errors.NotForYou):
            pulses.answer(session, team.workspace_id, asked.id, house.known["Ada"], 1, 1, now=house.now)
    assert not again
    with house.store.reading() as session:
        assert [one.first for one in session.exec(select(Opinion))] == [5]


def test_the_agent_is_asked_after_a_talk_and_the_lead_sees_no_single_answer(house: House, team: Team):
    holds_a_talk(house, team, house.known["Mina"], house.known["Teo"])
    house.turn(hours=2)
    teo, mina = house.person("Teo"), house.person("Mina")
    teo.presses(teo.latest(), "pulse.answer")
    assert teo.submits(first="2", second="3").result == "closed"
    mina.types("/coach pulse", "#returns")
    assert "too few answers to show" in mina.latest("#returns").says()
    house.sleeps_until(at(date(2026, 11, 20), 10))
    house.turn(hours=1)
    assert len([one for one in teo.reads() if "Mina" in one.says()]) == 1


def holds_a_talk(house: House, team: Team, lead: Member, agent: Member) -> None:
    with house.store.transaction() as session:
        session.add(
            Talk(
                workspace_id=team.workspace_id, id=new_id(house.now), team_id=team.id, lead_id=lead.id,
                agent_id=agent.id, planned_at=house.now, status="held", held_at=house.now,
            )
        )  # fmt: skip


def test_a_note_in_confidence_reaches_one_lead_and_nobody_else(house: House, team: Team):
    ada, mina = house.person("Ada"), house.person("Mina")
    ada.types(f"/coach confide <@{mina.id}>", "#returns")
    talk_at = house.now + timedelta(days=1)
    sent = ada.submits(words="Somebody shouts at me every morning", talk_at=int(talk_at.timestamp()))
    assert sent.result == "closed"
    house.beat()
    assert "Somebody shouts at me" in mina.latest().says()
    mina.presses(mina.latest(), "I have read it")
    house.beat()
    assert "Mina" in ada.latest().says()
    assert "shouts" not in ada.latest().says()
    for name in ("Teo", *MORE):
        assert not [one for one in house.person(name).reads() if "shouts" in one.says()]
    assert not [one for one in house.reads() if "shouts" in one.says()]
    mina.types("/cspm today", "#returns")
    assert "Ada" in mina.latest("#returns").says()
    with house.store.reading() as session:
        assert session.exec(select(ConfidentialNote)).one().seen_at is not None


def test_a_note_goes_to_somebody_who_leads_only(house: House, team: Team):
    ada, teo = house.person("Ada"), house.person("Teo")
    ada.types("/coach confide", "#returns")
    sent = ada.submits(to=teo.id, words="…")
    assert "to" in sent.errors


def test_an_improvement_plan_is_confirmed_by_both_seen_by_three_and_gone_on_its_day(house: House, team: Team):
    mina, teo = house.person("Mina"), house.person("Teo")
    mina.types(f"/coach improve <@{teo.id}>", "#returns")
    sent = mina.submits(
        goal="QA of at least 80", support="Two hours with Grace", starts_on="2026-11-20", ends_on="2026-12-18",
        checks_on="2026-12-04", gone_on="2027-01-08",
    )  # fmt: skip
    assert sent.result == "closed"
    house.turn(hours=1)
    teo.presses(teo.latest(), "plan.confirm")
    assert teo.submits(words="Graag met e-mail beginnen").result == "closed"
    house.beat()
    assert "Graag met e-mail beginnen" in mina.latest().says()
    with house.store.reading() as session:
        plan = session.exec(select(ImprovementPlan)).one()
    ada = house.person("Ada")
    ada.types(f"/coach improve <@{teo.id}>", "#returns")
    assert ada.modal is None
    assert plan.agent_confirmed_at is not None
    house.sleeps_until(at(date(2027, 1, 7), 12))
    house.beat()
    with house.store.reading() as session:
        assert session.exec(select(ImprovementPlan)).first() is not None
    house.sleeps_until(at(date(2027, 1, 8), 12))
    house.beat()
    with house.store.reading() as session:
        assert session.exec(select(ImprovementPlan)).first() is None


def test_an_answer_says_neither_who_nor_when(house: House, team: Team):
    switched_on(house)
    house.sleeps_until(at(MONDAY, 9))
    house.turn(hours=1)
    seat = house.person("Cem")
    seat.presses(seat.latest(), "pulse.answer")
    seat.submits(first="2", second="2")
    with house.store.reading() as session:
        [kept] = session.exec(select(Opinion))
        assert set(kept.model_dump()) == {"workspace_id", "id", "team_id", "about", "week", "first", "second"}
        assert pulses.results(session, people.team(session, team.workspace_id, team.id))[0].first.mean is None
