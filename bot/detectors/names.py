"""The detectors' keys as words: what each is called, what it looks for, and what it found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from cspm_core.metrics import Unit

from ..kpi.figures import DECIMALS
from ..kpi.names import NAMES
from ..words import N_, Words

LABELS: Mapping[str, str] = {
    "urgent_at_risk": N_("Urgent or VIP ticket at risk"),
    "breach_untaken": N_("Past due and taken by nobody"),
    "unanswered_long": N_("Without an answer for long"),
    "owner_away": N_("Owner is away"),
    "burst": N_("Burst in one category"),
    "low_rating": N_("Low rating"),
    "figure_signals": N_("A figure signals"),
}
MEANINGS: Mapping[str, str] = {
    "urgent_at_risk": N_("An urgent or VIP ticket has used most of the time for its first answer or its solution."),
    "breach_untaken": N_("A target was missed, and nobody took the ticket in the time after it."),
    "unanswered_long": N_("Nobody has answered a ticket for so many working hours, whatever its target."),
    "owner_away": N_("A ticket waits for an answer or is at risk, and whoever has it is away."),
    "burst": N_("Many new tickets of one category, more than usual at that hour: one crisis that gathers them."),
    "low_rating": N_("A customer was not satisfied. Only the lead is told, with a date for calling back."),
    "figure_signals": N_(
        "On the last whole day a figure was worse than chance alone explains: outside its limits, or the ninth day in "
        "a row on the bad side of its usual."
    ),
}
USED: Mapping[str, str] = {
    "first_response": N_("{share} of the time for a first answer is used"),
    "resolution": N_("{share} of the time for a solution is used"),
}
MISSED: Mapping[str, str] = {
    "first_response": N_("The first answer is past due"),
    "resolution": N_("The solution is past due"),
}
UNTAKEN: Mapping[str, str] = {
    "first_response": N_("The first answer is past due, and nobody took it within {duration}"),
    "resolution": N_("The solution is past due, and nobody took it within {duration}"),
}


def label(rule: str, t: Words) -> str:
    """What a detector is called; its key where it is none of ours."""
    return t(LABELS[rule]) if rule in LABELS else rule


def sentence(rule: str, facts: Mapping[str, Any], t: Words) -> str:
    """What a detector found, in one plain line without a name; its label where the facts are not known."""
    try:
        match rule:
            case "urgent_at_risk":
                words = MISSED if facts["is_past_due"] else USED
                return t(words[facts["metric"]], share=t.share(facts["share"] / 100))
            case "breach_untaken":
                return t(UNTAKEN[facts["metric"]], duration=t.duration(facts["minutes"] * 60))
            case "unanswered_long":
                return t.n("No answer for {n} working hour", "No answer for {n} working hours", facts["hours"])
            case "owner_away":
                return _away(facts, t)
            case "burst":
                return _burst(facts, t)
            case "low_rating":
                return _rating(facts, t)
            case "figure_signals":
                return _figure(facts, t)
    except (KeyError, TypeError):
        pass
    return label(rule, t)


def _away(facts: Mapping[str, Any], t: Words) -> str:
    if facts["metric"] == "resolution":
        return t("Its owner is away, and the solution is nearly due")
    return t("Its owner is away, and nobody has answered")


def _burst(facts: Mapping[str, Any], t: Words) -> str:
    hours = t.duration(facts["hours"] * 3600)
    usual = t.n("at most {n} is usual", "at most {n} are usual", facts["usual"])
    if not facts["category"]:
        return t(
            "{n} new tickets without a category in {hours}; {usual}", n=t.number(facts["n"]), hours=hours, usual=usual
        )
    return t(
        "{n} new tickets in “{category}” in {hours}; {usual}",
        n=t.number(facts["n"]),
        category=facts["category"],
        hours=hours,
        usual=usual,
    )


def _rating(facts: Mapping[str, Any], t: Words) -> str:
    if facts["scale"] in (None, "", "2"):
        return t("A customer was not satisfied: please call them back")
    told = {"rating": facts["rating"], "scale": facts["scale"]}
    return t("A customer rated {rating} of {scale}: please call them back", **told)


def _figure(facts: Mapping[str, Any], t: Words) -> str:
    """Customer satisfaction was 62% on 20 Nov; usual is 78% to 93%"""
    name, names = facts["metric"], facts.get("names") or {}
    told = {
        "figure": t(NAMES[name]) if name in NAMES else names.get(t.language) or names.get("") or name,
        "value": _amount(facts["value"], facts["unit"], t),
        "day": t.day(date.fromisoformat(facts["day"])),
    }
    if facts["rule"] == 1:
        low, high = (_amount(facts[end], facts["unit"], t) for end in ("low", "high"))
        return t("{figure}: {value} on {day}, usual is {low} to {high}", low=low, high=high, **told)
    usual, since = _amount(facts["centre"], facts["unit"], t), t.day(date.fromisoformat(facts["since"]))
    return t("{figure}: worse than the usual {usual} every day since {since}", **told, usual=usual, since=since)


def _amount(value: float, unit: str, t: Words) -> str:
    match unit:
        case Unit.SECONDS:
            return t.duration(value)
        case Unit.SHARE:
            return t.share(value)
    return t.number(value, DECIMALS.get(Unit(unit), 0))
