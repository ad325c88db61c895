from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspm_core.stats import FEWEST_POINTS, Flag, Limits, Rule, Side, flags, laney, xmr

FLOWRATES = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]  # NIST/SEMATECH e-Handbook 6.3.2.2
GAP = math.nan


def known(limits: Limits | None) -> Limits:
    assert limits is not None
    return limits


def plain(n: int) -> Limits:
    """Centre 0, limits at -3 and 3."""
    return Limits(np.zeros(n), np.full(n, -3.0), np.full(n, 3.0), 1.0)


def test_the_limits_of_the_published_flowrates_are_the_published_ones() -> None:
    limits = known(xmr(FLOWRATES, fewest=10))
    assert limits.centre.round(4).tolist() == [50.81] * 10
    assert (limits.lower[0].round(4), limits.upper[0].round(4)) == (45.8159, 55.8041)
    assert flags(FLOWRATES, limits) == ()


def test_a_baseline_needs_12_points() -> None:
    assert FEWEST_POINTS == 12
    assert xmr(FLOWRATES) is None
    assert xmr([*FLOWRATES, 50, GAP]) is None
    assert xmr([*FLOWRATES, 50, 51]) is not None
    assert xmr([*FLOWRATES, 50, 51], baseline=slice(1, None)) is None


def test_a_gap_breaks_the_moving_range() -> None:
    ups_and_downs = [10.0, 12, 10, 12, 10, 12, GAP, 100, 102, 100, 102, 100, 102]
    assert known(xmr(ups_and_downs)).sigma == pytest.approx(2 / 1.128)


def test_points_that_never_have_a_neighbour_make_no_limits() -> None:
    lonely = [float(v) if i % 2 else GAP for i, v in enumerate(range(40))]
    assert xmr(lonely) is None


@pytest.mark.parametrize("value", [0, 0.1, 1e9 / 3])
def test_a_figure_that_never_changed_has_no_limits(value: float) -> None:
    assert xmr([value] * 20) is None
    assert laney([3] * 20, [3] * 20) is None
    assert laney([0] * 20, [3] * 20) is None


def test_the_points_under_judgement_do_not_move_the_limits() -> None:
    quiet = np.array(FLOWRATES * 2)
    limits = known(xmr([*quiet, 90], baseline=slice(0, 20)))
    assert limits.centre[-1] == pytest.approx(quiet.mean())
    mask = np.arange(21) < 20
    assert known(xmr([*quiet, 90], baseline=mask)).upper.tolist() == limits.upper.tolist()
    assert flags([*quiet, 90], limits)[-1] == Flag(20, Rule.BEYOND, Side.ABOVE, 20)


def test_a_limit_itself_is_still_inside() -> None:
    assert flags([3, -3], plain(2)) == ()
    assert flags([3.1, -3.1, GAP], plain(3)) == (
        Flag(0, Rule.BEYOND, Side.ABOVE, 0),
        Flag(1, Rule.BEYOND, Side.BELOW, 1),
    )


def test_the_ninth_in_a_row_on_one_side_is_flagged_and_each_after_it() -> None:
    assert flags([1.0] * 8, plain(8)) == ()
    assert flags([1, *[-1.0] * 10], plain(11)) == (
        Flag(9, Rule.RUN, Side.BELOW, 1),
        Flag(10, Rule.RUN, Side.BELOW, 1),
    )


@pytest.mark.parametrize("between", [GAP, 0.0, -1.0])
def test_a_gap_the_centre_and_the_other_side_end_a_run(between: float) -> None:
    assert flags([1.0] * 8 + [between] + [1.0] * 8, plain(17)) == ()


def test_a_point_can_break_both_rules() -> None:
    both = flags([1.0] * 8 + [4.0], plain(9))
    assert both == (Flag(8, Rule.BEYOND, Side.ABOVE, 8), Flag(8, Rule.RUN, Side.ABOVE, 0))


def test_only_two_rules_are_offered() -> None:
    assert [rule.value for rule in Rule] == ["beyond", "run"]


def test_one_chart_of_24_points_in_14_cries_wolf() -> None:
    rng = np.random.default_rng(24)
    alarms = [bool(flags(row, known(xmr(row)))) for row in rng.normal(size=(20_000, 24))]
    assert sum(alarms) / len(alarms) == pytest.approx(0.07, abs=0.01)


values = st.lists(st.integers(-50, 50), min_size=12, max_size=40)


