"""What a formula answers: a value with everything that is needed to judge it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..stats import Interval


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure over one window. Seconds, a share between 0 and 1, or a count; `value` None: no data, never 0 or 1.

    `n` is how many tickets the value rests on, those still waiting included. `longer_than`: the median (or the p90)
    cannot be read yet, it is longer than this. `note` is a key that says why there is no value: `no_cohort`,
    `cohort_too_young`, `not_reached` (the data ends before the window), `before_data`, `still_waiting`, `too_few`,
    `never_said` (the source does not tell).
    """

    value: float | None
    n: int
    numerator: float | None = None
    denominator: float | None = None
    interval: Interval | None = None
    p90: float | None = None
    longer_than: float | None = None
    waiting: int = 0
    """Open (or open and unanswered) tickets that belong beside the value."""
    oldest_s: float | None = None
    """How long the oldest of those has waited since its creation."""
    set_aside: int = 0
    """Tickets of the cohort whose facts were impossible or never said, so that the value does without them."""
    provisional: bool = False
    note: str = ""
    extras: Mapping[str, int] = field(default_factory=dict)
    """Counts to show apart, by key: `zero_reply`, `too_young`, `at_risk`, `past_due`, `reopens` …"""
