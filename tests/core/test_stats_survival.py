from __future__ import annotations

import dataclasses
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspm_core.stats import (
    Curve,
    Interval,
    censored_quantiles,
    median_interval,
    middle_and_tail,
    product_limit,
    quantile,
)

# Weeks in remission under 6-MP: Freireich et al., Blood 21 (1963) 699; analysed in Klein and Moeschberger,
# Survival Analysis (2003), table 4.1, whose survival and Greenwood columns stand below.
RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
IN_REMISSION = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]


def test_the_curve_of_the_6mp_patients_is_the_published_one() -> None:
    steps = product_limit(RELAPSED, IN_REMISSION)
    assert steps.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert steps.survival.round(3).tolist() == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert steps.standard_error.round(4).tolist() == [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]


def test_the_median_of_the_6mp_patients_is_23_weeks_and_has_no_upper_limit() -> None:
    curve = censored_quantiles(RELAPSED, IN_REMISSION)
    assert (curve.n, curve.events, curve.censored) == (21, 9, 12)
    assert curve.median == 23
    # From the published columns: at 10 weeks (.753 - .5) / .0963 = 2.63 is past 1.96, at 13 weeks 1.78 is not.
    assert curve.interval == Interval(13, math.inf)
    assert curve.p90 is None
    assert curve.longer_than == 35


def test_the_median_of_the_maintained_aml_patients_is_31_weeks() -> None:
    # Miller, Survival Analysis (1981), p. 49: S = .909 .818 .716 .614 .491 .368 .184 at these weeks.
    curve = censored_quantiles([9, 13, 18, 23, 31, 34, 48], [13, 28, 45, 161])
    steps = product_limit([9, 13, 18, 23, 31, 34, 48], [13, 28, 45, 161])
    assert steps.survival.round(3).tolist() == [0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184]
    assert (curve.median, curve.interval) == (31, Interval(18, 48))


def test_with_nothing_censored_the_figures_are_the_ordinary_ones() -> None:
    values = [float(v) for v in (5, 1, 4, 2, 3, 60, 7, 8, 9, 10)]
    curve = censored_quantiles(values)
    assert (curve.median, curve.p90) == (6, quantile(values, 0.9))
    assert curve.interval == median_interval(values)
    assert curve.longer_than is None


def test_nothing_at_all_has_no_figures() -> None:
    curve = censored_quantiles([])
    assert (curve.n, curve.median, curve.p90, curve.interval, curve.longer_than) == (0, None, None, None, None)
    assert product_limit([]).times.size == 0


def test_where_all_still_wait_only_how_long_is_known() -> None:
    curve = censored_quantiles([], [30, 50, 40])
    assert (curve.median, curve.p90, curve.interval, curve.longer_than) == (None, None, None, 50)


def test_the_median_lies_midway_along_a_stretch_of_exactly_one_half() -> None:
    assert censored_quantiles([1, 2, 6], [7]).median == 4
    assert censored_quantiles([1, 2, 3, 8, 9], [10]).median == 5.5
    assert censored_quantiles([1, 2, 5, 9], [9]).median == 5  # from .6 straight to .4


def test_a_product_of_floats_that_misses_one_half_still_is_one_half() -> None:
    above, below = ([1, 1, 3, 3, 5, 6, 9, 9], [6, 8]), ([2, 3, 4, 4, 4, 9, 9], [5, 6, 7])
    assert product_limit(*above).survival[2] > 0.5 > product_limit(*below).survival[2]
    assert censored_quantiles(*above).median == (5 + 6) / 2
    assert censored_quantiles(*below).median == (4 + 9) / 2


def test_a_curve_that_ends_at_one_half_has_the_time_at_which_it_got_there() -> None:
    curve = censored_quantiles([1, 2], [7, 8])
    assert (curve.median, curve.p90, curve.longer_than) == (2, None, 8)


