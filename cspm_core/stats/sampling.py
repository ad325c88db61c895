"""How many to draw, how many of each part, and which: by a seed that anybody can draw again with. Pure.

Order: each thing has a number of its own, the 128-bit BLAKE2b hash of its key under the seed; the lowest come first. So
the same seed gives the same order however the things are sorted, and another thing among them moves none.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import ArrayLike, NDArray

Z95 = 1.959963984540054
"""The normal quantile of a two-sided 95 %."""
HALF = 0.5
"""The share that takes the largest sample."""


def sample_size(population: int, margin: float, *, share: float = HALF, z: float = Z95) -> int:
    """How many of a population estimate a share within ± `margin` (0 to 1): z²Np(1-p) / (e²(N-1) + z²p(1-p)), rounded
    up, at most all. Raises ValueError where the margin is not between 0 and 1."""
    if not 0 <= margin < 1:
        raise ValueError("a margin lies between 0 and 1")
    if population <= 0:
        return 0
    spread = z * z * share * (1 - share)
    wanted = spread * population / (margin * margin * (population - 1) + spread)
    return min(population, math.ceil(wanted - 1e-9))


def margin_of(population: int, n: int, *, share: float = HALF, z: float = Z95) -> float | None:
    """The other way round: ± how much (0 to 1) a sample of n tells a share of a population; None for no sample."""
    if n <= 0 or population <= 0:
        return None
    if n >= population:
        return 0.0
    return z * math.sqrt(share * (1 - share) / n * (population - n) / (population - 1))


def allocation(sizes: Sequence[int], n: int, *, start: float = HALF) -> tuple[int, ...]:
    """How many of n go to each cell: in proportion to its size by largest remainder, at least one to each that is not
    empty, never more than it holds; together n, or all there are.

    Where n is less than the cells, which of them get one is drawn systematically from `start` (0 to 1, a random
    number), so that a cell's chance is in proportion to its size and a thing's the same in all.
    """
    whole, filled = sum(sizes), sum(size > 0 for size in sizes)
    n = max(0, min(n, whole))
    if not n:
        return (0,) * len(sizes)
    if n < filled:
        return _systematic(sizes, n, start)
    got = [max(n * size // whole, int(size > 0)) for size in sizes]
    missing = n - sum(got)
    by_remainder = sorted(range(len(sizes)), key=lambda i: (got[i] * whole - n * sizes[i], i))
    for i in by_remainder[: max(0, missing)]:
        got[i] += 1
    return tuple(_taken_back(got, sizes, n)) if missing < 0 else tuple(got)


def _taken_back(got: list[int], sizes: Sequence[int], n: int) -> list[int]:
    """What small cells got for being there is taken from those that stand the most above their proportion."""
    whole, over = sum(sizes), sum(got) - n
    above = [(n * sizes[i] - got[i] * whole, i) for i in range(len(got)) if got[i] > 1]
    heapq.heapify(above)
    while over:
        _, i = heapq.heappop(above)
        got[i] -= 1
        over -= 1
        if got[i] > 1:
            heapq.heappush(above, (n * sizes[i] - got[i] * whole, i))
    return got


def _systematic(sizes: Sequence[int], n: int, start: float) -> tuple[int, ...]:
    """Every so-manieth thing of all, cell after cell."""
    ends = np.cumsum(np.asarray(sizes, dtype=np.int64))
    step = int(ends[-1]) / n
    points = np.minimum((np.arange(n) + start) * step, ends[-1] - 0.5)
    hits = np.searchsorted(ends, points, side="right")
    return tuple(np.bincount(hits, minlength=len(sizes)).tolist())


def numbers(seed: int, keys: Sequence[str]) -> NDArray[np.uint64]:
    """The number of each key under a seed, as rows of its high and low 64 bits."""
    under = blake2b(digest_size=16, key=seed.to_bytes(8, "big"))
    told = bytearray()
    for key in keys:
        one = under.copy()
        one.update(key.encode())
        told += one.digest()
    return np.frombuffer(bytes(told), dtype=">u8").astype(np.uint64).reshape(-1, 2)


def shuffled(seed: int, keys: Sequence[str], ids: ArrayLike, cells: ArrayLike | None = None) -> NDArray[np.intp]:
    """Positions in the order in which things are drawn, cell by cell where `cells` numbers each thing's; of two with
    one key the lower id comes first."""
    found = numbers(seed, keys)
    by = (np.asarray(ids, dtype=np.int64), found[:, 1], found[:, 0])
    return np.lexsort(by if cells is None else (*by, np.asarray(cells, dtype=np.int64)))


def start_of(seed: int, what: str = "start") -> float:
    """A random number from 0 up to 1 that belongs to a seed."""
    return float(numbers(seed, [what])[0, 0] >> np.uint64(11)) / 2**53
