from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspm_core.stats import deseasonalised, flags, reseasonalised, xmr

WEEK = [100, 90, 95, 92, 80, 30, 20]  # tickets from Monday to Sunday


def weeks(n: int) -> np.ndarray:
    return np.arange(7 * n) % 7


def test_what_the_weekday_adds_is_taken_away() -> None:
    adjusted, effects = deseasonalised(WEEK * 4, weeks(4))
    assert effects.of.tolist() == [10, 0, 5, 2, -10, -60, -70]
    assert adjusted.tolist() == [90] * 28
    assert effects.are_any


def test_what_the_weekday_multiplies_is_divided_away() -> None:
    busy = np.array(WEEK * 4) * np.repeat([1, 1, 2, 1], 7)  # one week of double volume, at weekends too
    adjusted, effects = deseasonalised(busy, weeks(4), multiplicative=True)
    assert effects.of == pytest.approx(np.array(WEEK) / 90)
    assert adjusted == pytest.approx(np.repeat([90, 90, 180, 90], 7))


def test_a_weekday_seen_twice_has_no_effect() -> None:
    series, seasons = WEEK * 3, weeks(3)
    _, effects = deseasonalised(series[:20], seasons[:20])  # Sunday only twice
    assert effects.of.tolist() == [9, -1, 4, 1, -11, -61, 0]  # beside 91, the middle of six
    seen_twice, none = deseasonalised(series[:14], seasons[:14])
    assert not none.are_any
    assert seen_twice.tolist() == series[:14]


def test_gaps_stay_and_one_wild_day_moves_no_effect() -> None:
    series = np.array(WEEK * 5, dtype=float)
    series[7], series[15] = math.nan, 900
    adjusted, effects = deseasonalised(series, weeks(5))
    assert effects.of.tolist() == [10, 0, 5, 2, -10, -60, -70]
    assert math.isnan(adjusted[7])
    assert adjusted[15] == 900


def test_effects_come_from_the_baseline_only() -> None:
    series = np.array(WEEK * 5, dtype=float)
    series[28:] += 50
    adjusted, effects = deseasonalised(series, weeks(5), baseline=slice(0, 28))
    assert effects.of.tolist() == [10, 0, 5, 2, -10, -60, -70]
    assert adjusted[28:].tolist() == [140] * 7


def test_a_week_without_a_rhythm_is_left_alone() -> None:
    rng = np.random.default_rng(2)
    left = [not deseasonalised(row, weeks(6))[1].are_any for row in rng.normal(50, 5, size=(1000, 42))]
    assert 0.93 < sum(left) / 1000 < 0.97
    same, effects = deseasonalised([7] * 42, weeks(6))
    assert not effects.are_any
    assert same.tolist() == [7] * 42


def test_a_day_with_many_tickets_weighs_more() -> None:
    series = [0.9, 0.5, 0.8, 0.1, 0.2, 0.3, 0.8, 0.8, 0.9, 0.2, 0.2, 0.2]
    seasons = [0, 0, 0, 1, 1, 1] * 2
    _, alike = deseasonalised(series, seasons)
    _, weighed = deseasonalised(series, seasons, [1, 1, 1, 5, *[1] * 8])
    assert alike.of == pytest.approx([0.3, -0.3])  # medians .8 and .2
    assert weighed.of == pytest.approx([0.325, -0.325])  # of Sundays half of the weight lies at .1, half at .2
    _, ignored = deseasonalised(series, seasons, [1, 1, 1, 0, 1, 1] * 2)
    assert ignored.of == pytest.approx([0.3, -0.3])


def test_a_factor_of_nothing_divides_nothing() -> None:
    closed = [10, 12, 0] * 4
    adjusted, effects = deseasonalised(closed, [0, 1, 2] * 4, multiplicative=True)
    assert effects.of.tolist() == [1, 1.2, 1]
    assert adjusted == pytest.approx([10, 10, 0] * 4)


@pytest.mark.parametrize(
    ("series", "seasons", "multiplicative"), [([1, 2], [0], False), ([1, 2], [0, -1], False), ([1, -2], [0, 1], True)]
)
def test_what_has_no_seasons_is_refused(series: list[float], seasons: list[int], multiplicative: bool) -> None:
    with pytest.raises(ValueError, match=r"season|factor"):
        deseasonalised(series, seasons, multiplicative=multiplicative)


def test_nothing_at_all_stays_nothing() -> None:
    adjusted, effects = deseasonalised([], [])
    assert adjusted.size == effects.of.size == 0


@given(
    st.lists(st.integers(1, 1000), min_size=21, max_size=60),
    st.booleans(),
    st.integers(1, 7),
)
def test_limits_put_back_flag_the_true_values_as_they_do_the_adjusted(
    series: list[int], multiplicative: bool, length: int
) -> None:
    seasons = np.arange(len(series)) % length
    adjusted, effects = deseasonalised(series, seasons, multiplicative=multiplicative)
    limits = xmr(adjusted, widen=effects.widen)
    if limits is None:
        return
    waving = reseasonalised(limits, seasons, effects)
    inside = (adjusted > limits.lower + 1e-6) & (adjusted < limits.upper - 1e-6)
    outside = (adjusted < limits.lower - 1e-6) | (adjusted > limits.upper + 1e-6)
    true_inside = (np.array(series) >= waving.lower) & (np.array(series) <= waving.upper)
    assert true_inside[inside].all()
    assert not true_inside[outside].any()
    back = adjusted * effects.of[seasons] if multiplicative else adjusted + effects.of[seasons]
    assert back == pytest.approx(series)
    assert effects.widen >= 1


def false_alarms(rhythm: float, of: int) -> float:
    """How often one of the seven days after so many weeks lies beyond a limit, though nothing has happened."""
    rng, found = np.random.default_rng(of), 0
    seasons, baseline = weeks(of + 1), slice(0, 7 * of)
    for row in rng.normal(0, 1, size=(600, 7 * (of + 1))) - rhythm * (seasons >= 5):
        adjusted, effects = deseasonalised(row, seasons, baseline=baseline)
        limits = xmr(adjusted, baseline=baseline, widen=effects.widen)
        assert limits is not None
        found += sum(flag.at >= 7 * of and flag.rule == "beyond" for flag in flags(adjusted, limits))
    return found / 600 / 7


@pytest.mark.parametrize("of", [4, 8])
def test_taking_the_rhythm_out_makes_no_more_false_alarms_than_there_are_without_one(of: int) -> None:
    assert false_alarms(4, of) < false_alarms(0, of) + 0.005 < 0.02
