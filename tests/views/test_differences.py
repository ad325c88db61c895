"""Differences with their intervals, also where an end of one lies nowhere."""

from __future__ import annotations

from math import inf

import pytest

from bot.signals.figures import signed_span
from bot.words import Words
from cspm_core.metrics import CATALOGUE
from cspm_core.stats import Interval


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-7200, 3600, "−2 hr to +1 hr"),
        (-inf, 3600, "+1 hr or less"),
        (-7200, inf, "−2 hr or more"),
        (-inf, inf, ""),
    ],
)
def test_an_interval_of_a_difference_of_medians_may_be_open(low: float, high: float, said: str) -> None:
    assert signed_span(CATALOGUE["first_response"], Interval(low, high), Words("en")) == said