@given(values, st.integers(-1000, 1000), st.integers(1, 30))
def test_the_chart_moves_with_the_series_and_its_unit(series: list[int], shift: int, unit: int) -> None:
    one, other = xmr(series), xmr([unit * v + shift for v in series])
    if one is None or other is None:
        assert one is other is None
        return
    assert other.lower == pytest.approx(unit * one.lower + shift)
    assert other.upper == pytest.approx(unit * one.upper + shift)
    assert flags([unit * v + shift for v in series], other) == flags(series, one)


@given(st.lists(st.sampled_from([-4.0, -1.0, 0.0, 1.0, 4.0, GAP]), max_size=60))
def test_the_rules_agree_with_a_walk_from_point_to_point(series: list[float]) -> None:
    expected, start, before = [], 0, 0.0
    for at, value in enumerate(series):
        side = 0.0 if math.isnan(value) else math.copysign(1, value) * (value != 0)
        if side != before:
            start, before = at, side
        if abs(value) > 3:
            expected.append((at, Rule.BEYOND, side, at))
        if side and at - start >= 8:
            expected.append((at, Rule.RUN, side, start))
    names = {1.0: Side.ABOVE, -1.0: Side.BELOW}
    assert flags(series, plain(len(series))) == tuple(Flag(at, rule, names[s], b) for at, rule, s, b in expected)


def p_chart(hits: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    share = hits.sum() / sizes.sum()
    reach = 3 * np.sqrt(share * (1 - share) / sizes)
    return np.maximum(share - reach, 0), np.minimum(share + reach, 1)


cells = st.lists(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=12)


@given(cells)
def test_laneys_limits_are_never_narrower_than_a_binomials(days: list[tuple[int, int]]) -> None:
    hits, sizes = np.array(days, dtype=float).T
    limits = laney(hits, sizes)
    if limits is None:
        return
    lower, upper = p_chart(hits, sizes)
    assert limits.sigma >= 1
    assert (limits.lower <= lower + 1e-12).all()
    assert (limits.upper >= upper - 1e-12).all()
    assert (limits.lower >= 0).all()
    assert (limits.upper <= 1).all()


def test_laneys_formula_worked_by_hand() -> None:
    hits, sizes = np.array([800, 900] * 8), np.full(16, 1000)
    sigma = math.sqrt(0.85 * 0.15 / 1000)
    wide = (0.1 / sigma) / 1.128
    limits = known(laney(hits, sizes))
    assert limits.sigma == pytest.approx(wide)
    assert limits.centre.tolist() == [0.85] * 16
    assert (limits.lower[3], limits.upper[3]) == (pytest.approx(0.85 - 3 * wide * sigma), 1)


def test_days_that_vary_no_more_than_chance_have_the_binomials_limits() -> None:
    hits, sizes = np.array([50, 51] * 8), np.array([100, 101] * 8)
    limits = known(laney(hits, sizes))
    lower, upper = p_chart(hits, sizes)
    assert limits.sigma == 1
    assert (limits.lower.tolist(), limits.upper.tolist()) == (pytest.approx(lower), pytest.approx(upper))


def test_a_day_without_tickets_is_a_gap() -> None:
    limits = known(laney([550, 560, 0, *[550, 560] * 7], [1000, 1000, 0, *[1000] * 14]))
    assert math.isnan(limits.centre[2])
    assert flags([GAP if n == 2 else 0.99 for n in range(17)], limits)[0].at == 0
    with pytest.raises(ValueError, match="denominator"):
        laney([1, 2], [1])
    with pytest.raises(ValueError, match="denominator"):
        laney([1, 2], [1, -1])


def test_with_many_tickets_a_binomial_cries_wolf_every_week_and_laney_does_not() -> None:
    rng = np.random.default_rng(8)
    wolf = {"binomial": 0, "laney": 0}
    for _ in range(300):
        sizes = rng.integers(4000, 9000, 24)
        hits = rng.binomial(sizes, rng.beta(400, 100, 24))  # the true share itself varies from day to day
        lower, upper = p_chart(hits, sizes)
        share = hits / sizes
        wolf["binomial"] += bool(((share < lower) | (share > upper)).any())
        wolf["laney"] += bool(flags(share, known(laney(hits, sizes))))
    assert wolf["binomial"] > 290
    assert wolf["laney"] < 45


def test_wider_limits_can_be_asked_for() -> None:
    series = FLOWRATES * 2
    one, wide = known(xmr(series)), known(xmr(series, widen=1.2))
    assert wide.upper - wide.centre == pytest.approx(1.2 * (one.upper - one.centre))
    one, wide = (known(laney([550, 560] * 8, [1000] * 16, widen=wider)) for wider in (1, 1.2))
    assert wide.upper - wide.centre == pytest.approx(1.2 * (one.upper - one.centre))
