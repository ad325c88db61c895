"""`make bench`: how far 20 reviewers agree on 500 conversations, with the interval. No time is asserted."""

from __future__ import annotations

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from cspm_core.stats import Level, alpha

REVIEWERS, CONVERSATIONS = 20, 500


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("points", [5, 0], ids=["five points", "every score another"])
def test_alpha_of_twenty_reviewers_and_five_hundred_conversations(
    benchmark: BenchmarkFixture, level: Level, points: int
):
    random = np.random.default_rng(1)
    quality, taste = random.normal(70, 15, CONVERSATIONS), random.normal(0, 8, (REVIEWERS, CONVERSATIONS))
    scores = np.clip(quality + taste, 0, 100)
    rated = np.ceil(scores / (100 / points)) if points else scores
    found = benchmark.pedantic(lambda: alpha(rated, level, seed=7), rounds=5)
    assert found.units == CONVERSATIONS
    assert found.interval is not None or level is Level.NOMINAL
