"""What is read from waiting times of which some are not over yet: median, p90 and how sure the median is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .proportions import Z95, Interval
from .quantiles import middle_and_tail
from .steps import PIECE, Floats, Stages, Steps, numbers, ordered, pieces_of, stages_of

NEAR = 1e-9  # products of floats miss one half by less than this


@dataclass(frozen=True)
class Curve:
    """What the curve says, in the unit of the durations: `n` = `events` that ended + `censored` that did not.

    `median` and `p90` are None where the curve stays above; then `longer_than` is the last time that it covers.
    `interval` is the median's 95 % interval, its `high` infinite where the data set no upper limit. `left` is the share
    that still waits at the curve's end, given only where something is censored and p90 is None.
    """

    n: int
    events: int
    censored: int
    median: float | None
    p90: float | None
    interval: Interval | None
    longer_than: float | None
    left: float | None = None


def censored_quantiles(durations: ArrayLike, censored: ArrayLike = ()) -> Curve:
    """Median, p90 and the median's 95 % interval of durations of which the `censored` have not ended.

    With nothing censored: linear interpolation and binomial order statistics. Otherwise read from the curve: the first
    time at which it is one half (one tenth) or less, the median midway along a stretch of exactly one half; the
    interval by Brookmeyer and Crowley, Biometrics 38 (1982) 29, untransformed. Raises ValueError for nan.
    """
    ended, going_on = numbers(durations), numbers(censored)
    if not going_on.size:
        middle = middle_and_tail(ended)
        return Curve(ended.size, ended.size, 0, middle.median, middle.p90, middle.interval, None)
    ended, going_on = ordered(ended), ordered(going_on)
    half, p90 = _read(ended, going_on)
    is_cut = half.median is None or p90.at is None
    return Curve(
        n=ended.size + going_on.size,
        events=ended.size,
        censored=going_on.size,
        median=half.median,
        p90=p90.at,
        interval=half.interval,
        longer_than=float(max(going_on[-1], ended[-1] if ended.size else -math.inf)) if is_cut else None,
        left=p90.left if p90.at is None else None,
    )


@dataclass
class _Half:
    """The first times at which the curve is at one half and below it, and the ends of the median's interval: where one
    half first lies within 1.96 standard errors of the curve, and where, below, it first does no longer.

    A curve at 0 has no standard error and refutes nothing, so such a short one leaves the upper limit open.
    """

    at: float | None = None
    below: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def median(self) -> float | None:
        return self.at if self.at is None or self.below is None else (self.at + self.below) / 2

    @property
    def interval(self) -> Interval | None:
        return None if self.low is None else Interval(self.low, math.inf if self.high is None else self.high)

    def look(self, pieces: Iterable[Steps]) -> None:
        """Until one half is out of reach again."""
        for steps in pieces:
            away, reach = steps.survival - 0.5, Z95 * np.nan_to_num(steps.standard_error, nan=math.inf)
            self.at = _first(self.at, steps, away <= NEAR)
            self.below = _first(self.below, steps, away < -NEAR)
            self.low = _first(self.low, steps, away <= reach + NEAR)
            self.high = _first(self.high, steps, -away > reach + NEAR)
            if self.high is not None:
                return


@dataclass
class _Tenth:
    """The first time at which the curve is at one tenth or below, and the share left at its end where it never is."""

    at: float | None = None
    left: float = 1.0

    def look(self, pieces: Iterable[Steps]) -> None:
        for steps in pieces:
            self.at = _first(self.at, steps, steps.survival <= 0.1 + NEAR)
            self.left = float(steps.survival[-1])
            if self.at is not None:
                return


def _read(ended: Floats, going_on: Floats) -> tuple[_Half, _Tenth]:
    """Step by step, where there are many only from the stage on after which there is something to see."""
    half, tenth = _Half(), _Tenth()
    if ended.size <= PIECE:
        pieces = list(pieces_of(ended, going_on))
        half.look(pieces)
        tenth.look(pieces)
        return half, tenth
    stages = stages_of(ended, going_on)
    reach = Z95 * stages.survival * np.sqrt(stages.greenwood.clip(0))
    half.look(pieces_of(ended, going_on, *_before(stages, stages.survival - 0.5 > reach + 2 * NEAR)))
    stage = _before(stages, stages.survival > 0.1 + 2 * NEAR)
    tenth.left = stage[1]
    tenth.look(pieces_of(ended, going_on, *stage))
    return half, tenth


def _before(stages: Stages, holds: NDArray[np.bool_]) -> tuple[int, float, float]:
    """The last of the stages up to which it holds without a gap: at the first it does."""
    at = (holds.size if holds.all() else int(holds.argmin())) - 1
    return int(stages.ended[at]), float(stages.survival[at]), float(stages.greenwood[at])


def _first(found: float | None, steps: Steps, holds: NDArray[np.bool_]) -> float | None:
    """What was found before, else the first time at which it holds."""
    if found is not None or not holds.any():
        return found
    return float(steps.times[int(holds.argmax())])
