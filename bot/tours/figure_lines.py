"""Figures of a tour's step as lines of mrkdwn. Pure."""

from __future__ import annotations

from cspm_core.kpi import Reading
from cspm_core.metrics import Unit

from ..blocks import escape, is_address, short
from ..kpi import figures
from ..kpi.names import name_of
from ..words import Words
from . import sights

SUBJECT = 90


def told(sight: sights.Figures, t: Words) -> list[str]:
    """Three figures, each with how much it rests on."""
    reach = figures.reach(sight.complete_until, sight.timezone, t)
    period = figures.period_name(sight.period, t)
    return [
        t("{period} ({reach})", period=f"*{period[:1].upper()}{period[1:]}*", reach=reach),
        *(f"• {_reading(one, t)}" for one in sight.readings),
        *(escape(waits) for one in sight.readings if (waits := figures.waiting(one, t))),
    ]


def behind(sight: sights.Behind, t: Words) -> list[str]:
    """One ticket, with the way to it."""
    row, figure = sight.row, escape(name_of(sight.metric, t))
    called = f"<{row.url}|{escape(row.key)}>" if is_address(row.url) else f"*{escape(row.key)}*"
    lasted = t.duration(row.value_s) if row.value_s is not None else ""
    parts = filter(None, (called, escape(short(row.subject, SUBJECT)), lasted))
    n = t.n("*{figure}*: {n} ticket stands behind it.",
            "*{figure}*: {n} tickets stand behind it, this one first.", sight.total, figure=figure)  # fmt: skip
    waits = [t("It still waits for its first answer.")] if row.is_waiting else []
    return [n, f"• {' · '.join(parts)}", *waits]


def beside(sight: sights.Beside, t: Words) -> list[str]:
    """A line for each team, and what to type."""
    a, b = (escape(one.name) for one in sight.teams[:2])
    head = [t("*The last 28 days*")] if any(one.ended is None for one in sight.teams) else []
    ends = [one.ended.last_day for one in sight.teams[:2] if one.ended]
    month = f" {min(ends):%Y-%m}" if ends else ""
    typed = t("Type `/kpi compare {a} {b}` to see two of them side by side.", a=a, b=f"{b}{month}")
    return [*head, *(f"• {_team(one, t)}" for one in sight.teams), typed]


def moved(sight: sights.Moved, t: Words) -> list[str]:
    """What signals, or that nothing does."""
    since = [(one, one.latest.since) for one in sight.signals if one.latest]
    if not since:
        return [t.n("{n} main figure was judged, and it does not signal.",
                    "{n} main figures were judged, and none signals.", sight.judged)]  # fmt: skip
    return [
        "• " + t("*{figure}* signals since {day}.", figure=escape(name_of(one.metric, t)), day=t.day(day))
        for one, day in since
    ]


def _reading(one: Reading, t: Words) -> str:
    parts = [figures.told(one, t)]
    if not one.is_small and one.metric.unit is not Unit.COUNT and one.measure.value is not None:
        parts.append(t("n = {n}", n=t.number(one.measure.n)))
    return t("*{title}*: {value}", title=escape(name_of(one.metric, t)), value=escape(" · ".join(parts)))


def _team(side: sights.Side, t: Words) -> str:
    if not side.readings:
        return t("*{team}*: no data yet", team=escape(side.name))
    title = f"{side.name} ({figures.days(side.ended, t)})" if side.ended else side.name
    parts = [t("{figure} {value}", figure=name_of(one.metric, t), value=figures.told(one, t)) for one in side.readings]
    return t("*{title}*: {value}", title=escape(title), value=escape(" · ".join(parts)))
