"""Whether a promise helped, in words that claim no more than is known. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slackblocks import (
    AxisConfig,
    BarChart,
    Block,
    Button,
    DataPoint,
    DataSeries,
    DataVisualizationBlock,
    HeaderBlock,
    SectionBlock,
)

from cspm_core.effects import Change, Effect, Missing, Verdict
from cspm_core.metrics import Metric

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, note, short, table, value
from ..kpi import figures as kpi_figures
from ..kpi.names import name_of
from ..kpi.trend_views import scale
from ..signals import figures
from ..words import Words
from .effect_names import PROMISE_STATES

WORDS = 200
MOST_PROMISES = 12


def line(effect: Effect | None, t: Words) -> str:
    """One line under a promise: the figure before and after, and the verdict in a sentence. Empty where there is no
    figure. Not escaped: no word of it comes from people."""
    if effect is None:
        return ""
    before, after = effect.agent.before, effect.agent.after
    moved = ""
    if before.value is not None and after.value is not None:
        told = (kpi_figures.amount(effect.metric, one, t) for one in (before.value, after.value))
        moved = " → ".join(told)
    figure = " ".join(filter(None, (name_of(effect.metric, t), moved)))
    return t("{figure}: {verdict}", figure=figure, verdict=verdict(effect, t))


def verdict(effect: Effect, t: Words) -> str:
    """What can be said, or what is missing and when it can be told."""
    told = _apart(effect, t)
    match effect.verdict:
        case Verdict.HELPED:
            return t("better than the rest of the team by {difference} ({span}), which is more than chance.", **told)
        case Verdict.WORSE:
            return t("worse than the rest of the team by {difference} ({span}), which is more than chance.", **told)
        case Verdict.NO_CHANGE:
            return t("no change seen beside the rest of the team ({span}).", **told)
        case Verdict.TOO_EARLY:
            return _too_early(effect, t)
    return _cannot(effect, t)


def _apart(effect: Effect, t: Words) -> dict[str, str]:
    """The difference without its sign, and from where to where it may lie."""
    return {"difference": figures.size(effect.metric, effect.difference or 0.0, t), "span": _span(effect, t)}


def _span(effect: Effect, t: Words) -> str:
    return figures.signed_span(effect.metric, effect.interval, t) if effect.interval else ""


def _too_early(effect: Effect, t: Words) -> str:
    on = t.day(effect.tellable_on) if effect.tellable_on else ""
    if effect.missing is Missing.AFTER:
        return t.n(
            "too early: {n} more case is needed, perhaps by {day}.",
            "too early: {n} more cases are needed, perhaps by {day}.",
            effect.needed,
            day=on,
        )
    if effect.missing is Missing.WIDTH and _span(effect, t):
        return t(
            "too early to tell: beside the team it may be {span}. Look again from {day}.", span=_span(effect, t), day=on
        )
    return t("too early to tell. Look again from {day}.", day=on)


def _cannot(effect: Effect, t: Words) -> str:
    match effect.missing:
        case Missing.DATA:
            return t("it cannot be told: the team has no data.")
        case Missing.BEFORE:
            return t("it cannot be told: there was too little before the promise.")
        case Missing.AFTER:
            return t("it cannot be told: there were too few cases after it.")
        case Missing.TEAM:
            return t("it cannot be told: the team is too small to know what changed for everybody.")
    if _span(effect, t):
        return t("it cannot be told: beside the team it may be {span}.", span=_span(effect, t))
    return t("it cannot be told: there are too few cases.")


@dataclass(frozen=True, slots=True)
class Told:
    """A promise with a figure, and what became of it."""

    promise_id: int
    words: str
    state: str
    effect: Effect


def promises(found: Sequence[Told], person: str, t: Words) -> Drawing:
    """Somebody's promises that named a figure, the newest first, each with a line about its effect."""
    said = t("Did it help? The promises of {person}", person=person)
    blocks: list[Block] = [HeaderBlock(short(said, 150))]
    if not found:
        blocks.append(SectionBlock(t("None of them names a figure, so nothing can be measured.")))
    for one in found[:MOST_PROMISES]:
        state = t(PROMISE_STATES[one.state])
        text = f"“{escape(short(one.words, WORDS))}” · {state}\n{escape(line(one.effect, t))}"
        button = Button(t("Did it help?"), action_id=ids.COACH_EFFECT, value=value(promise=one.promise_id))
        blocks.append(SectionBlock(short(text, 3000), accessory=button))
    if len(found) > MOST_PROMISES:
        blocks.append(note(t.n("and {n} more", "and {n} more", len(found) - MOST_PROMISES)))
    return message(short(said, HEADLINE), *blocks)


