"""The product-limit (Kaplan-Meier) curve of waiting times of which some are not over yet, step by step."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

PIECE = 2048  # durations looked at in one go: short arrays need no fresh memory

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Steps:
    """The curve at each time at which something ended: the share still waiting just after it, and Greenwood's
    standard error of that share (nan where the curve has reached 0)."""

    times: Floats
    survival: Floats
    standard_error: Floats


@dataclass(frozen=True)
class Stages:
    """The curve at its beginning and just after each censored duration, where its steps can be taken up: how many
    have ended by then, the share still waiting, and Greenwood's sum."""

    ended: Counts
    survival: Floats
    greenwood: Floats


def product_limit(durations: ArrayLike, censored: ArrayLike = ()) -> Steps:
    """The share still waiting after each duration. At equal times what ended comes before what is censored.

    `durations` ended, `censored` have lasted so long and go on; any unit, any order. Raises ValueError for nan.
    Source: Kaplan and Meier, JASA 53 (1958) 457; standard errors by Greenwood's formula.
    """
    pieces = list(pieces_of(ordered(numbers(durations)), ordered(numbers(censored))))
    empty: Floats = np.empty(0)
    return Steps(*(np.concatenate([empty, *(getattr(piece, f.name) for piece in pieces)]) for f in fields(Steps)))


def numbers(values: ArrayLike) -> Floats:
    """The values as an array; ValueError for nan."""
    array: Floats = np.asarray(values, dtype=np.float64)
    if array.size and math.isnan(array.min()):
        raise ValueError("a duration is a number")
    return array


def ordered(values: Floats) -> Floats:
    """In ascending order. Whole numbers, such as seconds, are put in order as integers, in half the time."""
    with np.errstate(invalid="ignore"):
        whole = values.astype(np.int32)
    if not np.array_equal(whole, values):
        return np.sort(values)
    whole.sort()
    return whole.astype(np.float64)


def pieces_of(
    ended: Floats, going_on: Floats, start: int = 0, share: float = 1.0, greenwood: float = 0.0
) -> Iterator[Steps]:
    """The curve of times in ascending order, some steps at a time, from the first or from one of the stages on."""
    while start < ended.size:
        stop = int(np.searchsorted(ended, ended[min(start + PIECE, ended.size) - 1], side="right"))
        part = ended[start:stop]
        edges = np.concatenate([[0], np.flatnonzero(part[1:] != part[:-1]) + 1, [part.size]])
        times, died = part[edges[:-1]], np.diff(edges)
        at_risk = (ended.size + going_on.size - start - edges[:-1] - _below(going_on, times)).astype(np.float64)
        factors: Floats = 1 - died / at_risk
        factors[0] *= share
        with np.errstate(divide="ignore", invalid="ignore"):
            terms = died / (at_risk * (at_risk - died))
            terms[0] += greenwood
            survival: Floats = np.cumprod(factors, dtype=np.float64)
            variance: Floats = np.cumsum(terms, dtype=np.float64)
            error = survival * np.sqrt(variance)
        yield Steps(times, survival, error)
        start, share, greenwood = stop, float(survival[-1]), float(variance[-1])


def stages_of(ended: Floats, going_on: Floats) -> Stages:
    """Where the curve of times in ascending order can be taken up.

    Between two censored durations the product telescopes, so that only those have to be looked at, not every step.
    """
    through: Counts = np.concatenate([[0], np.searchsorted(ended, going_on, side="right")])
    waiting = ended.size + going_on.size - np.arange(going_on.size)
    before, after = waiting - through[:-1], waiting - through[1:]
    survival: Floats = np.concatenate([[1.0], np.cumprod(after / before)])
    greenwood: Floats = np.concatenate([[0.0], np.cumsum(1 / after - 1 / before)])
    return Stages(through, survival, greenwood)


def _below(values: Floats, times: Floats) -> Counts:
    """How many of the values are below each time, both in ascending order: the shorter is looked up in the longer."""
    first, last = np.searchsorted(values, times[[0, -1]])
    between = values[first:last]
    if between.size >= times.size:
        return np.asarray(first + np.searchsorted(between, times))
    above = np.searchsorted(times, between, side="right")
    return np.asarray(first + np.bincount(above, minlength=times.size).cumsum())
