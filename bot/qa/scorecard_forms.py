"""The modal in which a scorecard is edited: its sections and criteria, and what would change. Pure drawing.

What is edited is kept in the store after every press, so the modal is only ever a picture of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    ConfirmationDialogue,
    DividerBlock,
    Element,
    OverflowMenu,
    SectionBlock,
    StaticSelectMenu,
)

from cspm_core.qa import Criterion, ScorecardDraft

from .. import ids
from ..blocks import Drawing, escape, modal, note, option, short, value
from ..words import N_, Words
from .scorecard_names import ON_CRITICAL, ON_NA, change_lines, channel, points_of
from .scorecard_pages import Page, heading, label, pages

CRITERION_DOES = {"edit": N_("Edit …"), "up": N_("Up"), "down": N_("Down"), "drop": N_("Remove")}
SECTION_DOES = {"edit": N_("Rename …"), "up": N_("Up"), "down": N_("Down"), "drop": N_("Remove with its criteria")}
LINES_SHOWN = 8
NAMED = 40
"""So many characters of a section's name travel with its menu, so that a stale menu is noticed."""


@dataclass(frozen=True, slots=True)
class Editing:
    """What the modal shows. `reviews`: made with the version that stands, drafts too; `said`: what went wrong."""

    draft: ScorecardDraft
    team: str
    is_used: bool
    page: int = 0
    url: str = ""
    """Where the list that it was opened from is drawn anew."""
    said: str = ""


def overview(now: Editing, t: Words) -> Drawing:
    """The whole scorecard, or one page of a large one."""
    definition = now.draft.definition
    every = pages(definition)
    number = min(max(now.page, 0), len(every) - 1)
    blocks: list[Block] = [SectionBlock(_head(now, t)), *_state(now, t), ActionsBlock(_buttons(now, number, t))]
    if len(every) > 1:
        blocks.append(ActionsBlock([_menu(now, every, number, t)]))
    blocks += _rows(now, every[number], t)
    return modal(
        short(now.draft.name, 24) or t("Scorecard"),
        *blocks,
        callback_id=ids.SCORECARD_FORM,
        private_metadata=value(card=now.draft.card.id, page=number, url=now.url),
        submit=t("Save"),
        close=t("Later"),
    )


def _head(now: Editing, t: Words) -> str:
    draft = now.draft
    facts = [
        t("for: {channel}", channel=escape(channel(draft.channel, t))),
        t("passed from {points} points", points=t.number(draft.definition.passed_from, 1)),
        t("version {n}", n=t.number(draft.card.version)),
    ]
    rules = [
        (t("When a critical criterion fails"), t(ON_CRITICAL[draft.definition.on_critical])),
        (t("When something is not applicable"), t(ON_NA[draft.definition.on_na])),
    ]
    lines = [t("{title}: {value}", title=title, value=what) for title, what in rules]
    return "\n".join([f"*{escape(draft.name)}* · {escape(now.team)}", " · ".join(facts), *lines])


def _state(now: Editing, t: Words) -> list[Block]:
    """What went wrong, and what saving would change."""
    blocks: list[Block] = []
    if now.said:
        blocks.append(SectionBlock(short(f":warning: {escape(now.said)}", 3000)))
    if now.draft.is_outdated:
        said = t("Somebody else has saved this scorecard since you began. “Discard my changes” begins from theirs.")
        blocks.append(SectionBlock(f":warning: {said}"))
    if not now.draft.is_changed:
        blocks.append(note(t("Every change is kept here and counts once you save it. You may close and go on later.")))
        return blocks
    lines = change_lines(now.draft.changes, t)
    if (now.draft.name, now.draft.channel) != (now.draft.card.name, now.draft.card.channel):
        lines.insert(0, t("Name or channel"))
    more = len(lines) - LINES_SHOWN
    shown = [f"• {escape(line)}" for line in lines[:LINES_SHOWN]]
    if more > 0:
        shown.append(t.n("and {n} more", "and {n} more", more))
    blocks.append(SectionBlock(short("\n".join([f"*{t('Not saved yet')}*", *shown]), 3000)))
    if now.is_used and now.draft.changes:
        blocks.append(note(t("Reviews were made with version {n} and keep it. Saving makes the next version.",
                             n=t.number(now.draft.card.version))))  # fmt: skip
    return blocks


def declined(said: str, t: Words) -> Drawing:
    """The editor of somebody who may not edit it any more, or of what is gone."""
    return modal(t("Scorecard"), SectionBlock(escape(said)), close=t("Close"))


def _buttons(now: Editing, page: int, t: Words) -> list[Element]:
    carried = value(card=now.draft.card.id, page=page)
    found: list[Element] = []
    if now.draft.definition.sections:
        found.append(Button(t("Add a criterion"), action_id=ids.SCORECARD_CRITERION_NEW, value=carried))
    found += [
        Button(t("Add a section"), action_id=ids.SCORECARD_SECTION_NEW, value=carried),
        Button(t("Settings"), action_id=ids.SCORECARD_SETTINGS, value=carried),
    ]
    if now.draft.is_changed or now.draft.is_outdated:
        sure = ConfirmationDialogue(
            t("Discard?"),
            t("Your changes since the last save are forgotten."),
            t("Discard"),
            t("Cancel"),
        )
        said = t("Discard my changes")
        found.append(Button(said, action_id=ids.SCORECARD_DISCARD, value=carried, style="danger", confirm=sure))
    return found


def _menu(now: Editing, every: list[Page], number: int, t: Words) -> StaticSelectMenu:
    options = [option(label(now.draft.definition, page, t), str(n)) for n, page in enumerate(every[:100])]
    return StaticSelectMenu(
        ids.SCORECARD_PAGE, options, initial_option=options[min(number, len(options) - 1)], placeholder=t("Section")
    )


def _rows(now: Editing, page: Page, t: Words) -> list[Block]:
    blocks: list[Block] = []
    for n, section in enumerate(now.draft.definition.sections):
        if page.section not in (None, n):
            continue
        carried = {"s": n, "n": section.name[:NAMED]}
        options = [option(t(said), value(do=do, **carried)) for do, said in SECTION_DOES.items()]
        blocks.append(DividerBlock())
        menu = OverflowMenu(ids.SCORECARD_SECTION, options)
        blocks.append(SectionBlock(heading(section.name), block_id=f"section:{n}", accessory=menu))
        some = section.criteria if page.section is None else section.criteria[page.first : page.end]
        blocks += [_criterion(one, t) for one in some]
        if not section.criteria:
            blocks.append(note(t("No criterion yet.")))
    return blocks


def _criterion(one: Criterion, t: Words) -> SectionBlock:
    facts = [t("weight {n}", n=t.number(one.weight, 2)), escape(points_of(one))]
    facts += [f"*{t('critical')}*"] if one.is_critical else []
    facts += [] if one.may_be_na else [t("always applies")]
    facts += [t.n("{n} root cause", "{n} root causes", len(one.causes))] if one.causes else []
    options = [option(t(said), value(do=do, k=one.key)) for do, said in CRITERION_DOES.items()]
    text = f"{escape(one.name)}\n_{' · '.join(facts)}_"
    return SectionBlock(
        short(text, 3000),
        block_id=f"criterion:{one.key}",
        accessory=OverflowMenu(ids.SCORECARD_CRITERION, options),
    )