def test_at_equal_times_what_ended_comes_before_what_still_waits() -> None:
    assert product_limit([5], [5]).survival.tolist() == [0.5]
    assert product_limit([5, 6], [5]).survival.round(9).tolist() == [round(2 / 3, 9), 0]


def test_p90_is_the_first_time_at_which_one_in_ten_still_waits() -> None:
    assert censored_quantiles(range(1, 10), [20]).p90 == 9
    assert censored_quantiles(range(1, 9), [19, 20]).p90 is None


def test_a_short_curve_that_runs_out_leaves_the_upper_limit_open() -> None:
    assert censored_quantiles([2, 3], [1]).interval == Interval(2, math.inf)


def test_leaving_customers_unanswered_never_makes_the_median_better() -> None:
    answered = censored_quantiles([10, 20, 30, 40, 500, 600], [])
    ignored = censored_quantiles([10, 20, 30, 40], [500, 600])
    assert answered.median == 35
    assert ignored.median is not None
    assert ignored.median >= answered.median


def test_a_duration_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="number"):
        censored_quantiles([1, math.nan])


def slow_curve(ended: list[int], going_on: list[int]) -> list[tuple[int, Fraction, Fraction | None]]:
    """The curve in exact fractions, patient by patient: time, share, Greenwood's sum (None at the end)."""
    share, greenwood, rows = Fraction(1), Fraction(0), []
    for time in sorted(set(ended)):
        at_risk = sum(t >= time for t in ended) + sum(t >= time for t in going_on)
        died = ended.count(time)
        share *= Fraction(at_risk - died, at_risk)
        if at_risk > died:
            greenwood += Fraction(died, at_risk * (at_risk - died))
        rows.append((time, share, greenwood if share else None))
    return rows


waits = st.lists(st.integers(0, 12), max_size=25)


@given(waits, waits.filter(bool))
def test_the_curve_and_all_read_from_it_agree_with_exact_fractions(ended: list[int], going_on: list[int]) -> None:
    rows = slow_curve(ended, going_on)
    steps, curve = product_limit(ended, going_on), censored_quantiles(ended, going_on)
    assert steps.survival == pytest.approx([float(share) for _, share, _ in rows], abs=1e-12)

    half, tenth = Fraction(1, 2), Fraction(1, 10)
    at_half = [time for time, share, _ in rows if share <= half]
    below = [time for time, share, _ in rows if share < half]
    expected = (at_half[0] + below[0]) / 2 if below else at_half[0] if at_half else None
    assert curve.median == expected
    assert curve.p90 == next((time for time, share, _ in rows if share <= tenth), None)
    short = curve.median is None or curve.p90 is None
    assert curve.longer_than == (max(ended + going_on) if short else None)

    z2 = Fraction(1959964, 1000000) ** 2
    inside = [t for t, s, g in rows if g is None or s <= half or (s - half) ** 2 <= z2 * s * s * g]
    outside = [t for t, s, g in rows if g is not None and s < half and (half - s) ** 2 > z2 * s * s * g]
    limits = Interval(inside[0], outside[0] if outside else math.inf) if inside else None
    assert curve.interval == limits


@given(waits, waits)
def test_the_interval_holds_the_median(ended: list[int], going_on: list[int]) -> None:
    curve = censored_quantiles(ended, going_on)
    if curve.median is not None and curve.interval is not None:
        assert curve.interval.low <= curve.median <= curve.interval.high


def test_a_large_cohort_finds_the_true_median_at_once() -> None:
    rng = np.random.default_rng(11)
    true, limit = rng.exponential(1000, 50_000), rng.exponential(3000, 50_000)
    curve = censored_quantiles(true[true <= limit], limit[true > limit])
    assert curve.median == pytest.approx(1000 * math.log(2), rel=0.03)
    assert curve.interval is not None
    assert curve.interval.low < 1000 * math.log(2) < curve.interval.high
    naive = quantile(true[true <= limit], 0.5)
    assert naive is not None
    assert naive < curve.interval.low


