"""One example per state of each view: golden tests, the gallery and the README's pictures draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from cspm_core.kpi import Direction
from cspm_core.metrics import CATALOGUE, Measure
from cspm_core.periods import parse_period
from cspm_core.signals.rules import (
    Adjusted,
    AgentsBand,
    AgentStanding,
    BandNote,
    Basis,
    Compared,
    Comparison,
    Flag,
    Method,
    Movement,
    Reason,
    Side,
    Signal,
    Standing,
    WeekTrend,
)
from cspm_core.stats import Interval, wilson

from ..blocks import Drawing, message
from ..words import Words
from . import agent_views, compare_views, views

ZONE = "America/New_York"
NOW = datetime(2026, 11, 19, 15, 30, tzinfo=UTC)
LAST = date(2026, 11, 18)
FILE = "F0PICTURE01"
MONTH = parse_period("last-month", timezone=ZONE, now=NOW).until(NOW)
LEVEL, LOW, HIGH = 0.86, 0.74, 0.95
WIGGLE = (0.01, -0.04, 0.03, 0.0, -0.02, 0.05, -0.01, 0.02, -0.03)


def _days(n: int = 84) -> tuple[date, ...]:
    return tuple(LAST - timedelta(days=n - 1 - i) for i in range(n))


def _signal() -> Signal:
    """Twelve weeks of ratings: one bad day in October, and nine lower days in a row at the end."""
    days = _days()
    open_days = np.array([day.weekday() < 5 for day in days])
    values = np.array([LEVEL + WIGGLE[i % len(WIGGLE)] for i in range(len(days))])
    values[-35], values[-13:] = 0.66, values[-13:] - 0.075
    values[~open_days] = np.nan
    width = np.where(open_days, 1.0, np.nan)
    worse = [n for n in range(len(days) - 3, len(days)) if open_days[n]]
    flags = (
        _flag(days[-35], 0.66, 1, days[-35]),
        *(_flag(days[n], float(values[n]), 2, days[-13]) for n in worse),
    )
    trend = WeekTrend(
        tuple(days[::7]), np.linspace(0.88, 0.8, 12), Movement.FALLING, -0.004, Interval(-0.0071, -0.001), 0.01,
        Direction.WORSE,
    )  # fmt: skip
    return Signal(
        CATALOGUE["csat"], days, values, LEVEL * width, LOW * width, HIGH * width, Method.LANEY, 40, days[56], flags,
        flags[-1], trend,
    )  # fmt: skip


def _flag(day: date, value: float, rule: int, since: date) -> Flag:
    return Flag(day, value, LEVEL, LOW, HIGH, rule, value > LEVEL, Direction.WORSE, since)


SIGNAL = _signal()
QUIET = replace(SIGNAL, flags=(), latest=None, trend=replace(SIGNAL.trend, movement=Movement.NONE, interval=None))  # type: ignore[type-var]


def _without(key: str, reason: Reason) -> Signal:
    return replace(QUIET, metric=CATALOGUE[key], trend=None, reason=reason)


def _faster(key: str) -> Signal:
    """A figure that got better, in seconds."""
    flag = Flag(LAST, 4_300.0, 7_400.0, 5_000.0, 11_000.0, 1, is_above=False, direction=Direction.BETTER, since=LAST)
    return replace(SIGNAL, metric=CATALOGUE[key], flags=(flag,), latest=flag, trend=None)


SIGNALS: Mapping[str, Signal] = {"csat": SIGNAL, "first_response": _faster("first_response"), "volume": QUIET}


def _person(name: str, n: int, hits: int, share: float, standing: Standing | None) -> AgentStanding:
    direction = {Standing.ABOVE: Direction.BETTER, Standing.BELOW: Direction.WORSE}.get(standing, Direction.SAME)  # type: ignore[arg-type]
    half = 0.9 / n**0.5
    return AgentStanding(
        name, 7, n, hits, hits / n, n * 0.84, hits / (n * 0.84), share, share,
        Interval(max(share - half, 0), min(share + half, 1)), standing, direction,
    )  # fmt: skip


PEOPLE = (
    _person("Ada King", 212, 195, 0.91, Standing.ABOVE),
    _person("Bo Berg", 48, 41, 0.85, Standing.ALIKE),
    _person("Grace Kim", 96, 79, 0.83, Standing.ALIKE),
    _person("Hans de Vries", 150, 114, 0.77, Standing.BELOW),
    _person("Jonah Reyes", 71, 61, 0.85, Standing.ALIKE),
    _person("Luis Ortega", 18, 14, 0.82, Standing.ALIKE),
    _person("김민지", 133, 112, 0.84, Standing.ALIKE),
    _person("陳怡君", 101, 88, 0.86, Standing.ALIKE),
)
BAND = AgentsBand(CATALOGUE["csat"], MONTH, NOW, Basis.SHARE, None, 0.84, PEOPLE, 2)
FASTER = replace(BAND, metric=CATALOGUE["first_response_business"], basis=Basis.FASTER, threshold_s=5_400.0, centre=0.5)
FEW = replace(BAND, agents=tuple(replace(one, standing=None) for one in PEOPLE[:3]), note=BandNote.FEW_AGENTS)
NOBODY = replace(BAND, agents=(), centre=None, too_few=0, note=BandNote.NOBODY)


def _compared(
    key: str, a: Measure, b: Measure, difference: float, interval: Interval | None, good: Direction,
    adjusted: tuple[Direction, float] | None,
) -> Compared:  # fmt: skip
    same = adjusted and Adjusted(
        Basis.SHARE, None, (140, 150), (141.0, 149.0), (200, 210), (0.99, 1.01), difference, interval,
        adjusted[0] is not Direction.SAME, adjusted[0], adjusted[1],
    )  # fmt: skip
    return Compared(CATALOGUE[key], (a, b), difference, interval, good is not Direction.SAME, good, same or None)


def _rate(hits: int, n: int) -> Measure:
    return Measure(hits / n, n, hits, n, wilson(hits, n))


COMPARISON = Comparison(
    (Side(1, "Returns", ZONE, MONTH), Side(2, "帳務支援", "Asia/Taipei", MONTH)),
    NOW,
    (
        _compared("volume", Measure(1_830, 1_830), Measure(2_214, 2_214), -384, None, Direction.CHANGED, None),
        _compared("first_response", Measure(7_500, 1_830), Measure(11_100, 2_214), -3_600, Interval(-4_300, -2_900),
                  Direction.BETTER, (Direction.BETTER, 0.91)),
        _compared("csat", _rate(301, 366), _rate(392, 445), -0.0585, Interval(-0.108, -0.01), Direction.WORSE,
                  (Direction.SAME, 0.84)),
        _compared("reopen_rate", _rate(88, 1_700), _rate(101, 2_100), 0.0037, Interval(-0.01, 0.018), Direction.SAME,
                  (Direction.SAME, 0.9)),
    ),
)  # fmt: skip


def _notes(signal: Signal) -> Callable[[Words], Drawing]:
    return lambda t: message(views.chart_title(signal, "Returns", t), *views.chart_notes(signal, t))


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "signals.flags": _notes(SIGNAL),
    "signals.quiet": _notes(QUIET),
    "signals.level": _notes(_without("backlog", Reason.LEVEL)),
    "signals.too_few": _notes(_without("csat", Reason.TOO_FEW)),
    "signals.no_data": _notes(_without("csat", Reason.NO_DATA)),
    "signals.provisional": _notes(_without("reopen_rate", Reason.PROVISIONAL)),
    "signals.picture": lambda t: views.picture(SIGNAL, "Returns", FILE, t),
    "signals.no_picture": lambda t: views.no_picture(SIGNAL, "Returns", t),
    "signals.agents": lambda t: agent_views.agents(BAND, "Returns", t),
    "signals.agents.faster": lambda t: agent_views.agents(FASTER, "Returns", t),
    "signals.agents.few": lambda t: agent_views.agents(FEW, "Returns", t),
    "signals.agents.nobody": lambda t: agent_views.agents(NOBODY, "Returns", t),
    "signals.agents.picture": lambda t: agent_views.picture(BAND, "Returns", FILE, t),
    "signals.agents.no_picture": lambda t: agent_views.no_picture(BAND, "Returns", t),
    "signals.compare": lambda t: compare_views.comparison(COMPARISON, t),
    "signals.compare.nothing": lambda t: compare_views.comparison(replace(COMPARISON, figures=()), t),
}


def _chart(t: Words) -> bytes:
    from . import charts

    return charts.control_chart(SIGNAL, t)


def _band(t: Words) -> bytes:
    from . import charts

    return charts.agents_band(BAND, t)


PICTURES: Mapping[str, Callable[[Words], bytes]] = {"signals.picture": _chart, "signals.agents.picture": _band}
"""What stands in Slack as the file of an example."""
