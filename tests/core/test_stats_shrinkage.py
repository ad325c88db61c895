from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import optimize, special

from cspm_core.stats import FEWEST_AGENTS, Interval, Prior, Verdict, fit, posterior, standings

HITS = [9, 45, 160, 3, 70, 380]
OF = [10, 60, 200, 3, 100, 400]
SPREAD = Prior(8.0, 2.0, 0.8, 0.001, True)
agents = st.lists(st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1)


def known(prior: Prior | None) -> Prior:
    assert prior is not None
    return prior


def test_the_six_agents_have_the_parameters_of_the_worked_example() -> None:
    prior = known(fit(HITS, OF))
    assert (round(prior.alpha, 3), round(prior.beta, 3)) == (11.997, 2.565)
    assert prior.is_spread
    assert round(posterior(3, 3, prior)[0], 3) == 0.854


def test_a_few_perfect_answers_are_no_reason_for_a_word_and_many_are() -> None:
    words = [standing.verdict for standing in standings(HITS, OF)]
    assert words[3] == Verdict.NOT_DISTINGUISHABLE  # 3 of 3
    assert words[5] == Verdict.ABOVE  # 380 of 400
    assert words[4] == Verdict.BELOW  # 70 of 100
    assert FEWEST_AGENTS == 8  # the caller's to hold: six are computed all the same


def test_agents_who_differ_only_by_chance_have_no_spread() -> None:
    prior = known(fit([8, 9, 8, 7, 8, 8], [10] * 6))
    assert (prior.alpha, prior.beta, prior.mean, prior.is_spread) == (math.inf, math.inf, 0.8, False)
    assert posterior(10, 10, prior) == (0.8, Interval(0.8, 0.8))
    everyone = standings([8, 9, 8, 7, 8, 8], [10] * 6)
    assert {standing.verdict for standing in everyone} == {Verdict.NOT_DISTINGUISHABLE}


@pytest.mark.parametrize("hits", [[5, 7, 9], [0, 0, 0]])
def test_a_team_that_always_or_never_succeeds_has_no_spread(hits: list[int]) -> None:
    prior = known(fit(hits, [5, 7, 9]))
    assert (prior.mean, prior.is_spread, prior.p) == (float(any(hits)), False, 1.0)


def test_no_data_says_nothing_and_impossible_counts_are_refused() -> None:
    assert fit([], []) is None
    assert fit([0, 0], [0, 0]) is None
    assert standings([], []) == ()
    (nobody,) = standings([0], [0])
    assert nobody.verdict == Verdict.NOT_DISTINGUISHABLE
    assert math.isnan(nobody.shrunken)
    for hits, of in (([4], [3]), ([-1], [3]), ([1, 2], [3])):
        with pytest.raises(ValueError, match="between 0 and n"):
            fit(hits, of)


def test_agents_who_are_all_or_nothing_are_as_spread_as_can_be() -> None:
    prior = known(fit([20, 0, 20, 0], [20] * 4))
    assert prior.is_spread
    assert prior.alpha + prior.beta == pytest.approx(0.01, rel=0.01)
    assert prior.mean == pytest.approx(0.5)


def log_likelihood(alpha: float, beta: float, hits: np.ndarray, of: np.ndarray) -> float:
    return float(np.sum(special.betaln(alpha + hits, beta + of - hits) - special.betaln(alpha, beta)))


@given(st.integers(0, 2**32), st.integers(2, 30), st.sampled_from([3, 20, 300]))
def test_no_other_prior_is_more_likely(seed: int, many: int, longest: int) -> None:
    rng = np.random.default_rng(seed)
    of = rng.integers(1, longest + 1, many)
    hits = rng.binomial(of, rng.beta(rng.uniform(0.5, 40), rng.uniform(0.5, 20), many))
    prior = known(fit(hits, of))
    share = float(hits.sum() / of.sum())
    assume(0 < share < 1)
    plain = float(hits.sum() * math.log(share) + (of - hits).sum() * math.log(1 - share))

    def less(at: np.ndarray) -> float:
        alpha, beta = np.exp(np.clip(at, -9, 14))
        return -log_likelihood(alpha, beta, hits, of)

    starts = [np.log([share * size, (1 - share) * size]) for size in (1, 30)]
    other = -min(optimize.minimize(less, start, method="Nelder-Mead").fun for start in starts)
    if math.isinf(prior.alpha):
        assert plain >= other - 1e-4
    elif prior.alpha + prior.beta > 0.011:
        ours = log_likelihood(prior.alpha, prior.beta, hits, of)
        assert ours >= other - 1e-6
        assert prior.p == pytest.approx(special.erfc(math.sqrt(max(ours - plain, 0))) / 2, abs=1e-4)
    assert prior.is_spread == (prior.p <= 0.05)


