from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspm_core.stats import agreement
from cspm_core.stats.agreement import Level, alpha, biases, raw_agreement

NAN = math.nan
FIRST = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
SECOND = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]
"""Krippendorff 2011, section C: four observers, twelve units, missing values."""


def distance(level: Level, margins: dict[float, float], a: float, b: float) -> float:
    if level is Level.NOMINAL:
        return float(a != b)
    if level is Level.INTERVAL:
        return (a - b) ** 2
    low, high = min(a, b), max(a, b)
    between = sum(n for value, n in margins.items() if low <= value <= high)
    return (between - (margins[low] + margins[high]) / 2) ** 2


def by_pairs(ratings: list[list[float]], level: Level) -> float | None:
    """Alpha as it is defined: every pair of every unit, and every pair of all."""
    units = [[v for v in column if not math.isnan(v)] for column in zip(*ratings, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    every = [value for unit in units for value in unit]
    margins = {value: float(every.count(value)) for value in every}
    if len(margins) < 2:
        return None
    n = len(every)
    observed = sum(
        distance(level, margins, a, b) / (len(unit) - 1) for unit in units for a, b in itertools.permutations(unit, 2)
    )
    expected = sum(distance(level, margins, a, b) for a, b in itertools.permutations(every, 2))
    return 1 - (n - 1) * observed / expected


ratings = st.integers(1, 5).flatmap(
    lambda reviewers: st.lists(
        st.lists(st.sampled_from([NAN, 1.0, 2.0, 3.0, 4.0, 5.0]), min_size=reviewers, max_size=reviewers),
        min_size=1,
        max_size=8,
    ).map(lambda columns: [list(row) for row in zip(*columns, strict=True)])
)


@pytest.mark.parametrize("level", Level)
def test_two_reviewers_of_a_yes_or_no_question_are_as_published(level: Level) -> None:
    found = alpha([FIRST, SECOND], level)
    assert found.value == pytest.approx(0.095238, abs=5e-7)
    assert (found.units, found.n) == (10, 20)
    assert raw_agreement([FIRST, SECOND]) == (0.6, 10)


@pytest.mark.parametrize(
    ("level", "published"), [(Level.NOMINAL, 0.743), (Level.ORDINAL, 0.815), (Level.INTERVAL, 0.849)]
)
def test_four_observers_with_gaps_are_as_published(level: Level, published: float) -> None:
    found = alpha(OBSERVERS, level)
    assert found.value == pytest.approx(published, abs=5e-4)
    assert (found.units, found.n) == (11, 40)
    assert found.interval is not None
    assert found.interval.low < found.value < found.interval.high


@given(ratings, st.sampled_from(Level))
def test_alpha_is_what_counting_every_pair_gives(given_ratings: list[list[float]], level: Level) -> None:
    found, counted = alpha(given_ratings, level, resamples=0).value, by_pairs(given_ratings, level)
    assert found == (None if counted is None else pytest.approx(counted, abs=1e-9))


@given(ratings, st.sampled_from(Level), st.integers(0, 100))
@settings(max_examples=40)
def test_each_resample_is_the_alpha_of_its_units(given_ratings: list[list[float]], level: Level, seed: int) -> None:
    columns = np.array(given_ratings)
    rated = columns[:, (~np.isnan(columns)).sum(axis=0) > 1]
    if rated.shape[1] < 1:
        return
    drawn = np.random.default_rng(seed).integers(0, rated.shape[1], rated.shape[1])
    weights = np.bincount(drawn, minlength=rated.shape[1])[None, :].astype(float)
    given = agreement._rated(rated)
    if len(given.values) < 2:
        return
    found = agreement._alphas(given, level, weights)[0]
    counted = by_pairs(rated[:, drawn].tolist(), level)
    assert math.isnan(found) if counted is None else found == pytest.approx(counted, abs=1e-9)


@given(ratings, st.sampled_from(Level))
def test_the_order_of_reviewers_and_units_does_not_matter(given_ratings: list[list[float]], level: Level) -> None:
    turned = [list(reversed(row)) for row in reversed(given_ratings)]
    assert alpha(turned, level, resamples=0).value == pytest.approx(alpha(given_ratings, level, resamples=0).value)


@pytest.mark.parametrize("level", Level)
def test_where_nothing_varies_nothing_can_be_judged(level: Level) -> None:
    found = alpha([[3, 3, 3], [3, 3, 3]], level)
    assert (found.value, found.interval) == (None, None)
    assert raw_agreement([[3, 3, 3], [3, 3, 3]]) == (1.0, 3)


@pytest.mark.parametrize("level", Level)
def test_those_who_agree_wherever_it_varies_have_one(level: Level) -> None:
    found = alpha([[1, 2, 3, 4], [1, 2, 3, 4]], level)
    assert found.value == pytest.approx(1.0)
    assert found.interval is not None
    assert found.interval.low == pytest.approx(1.0)


def test_what_only_one_reviewer_rated_says_nothing() -> None:
    found = alpha([[1, 2, NAN], [NAN, NAN, 3]], Level.INTERVAL)
    assert (found.value, found.units, found.n) == (None, 0, 0)
    assert raw_agreement([[1, 2, NAN], [NAN, NAN, 3]]) == (None, 0)
    assert alpha(np.empty((2, 0)), Level.NOMINAL).value is None


def test_of_two_units_no_interval_is_drawn() -> None:
    found = alpha([[1, 3], [2, 3]], Level.ORDINAL)
    assert found.value is not None
    assert found.interval is None


def test_the_interval_is_the_same_from_the_same_seed_and_narrows_with_more_units() -> None:
    random = np.random.default_rng(5)
    truth = random.integers(1, 6, 400).astype(float)
    rated = np.array([truth + random.integers(0, 2, 400) for _ in range(3)])
    few, many = alpha(rated[:, :40], Level.ORDINAL, seed=7), alpha(rated, Level.ORDINAL, seed=7)
    assert few == alpha(rated[:, :40], Level.ORDINAL, seed=7)
    assert few.interval
    assert many.interval
    assert many.interval.high - many.interval.low < few.interval.high - few.interval.low


def test_the_interval_covers_what_resampling_by_hand_covers() -> None:
    random, columns = np.random.default_rng(11), np.array(OBSERVERS)[:, :11]
    by_hand = [
        found
        for _ in range(2000)
        if (found := by_pairs(columns[:, random.integers(0, 11, 11)].tolist(), Level.INTERVAL)) is not None
    ]
    low, high = np.percentile(by_hand, [2.5, 97.5])
    drawn = alpha(OBSERVERS, Level.INTERVAL, resamples=4000).interval
    assert drawn is not None
    assert (drawn.low, drawn.high) == pytest.approx((low, high), abs=0.05)


def test_bias_is_ones_own_score_beside_the_mean_of_the_others() -> None:
    mild, strict, rare, alone = biases([[90, 80, NAN], [60, 60, NAN], [NAN, 70, NAN], [NAN, NAN, 50]])
    assert (mild.value, mild.n) == (pytest.approx((30 + 15) / 2), 2)
    assert (strict.value, strict.n) == (pytest.approx((-30 - 15) / 2), 2)
    assert (rare.value, rare.n) == (pytest.approx(0.0), 1)
    assert (alone.value, alone.n) == (None, 0)


@pytest.mark.parametrize("wrong", [[1, 2, 3], [[1, math.inf]]])
def test_other_shapes_are_refused(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="reviewers x units"):
        alpha(wrong, Level.NOMINAL)
