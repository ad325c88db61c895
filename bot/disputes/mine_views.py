"""`/qa mine`: what was reviewed of one's work in the last three months, and how each stands. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence

from slackblocks import ActionsBlock, Block, Button, SectionBlock

from cspm_core.disputes import Standing, State

from .. import ids
from ..blocks import Drawing, choice, escape, fitted, message, note, option, short, value
from ..qa.review_names import points
from ..words import Words
from .names import STATES

SHOWN = 15
"""With a line and a button each; the others stand in a menu."""


def mine(every: Sequence[Standing], t: Words) -> Drawing:
    """The newest first."""
    headline = t("Reviews of your work, last three months")
    if not every:
        none = t("Nobody has reviewed your work in the last three months, or it has not reached you yet.")
        return message(headline, SectionBlock(f"📋 *{headline}*\n{none}"))
    return fitted(every[:SHOWN], lambda shown: _drawn(headline, shown, every[len(shown) :], t))


def _drawn(headline: str, shown: Sequence[Standing], rest: Sequence[Standing], t: Words) -> Drawing:
    total = len(shown) + len(rest)
    head = SectionBlock(f"📋 *{headline}*\n{t.n('{n} review', '{n} reviews', total)}")
    return message(headline, head, *[_line(one, t) for one in shown], *_others(rest, t))


def _line(one: Standing, t: Words) -> Block:
    review = one.review
    at = t.moment(review.submitted_at, review.timezone) if review.submitted_at else ""
    parts = [f"*{points(review.scored.score, t)}*", escape(short(review.contact.key, 40)), at]
    opened = Button(t("Open it"), action_id=ids.DISPUTE_REVIEW, value=value(review=review.id))
    return SectionBlock(f"{' · '.join(parts)}\n{_stands(one, t)}", accessory=opened)


def _stands(one: Standing, t: Words) -> str:
    """Its state, and until when it may be disputed."""
    said = t(STATES[one.state])
    mark = "•" if one.state in (State.TOLD, State.DISPUTED) else "✓"
    if one.may_dispute and one.window.until is not None:
        moment = t.moment(one.window.until, one.review.timezone)
        return f"{mark} {t('{state}, may be disputed until {moment}', state=said, moment=moment)}"
    return f"{mark} {said}"


def _others(rest: Sequence[Standing], t: Words) -> list[Block]:
    if not rest:
        return []
    options = [option(_label(one, t), value(review=one.review.id)) for one in rest[:100]]
    menu = choice(t("Open an earlier one"), ids.DISPUTE_REVIEW, options)
    more = t.n("and {n} more", "and {n} more", len(rest))
    return [note(more), ActionsBlock([menu])]


def _label(one: Standing, t: Words) -> str:
    review = one.review
    day = t.day(review.submitted_at.date()) if review.submitted_at else ""
    return f"{points(review.scored.score, t)} · {short(review.contact.key, 25)} · {day} · {t(STATES[one.state])}"
