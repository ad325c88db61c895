"""What a figure means, and what can be typed after `/kpi`. Pure drawing."""

from __future__ import annotations

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, SectionBlock

from cspm_core.kpi import Elsewhere
from cspm_core.metrics import Clock, Metric, Subject

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, note, short
from ..words import N_, Words
from . import vendor_words
from .figures import period_name
from .names import MEANINGS, name_of
from .scope import Scope

COHORTS = {
    "created": N_("A ticket belongs to the day it was created."),
    "solved": N_("A ticket belongs to the day of its last solve."),
    "rated": N_("A rating belongs to the day the customer gave it."),
    "sent": N_("A survey belongs to the day it was sent."),
    "opened": N_("An escalation belongs to the day it was opened."),
    "resolved": N_("An escalation belongs to the day it was resolved."),
    "checked": N_("An answer belongs to the day the customer gave it."),
    "written": N_("A wait belongs to the day the customer wrote."),
    "queued": N_("A call belongs to the day it entered the queue."),
    "first_solved": N_("A ticket belongs to the day of its first solve."),
    "begun": N_("A ticket belongs to the day it was created, a call to the day it entered the queue."),
    "answered": N_("A call belongs to the day it was answered."),
    "handled": N_("A ticket belongs to the day of its last solve, a call to the day it was answered."),
    "reviewed": N_("A review belongs to the day it was sent."),
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
    Subject.CALLS: N_("No clock: calls are counted."),
    Subject.CONTACTS: N_("No clock: tickets and calls are counted."),
    Subject.REVIEWS: N_("No clock: reviews are counted."),
}
GOODS = {
    "lower": N_("Lower is better."),
    "higher": N_("Higher is better."),
    "neither": N_("Neither more nor less is better."),
}


def explanation(
    metric: Metric, timezone: str, scope: Scope | None, t: Words, found: Elsewhere | None = None
) -> Drawing:
    """Definition, cohort, clock, direction of good, whose definition it is, and why other help desks say otherwise.

    `found`: the figure of a team that the asker may see, and what others would show.
    """
    name, said = name_of(metric, t), meaning(metric, t)
    blocks: list[Block] = [
        HeaderBlock(short(name, 150)),
        SectionBlock(escape(said)),
        SectionBlock("\n".join(f"• {escape(rule)}" for rule in rules(metric, timezone, t))),
        note(escape(t.sentences(after(metric, t), t("Type `/kpi {key}` for its trend.", key=metric.key)))),
    ]
    if found:
        blocks += elsewhere(found, t)
    if scope:
        of_metric = str(scope.of(metric.key))
        blocks.append(ActionsBlock([Button(which(metric, t), action_id=ids.KPI_TICKETS_METRIC, value=of_metric)]))
    headline = t("{title}: {value}", title=name, value=said)
    room = HEADLINE - (len(escape(headline)) - len(headline))  # characters that Slack reads as its own grow
    return message(short(headline, room), *blocks)


def elsewhere(found: Elsewhere, t: Words) -> list[Block]:
    """Our figure, and beside it what other help desks show for the same tickets."""
    shown = t("{figure}, {period}", figure=vendor_words.ours(found, t), period=period_name(found.period, t))
    if not found.found:
        return [SectionBlock(escape(shown))]
    lines = [
        f"*{escape(vendor_words.counted(one, found.metric, t))}*\n{escape(vendor_words.how(one, t))}"
        for one in found.found
    ]
    heading = t("Why your help desk may say something else")
    return [SectionBlock(f"*{heading}*\n{escape(shown)}"), *(SectionBlock(line) for line in lines)]


def meaning(metric: Metric, t: Words) -> str:
    """What a figure says, in a sentence or two; of a team's own, what it is made of."""
    made = metric.own
    if made is None:
        return t(MEANINGS[metric.key])
    over = ", ".join(made.lines("over"))
    if made.starts and made.ends:
        span = {"starts": made.starts.name, "ends": made.ends.name}
        said = t("A figure of this team: the median time from {starts} to {ends}.", **span)
    else:
        said = t("A figure of this team: the share that meets {count}.", count=", ".join(made.lines("count")))
    return t.sentences(said, t("Only what meets {over} counts.", over=over)) if over else said


def after(metric: Metric, t: Words) -> str:
    """Whose definition it is."""
    return t("Defined by the team itself.") if metric.own else t("After: {source}.", source=metric.source)


def rules(metric: Metric, timezone: str, t: Words) -> list[str]:
    """How a figure is counted: its cohort, its clock, its direction of good."""
    clock = t(CLOCKS[metric.clock], timezone=timezone)
    if metric.clock is Clock.NONE and metric.of in COUNTED:
        clock = t(COUNTED[metric.of])
    return [t(COHORTS[metric.cohort]), clock, t(GOODS[metric.better])]


def which(metric: Metric, t: Words) -> str:
    """What the button to the list behind a figure says."""
    if metric.lists_reviews:
        return t("Which reviews?")
    return t("Which tickets?") if metric.lists_tickets else t("Which escalations?")


def help_text(metrics: list[Metric], t: Words) -> Drawing:
    """Everything that can be typed, with an example each."""
    lines = [
        ("/kpi", t("my team, this week so far")),
        ("/kpi team Returns last week", t("a team, over a period")),
        ("/kpi me 28d", t("my own figures, for me alone")),
        ("/kpi agent @name last month", t("somebody’s figures, where the team has agreed to it")),
        ("/kpi csat 2026-10", t("one figure over time, and whether it signals")),
        ("/kpi compare Returns Billing last month", t("two teams side by side")),
        ("/kpi agents csat 28d", t("a team’s people, for its lead, where the team has agreed to it")),
        ("/kpi explain first_response", t("what a figure means, and why another help desk says something else")),
    ]
    known = ", ".join(f"`{metric.key}`" for metric in metrics)
    return message(
        t("What /kpi can show you"),
        HeaderBlock(t("What /kpi can show you")),
        SectionBlock("\n".join(f"`{t.command(typed)}` – {said}" for typed, said in lines)),
        SectionBlock(
            t(
                "*Periods:* today, yesterday, this or last week, month or quarter, `7d`, `2026-10`, "
                "`2026-10-01..2026-10-15`; also in your own language."
            )
        ),
        SectionBlock(t("*Figures:* {figures}", figures=known)),
        note(t("Answers come to you alone. Share or keep them with the buttons below each.")),
    )
