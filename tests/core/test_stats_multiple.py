from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cspm_core.stats import benjamini_hochberg

# Benjamini and Hochberg, JRSS B 57 (1995) 289, section 3: fifteen endpoints of a trial of thrombolysis.
ENDPOINTS = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459),
    *(0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000),
]


def test_of_the_published_endpoints_the_first_four_hold() -> None:
    adjusted = benjamini_hochberg(ENDPOINTS)
    assert (adjusted <= 0.05).tolist() == [True] * 4 + [False] * 11
    assert adjusted[:4].tolist() == pytest.approx([0.0015, 0.003, 0.0095, 0.035625])


def test_no_tests_need_no_adjustment_and_no_probability_is_refused() -> None:
    assert benjamini_hochberg([]).size == 0
    assert benjamini_hochberg([0.03]).tolist() == [0.03]
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg([0.2, 1.2])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_adjusting_keeps_the_order_and_only_makes_larger(p: list[float]) -> None:
    adjusted = benjamini_hochberg(p)
    assert adjusted == pytest.approx(stats.false_discovery_control(p))
    assert (adjusted >= np.array(p) * (1 - 1e-12)).all()
    assert (np.diff(adjusted[np.argsort(p)]) >= 0).all()
