"""Two teams beside each other: each figure as it is, and on one mix of category, channel and language.

Medians are compared by the interval of their difference, and on one mix by the share of tickets that took no longer
than the median of both teams' tickets together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlmodel import Session

from .. import stats
from ..kpi import windows
from ..kpi.owned import catalogue_of
from ..kpi.reads import reach, told_from
from ..kpi.rules import Direction
from ..kpi.subjects import Reader
from ..metrics import CATALOGUE, Columns, Measure, Metric, Part
from ..metrics.frame import Ints
from ..metrics.parts import outside
from ..people import Team, calendar_of
from ..periods import Period, parse_period
from . import bases, mixing
from .differences import difference, is_sure
from .mixing import MIX
from .rules import Adjusted, Basis, Compared, Comparison, Side, direction_of


@dataclass(frozen=True, slots=True, eq=False)
class _Half:
    """One team's figure: its columns and what the formula says of them; None where the window holds nothing."""

    facts: Columns
    part: Part | None
    measure: Measure


def compare(
    session: Session, a: Team, b: Team, keys: Sequence[str] | None, period: Period, as_of: datetime
) -> Comparison:
    """Some figures of two teams over the period of that name, each by its own calendar, zone and settings, both as of
    the earlier of the ends of their data. `keys` None: all of the catalogue that both see. Raises NoData, BadPeriod."""
    at = min(as_of, reach(session, a, as_of), reach(session, b, as_of))
    seen = [catalogue_of(session, team, with_hidden=keys is not None) for team in (a, b)]
    chosen = [m for key, m in CATALOGUE.items() if all(key in one for one in seen) and (keys is None or key in keys)]
    sides = tuple(Side(team.id, team.name, team.timezone, _period(period, team, as_of)) for team in (a, b))
    readers = [Reader(session, team, side.period.start, at) for team, side in zip((a, b), sides, strict=True)]
    figures = []
    for metric in chosen:
        halves = [_half(session, reader, metric, side.period) for reader, side in zip(readers, sides, strict=True)]
        figures.append(_compared(metric, halves[0], halves[1]))
    return Comparison((sides[0], sides[1]), at, tuple(figures))


def _period(period: Period, team: Team, as_of: datetime) -> Period:
    """The same days on the other team's calendar."""
    return period if period.timezone == team.timezone else parse_period(period.key, timezone=team.timezone, now=as_of)


def _half(session: Session, reader: Reader, metric: Metric, period: Period) -> _Half:
    team = reader.team
    told, how = told_from(session, team, metric.of, reader.as_of), windows.ways(team)
    window = windows.window(period, told.until(reader.as_of), calendar_of(session, team), told.first_at, how)
    facts = reader.of_metric(metric)
    if missing := outside(window):
        return _Half(facts, None, Measure(None, 0, note=missing))
    part = metric.formula(facts, window)
    return _Half(facts, part, metric.summed(part))


def _compared(metric: Metric, a: _Half, b: _Half) -> Compared:
    both = a.measure, b.measure
    if a.measure.value is None or b.measure.value is None:
        return Compared(metric, both, None, None, False, Direction.UNKNOWN, None)
    apart, interval = a.measure.value - b.measure.value, difference(metric, *both)
    sure = is_sure(interval)
    direction = direction_of(metric, apart) if sure else Direction.SAME if interval else Direction.UNKNOWN
    return Compared(metric, both, apart, interval, sure, direction, _adjusted(metric, a, b))


def _adjusted(metric: Metric, a: _Half, b: _Half) -> Adjusted | None:
    basis = bases.beside(metric)
    if basis is None or a.part is None or b.part is None or not hasattr(a.facts, MIX[0]):
        return None
    parts = [bases.lengths(part) for part in (a.part, b.part)]
    threshold = _median(parts) if basis is Basis.FASTER else None
    if basis is Basis.FASTER and threshold is None:
        return None
    told = [bases.judged(metric, basis, part, threshold) for part in parts]
    rows = [np.flatnonzero(one.inside) for one in told]
    mix = [np.concatenate([_mix(half.facts, name, at) for half, at in zip((a, b), rows, strict=True)]) for name in MIX]
    hits = np.concatenate([one.amounts[at] for one, at in zip(told, rows, strict=True)])
    is_first = np.concatenate([np.ones(len(rows[0]), dtype=np.int64), np.zeros(len(rows[1]), dtype=np.int64)])
    found = mixing.beside(hits, mixing.combined(mix, len(hits)), is_first)
    if found is None:
        return None
    sure = is_sure(found.interval)
    return Adjusted(
        basis=basis,
        threshold_s=threshold,
        observed=found.observed,
        expected=found.expected,
        n=found.n,
        ratio=_ratios(found),
        difference=found.difference,
        interval=found.interval,
        is_distinguishable=sure,
        direction=bases.direction(metric, basis, found.difference) if sure else Direction.SAME,
        covered=found.covered,
    )


def _mix(facts: Columns, name: str, at: Ints) -> Ints:
    """The codes of some rows; what has no such column does not say."""
    codes: Ints = getattr(facts, name)[at] if hasattr(facts, name) else np.zeros(len(at), dtype=np.int64)
    return codes


def _ratios(found: mixing.Beside) -> tuple[float | None, float | None]:
    first, second = (seen / due if due > 0 else None for seen, due in zip(found.observed, found.expected, strict=True))
    return first, second


def _median(parts: Sequence[Part]) -> float | None:
    """Of both teams' tickets together, those that are not over censored."""
    ended = np.concatenate([part.seconds[part.inside & part.hits] for part in parts])
    going_on = np.concatenate([part.seconds[part.inside & ~part.hits] for part in parts])
    return stats.censored_quantiles(ended, going_on).median
