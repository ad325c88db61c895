"""The modals on top of the editor: one criterion, a section's name, the settings; and the one for a new scorecard.

Pure drawing. Block ids are the fields' names, so that errors find them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from slackblocks import CheckboxGroup, FileInput, InputBlock, NumberInput, Option, SectionBlock

from cspm_core.qa import Criterion, Definition, OnCritical, OnNotApplicable, ScorecardDraft
from cspm_core.qa.scorecard_rules import LONGEST_NAME

from .. import ids
from ..blocks import Drawing, escape, modal
from ..escalations import inputs
from ..words import Words
from .ready import READY
from .scorecard_names import CHANNELS, ON_CRITICAL, ON_NA

NAME, WEIGHT, SCALE, IS, GUIDANCE, CAUSES, SECTION = (
    "name",
    "weight",
    "scale",
    "is",
    "guidance",
    "causes",
    "section",
)
CRITICAL, MAY_BE_NA = "critical", "na"
CHANNEL, ON_FAILURE, NOT_APPLICABLE, PASSED = "channel", "on_critical", "on_na", "passed_from"
FROM, FILE = "from", "file"
EMPTY = "empty"
NO_CRITERION = Criterion("", "", ())


def criterion(one: Criterion | None, section: int, definition: Definition, carried: str, t: Words) -> Drawing:
    """One criterion; None: a new one."""
    now = one or Criterion("", "", (t("No"), t("Yes")))
    sections = {str(n): known.name for n, known in enumerate(definition.sections)}
    return modal(
        t("Criterion") if one else t("New criterion"),
        inputs.line(NAME, t("What is looked at"), said=now.name, optional=False, longest=LONGEST_NAME,
                    placeholder=t("Says what happens next, and when")),
        inputs.words(SCALE, t("Points"), said="\n".join(now.scale), optional=False,
                     hint=t("2 to 5, one a line, the worst first. Say in a few words what each means.")),
        _number(WEIGHT, t("Weight"), now.weight, 100,
                t("1 is usual, 2 counts double. 0: it is looked at and does not count.")),
        InputBlock(t("How it counts"), _is(now, t), block_id=IS, optional=True),
        inputs.words(GUIDANCE, t("Guidance for reviewers"), said=now.guidance,
                     hint=t("How to tell one point from the next, and when it does not apply.")),
        inputs.words(CAUSES, t("Root causes"), said="\n".join(now.causes),
                     hint=t("One a line. Reviewers choose among them where the score is low.")),
        InputBlock(t("Section"), inputs.menu(SECTION, sections, str(section)), block_id=SECTION),
        callback_id=ids.SCORECARD_CRITERION_FORM,
        private_metadata=carried,
        submit=t("Keep it so"),
        close=t("Back"),
    )  # fmt: skip


def _is(now: Criterion, t: Words) -> CheckboxGroup:
    critical = Option(t("Critical: failing it fails the review"), CRITICAL)
    may_be_na = Option(t("“Not applicable” may be chosen"), MAY_BE_NA)
    ticked = [one for one, is_so in ((critical, now.is_critical), (may_be_na, now.may_be_na)) if is_so]
    return CheckboxGroup(IS, [critical, may_be_na], initial_options=ticked or None)


def section(name: str, carried: str, t: Words) -> Drawing:
    """A section's name; empty: a new one."""
    return modal(
        t("Section") if name else t("New section"),
        inputs.line(NAME, t("Name"), said=name, optional=False, longest=LONGEST_NAME),
        callback_id=ids.SCORECARD_SECTION_FORM,
        private_metadata=carried,
        submit=t("Keep it so"),
        close=t("Back"),
    )


def settings(draft: ScorecardDraft, carried: str, t: Words) -> Drawing:
    """Name, channel, and how it is scored."""
    definition = draft.definition
    critical = {one.value: t(said) for one, said in ON_CRITICAL.items()}
    na = {one.value: t(said) for one, said in ON_NA.items()}
    return modal(
        t("Settings"),
        inputs.line(NAME, t("Name"), said=draft.name, optional=False, longest=LONGEST_NAME),
        _channel(draft.channel, t),
        InputBlock(t("When a critical criterion fails"),
                   inputs.menu(ON_FAILURE, critical, OnCritical(definition.on_critical).value), block_id=ON_FAILURE,
                   hint=t("It fails under half of its points. Reviewers always see what the score would have been.")),
        InputBlock(t("When something is not applicable"),
                   inputs.menu(NOT_APPLICABLE, na, OnNotApplicable(definition.on_na).value), block_id=NOT_APPLICABLE),
        _number(PASSED, t("Passed from (points of 100)"), definition.passed_from, 100, ""),
        callback_id=ids.SCORECARD_SETTINGS_FORM,
        private_metadata=carried,
        submit=t("Keep it so"),
        close=t("Back"),
    )  # fmt: skip


def new(team: str, copies: Sequence[tuple[int, str]], carried: str, t: Words) -> Drawing:
    """From what a new scorecard begins. `copies`: the scorecards there are, by id and name."""
    options = {kind: t("Ready: {name}", name=t(one.name)) for kind, one in READY.items()}
    options |= {str(card): t("A copy of {name}", name=name) for card, name in copies[:50]}
    options[EMPTY] = t("An empty one")
    return modal(
        t("New scorecard"),
        SectionBlock(t("For the team *{team}*. Whatever you begin with can be changed afterwards.", team=escape(team))),
        InputBlock(t("Begin with"), inputs.menu(FROM, options, next(iter(options))), block_id=FROM),
        inputs.line(NAME, t("Name"), longest=LONGEST_NAME, hint=t("Left empty: as what it begins with.")),
        InputBlock(
            t("Or a YAML file"),
            FileInput(FILE, filetypes=["yaml", "yml"], max_files=1),
            block_id=FILE,
            hint=t("One that was exported. If a scorecard of its name is there, it is changed."),
            optional=True,
        ),
        callback_id=ids.SCORECARD_NEW_FORM,
        private_metadata=carried,
        submit=t("Make it"),
        close=t("Cancel"),
    )


def _channel(now: str, t: Words) -> InputBlock:
    known: Mapping[str, str] = {key or "any": t(name) for key, name in CHANNELS.items()}
    options = {**known, **({now: now} if now and now not in CHANNELS else {})}
    return InputBlock(t("Offered for contacts by"), inputs.menu(CHANNEL, options, now or "any"), block_id=CHANNEL)


def _number(block_id: str, label: str, now: float, high: int, hint: str) -> InputBlock:
    element = NumberInput(True, block_id, initial_value=f"{now:g}", min_value="0", max_value=str(high))
    return InputBlock(label, element, block_id=block_id, hint=hint or None)
