"""A change is taken apart exactly, and one value is named only where it moved the figure beyond chance."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from cspm_core.drivers.apart import Rows, change, split
from cspm_core.drivers.choosing import is_driver
from cspm_core.signals.grouping import blocks, grouped
from cspm_core.store import microseconds

VALUES = 6
PLACES = st.lists(st.integers(0, VALUES - 1), min_size=1, max_size=60)


@st.composite
def two_periods(draw: st.DrawFn, amounts: st.SearchStrategy[float]) -> tuple[Rows, np.ndarray]:
    before, now = draw(PLACES), draw(PLACES)
    size = len(before) + len(now)
    found = draw(st.lists(amounts, min_size=size, max_size=size))
    return Rows(np.array(found), len(before)), np.array([*before, *now], dtype=np.int64)


@given(two_periods(st.sampled_from((0.0, 1.0))) | two_periods(st.floats(-100, 100)))
def test_the_parts_of_a_share_or_mean_sum_to_its_change(told: tuple[Rows, np.ndarray]):
    rows, places = told
    found = split(rows, places, VALUES)
    before, now = rows.amounts[: rows.before].mean(), rows.amounts[rows.before :].mean()
    assert change(rows) == pytest.approx(now - before)
    assert found.moved.sum() == pytest.approx(now - before, abs=1e-9)
    assert found.beyond.sum() == pytest.approx(found.volume.sum(), abs=1e-9)


@given(two_periods(st.sampled_from((0.0, 1.0))))
def test_counting_and_adding_take_apart_alike(told: tuple[Rows, np.ndarray]):
    rows, places = told
    counted, added = split(rows, places, VALUES), split(Rows(rows.amounts * 3, rows.before), places, VALUES)
    for name in ("volume", "rate", "beyond", "noise"):
        assert np.allclose(getattr(counted, name) * 3, getattr(added, name))


@given(PLACES, PLACES)
def test_the_parts_of_a_count_sum_to_its_change(before: list[int], now: list[int]):
    rows = Rows(np.ones(len(before) + len(now)), len(before), is_count=True)
    found = split(rows, np.array([*before, *now]), VALUES)
    assert found.moved.sum() == change(rows) == len(now) - len(before)
    assert (found.rate == 0).all()


def rows_of(*cells: tuple[int, int, int, int]) -> tuple[Rows, np.ndarray]:
    """For each value: hits of n before, hits of n now."""
    amounts, places = [], []
    for half in (0, 2):
        for value, cell in enumerate(cells):
            hits, n = cell[half], cell[half + 1]
            amounts += [1.0] * hits + [0.0] * (n - hits)
            places += [value] * n
    before = sum(cell[1] for cell in cells)
    return Rows(np.array(amounts), before), np.array(places)


def test_more_of_it_and_worse_of_it_by_hand():
    # Chat: 80 of 100 before, 180 of 300 now. Mail: 90 of 100 before, 90 of 100 now. 170/200 = .85, 270/400 = .675.
    rows, places = rows_of((80, 100, 180, 300), (90, 100, 90, 100))
    found = split(rows, places, 2)
    assert change(rows) == pytest.approx(-0.175)
    assert found.volume.tolist() == pytest.approx([0.25 * (0.7 - 0.7625), -0.25 * (0.9 - 0.7625)])
    assert found.rate.tolist() == pytest.approx([-0.2 * 0.625, 0.0])
    assert (found.rate_before[0], found.rate_now[0]) == (0.8, 0.6)


def test_what_is_new_is_all_volume():
    rows, places = rows_of((90, 100, 90, 100), (0, 0, 20, 50))
    found = split(rows, places, 2)
    assert found.rate[1] == 0
    assert found.volume[1] == pytest.approx(1 / 3 * (0.4 - (0.9 + 110 / 150) / 2))
    assert np.isnan(found.rate_before[1])


def driver(*cells: tuple[int, int, int, int]) -> list[bool]:
    rows, places = rows_of(*cells)
    found = split(rows, places, len(cells))
    return is_driver(found, np.arange(1, len(cells) + 1), change(rows), len(cells)).tolist()


def test_the_one_that_became_worse_is_the_driver():
    assert driver((270, 300, 180, 300), (270, 300, 269, 300), (270, 300, 271, 300)) == [True, False, False]


def test_where_all_became_worse_alike_nobody_is():
    assert driver((270, 300, 240, 300), (270, 300, 240, 300), (270, 300, 240, 300)) == [False] * 3


def test_what_nearly_all_tickets_are_explains_nothing():
    assert driver((900, 1000, 800, 1000), (45, 50, 40, 50)) == [False, False]


def test_more_of_what_was_always_bad_is_a_driver_too():
    assert driver((20, 100, 160, 800), (900, 1000, 900, 1000), (450, 500, 450, 500)) == [True, False, False]
    assert driver((120, 200, 480, 800), (760, 800, 190, 200))[0]


def test_a_value_of_tickets_that_do_not_say_is_no_driver():
    rows, places = rows_of((270, 300, 150, 300), (270, 300, 270, 300))
    found = split(rows, places, 2)
    assert is_driver(found, np.array([0, 7]), change(rows), 2).tolist() == [False, False]


def test_by_chance_a_driver_is_hardly_ever_named():
    rng, named = np.random.default_rng(23), 0
    for _ in range(300):
        places = rng.integers(0, 30, 1200)
        rows = Rows((rng.random(1200) < np.repeat([0.9, 0.8], 600)).astype(float), 600)
        values = np.arange(1, 31)
        named += bool(is_driver(split(rows, places, 30), values, change(rows), 30).any())
    assert named / 300 < 0.05


@given(
    arrays.arrays(np.int64, st.integers(1, 80), elements=st.integers(-1, 2**53) | st.sampled_from((-1, 0, 4096, 8192)))
)
def test_rows_are_grouped_by_their_code(codes: np.ndarray):
    values, places = grouped(codes)
    assert (values[places] == codes).all()
    assert len(set(values.tolist())) == len(values) == len(set(codes.tolist()))


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "Asia/Seoul", "Australia/Lord_Howe", "America/New_York"])
def test_the_hour_is_that_of_the_wall_also_on_the_day_the_clocks_change(zone: str):
    rng = np.random.default_rng(2)
    begin, end = (microseconds(datetime(2026, month, 1, tzinfo=UTC)) for month in (3, 12))
    instants = rng.integers(begin, end, 2000)
    told = [datetime.fromtimestamp(int(at) / 1e6, UTC).astimezone(ZoneInfo(zone)).hour // 6 for at in instants]
    assert blocks(instants, zone).tolist() == told
    assert blocks(instants[:5] * 0 + instants[0], zone).tolist() == [told[0]] * 5


def test_seven_dimensions_of_eighty_thousand_tickets_are_taken_apart_in_a_moment():
    rng = np.random.default_rng(9)
    rows = Rows((rng.random(80_000) < 0.9).astype(float), 40_000)
    columns = [rng.integers(1, 2**52, size)[rng.integers(0, size, 80_000)] for size in (4, 5, 8, 30, 60, 4, 30)]

    def once() -> float:
        begun = time.perf_counter()
        for column in columns:
            values, places = grouped(column)
            split(rows, places, len(values))
        return time.perf_counter() - begun

    assert min(once() for _ in range(5)) < 0.03
