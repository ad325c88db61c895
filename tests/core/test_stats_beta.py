from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from cspm_core.stats import beta_cdf, beta_quantile, t_quantile

parameters = st.floats(-0.3, 5).map(lambda power: float(10**power))
shares = st.floats(1e-6, 1 - 1e-6)


@given(parameters, parameters, shares)
def test_the_beta_distribution_agrees_with_another_implementation(a: float, b: float, x: float) -> None:
    for where in (x, float(stats.beta.ppf(x, a, b))):
        assert float(beta_cdf(where, a, b)) == pytest.approx(special.betainc(a, b, where), abs=1e-9)


@given(parameters, parameters, st.floats(0.001, 0.999))
def test_a_quantile_is_where_the_distribution_has_got_to(a: float, b: float, p: float) -> None:
    x = float(beta_quantile(p, a, b))
    assert x == pytest.approx(special.betaincinv(a, b, p), abs=1e-9)
    assert special.betainc(a, b, x) == pytest.approx(p, abs=1e-7)


def test_the_ends_are_exact_and_shapes_broadcast() -> None:
    assert beta_cdf([0, 1], 2, 3).tolist() == [0, 1]
    assert beta_quantile([0, 1], 2, 3).tolist() == [0, 1]
    both = beta_quantile([[0.025], [0.975]], [2.0, 8.0, 1.0], 1)
    assert both == pytest.approx(np.array([[0.025], [0.975]]) ** (1 / np.array([2.0, 8.0, 1.0])))


@pytest.mark.parametrize(("x", "a", "b"), [(-0.1, 1, 1), (1.1, 1, 1), (0.5, 0, 1), (0.5, 1, np.inf), (np.nan, 1, 1)])
def test_what_is_no_beta_distribution_is_refused(x: float, a: float, b: float) -> None:
    for function in (beta_cdf, beta_quantile):
        with pytest.raises(ValueError, match="between 0 and 1"):
            function(x, a, b)


@pytest.mark.parametrize(
    ("df", "t"), [(1, 12.706), (2, 4.303), (5, 2.571), (9, 2.262), (29, 2.045), (120, 1.980), (10**6, 1.960)]
)
def test_students_t_is_the_one_of_the_tables(df: int, t: float) -> None:
    assert round(t_quantile(0.975, df), 3) == t
    assert t_quantile(0.025, df) == -t_quantile(0.975, df)


@given(st.floats(0.0005, 0.9995), st.floats(1, 10**5))
def test_students_t_agrees_with_another_implementation(p: float, df: float) -> None:
    assert t_quantile(p, df) == pytest.approx(stats.t.ppf(p, df), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(("p", "df"), [(0, 3), (1, 3), (0.5, 0)])
def test_what_has_no_quantile_is_refused(p: float, df: float) -> None:
    with pytest.raises(ValueError, match="degrees of freedom"):
        t_quantile(p, df)
