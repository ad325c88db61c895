"""The likelihood of the beta-binomial distribution, in terms of its mean and its spread, 1 / (alpha + beta)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

STEPS = 60
CLOSE = 1e-9  # of the mean: the step after it would be about the square of that

Floats = NDArray[np.float64]


class Terms:
    """The counts of agents, `hits` of `n` each (shape (agents,)), as sums over j = 0, 1 … of how many have more than j.

    The logarithm of the likelihood is then a sum of log(mean + j spread), log(1 - mean + j spread) and
    -log(1 + j spread), which has no cancelling gamma functions and is the binomial's where the spread is 0.
    Source: Smith, Applied Statistics 32 (1983) 196 (AS 189).
    """

    def __init__(self, hits: Floats, n: Floats) -> None:
        self.hits, self.misses, self.all = _more_than(hits), _more_than(n - hits), _more_than(n)
        self.at = np.arange(self.all.size, dtype=np.float64)

    def log_likelihood(self, mean: float, spread: float) -> float:
        """Without the binomial coefficients, which do not depend on either."""
        j = spread * self.at
        return float(
            self.hits @ np.log(mean + j[: self.hits.size])
            + self.misses @ np.log(1 - mean + j[: self.misses.size])
            - self.all @ np.log1p(j)
        )

    def mean(self, spread: float) -> float:
        """The mean of the highest likelihood for a spread: the one at which the slope, which only falls, is 0.

        Both kinds, hits and misses, must occur.
        """
        low, high, mean = 0.0, 1.0, float(self.hits.sum() / self.all.sum())
        j = spread * self.at
        for _ in range(STEPS):
            hit, miss = 1 / (mean + j[: self.hits.size]), 1 / (1 - mean + j[: self.misses.size])
            slope = float(self.hits @ hit - self.misses @ miss)
            low, high = (mean, high) if slope > 0 else (low, mean)
            following = mean + slope / float(self.hits @ hit**2 + self.misses @ miss**2)
            if not low < following < high:
                following = (low + high) / 2
            step, mean = abs(following - mean), following
            if step <= CLOSE * min(mean, 1 - mean):
                break
        return mean


def _more_than(counts: Floats) -> Floats:
    """How many counts are larger than 0, 1, 2 …, up to the largest."""
    each = np.bincount(counts.astype(np.int64))
    return np.asarray(each[::-1].cumsum()[::-1][1:], dtype=np.float64)
