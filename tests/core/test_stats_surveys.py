from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cspm_core.stats import Interval, mean_interval, net_promoter, wilson


def test_fifty_thirty_twenty_is_30_points_give_or_take_15() -> None:
    found = net_promoter(50, 30, 20)
    assert found is not None
    score, interval = found
    assert score == pytest.approx(30)
    assert (round(interval.low, 2), round(interval.high, 2)) == (14.69, 45.31)


def test_no_answers_have_no_score_and_negative_counts_are_refused() -> None:
    assert net_promoter(0, 0, 0) is None
    with pytest.raises(ValueError, match="negative"):
        net_promoter(3, -1, 2)


def test_a_few_answers_all_alike_are_not_sure() -> None:
    sure = wilson(3, 3)
    assert sure is not None
    # As many detractors as the interval of the promoters' share allows.
    low = 100 * (sure.low - (1 - sure.low))
    assert net_promoter(3, 0, 0) == (100, Interval(pytest.approx(low), 100))
    assert net_promoter(0, 0, 3) == (-100, Interval(-100, pytest.approx(-low)))
    neither = net_promoter(0, 3, 0)
    assert neither is not None
    assert (neither[0], neither[1].low) == (0, pytest.approx(-neither[1].high))


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_the_score_is_within_its_interval_and_turns_with_the_answers(up: int, level: int, down: int) -> None:
    there, back = net_promoter(up, level, down), net_promoter(down, level, up)
    if there is None or back is None:
        assert up + level + down == 0
        return
    score, interval = there
    assert -100 <= interval.low <= score <= interval.high <= 100
    assert interval.low < interval.high
    assert back == (pytest.approx(-score), Interval(pytest.approx(-interval.high), pytest.approx(-interval.low)))


def test_the_interval_of_a_mean_is_students() -> None:
    # Student's own example: additional hours of sleep by laevo-hyoscyamine over dextro-hyoscyamine, Biometrika 1908.
    hours = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
    interval = mean_interval(hours)
    assert interval is not None
    assert (round(interval.low, 4), round(interval.high, 4)) == (0.7001, 2.4599)  # R's t.test(sleep)


def test_one_answer_has_no_interval_and_no_number_is_refused() -> None:
    assert mean_interval([]) is None
    assert mean_interval([6]) is None
    assert mean_interval([6, 6, 6]) == Interval(6, 6)
    with pytest.raises(ValueError, match="number"):
        mean_interval([6, math.nan])


@given(st.lists(st.integers(1, 7), min_size=2, max_size=60).filter(lambda v: len(set(v)) > 1))
def test_it_agrees_with_another_implementation(answers: list[int]) -> None:
    interval = mean_interval(answers)
    expected = stats.t.interval(0.95, len(answers) - 1, np.mean(answers), stats.sem(answers))
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx(expected, rel=1e-9, abs=1e-9)
