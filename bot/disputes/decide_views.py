"""A dispute for those who decide it, and its outcome, in all their states. Pure drawing."""

from __future__ import annotations

from slackblocks import ActionsBlock, Button, Element, SectionBlock

from cspm_core.disputes import Objection, Standing, Status

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, short, value
from ..qa.review_facts import links
from ..qa.review_names import points
from ..words import Words
from .names import WITH, decided, quoted, signed
from .views import objected, whole_button


def card(one: Standing, t: Words) -> Drawing:
    """What the agent says, and who has decided."""
    objection = _needed(one)
    headline = short(t("{agent} sees a review differently: {key}", agent=short(objection.by, 40),
                       key=short(one.review.contact.key, 30)), HEADLINE)  # fmt: skip
    is_open = objection.status is Status.OPEN
    lines = [f"✋ *{escape(headline)}*", _about(one, t), *objected(one, t)]
    if is_open:
        lines.append(_lies(one, objection, t))
    else:
        lines += [f"✓ *{escape(decided(one, t))}*", quoted(objection.reason), signed(one, t)]
    elements: list[Element] = [whole_button(one, t)]
    if is_open:
        pressed = Button(t("Decide"), action_id=ids.DISPUTE_DECIDE, value=value(dispute=objection.id), style="primary")
        elements.insert(0, pressed)
    text = short("\n".join(line for line in lines if line), 3_000)
    return message(headline, SectionBlock(text), ActionsBlock(elements))


def _about(one: Standing, t: Words) -> str:
    """Which review: its score, by whom, and where the conversation is."""
    review = one.review
    before = one.objection.score_before if one.objection else review.scored.score
    told = [t("{score} of 100", score=points(before, t)), escape(review.scorecard)]
    if review.reviewer:
        told.append(t("by {reviewer}", reviewer=escape(review.reviewer)))
    return " · ".join([*told, *filter(None, [links(review, t)])])


def _lies(one: Standing, objection: Objection, t: Words) -> str:
    said = f"*{t(WITH[objection.step])}*"
    if objection.next_at is None:
        return said
    moment = t.moment(objection.next_at, one.review.timezone)
    return t.sentences(said, t("Without a decision I remind, or ask the next one, {moment}.", moment=moment))


def outcome(one: Standing, t: Words, *, for_agent: bool) -> Drawing:
    """For the agent, and for a reviewer who did not decide."""
    objection = _needed(one)
    key = short(one.review.contact.key, 30)
    if for_agent:
        headline = t("Your dispute about {key} is decided", key=key)
    else:
        headline = t("{agent}’s dispute about your review of {key} is decided", agent=short(objection.by, 40), key=key)
    headline = short(headline, HEADLINE)
    lines = [f"⚖️ *{escape(headline)}*", escape(decided(one, t)), quoted(objection.reason, 2_000), signed(one, t)]
    drawn = SectionBlock(short("\n".join(line for line in lines if line), 3_000))
    if for_agent and one.review.agent_member_id != objection.by_id:
        return message(headline, drawn)
    return message(headline, drawn, ActionsBlock([whole_button(one, t)]))


def _needed(one: Standing) -> Objection:
    if one.objection is None:
        raise ValueError("a review without a dispute")
    return one.objection
