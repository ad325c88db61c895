"""What `/qa scores` rests on, counted by hand: by criterion, by stratum, by week, root causes, disputes and rights."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from sqlmodel import col, select

from cspm_core import people, qa
from cspm_core.qa import Criterion, Definition, Section, score_weeks, scores
from cspm_core.qa.scores import Scores
from cspm_core.qa.tables import QaAnswer
from cspm_core.qa.tallies import Disputes
from cspm_core.store import Store

from .kpi_stage import facts
from .score_stage import Bureau

GOOD = {"right": 3.0, "tone": 3.0, "safe": 2.0}


@pytest.fixture
def bureau(store: Store, workspace_id: int) -> Bureau:
    return Bureau(store, workspace_id)


def of_team(bureau: Bureau, period: str = "2026-11") -> Scores:
    with bureau.store.reading() as session:
        return scores.of_team(session, bureau.team, bureau.period(period), as_of=bureau.now)


def of_person(bureau: Bureau, name: str) -> Scores:
    with bureau.store.reading() as session:
        return scores.of_person(session, bureau.team, bureau.cast[name], bureau.period(), as_of=bureau.now)


def test_criteria_have_their_mean_points_the_weakest_first(bureau: Bureau):
    bureau.review("Ada", 1, 100, answers=GOOD)
    bureau.review("Ada", 2, 60, answers=GOOD | {"right": 1.0, "tone": 2.0})
    bureau.review("Teo", 3, 60, answers=GOOD | {"right": 2.0, "tone": None})
    bureau.review("Teo", 4, 0, answers=GOOD | {"right": 1.0}, stratum="low_rating")  # not at random
    bureau.review("Teo", 5, 0, answers=GOOD | {"right": 1.0}, draft=True)
    found = of_team(bureau).criteria
    assert [(one.key, one.n, one.mean, one.low) for one in found] == [
        ("right", 3, 50.0, 1),
        ("tone", 2, 75.0, 0),
        ("safe", 3, 100.0, 0),
    ]
    assert (found[0].name, found[0].scorecard, found[2].is_critical) == ("The answer is right", "Mail", True)
    assert found[0].low_share == pytest.approx(1 / 3)


def test_what_was_picked_for_a_reason_stands_apart(bureau: Bureau):
    bureau.review("Ada", 1, 90)
    for score in (50, 60, None):
        bureau.review("Ada", 2, score, stratum="low_rating")
    bureau.review("Ada", 3, 20, stratum="escalation")
    bureau.review("Ada", 3, 20, stratum="withdrawn")
    found = of_team(bureau)
    assert [(one.stratum, one.n, one.mean) for one in found.others] == [
        ("low_rating", 3, 55.0),
        ("escalation", 1, 20.0),
    ]
    assert found.reviews == 5
    reading = found.figure("qa_score")
    assert (reading.measure.value, reading.measure.n) == (90, 1)


def test_root_causes_disputes_and_reviewers_are_counted(bureau: Bureau):
    bureau.joins("Ada")
    low = {"right": 1.0, "tone": 1.0}
    first = bureau.review("Ada", 1, 0, answers=low, causes={"right": ["Knowledge", "Haste"], "tone": ["Haste"]})
    bureau.review("Teo", 2, 0, answers=low, causes={"right": ["Haste"]}, by="Sven", stratum="breach")
    third = bureau.review("Ada", 3, 0, answers=low)
    bureau.disputed(first, "accepted_in_part", "Ada")
    bureau.disputed(third, "open", "Ada")
    bureau.disputed(bureau.review("Ada", 4, 0, stratum="withdrawn"), "accepted", "Ada")
    found = of_team(bureau)
    assert found.causes == (("Haste", 3), ("Knowledge", 1))
    assert found.disputes == Disputes(open=1, accepted=1, accepted_in_part=1)
    assert (found.disputes.total, found.reviewers, found.people) == (3, (2, 1), 2)
    empty = of_team(bureau, "2026-10")
    assert (empty.reviews, empty.causes, empty.disputes, empty.reviewers, empty.weeks) == (0, (), None, (), ())


def test_a_team_without_tickets_has_scores_and_no_coverage(bureau: Bureau):
    bureau.review("Ada", 1, 90)
    assert [one.metric.key for one in of_team(bureau).figures] == ["qa_score", "qa_pass_rate", "critical_errors"]
    bureau.tickets(facts("R-1", 1, agent="Ada", solved_at=5), facts("R-2", 1, agent="Ada", solved_at=9))
    bureau.review("Ada", 20, 90, ticket_id=bureau.ticket_id("R-1"), stratum="chosen")
    assert of_team(bureau).figure("qa_coverage").measure.value == 0.5


def test_about_one_person_nothing_rests_on_fewer_than_five(bureau: Bureau):
    bureau.joins("Ada")
    low = GOOD | {"right": 1.0}
    for n in range(4):
        bureau.review("Ada", n, 50, answers=low, causes={"right": ["Haste"]})
    for n in range(9):
        bureau.review("Teo", n, 100, answers=GOOD)
    few = of_person(bureau, "Ada")
    assert (few.reviews, few.criteria, few.causes, few.weeks, few.reviewers) == (0, (), (), (), ())
    assert few.figure("qa_score").measure.note == "too_few"
    bureau.review("Ada", 9, 100, answers=low | {"tone": None}, causes={"right": ["Haste"]})
    bureau.review("Ada", 9, 10, stratum="chosen")
    enough = of_person(bureau, "Ada")
    assert [(one.key, one.n) for one in enough.criteria] == [("right", 5), ("safe", 5)]
    assert (enough.causes, enough.reviews, enough.others) == ((("Haste", 5),), 6, ())
    assert (enough.figure("qa_score").measure.value, enough.person) == (60, "Ada")


def test_two_names_of_one_person_are_one(bureau: Bureau):
    ada = bureau.joins("Ada")
    for n in range(3):
        bureau.review("Ada", n, 50)
        bureau.review("ada.b@example.com", n, 100)
    with bureau.store.transaction() as session:
        other = people.identity(session, bureau.workspace_id, "ada.b@example.com", now=bureau.now)
        other.member_id = ada.id
        session.add(other)
    found = of_person(bureau, "Ada")
    assert (found.figure("qa_score").measure.value, found.figure("qa_score").measure.n) == (75, 6)
    assert of_team(bureau).people == 1


def test_the_versions_of_a_scorecard_count_together(bureau: Bureau):
    bureau.review("Ada", 1, 60, answers={"right": 1.0})
    newer = Definition((Section("Answer", (Criterion("right", "It is right", ("no", "yes")),)),))
    with bureau.store.transaction() as session:
        bureau.card = qa.save_scorecard(
            session, bureau.team, "Mail", newer, by=None, now=bureau.now, scorecard_id=bureau.card.id
        )
    bureau.review("Ada", 2, 60, answers={"right": 2.0})
    with bureau.store.transaction() as session:  # of the two points that the newer version has
        row = session.exec(select(QaAnswer).order_by(col(QaAnswer.id).desc())).first()
        row.highest = 2.0
        session.add(row)
    found = of_team(bureau).criteria
    assert [(one.name, one.n, one.mean) for one in found] == [("It is right", 2, 50.0)]


# --- weeks ----------------------------------------------------------------------------------------------------------


def test_a_week_beyond_the_limits_of_twelve_others_signals_and_a_running_one_does_not():
    steady = [85, 86, 84, 87, 85, 84, 86, 85, 87, 84, 85, 86, 85]
    assert score_weeks.signals(np.array([*steady, 86, 85, 60.0])) == {15: False}
    assert score_weeks.signals(np.array([*steady, 99.0, 85, 86])) == {13: True}
    assert score_weeks.signals(np.array([*steady[:11], 10.0])) == {}
    assert score_weeks.signals(np.array([*steady, 86, 85, np.nan, 60.0])) == {16: False}


def test_weeks_begin_with_the_first_review_and_end_with_the_period(bureau: Bureau):
    for n in range(5):
        bureau.review("Ada", 24 * 8 + n, 80)
        bureau.review("Ada", 24 * 22 + n, 60 + n * 10)
    found = of_team(bureau).weeks
    assert [(str(one.monday), one.measure.value, one.measure.n) for one in found] == [
        ("2026-11-09", 80, 5),
        ("2026-11-16", None, 0),
        ("2026-11-23", 80, 5),
        ("2026-11-30", None, 0),
    ]
    assert [str(one.monday) for one in of_team(bureau, "2026-W46").weeks] == ["2026-11-09"]
    assert of_team(bureau, "2026-W45").weeks == ()


def test_falling_weeks_are_told_as_a_trend(bureau: Bureau):
    for week in range(-8, 4):
        for n in range(5):
            bureau.review("Ada", 168 * week + 12 + n, 80 - 2 * week + n)
    found = of_team(bureau)
    assert (found.trend.movement, round(found.trend.slope, 6)) == ("falling", -2)


# --- who may see single reviews -------------------------------------------------------------------------------------


def seen(bureau: Bureau, who: str, person: Any = None) -> list[str]:
    with bureau.store.reading() as session:
        found = scores.seen(
            session, bureau.team, bureau.period(), as_of=bureau.now, asker=bureau.asker(who), person=person
        )
    return sorted(f"{one.agent} by {one.reviewer}" for one in found)


def test_single_reviews_are_for_whom_they_are_about_for_who_made_them_and_for_the_lead(bureau: Bureau):
    for name in ("Ada", "Teo"):
        bureau.joins(name)
    bureau.joins("Boss", people.Role.MANAGER)
    bureau.review("Ada", 1, 50, told=True)
    bureau.review("Ada", 2, 50, told=False)
    bureau.review("Teo", 3, 50, by="Sven", stratum="low_rating")
    every = ["Ada by Rita", "Ada by Rita", "Teo by Sven"]
    assert seen(bureau, "Mina") == every
    assert seen(bureau, "Ada") == every[:1]
    assert seen(bureau, "Teo") == seen(bureau, "Sven") == every[2:]
    assert seen(bureau, "Rita") == every[:2]
    assert seen(bureau, "Boss") == []
    assert seen(bureau, "Mina", bureau.cast["Teo"]) == every[2:]
    bureau.team.person_figures = "self"
    assert seen(bureau, "Mina") == []
    assert seen(bureau, "Ada") == every[:1]


def test_all_of_it_can_be_written_as_json(bureau: Bureau):
    bureau.joins("Ada")
    first = bureau.review("Ada", 1, 50, answers={"right": 1.0}, causes={"right": ["Haste"]})
    bureau.review("Ada", 2, 60)
    bureau.disputed(first, "rejected", "Ada")
    told = json.loads(json.dumps(scores.plain(of_team(bureau)), allow_nan=False))
    assert told["metrics"]["qa_score"]["value"] == 55
    assert told["metrics"]["qa_score"]["unit"] == "of_100"
    assert (told["causes"], told["disputes"]["rejected"], told["criteria"][0]["key"]) == ({"Haste": 1}, 1, "right")
    assert told["period"]["start"] == "2026-11-01T00:00:00+01:00"
    assert told["weeks"][0] == {"monday": "2026-11-02", "value": 55, "n": 2, "signal": None}