@given(agents)
def test_a_shrunken_share_lies_between_the_agents_own_and_the_mean(counts: list[tuple[int, int]]) -> None:
    hits, of = zip(*counts, strict=True)
    prior = fit(hits, of)
    assume(prior is not None)
    assert prior is not None
    for (h, n), standing in zip(counts, standings(hits, of, prior), strict=True):
        own = h / n if n else prior.mean
        assert min(own, prior.mean) - 1e-9 <= standing.shrunken <= max(own, prior.mean) + 1e-9
        assert 0 <= standing.interval.low <= standing.interval.high <= 1
        mean, interval = posterior(h, n, prior)
        assert standing.shrunken == pytest.approx(mean)
        assert (standing.interval.low, standing.interval.high) == pytest.approx((interval.low, interval.high), abs=1e-9)
        assert 0 <= standing.p <= 1
        if standing.verdict == Verdict.ABOVE:
            assert standing.interval.low > prior.mean
            assert own > prior.mean
        if standing.verdict == Verdict.BELOW:
            assert standing.interval.high < prior.mean
            assert own < prior.mean


@given(st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_posterior_is_the_beta_distribution_of_another_implementation(counts: tuple[int, int]) -> None:
    hits, n = counts
    mean, interval = posterior(hits, n, SPREAD)
    assert mean == pytest.approx((8 + hits) / (10 + n))
    for limit, p in ((interval.low, 0.025), (interval.high, 0.975)):
        assert limit == pytest.approx(special.betaincinv(8 + hits, 2 + n - hits, p), abs=1e-9)


@given(agents)
def test_the_order_of_the_agents_does_not_matter(counts: list[tuple[int, int]]) -> None:
    hits, of = zip(*counts, strict=True)
    assume(fit(hits, of) is not None)
    there, back = standings(hits, of), standings(hits[::-1], of[::-1])
    assert [s.verdict for s in there] == [s.verdict for s in reversed(back)]


def test_a_posterior_interval_holds_the_true_share_19_times_in_20() -> None:
    rng = np.random.default_rng(3)
    inside = []
    for _ in range(40):
        true, of = rng.beta(24, 6, 40), rng.integers(5, 200, 40)
        found = standings(rng.binomial(of, true), of)
        inside += [s.interval.low <= share <= s.interval.high for s, share in zip(found, true, strict=True)]
    assert 0.92 < np.mean(inside) < 0.97


def test_a_team_of_equals_hears_no_words() -> None:
    rng = np.random.default_rng(4)
    teams = [standings(rng.binomial(of, 0.8), of) for of in rng.integers(5, 120, (100, 12))]
    spoken = [any(s.verdict != Verdict.NOT_DISTINGUISHABLE for s in team) for team in teams]
    assert np.mean(spoken) <= 0.05


def test_of_the_words_that_are_said_few_are_wrong() -> None:
    rng = np.random.default_rng(6)
    wrong, said = [], 0
    for _ in range(60):
        true = np.array([0.8] * 10 + [0.9, 0.7])
        of = rng.integers(200, 600, true.size)
        words = [s.verdict for s in standings(rng.binomial(of, true), of)]
        right = {10: Verdict.ABOVE, 11: Verdict.BELOW}
        spoken = [(i, word) for i, word in enumerate(words) if word != Verdict.NOT_DISTINGUISHABLE]
        wrong.append(sum(right.get(i) != word for i, word in spoken) / max(len(spoken), 1))
        said += len(spoken)
    assert np.mean(wrong) <= 0.06
    assert said > 100  # and those who do stand apart are heard of
