from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspm_core.stats import Standardised, observed_over_expected

EASY, HARD = 0, 1


def test_a_team_with_the_hard_work_is_not_worse_for_it() -> None:
    # Both solve 90 % of the easy and 50 % of the hard, one of them mostly has the hard.
    lucky, other = observed_over_expected([90, 5, 9, 50], [100, 10, 10, 100], [EASY, HARD] * 2, [1, 1, 2, 2])
    assert (lucky.observed / lucky.n, other.observed / other.n) == (pytest.approx(95 / 110), pytest.approx(59 / 110))
    assert lucky.ratio == pytest.approx(1)
    assert other.ratio == pytest.approx(1)
    assert other.adjusted == pytest.approx(154 / 220)


def test_observed_and_expected_worked_by_hand() -> None:
    first, second = observed_over_expected([8, 3, 6, 9], [10, 10, 10, 30], [EASY, HARD] * 2, [7, 7, 3, 3])
    # Rates: easy 14 of 20, hard 12 of 40; all 26 of 60.
    assert (first.group, first.n, first.observed) == (3, 40, 15)
    assert first.expected == pytest.approx(10 * 0.7 + 30 * 0.3)
    assert (second.group, second.observed, second.expected) == (7, 11, pytest.approx(10.0))
    assert second.ratio == pytest.approx(1.1)
    assert second.adjusted == pytest.approx(1.1 * 26 / 60)
    assert second.ratio_interval is not None
    assert second.adjusted_interval is not None
    assert second.ratio_interval.low < 1.1 < second.ratio_interval.high
    assert second.adjusted_interval.low == pytest.approx(second.ratio_interval.low * 26 / 60)


def test_work_that_nobody_else_has_is_left_out_and_counted() -> None:
    one, other = observed_over_expected([8, 20, 6, 1], [10, 20, 10, 5], [1, 2, 1, 3], [1, 1, 2, 2])
    assert (one.n, one.observed, one.uncovered) == (10, 8, 20)
    assert (other.n, other.uncovered) == (10, 5)
    assert one.ratio == pytest.approx(8 / 7)
    assert one.adjusted == pytest.approx(0.8)


def test_groups_with_nothing_in_common_cannot_be_compared() -> None:
    alone = observed_over_expected([8, 20], [10, 20], [1, 2], [1, 2])
    assert alone[0] == Standardised(1, 0, 0, 0.0, 10, None, None, None, None)
    assert observed_over_expected([], [], [], []) == ()
    nothing = observed_over_expected([0, 0], [5, 5], [1, 1], [1, 2])
    assert [group.ratio for group in nothing] == [None, None]


def test_an_empty_cell_covers_nothing() -> None:
    one, *rest = observed_over_expected([8, 0], [10, 0], [1, 1], [1, 2])
    assert (one.uncovered, rest) == (10, [])


@pytest.mark.parametrize(("hits", "of", "strata"), [([3], [2], [1]), ([-1], [2], [1]), ([1], [2], [1, 2])])
def test_impossible_cells_are_refused(hits: list[int], of: list[int], strata: list[int]) -> None:
    with pytest.raises(ValueError, match="between 0 and n"):
        observed_over_expected(hits, of, strata, [1])


tickets = st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=150)


@given(tickets)
def test_single_tickets_and_cells_say_the_same_and_nothing_is_lost(rows: list[tuple[bool, int, int]]) -> None:
    good, strata, groups = (np.array(column) for column in zip(*rows, strict=True))
    single = observed_over_expected(good, np.ones(len(rows)), strata, groups)
    keys = sorted({(s, g) for _, s, g in rows})
    hits = [sum(ok for ok, *key in rows if tuple(key) == cell) for cell in keys]
    of = [sum(tuple(key) == cell for _, *key in rows) for cell in keys]
    cells = observed_over_expected(hits, of, [s for s, _ in keys], [g for _, g in keys])
    assert cells == single
    assert sum(group.n + group.uncovered for group in single) == len(rows)
    assert sum(group.expected for group in single) == pytest.approx(sum(group.observed for group in single))
    for group in single:
        if group.ratio is not None and group.ratio_interval is not None:
            assert group.ratio_interval.low <= group.ratio + 1e-12
            assert group.ratio <= group.ratio_interval.high + 1e-12


def test_a_fair_comparison_holds_1_at_least_19_times_in_20() -> None:
    rng = np.random.default_rng(1)
    rates, groups = np.array([0.95, 0.8, 0.6, 0.4]), np.repeat(np.arange(6), 4)
    held = []
    for _ in range(500):
        of = rng.integers(1, 80, 24)
        found = observed_over_expected(rng.binomial(of, np.tile(rates, 6)), of, np.tile(np.arange(4), 6), groups)
        held += [g.ratio_interval.low <= 1 <= g.ratio_interval.high for g in found if g.ratio_interval]
    assert 0.95 <= np.mean(held) < 0.995
