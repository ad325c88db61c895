"""Why another help desk says something else, in words: who, how they count, and which tickets make the difference."""

from __future__ import annotations

from collections.abc import Mapping

from cspm_core.kpi import Elsewhere
from cspm_core.metrics import Measure, Metric
from cspm_core.metrics.vendors import Counted

from ..words import N_, Words
from . import figures

VENDORS: Mapping[str, str] = {
    "zendesk": "Zendesk",
    "chatwoot": "Chatwoot",
    "libredesk": "Libredesk",
    "zammad": "Zammad",
}
"""Names of products, the same in every language."""

WAYS: Mapping[str, str] = {
    "all_but_deleted": N_("Every ticket that was not deleted counts."),
    "solved_now": N_("Tickets that are solved now, by their latest solve."),
    "each_resolution": N_("Every resolution counts, also the second one of the same conversation."),
    "unsolved": N_("Every unsolved ticket counts, also those of agents."),
    "created_less_closed": N_("Created less closed in the period: what was open before is not in it."),
    "median_of_replied": N_("The median of tickets that have a reply. Those without one have no value and vanish."),
    "average_of_replies": N_("The average of first replies sent in the period, whenever the conversation began."),
    "average_in_time": N_("The average of replies that met their target. Late ones have no value."),
    "average_of_working_replies": N_(
        "The average in business hours. What came and was answered outside them counts as 0, which drags it down."
    ),
    "median_of_solved": N_("The median of what is solved now. What is open again is left out."),
    "average_of_resolutions": N_("The average of resolutions in the period. Resolved twice counts twice."),
    "median_of_first_solves": N_("The median to the first solve."),
    "fewer_than_two": N_("Fewer than two replies: a solve without any reply counts as one touch too."),
    "ever_reopened": N_("Reopened at any time after the solve, however late."),
    "not_missed": N_("What was not missed counts as reached, also what is not due yet; 100% where nothing applied."),
    "met_of_judged": N_("Met over met and missed; 0% where nothing applied."),
    "good_of_rated": N_("Good over good and bad ratings, as here."),
    "four_and_five": N_("Ratings of 4 and 5 over all ratings, as here; 0% where there are none."),
}
"""How they count, a sentence each."""

REASONS: Mapping[str, str] = {
    "unanswered": N_("{n} unanswered"),
    "solved_unanswered": N_("{n} solved without a reply"),
    "agent_opened": N_("{n} opened by agents"),
    "merged": N_("{n} merged"),
    "open_again": N_("{n} open again"),
    "created_before": N_("{n} created before the period"),
    "replied_after": N_("{n} answered after the period"),
    "late": N_("{n} answered late"),
    "no_target": N_("{n} without a target"),
    "zero_seconds": N_("{n} at 0 seconds"),
    "resolved_twice": N_("{n} resolved twice"),
    "resolved_before": N_("{n} solved again after the period"),
    "zero_reply": N_("{n} solved without any reply"),
    "reopened_late": N_("{n} reopened after more than 7 days"),
    "not_due_yet": N_("{n} not due yet"),
    "solved_later": N_("{n} created before and solved in the period"),
    "open_before": N_("{n} open before the period"),
}
"""Which tickets are counted otherwise."""


def counted(one: Counted, metric: Metric, t: Words) -> str:
    """One vendor's figure, as plain text: As Zendesk counts it: 2 hr."""
    return t("As {vendor} counts it: {value}", vendor=VENDORS[one.reading.vendor], value=_value(metric, one, t))


def how(one: Counted, t: Words) -> str:
    """How they count, and which tickets make the difference."""
    return t.sentences(t(WAYS[one.reading.way]), difference(one, t))


def difference(one: Counted, t: Words) -> str:
    """The tickets that are counted otherwise, by reason; that there are none where none are."""
    apart = [t(REASONS[reason], n=t.number(len(found))) for reason, found in one.figure.apart.items()]
    if not apart:
        return t("No ticket is counted differently here.")
    return t("The difference: {reasons}.", reasons=t.join(apart))


def ours(found: Elsewhere, t: Words) -> str:
    """Our figure with n and interval, as plain text."""
    value = figures.value(found.metric, found.ours, t)
    if found.ours.value is None:
        return t("Here: {value}", value=value)
    n = t.number(found.ours.n)
    if found.ours.interval is None:
        return t("Here: {value} (n = {n})", value=value, n=n)
    interval = figures.interval(found.metric, found.ours, t)
    return t("Here: {value} (n = {n}, 95% interval {interval})", value=value, n=n, interval=interval)


def _value(metric: Metric, one: Counted, t: Words) -> str:
    measure: Measure = one.figure.measure
    if measure.value is None:
        return t(figures.NOTES["no_cohort"])
    return figures.amount(metric, measure.value, t)
