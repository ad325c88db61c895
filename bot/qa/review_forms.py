"""The review modal: what the contact is, what fits it, and the score it makes. Pure drawing."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    CheckboxGroup,
    ConfirmationDialogue,
    DispatchActionConfiguration,
    DividerBlock,
    Element,
    InputBlock,
    Option,
    OptionGroup,
    PlainText,
    PlainTextInput,
    SectionBlock,
    StaticMultiSelectMenu,
    StaticSelectMenu,
)

from cspm_core.qa import Answer, Criterion, Lack, Lacking, Review

from .. import ids
from ..blocks import Drawing, escape, modal, note, option, short, value
from ..words import Words
from . import review_facts
from .review_names import LACKS, point, points, verdict
from .review_pages import Page, pages

NA = "na"
CHOICES, EXCEPT, SCORE, CAUSES, WORDS = "choices", "except", "score", "causes", "words"
COMMENT, IN_PERSON = "comment", "in_person"
LONGEST = 3_000
GUIDANCE = 250
"""So much of a criterion's guidance stands under it; the whole of it is read in the scorecard."""
MOST_CARDS = 100


@dataclass(frozen=True, slots=True)
class Desk:
    """What the modal shows of a draft. `cards`: version ids and names of the scorecards to choose from.

    `before`: who reviewed the same contact already, and when; `told_below`: under how many points it may be told in
    person first, None: there is nobody to tell; `lacks`: what was missing when it was to be sent.
    """

    review: Review
    page: int = 0
    cards: tuple[tuple[int, str], ...] = ()
    before: tuple[Review, ...] = ()
    told_below: float | None = None
    lacks: tuple[Lacking, ...] = field(default=())


def is_drawn_so(one: Review, fields: Container[str]) -> bool:
    """Whether a modal with these block ids shows the draft by the same scorecard and in the same mode as it has now."""
    return field_id(CHOICES, one) in fields and (field_id(EXCEPT, one) in fields) == one.is_quick


def field_id(what: str, one: Review, place: int | None = None) -> str:
    """The block id of a field: of another scorecard it is another field, so that nothing typed is carried over."""
    return f"{what}.{one.version_id}" + ("" if place is None else f".{place}")


def field_of(one: Review, lack: Lacking) -> str:
    """The block id of the field in which something is missing."""
    what = {Lack.SCORE: SCORE, Lack.CAUSE: CAUSES, Lack.COMMENT: WORDS}[lack.what]
    place = next(n for n, c in enumerate(one.definition.criteria) if c.key == lack.criterion)
    return field_id(what, one, place)


def draft(desk: Desk, t: Words) -> Drawing:
    """The whole modal."""
    one, every = desk.review, pages(desk.review)
    page = min(max(desk.page, 0), len(every) - 1)
    blocks: list[Block] = [
        *_about(desk, t),
        *_choices(desk, t),
        *([_exceptions(one, t)] if one.is_quick else []),
        *_criteria(one, every[page], t),
        *turning(every, page, (ids.REVIEW_PAGE, ids.REVIEW_NEXT), t),
        DividerBlock(),
        _comment(one, t),
        *_in_person(desk, t),
        SectionBlock(f"*{escape(short(verdict(one.scored, one, t), 2_500))}*", block_id="verdict"),
    ]
    return modal(
        t("Blind review") if one.calibration_id is not None else t("Review"),
        *blocks,
        callback_id=ids.REVIEW_FORM,
        private_metadata=value(review=one.id, page=page),
        submit=t("Send"),
        close=t("Close, keep draft"),
    )


def _about(desk: Desk, t: Words) -> list[Block]:
    one = desk.review
    blocks: list[Block] = [SectionBlock(review_facts.facts(one, t))]
    if desk.lacks:
        blocks.insert(0, SectionBlock(f":warning: {escape(_lacking(desk, t))}"))
    if said := review_facts.rating(one, t):
        blocks.append(SectionBlock(said))
    if one.calibration_id is not None:
        blocks.append(
            note(t("For a calibration: nobody sees your scores before it is over, and the agent never does."))
        )
    elif desk.before:
        blocks.append(note(_before(desk, t)))
    return blocks


