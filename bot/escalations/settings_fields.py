"""What was filled into the settings of escalations, as the core takes it, and what is wrong with it, by field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cspm_core.escalations import Clock, Policy, Step
from cspm_core.escalations.policies import BOUNDS

from ..asking import Ask
from ..words import Words
from . import fields
from .settings_forms import (
    A_GROUP,
    A_PERSON,
    AFTER,
    CLOCK,
    GROUP,
    HOLDS,
    HOLDS_UNIT,
    NOBODY,
    PERSON,
    REPEAT,
    REPEAT_UNIT,
    UNIT,
    UNITS,
    USUAL,
    WHOM,
)

MOST_STEPS = 6
WEEK_S = 7 * 86_400
SHORTEST_S = 300


@dataclass
class Filled:
    """A policy as it was filled in, and what to mend, by block id."""

    steps: list[Step] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)
    repeat_s: int = 0
    holds_s: int = 0
    clock: Clock = Clock.TEAM

    def policy(self) -> Policy:
        """To be used where nothing is wrong."""
        return Policy(tuple(self.steps), self.repeat_s, self.holds_s, self.clock)


def steps(ask: Ask, member: Callable[[str], int | None]) -> Filled:
    """`member`: the id of the person behind a Slack user, None where they cannot be met."""
    found = Filled(clock=Clock(fields.chosen(ask, USUAL) or Clock.TEAM))
    for n in range(1, MOST_STEPS + 1):
        kind = fields.chosen(ask, f"{WHOM}{n}")
        if kind and kind != NOBODY:
            _step(ask, n, kind, member, found)
    if not found.steps and not found.wrong:
        found.wrong[f"{WHOM}1"] = ask.t("Choose at least one who is told.")
    found.repeat_s = _length(ask, REPEAT, REPEAT_UNIT, SHORTEST_S, found)
    found.holds_s = _length(ask, HOLDS, HOLDS_UNIT, SHORTEST_S, found)
    return found


def _step(ask: Ask, n: int, kind: str, member: Callable[[str], int | None], found: Filled) -> None:
    who = kind
    if kind == A_PERSON:
        one = member(fields.user(ask, f"{PERSON}{n}")) if fields.user(ask, f"{PERSON}{n}") else None
        if one is None:
            found.wrong[f"{PERSON}{n}"] = ask.t("Choose a person whom I can meet in Slack; apps cannot be told.")
        who = f"member:{one}"
    elif kind == A_GROUP:
        group = fields.chosen(ask, f"{GROUP}{n}")
        if not group:
            found.wrong[f"{GROUP}{n}"] = ask.t("Choose a user group.")
        who = f"group:{group}"
    wait_s = _length(ask, f"{AFTER}{n}", f"{UNIT}{n}", 0, found)
    found.steps.append(Step(who, wait_s, Clock(fields.chosen(ask, f"{CLOCK}{n}") or Clock.TEAM)))


def _length(ask: Ask, number: str, unit: str, low: int, found: Filled) -> int:
    """Seconds; what cannot be is noted beside the number."""
    seconds = (_whole(fields.text(ask, number)) or 0) * UNITS.get(fields.chosen(ask, unit), 60)
    if _whole(fields.text(ask, number)) is None or not low <= seconds <= WEEK_S:
        said = ask.t("At most a week.") if not low else ask.t("From five minutes to a week.")
        found.wrong[number] = said
    return seconds


def agreed(ask: Ask) -> tuple[dict[str, Any], dict[str, str]]:
    """The columns of `EscalationSettings`, and what to mend."""
    wanted: dict[str, Any] = {"needs_reason": fields.ticked(ask, "needs_reason")}
    wrong: dict[str, str] = {}
    for name, (low, high) in BOUNDS.items():
        number = _whole(fields.text(ask, name))
        if number is None or not low <= number <= high:
            wrong[name] = out_of_bounds(low, high, ask.t)
        else:
            wanted[name] = number
    return wanted, wrong


def out_of_bounds(low: int, high: int, t: Words) -> str:
    """What a number must be."""
    return t("Write a number from {low} to {high}.", low=t.number(low), high=t.number(high))


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
