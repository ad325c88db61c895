"""What opens a talk: reviews as far as its lead may see them, kudos, goals; and what a held talk lets go."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cspm_core import coaching
from cspm_core.coaching import Brief
from cspm_core.goals.tables import Goal
from cspm_core.ids import new_id
from cspm_core.recognition.tables import Kudos, KudosTo
from cspm_core.store import Store

from .review_stage import DAY, HOUR, MONDAY, Office


@pytest.fixture
def office(store: Store, workspace_id: int) -> Office:
    return Office(store, workspace_id)


def brief(office: Office, lead: str = "Mina", agent: str = "Ada") -> Brief:
    with office.store.reading() as session:
        return coaching.brief(session, office.workspace_id, office.asker(lead), office.cast[agent], now=office.now)


def holds(office: Office) -> None:
    with office.store.transaction() as session:
        lead = office.asker("Mina")
        talk = coaching.open_talk(session, office.team, lead=lead, agent=office.cast["Ada"], now=office.now)
        coaching.hold_talk(session, office.workspace_id, talk.id, by=lead, now=office.now)


def test_a_lead_sees_the_reviews_of_others_only_where_the_team_has_agreed(office: Office):
    others, own = office.review(right=1, by="Rita"), office.review(tone=2, by="Mina")
    found = brief(office)
    assert ([one.id for one in found.reviews], found.reviews_hidden) == ([own], 1)
    office.changes(person_figures="lead")
    found = brief(office)
    assert ({one.id for one in found.reviews}, found.reviews_hidden) == ({others, own}, 0)


def test_a_manager_coaches_but_is_shown_no_figures_of_a_person(office: Office):
    office.changes(person_figures="lead")
    assert brief(office, "Omar").figures_level == "lead"
    assert brief(office, "Mina").figures_level == ""


def test_a_review_that_waited_for_the_talk_reaches_the_agent_once_it_was_held(office: Office):
    review = office.review(right=1, tone=1, by="Mina", in_person=True)
    office.turn(hours=2)
    assert office.row(review).told_at is None
    holds(office)
    office.turn(hours=2)
    assert office.row(review).told_at is not None


def test_kudos_and_reviews_count_since_the_last_talk_and_goals_as_long_as_they_run(office: Office):
    office.review(right=1, by="Mina")
    thanks(office, "Took my queue")
    goal(office, "agreed")
    goal(office, "reached")
    found = brief(office)
    assert [(one.giver, one.reason) for one in found.kudos] == [("Teo", "Took my queue")]
    assert len(found.reviews) == 1
    assert [one.status for one in found.goals] == ["agreed"]
    office.now += HOUR
    holds(office)
    office.now += HOUR
    found = brief(office)
    assert (found.kudos, found.reviews, len(found.goals)) == ((), (), 1)
    assert found.last is not None
    assert found.last.held_at == MONDAY + HOUR


def thanks(office: Office, reason: str) -> None:
    giver, to = office.cast["Teo"].id, office.cast["Ada"].id
    key, kudos = {"workspace_id": office.workspace_id}, new_id(office.now)
    with office.store.transaction() as session:
        session.add(Kudos(**key, id=kudos, team_id=office.team.id, giver_id=giver, at=office.now, reason=reason))
        session.flush()
        session.add(
            KudosTo(**key, id=new_id(office.now), kudos_id=kudos, giver_id=giver, member_id=to,
                    day=office.now.date(), slot=1)
        )  # fmt: skip


def goal(office: Office, status: str) -> None:
    today, mina = office.now.date(), office.cast["Mina"].id
    with office.store.transaction() as session:
        session.add(
            Goal(
                workspace_id=office.workspace_id, id=new_id(office.now), team_id=office.team.id,
                member_id=office.cast["Ada"].id, owner_id=mina, metric="csat", target=0.9, starts_on=today,
                ends_on=today + timedelta(days=30), proposed_by=mina, proposed_at=office.now - DAY, status=status,
            )
        )  # fmt: skip
