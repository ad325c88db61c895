"""A review as it reaches its agent, and as it waits for a talk, in all their states. Pure drawing."""

from __future__ import annotations

from slackblocks import ActionsBlock, Block, Button, Element, SectionBlock

from cspm_core.disputes import Standing, State
from cspm_core.qa.rules import Stratum

from .. import ids
from ..blocks import HEADLINE, Drawing, TooLarge, escape, message, short, value
from ..qa import review_views
from ..qa.review_facts import facts
from ..qa.review_names import points, verdict
from ..words import Words
from .names import WITH, by_until, decided, proposals, quoted, signed

GONE = (State.MOVED,)


def told(one: Standing, t: Words) -> Drawing:
    """For the agent: the review, how it stands, and what they can do."""
    headline = short(t("A review of your work: {key}", key=one.review.contact.key), HEADLINE)
    if one.state is State.MOVED:
        said = t("This review is not about you any more: it was somebody else’s ticket.")
        return message(headline, SectionBlock(f"📋 *{escape(headline)}*\n{said}"))
    head = SectionBlock(short(f"📋 *{escape(headline)}*\n{state(one, t)}", 3_000))
    try:
        return message(headline, head, *_content(one, t), _buttons(one, t))
    except TooLarge:
        return message(headline, head, *_in_short(one, t), _buttons(one, t))


def state(one: Standing, t: Words) -> str:
    """How it stands, in a line or two."""
    zone, objection = one.review.timezone, one.objection
    if one.state is State.TOLD:
        return t("*Please read it.* {until}", until=by_until(one, t))
    if one.state is State.CONFIRMED and one.review.confirmed_at is not None:
        read = t("✓ You read it {moment}.", moment=t.moment(one.review.confirmed_at, zone))
        return t.sentences(read, by_until(one, t)) if one.window.is_open else read
    if objection is None:
        return t("It came from another tool, and is here to be read.") if one.state is State.EARLIER else ""
    if one.state is State.DISPUTED:
        since = t("✋ You see it differently since {moment}.", moment=t.moment(objection.at, zone))
        return "\n".join([t.sentences(since, t(WITH[objection.step])), *objected(one, t)])
    lines = [f"*{escape(decided(one, t))}*", quoted(objection.reason), signed(one, t)]
    return "\n".join(line for line in lines if line)


def objected(one: Standing, t: Words) -> list[str]:
    """What an agent said: their words, and what they find right."""
    objection = one.objection
    if objection is None:
        return []
    lines = [quoted(objection.comment)]
    if objection.is_not_mine:
        lines.append(t("• *Not my ticket*"))
    return [*lines, *proposals(one.review, objection, t)]


def _content(one: Standing, t: Words) -> list[Block]:
    """Everything that the review says; opening the whole of it is a button of ours."""
    blocks = review_views.review(one.review, t, for_agent=True, shows_reviewer=one.shows_reviewer)
    return [block for block in blocks if not isinstance(block, ActionsBlock)]


def _in_short(one: Standing, t: Words) -> list[Block]:
    said = f"*{escape(short(verdict(one.review.scored, one.review, t), 1_000))}*"
    return [SectionBlock(short(facts(one.review, t), 2_900)), SectionBlock(said)]


def _buttons(one: Standing, t: Words) -> Block:
    carried = value(review=one.review.id)
    elements: list[Element] = []
    if one.may_confirm:
        read = t("Read and understood")
        elements.append(Button(read, action_id=ids.DISPUTE_CONFIRM, value=carried, style="primary"))
    if one.may_dispute:
        elements.append(Button(t("I see it differently"), action_id=ids.DISPUTE_RAISE, value=carried))
    elements.append(whole_button(one, t))
    return ActionsBlock(elements)


def whole_button(one: Standing, t: Words) -> Button:
    """Opens the whole review with its versions."""
    return Button(t("Whole review"), action_id=ids.DISPUTE_REVIEW, value=value(review=one.review.id))


def held(one: Standing, t: Words) -> Drawing:
    """For whoever talks to the agent first: until when it waits, and that it does no more."""
    review = one.review
    agent, key = short(review.agent, 40), short(review.contact.key, 30)
    headline = short(t("Tell {agent} in person first: {key}", agent=agent, key=key), HEADLINE)
    score = t("{score} of 100", score=points(review.scored.score, t))
    lines = [f"🤝 *{escape(headline)}* · {score}", _waits(one, t)]
    elements: list[Element] = [whole_button(one, t)]
    if one.waits_for_talk:
        spoken = t("I have told them")
        carried = value(review=review.id)
        elements.insert(0, Button(spoken, action_id=ids.DISPUTE_SPOKEN, value=carried, style="primary"))
    return message(headline, SectionBlock("\n".join(lines)), ActionsBlock(elements))


def _waits(one: Standing, t: Words) -> str:
    review = one.review
    agent = escape(short(review.agent, 40))
    if review.stratum == Stratum.WITHDRAWN:
        return t("It was taken out after a dispute.")
    if review.told_at is not None:
        return t("✓ {agent} has it since {moment}.", agent=agent, moment=t.moment(review.told_at, review.timezone))
    at = t.moment(review.tell_at, review.timezone) if review.tell_at else ""
    if one.waits_for_talk and at:
        return t("{agent} gets the review after your talk, and without one {moment}.", agent=agent, moment=at)
    if at:
        return t("✓ You have talked. {agent} gets the review in writing {moment}.", agent=agent, moment=at)
    return t("{agent} cannot be reached in Slack, so it stays with your talk.", agent=agent)
