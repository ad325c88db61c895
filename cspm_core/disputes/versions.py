"""Every version of a review, as its history tells them. Pure: from what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ..qa.contents import Review
from ..qa.rules import Answer, Scored


@dataclass(frozen=True, slots=True)
class Version:
    """`why`: the event that made it."""

    number: int
    at: datetime
    why: str
    review: Review


def versions(review: Review) -> list[Version]:
    """The oldest first; the last is as it stands. One where its history tells none, as of an import."""
    told = [(n, one) for n, one in enumerate(review.happened) if "answers" in one.facts]
    found = [
        Version(i, one.at, one.kind, _as_it_stood(review, one.facts, n))
        for i, (n, one) in enumerate(told[:-1], start=1)
    ]
    last = told[-1][1] if told else None
    at = last.at if last else review.submitted_at or review.started_at
    return [*found, Version(len(found) + 1, at, last.kind if last else "submitted", review)]


def _as_it_stood(review: Review, facts: Mapping[str, Any], n: int) -> Review:
    answers = tuple(Answer(**{**one, "causes": tuple(one["causes"])}) for one in facts["answers"])
    scored = Scored(
        facts["score"],
        facts["score_without_critical"],
        facts["is_passed"],
        tuple(one.criterion for one in answers if one.has_failed),
        sum(one.points is not None for one in answers),
    )
    return replace(
        review,
        answers=answers,
        scored=scored,
        comment=facts["comment"],
        revision=facts["revision"],
        happened=review.happened[: n + 1],
    )
