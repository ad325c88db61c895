"""The modals behind a team's settings: the steps of one severity, and what is agreed beside them. Pure drawing.

Block ids are the fields' names, with the step's number behind them, so that errors find them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from slackblocks import (
    Block,
    CheckboxGroup,
    DividerBlock,
    InputBlock,
    NumberInput,
    Option,
    SectionBlock,
    StaticSelectMenu,
    UserSelectMenu,
)

from cspm_core.escalations import Clock, Policy, Step
from cspm_core.escalations.policies import BOUNDS

from .. import ids
from ..blocks import Drawing, escape, modal, short
from ..words import N_, Words
from . import inputs
from .names import SEVERITIES, WHO
from .policy_words import CLOCKS
from .settings_views import Shown

STEPS = 4
"""So many can be filled in; where a policy has more already, all of them."""
WHOM, PERSON, GROUP, AFTER, UNIT, CLOCK = "who", "person", "group", "after", "unit", "clock"
REPEAT, REPEAT_UNIT, HOLDS, HOLDS_UNIT, USUAL, DEFAULT = (
    "repeat",
    "repeat_unit",
    "holds",
    "holds_unit",
    "usual",
    "default",
)
NOBODY, A_PERSON, A_GROUP = "nobody", "member", "group"
UNITS: Mapping[str, int] = {"min": 60, "hour": 3600, "day": 86_400}
UNIT_NAMES: Mapping[str, str] = {"min": N_("minutes"), "hour": N_("hours"), "day": N_("days")}
LONGEST = 10_080
"""Minutes of a week: no wait is longer in any unit."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What the modal opens with. `users`: Slack users of the members whom steps name, by member id; `groups`: Slack's
    user groups, name by id."""

    team: str
    severity: int
    policy: Policy
    users: Mapping[int, str]
    groups: Mapping[str, str]
    carried: str


def steps(now: Steps, t: Words) -> Drawing:
    """Who is told when, up to four steps, and what follows."""
    title = t(SEVERITIES[now.severity])
    blocks: list[Block] = [
        SectionBlock(t("How an escalation of *{team}* climbs until somebody says “mine”. What is open already climbs "
                       "as it began: a change bends nothing that runs.", team=escape(now.team))),
    ]  # fmt: skip
    for n in range(1, max(STEPS, len(now.policy.steps)) + 1):
        step = now.policy.steps[n - 1] if n <= len(now.policy.steps) else None
        blocks += [DividerBlock(), *_step(n, step, now, t)]
    blocks += [DividerBlock(), *_after_all(now.policy, t)]
    return modal(
        short(title, 24),
        *blocks,
        callback_id=ids.ESCALATION_POLICY_FORM,
        private_metadata=now.carried,
        submit=t("Save"),
        close=t("Cancel"),
    )


def _step(n: int, step: Step | None, now: Steps, t: Words) -> list[Block]:
    kind, _, named = step.who.partition(":") if step else (NOBODY, "", "")
    whom = {NOBODY: t("nobody: no such step"), **{key: t(label) for key, label in WHO.items()}}
    whom |= {A_PERSON: t("a person, chosen below")}
    groups = {**now.groups, **({named: named} if kind == A_GROUP and named not in now.groups else {})}
    whom |= {A_GROUP: t("a user group, chosen below")} if groups else {}
    user = now.users.get(int(named)) if kind == A_PERSON else None
    number, unit = _length(step.after_s if step else 0)
    blocks: list[Block] = [
        InputBlock(t("Step {n}: who", n=n), inputs.menu(f"{WHOM}{n}", whom, kind), block_id=f"{WHOM}{n}"),
        InputBlock(t("Step {n}: the person", n=n), UserSelectMenu(f"{PERSON}{n}", initial_user=user),
                   block_id=f"{PERSON}{n}", optional=True),
    ]  # fmt: skip
    if groups:
        element = inputs.menu(f"{GROUP}{n}", groups, named if kind == A_GROUP else None)
        label = t("Step {n}: the user group", n=n)
        blocks.append(InputBlock(label, element, block_id=f"{GROUP}{n}", optional=True))
    hint = t("0: at once.") if n == 1 else t("Counted from the step before.")
    clock = step.clock if step else now.policy.clock
    return [
        *blocks,
        _number(f"{AFTER}{n}", t("Step {n}: after how long", n=n), number, 0, LONGEST, hint),
        InputBlock(t("Step {n}: unit", n=n), _units(f"{UNIT}{n}", unit, t), block_id=f"{UNIT}{n}"),
        InputBlock(t("Step {n}: clock", n=n), _clocks(f"{CLOCK}{n}", clock, t), block_id=f"{CLOCK}{n}"),
    ]


def _after_all(policy: Policy, t: Words) -> list[Block]:
    (again, again_unit), (held, held_unit) = _length(policy.repeat_s), _length(policy.holds_s)
    default = Option(t("As it was at the beginning, whatever stands above"), "yes")
    return [
        _number(REPEAT, t("After the last step, from the beginning after"), again, 1, LONGEST),
        InputBlock(t("Unit"), _units(REPEAT_UNIT, again_unit, t), block_id=REPEAT_UNIT),
        _number(HOLDS, t("“Mine” holds for"), held, 1, LONGEST, t("Then its owner is asked whether it still is.")),
        InputBlock(t("Unit"), _units(HOLDS_UNIT, held_unit, t), block_id=HOLDS_UNIT),
        InputBlock(t("Both are counted"), _clocks(USUAL, policy.clock, t), block_id=USUAL),
        InputBlock(t("Reset"), CheckboxGroup(DEFAULT, [default]), block_id=DEFAULT, optional=True),
    ]


def _number(block_id: str, label: str, now: int, low: int, high: int, hint: str = "") -> InputBlock:
    element = NumberInput(False, block_id, initial_value=str(now), min_value=str(low), max_value=str(high))
    return InputBlock(label, element, block_id=block_id, hint=hint or None)


def _units(block_id: str, now: str, t: Words) -> StaticSelectMenu:
    return inputs.menu(block_id, {key: t(label) for key, label in UNIT_NAMES.items()}, now)


def _clocks(block_id: str, now: Clock, t: Words) -> StaticSelectMenu:
    return inputs.menu(block_id, {key.value: t(label) for key, label in CLOCKS.items()}, now.value)


def _length(seconds: int) -> tuple[int, str]:
    """The number and the largest unit that tell it exactly: 90 minutes, 2 hours."""
    unit = next((key for key in ("day", "hour") if seconds and seconds % UNITS[key] == 0), "min")
    return round(seconds / UNITS[unit]), unit


def agreed(now: Shown, carried: str, t: Words) -> Drawing:
    """What is agreed beside the steps."""
    needs = Option(t("Resolving asks for cause and solution"), "yes")
    ticked = [needs] if now.agreed.needs_reason else None
    return modal(
        t("What is agreed"),
        SectionBlock(t("About the escalations of *{team}*.", team=escape(now.team))),
        InputBlock(t("At the end"), CheckboxGroup("needs_reason", [needs], initial_options=ticked),
                   block_id="needs_reason", optional=True),
        _bounded("cap_per_hour", t("Cards an hour in the channel"), now.agreed.cap_per_hour,
                 t("More than that come together in one message.")),
        _bounded("reopen_within_h", t("Hours in which the same cause reopens"), now.agreed.reopen_within_h,
                 t("0: it always becomes a new escalation.")),
        _bounded("check_back_days", t("Working days until a customer is asked"), now.agreed.check_back_days,
                 t("After a complaint was resolved.")),
        callback_id=ids.ESCALATION_SETTINGS_FORM,
        private_metadata=carried,
        submit=t("Save"),
        close=t("Cancel"),
    )  # fmt: skip


def _bounded(name: str, label: str, now: int, hint: str) -> InputBlock:
    low, high = BOUNDS[name]
    return _number(name, label, now, low, high, hint)
