"""Which tours there are, whose they are, and what may be said of how many have opened one. No database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ..people.rules import FEW, Asker, Role

STEPS: Mapping[Role, tuple[str, ...]] = {
    Role.ADMIN: ("setup", "names", "doctor", "settings", "escalations", "duties", "where"),
    Role.EXECUTIVE: ("figures", "compare", "signals", "escalations", "fairness", "where"),
    Role.MANAGER: ("figures", "compare", "signals", "escalations", "reviews", "fairness", "where"),
    Role.LEAD: ("figures", "behind", "digest", "escalations", "reviews", "coaching", "fairness", "where"),
    Role.QA_REVIEWER: ("queue", "scorecard", "calibration", "disputes", "today", "fairness", "where"),
    Role.AGENT: ("own_figures", "stored", "looked", "escalate", "kudos", "goals", "today", "where"),
}
"""The steps of each role's tour, about a minute each; the highest role first."""
BLUR = 2
"""Whoever reads a number may know of oneself and one more: nearer to none or to all than this it is not told."""


class Bound(StrEnum):
    """How a number is told: as it is, or only that it is no larger, or no smaller."""

    EXACTLY = "exactly"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Opened:
    """`n` of the `of` people of a team have opened a tour, as `bound` says."""

    n: int
    of: int
    bound: Bound = Bound.EXACTLY


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one person is with one tour. `step`: the key of the step seen last."""

    role: Role
    step: str
    opened_at: datetime
    done_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        return self.done_at is None


def roles_of(asker: Asker) -> tuple[Role, ...]:
    """The roles that somebody holds today, anywhere, the highest first."""
    held = {role for _, role in asker.roles} | ({asker.everywhere} if asker.everywhere else set())
    return tuple(role for role in STEPS if role in held)


def begun_at(role: Role, progress: Progress | None) -> str:
    """The step at which somebody finds the tour again: where they left it, or the first."""
    steps = STEPS[role]
    return progress.step if progress and progress.is_under_way and progress.step in steps else steps[0]


def beside(role: Role, step: str) -> tuple[str | None, str | None]:
    """The steps before and after one; None at the ends. Raises ValueError where the tour has no such step."""
    steps = STEPS[role]
    at = steps.index(step)
    return (steps[at - 1] if at else None, steps[at + 1] if at + 1 < len(steps) else None)


def quietly(n: int, of: int) -> Opened | None:
    """What may be said of `n` of `of` people: nothing of fewer than five, and near none or all only a bound.

    "None" and "all" say something of each of them, and so does "all but me" to whoever knows of themselves.
    """
    if of < FEW:
        return None
    if n <= BLUR:
        return Opened(BLUR, of, Bound.AT_MOST)
    if n >= of - BLUR:
        return Opened(of - BLUR, of, Bound.AT_LEAST)
    return Opened(n, of)
