"""One example for each thing that somebody sees of scorecards, and the help of `/qa`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from cspm_core import qa
from cspm_core.qa import Card, Criterion, Definition, ScorecardDraft, Section

from ..blocks import Drawing
from ..words import Words
from . import help_views, ready, scorecard_forms, scorecard_part_forms, scorecard_views
from .scorecard_forms import Editing
from .scorecard_views import Shown

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CARRIED = "{}"


def card(kind: str, t: Words, number: int = 1, version: int = 1, *, is_archived: bool = False) -> Card:
    """A ready one, as a team has it."""
    name, channel, definition = ready.ready(kind, t)
    return Card(1, number, 7, name, channel, version, 10 + number, definition, is_archived, NOW, None)


def listed(t: Words, *, may_change: bool = True) -> Shown:
    """A team with three, one of them archived."""
    every = (card("email", t, 1, 3), card("calls", t, 2), card("complaints", t, 3, is_archived=True))
    return Shown(7, "Returns & Refunds", every if may_change else every[:2], {1: 214}, may_change)


def edited(t: Words) -> Editing:
    """A draft in which one criterion was changed, one removed and one added."""
    before = card("email", t, version=3)
    definition = before.definition
    clear = replace(definition.criterion("clear"), weight=2.5, name="Reads well & <quickly>")
    for edit in (
        qa.put_criterion(clear, 2),
        qa.drop_criterion("language"),
        qa.put_criterion(Criterion("", "Names the shop", (t("No"), t("Yes"))), 2),
        qa.move_section(3, -1),
    ):
        definition = edit(definition)
    draft = ScorecardDraft(before, before.name, before.channel, definition, False)
    return Editing(draft, "Returns & Refunds", True)


def fresh(t: Words) -> Editing:
    """Nothing was changed yet."""
    one = card("chat", t)
    return Editing(ScorecardDraft(one, one.name, one.channel, one.definition, False), "Returns", False)


def large(t: Words) -> Editing:
    """A hundred criteria in two sections, the second one's last page."""
    every = tuple(Criterion(f"c{n}", f"Number {n} of a hundred", (t("No"), t("Yes"))) for n in range(100))
    definition = Definition((Section("The first ten", every[:10]), Section("All the others", every[10:])))
    one = replace(card("chat", t), definition=definition, name="Everything there is")
    return Editing(ScorecardDraft(one, one.name, one.channel, definition, False), "Returns", False, page=3)


def outdated(t: Words) -> Editing:
    """Somebody else saved meanwhile, and a save was refused."""
    now = edited(t)
    said = t("Somebody else changed it in the same moment. Look again, then press once more.")
    return replace(now, draft=replace(now.draft, is_outdated=True), said=said)


def criterion(t: Words) -> Drawing:
    """The modal of a critical one."""
    definition = card("email", t).definition
    return scorecard_part_forms.criterion(definition.criterion("right"), 1, definition, CARRIED, t)


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "qa.help": help_views.help_text,
    "qa.scorecards": lambda t: scorecard_views.scorecards(listed(t), t),
    "qa.scorecards.agent": lambda t: scorecard_views.scorecards(listed(t, may_change=False), t),
    "qa.scorecards.none": lambda t: scorecard_views.scorecards(Shown(7, "Returns", (), {}, True), t),
    "qa.scorecards.said": lambda t: scorecard_views.scorecards(
        replace(listed(t), said=t("“{name}” is archived.", name=t("Complaints"))), t
    ),
    "qa.scorecard.new": lambda t: scorecard_part_forms.new("Returns", [(1, t("E-mail"))], CARRIED, t),
    "qa.scorecard.fresh": lambda t: scorecard_forms.overview(fresh(t), t),
    "qa.scorecard.edited": lambda t: scorecard_forms.overview(edited(t), t),
    "qa.scorecard.outdated": lambda t: scorecard_forms.overview(outdated(t), t),
    "qa.scorecard.large": lambda t: scorecard_forms.overview(large(t), t),
    "qa.scorecard.declined": lambda t: scorecard_forms.declined(t("That is for the lead of the team or an admin."), t),
    "qa.scorecard.criterion": criterion,
    "qa.scorecard.criterion.new": lambda t: scorecard_part_forms.criterion(
        None, 0, card("email", t).definition, CARRIED, t
    ),
    "qa.scorecard.section": lambda t: scorecard_part_forms.section(t("Solution"), CARRIED, t),
    "qa.scorecard.section.new": lambda t: scorecard_part_forms.section("", CARRIED, t),
    "qa.scorecard.settings": lambda t: scorecard_part_forms.settings(fresh(t).draft, CARRIED, t),
}
