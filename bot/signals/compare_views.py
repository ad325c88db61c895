"""Two teams side by side: each difference, whether it can be told from chance, and on the same mix. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slackblocks import Block, HeaderBlock

from cspm_core.kpi import Direction
from cspm_core.signals.rules import Compared, Comparison

from ..blocks import HEADLINE, Drawing, escape, fitted, message, note, short, table
from ..kpi import figures as kpi_figures
from ..kpi.names import name_of
from ..words import Words
from . import figures

NOTHING = "–"


def comparison(found: Comparison, t: Words) -> Drawing:
    """Every figure of which either team has something; the difference is the first team less the second."""
    told = [one for one in found.figures if any(measure.n for measure in one.measures)]
    return fitted(told, lambda shown: _drawn(found, shown, len(told), t))


def _drawn(found: Comparison, shown: Sequence[Compared], every: int, t: Words) -> Drawing:
    first, second = found.sides
    period = kpi_figures.period_name(first.period, t)
    said = t("{first} and {second}, {period}", first=first.team, second=second.team, period=period)
    blocks: list[Block] = [HeaderBlock(short(said, 150)), note(escape(_about(found, t)))]
    if shown:
        header = [
            t("Figure"), first.team, second.team, t("Difference"), t("As counted"), t("On the same mix"),
        ]  # fmt: skip
        caption = t("{first} beside {second}", first=first.team, second=second.team)
        rows = [_row(one, found, t) for one in shown]
        blocks.append(table(caption, [short(name, 60) for name in header], rows, page_size=len(rows)))
        blocks.append(note(escape(_mix(t))))
    else:
        blocks.append(note(t("There is no figure that both teams have data for.")))
    if len(shown) < every:
        blocks.append(note(t("The first {shown} of {all}.", shown=t.number(len(shown)), all=t.number(every))))
    told = [one for one in shown if one.is_distinguishable]
    count = t.n("{n} figure differs by more than chance", "{n} figures differ by more than chance", len(told))
    return message(short(t("{title}: {value}", title=said, value=count), HEADLINE), *blocks)


def _about(found: Comparison, t: Words) -> str:
    """The days, each team's clock where they differ, and how far the data of both reaches."""
    first, second = found.sides
    zones = [first.timezone] if first.timezone == second.timezone else [first.timezone, second.timezone]
    told = [kpi_figures.days(first.period, t), *zones, kpi_figures.reach(found.as_of, first.timezone, t)]
    return " · ".join(told)


def _row(one: Compared, found: Comparison, t: Words) -> list[Any]:
    values = [kpi_figures.value(one.metric, measure, t) for measure in one.measures]
    return [name_of(one.metric, t), *values, _difference(one, t), _counted(one, found, t), _adjusted(one, found, t)]


def _difference(one: Compared, t: Words) -> str:
    if one.difference is None:
        return NOTHING
    told = figures.signed(one.metric, one.difference, t)
    span = figures.signed_span(one.metric, one.interval, t) if one.interval else ""
    return f"{told} ({span})" if span else told


def _counted(one: Compared, found: Comparison, t: Words) -> str:
    """As the figures stand; a count has no interval, so nothing is said of it."""
    if one.interval is None:
        return NOTHING
    return _word(one.direction, found, t) if one.is_distinguishable else t("may be chance")


def _adjusted(one: Compared, found: Comparison, t: Words) -> str:
    if one.adjusted is None:
        return NOTHING
    word = _word(one.adjusted.direction, found, t) if one.adjusted.is_distinguishable else t("may be chance")
    return t("{word} (covers {share})", word=word, share=t.share(one.adjusted.covered))


def _word(direction: Direction, found: Comparison, t: Words) -> str:
    """Which team is better; where neither way is good, that they differ."""
    first, second = found.sides
    match direction:
        case Direction.BETTER:
            return t("{team} better", team=first.team)
        case Direction.WORSE:
            return t("{team} better", team=second.team)
    return t("they differ")


def _mix(t: Words) -> str:
    return t(
        "On the same mix: both teams are held against what they do together on tickets of the same category, channel "
        "and language, so that a harder mix of work is no worse a figure. “Covers” is how much of both teams’ tickets "
        "is of a kind that both have. Medians are compared as the share that was faster than both teams’ median."
    )