def _lacking(desk: Desk, t: Words) -> str:
    first = desk.lacks[0]
    name = next(one.name for one in desk.review.definition.criteria if one.key == first.criterion)
    said = t("{criterion}: {what}", criterion=short(name, 75), what=t(LACKS[first.what]))
    if len(desk.lacks) == 1:
        return said
    return t.sentences(said, t.n("{n} more thing is missing.", "{n} more things are missing.", len(desk.lacks) - 1))


def _before(desk: Desk, t: Words) -> str:
    """Without its score, so that it does not sway anybody."""
    last = desk.before[0]
    moment = t.moment(last.submitted_at or last.started_at, last.timezone)
    said = t("Reviewed already by {reviewer}, {moment}.", reviewer=escape(last.reviewer), moment=moment)
    return t.sentences(said, t("Yours is one more."))


def _choices(desk: Desk, t: Words) -> list[Block]:
    """Quick or whole, another scorecard, and away with it."""
    one = desk.review
    mode = Button(
        t("Show all criteria") if one.is_quick else t("Only exceptions"),
        action_id=ids.REVIEW_MODE,
        value="whole" if one.is_quick else "quick",
    )
    elements: list[Element] = [mode]
    if len(desk.cards) > 1 and one.calibration_id is None:
        elements.append(_card(desk, t))
    if one.calibration_id is None:
        sure = ConfirmationDialogue(
            t("Throw this draft away?"), t("What you have said in it is gone then."), t("Throw away"), t("Keep it")
        )
        elements.append(Button(t("Throw away"), action_id=ids.REVIEW_DROP, value="drop", confirm=sure))
    return [ActionsBlock(elements, block_id=field_id(CHOICES, one))]


def _card(desk: Desk, t: Words) -> StaticSelectMenu:
    """Which scorecard; with a warning where something would be forgotten."""
    one = desk.review
    options = [option(name, str(version)) for version, name in desk.cards[:MOST_CARDS]]
    now = next((o for o, (version, _) in zip(options, desk.cards, strict=False) if version == one.version_id), None)
    sure = ConfirmationDialogue(
        t("Another scorecard?"),
        t("What you have said by this one is forgotten then."),
        t("Use the other one"),
        t("Keep this one"),
    )
    return StaticSelectMenu(
        ids.REVIEW_CARD,
        options,
        initial_option=now,
        placeholder=short(one.scorecard, 150),
        confirm=sure if one.answers else None,
    )


def _exceptions(one: Review, t: Words) -> InputBlock:
    """Quick mode: what was not as it should be."""
    groups, chosen, place = [], [], 0
    for section in one.definition.sections:
        options = [option(c.name, str(n)) for n, c in enumerate(section.criteria, place)]
        chosen += [o for o, c in zip(options, section.criteria, strict=True) if c.key in one.opened]
        place += len(options)
        if options:
            groups.append(OptionGroup(short(section.name, 75), options))
    element = StaticMultiSelectMenu(
        ids.REVIEW_EXCEPT,
        None,  # type: ignore[arg-type]  # in groups instead
        option_groups=groups,
        placeholder=t("Criteria"),
    )
    element.initial_options = [*chosen] or None  # the library wants groups here, and Slack the options themselves
    hint = t("Only what you choose is asked for. Everything else counts as the best point.")
    label = t("Everything was fine, except …")
    return InputBlock(label, element, dispatch_action=True, block_id=field_id(EXCEPT, one), hint=hint, optional=True)


def _criteria(one: Review, page: Page, t: Words) -> list[Block]:
    blocks: list[Block] = []
    for part in page:
        if not one.is_quick:
            blocks.append(SectionBlock(f"*{escape(part.section)}*"))
        for place, criterion in part.criteria:
            answer = one.answer(criterion.key) or Answer(criterion.key, None)
            blocks += _criterion(one, place, criterion, answer, t)
    return blocks


def _criterion(one: Review, place: int, criterion: Criterion, answer: Answer, t: Words) -> list[Block]:
    """The point, on a low one what caused it, and a word about it."""
    blocks: list[Block] = [_point(one, place, criterion, answer, t)]
    if answer.is_low and criterion.causes:
        blocks.append(_causes(one, place, criterion, answer, t))
    label = t("What went wrong") if answer.has_failed else t("Comment")
    said = _typed(answer.comment, t("What the agent should know about it"))
    where = field_id(WORDS, one, place)
    blocks.append(InputBlock(label, said, dispatch_action=True, block_id=where, optional=not answer.has_failed))
    return blocks


