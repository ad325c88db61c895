"""One reading as text: its value, how sure it is, its change and its target, in words and marks, never colour alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from cspm_core.kpi import Direction, Reading, Scorecard, Verdict
from cspm_core.metrics import Measure, Metric, Unit
from cspm_core.periods import Period, local_day
from cspm_core.tickets import Recounting

from ..words import DAY, HOUR, MINUTE, N_, Words

MOMENT = timedelta(microseconds=1)

NOTES = {
    "no_cohort": N_("no data"),
    "cohort_too_young": N_("not yet: 7 days must pass"),
    "not_reached": N_("the data ends before"),
    "before_data": N_("before the first data"),
    "still_waiting": N_("all still waiting"),
    "too_few": N_("fewer than 5, not shown"),
    "never_said": N_("the source does not say"),
}

PERIOD_NAMES = {
    "today": N_("today so far"),
    "yesterday": N_("yesterday"),
    "this-week": N_("this week so far"),
    "last-week": N_("last week"),
    "this-month": N_("this month so far"),
    "last-month": N_("last month"),
    "this-quarter": N_("this quarter so far"),
    "last-quarter": N_("last quarter"),
    "this-year": N_("this year so far"),
    "last-year": N_("last year"),
}

LEFT_OUT = {
    "spam": N_("{n} spam"),
    "deleted": N_("{n} deleted"),
    "merged": N_("{n} merged"),
    "test": N_("{n} tests"),
    "agent_opened": N_("{n} opened by an agent"),
}


DECIMALS = {Unit.POINTS: 1, Unit.SCORE: 2, Unit.EACH: 1, Unit.OF_100: 1}
"""Numbers that are no counts."""


def amount(metric: Metric, value: float, t: Words) -> str:
    """A bare value in its unit: 2 hr 5 min, 86%, 412."""
    match metric.unit:
        case Unit.SECONDS:
            return t.duration(value)
        case Unit.SHARE:
            return t.share(value)
    return t.number(value, DECIMALS.get(metric.unit, 0))


def value(metric: Metric, measure: Measure, t: Words) -> str:
    """The value, or why there is none."""
    if measure.value is not None:
        return amount(metric, measure.value, t)
    if measure.longer_than is not None:
        return t("longer than {duration}", duration=t.duration(measure.longer_than))
    return t(NOTES.get(measure.note, NOTES["no_cohort"]))


def verdict(reading: Reading, t: Words) -> str:
    """A mark and a word; empty where there is no target."""
    match reading.verdict:
        case Verdict.MEETS:
            return "✓ " + t("on target")
        case Verdict.MISSES:
            return "✗ " + t("off target")
    return ""


def sample(reading: Reading, t: Words) -> str:
    """How many tickets a small sample rests on; empty where it is large enough."""
    return t("small sample, n = {n}", n=t.number(reading.measure.n)) if reading.is_small else ""


def told(reading: Reading, t: Words) -> str:
    """Value, verdict and smallness in one cell, for a phone."""
    parts = [shown(reading, t), verdict(reading, t), sample(reading, t)]
    if reading.measure.provisional and reading.measure.value is not None:
        parts.append(t("provisional"))
    return " · ".join(filter(None, parts))


def shown(reading: Reading, t: Words) -> str:
    """The value; close to its target it is told more finely, so that a miss is seen, as 9.3% of at most 9%."""
    metric, found, aim = reading.metric, reading.measure.value, reading.target
    if found is None or aim is None or metric.unit not in (Unit.SECONDS, Unit.SHARE):
        return value(metric, reading.measure, t)
    gap = abs(found - aim)
    if metric.unit is Unit.SECONDS:
        return t.duration(found, finely=0 < gap < (HOUR if found >= DAY else MINUTE))
    return t.share(found, finely=next(n for n in (0, 1, 2, 3) if n == 3 or gap == 0 or gap >= 0.01 / 10**n))


def target(reading: Reading, t: Words) -> str:
    """What the team aims for, as it was set: at most 4 hr, at least 92.5%."""
    if reading.target is None:
        return t("no target yet")
    wanted = aim(reading.metric, reading.target, t)
    if reading.metric.better == "lower":
        return t("at most {value}", value=wanted)
    return t("at least {value}", value=wanted)


def aim(metric: Metric, wanted: float, t: Words) -> str:
    """A target in its unit, not rounded."""
    match metric.unit:
        case Unit.SECONDS:
            return t.duration(wanted, finely=True)
        case Unit.SHARE:
            return t.share(wanted, finely=2)
    return t.number(wanted, DECIMALS.get(metric.unit, 1))


def change(reading: Reading, t: Words) -> str:
    """The change with its direction of good as a word; – where there is nothing to compare."""
    match reading.direction:
        case Direction.UNKNOWN:
            return "–"
        case Direction.SAME:
            return t("the same")
        case Direction.BETTER:
            return t("{change}, better", change=_size(reading, t))
        case Direction.WORSE:
            return t("{change}, worse", change=_size(reading, t))
    return _size(reading, t)


def _size(reading: Reading, t: Words) -> str:
    """By how much: points for shares, else relative, which from 0 nothing is."""
    if reading.change is None:
        return t("up from 0")
    sign = "+" if reading.change > 0 else "−"
    if reading.metric.unit is Unit.SHARE:
        return t("{sign}{points} points", sign=sign, points=_points(abs(reading.change), t))
    if reading.metric.unit is Unit.POINTS:
        return t("{sign}{points} on its scale", sign=sign, points=t.number(abs(reading.change), 1))
    if reading.metric.unit is Unit.OF_100:
        return t("{sign}{points} points", sign=sign, points=t.number(abs(reading.change), 1))
    if reading.metric.unit is Unit.SCORE:
        return f"{sign}{t.number(abs(reading.change), 2)}"
    return f"{sign}{t.share(abs(reading.change))}"


def _points(difference: float, t: Words) -> str:
    """Percentage points, with as many decimals as it takes not to be 0."""
    told = (t.number(difference * 100, decimals) for decimals in (1, 2, 3))
    return next((text for text in told if text != t.number(0)), t.number(difference * 100, 6))


def base(measure: Measure, t: Words) -> str | tuple[str, int]:
    """n, sorted as a number; no number where it is withheld about one person."""
    return "–" if measure.note == "too_few" else (t.number(measure.n), measure.n)


def interval(metric: Metric, measure: Measure, t: Words) -> str:
    """The 95 % interval; – for counts and where there is none."""
    found = measure.interval
    if found is None:
        return "–"
    low = amount(metric, found.low, t)
    if found.high == float("inf"):
        return t("{low} or more", low=low)
    return f"{low} – {amount(metric, found.high, t)}"


def period_name(period: Period, t: Words) -> str:
    """The period as people say it, or its days."""
    return key_name(period.key, t) if period.key in PERIOD_NAMES or period.kind == "rolling" else days(period, t)


def key_name(key: str, t: Words) -> str:
    """A named or rolling period by its key alone."""
    if key in PERIOD_NAMES:
        return t(PERIOD_NAMES[key])
    return t.n("the last day", "the last {n} days", int(key.removesuffix("d")))


def days(period: Period, t: Words) -> str:
    """The days of a period as far as it is cut, both ends included."""
    first, last = period.first_day, max(period.first_day, local_day(period.end - MOMENT, period.timezone))
    return t.long_day(first) if first == last else f"{t.long_day(first)} – {t.long_day(last)}"


def recounted(recounting: Recounting, t: Words) -> str:
    """What a changed calendar means for the figures until every ticket is counted by it."""
    return t(
        "Working time is being recounted: {share}, figures in business hours may still be old.",
        share=t.share(recounting.share),
    )


def reach(complete_until: datetime | None, timezone: str, t: Words) -> str:
    """How far the data reaches, in the team's time."""
    if complete_until is None:
        return t("no data yet")
    return t("data until {moment}", moment=t.clock(complete_until, timezone))


def left_out(card: Scorecard, t: Words) -> str:
    """What no figure counts, by reason; empty where nothing was left out."""
    reasons = [t(LEFT_OUT[reason], n=t.number(n)) for reason, n in card.left_out.items() if n]
    return t("Left out: {reasons}.", reasons=t.join(reasons)) if reasons else ""


def waiting(reading: Reading, t: Words) -> str:
    """Who still waits beside a speed: 12 unanswered, the oldest for 3 days; empty where nobody does."""
    measure = reading.measure
    if not measure.waiting:
        return ""
    oldest = t.duration(measure.oldest_s or 0)
    if reading.metric.key.startswith("first_response"):
        return t.n(
            "{n} is still without an answer, for {oldest}.",
            "{n} are still without an answer, the oldest for {oldest}.",
            measure.waiting,
            oldest=oldest,
        )
    return t.n(
        "{n} is still open, for {oldest}.",
        "{n} are still open, the oldest for {oldest}.",
        measure.waiting,
        oldest=oldest,
    )
