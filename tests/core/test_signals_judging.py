"""A day signals where chance does not explain it, and stays quiet where it does."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspm_core.kpi import Direction
from cspm_core.kpi.daily import Daily
from cspm_core.signals import Method, Reason
from cspm_core.signals.weeks import from_days, of, whole_weeks
from cspm_core.stats.control import flags, xmr

from .signal_stage import (
    DAYS,
    FIRST,
    NEWEST,
    WEEKENDS,
    WORKED,
    judged,
    medians,
    of_count,
    of_median,
    of_share,
)

MONTHS = 300
"""So many months in which nothing happens are judged, for each kind of figure."""
BUSY_MONDAYS = np.array([1.8, 1.2, 1.0, 0.9, 0.7, 0.3, 0.2])[[day.weekday() for day in DAYS]]
RISE = np.where(np.arange(84) >= 70, 1.0, 0.0)
"""The last two weeks."""


def quiet_counts(rng: np.random.Generator, usual: float = 40, shift: float = 0.0) -> Daily:
    level = usual * BUSY_MONDAYS
    return of_count(rng.poisson(level + shift * np.sqrt(level) * RISE))


def quiet_medians(rng: np.random.Generator, n: int = 12, shift: float = 0.0) -> Daily:
    behind = np.maximum(rng.poisson(n, 84), 1)
    sigma = 1.2 * np.sqrt(np.pi / 2 / n)
    return of_median(medians(rng, behind, 3600 * BUSY_MONDAYS**0.5 * np.exp(shift * sigma * RISE)), behind)


def quiet_shares(rng: np.random.Generator, n: int = 30, share: float = 0.85, shift: float = 0.0) -> Daily:
    behind = rng.poisson(n, 84)
    return of_share(rng.binomial(behind, share - shift * np.sqrt(share * (1 - share) / n) * RISE), behind)


QUIET: dict[str, Callable[..., Daily]] = {"counts": quiet_counts, "medians": quiet_medians, "shares": quiet_shares}


@pytest.mark.parametrize("kind", list(QUIET))
def test_a_month_in_which_nothing_happens_seldom_has_a_flag_whatever_the_weekday_does(kind: str):
    rng = np.random.default_rng(7)
    found = [judged(QUIET[kind](rng)) for _ in range(MONTHS)]
    assert all(signal.reason is Reason.NONE for signal in found)
    assert np.mean([bool(signal.flags) for signal in found]) < 0.2
    assert np.mean([signal.latest is not None for signal in found]) < 0.03


@pytest.mark.parametrize("kind", list(QUIET))
def test_a_shift_by_two_standard_deviations_is_seen_within_two_weeks(kind: str):
    rng = np.random.default_rng(11)
    found = [judged(QUIET[kind](rng, shift=2.0)) for _ in range(100)]
    worse_side = kind != "shares"
    hits = [any(flag.day >= DAYS[70] and flag.is_above is worse_side for flag in signal.flags) for signal in found]
    assert np.mean(hits) > 0.8


@pytest.mark.parametrize("share", [0.5, 0.9, 0.98])
@pytest.mark.parametrize("n", [7, 15, 60])
def test_small_and_one_sided_shares_cry_wolf_no_more_than_others(n: int, share: float):
    rng = np.random.default_rng(13)
    assert np.mean([bool(judged(quiet_shares(rng, n, share)).flags) for _ in range(150)]) < 0.15


def test_few_waits_a_day_would_flag_every_second_month_on_the_plain_scale():
    rng, plain, ours = np.random.default_rng(17), 0, 0
    base = np.arange(60) < 40
    for _ in range(150):
        series = medians(rng, np.full(84, 6), np.full(84, 3600.0))
        worked = series[WORKED]
        limits = xmr(worked, baseline=base)
        assert limits is not None
        plain += any(flag.at >= 40 for flag in flags(worked, limits))
        ours += bool(judged(of_median(series, np.full(84, 6))).flags)
    assert plain / 150 > 0.4
    assert ours / 150 < 0.25


# By hand ---------------------------------------------------------------------------------------------------------


def steady(last: dict[int, float] | None = None) -> Daily:
    """96 and 104 in turns, but for some days."""
    counts = np.array([104.0 if n % 2 else 96.0 for n in range(84)])
    for at, value in (last or {}).items():
        counts[at] = value
    return of_count(counts, "solved")


def test_a_day_beyond_a_limit_is_told_with_its_limits_and_what_they_mean():
    signal = judged(steady({80: 60}))
    (flag,) = signal.flags
    assert (flag.day, flag.value, flag.rule, flag.is_above) == (DAYS[80], 60, 1, False)
    assert flag.direction is Direction.WORSE
    assert flag.low < 96 < flag.centre < 104 < flag.high
    assert flag.centre == pytest.approx(99.96, abs=0.05)
    assert signal.method is Method.XMR_ROOT
    assert (signal.baseline, signal.judged_from) == (40, DAYS[56])
    assert signal.latest is None, "it is not the newest day that was worked"


def test_the_newest_worked_day_is_the_latest_also_on_sunday():
    signal = judged(steady({81: 180}))
    assert DAYS[81].weekday() == 4
    assert signal.latest is signal.flags[-1]
    assert signal.latest is not None
    assert signal.latest.direction is Direction.BETTER


def test_a_signal_is_late_only_for_a_week():
    quiet = of_share([9.0] * 82 + [0, 0], [10.0] * 82 + [0, 0])
    hits, n = np.full(84, 9.0), np.full(84, 10.0)
    hits[70] = 0
    n[71:] = 0
    assert judged(of_share(hits, n)).latest is None
    n[71:76] = 10
    hits[71:75], hits[75] = 9, 0
    assert judged(of_share(hits, n)).latest is None, "eight days old"
    assert judged(quiet).latest is None


def test_nine_in_a_row_on_one_side_signal_and_so_does_each_that_follows():
    worked = [n for n in WORKED if n >= 70]
    signal = judged(steady({67: 96.0, **{n: 105.0 + k % 2 for k, n in enumerate(worked)}}))
    assert [(flag.day, flag.rule) for flag in signal.flags] == [(DAYS[worked[8]], 2), (DAYS[worked[9]], 2)]
    assert {flag.since for flag in signal.flags} == {DAYS[worked[0]]}
    assert all(flag.is_above for flag in signal.flags)


def test_a_gap_ends_a_run_and_a_day_nobody_works_does_not():
    n, hits = np.full(84, 60.0), np.array([48.0 if k % 2 else 46.0 for k in range(84)])
    worked = [k for k in WORKED if k >= 70]
    hits[worked], hits[67] = 49, 46
    n[[k for k in range(84) if k not in WORKED]] = 0
    assert [flag.rule for flag in judged(of_share(hits, n)).flags] == [2, 2]
    n[worked[4]] = 4
    hits[worked[4]] = 4
    assert judged(of_share(hits, n)).flags == ()


def test_a_weekday_that_is_always_like_that_is_no_signal_and_a_monday_like_a_friday_is():
    rng = np.random.default_rng(3)
    counts = rng.poisson(np.where([day.weekday() == 0 for day in DAYS], 200, 60)).astype(float)
    assert judged(of_count(counts)).flags == ()
    counts[77] = 62  # a Monday
    (flag,) = judged(of_count(counts)).flags
    assert (flag.day.weekday(), flag.is_above) == (0, False)
    assert flag.centre == pytest.approx(200, rel=0.05)


def test_under_five_tickets_a_day_says_nothing_of_a_share_or_a_median():
    n = np.full(84, 10.0)
    n[80] = 4
    hits = np.where(np.arange(84) == 80, 0, 9)
    signal = judged(of_share(hits, n))
    assert np.isnan(signal.values[80])
    assert signal.flags == ()
    waits = judged(of_median(np.where(np.arange(84) == 80, 90_000, 600), np.where(np.arange(84) == 80, 4, 9)))
    assert np.isnan(waits.values[80])
    assert waits.flags == ()


def test_a_share_that_was_always_full_bears_one_miss_but_not_five():
    n = np.full(84, 10.0)
    hits = n.copy()
    hits[80] = 9
    assert judged(of_share(hits, n)).flags == ()
    hits[80] = 5
    (flag,) = judged(of_share(hits, n)).flags
    assert (flag.day, flag.centre, flag.high) == (DAYS[80], 1, 1)


def test_today_is_not_judged():
    assert judged(steady({83: 0}), frozenset(), DAYS[82]).flags == ()
    assert judged(steady({83: 0}), frozenset(), DAYS[83]).latest is not None


def test_weekends_that_a_team_works_are_judged_like_all_days():
    signal = judged(steady({83: 30}), frozenset())
    assert signal.latest is not None
    assert signal.latest.day == NEWEST == date(2026, 11, 22)
    assert signal.baseline == 56


def test_a_new_team_is_judged_as_soon_as_twelve_days_are_known():
    counts = np.array([104.0 if n % 2 else 96.0 for n in range(84)])
    counts[: WORKED[-13]] = np.nan
    counts[WORKED[-1]] = 40
    signal = judged(of_count(counts))
    assert (signal.baseline, signal.judged_from) == (12, DAYS[WORKED[-1]])
    assert signal.latest is not None
    counts[WORKED[-13]] = np.nan
    assert judged(of_count(counts)).reason is Reason.TOO_FEW


def test_why_there_is_no_chart():
    assert judged(of_count(np.full(84, 30.0), "backlog")).reason is Reason.LEVEL
    assert judged(of_share(np.zeros(84), np.zeros(84))).reason is Reason.NO_DATA
    young = np.where(np.arange(84) > 76, 20.0, 0.0)
    assert judged(of_share(young / 2, young, "resolution_rate")).reason is Reason.PROVISIONAL
    assert judged(of_share(young / 2, young, "csat")).reason is Reason.TOO_FEW


def test_what_is_too_young_is_a_gap():
    n = np.full(84, 40.0)
    hits = np.where(np.arange(84) >= 77, 2.0, 36.0 + np.arange(84) % 2)
    signal = judged(of_share(hits, n, "resolution_rate"))
    assert signal.flags == ()
    assert np.isnan(signal.values[77:]).all()


def test_a_reopen_rate_of_the_last_days_can_be_bad_already_but_not_good_yet():
    n, hits = np.full(84, 60.0), np.array([8.0 + k % 3 for k in range(84)])
    hits[77:] = 0
    assert judged(of_share(hits, n, "reopen_rate")).flags == ()
    hits[80] = 30
    (flag,) = judged(of_share(hits, n, "reopen_rate")).flags
    assert (flag.day, flag.direction) == (DAYS[80], Direction.WORSE)


def test_a_volume_that_leaves_its_limits_is_neither_better_nor_worse():
    assert judged(of_count(np.where(np.arange(84) == 81, 300.0, 100.0))).flags[0].direction is Direction.CHANGED


@given(st.integers(0, 2**32 - 1), st.integers(5, 84))
def test_limits_hold_their_centre_and_stay_where_figures_can_be(seed: int, length: int):
    rng = np.random.default_rng(seed)
    days = DAYS[-length:]
    n = rng.poisson(8, length)
    for daily in (
        of_share(rng.binomial(n, rng.random()), n, days=days),
        of_count(rng.poisson(rng.random() * 30, length), days=days),
        of_median(rng.lognormal(7, 2, length), n, days=days),
    ):
        signal = judged(daily)
        told = np.isfinite(signal.centre)
        assert (signal.low[told] <= signal.centre[told]).all()
        assert (signal.centre[told] <= signal.high[told]).all()
        assert (signal.low[told] >= 0).all()
        if daily.metric.key == "csat":
            assert (signal.high[told] <= 1).all()
        assert told.any() == (signal.reason is Reason.NONE)
        for flag in signal.flags:
            assert flag.rule == 2 or not flag.low <= flag.value <= flag.high
            assert signal.judged_from is not None
            assert flag.since <= flag.day
            assert flag.day >= signal.judged_from


# Weeks -----------------------------------------------------------------------------------------------------------


def test_weeks_of_a_share_are_their_tickets_not_the_mean_of_their_days():
    n = np.where(np.arange(84) % 7 == 0, 70.0, 5.0)
    hits = np.where(np.arange(84) % 7 == 0, 35.0, 5.0)
    trend = from_days(of_share(hits, n), NEWEST)
    assert trend is not None
    assert trend.weeks[0] == FIRST
    assert len(trend.weeks) == 12
    assert np.allclose(trend.values, 65 / 100)
    assert trend.movement.value == "none"
    assert trend.direction is Direction.SAME


def test_a_share_that_sinks_week_by_week_is_falling_and_worse():
    week = np.arange(84) // 7
    trend = from_days(of_share(50 - week, np.full(84, 50.0)), NEWEST)
    assert trend is not None
    assert trend.movement.value == "falling"
    assert trend.direction is Direction.WORSE
    assert trend.slope == pytest.approx(-0.02)
    assert trend.interval is not None
    assert trend.interval.low <= -0.02 <= trend.interval.high


def test_only_whole_weeks_that_are_old_enough_count():
    csat = of_share(np.full(84, 9.0), np.full(84, 10.0)).metric
    resolution = of_share(np.full(84, 9.0), np.full(84, 10.0), "resolution_rate").metric
    assert whole_weeks(FIRST + timedelta(days=1), NEWEST - timedelta(days=1), csat)[0] == FIRST + timedelta(days=7)
    assert len(whole_weeks(FIRST + timedelta(days=1), NEWEST - timedelta(days=1), csat)) == 10
    assert len(whole_weeks(FIRST, NEWEST, resolution)) == 11


def test_a_trend_needs_eight_weeks():
    metric = of_count(np.zeros(84)).metric
    mondays = tuple(FIRST + timedelta(weeks=n) for n in range(8))
    assert of(metric, mondays, np.array([1.0, 2, 3, 4, np.nan, 6, 7, 8])) is None
    rising = of(metric, mondays, np.arange(8.0))
    assert rising is not None
    assert (rising.movement.value, rising.direction) == ("rising", Direction.CHANGED)
    assert from_days(of_count(np.ones(84)), DAYS[50]) is None


def test_a_whole_scorecard_is_judged_in_a_moment():
    rng = np.random.default_rng(5)
    series = [make(rng) for make in QUIET.values() for _ in range(7)]
    judged(series[0])

    def once() -> float:
        begun = time.perf_counter()
        for one in series:
            judged(one)
            from_days(one, NEWEST)
        return time.perf_counter() - begun

    assert min(once() for _ in range(5)) < 0.05


def test_weekends_are_not_in_the_chart_at_all():
    signal = judged(steady({82: 900, 83: 900}))
    assert {DAYS[82], DAYS[83]} <= WEEKENDS
    assert signal.flags == ()
    assert np.isnan(signal.centre[[82, 83]]).all()
