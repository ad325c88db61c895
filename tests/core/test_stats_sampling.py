"""How many, how many of each, and which: published sizes, and what holds for every sample."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspm_core.stats.sampling import allocation, margin_of, numbers, sample_size, shuffled, start_of

SIZES = st.lists(st.integers(0, 200), min_size=1, max_size=40)
STARTS = st.floats(0, 1, exclude_max=True)


@pytest.mark.parametrize(
    ("population", "size"),
    [(10, 10), (100, 80), (220, 141), (1_000, 278), (10_000, 370), (75_000, 383), (1_000_000, 384)],
)
def test_a_margin_of_five_points_takes_the_published_sample(population: int, size: int):
    assert sample_size(population, 0.05) == math.ceil(size)  # Krejcie and Morgan 1970, table 1


def test_without_end_it_is_cochrans_sample():
    assert sample_size(10**12, 0.05) == 385  # Cochran 1977: 384.16, rounded up
    assert sample_size(10**12, 0.03) == 1068
    assert sample_size(10**12, 0.05, share=0.1) == 139


def test_nothing_or_everything_is_drawn_at_the_ends():
    assert sample_size(0, 0.05) == 0
    assert sample_size(1, 0.05) == 1
    assert sample_size(412, 0) == 412
    with pytest.raises(ValueError, match="between 0 and 1"):
        sample_size(10, 1.0)


@given(st.integers(2, 10**6), st.floats(0.005, 0.5))
def test_a_sample_of_that_size_has_that_margin_and_one_less_has_not(population: int, margin: float):
    n = sample_size(population, margin)
    found = margin_of(population, n)
    assert found is not None
    assert found <= margin + 1e-9
    if n > 1:
        assert (margin_of(population, n - 1) or 0) > margin - 1e-9


def test_the_margin_of_nothing_is_unknown_and_of_everything_none():
    assert margin_of(412, 0) is None
    assert margin_of(0, 0) is None
    assert margin_of(412, 412) == 0
    assert margin_of(412, 24) == pytest.approx(0.194, abs=5e-4)


def test_shares_go_by_largest_remainder_and_every_cell_has_one():
    assert allocation([50, 30, 20], 10) == (5, 3, 2)
    assert allocation([47, 16, 15, 12, 10], 10) == (5, 2, 1, 1, 1)
    assert allocation([97, 1, 1, 1], 10) == (7, 1, 1, 1)
    assert allocation([3, 0, 2], 99) == (3, 0, 2)
    assert allocation([], 3) == ()


@given(SIZES, st.integers(0, 500), STARTS)
def test_an_allocation_adds_up_and_no_cell_gives_more_than_it_has(sizes: list[int], n: int, start: float):
    got = allocation(sizes, n, start=start)
    assert sum(got) == min(n, sum(sizes))
    assert all(0 <= one <= size for one, size in zip(got, sizes, strict=True))


@given(SIZES, st.integers(0, 500), STARTS)
def test_each_cell_that_holds_something_gives_one_where_there_are_enough(sizes: list[int], n: int, start: float):
    filled = sum(size > 0 for size in sizes)
    got = allocation(sizes, n, start=start)
    if n >= filled:
        assert all(one >= 1 for one, size in zip(got, sizes, strict=True) if size)


@given(st.lists(st.integers(20, 200), min_size=2, max_size=10), st.integers(50, 200))
def test_large_cells_are_never_further_than_one_from_their_proportion(sizes: list[int], n: int):
    whole = sum(sizes)
    n = min(n, whole)
    if all(n * size / whole >= 1 for size in sizes):
        got = allocation(sizes, n)
        assert all(abs(one - n * size / whole) < 1 for one, size in zip(got, sizes, strict=True))


def test_with_fewer_picks_than_cells_each_thing_has_the_same_chance():
    sizes, n, rounds = [1, 2, 5, 12, 20], 3, 4_000
    got = np.zeros(len(sizes))
    for i in range(rounds):
        got += allocation(sizes, n, start=(i + 0.5) / rounds)
    expected = np.asarray(sizes) * n / sum(sizes)
    assert got / rounds == pytest.approx(expected, abs=2e-3)


@given(st.integers(0, 2**62), st.sets(st.text(max_size=8), min_size=1, max_size=60), st.randoms(use_true_random=False))
def test_the_order_is_the_same_however_the_things_came(seed: int, keys: set[str], dice: random.Random):
    one = sorted(keys)
    other = one.copy()
    dice.shuffle(other)
    first = [one[i] for i in shuffled(seed, one, range(len(one)))]
    assert first == [other[i] for i in shuffled(seed, other, range(len(other)))]
    assert sorted(first) == one


@given(st.integers(0, 2**62), st.sets(st.text(max_size=8), min_size=2, max_size=30))
def test_another_thing_among_them_moves_none(seed: int, keys: set[str]):
    every = sorted(keys)
    some = every[1:]
    order = [every[i] for i in shuffled(seed, every, range(len(every)))]
    assert [one for one in order if one != every[0]] == [some[i] for i in shuffled(seed, some, range(len(some)))]


def test_cells_come_one_after_another_each_in_its_order():
    keys, cells = ["a", "b", "c", "d"], [1, 0, 1, 0]
    order = shuffled(5, keys, range(4), cells).tolist()
    assert [cells[i] for i in order] == [0, 0, 1, 1]
    alone = [["b", "d"][i] for i in shuffled(5, ["b", "d"], [1, 3])]
    assert [keys[i] for i in order[:2]] == alone


def test_of_two_with_one_key_the_lower_id_comes_first():
    assert shuffled(1, ["R-1", "R-1"], [9, 4]).tolist() == [1, 0]


def test_numbers_are_spread_evenly_and_differ_by_seed():
    keys = [f"R-{n}" for n in range(20_000)]
    share = numbers(7, keys)[:, 0] / 2**64
    assert np.histogram(share, 10, (0, 1))[0] == pytest.approx(2_000, rel=0.1)
    assert start_of(7) != start_of(8)
    assert 0 <= start_of(7) < 1
    assert shuffled(7, keys, range(20_000)).tolist() != shuffled(8, keys, range(20_000)).tolist()