def card(effect: Effect, promised: str, person: str, t: Words) -> Drawing:
    """A promise’s effect with everything it rests on. `promised`: its words."""
    said = t("Did it help? {figure} of {person}", figure=name_of(effect.metric, t), person=person)
    blocks: list[Block] = [
        HeaderBlock(short(said, 150)),
        SectionBlock(short(f"“{escape(short(promised, WORDS))}”\n*{escape(line(effect, t))}*", 3000)),
        _table(effect, person, t),
    ]
    chart = _chart(effect, person, t)
    if chart:
        blocks.append(chart)
    blocks.append(note(escape(_days(effect, t))))
    blocks.append(note(escape(_how(effect, t))))
    return message(short(said, HEADLINE), *blocks)


def _table(effect: Effect, person: str, t: Words) -> Block:
    header = ["", t("Before"), t("After"), t("Change")]
    rows = [
        _row(effect.metric, person, effect.agent, t),
        _row(effect.metric, t("The rest of the team"), effect.team, t),
    ]
    if effect.difference is not None:
        span = _span(effect, t)
        apart = figures.signed(effect.metric, effect.difference, t)
        rows.append([t("Difference"), "–", "–", f"{apart} ({span})" if span else apart])
    return table(t("Before and after, with 95% intervals and n"), header, rows, page_size=3)


def _row(metric: Metric, who: str, change: Change, t: Words) -> list[Any]:
    amount = "–"
    if change.amount is not None:
        amount = figures.signed(metric, change.amount, t)
        if change.interval and (span := figures.signed_span(metric, change.interval, t)):
            amount = f"{amount} ({span})"
    return [who, _measured(metric, change, "before", t), _measured(metric, change, "after", t), amount]


def _measured(metric: Metric, change: Change, which: str, t: Words) -> str:
    measure = change.before if which == "before" else change.after
    if measure.value is None:
        return kpi_figures.value(metric, measure, t)
    span = kpi_figures.interval(metric, measure, t)
    n = t("n = {n}", n=t.number(measure.n))
    return (
        f"{kpi_figures.amount(metric, measure.value, t)} ({span}), {n}"
        if span != "–"
        else (f"{kpi_figures.amount(metric, measure.value, t)}, {n}")
    )


def _chart(effect: Effect, person: str, t: Words) -> DataVisualizationBlock | None:
    """Before and after, theirs beside the team’s; none where one of the four is missing."""
    sides = [(person, effect.agent), (t("The team"), effect.team)]
    values = [one.value for _, change in sides for one in (change.before, change.after)]
    known = [value for value in values if value is not None]
    if len(known) < 4:
        return None
    divisor, unit = scale(effect.metric, known, t)
    labels = [short(t("Before"), 20), short(t("After"), 20)]
    series = [
        DataSeries(
            short(name, 20),
            [
                DataPoint(label, round((one.value or 0) / divisor, 2))
                for label, one in zip(labels, (change.before, change.after), strict=True)
            ],
        )
        for name, change in sides
    ]
    title = short(
        t("{figure}, {unit}", figure=name_of(effect.metric, t), unit=unit) if unit else name_of(effect.metric, t), 50
    )
    return DataVisualizationBlock(title, BarChart(series, AxisConfig(labels)))


def _days(effect: Effect, t: Words) -> str:
    """Which days are compared, and which are in neither figure."""
    before = t("Before: {first} – {last}.", first=t.long_day(effect.before.first), last=t.long_day(effect.before.last))
    left = t("Left out, because those weeks prompted the promise: {first} – {last}.",
             first=t.long_day(effect.prompted.first), last=t.long_day(effect.prompted.last))  # fmt: skip
    if effect.after.count == 0:
        return t.sentences(before, left, t("After: nothing yet."))
    after = t("After: {first} – {last}.", first=t.long_day(effect.after.first), last=t.long_day(effect.after.last))
    if effect.is_shrunken:
        before = t("Before: everything up to the promise, drawn towards the colleagues, for there was too little.")
        return t.sentences(before, after)
    return t.sentences(before, left, after)


def _how(effect: Effect, t: Words) -> str:
    """Why it is counted so."""
    said = [
        t("Bad weeks are followed by better ones by themselves, so they count for nothing here."),
        t("Other reasons than the promise cannot be ruled out."),
    ]
    if much := figures.unless_none(figures.size(effect.metric, effect.drift, t), t):
        said.append(
            t("Colleagues change by about {size} without any promise; the interval allows for that.", size=much)
        )
    return t.sentences(*said)
