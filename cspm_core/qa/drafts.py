"""What a draft says as it stands, and what it still lacks before it can be sent. No database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from .rules import Answer, Criterion, Definition


class Lack(StrEnum):
    """What a criterion still needs."""

    SCORE = "score"
    CAUSE = "cause"
    """A root cause of a low score."""
    COMMENT = "comment"
    """Why a critical criterion failed."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing to mend before a review can be sent."""

    criterion: str
    what: Lack


def standing(
    definition: Definition, answers: Mapping[str, Answer], opened: Collection[str], *, is_quick: bool
) -> tuple[Answer, ...]:
    """The answers as they would be sent now, one for each criterion: in quick mode the best point for whatever was
    not opened as an exception."""
    return tuple(
        _standing(one, answers.get(one.key), is_quick and one.key not in opened) for one in definition.criteria
    )


def _standing(criterion: Criterion, said: Answer | None, is_fine: bool) -> Answer:
    blank = blank_answer(criterion)
    if is_fine:
        return replace(blank, score=float(criterion.highest))
    if said is None:
        return blank
    found = replace(blank, score=said.score, is_na=said.is_na, comment=said.comment)
    return replace(found, causes=said.causes) if found.is_low else found


def blank_answer(criterion: Criterion) -> Answer:
    """Nothing said yet, with the bounds and the weight of its scorecard."""
    return Answer(
        criterion.key,
        None,
        lowest=1.0,
        highest=float(criterion.highest),
        weight=criterion.weight,
        is_critical=criterion.is_critical,
    )


def lacking(definition: Definition, answers: Iterable[Answer]) -> tuple[Lacking, ...]:
    """What is missing in answers as they would be sent: points, root causes of low scores where there are some to
    choose from, and a comment where a critical criterion failed."""
    found: list[Lacking] = []
    for one in answers:
        criterion = definition.criterion(one.criterion)
        if one.points is None and not one.is_na:
            found.append(Lacking(one.criterion, Lack.SCORE))
        if one.is_low and criterion.causes and not one.causes:
            found.append(Lacking(one.criterion, Lack.CAUSE))
        if one.has_failed and not one.comment.strip():
            found.append(Lacking(one.criterion, Lack.COMMENT))
    return tuple(found)
