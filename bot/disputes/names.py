"""What is said of how a review stands, and of a dispute. Words only."""

from __future__ import annotations

from collections.abc import Mapping

from cspm_core.disputes import Objection, Standing, State, Status
from cspm_core.qa import Answer, Review

from ..blocks import escape, short
from ..qa.review_names import answered, name_of, points
from ..words import N_, Words

STATES: Mapping[str, str] = {
    "waiting": N_("not told yet"),
    "told": N_("to read"),
    "confirmed": N_("read"),
    "disputed": N_("disputed, not decided yet"),
    "accepted": N_("dispute accepted"),
    "accepted_in_part": N_("dispute accepted in part"),
    "rejected": N_("dispute rejected"),
    "moved": N_("not about you any more"),
    "earlier": N_("from another tool"),
}
"""How a review stands with its agent."""
VERSIONS: Mapping[str, str] = {
    "submitted": N_("as it was sent"),
    "accepted": N_("after the dispute was accepted"),
    "accepted_in_part": N_("after the dispute was accepted in part"),
    "moved": N_("given to another agent"),
    "changed": N_("changed"),
}
"""What made a version."""
WITH: Mapping[int, str] = {
    0: N_("It lies with the reviewer."),
    1: N_("It lies with the leads of the team."),
    2: N_("It lies with the manager of the team."),
}
WORDS = 400
"""So much of what somebody wrote stands in a message."""


def quoted(words: str, limit: int = WORDS) -> str:
    """Somebody's words as a quotation; empty for none."""
    told = escape(short(words.strip(), limit))
    return ">" + told.replace("\n", "\n>") if told else ""


def by_until(one: Standing, t: Words) -> str:
    """Until when a review may be disputed."""
    if one.window.is_open and one.window.until is not None:
        return t("You can say until {moment} that you see it differently.",
                 moment=t.moment(one.window.until, one.review.timezone))  # fmt: skip
    if one.window.is_open:
        return t("You can say at any time that you see it differently.")
    return t("It can be disputed no more. If something seems wrong to you, talk to your lead.")


def proposals(review: Review, objection: Objection, t: Words) -> list[str]:
    """What the agent finds right, a line for each criterion: as it was, then as it should be."""
    found = {one.key: one for one in review.definition.criteria}
    lines = []
    for key, score in objection.proposed.items():
        answer = answer_then(review, key)
        if answer is None:
            continue
        wanted = answered(Answer(key, score, answer.lowest, answer.highest), found.get(key), t)
        was = answered(answer, found.get(key), t)
        lines.append(f"• *{escape(name_of(review, key))}*: {escape(was)} → {escape(wanted)}")
    return lines


def answer_then(review: Review, key: str) -> Answer | None:
    """What a review said of a criterion when it was disputed."""
    for one in reversed(review.happened):
        if "dispute" in one.facts:
            continue
        for told in one.facts.get("answers", ()):
            if told["criterion"] == key:
                return Answer(**{**told, "causes": tuple(told["causes"])})
    return review.answer(key)


def change(one: Standing, t: Words) -> str:
    """25 → 75 of 100; the score alone where it stands as it was."""
    before = one.objection.score_before if one.objection else None
    score = points(one.review.scored.score, t)
    if before is None or before == one.review.scored.score:
        return t("{score} of 100", score=score)
    return t("{before} → {score} of 100", before=points(before, t), score=score)


def decided(one: Standing, t: Words) -> str:
    """How a dispute was decided, in a sentence. Plain text."""
    objection = one.objection
    if objection is None or objection.status is Status.OPEN:
        return ""
    match objection.status:
        case Status.REJECTED:
            return t("The dispute was rejected: the review stands as it was, {score}.", score=change(one, t))
        case Status.ACCEPTED if objection.is_not_mine and one.state is State.MOVED:
            return t("The dispute was accepted: the review is not about you any more.")
        case Status.ACCEPTED if objection.is_not_mine and one.review.agent_member_id != objection.by_id:
            return t("The dispute was accepted: the review went to {agent}.", agent=one.review.agent)
        case Status.ACCEPTED if objection.is_not_mine:
            return t("The dispute was accepted: the review is taken out and counts nowhere.")
        case Status.ACCEPTED:
            return t("The dispute was accepted: {score}.", score=change(one, t))
    names = t.join([t("“{name}”", name=name_of(one.review, key)) for key in objection.accepted])
    return t("The dispute was accepted in part: {score}. Changed: {names}.", score=change(one, t), names=names)


def signed(one: Standing, t: Words) -> str:
    """Who decided a dispute, and when. Plain text but for the moment."""
    objection = one.objection
    if objection is None or objection.decided_at is None:
        return ""
    moment = t.moment(objection.decided_at, one.review.timezone)
    if objection.decided_by:
        return t("Decided by {person}, {moment}", person=escape(objection.decided_by), moment=moment)
    return t("Decided {moment}", moment=moment)
