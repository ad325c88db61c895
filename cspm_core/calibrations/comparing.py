"""What reviewers scored blind, held beside each other: agreement, spread and bias. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..qa.rules import Answer, Definition
from ..stats.agreement import Alpha, Bias, Level, alpha, biases, raw_agreement

MOST_APART = 5
APPLIES_APART = 50.0
"""Points that it weighs in what to discuss where some found a criterion not applicable and others rated it."""
CLOSE = 25.0
"""Points under which two scores of one criterion need no talk."""
NAN = math.nan


@dataclass(frozen=True, slots=True)
class Given:
    """What one reviewer gave one conversation. `score`: points, 0 to 100."""

    reviewer_id: int
    ticket_id: int
    score: float | None
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Spread:
    """How one criterion was scored. `points`: from the lowest to the highest score of a conversation, 0 to 100, the
    mean over conversations; `agreement`: the share of pairs that chose just the same, “not applicable” among it."""

    criterion: str
    points: float | None
    agreement: float | None
    alpha: Alpha


@dataclass(frozen=True, slots=True)
class Apart:
    """A criterion of a conversation that was scored differently. `low` and `high`: the lowest and highest point."""

    ticket_id: int
    criterion: str
    points: float
    low: float | None
    high: float | None
    some_na: bool
    """Some found it not applicable."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`alpha`: of the scores of whole conversations, by their differences; `agreement`: over all answers of `pairs`."""

    alpha: Alpha
    agreement: float | None
    pairs: int
    spreads: tuple[Spread, ...]
    """The widest first."""
    biases: Mapping[int, Bias]
    """By reviewer, in points."""
    apart: tuple[Apart, ...]
    """What to discuss, the widest first."""


def compare(definition: Definition, given: Sequence[Given], *, seed: int) -> Comparison:
    """`given`: at most one of each reviewer and conversation; `seed`: of the intervals."""
    reviewers = sorted({one.reviewer_id for one in given})
    tickets = sorted({one.ticket_id for one in given})
    by = {(one.reviewer_id, one.ticket_id): one for one in given}

    def grid(value: str | None) -> list[list[float]]:
        return [[_points(by.get((who, which)), value) for which in tickets] for who in reviewers]

    def chosen(criterion: str) -> list[list[float]]:
        return [[_choice(by.get((who, which)), criterion) for which in tickets] for who in reviewers]

    if not given:
        return Comparison(Alpha(None, None, 0, 0), None, 0, (), {}, ())
    keys = [one.key for one in definition.criteria]
    scores = grid(None)
    choices = {key: chosen(key) for key in keys}
    every = [[cell for key in keys for cell in choices[key][n]] for n in range(len(reviewers))]
    agreement, pairs = raw_agreement(every) if keys else (None, 0)
    spreads = [_spread(key, grid(key), choices[key], seed) for key in keys]
    return Comparison(
        alpha(scores, Level.INTERVAL, seed=seed),
        agreement,
        pairs,
        tuple(sorted(spreads, key=lambda one: -(one.points or 0.0))),
        dict(zip(reviewers, biases(scores), strict=True)),
        _most_apart(keys, tickets, choices, {key: grid(key) for key in keys}),
    )


def _points(one: Given | None, criterion: str | None) -> float:
    """Of a criterion, or of the whole; NaN: none."""
    if one is None:
        return NAN
    answer = one.answers.get(criterion) if criterion else None
    value = one.score if criterion is None else answer.points if answer else None
    return NAN if value is None else value


def _choice(one: Given | None, criterion: str) -> float:
    """The point chosen, one under the lowest for “not applicable”; NaN: nothing was said."""
    answer = one.answers.get(criterion) if one else None
    if answer is None:
        return NAN
    if answer.is_na:
        return answer.lowest - 1
    return NAN if answer.score is None else answer.score


def _spread(criterion: str, points: list[list[float]], choices: list[list[float]], seed: int) -> Spread:
    ranges = [found for column in zip(*points, strict=True) if (found := _range(column)) is not None]
    mean = sum(ranges) / len(ranges) if ranges else None
    agreement, _ = raw_agreement(choices)
    return Spread(criterion, mean, agreement, alpha(points, Level.ORDINAL, seed=seed))


def _range(column: Sequence[float]) -> float | None:
    there = [value for value in column if not math.isnan(value)]
    return max(there) - min(there) if len(there) > 1 else None


def _most_apart(
    keys: Sequence[str],
    tickets: Sequence[int],
    choices: Mapping[str, list[list[float]]],
    points: Mapping[str, list[list[float]]],
) -> tuple[Apart, ...]:
    found = []
    for key in keys:
        for n, ticket_id in enumerate(tickets):
            rated = [(row[n], at) for row, at in zip(choices[key], _column(points[key], n), strict=True)]
            said = [choice for choice, _ in rated if not math.isnan(choice)]
            own = [choice for choice, at in rated if not math.isnan(at)]
            spread = _range([at for _, at in rated]) or 0.0
            some_na = bool(own) and len(said) > len(own)
            low, high = (min(own), max(own)) if own else (None, None)
            found.append(Apart(ticket_id, key, spread, low, high, some_na))
    wide = [one for one in found if _weight(one) >= CLOSE]
    return tuple(sorted(wide, key=lambda one: -_weight(one))[:MOST_APART])


def _column(rows: Sequence[Sequence[float]], n: int) -> list[float]:
    return [row[n] for row in rows]


def _weight(one: Apart) -> float:
    return max(one.points, APPLIES_APART if one.some_na else 0.0)
