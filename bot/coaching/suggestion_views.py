"""What the data suggests to a lead, each with its reason and what can be done. Pure drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, SectionBlock

from cspm_core.coaching.suggesting import Seen
from cspm_core.metrics import CATALOGUE, Metric
from cspm_core.stats import Interval

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, note, short, value
from ..kpi import figures as kpi_figures
from ..kpi.names import name_of
from ..signals import figures
from ..words import Words

MOST = 12
COMMENT = 300


def suggestions(found: Sequence[Seen], t: Words) -> Drawing:
    """Those that nobody has decided, the newest first."""
    if not found:
        return message(t("No suggestions"), SectionBlock(t("The data suggests nothing at present.")))
    said = t.n("{n} suggestion", "{n} suggestions", len(found))
    blocks: list[Block] = [HeaderBlock(said)]
    for one in found[:MOST]:
        blocks += [SectionBlock(short(reason(one, t), 3000)), ActionsBlock(_buttons(one, t))]
    if len(found) > MOST:
        blocks.append(note(t.n("and {n} more", "and {n} more", len(found) - MOST)))
    blocks.append(note(t("You decide: nothing happens by itself, and after two weeks a suggestion is over.")))
    return message(short(said, HEADLINE), *blocks)


def _buttons(one: Seen, t: Words) -> list[Any]:
    do = t("Say thanks") if one.is_good else t("Talk about it")
    carried = value(suggestion=one.id)
    take = ids.COACH_SUGGESTION_THANK if one.is_good else ids.COACH_SUGGESTION_TAKE
    found = [Button(do, action_id=take, value=carried, style="primary")]
    if one.is_good:
        found.append(Button(t("Talk about it"), action_id=ids.COACH_SUGGESTION_TAKE, value=carried))
    found.append(Button(t("Not now"), action_id=ids.COACH_SUGGESTION_DISMISS, value=carried))
    return found


def reason(one: Seen, t: Words) -> str:
    """Who, and what it rests on. As Slack's markup."""
    return f"*{escape(one.member)}* · {escape(one.team)}\n{why(one.kind, one.facts, t)}" + _comment(one)


def _comment(one: Seen) -> str:
    return f"\n>{escape(' '.join(short(one.comment, COMMENT).split()))}" if one.comment else ""


def why(kind: str, facts: Mapping[str, Any], t: Words) -> str:
    """The reason in a sentence, from a suggestion’s facts."""
    return WHY[kind](facts, t)


def _changed(facts: Mapping[str, Any], t: Words, *, is_better: bool) -> str:
    metric = CATALOGUE[str(facts["metric"])]
    told = {
        "figure": escape(name_of(metric, t)),
        "before": kpi_figures.amount(metric, facts["before"], t),
        "after": kpi_figures.amount(metric, facts["after"], t),
        "weeks": t.number(facts["weeks"]),
    }
    if is_better:
        said = t("{figure} got better over {weeks} weeks: {before} → {after}.", **told)
    else:
        said = t("{figure} got worse over {weeks} weeks: {before} → {after}.", **told)
    days = {"first": t.day(date.fromisoformat(facts["first"])), "last": t.day(date.fromisoformat(facts["last"]))}
    return t.sentences(
        said, _beyond(metric, facts, t), t("({first} – {last}, n = {n})", n=t.number(facts["n_after"]), **days)
    )


def _beyond(metric: Metric, facts: Mapping[str, Any], t: Words) -> str:
    span = figures.signed_span(metric, Interval(facts["low"], facts["high"]), t)
    apart = figures.signed(metric, facts["difference"], t)
    return t(
        "Beside the team’s own change that is {difference} ({span}): more than chance.", difference=apart, span=span
    )


def _worse(facts: Mapping[str, Any], t: Words) -> str:
    return _changed(facts, t, is_better=False)


def _better(facts: Mapping[str, Any], t: Words) -> str:
    return _changed(facts, t, is_better=True)


def _low_criterion(facts: Mapping[str, Any], t: Words) -> str:
    return t.n(
        "{n} review within 30 days was low on “{criterion}”.",
        "{n} reviews within 30 days were low on “{criterion}”.",
        int(facts["times"]),
        criterion=escape(str(facts["criterion"])),
    )


def _low_ratings(facts: Mapping[str, Any], t: Words) -> str:
    return t(
        "{low} of the last {all} ratings were bad. By chance that happens here once in a hundred times at most.",
        low=t.number(int(facts["low"])),
        all=t.number(int(facts["of"])),
    )


def _praise(facts: Mapping[str, Any], t: Words) -> str:
    return t("A customer gave the best rating for ticket {key}, and wrote:", key=escape(str(facts["key"])))


WHY: Mapping[str, Callable[[Mapping[str, Any], Words], str]] = {
    "signal_worse": _worse,
    "signal_better": _better,
    "rose": _better,
    "low_criterion": _low_criterion,
    "low_ratings": _low_ratings,
    "praise": _praise,
}
"""By a suggestion’s kind."""