def slow_quantiles(durations: np.ndarray, censored: np.ndarray) -> Curve:
    """All of the curve at once, as it was read before it was read only where there is something to see."""
    ended, going_on = np.sort(durations).astype(float), np.sort(censored).astype(float)
    n = ended.size + going_on.size
    if not going_on.size:
        median, p90 = quantile(ended, 0.5), quantile(ended, 0.9)
        return Curve(n, n, 0, median, p90, median_interval(ended), None)
    times, died = np.unique(ended, return_counts=True)
    at_risk = (n - np.searchsorted(ended, times) - np.searchsorted(going_on, times)).astype(float)
    survival = np.cumprod(1 - died / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = survival * np.sqrt(np.cumsum(died / (at_risk * (at_risk - died))))
    reach = 1.959964 * np.nan_to_num(error, nan=math.inf) + 1e-9

    def first(holds: np.ndarray) -> float | None:
        return float(times[int(holds.argmax())]) if holds.any() else None

    median, below = first(survival <= 0.5 + 1e-9), first(survival < 0.5 - 1e-9)
    median = median if median is None or below is None else (median + below) / 2
    p90, low, high = first(survival <= 0.1 + 1e-9), first(survival - 0.5 <= reach), first(0.5 - survival > reach)
    interval = None if low is None else Interval(low, math.inf if high is None else high)
    last = max(going_on[-1], ended[-1] if ended.size else -math.inf) if median is None or p90 is None else None
    left = (float(survival[-1]) if ended.size else 1.0) if p90 is None else None
    return Curve(n, ended.size, going_on.size, median, p90, interval, last, left)


def same(found: Curve, expected: Curve) -> bool:
    left = found.left == pytest.approx(expected.left) if expected.left is not None else found.left is None
    return left and dataclasses.replace(found, left=expected.left) == expected


@given(waits, waits)
def test_few_waits_read_as_they_always_did(ended: list[int], going_on: list[int]) -> None:
    assert same(censored_quantiles(ended, going_on), slow_quantiles(np.array(ended), np.array(going_on)))


@given(
    st.integers(0, 2**32),
    st.integers(0, 9000),
    st.sampled_from([0, 1, 30, 2500]),
    st.sampled_from([30, 3000, 10**6]),
    st.sampled_from([0.3, 1, 20]),
    st.sampled_from([0, 3]),
)
def test_many_waits_read_as_they_always_did(
    seed: int, many: int, cut: int, longest: int, later: float, digits: int
) -> None:
    rng = np.random.default_rng(seed)
    ended = (rng.exponential(longest, many)).round(digits)
    going_on = (rng.exponential(longest * later, cut)).round(digits)
    assert same(censored_quantiles(ended, going_on), slow_quantiles(ended, going_on))


@pytest.mark.parametrize("shift", [-0.4, 0, 4000.0, 10**7])
def test_it_does_not_matter_when_the_censored_were_cut(shift: float) -> None:
    rng = np.random.default_rng(5)
    ended, going_on = rng.lognormal(8, 1.5, 20_000), np.maximum(rng.lognormal(8, 1, 3000) + shift, 0)
    assert same(censored_quantiles(ended, going_on), slow_quantiles(ended, going_on))


@given(st.lists(st.one_of(st.integers(-50, 50), st.floats(-1e9, 1e9)), max_size=80))
def test_one_pass_gives_the_ordinary_figures_to_the_last_digit(values: list[float]) -> None:
    middle = middle_and_tail(values)
    assert (middle.median, middle.p90) == (quantile(values, 0.5), quantile(values, 0.9))
    assert middle.interval == median_interval(values)


def test_what_is_left_at_the_end_is_said_where_p90_is_not_reached() -> None:
    assert censored_quantiles([1, 2], [7, 8]).left == 0.5
    assert censored_quantiles([], [7, 8]).left == 1.0
    assert censored_quantiles(range(1, 10), [20]).left is None
