from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cspm_core.stats import Interval, trend

RISING = [3, 1, 4, 2, 6, 5, 8, 7]


def in_order(n: int, s: int) -> list[int]:
    """An order of n values with the statistic s: a value taken from place k of the rest makes k pairs wrong."""
    wrong, rest, order = (n * (n - 1) // 2 - s) // 2, list(range(n)), []
    while rest:
        place = min(wrong, len(rest) - 1)
        order.append(rest.pop(place))
        wrong -= place
    return order


# Upper tails from Kendall, Rank Correlation Methods, appendix table 1 (Gilbert 1987, table A18).
TABLE = {
    8: {4: 0.360, 8: 0.199, 10: 0.138, 12: 0.089, 14: 0.054, 16: 0.031, 18: 0.016, 20: 0.0071, 22: 0.0028},
    9: {4: 0.381, 8: 0.238, 10: 0.179, 12: 0.130, 14: 0.090, 16: 0.060, 18: 0.038, 20: 0.022, 22: 0.012},
    10: {5: 0.364, 9: 0.242, 11: 0.190, 15: 0.108, 17: 0.078, 19: 0.054, 21: 0.036, 23: 0.023, 25: 0.014},
}


@pytest.mark.parametrize(("n", "s", "tail"), [(n, s, tail) for n, row in TABLE.items() for s, tail in row.items()])
def test_few_values_have_the_exact_probabilities_of_the_table(n: int, s: int, tail: float) -> None:
    found = trend(in_order(n, s))
    assert found is not None
    assert found.s == s
    assert found.p / 2 == pytest.approx(tail, abs=0.00051 if tail > 0.01 else 0.000051)


def test_seven_weeks_are_too_few() -> None:
    assert trend(range(7)) is None
    assert trend([1, math.nan, 2, 3, 4, 5, 6, 7]) is None
    assert trend([1, math.nan, 2, 3, 4, 5, 6, 7, 8]) is not None


def test_a_straight_line_has_its_slope_also_over_a_missing_week() -> None:
    found = trend([10, 12, 14, math.nan, 18, 20, 22, 24, 26, 28])
    assert found is not None
    assert (found.slope, found.interval) == (2, Interval(2, 2))
    assert found.n == 9


def test_a_flat_series_has_no_trend() -> None:
    found = trend([5] * 12)
    assert found is not None
    assert (found.s, found.p, found.slope, found.interval) == (0, 1, 0, Interval(0, 0))


def test_gilberts_limits_are_between_the_slopes_of_those_ranks() -> None:
    found = trend(RISING)
    slopes = sorted((RISING[j] - RISING[i]) / (j - i) for i, j in itertools.combinations(range(8), 2))
    reach = 1.959964 * math.sqrt(8 * 7 * 21 / 18)  # Var(S) without ties
    low, high = (28 - reach) / 2, (28 + reach) / 2 + 1  # the 6.08-th and 22.92-th of 28

    def at(rank: float) -> float:
        below = math.floor(rank)
        return slopes[below - 1] + (rank - below) * (slopes[below] - slopes[below - 1])

    assert found is not None
    assert (found.interval.low, found.interval.high) == (pytest.approx(at(low)), pytest.approx(at(high)))


series = st.lists(st.integers(-9, 9), min_size=8, max_size=40)


@given(series)
def test_it_agrees_with_another_implementation(values: list[int]) -> None:
    found = trend(values)
    assert found is not None
    times = np.arange(len(values))
    slope, _, low, high = stats.theilslopes(values, times)
    assert found.slope == pytest.approx(slope, abs=1e-12)
    slopes = np.sort([(values[j] - values[i]) / (j - i) for i, j in itertools.combinations(range(len(values)), 2)])
    # Others round the ranks where these are interpolated: the limits are those or between them and a neighbour.
    for ours, theirs in ((found.interval.low, low), (found.interval.high, high)):
        near = np.flatnonzero(np.isclose(slopes, theirs))
        around = slopes[max(near[0] - 2, 0) : near[-1] + 3]
        assert around[0] - 1e-9 <= ours <= around[-1] + 1e-9
    ties = [values.count(v) for v in set(values)]
    n, known_ties = len(values), max(ties) > 1
    if n <= 10 and not known_ties:
        assert found.p == pytest.approx(stats.kendalltau(times, values, method="exact").pvalue)
    else:
        z = stats.kendalltau(times, values, method="asymptotic").pvalue
        s = sum(np.sign(values[j] - values[i]) for i, j in itertools.combinations(range(n), 2))
        assert found.s == s
        if s:  # theirs has no correction for continuity, which shortens z by one part in |s|
            assert found.p == pytest.approx(2 * stats.norm.sf(stats.norm.isf(z / 2) * (abs(s) - 1) / abs(s)))


@given(series, st.integers(-1000, 1000), st.integers(1, 50))
def test_a_trend_moves_with_the_series_and_its_unit(values: list[int], shift: int, unit: int) -> None:
    one, other = trend(values), trend([unit * v + shift for v in values])
    turned = trend([-v for v in values])
    assert one is not None
    assert other is not None
    assert turned is not None
    assert (other.s, other.p, other.slope) == (one.s, one.p, pytest.approx(unit * one.slope, abs=1e-9))
    assert (turned.s, turned.p, turned.slope) == (-one.s, one.p, pytest.approx(-one.slope))
    assert one.interval.low <= one.slope <= one.interval.high


@pytest.mark.parametrize("n", [8, 10, 14, 26])
def test_series_without_a_trend_seldom_have_one_and_slopes_are_caught(n: int) -> None:
    rng = np.random.default_rng(n)
    found = [t for row in rng.normal(size=(3000, n)) + 0.1 * np.arange(n) if (t := trend(row))]
    assert 0.93 < sum(t.interval.low <= 0.1 <= t.interval.high for t in found) / 3000 < 0.985
    still = [t for row in rng.normal(size=(3000, n)) if (t := trend(row))]
    assert 0.02 < sum(t.p <= 0.05 for t in still) / 3000 < 0.06
