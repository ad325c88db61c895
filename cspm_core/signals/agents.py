"""A team's people beside each other: above, below or not distinguishable, on one mix of work. Never a rank.

Shares are shrunken by empirical Bayes; a median is not one number a ticket, so lengths of time are judged by the share
of a person's tickets that took no longer than the team's median. What is judged is the share on the team's own mix: the
team's share and how far a person's hits are from those that the team has on this person's mix.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import numpy as np
from sqlmodel import Session

from ..kpi import windows
from ..kpi.owned import metric_of
from ..kpi.reads import told_from
from ..kpi.rules import FEW_FOR_AGENT, Direction
from ..kpi.subjects import Reader
from ..metrics import Columns, Metric, Part
from ..metrics.frame import Floats, Ints
from ..metrics.parts import duration, outside
from ..people import Team, calendar_of
from ..periods import Period
from ..stats.shrinkage import FEWEST_AGENTS, fit, standings
from ..stats.shrinkage import Standing as Shrunken
from . import bases, mixing
from .grouping import grouped
from .persons import Person, persons
from .rules import AgentsBand, AgentStanding, BandNote, Basis, Standing


def agents(session: Session, team: Team, key: str, period: Period, as_of: datetime) -> AgentsBand:
    """Everybody with at least 5 tickets to their credit, by name, for a lead whose team has agreed to it (the caller
    asks and writes down the look). Raises NoData, UnknownMetric."""
    metric = metric_of(session, team, key)
    told, how = told_from(session, team, metric.of, as_of), windows.ways(team)
    window = windows.window(period, told.until(as_of), calendar_of(session, team), told.first_at, how)
    facts, basis = Reader(session, team, period.start, as_of).of_metric(metric), bases.beside(metric)
    band = partial(AgentsBand, metric, period, as_of)
    if basis is None or not hasattr(facts, metric.credit) or outside(window):
        note = BandNote.NO_DATA if outside(window) else BandNote.NOBODY if basis else BandNote.COUNTS
        return band(basis or Basis.COUNT, None, None, (), 0, note)
    part = bases.lengths(metric.formula(facts, window))
    threshold = duration(part).value if basis is Basis.FASTER else None
    if not part.inside.any() or (basis is Basis.FASTER and threshold is None):
        return band(basis, None, None, (), 0, BandNote.NO_DATA)
    credited = getattr(facts, metric.credit)
    counted = _counted(metric, basis, facts, part, threshold, persons(session, team, credited[part.inside]))
    if counted is None:
        return band(basis, threshold, None, (), 0, BandNote.NOBODY)
    found, note = _standings(metric, basis, counted)
    return band(basis, threshold, counted.centre, found, counted.too_few, note)


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """Rows, hits and expected hits of each person who has enough; `centre`: the team's share."""

    people: tuple[Person, ...]
    n: Ints
    hits: Ints
    expected: Floats
    centre: float
    too_few: int

    @property
    def adjusted(self) -> Floats:
        shares: Floats = np.clip(self.centre + (self.hits - self.expected) / self.n, 0, 1)
        return shares


def _counted(
    metric: Metric, basis: Basis, facts: Columns, part: Part, threshold: float | None, people: Sequence[Person]
) -> _Counted | None:
    """Everybody's work; the whole team's, also what is nobody's, says what is to be expected."""
    told = bases.judged(metric, basis, part, threshold)
    at = np.flatnonzero(told.inside)
    if not people or not at.size:
        return None
    values, places = grouped(getattr(facts, metric.credit)[at])
    of_identity = {identity: n for n, person in enumerate(people) for identity in person.identity_ids}
    whose = np.array([of_identity.get(int(one), len(people)) for one in values], dtype=np.int64)[places]
    hits, groups = told.amounts[at], len(people) + 1
    n = np.bincount(whose, minlength=groups)[:-1]
    each = np.bincount(whose, weights=hits, minlength=groups)[:-1].round().astype(np.int64)
    expected = mixing.expected(hits, mixing.strata(facts, at), whose, groups)[:-1]
    enough = n >= FEW_FOR_AGENT
    kept = tuple(person for person, is_enough in zip(people, enough, strict=True) if is_enough)
    few = int(((n > 0) & ~enough).sum())
    return _Counted(kept, n[enough], each[enough], expected[enough], float(hits.mean()), few)


def _standings(metric: Metric, basis: Basis, counted: _Counted) -> tuple[tuple[AgentStanding, ...], BandNote]:
    """Words where there are at least 8 people and they differ by more than chance."""
    # The likelihood is of whole tickets: the adjusted share as so many of them.
    adjusted = (counted.adjusted * counted.n).round().astype(np.int64)
    prior = fit(adjusted, counted.n)
    if prior is None:
        return (), BandNote.FEW_AGENTS
    is_few = len(counted.people) < FEWEST_AGENTS
    note = BandNote.FEW_AGENTS if is_few else BandNote.NONE if prior.is_spread else BandNote.NO_SPREAD
    told = standings(adjusted, counted.n, prior)
    every = (_standing(metric, basis, counted, n, one, note) for n, one in enumerate(told))
    return tuple(every), note


def _standing(
    metric: Metric, basis: Basis, counted: _Counted, at: int, found: Shrunken, note: BandNote
) -> AgentStanding:
    n, hits, expected = int(counted.n[at]), int(counted.hits[at]), float(counted.expected[at])
    standing = Standing(found.verdict.value) if note is BandNote.NONE else None
    away = {Standing.ABOVE: 1.0, Standing.BELOW: -1.0, Standing.ALIKE: 0.0}
    direction = bases.direction(metric, basis, away[standing]) if standing else Direction.UNKNOWN
    return AgentStanding(
        name=counted.people[at].name,
        member_id=counted.people[at].member_id,
        n=n,
        hits=hits,
        share=hits / n,
        expected=expected,
        ratio=hits / expected if expected > 0 else None,
        adjusted=float(counted.adjusted[at]),
        shrunken=found.shrunken,
        interval=found.interval,
        standing=standing,
        direction=direction,
    )
