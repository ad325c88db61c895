"""A scorecard as plain values, for JSON: seconds, shares between 0 and 1, counts, instants with their offset."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from ..calendars import midnight, zone
from ..metrics import Unit
from ..stats import Interval
from .rules import Reading, Scorecard


def plain(card: Scorecard) -> dict[str, Any]:
    """The whole scorecard; no data is None. `period` has the bounds of the whole named period and `until`, its cut."""
    period = card.period
    end = midnight(period.last_day + timedelta(days=1), period.timezone)
    return {
        "team": card.team,
        "agent": card.agent,
        "period": {
            "key": period.key,
            "start": _at(period.start, card),
            "end": _at(end, card),
            "timezone": period.timezone,
            "until": _at(period.end, card),
        },
        "before": {"key": card.before.key, "start": _at(card.before.start, card), "until": _at(card.before.end, card)},
        "as_of": _at(card.as_of, card),
        "complete_until": card.complete_until and _at(card.complete_until, card),
        "left_out": dict(card.left_out),
        "metrics": {reading.metric.key: _reading(reading) for reading in card.shown},
    }


def _reading(reading: Reading) -> dict[str, Any]:
    metric, measure = reading.metric, reading.measure
    before = reading.before.value if reading.before else None
    return {
        "value": _number(measure.value) if metric.unit is Unit.COUNT else measure.value,
        "numerator": _number(measure.numerator),
        "denominator": _number(measure.denominator),
        "n": measure.n,
        "unit": metric.unit.value,
        "interval": _interval(measure.interval),
        "p90": measure.p90,
        "cohort": metric.cohort.value,
        "clock": metric.clock.value,
        "better": metric.better.value,
        "before": _number(before) if metric.unit is Unit.COUNT else before,
        "change": reading.change,
        "direction": reading.direction.value,
        "target": reading.target,
        "verdict": reading.verdict.value,
        "small": reading.is_small,
        "waiting": measure.waiting,
        "oldest_s": measure.oldest_s,
        "longer_than": measure.longer_than,
        "set_aside": measure.set_aside,
        "provisional": measure.provisional,
        "note": measure.note or None,
        **({"extras": dict(measure.extras)} if measure.extras else {}),
    }


def _number(count: float | None) -> float | None:
    """What was counted, without a decimal point; sums keep theirs."""
    return None if count is None else int(count) if float(count).is_integer() else count


def _interval(interval: Interval | None) -> list[float | None] | None:
    if interval is None:
        return None
    return [value if math.isfinite(value) else None for value in (interval.low, interval.high)]


def _at(instant: datetime, card: Scorecard) -> str:
    return instant.astimezone(zone(card.timezone)).isoformat()
