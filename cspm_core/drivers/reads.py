"""What moved a team's figure most against the equal period before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
from sqlmodel import Session, col, select

from ..kpi import windows
from ..kpi.owned import metric_of
from ..kpi.reads import told_from
from ..kpi.rules import compare
from ..kpi.subjects import Reader
from ..metrics import Metric
from ..metrics.parts import outside
from ..people import Identity, Team, calendar_of
from ..periods import Period
from . import choosing
from .dimensions import Taken, taken_apart
from .evidence import Evidence, Half, evidence
from .rules import Driver, Moved, NoDriver, NoDriverReason
from .words import word_of

MOST_PARTS = 12


def of_change(
    session: Session,
    team: Team,
    key: str,
    period: Period,
    as_of: datetime,
    *,
    with_agents: bool = False,
    reader: Reader | None = None,
) -> Driver | NoDriver:
    """The channel, queue, category, language, priority or hour that moved a figure most, against the period before.

    `with_agents`: people too, for a lead whose team allows it (the caller asks), never for a channel. Medians are taken
    apart as the share of tickets that took longer than the median of the period before. `reader`: where facts are read
    already, as of the same instant and from the period before on. Raises NoData, UnknownMetric.
    """
    metric = metric_of(session, team, key)
    earlier, _ = windows.before(period, as_of)
    whole = NoDriverReason.WHOLE if metric.lists_escalations else None
    found = whole or _evidence(session, team, metric, period, as_of, reader)
    if isinstance(found, NoDriverReason):
        return NoDriver(metric, period, earlier, found)
    if found.reason:
        return NoDriver(metric, period, earlier, found.reason)
    taken = taken_apart(found, team.timezone, _persons(session, team) if with_agents else None)
    strongest = _strongest(session, team, found, taken)
    main = _main(found, taken)
    if main is None:
        return NoDriver(metric, period, earlier, NoDriverReason.NO_SINGLE, strongest)
    dimension, at = main
    parts, rest = _parts(session, team, found, dimension)
    before, now = (half.measure for half in found.halves)
    return Driver(
        metric=metric,
        period=period,
        before=earlier,
        basis=found.basis,
        threshold_s=found.threshold,
        measures=(before, now),
        change=found.change,
        interval=found.interval,
        direction=compare(metric, now, before)[1],
        main=_told(session, team, found, dimension, at),
        parts=parts,
        rest=rest,
        strongest=strongest,
    )


def _evidence(
    session: Session, team: Team, metric: Metric, period: Period, as_of: datetime, reader: Reader | None
) -> Evidence | NoDriverReason:
    """Both periods as they stood after the same elapsed time, and their rows."""
    earlier, earlier_as_of = windows.before(period, as_of)
    reader, calendar = reader or Reader(session, team, earlier.start, as_of), calendar_of(session, team)
    told, how, halves = told_from(session, team, metric.of, as_of), windows.ways(team), []
    for span, at in ((earlier, earlier_as_of), (period, as_of)):
        window = windows.window(span, told.until(at), calendar, told.first_at, how)
        if outside(window):
            return NoDriverReason.NO_DATA
        facts = reader.of_metric(metric, told.until(at))
        part = metric.formula(facts, window)
        halves.append(Half(facts, window, part, metric.summed(part)))
    return evidence(metric, *halves)


def _persons(session: Session, team: Team) -> Mapping[int, int]:
    """Each identity of a known person, and the one that stands for all of theirs."""
    query = select(Identity.id, Identity.member_id).where(
        Identity.workspace_id == team.workspace_id, col(Identity.member_id).is_not(None)
    )
    first: dict[int | None, int] = {}
    return {identity: first.setdefault(member, identity) for identity, member in session.exec(query)}


def _main(found: Evidence, taken: Sequence[Taken]) -> tuple[Taken, int] | None:
    """The driver: of the values that can be called one, the strongest."""
    looked_at = sum(len(one.codes) for one in taken)
    best: tuple[float, Taken, int] | None = None
    for one in taken:
        strength = choosing.strength(one.split, found.change)
        for at in np.flatnonzero(choosing.is_driver(one.split, one.codes, found.change, looked_at)):
            if best is None or strength[at] > best[0]:
                best = float(strength[at]), one, int(at)
    return best[1:] if best else None


def _strongest(session: Session, team: Team, found: Evidence, taken: Sequence[Taken]) -> tuple[Moved, ...]:
    """Of each dimension the value that moved most with the change, the strongest first."""
    best = [(choosing.strength(one.split, found.change), one) for one in taken]
    tops = sorted(((float(strong.max()), int(strong.argmax()), one) for strong, one in best), key=lambda top: -top[0])
    return tuple(_told(session, team, found, one, at) for strong, at, one in tops if strong > 0)


def _parts(session: Session, team: Team, found: Evidence, one: Taken) -> tuple[tuple[Moved, ...], float]:
    order = np.argsort(-np.abs(one.split.moved), kind="stable")
    shown = tuple(_told(session, team, found, one, int(at)) for at in order[:MOST_PARTS])
    return shown, float(one.split.moved[order[MOST_PARTS:]].sum())


def _told(session: Session, team: Team, found: Evidence, one: Taken, at: int) -> Moved:
    """One value with its word, as the first row that has it says."""
    place = int((one.places == at).argmax())
    is_now = place >= found.rows.before
    half, rows = found.halves[is_now], found.at[is_now]
    row = int(rows[place - found.rows.before * is_now])
    word = word_of(session, team, one.dimension, int(one.codes[at]), half.facts, row)
    return choosing.moved(one.dimension, one.split, one.codes, at, found.change, word)
