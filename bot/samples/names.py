"""What plans, picks and reasons are called. Words only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from cspm_core.samples import QaPlan, Unit

from ..words import N_, Words

STRATA: Mapping[str, str] = {
    "random": N_("drawn at random"),
    "low_rating": N_("rated low"),
    "escalation": N_("was escalated"),
    "breach": N_("missed a target"),
}
"""Why a ticket is to be reviewed."""
PROMPTED: Mapping[str, str] = {
    "low_rating": N_("Low ratings"),
    "escalation": N_("Escalations"),
    "breach": N_("Missed targets"),
}
BY: Mapping[str, str] = {"agent": N_("Agent"), "channel": N_("Contact channel"), "category": N_("Category")}
UNITS: Mapping[str, str] = {
    "each": N_("of each agent"),
    "percent": N_("percent of what was solved"),
    "error": N_("points, the margin of error"),
}
REASONS: Mapping[str, str] = {
    "nothing_to_review": N_("There is nothing to review: spam, a test, an empty conversation"),
    "not_their_work": N_("It is not this agent’s work"),
    "unreadable": N_("I cannot read or open it"),
    "too_close": N_("I took part in it, or know the customer"),
    "other": N_("Something else"),
}
"""Why a pick is replaced, as its reviewer says it."""
TOLD: Mapping[str, str] = {
    "nothing_to_review": N_("nothing to review"),
    "not_their_work": N_("not this agent’s work"),
    "unreadable": N_("could not be read or opened"),
    "too_close": N_("the reviewer was too close to it"),
    "other": N_("another reason"),
}
"""The same as the lead reads it."""
MONDAY = date(2026, 11, 23)


def weekday(n: int, t: Words) -> str:
    """Monday for 0."""
    return t.weekday(MONDAY + timedelta(days=n))


def amount(unit: str, number: float, t: Words) -> str:
    """How much is drawn: 2 of each agent."""
    match unit:
        case Unit.PERCENT:
            return t("{share} of what was solved", share=t.share(number / 100))
        case Unit.ERROR:
            return t("as many as a margin of ±{points} points takes", points=t.number(number, 1))
    return t.n("{n} conversation of each agent", "{n} conversations of each agent", int(number))


def by(strata: Sequence[str], t: Words) -> str:
    """by agent, channel and category; empty for none."""
    return t.join([t(BY[one]) for one in strata])


def listed(text: str, names: Mapping[str, str], t: Words) -> str:
    """A comma separated setting in words."""
    return t.join([t(names[one]) for one in text.split(",") if one in names])


def strata_of(plan: QaPlan) -> list[str]:
    """What a plan stratifies by; so many of each agent goes by agent anyway."""
    told = [one for one in BY if one in plan.strata.split(",")]
    return ["agent", *told] if plan.unit == Unit.EACH and "agent" not in told else told
