"""How a severity climbs, in words: at once whom, how much later whom, and around which clock. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from cspm_core.escalations import Clock, Policy, Step

from ..blocks import escape
from ..words import N_, Words
from .names import who

CLOCKS: Mapping[Clock, str] = {
    Clock.TEAM: N_("in the team’s working hours"),
    Clock.PERSON: N_("in the person’s own working hours"),
    Clock.ALWAYS: N_("around the clock"),
}


def policy_lines(policy: Policy, people: Mapping[int, str], t: Words) -> list[str]:
    """One line a step, then what follows the last. `people`: names of members by id. mrkdwn."""
    lines = [_step(step, n == 0, policy.clock, people, t) for n, step in enumerate(policy.steps)]
    again = t("If nobody has it {duration} after that, it begins again.", duration=t.duration(policy.repeat_s))
    holds = t("“Mine” holds for {duration}, then its owner is asked.", duration=t.duration(policy.holds_s))
    return [*lines, t.sentences(again, holds, t("Counted {clock}.", clock=t(CLOCKS[policy.clock])))]


def _step(step: Step, is_first: bool, usual: Clock, people: Mapping[int, str], t: Words) -> str:
    whom = who(step.who, t, escape(people.get(member_of(step) or 0, "")))
    if step.after_s:
        wait = t.duration(step.after_s)
        said = (
            t("After {duration}: {who}", duration=wait, who=whom)
            if is_first
            else t("{duration} later: {who}", duration=wait, who=whom)
        )
    else:
        said = t("At once: {who}", who=whom) if is_first else t("At the same time: {who}", who=whom)
    return "• " + (said if step.clock is usual else f"{said}, {t(CLOCKS[step.clock])}")


def member_of(step: Step) -> int | None:
    """The member whom a step names; None: it names nobody."""
    return int(step.who.partition(":")[2]) if step.who.startswith("member:") else None
