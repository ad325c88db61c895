"""What is said of reviews: how they came about, what they lack, what happened to them. Words only."""

from __future__ import annotations

from collections.abc import Mapping

from cspm_core.qa import Answer, Criterion, Review, Scored
from cspm_core.qa.rules import OnCritical

from ..words import N_, Words

STRATA: Mapping[str, str] = {
    "random": N_("Random sample"),
    "low_rating": N_("Prompted by a low rating"),
    "escalation": N_("Prompted by an escalation"),
    "breach": N_("Prompted by a missed target"),
    "chosen": N_("Chosen by hand"),
    "calibration": N_("Calibration"),
    "withdrawn": N_("Taken out after a dispute"),
}
LACKS: Mapping[str, str] = {
    "score": N_("Choose a point."),
    "cause": N_("Choose what caused the low score."),
    "comment": N_("This criterion is critical: say in a few words what went wrong."),
}
HAPPENED: Mapping[str, str] = {
    "submitted": N_("sent {moment}"),
    "told": N_("told {moment}"),
    "confirmed": N_("read {moment}"),
    "disputed": N_("disputed {moment}"),
    "accepted": N_("dispute accepted {moment}"),
    "accepted_in_part": N_("dispute accepted in part {moment}"),
    "rejected": N_("dispute rejected {moment}"),
    "moved": N_("given to another agent {moment}"),
    "changed": N_("changed {moment}"),
}
"""What of a review's history people are told in a line."""


def points(value: float | None, t: Words) -> str:
    """87.5, or a dash."""
    return "–" if value is None else t.number(value, 1)


def verdict(scored: Scored, review: Review, t: Words) -> str:
    """The score in a sentence, and what it would have been without a critical failure. Plain text."""
    if scored.score is None:
        return t("Nothing is rated yet.")
    told = {"score": points(scored.score, t), "without": points(scored.without_critical, t)}
    if scored.failures:
        failed = t.join([t("“{name}”", name=name_of(review, key)) for key in scored.failures])
        if review.definition.on_critical is OnCritical.ZERO:
            return t("{score} of 100, since a critical criterion failed: {failed}. Without that: {without}.",
                     failed=failed, **told)  # fmt: skip
        return t("{score} of 100, and not passed, since a critical criterion failed: {failed}.", failed=failed, **told)
    if scored.is_passed:
        return t("{score} of 100, passed", **told)
    return t("{score} of 100, not passed: that takes {from_score}.",
             from_score=points(review.definition.passed_from, t), **told)  # fmt: skip


def name_of(review: Review, key: str) -> str:
    """What a criterion is called; its key where the scorecard does not have it."""
    return next((one.name for one in review.definition.criteria if one.key == key), key)


def point(criterion: Criterion, n: int, t: Words) -> str:
    """2 · Answered part of it"""
    return f"{t.number(n)} · {criterion.scale[n - 1]}"


def answered(answer: Answer, criterion: Criterion | None, t: Words) -> str:
    """What was chosen, in words: 2 of 3 · Answered part of it."""
    if answer.is_na:
        return t("not applicable")
    if answer.score is None:
        return t("not rated")
    told = t("{n} of {highest}", n=t.number(answer.score, 1), highest=t.number(answer.highest, 1))
    n = int(answer.score)
    if criterion is None or n != answer.score or not 1 <= n <= criterion.highest:
        return told
    return f"{told} · {criterion.scale[n - 1]}"
