"""From answers to a score, and from scores to an IQS: worked values, and what must hold whatever was answered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cspm_core.qa import (
    Answer,
    Criterion,
    Definition,
    OnCritical,
    OnNotApplicable,
    Section,
    iqs,
    score_of,
    scored,
)


def answer(score: float | None, highest: float = 2, weight: float = 1, **given) -> Answer:
    return Answer("c", score, 1.0, highest, weight, **given)


def test_the_iqs_of_five_reviews_is_their_mean():
    found = iqs([100, 9.91, 63.96, 90.99, 0])
    assert round(found.value or 0, 2) == 52.97
    assert (found.n, found.scores) == (5, (100, 9.91, 63.96, 90.99, 0))


def test_a_review_without_a_score_is_no_review_of_the_iqs():
    assert (iqs([80, None, 60]).value, iqs([80, None, 60]).n) == (70, 2)
    assert (iqs([None]).value, iqs([]).n) == (None, 0)


@pytest.mark.parametrize(
    ("score", "highest", "points"),
    [(1, 2, 0), (2, 2, 100), (2, 3, 50), (3, 4, 66.67), (1, 5, 0), (2, 5, 25), (3, 5, 50), (4, 5, 75), (5, 5, 100)],
)
def test_points_are_the_way_from_the_worst_to_the_best(score: float, highest: float, points: float):
    assert round(answer(score, highest).points or 0, 2) == points


def test_a_scale_that_begins_at_zero_or_ends_at_a_hundred_counts_alike():
    assert Answer("c", 0, 0, 10).points == 0
    assert Answer("c", 7, 0, 10).points == pytest.approx(70)
    assert Answer("c", 40, 20, 100).points == 25


def test_weights_weigh():
    assert scored([answer(2, weight=3), answer(1, weight=1)]).score == 75
    assert scored([answer(2, 3, weight=2), answer(4, 4, weight=1), answer(1, weight=1)]).score == 50
    light = scored([answer(1, weight=0), answer(2, weight=1)])
    assert (light.score, light.rated) == (100, 1)


def test_not_applicable_is_left_out_or_counts_as_the_best():
    answers = [answer(1), answer(2), answer(None, weight=2, is_na=True)]
    assert scored(answers).score == 50
    assert scored(answers, on_na=OnNotApplicable.FULL).score == 75


def test_where_nothing_was_rated_there_is_no_score_and_nothing_is_passed():
    for on_na in OnNotApplicable:
        found = scored([answer(None, is_na=True), answer(None)], on_na=on_na)
        assert (found.score, found.without_critical, found.is_passed) == (None, None, None)


def test_a_critical_failure_makes_it_zero_and_tells_what_it_would_have_been():
    answers = [answer(2, weight=3), Answer("privacy", 1, 1, 2, is_critical=True)]
    found = scored(answers)
    assert (found.score, found.without_critical, found.failures, found.is_passed) == (0, 75, ("privacy",), False)


def test_or_it_keeps_its_score_and_is_not_passed():
    answers = [answer(2, weight=9), Answer("privacy", 1, 1, 2, is_critical=True)]
    found = scored(answers, on_critical=OnCritical.OUTCOME)
    assert (found.score, found.without_critical, found.is_passed) == (90, 90, False)


def test_a_critical_criterion_fails_under_half_of_its_points_and_not_where_it_does_not_apply():
    for score, highest, fails in ((2, 3, False), (2, 4, True), (2, 5, True), (3, 5, False)):
        assert bool(scored([answer(score, highest, is_critical=True)]).failures) is fails, (score, highest)
    assert scored([answer(None, is_na=True, is_critical=True), answer(2)]).score == 100


@pytest.mark.parametrize(("good", "bad", "is_passed"), [(4, 1, True), (79, 21, False), (8, 2, True)])
def test_it_is_passed_from_the_mark_on(good: int, bad: int, is_passed: bool):
    found = scored([answer(2, weight=good), answer(1, weight=bad)], passed_from=80)
    assert found.is_passed is is_passed


def test_a_scorecards_own_settings_hold():
    definition = Definition(
        (Section("All", (Criterion("a", "A", ("No", "Yes")), Criterion("b", "B", ("No", "Yes"), is_critical=True))),),
        OnCritical.OUTCOME,
        OnNotApplicable.FULL,
        40,
    )
    found = score_of(definition, [Answer("a", 1), Answer("b", None, is_na=True, is_critical=True)])
    assert (found.score, found.is_passed) == (50, True)


answers = st.builds(
    lambda highest, share, weight, critical, na: Answer(
        "c", None if na else 1 + round(share * (highest - 1)), 1, highest, weight, critical, na
    ),
    st.integers(2, 5),
    st.floats(0, 1),
    st.floats(0, 100),
    st.booleans(),
    st.booleans(),
)


@given(st.lists(answers, min_size=1, max_size=12), st.sampled_from(OnCritical), st.sampled_from(OnNotApplicable))
def test_a_score_lies_between_0_and_100_and_a_failure_never_helps(some, on_critical, on_na):
    found = scored(some, on_critical=on_critical, on_na=on_na)
    assume(found.score is not None)
    assert -1e-9 <= found.score <= found.without_critical <= 100 + 1e-9
    assert not (found.failures and found.is_passed)


@given(st.lists(answers, min_size=1, max_size=12), st.floats(0.1, 10))
def test_only_the_proportion_of_weights_counts(some, factor):
    assume(all(one.weight == 0 or one.weight > 1e-6 for one in some))
    before = scored(some).without_critical
    after = scored([replace(one, weight=one.weight * factor) for one in some]).without_critical
    assert after == (None if before is None else pytest.approx(before))


@given(st.lists(answers, min_size=1, max_size=12))
def test_what_does_not_apply_could_as_well_not_be_there(some):
    assert scored(some).score == scored([one for one in some if not one.is_na]).score
