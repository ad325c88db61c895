"""What customers think, if they are asked and if they say: the longer the wait, the worse."""

from __future__ import annotations

import numpy as np

from .hours import Seconds
from .lives import LET_DOWN, NEVER, PLEASED, SILENT, WAITED, Flags, Numbers
from .plan import LAPSE, PROBLEM, UNLUCKY
from .work import Floats, Work

ANSWERS = np.array([0.18, 0.19, 0.26, 0.21])
"""The share of surveys answered, by channel."""
SURVEYED = 0.85
CONTENT = 1.72
"""Log odds of a good rating for a prompt answer."""
PATIENCE_S = 2 * 3600
"""Working seconds that nobody minds waiting."""
IMPATIENCE = 0.42
"""Log odds lost each time the wait is e times longer."""


def rate(work: Work) -> None:
    """What the customer thinks, if asked and if they say."""
    put = work.columns
    asked = (put["solved"] < NEVER) & (put["opened_by"] != 1) & work.chance(SURVEYED)
    sent = np.where(asked, put["solved"], 0) + 4 * 3600
    after = work.around(4 * 3600, 1.3).astype(np.int64) + 60
    says = asked & work.chance(ANSWERS[put["channel"]])
    work.odds = _content(work)
    good = work.chance(1 / (1 + np.exp(-work.odds)))
    if work.centre is UNLUCKY.centre:
        _unlucky(work, asked, sent, after, says, good)
    put["surveyed"], put["rated"] = np.where(asked, sent, NEVER), np.where(says, sent + after, NEVER)
    high = work.rng.choice([5, 4], size=work.n, p=[0.66, 0.34])
    low = work.rng.choice([3, 2, 1], size=work.n, p=[0.40, 0.24, 0.36])
    put["rating"] = np.where(says, np.where(good, high, low), 0)
    about = np.where(good, PLEASED, np.where((work.wait > 3 * PATIENCE_S) | work.chance(0.15), WAITED, LET_DOWN))
    put["comment"] = np.where(says & work.chance(np.where(good, 0.3, 0.6)), about, SILENT)


def _content(work: Work) -> Floats:
    """Log odds of a good rating: long waits and reopenings cost, and so do sore subjects."""
    put = work.columns
    odds = CONTENT + work.of("mood") + work.of_agent("care")
    odds -= IMPATIENCE * np.log(np.maximum(1.0, work.wait / PATIENCE_S))
    odds -= 0.9 * (put["reopened"] < NEVER) + 0.15 * np.maximum(0, put["replies"] - 2)
    return np.asarray(odds + PROBLEM.mood * put["is_planted"] + LAPSE.mood * put["is_lapsed"])


def _unlucky(work: Work, asked: Flags, sent: Seconds, after: Numbers, says: Flags, good: Flags) -> None:
    """Draw one agent's ratings again, from the very same chances, until the few they have by now look bad."""
    theirs = np.flatnonzero(asked & (work.columns["agent"] == work.centre.agents.index(UNLUCKY.agent)))
    by_now = (sent + after)[theirs] <= work.opens_at
    answers, chances = ANSWERS[work.columns["channel"][theirs]], 1 / (1 + np.exp(-work.odds[theirs]))
    low, high = UNLUCKY.good
    for _ in range(50_000):
        says[theirs], good[theirs] = work.rng.random((2, len(theirs))) < (answers, chances)
        seen = good[theirs][by_now & says[theirs]]
        if len(seen) in UNLUCKY.ratings and low <= seen.mean() <= high:
            return
