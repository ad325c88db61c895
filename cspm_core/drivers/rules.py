"""What moved a figure: parts of its change by value of a dimension, and when one of them is worth naming. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..kpi.rules import Direction
from ..metrics import Measure, Metric
from ..periods import Period
from ..signals.rules import Basis
from ..stats import Interval

HOURS = ("night", "morning", "afternoon", "evening")
"""Blocks of six hours of the team's local day in which the ticket was created: 0-6, 6-12, 12-18, 18-24."""


class Dimension(StrEnum):
    CHANNEL = "channel"
    QUEUE = "queue"
    CATEGORY = "category"
    LANGUAGE = "language"
    PRIORITY = "priority"
    HOUR = "hour"
    """The code is the place in `HOURS`, from 1."""
    AGENT = "agent"
    """Only for a lead whose team allows it, never in a channel; the code is an identity id."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What one value of a dimension did to a figure. `volume` + `rate` is its part of `Driver.change`.

    Shares and means: `volume`, there is more (or less) of it; `rate`, it itself became better or worse. Counts: all is
    volume. Rates are None where there was nothing.
    """

    dimension: Dimension
    code: int
    """As in the columns of the frame: with `dimension` it is the filter for the list behind."""
    word: str
    """As a ticket says it; of HOUR a key of `HOURS`; empty: tickets that do not say."""
    volume: float
    rate: float
    n_before: int
    n_now: int
    rate_before: float | None
    rate_now: float | None
    share: float
    """Its part of the whole change: 0.6, it explains 60 %; below 0, it moved against it."""

    @property
    def moved(self) -> float:
        return self.volume + self.rate


@dataclass(frozen=True, slots=True)
class Driver:
    """The one value that moved a figure most, and all parts of its dimension.

    `change`: now less before, in the basis's unit (a share, a count, an amount); it is the sum over `parts` and `rest`.
    """

    metric: Metric
    period: Period
    before: Period
    basis: Basis
    threshold_s: float | None
    """Of SLOWER: the median of the period before, in seconds."""
    measures: tuple[Measure, Measure]
    """Before and now, in the metric's own unit."""
    change: float
    interval: Interval | None
    """95 % of the change."""
    direction: Direction
    """Of the figure itself."""
    main: Moved
    parts: tuple[Moved, ...]
    """The values of the main one's dimension, the largest part first (both ways); at most 12."""
    rest: float
    """What the values beyond those moved together."""
    strongest: tuple[Moved, ...]
    """The strongest value of each dimension, strongest first: what stands under "the numbers"."""


class NoDriverReason(StrEnum):
    NO_DATA = "no_data"
    TOO_FEW = "too_few"
    """Fewer than 30 tickets in one of the two periods."""
    NOISE = "not_distinguishable"
    """The change itself may be chance."""
    NO_SINGLE = "no_single_driver"
    """No value explains 40 % of the change beyond its usual weight."""
    WHOLE = "not_taken_apart"
    """The figure is not a sum over tickets: a number for each agent, or about escalations."""


@dataclass(frozen=True, slots=True)
class NoDriver:
    """That there is no single driver, and why. `strongest` as in `Driver`, where it was worked out."""

    metric: Metric
    period: Period
    before: Period
    reason: NoDriverReason
    strongest: tuple[Moved, ...] = ()
