"""Shares of agents, drawn towards each other as far as chance explains their spread, and who stands apart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .beta import beta_cdf, beta_quantile
from .likelihood import Terms
from .multiple import benjamini_hochberg
from .proportions import Interval

FEWEST_AGENTS = 8  # for a caller that shows standings; the functions themselves take any number
LEVEL = 0.05  # of the test for spread, and of the false-discovery rate over the team
MOST_SPREAD, LEAST_SPREAD, GRID = 100.0, 1e-8, 41  # of 1 / (alpha + beta), and how many are looked at first
NARROWINGS = 40

Floats = NDArray[np.float64]


class Verdict(StrEnum):
    ABOVE = "above"
    BELOW = "below"
    NOT_DISTINGUISHABLE = "not_distinguishable"


@dataclass(frozen=True)
class Prior:
    """The beta distribution from which the agents' true shares seem to come: its parameters and its `mean`, which is
    the mean of agents, not of tickets.

    `p` is that of the test that they are all the same, and `is_spread` whether it says that they are not. Where no
    spread at all fits best, alpha and beta are infinite and the mean is the share of all tickets together.
    """

    alpha: float
    beta: float
    mean: float
    p: float
    is_spread: bool


@dataclass(frozen=True)
class Standing:
    """One agent beside the prior's mean: the verdict over the team, the shrunken share with its own 95 % interval, and
    the p-value adjusted for the number of agents. A verdict asks more than an interval that leaves out the mean."""

    verdict: Verdict
    shrunken: float
    interval: Interval
    p: float


def fit(hits: ArrayLike, n: ArrayLike) -> Prior | None:
    """The prior of agents with `hits` of `n` each, both of shape (agents,), by maximum likelihood; None for no data.

    Spread is detected by the ratio of the beta-binomial's likelihood to the plain binomial's, whose law, at the edge of
    what is possible, is half a point at 0 and half a chi-square (Self and Liang, JASA 82 (1987) 605), at 5 %. Raises
    ValueError for counts that are not between 0 and n. Sources: Griffiths, Biometrics 29 (1973) 637; Smith, Applied
    Statistics 32 (1983) 196 (AS 189), in whose terms, mean and 1 / (alpha + beta), no spread is no special case.
    """
    found, of = _counts(hits, n)
    total = int(of.sum())
    if total == 0:
        return None
    share = int(found.sum()) / total
    if share in (0, 1):
        return Prior(math.inf, math.inf, share, 1.0, False)
    terms = Terms(found, of)
    spread = _best_spread(terms)
    mean = terms.mean(spread)
    gain = terms.log_likelihood(mean, spread) - terms.log_likelihood(share, 0.0)
    if gain <= 0:
        return Prior(math.inf, math.inf, share, 1.0, False)
    p = math.erfc(math.sqrt(gain)) / 2
    return Prior(mean / spread, (1 - mean) / spread, mean, p, p <= LEVEL)


def posterior(hits: int, n: int, prior: Prior) -> tuple[float, Interval]:
    """The shrunken share of one agent and its 95 % interval, with equal tails, both between 0 and 1.

    Where the prior has no spread both are its mean. The interval takes the prior as known. Raises ValueError as `fit`.
    Source: Robbins, Proc. Third Berkeley Symposium 1 (1956) 157.
    """
    means, lows, highs = _posteriors(*_counts([hits], [n]), prior)
    return float(means[0]), Interval(float(lows[0]), float(highs[0]))


def standings(hits: ArrayLike, n: ArrayLike, prior: Prior | None = None) -> tuple[Standing, ...]:
    """Each agent beside the prior's mean, in the order given; `prior` is fitted on the same counts if None.

    The p-value is twice the smaller posterior probability that the true share lies on one side of the mean; as the
    posterior is drawn to the mean, it is larger than that of an ordinary test. Above and below are those whose p-value
    is at most 5 % by Benjamini and Hochberg over all agents, and nobody where no spread is detected. Shrunken is nan
    where nobody has any data. Raises ValueError
    as `fit`.
    """
    found, of = _counts(hits, n)
    prior = prior or fit(found, of)
    if prior is None:
        return tuple(Standing(Verdict.NOT_DISTINGUISHABLE, math.nan, Interval(0.0, 1.0), 1.0) for _ in found)
    means, lows, highs = _posteriors(found, of, prior)
    below = _below_mean(found, of, prior)
    adjusted = benjamini_hochberg(np.minimum(1, 2 * np.minimum(below, 1 - below)))
    return tuple(
        Standing(_verdict(prior, side, p), mean, Interval(low, high), p)
        for side, p, mean, low, high in zip(*(a.tolist() for a in (below, adjusted, means, lows, highs)), strict=True)
    )


def _verdict(prior: Prior, below: float, p: float) -> Verdict:
    if p > LEVEL or not prior.is_spread:
        return Verdict.NOT_DISTINGUISHABLE
    return Verdict.BELOW if below > 0.5 else Verdict.ABOVE


def _below_mean(hits: Floats, n: Floats, prior: Prior) -> Floats:
    """The posterior probability that each true share is below the prior's mean."""
    if math.isinf(prior.alpha):
        return np.full(hits.size, 0.5)
    return beta_cdf(prior.mean, prior.alpha + hits, prior.beta + n - hits)


def _posteriors(hits: Floats, n: Floats, prior: Prior) -> tuple[Floats, Floats, Floats]:
    if math.isinf(prior.alpha):
        same = np.full(hits.size, prior.mean)
        return same, same, same
    a, b = prior.alpha + hits, prior.beta + n - hits
    low, high = beta_quantile(np.array([[LEVEL / 2], [1 - LEVEL / 2]]), a, b)
    return a / (a + b), low, high


def _best_spread(terms: Terms) -> float:
    """The 1 / (alpha + beta) of the highest likelihood: the best of a grid, then between its neighbours."""
    grid = np.linspace(math.log(LEAST_SPREAD), math.log(MOST_SPREAD), GRID)
    best = int(np.argmax([_profile(terms, place) for place in grid]))
    low, high = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, GRID - 1)])
    golden = (math.sqrt(5) - 1) / 2
    left, right = high - golden * (high - low), low + golden * (high - low)
    at_left, at_right = _profile(terms, left), _profile(terms, right)
    for _ in range(NARROWINGS):
        if at_left >= at_right:
            high, right, at_right = right, left, at_left
            left = high - golden * (high - low)
            at_left = _profile(terms, left)
        else:
            low, left, at_left = left, right, at_right
            right = low + golden * (high - low)
            at_right = _profile(terms, right)
    return math.exp((low + high) / 2)


def _profile(terms: Terms, place: float) -> float:
    spread = math.exp(place)
    return terms.log_likelihood(terms.mean(spread), spread)


def _counts(hits: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    found, of = np.asarray(hits, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if found.shape != of.shape or not ((found >= 0) & (found <= of)).all():
        raise ValueError("hits lie between 0 and n")
    return found, of
