"""A review that was sent, as people read it: short in a message, whole in a modal. Pure drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from slackblocks import ActionsBlock, Block, Button, DividerBlock, SectionBlock

from cspm_core.qa import Answer, Criterion, Review

from .. import ids
from ..blocks import Drawing, escape, modal, note, short, value
from ..words import Words
from . import review_facts
from .review_forms import turning
from .review_names import HAPPENED, STRATA, answered, verdict
from .review_pages import pages

BUDGET = 7_000
"""Characters of a message that its criteria may take: it has other parts too."""
FEW_SECTIONS = 20
IN_BLOCK = 2_900
COMMENT, WHOLE_COMMENT = 280, 3_000
HISTORY = 6


def review(one: Review, t: Words, *, for_agent: bool, shows_reviewer: bool = True) -> list[Block]:
    """For a message: the contact, the score, what was not the best point in full and the rest by name, and what
    happened to it. At most 26 blocks and 10,000 characters; what does not fit stands behind “Open the whole review”."""
    blocks: list[Block] = [
        SectionBlock(short_mrkdwn(review_facts.facts(one, t))),
        SectionBlock(f"*{escape(short(verdict(one.scored, one, t), 1_000))}*"),
    ]
    if not for_agent and (said := review_facts.rating(one, t)):
        blocks.append(SectionBlock(said))
    sections, is_cut = _fitting(one, t)
    blocks += [SectionBlock(text) for text in sections]
    if one.comment:
        blocks.append(SectionBlock(_quoted(one.comment, 1_000)))
    blocks.append(note(short_mrkdwn(_made(one, t, for_agent=for_agent, shows_reviewer=shows_reviewer))))
    if is_cut:
        button = Button(t("Open the whole review"), action_id=ids.REVIEW_WHOLE, value=value(review=one.id))
        blocks.append(ActionsBlock([button]))
    return blocks


def whole(
    one: Review,
    page: int,
    t: Words,
    *,
    above: Sequence[Block] = (),
    turns: tuple[str, str] = (ids.REVIEW_WHOLE_PAGE, ids.REVIEW_WHOLE_NEXT),
    **carried: object,
) -> Drawing:
    """For a modal: everything, by page. `above`: what stands before it; `turns`: the ids of what turns its pages;
    `carried`: what the modal knows besides."""
    every = pages(one)
    page = min(max(page, 0), len(every) - 1)
    blocks: list[Block] = [
        *above,
        SectionBlock(review_facts.facts(one, t)),
        SectionBlock(f"*{escape(short(verdict(one.scored, one, t), 2_500))}*"),
    ]
    if said := review_facts.rating(one, t):
        blocks.append(SectionBlock(said))
    for part in every[page]:
        blocks.append(SectionBlock(f"*{escape(part.section)}*"))
        blocks += [SectionBlock(_line(one, c, t, WHOLE_COMMENT)) for _, c in part.criteria]
    if page == 0:
        blocks += [SectionBlock(text) for text in _unplaced(one, t)]
    blocks += turning(every, page, turns, t)
    if one.comment:
        blocks += [DividerBlock(), SectionBlock(_quoted(one.comment, WHOLE_COMMENT))]
    blocks.append(note(short_mrkdwn(_made(one, t, for_agent=False, shows_reviewer=bool(one.reviewer)))))
    return modal(t("Review"), *blocks, private_metadata=value(review=one.id, **carried), close=t("Close"))


def dropped(t: Words) -> Drawing:
    """In place of a draft that was thrown away."""
    return modal(t("Review"), SectionBlock(t("The draft is gone.")), close=t("Close"))


def short_mrkdwn(text: str) -> str:
    """As much of some lines as a block takes, cut between them."""
    lines = text.split("\n")
    while len("\n".join(lines)) > IN_BLOCK and len(lines) > 1:
        lines.pop()
    return "\n".join(lines)[:IN_BLOCK]


def _fitting(one: Review, t: Words) -> tuple[list[str], bool]:
    """The sections as texts, with as much as fits; whether something had to be left out."""
    for limit, with_best in ((COMMENT * 4, True), (COMMENT, True), (COMMENT, False), (60, False)):
        found = [*_sections(one, t, limit, with_best), *_unplaced(one, t)]
        is_whole = limit == COMMENT * 4
        fits = all(len(text) <= IN_BLOCK for text in found) and sum(map(len, found)) <= BUDGET
        if fits and len(found) <= FEW_SECTIONS:
            return found, not is_whole
    found = [*_sections(one, t, 0, with_best=False)]
    kept: list[str] = []
    for text in map(short_mrkdwn, found):
        if len(kept) == FEW_SECTIONS or sum(map(len, kept)) + len(text) > BUDGET:
            break
        kept.append(text)
    return kept, True


def _sections(one: Review, t: Words, limit: int, with_best: bool) -> Iterator[str]:
    """Each section: what was not the best point or says something, then the rest in words or by name."""
    for section in one.definition.sections:
        told, best = [], []
        for criterion in section.criteria:
            answer = one.answer(criterion.key)
            if answer is None:
                continue
            if with_best or not _is_best(answer) or answer.comment:
                told.append(_line(one, criterion, t, limit))
            else:
                best.append(criterion.name)
        if best:
            told.append(t("Best point: {names}", names=escape(", ".join(best))))
        if told:
            yield "\n".join([f"*{escape(section.name)}*", *told])


def _is_best(answer: Answer) -> bool:
    return not answer.is_na and answer.score == answer.highest


def _unplaced(one: Review, t: Words) -> list[str]:
    """Answers to what the scorecard does not have: an import brought them."""
    known = {criterion.key for criterion in one.definition.criteria}
    lines = [
        _said(answer, None, answer.criterion, t, COMMENT) for answer in one.answers if answer.criterion not in known
    ]
    return [short_mrkdwn("\n".join(lines))] if lines else []


def _line(one: Review, criterion: Criterion, t: Words, limit: int) -> str:
    answer = one.answer(criterion.key) or Answer(criterion.key, None)
    return _said(answer, criterion, criterion.name, t, limit)


def _said(answer: Answer, criterion: Criterion | None, name: str, t: Words, limit: int) -> str:
    """One criterion: what was chosen, what caused it, and the comment."""
    mark = ":red_circle:" if answer.has_failed else _mark(answer)
    line = f"{mark} {escape(name)}: {escape(answered(answer, criterion, t))}"
    if answer.causes:
        causes = escape(short(", ".join(answer.causes), 300))
        line += f"\n{t('Cause: {causes}', causes=causes)}"
    if answer.comment and limit:
        line += f"\n{_quoted(answer.comment, min(limit, IN_BLOCK - len(line) - 10))}"
    return line


def _mark(answer: Answer) -> str:
    if answer.points is None:
        return ":white_circle:"
    if _is_best(answer):
        return ":large_green_circle:"
    return ":large_orange_circle:" if answer.is_low else ":large_yellow_circle:"


def _quoted(text: str, limit: int) -> str:
    """Somebody's words as a quotation of so many characters at most, Slack's own characters spelt out."""
    cut = limit
    while len(quoted := "\n".join(f">{escape(line)}" for line in short(text, cut).splitlines())) > limit and cut > 1:
        cut = cut * limit // len(quoted) - 1
    return quoted


def _made(one: Review, t: Words, *, for_agent: bool, shows_reviewer: bool) -> str:
    """By whom, with what, and what happened since."""
    told = [escape(one.scorecard)]
    if shows_reviewer and one.reviewer:
        told.append(escape(t("by {reviewer}", reviewer=one.reviewer)))
    if not for_agent and one.stratum in STRATA:
        told.append(t(STRATA[one.stratum]))
    events = [event for event in one.happened if event.kind in HAPPENED][-HISTORY:]
    told += [t(HAPPENED[event.kind], moment=t.moment(event.at, one.timezone)) for event in events]
    if not events and one.submitted_at is not None:
        told.append(t(HAPPENED["submitted"], moment=t.moment(one.submitted_at, one.timezone)))
    return " · ".join(told)
