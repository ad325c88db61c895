"""The scorecards of a team, as a message: what each holds, where it is used, and what a lead can do with it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slackblocks import ActionsBlock, Block, Button, ConfirmationDialogue, Element, HeaderBlock, SectionBlock

from cspm_core.qa import Card

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, fitted, message, note, short, value
from ..words import Words
from .scorecard_names import channel

SECTIONS_NAMED = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """A team's scorecards as somebody sees them. `used`: reviews by scorecard; `said`: what was just done."""

    team_id: int
    team: str
    cards: tuple[Card, ...]
    used: Mapping[int, int]
    may_change: bool
    said: str = ""


def scorecards(shown: Shown, t: Words) -> Drawing:
    """As many as fit; none is said to be none."""
    if not shown.cards:
        return _listed(shown, (), t)
    return fitted(shown.cards, lambda some: _listed(shown, some, t))


def _listed(shown: Shown, cards: Sequence[Card], t: Words) -> Drawing:
    title = t("Scorecards of {team}", team=shown.team)
    blocks: list[Block] = [HeaderBlock(short(title, 150))]
    if shown.said:
        blocks.append(SectionBlock(short(escape(shown.said), 3000)))
    if not cards:
        none = t("There is none yet. Begin with a ready one for e-mail, chat, calls or complaints, and change it.")
        ask = t("There is none yet. Your lead can begin with a ready one.")
        blocks.append(SectionBlock(none if shown.may_change else ask))
    for card in cards:
        blocks += _card(card, shown, t)
    if len(cards) < len(shown.cards):
        more = len(shown.cards) - len(cards)
        blocks.append(note(t.n("{n} more is not shown here; `cspm qa scorecards` lists it.",
                               "{n} more are not shown here; `cspm qa scorecards` lists them.", more)))  # fmt: skip
    if shown.may_change:
        carried = value(team=shown.team_id)
        blocks.append(ActionsBlock([Button(t("New scorecard"), action_id=ids.SCORECARD_NEW, value=carried)]))
    return message(short(title, HEADLINE), *blocks)


def _card(card: Card, shown: Shown, t: Words) -> list[Block]:
    text = told(card, shown.used.get(card.id, 0), t)
    return [
        SectionBlock(short(text, 3000)),
        ActionsBlock(_buttons(card, shown.may_change, t), block_id=f"card:{card.id}"),
    ]


def told(card: Card, reviews: int, t: Words) -> str:
    """What one holds and where it is used, as mrkdwn."""
    sections = card.definition.sections
    more = ["…"] if sections[SECTIONS_NAMED:] else []
    names = ", ".join([section.name for section in sections[:SECTIONS_NAMED]] + more)
    facts = [
        t.n("{n} criterion", "{n} criteria", len(card.definition.criteria)),
        t.n("{n} section: {names}", "{n} sections: {names}", len(sections), names=escape(names)),
    ]
    state = [
        t("version {n}", n=t.number(card.version)),
        t.n("{n} review", "{n} reviews", reviews) if reviews else t("no review yet"),
        t("for: {channel}", channel=escape(channel(card.channel, t))),
    ]
    head = f"*{escape(card.name)}*" + (f" · {t('archived')}" if card.is_archived else "")
    return f"{head}\n{' · '.join(facts)}\n{' · '.join(state)}"


def _buttons(card: Card, may_change: bool, t: Words) -> list[Element]:
    carried = value(card=card.id)
    export = Button(t("Export"), action_id=ids.SCORECARD_EXPORT, value=carried)
    if not may_change:
        return [export]
    if card.is_archived:
        return [Button(t("Bring back"), action_id=ids.SCORECARD_BACK, value=carried), export]
    sure = ConfirmationDialogue(
        t("Archive it?"),
        t("No new review begins with it. Reviews made with it stay, and you can bring it back."),
        t("Archive"),
        t("Cancel"),
    )
    return [
        Button(t("Edit"), action_id=ids.SCORECARD_EDIT, value=carried),
        export,
        Button(t("Archive"), action_id=ids.SCORECARD_ARCHIVE, value=carried, confirm=sure),
    ]