def _point(one: Review, place: int, criterion: Criterion, answer: Answer, t: Words) -> InputBlock:
    """The best first, as most answers are."""
    options = [option(point(criterion, n, t), str(n)) for n in range(criterion.highest, 0, -1)]
    if criterion.may_be_na:
        options.append(option(t("Not applicable"), NA))
    now = NA if answer.is_na else ("" if answer.score is None else str(int(answer.score)))
    element = StaticSelectMenu(
        ids.REVIEW_SAID,
        options,
        initial_option=next((o for o in options if o.value == now), None),
        placeholder=t("Choose a point"),
    )
    label = t("{name} (critical)", name=criterion.name) if criterion.is_critical else criterion.name
    return InputBlock(
        short(label, 150),
        element,
        dispatch_action=True,
        block_id=field_id(SCORE, one, place),
        hint=short(criterion.guidance, GUIDANCE) or None,
    )


def _causes(one: Review, place: int, criterion: Criterion, answer: Answer, t: Words) -> InputBlock:
    options = [option(cause, str(n)) for n, cause in enumerate(criterion.causes[:100])]
    chosen = [o for o, cause in zip(options, criterion.causes, strict=False) if cause in answer.causes]
    element = StaticMultiSelectMenu(
        ids.REVIEW_SAID, options, initial_options=chosen or None, placeholder=t("Root causes")
    )
    label = short(t("What caused it: {name}", name=criterion.name), 150)
    return InputBlock(label, element, dispatch_action=True, block_id=field_id(CAUSES, one, place))


def turning(every: Sequence[Page], page: int, to: tuple[str, str], t: Words) -> list[Block]:
    """Which page, and on to the next. `to`: the action ids of the menu and the button."""
    if len(every) < 2:
        return []
    options = [_page_option(n, len(every), there, t) for n, there in enumerate(every)]
    elements: list[Element] = [StaticSelectMenu(to[0], options, initial_option=options[page])]
    if page + 1 < len(every):
        elements.append(Button(t("Next page"), action_id=to[1], value=str(page + 1)))
    return [ActionsBlock(elements, block_id=f"turn.{page}.{len(every)}")]


def _page_option(n: int, total: int, page: Page, t: Words) -> Option:
    names = " / ".join(dict.fromkeys(part.section for part in page))
    return option(t("Page {n} of {total}: {sections}", n=n + 1, total=total, sections=names), str(n))


def _comment(one: Review, t: Words) -> InputBlock:
    element = _typed(one.comment, t("What went well, and what could be better next time"), ids.REVIEW_WRITTEN)
    return InputBlock(t("In a few words"), element, dispatch_action=True, block_id=COMMENT, optional=True)


def _typed(said: str, placeholder: str, action_id: str = ids.REVIEW_WRITTEN) -> PlainTextInput:
    """Several lines, of which every change is heard of."""
    return PlainTextInput(
        action_id,
        initial_value=said[:LONGEST] or None,
        multiline=True,
        max_length=LONGEST,
        placeholder=short(placeholder, 150),
        dispatch_action_config=DispatchActionConfiguration(["on_character_entered"]),
    )


def _in_person(desk: Desk, t: Words) -> list[Block]:
    """A low score may be told face to face first."""
    one = desk.review
    score = one.scored.score
    if desk.told_below is None or one.calibration_id is not None or score is None or score >= desk.told_below:
        return []
    told = t("{agent} reads it after your talk, or by itself after some days.", agent=short(one.agent, 40))
    box = Option(PlainText(t("I tell them in person first")), IN_PERSON, description=short(told, 75))
    element = CheckboxGroup(ids.REVIEW_SAID, [box], initial_options=[box] if one.in_person else None)
    label = t("Under {limit} points", limit=points(desk.told_below, t))
    return [InputBlock(label, element, dispatch_action=True, block_id=IN_PERSON, optional=True)]
