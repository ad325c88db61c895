"""The escalations behind a figure, and the figures of escalations by kind and by cause."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlmodel import Session

from ..escalations import frames, lists
from ..escalations.lists import Named
from ..escalations.rules import CONFIDENTIAL, Status
from ..metrics import CATALOGUE, CheckBacks, Escalations, Measure, Metric, Subject, Window
from ..metrics.frame import Mask
from ..metrics.parts import outside
from ..people import FEW, Team, calendar_of
from ..periods import Period
from . import windows
from .behind import AGAINST, CHOICES, JUDGED, verdicts, worst_first
from .reads import target, told_from
from .subjects import Reader

OTHER = "other"


@dataclass(frozen=True, slots=True)
class EscalationRow:
    """An escalation behind a figure. `state` and `acknowledged_s` (None: nobody yet) as of the reading.

    `value_s`: how long what the figure measures took, or has lasted so far. Confidential ones have no words.
    """

    escalation: Named
    state: str
    acknowledged_s: float | None
    value_s: float | None
    ok: bool | None
    """Counts for the figure (True) or against it (False); a duration is held against the target, if there is one."""
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class EscalationList:
    """Some `rows` of `total` escalations (or answers to check-backs). With `only` all, the total is the figure's n."""

    metric: Metric
    total: int
    rows: tuple[EscalationRow, ...]
    only: str
    as_of: datetime


def escalations_behind(
    session: Session,
    team: Team,
    key: str,
    period: Period,
    *,
    as_of: datetime,
    only: str = "all",
    limit: int | None = 100,
) -> EscalationList:
    """The escalations that make a figure: `all` that it counts, those `counted_against` it, or those still `waiting`.

    Against it first, then the longest, then the newest. Raises KeyError, ValueError for another `only` or a figure of
    tickets.
    """
    metric = CATALOGUE[key]
    if only not in CHOICES or not metric.lists_escalations:
        raise ValueError(only, key)
    window = _window(session, team, period, as_of)
    if outside(window):
        return EscalationList(metric, 0, (), only, as_of)
    facts = Reader(session, team, period.start, as_of).facts(metric.of)
    assert isinstance(facts, Escalations | CheckBacks)
    part = metric.formula(facts, window)
    judged = verdicts(metric, part, target(session, team, key))
    against = (part.inside | part.waiting) & (judged == AGAINST)
    chosen = {"all": part.inside, "waiting": part.waiting, "counted_against": against}[only]
    order = worst_first(facts.id, facts.opened, part, judged, chosen)
    shown = order if limit is None else order[:limit]
    found = lists.named(session, team, facts.id[shown].tolist())
    rows = (
        _row(found[int(facts.id[n])], as_of, float(part.seconds[n]), JUDGED[int(judged[n])], bool(part.waiting[n]))
        for n in shown
    )
    return EscalationList(metric, len(order), tuple(rows), only, as_of)


def _window(session: Session, team: Team, period: Period, as_of: datetime) -> Window:
    data = told_from(session, team, Subject.ESCALATIONS, as_of)
    return windows.window(period, as_of, calendar_of(session, team), data.first_at)


def _row(one: Named, as_of: datetime, seconds: float, ok: bool | None, is_waiting: bool) -> EscalationRow:
    taken_at = one.acknowledged_at if one.acknowledged_at and one.acknowledged_at <= as_of else None
    return EscalationRow(
        escalation=one,
        state=_state(one, taken_at, as_of),
        acknowledged_s=(taken_at - one.opened_at).total_seconds() if taken_at else None,
        value_s=None if math.isnan(seconds) else seconds,
        ok=ok,
        is_waiting=is_waiting,
    )


def _state(one: Named, taken_at: datetime | None, as_of: datetime) -> str:
    """As it was at the reading, as far as its row tells."""
    if one.resolved_at is not None and one.resolved_at <= as_of:
        return Status.RESOLVED
    if taken_at is None or one.status == Status.OPEN:
        return Status.OPEN
    return Status.ACKNOWLEDGED


@dataclass(frozen=True, slots=True)
class EscalationGroup:
    """Figures of the escalations of one kind or one cause, opened in a period. `by`: all, kind, cause; `key` names it.

    A cause is the detector that raised it, else its source.
    """

    by: str
    key: str
    opened: int
    acknowledge: Measure
    in_time: Measure


def escalation_breakdown(session: Session, team: Team, period: Period, as_of: datetime) -> tuple[EscalationGroup, ...]:
    """All of them together, by kind and by cause, the most frequent first; nothing where none was opened.

    A confidential kind with fewer than 5 is told among the others: its mere name would speak of somebody.
    """
    window = _window(session, team, period, as_of)
    facts = Reader(session, team, period.start, as_of).facts(Subject.ESCALATIONS)
    assert isinstance(facts, Escalations)
    opened = facts.where(window.holds(facts.opened))
    if not len(opened) or outside(window):
        return ()
    told = frames.kinds_and_causes(session, team, period.start, as_of)
    kinds, causes = zip(*(told[one] for one in opened.id.tolist()), strict=True)
    return (
        _group("all", "", opened, np.ones(len(opened), dtype=bool), window),
        *_groups("kind", _discreet(kinds), opened, window),
        *_groups("cause", causes, opened, window),
    )


def _discreet(kinds: Sequence[str]) -> list[str]:
    hidden = {kind for kind in CONFIDENTIAL if kinds.count(kind) < FEW}
    return [OTHER if kind in hidden else kind for kind in kinds]


def _groups(by: str, keys: Sequence[str], opened: Escalations, window: Window) -> list[EscalationGroup]:
    column, most = np.array(keys), sorted(Counter(keys).items(), key=lambda one: (-one[1], one[0]))
    return [_group(by, key, opened, column == key, window) for key, _ in most]


def _group(by: str, key: str, opened: Escalations, chosen: Mask, window: Window) -> EscalationGroup:
    theirs = opened.where(chosen)
    acknowledge, in_time = (
        CATALOGUE[k].measure(theirs, window) for k in ("time_to_acknowledge", "acknowledged_in_time")
    )
    return EscalationGroup(by, key, len(theirs), acknowledge, in_time)
