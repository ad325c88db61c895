"""The modal in which an agent disputes a review. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping

from slackblocks import (
    ActionsBlock,
    Block,
    CheckboxGroup,
    InputBlock,
    Option,
    PlainText,
    PlainTextInput,
    SectionBlock,
    StaticSelectMenu,
)

from cspm_core import disputes
from cspm_core.disputes import Standing
from cspm_core.qa import Answer, Review

from .. import ids
from ..blocks import Drawing, escape, modal, note, option, short, value
from ..escalations import inputs
from ..qa.review_names import answered, name_of, verdict
from ..words import Words
from .names import by_until

COMMENT, PROPOSED, NOT_MINE = "comment", "proposed", "not_mine"
MOST = 20
"""Criteria on one page."""


def dispute(
    one: Standing,
    t: Words,
    *,
    page: int = 0,
    comment: str = "",
    proposed: Mapping[int, int] | None = None,
    is_not_mine: bool = False,
) -> Drawing:
    """`proposed`: what was chosen so far, by the criterion's place among those below their best point."""
    found = disputes.disputable(one.review.answers)
    chosen = dict(proposed or {})
    pages = max(1, -(-len(found) // MOST))
    page = min(max(page, 0), pages - 1)
    shown = list(enumerate(found))[page * MOST : (page + 1) * MOST]
    away = {n: score for n, score in chosen.items() if n // MOST != page}
    return modal(
        t("I see it differently"),
        SectionBlock(_about(one, t)),
        note(t("A review is disputed once, and what is decided stands. {until}", until=by_until(one, t))),
        _comment(comment, t),
        *[_criterion(one.review, n, answer, chosen.get(n), t) for n, answer in shown],
        *_turning(page, pages, t),
        _not_mine(is_not_mine, t),
        callback_id=ids.DISPUTE_RAISE_FORM,
        private_metadata=value(review=one.review.id, page=page, proposed={str(n): away[n] for n in sorted(away)}),
        submit=t("Send"),
        close=t("Cancel"),
    )


def place_of(block_id: str) -> int | None:
    """Which criterion a field is about."""
    head, _, n = block_id.partition(".")
    return int(n) if head == PROPOSED and n.isdigit() else None


def field_of(n: int) -> str:
    """The block id of a criterion's field."""
    return f"{PROPOSED}.{n}"


def _about(one: Standing, t: Words) -> str:
    said = escape(short(verdict(one.review.scored, one.review, t), 1_000))
    return f"*{escape(one.review.contact.key)}* · {said}"


def _comment(said: str, t: Words) -> InputBlock:
    element = PlainTextInput(
        COMMENT,
        initial_value=said or None,
        multiline=True,
        max_length=disputes.LONGEST_WORDS,
        placeholder=t("What the reviewer may not have seen"),
    )
    return InputBlock(t("Why"), element, block_id=COMMENT)


def _criterion(review: Review, n: int, answer: Answer, chosen: int | None, t: Words) -> InputBlock:
    """Only points above what was given."""
    criterion = next((one for one in review.definition.criteria if one.key == answer.criterion), None)
    score = answer.score or 0
    options = {}
    for point in range(int(answer.highest), int(score), -1):
        told = Answer(answer.criterion, float(point), answer.lowest, answer.highest)
        options[str(point)] = answered(told, criterion, t)
    element = inputs.menu(PROPOSED, options, str(chosen) if chosen is not None else None)
    element.placeholder = PlainText(t("It is right as it is"))
    hint = t("Given: {point}", point=answered(answer, criterion, t))
    if answer.comment:
        hint += f" – {answer.comment}"
    label = short(name_of(review, answer.criterion), 150)
    return InputBlock(label, element, block_id=field_of(n), hint=short(hint, 500), optional=True)


def _turning(page: int, pages: int, t: Words) -> list[Block]:
    if pages < 2:
        return []
    options = [option(t("Page {n} of {total}", n=n + 1, total=pages), str(n)) for n in range(pages)]
    menu = StaticSelectMenu(ids.DISPUTE_RAISE_PAGE, options, initial_option=options[page])
    return [ActionsBlock([menu], block_id=f"pages.{page}")]


def _not_mine(is_ticked: bool, t: Words) -> InputBlock:
    said = Option(PlainText(t("Somebody else answered this customer")), NOT_MINE)
    element = CheckboxGroup(NOT_MINE, [said], initial_options=[said] if is_ticked else None)
    return InputBlock(t("Not my ticket"), element, block_id=NOT_MINE, optional=True)
