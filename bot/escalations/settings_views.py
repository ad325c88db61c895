"""How a team's escalations climb and what it has agreed about them, in words. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from slackblocks import ActionsBlock, Block, Button, Element, HeaderBlock, SectionBlock

from cspm_core.escalations import EscalationSettings, Policy

from .. import ids
from ..blocks import HEADLINE, Drawing, choice, escape, message, note, option, short, value
from ..words import Words
from .names import MARKS, SEVERITIES
from .policy_words import policy_lines


@dataclass(frozen=True, slots=True)
class Shown:
    """A team's agreements as its lead sees them. `people`: names of the members whom steps name; `said`: what they have
    just changed."""

    team_id: int
    team: str
    channel: str
    policies: Mapping[int, Policy]
    agreed: EscalationSettings
    people: Mapping[int, str]
    said: str = ""


def settings(shown: Shown, t: Words) -> Drawing:
    """One block a severity, the team's agreements, and what a lead can do about them."""
    said = t("How escalations of {team} climb", team=shown.team)
    blocks: list[Block] = [HeaderBlock(short(said, 150))]
    if shown.said:
        blocks.append(SectionBlock(escape(shown.said)))
    if not shown.channel:
        blocks.append(SectionBlock(t("The team has no channel yet, so whoever a step names is told in direct messages "
                                     "alone. The morning digest’s settings set one.")))  # fmt: skip
    blocks += [SectionBlock(short(text, 3000)) for text in policies(shown, t)]
    blocks += [SectionBlock("\n".join(agreements(shown, t))), ActionsBlock(_buttons(shown, t))]
    blocks.append(note(t("A change bends nothing that runs: what is open climbs as it began.")))
    return message(short(said, HEADLINE), *blocks)


def policies(shown: Shown, t: Words) -> list[str]:
    """The steps of each severity, as mrkdwn."""
    return [
        "\n".join([f"{MARKS[severity]} *{t(SEVERITIES[severity])}*", *policy_lines(policy, shown.people, t)])
        for severity, policy in shown.policies.items()
    ]


def agreements(shown: Shown, t: Words) -> list[str]:
    """What the team has agreed beside the steps, one line each."""
    agreed = shown.agreed
    return [
        f"*{t('Agreed')}*",
        "• " + (t("Resolving asks for cause and solution.") if agreed.needs_reason
                else t("Cause and solution may be left empty.")),
        "• " + t.n("At most {n} card an hour comes into the channel alone; more are bundled.",
                   "At most {n} cards an hour come into the channel alone; more are bundled.", agreed.cap_per_hour),
        "• " + t.n("The same cause within {n} hour of its end reopens it.",
                   "The same cause within {n} hours of its end reopens it.", agreed.reopen_within_h),
        "• " + t.n("After a complaint the customer is asked {n} working day later.",
                   "After a complaint the customer is asked {n} working days later.", agreed.check_back_days),
    ]  # fmt: skip


def _buttons(shown: Shown, t: Words) -> list[Element]:
    team = shown.team_id
    options = [option(t(label), value(team=team, severity=number)) for number, label in SEVERITIES.items()]
    return [
        choice(t("Change the steps of …"), ids.ESCALATION_POLICY, options),
        Button(t("Change what is agreed"), action_id=ids.ESCALATION_SETTINGS, value=value(team=team)),
        Button(t("Self-test"), action_id=ids.WATCH_SELFTEST, value=value(team=team)),
    ]
