"""What a detector is set to, in words, and what a rehearsal found. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cspm_core.detectors import Alternative, Kind, Rehearsal

from ..kpi.names import NAMES
from ..words import N_, Words

LABELS: Mapping[str, str] = {
    "share": N_("Per cent of the time used"),
    "priorities": N_("Priorities"),
    "tiers": N_("Tiers or tags"),
    "minutes": N_("Working minutes after the breach"),
    "hours": N_("Working hours without an answer"),
    "count": N_("At least so many new tickets"),
    "call_back_days": N_("Working days until calling back"),
    "figures": N_("Figures"),
}
OF_BURST = N_("Within so many hours")
HINTS: Mapping[str, str] = {
    "priorities": N_("As your help desk writes them, with commas between."),
    "tiers": N_("A customer’s tier, or a tag of the ticket, with commas between."),
    "count": N_("And more than in the same hours of the last eight weeks."),
    "figures": N_("Their names as /kpi knows them, with commas between: csat, reopen rate."),
}


def label(kind: Kind, name: str, t: Words) -> str:
    """What a setting is called."""
    return t(OF_BURST) if kind is Kind.BURST and name == "hours" else t(LABELS[name])


def told(kind: Kind, settings: Mapping[str, Any], t: Words) -> str:
    """The settings in one line."""
    match kind:
        case Kind.URGENT:
            words = t.join([*settings["priorities"], *settings["tiers"]]) if _words(settings) else t("none")
            return t("from {share} on: {words}", share=t.share(settings["share"] / 100), words=words)
        case Kind.AWAY:
            return t("without an answer, or from {share} on", share=t.share(settings["share"] / 100))
        case Kind.BREACH:
            return t("after {duration} of working time", duration=t.duration(settings["minutes"] * 60))
        case Kind.UNANSWERED:
            return t.n("after {n} working hour", "after {n} working hours", settings["hours"])
        case Kind.BURST:
            hours = t.duration(settings["hours"] * 3600)
            return t("from {count} in {duration} on", count=t.number(settings["count"]), duration=hours)
        case Kind.FIGURE:
            return t.join([t(NAMES[key]) if key in NAMES else key for key in settings["figures"]])
    days = settings["call_back_days"]
    return t.n("call back within {n} working day", "call back within {n} working days", days)


def _words(settings: Mapping[str, Any]) -> bool:
    return bool(settings["priorities"] or settings["tiers"])


def rehearsed(kind: Kind, found: Rehearsal, t: Words) -> Sequence[str]:
    """What the detector would have done, and what other settings would."""
    span = t.n("In the last day", "In the last {n} days", found.days)
    if not found.days:
        return (t("There is no data to rehearse with yet."),)
    if found.per_shift is None:
        first = t("{span}: {alarms}", span=span, alarms=_alarms(found.alarms, t))
    else:
        each = t.number(found.per_shift, 1)
        first = t("{span}: {alarms}, {each} a shift", span=span, alarms=_alarms(found.alarms, t), each=each)
    lines = [f"*{first}*"]
    if kind in (Kind.URGENT, Kind.AWAY, Kind.UNANSWERED):
        early = t.n("{n} came before a real breach", "{n} came before a real breach", found.before_breach)
        breaches = t.n("there was {n} breach", "there were {n} breaches", found.breaches)
        lines.append(f"{early}; {breaches}")
    lines += [_alternative(one, t) for one in found.alternatives]
    if kind not in (Kind.RATING, Kind.FIGURE):
        lines.append(t("Counted as if nobody had taken any ticket."))
    return tuple(lines)


def _alarms(n: int, t: Words) -> str:
    return t.n("{n} alarm", "{n} alarms", n)


def _alternative(one: Alternative, t: Words) -> str:
    match one.name:
        case "share":
            told = {"share": t.share(one.value / 100), "early": t.number(one.before_breach)}
            return t("At {share}: {alarms}, {early} before a real breach", alarms=_alarms(one.alarms, t), **told)
        case "minutes":
            duration = t.duration(one.value * 60)
            return t("After {duration}: {alarms}", duration=duration, alarms=_alarms(one.alarms, t))
        case "hours":
            duration = t.duration(one.value * 3600)
            return t("After {duration}: {alarms}", duration=duration, alarms=_alarms(one.alarms, t))
    return t("From {count} on: {alarms}", count=t.number(one.value), alarms=_alarms(one.alarms, t))
