from __future__ import annotations

import math
from fractions import Fraction
from itertools import accumulate, pairwise
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspm_core.stats import Interval, median_interval, newcombe, quantile, wilson


def rounded(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return round(interval.low, 4), round(interval.high, 4)


def test_wilson_gives_the_published_interval() -> None:
    assert rounded(wilson(81, 263)) == (0.2553, 0.3662)  # Newcombe 1998, table I


def test_wilson_stays_within_0_and_1_where_nobody_or_everybody_succeeded() -> None:
    assert rounded(wilson(0, 20)) == (0.0, 0.1611)  # Newcombe 1998, table I
    assert rounded(wilson(20, 20)) == (0.8389, 1.0)
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("successes", "n"), [(-1, 3), (4, 3)])
def test_impossible_counts_are_refused(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="between 0 and n"):
        wilson(successes, n)


def test_newcombe_gives_the_published_interval() -> None:
    assert rounded(newcombe(56, 70, 48, 80)) == (0.0524, 0.3339)  # Newcombe 1998, table II (a), method 10
    assert newcombe(0, 0, 1, 2) is None
    assert newcombe(1, 2, 0, 0) is None


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_limits_are_where_the_score_test_just_rejects(counts: tuple[int, int]) -> None:
    successes, n = counts
    interval = wilson(successes, n)
    assert interval is not None
    assert 0 <= interval.low <= successes / n <= interval.high <= 1
    for limit in {interval.low, interval.high} - {0.0, 1.0}:
        assert abs(successes / n - limit) == pytest.approx(1.959964 * math.sqrt(limit * (1 - limit) / n), abs=1e-9)


counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts, counts)
def test_a_difference_seen_from_the_other_side_is_the_same_with_its_sign_turned(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    there, back = newcombe(*one, *other), newcombe(*other, *one)
    assert there is not None
    assert back is not None
    assert (there.low, there.high) == (pytest.approx(-back.high, abs=1e-12), pytest.approx(-back.low, abs=1e-12))
    assert -1 <= there.low <= one[0] / one[1] - other[0] / other[1] <= there.high <= 1


@pytest.mark.parametrize(("p", "q", "n", "m"), [(0.8, 0.6, 70, 80), (0.95, 0.9, 40, 60), (0.5, 0.5, 20, 25)])
def test_a_difference_is_caught_19_times_in_20(p: float, q: float, n: int, m: int) -> None:
    rng = np.random.default_rng(7)
    draws = zip(rng.binomial(n, p, 4000).tolist(), rng.binomial(m, q, 4000).tolist(), strict=True)
    caught = [i.low <= p - q <= i.high for a, b in draws if (i := newcombe(a, n, b, m))]
    assert 0.935 < sum(caught) / 4000 < 0.975


def test_quantiles_interpolate_as_percentile_cont_does() -> None:
    values = [40, 10, 30, 20]
    assert [quantile(values, q) for q in (0, 0.5, 0.9, 1)] == [10, 25, pytest.approx(37), 40]
    assert quantile([7], 0.9) == 7
    assert quantile([], 0.5) is None


@pytest.mark.parametrize(("n", "k"), [(6, 1), (8, 1), (9, 2), (15, 4), (16, 4), (20, 6)])
def test_the_interval_of_a_median_takes_the_published_order_statistics(n: int, k: int) -> None:
    # Ranks of the sign test at 95 % (for example Conover, or Hollander and Wolfe, table of the binomial at p = 1/2)
    assert median_interval(range(1, n + 1)) == Interval(k, n + 1 - k)


def test_five_values_cannot_say_where_their_median_is() -> None:
    assert median_interval([]) is None
    assert median_interval([1, 2, 3, 4, 5]) is None


def test_the_ranks_are_those_of_exact_arithmetic() -> None:
    row = [1]  # of Pascal's triangle
    for n in range(1, 501):
        row = [1, *(a + b for a, b in pairwise(row)), 1]
        k = sum(40 * total <= 2**n for total in accumulate(row))
        assert median_interval(range(1, n + 1)) == (Interval(k, n + 1 - k) if k else None)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=60), st.fractions(0, 1))
def test_a_quantile_agrees_with_exact_interpolation(values: list[int], q: Fraction) -> None:
    data, place = sorted(values), q * (len(values) - 1)
    below = math.floor(place)
    above = min(below + 1, len(values) - 1)
    assert quantile(values, float(q)) == pytest.approx(
        float(data[below] + (data[above] - data[below]) * (place - below))
    )
    assert quantile(values, 0.5) == pytest.approx(float(median(values)))


def test_a_median_of_very_many_values_has_an_interval_at_once() -> None:
    interval = median_interval(np.arange(1_000_000))
    assert interval is not None
    assert interval.high - interval.low == pytest.approx(1.96 * math.sqrt(1_000_000), rel=0.01)
