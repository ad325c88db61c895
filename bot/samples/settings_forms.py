"""The modal of a team's plan, with what it means as it is filled in. Pure drawing. Block ids are the fields' names."""

from __future__ import annotations

from collections.abc import Mapping

from slackblocks import (
    Block,
    CheckboxGroup,
    DispatchActionConfiguration,
    DividerBlock,
    HeaderBlock,
    InputBlock,
    NumberInput,
    Option,
    SectionBlock,
    StaticSelectMenu,
)

from cspm_core.samples import BOUNDS

from .. import ids
from ..blocks import Drawing, escape, modal
from ..escalations import inputs
from ..words import Words
from . import names
from .settings_views import Shown, meaning

YES = "yes"
AMOUNT, UNIT, MEANS = "amount", "unit", "means"


def plan(now: Shown, carried: str, t: Words) -> Drawing:
    """Everything about a plan; a change of amount or unit shows what it means at once."""
    one = now.plan
    blocks: list[Block] = [
        SectionBlock(t("How the conversations of *{team}* are reviewed.", team=escape(now.team))),
        _box("is_on", t("The weekly sample"), t("Draw one each week"), one.is_on),
        InputBlock(t("How many"), _typed(one.amount), dispatch_action=True, block_id=AMOUNT),
        InputBlock(t("Unit"), _unit(one.unit, t), dispatch_action=True, block_id=UNIT),
        SectionBlock(f"*{meaning(now.outlook, t)}*", block_id=MEANS),
        _boxes("strata", t("Each of these has its share"), names.BY, one.strata, t),
        _boxes("prompted", t("Review also"), names.PROMPTED, one.prompted, t),
        _number("prompted_most", t("Of those, at most so many a week"), one.prompted_most,
                t("They stay out of the score.")),
        _weekday(one.draw_weekday, t),
        _number("due_days", t("Working days to review it"), one.due_days),
        DividerBlock(),
        HeaderBlock(t("What follows a review")),
        _number("told_below", t("Told in person first: below so many points"), one.told_below,
                t("The reviewer may choose it; 0: never.")),
        _number("hold_days", t("It waits for the talk, in working days"), one.hold_days,
                t("Then it reaches the agent all the same.")),
        _number("dispute_days", t("Working days in which it can be disputed"), one.dispute_days,
                t("The agent’s own; an absence does not count. 0: at any time.")),
        _box("shows_reviewer", t("Reviewer"), t("The agent sees who reviewed"), one.shows_reviewer),
    ]  # fmt: skip
    return modal(
        t("How we review"),
        *blocks,
        callback_id=ids.SAMPLE_PLAN_FORM,
        private_metadata=carried,
        submit=t("Save"),
        close=t("Cancel"),
    )


def _plain(number: float) -> str:
    return f"{number:g}"


def _typed(now: float) -> NumberInput:
    told = DispatchActionConfiguration(["on_character_entered"])
    return NumberInput(
        True,
        ids.SAMPLE_PLAN_AMOUNT,
        initial_value=_plain(now),
        min_value="0.1",
        max_value="100",
        dispatch_action_config=told,
    )


def _unit(now: str, t: Words) -> StaticSelectMenu:
    return inputs.menu(ids.SAMPLE_PLAN_UNIT, {key: t(label) for key, label in names.UNITS.items()}, now)


def _number(name: str, label: str, now: float, hint: str = "") -> InputBlock:
    low, high = BOUNDS[name]
    element = NumberInput(False, name, initial_value=_plain(now), min_value=_plain(low), max_value=_plain(high))
    return InputBlock(label, element, block_id=name, hint=hint or None)


def _weekday(now: int, t: Words) -> InputBlock:
    days = {str(n): names.weekday(n, t) for n in range(7)}
    hint = t("At the time of the team’s digest.")
    return InputBlock(t("Drawn on"), inputs.menu("draw_weekday", days, str(now)), block_id="draw_weekday", hint=hint)


def _box(name: str, label: str, said: str, ticked: bool) -> InputBlock:
    one = Option(said, YES)
    group = CheckboxGroup(name, [one], initial_options=[one] if ticked else None)
    return InputBlock(label, group, block_id=name, optional=True)


def _boxes(name: str, label: str, known: Mapping[str, str], now: str, t: Words) -> InputBlock:
    options = {key: Option(t(said), key) for key, said in known.items()}
    ticked = [option for key, option in options.items() if key in now.split(",")]
    group = CheckboxGroup(name, list(options.values()), initial_options=ticked or None)
    return InputBlock(label, group, block_id=name, optional=True)
