"""Signal told from noise: marks beside figures, the days that signal, the trend of weeks. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slackblocks import Block, ImageBlock, SectionBlock, SlackFile

from cspm_core.kpi import Direction
from cspm_core.metrics import Metric
from cspm_core.signals.rules import Flag, Movement, Reason, Signal, WeekTrend

from ..blocks import HEADLINE, Drawing, escape, message, note, short, table
from ..kpi.figures import amount
from ..kpi.names import name_of
from ..words import N_, Words
from . import figures
from .names import IN_A_ROW, MARKS, OUTSIDE, REASONS

ALT_CHARACTERS = 1_900
MOST_NAMED = 4
"""Figures that a legend names."""
MOST_FLAGS = 8
"""Days in the table; the picture has all."""
MOVEMENTS = {
    Movement.RISING: N_("Rising by {slope} a week for {n} weeks{good} (95%: {low} to {high})."),
    Movement.FALLING: N_("Falling by {slope} a week for {n} weeks{good} (95%: {low} to {high})."),
}


def mark(signal: Signal | None, t: Words) -> str:
    """Beside a value: ▼ signal, worse. Empty where nothing signals."""
    flag = signal.latest if signal else None
    if flag is None:
        return ""
    said = f"{MARKS[flag.is_above]} {t('signal')}"
    match flag.direction:
        case Direction.BETTER:
            return t("{change}, better", change=said)
        case Direction.WORSE:
            return t("{change}, worse", change=said)
    return said


def legend(signals: Mapping[str, Signal], keys: Sequence[str], t: Words) -> list[Block]:
    """What the marks of the figures shown mean, and since when; nothing where there is none."""
    found = [(signals[key].metric, signals[key].latest) for key in keys if key in signals]
    told = [
        t("{figure} since {day}", figure=name_of(metric, t), day=t.day(flag.since)) for metric, flag in found if flag
    ]
    if not told:
        return []
    if left := len(told[MOST_NAMED:]):
        told = [*told[:MOST_NAMED], t.n("and {n} more", "and {n} more", left)]
    return [note(escape(t("▲▼ signal: more than chance explains. {figures}.", figures=" · ".join(told))))]


def chart_notes(signal: Signal, t: Words, most: int = MOST_FLAGS) -> list[Block]:
    """Under a figure's trend: how its weeks move, and the days that signal, or why there is no control chart."""
    said = [movement(signal.trend, signal.metric, t)] if signal.trend else []
    if signal.reason is not Reason.NONE:
        return [note(escape(t.sentences(*said, t(REASONS[signal.reason]))))]
    blocks: list[Block] = []
    if not signal.flags:
        said.append(t("No day since {day} signals: chance explains them all.", day=_day(signal, t)))
    elif signal.latest is None:
        said.append(t("The latest days do not signal."))
    if said:
        blocks.append(note(escape(t.sentences(*said))))
    return [*blocks, *_flags(signal, t, most)]


def _day(signal: Signal, t: Words) -> str:
    return t.day(signal.judged_from) if signal.judged_from else ""


def _flags(signal: Signal, t: Words, most: int) -> list[Block]:
    """The days that signal, the newest first."""
    shown = list(reversed(signal.flags))[:most]
    if not shown:
        return []
    header = [t("Day"), t("Value"), t("Usual range"), t("What is unusual"), t("For better or worse")]
    caption = t.n("{n} day that signals", "{n} days that signal", len(signal.flags))
    blocks: list[Block] = [table(caption, header, [_flag(signal.metric, flag, t) for flag in shown])]
    if len(shown) < len(signal.flags):
        blocks.append(note(t("The newest {n} are listed; the chart shows them all.", n=t.number(len(shown)))))
    return blocks


def _flag(metric: Metric, flag: Flag, t: Words) -> list[Any]:
    return [
        (t.day(flag.day), flag.day.toordinal()),
        f"{MARKS[flag.is_above]} {amount(metric, flag.value, t)}",
        figures.limits(metric, flag.low, flag.high, t),
        unusual(flag, t),
        figures.good(flag.direction, t) or "–",
    ]


def unusual(flag: Flag, t: Words) -> str:
    """Why a day signals: beyond the limits, or one of many in a row on one side."""
    return t(OUTSIDE[flag.is_above]) if flag.rule == 1 else t(IN_A_ROW[flag.is_above], day=t.day(flag.since))


def movement(trend: WeekTrend, metric: Metric, t: Words) -> str:
    """How the weeks move, in one sentence."""
    weeks = len(trend.weeks)
    if trend.movement not in MOVEMENTS or trend.interval is None:
        return t("No trend over {n} weeks that could be told from chance.", n=t.number(weeks))
    good = figures.good(trend.direction, t)
    ends = trend.interval.low, trend.interval.high
    low, high = ends if trend.slope > 0 else (-ends[1], -ends[0])
    return t(
        MOVEMENTS[trend.movement],
        slope=figures.size(metric, trend.slope, t),
        n=t.number(weeks),
        good=t(", for the {good}", good=good) if good else "",
        low=figures.signed(metric, low, t).removeprefix("+"),
        high=figures.signed(metric, high, t).removeprefix("+"),
    )


def picture(signal: Signal, team: str, file: str, t: Words) -> Drawing:
    """The control chart as a picture, which says in words what it shows."""
    title = chart_title(signal, team, t)
    return message(
        short(title, HEADLINE),
        ImageBlock(slack_file=SlackFile(None, file), alt_text=described(signal, team, t), title=short(title, 150)),
        note(t("Grey: from where to where chance alone leads, by day of the week. Dashed: the usual level.")),
    )


def no_picture(signal: Signal, team: str, t: Words) -> Drawing:
    """Where it could not be made: the numbers stand in the answer all the same."""
    said = t("The picture could not be made. Every day that signals stands in the answer above.")
    title = escape(chart_title(signal, team, t))
    return message(short(title, HEADLINE), SectionBlock(f"*{title}*\n{said}"))


def chart_title(signal: Signal, team: str, t: Words) -> str:
    """What a control chart is of."""
    return t("Control chart: {figure} of {team}", figure=name_of(signal.metric, t), team=team)


def described(signal: Signal, team: str, t: Words) -> str:
    """The chart in words: its days, what is usual, and each day that signals. At most what alt text holds."""
    latest = max((flag for flag in signal.flags), key=lambda flag: flag.day, default=None)
    days = t("{n} days from {first} to {last}.", n=t.number(signal.points), **_ends(signal, t))
    told = [t("{title}.", title=chart_title(signal, team, t)), days]
    if latest is None:
        told.append(t("None of them signals."))
    else:
        usual, span = amount(signal.metric, latest.centre, t), figures.limits(signal.metric, latest.low, latest.high, t)
        told.append(t("On {day} {usual} was usual, and {limits} chance.", day=t.day(latest.day), usual=usual,
                      limits=span))  # fmt: skip
        told.append(t.n("{n} day signals:", "{n} days signal:", len(signal.flags)))
        told += [
            t("{day} {value}, {what}.", day=t.day(one.day), value=amount(signal.metric, one.value, t),
              what=unusual(one, t))
            for one in reversed(signal.flags)
        ]  # fmt: skip
    return short(t.sentences(*told), ALT_CHARACTERS)


def _ends(signal: Signal, t: Words) -> dict[str, str]:
    return {"first": t.day(signal.days[0]), "last": t.day(signal.days[-1])}
