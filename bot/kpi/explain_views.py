"""What a figure means, and what can be typed after `/kpi`. Pure drawing."""

from __future__ import annotations

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, SectionBlock

from cspm_core.metrics import Clock, Metric, Subject

from .. import ids
from ..blocks import HEADLINE, Drawing, message, note, short
from ..words import N_, Words
from .names import MEANINGS, NAMES
from .scope import Scope

COHORTS = {
    "created": N_("A ticket belongs to the day it was created."),
    "solved": N_("A ticket belongs to the day of its last solve."),
    "rated": N_("A rating belongs to the day the customer gave it."),
    "sent": N_("A survey belongs to the day it was sent."),
    "opened": N_("An escalation belongs to the day it was opened."),
    "resolved": N_("An escalation belongs to the day it was resolved."),
    "checked": N_("An answer belongs to the day the customer gave it."),
    "instant": N_("Counted at one instant: the end of the period, or now."),
}
CLOCKS = {
    "calendar": N_("Time runs around the clock."),
    "business": N_("Only the team’s working hours count ({timezone})."),
    "none": N_("No clock: tickets are counted."),
}
COUNTED = {
    Subject.ESCALATIONS: N_("No clock: escalations are counted."),
    Subject.CHECK_BACKS: N_("No clock: answers are counted."),
}
GOODS = {
    "lower": N_("Lower is better."),
    "higher": N_("Higher is better."),
    "neither": N_("Neither more nor less is better."),
}


def explanation(metric: Metric, timezone: str, scope: Scope | None, t: Words) -> Drawing:
    """Definition, cohort, clock, direction of good and whose definition it is."""
    name = t(NAMES[metric.key])
    blocks: list[Block] = [
        HeaderBlock(name),
        SectionBlock(t(MEANINGS[metric.key])),
        SectionBlock("\n".join(f"• {rule}" for rule in rules(metric, timezone, t))),
        note(t("After: {source}. Type `/kpi {key}` for its trend.", source=metric.source, key=metric.key)),
    ]
    if scope:
        of_metric = str(scope.of(metric.key))
        blocks.append(ActionsBlock([Button(which(metric, t), action_id=ids.KPI_TICKETS_METRIC, value=of_metric)]))
    return message(short(t("{title}: {value}", title=name, value=t(MEANINGS[metric.key])), HEADLINE), *blocks)


def rules(metric: Metric, timezone: str, t: Words) -> list[str]:
    """How a figure is counted: its cohort, its clock, its direction of good."""
    clock = t(CLOCKS[metric.clock], timezone=timezone)
    if metric.clock is Clock.NONE and metric.of in COUNTED:
        clock = t(COUNTED[metric.of])
    return [t(COHORTS[metric.cohort]), clock, t(GOODS[metric.better])]


def which(metric: Metric, t: Words) -> str:
    """What the button to the list behind a figure says."""
    return t("Which tickets?") if metric.lists_tickets else t("Which escalations?")


def help_text(metrics: list[Metric], t: Words) -> Drawing:
    """Everything that can be typed, with an example each."""
    lines = [
        ("/kpi", t("my team, this week so far")),
        ("/kpi team Returns last week", t("a team, over a period")),
        ("/kpi me 28d", t("my own figures, for me alone")),
        ("/kpi agent @name last month", t("somebody’s figures, where the team has agreed to it")),
        ("/kpi csat 2026-10", t("one figure over time")),
        ("/kpi explain first_response", t("what a figure means")),
    ]
    known = ", ".join(f"`{metric.key}`" for metric in metrics)
    return message(
        t("What /kpi can show you"),
        HeaderBlock(t("What /kpi can show you")),
        SectionBlock("\n".join(f"`{typed}` – {said}" for typed, said in lines)),
        SectionBlock(
            t(
                "*Periods:* today, yesterday, this or last week, month or quarter, `7d`, `2026-10`, "
                "`2026-10-01..2026-10-15`; also in your own language."
            )
        ),
        SectionBlock(t("*Figures:* {figures}", figures=known)),
        note(t("Answers come to you alone. Share or keep them with the buttons below each.")),
    )
