"""What a scorecard holds, and from its answers to a score. No database.

Score of a criterion = (selected - lowest) / (highest - lowest) * 100; of a review the weighted mean over what was
rated (`METRICS.md`, as Zendesk QA counts).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

CRITICAL_BELOW = 50.0
"""A critical criterion under so many points has failed."""
LOW_BELOW = 50.0
"""A score under so many points is low: root causes are asked."""
FEWEST_POINTS, MOST_POINTS = 2, 5
HUNDRED = 100.0


class OnCritical(StrEnum):
    """What a critical failure does to a review."""

    ZERO = "zero"
    OUTCOME = "outcome"
    """It shows its score, and is not passed."""


class OnNotApplicable(StrEnum):
    """What “not applicable” does to the score."""

    LEFT_OUT = "left_out"
    FULL = "full"
    """It counts as the best point."""


class Stratum(StrEnum):
    """How a contact came to be reviewed; only the random ones make the IQS."""

    RANDOM = "random"
    LOW_RATING = "low_rating"
    ESCALATION = "escalation"
    BREACH = "breach"
    CHOSEN = "chosen"
    CALIBRATION = "calibration"
    WITHDRAWN = "withdrawn"
    """Taken out after a dispute: it was nobody's work here, and no figure counts it."""


PROMPTED = (Stratum.LOW_RATING, Stratum.ESCALATION, Stratum.BREACH)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is looked at. `scale`: what each point means, the worst first (2 to 5 points)."""

    key: str
    name: str
    scale: tuple[str, ...]
    weight: float = 1.0
    is_critical: bool = False
    may_be_na: bool = True
    guidance: str = ""
    causes: tuple[str, ...] = ()
    """Root causes to choose from on a low score."""

    @property
    def highest(self) -> int:
        """The best point; the worst is 1."""
        return len(self.scale)


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of a scorecard."""

    sections: tuple[Section, ...]
    on_critical: OnCritical = OnCritical.ZERO
    on_na: OnNotApplicable = OnNotApplicable.LEFT_OUT
    passed_from: float = 80.0
    """Points from which a review is passed."""

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(one for section in self.sections for one in section.criteria)

    def criterion(self, key: str) -> Criterion:
        """One of them. Raises KeyError."""
        for one in self.criteria:
            if one.key == key:
                return one
        raise KeyError(key)

    def written(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "on_critical": self.on_critical.value,
            "on_na": self.on_na.value,
            "passed_from": self.passed_from,
            "sections": [
                {"name": section.name, "criteria": [_written(one) for one in section.criteria]}
                for section in self.sections
            ],
        }

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Definition:
        """From what `written` made."""
        sections = tuple(
            Section(section["name"], tuple(_read(one) for one in section["criteria"])) for section in told["sections"]
        )
        return cls(sections, OnCritical(told["on_critical"]), OnNotApplicable(told["on_na"]), told["passed_from"])


def _written(one: Criterion) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "scale": list(one.scale),
        "weight": one.weight,
        "is_critical": one.is_critical,
        "may_be_na": one.may_be_na,
        "guidance": one.guidance,
        "causes": list(one.causes),
    }


def _read(told: Mapping[str, Any]) -> Criterion:
    return Criterion(**{**told, "scale": tuple(told["scale"]), "causes": tuple(told["causes"])})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a review says of one criterion. `score`: the point selected, from `lowest` to `highest`; None: none."""

    criterion: str
    score: float | None
    lowest: float = 1.0
    highest: float = 2.0
    weight: float = 1.0
    is_critical: bool = False
    is_na: bool = False
    causes: tuple[str, ...] = ()
    comment: str = ""

    @property
    def points(self) -> float | None:
        """0 to 100; None where nothing was rated."""
        if self.is_na or self.score is None:
            return None
        return (self.score - self.lowest) / (self.highest - self.lowest) * HUNDRED

    @property
    def is_low(self) -> bool:
        return self.points is not None and self.points < LOW_BELOW

    @property
    def has_failed(self) -> bool:
        """A critical criterion under half of its points."""
        return self.is_critical and self.points is not None and self.points < CRITICAL_BELOW


@dataclass(frozen=True, slots=True)
class Scored:
    """A review's score in points, 0 to 100. None: nothing was rated."""

    score: float | None
    without_critical: float | None
    """The score as if no critical criterion had failed it."""
    is_passed: bool | None
    failures: tuple[str, ...] = ()
    """Keys of the critical criteria that failed."""
    rated: int = 0


def scored(
    answers: Sequence[Answer],
    *,
    on_critical: OnCritical = OnCritical.ZERO,
    on_na: OnNotApplicable = OnNotApplicable.LEFT_OUT,
    passed_from: float = 80.0,
) -> Scored:
    """The weighted mean of what was rated, and what a critical failure makes of it.

    `metrics` worked example: the IQS of 100, 9.91, 63.96, 90.99 and 0 is 52.97.
    """
    rated = [(one.weight, one.points) for one in answers if one.points is not None and one.weight > 0]
    if not rated:
        return Scored(None, None, None)
    full = [(one.weight, HUNDRED) for one in answers if one.is_na and one.weight > 0]
    counted = rated + (full if on_na is OnNotApplicable.FULL else [])
    weighed = sum(weight * points for weight, points in counted) / sum(weight for weight, _ in counted)
    failures = tuple(one.criterion for one in answers if one.has_failed)
    score = 0.0 if failures and on_critical is OnCritical.ZERO else weighed
    return Scored(score, weighed, not failures and score >= passed_from - 1e-9, failures, len(rated))


def score_of(definition: Definition, answers: Iterable[Answer]) -> Scored:
    """The same by a scorecard's own settings."""
    return scored(
        tuple(answers),
        on_critical=definition.on_critical,
        on_na=definition.on_na,
        passed_from=definition.passed_from,
    )


@dataclass(frozen=True, slots=True)
class Iqs:
    """The internal quality score of some reviews: the mean of their scores, in points."""

    value: float | None
    n: int
    scores: tuple[float, ...] = field(default=(), repr=False)


def iqs(scores: Iterable[float | None]) -> Iqs:
    """The mean of those that have a score; the caller passes random reviews only."""
    found = tuple(one for one in scores if one is not None)
    return Iqs(sum(found) / len(found) if found else None, len(found), found)
