"""Signals, drivers and what may be said in a channel, against charts drawn and people counted by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from sqlmodel import select

from cspm_core import calls, drivers, kpi, people, signals
from cspm_core.calls import CallFacts
from cspm_core.drivers import Driver, NoDriver
from cspm_core.kpi.daily import Daily
from cspm_core.metrics import CATALOGUE
from cspm_core.periods import parse_period
from cspm_core.signals import BandNote, Reason, Signal
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts, record

from . import kpi_stage
from .signal_stage import (
    DAYS,
    NEWEST,
    WEEKENDS,
    ZONE,
    Told,
    at_work,
    centre,
    judged,
    of_count,
    of_median,
    of_share,
    told,
)

JUDGED, BASELINE = 28, 56


# The chart by hand ----------------------------------------------------------------------------------------------------


def drawn_by_hand(values: Sequence[float], judged_from: date, scale: str) -> tuple[float, float, float]:
    """Centre and limits: the mean of the eight weeks before what is judged, and three sigmas of the mean moving range.

    Counts are drawn by their square roots, lengths of time by their logarithms. No value: a gap.
    """
    there = {"root": lambda x: math.sqrt(x + 3 / 8), "log": lambda x: math.log(x + 60), "": float}[scale]
    back = {"root": lambda y: max(max(y, 0) ** 2 - 3 / 8, 0), "log": lambda y: max(math.exp(y) - 60, 0), "": float}[
        scale
    ]
    line: list[float | None] = []
    for day, value in zip(DAYS, values, strict=True):
        if day not in WEEKENDS and 0 < (judged_from - day).days <= BASELINE:
            line.append(None if math.isnan(value) else there(value))
    known = [one for one in line if one is not None]
    ranges = [abs(b - a) for a, b in pairwise(line) if a is not None and b is not None]
    sigma = max(sum(ranges) / len(ranges) / 1.128, {"root": 0.5, "log": 0.05, "": 0.0}[scale])
    middle = sum(known) / len(known)
    return back(middle), back(middle - 3 * sigma), back(middle + 3 * sigma)


def flags_by_hand(signal: Signal, steps: Sequence[float]) -> list[tuple[date, int, date]]:
    """Day by day: beyond a limit, or the ninth or later in a row on one side of the centre; and since when.

    Less than half of the smallest difference there can be from the centre is on neither side.
    """
    found, run, side, since = [], 0, 0, DAYS[0]
    for n, day in enumerate(signal.days):
        if day in WEEKENDS:
            continue
        value, middle = signal.values[n], signal.centre[n]
        is_even = math.isnan(value) or value == middle or abs(value - middle) < steps[n] / 2
        now = 0 if is_even else 1 if value > middle else -1
        run, since = (run + 1, since) if now == side and now else (1, day)
        side = now
        if math.isnan(value) or (NEWEST - day).days >= JUDGED:
            continue
        if not signal.low[n] - 1e-9 <= value <= signal.high[n] + 1e-9:
            found.append((day, 1, since))
        elif side and run >= 9:
            found.append((day, 2, since))
    return found


def with_gaps(random: Random, values: list[float]) -> list[float]:
    return [math.nan if random.random() < 0.05 else value for value in values]


def series_of(kind: str, random: Random) -> Daily:
    """Twelve weeks whatever the weekday; now and then the last two weeks are other ones."""
    shift = random.choice((0, 0, 1, 2.5))
    late = [shift if n >= 70 else 0 for n in range(84)]
    if kind == "count":
        return of_count([max(round(random.gauss(40 + 7 * one, 6)), 0) for one in late])
    if kind == "median":
        values = with_gaps(random, [math.exp(random.gauss(8 + 0.5 * one, 0.4)) for one in late])
        return of_median(values, [0 if math.isnan(one) else 12 for one in values])
    if kind == "mean":
        values = with_gaps(random, [random.gauss(5 - 0.6 * one, 0.5) for one in late])
        return replace(of_median(values, [0 if math.isnan(one) else 12 for one in values]), metric=CATALOGUE["ces"])
    sizes = [random.randrange(3, 40) for _ in late]  # under five is a gap
    hits = [sum(random.random() < 0.85 - 0.15 * one for _ in range(n)) for one, n in zip(late, sizes, strict=True)]
    return of_share(hits, sizes)


@pytest.mark.parametrize("kind", ["count", "median", "mean", "share"])
def test_the_limits_and_flags_of_a_chart_are_those_that_one_draws_by_hand(kind: str):
    drawn = flagged = 0
    for seed in range(60):
        series = series_of(kind, Random(seed))
        signal = judged(series)
        assert signal.reason is Reason.NONE
        assert signal.judged_from
        assert signal.judged_from == next(
            day for day, value in zip(DAYS, signal.values, strict=True)
            if (NEWEST - day).days < JUDGED and not math.isnan(value)
        )  # fmt: skip
        level = signal.centre[[n for n, day in enumerate(DAYS) if day not in WEEKENDS]]
        if np.ptp(level) > 1e-9:
            continue  # by chance the weekdays look different, one time in twenty
        if kind != "share":
            scale = {"count": "root", "median": "log", "mean": ""}[kind]
            ours = signal.centre[0], signal.low[0], signal.high[0]
            assert ours == pytest.approx(drawn_by_hand(series.value.tolist(), signal.judged_from, scale), rel=1e-9)
        for n, size in enumerate(series.n.tolist()):
            is_gap = DAYS[n] in WEEKENDS or (kind == "share" and size < 5) or (kind in ("median", "mean") and not size)
            assert math.isnan(signal.values[n]) == is_gap
        steps = {"count": [1.0] * 84, "share": [1 / max(n, 1) for n in series.n.tolist()]}.get(kind, [0.0] * 84)
        by_hand = flags_by_hand(signal, steps)
        assert [(one.day, one.rule, one.since) for one in signal.flags] == by_hand, seed
        drawn, flagged = drawn + 1, flagged + len(by_hand)
    assert drawn > 45
    assert flagged > 60


# What moved it --------------------------------------------------------------------------------------------------------


def uneven(day: int, number: int) -> Told:
    """Everything depends on chance, and in the last two weeks chat is slower, less liked, and there is more of it."""
    random = Random(day * 1000 + number)
    is_late = day >= 70
    channel = "chat" if random.random() < (0.6 if is_late else 0.3) else "email"
    is_worse = is_late and channel == "chat"
    good = random.random() < (0.6 if is_worse else 0.9)
    return {
        **told(day, number),
        "channel": channel,
        "language": random.choice(("en", "nl", "")),
        "reply_h": random.expovariate(1 / (6 if is_worse else 2)),
        "good": good if random.random() < 0.7 else None,
    }


@pytest.mark.parametrize("key", ["csat", "first_response", "volume", "reopen_rate", "one_touch"])
def test_the_parts_of_a_change_are_what_one_takes_apart_by_hand(store: Store, workspace_id: int, key: str):
    stage = centre(store, workspace_id, uneven, a_day=50)
    period = parse_period("2026-11-09..2026-11-22", timezone=ZONE, now=stage.now)
    with store.reading() as session:
        found = drivers.of_change(session, stage.team, key, period, stage.now)
        card = kpi.scorecard(session, stage.team, period, as_of=stage.now, keys=[key])
        now, then = (
            {row.key: row for row in kpi.behind(session, stage.team, key, span, as_of=at, limit=None).rows}
            for span, at in ((period, stage.now), (card.before, stage.now))
        )
    [reading] = card.readings
    assert reading.before
    assert (len(now), len(then)) == (reading.measure.n, reading.before.n)
    if key in ("one_touch", "reopen_rate", "volume"):  # nothing about them changed
        assert isinstance(found, NoDriver)
        return
    assert isinstance(found, Driver)
    assert found.main.word == "chat"
    halves = []
    for rows in (then, now):
        every = [(row.channel, _hit(found, row)) for row in rows.values()]
        halves.append(every)
    rate = [sum(hit for _, hit in every) / len(every) for every in halves]
    assert found.change == pytest.approx(rate[1] - rate[0])
    assert found.change == pytest.approx(sum(part.volume + part.rate for part in found.parts) + found.rest)
    if key == "csat":
        assert found.change == pytest.approx(reading.change)
    for part in found.parts:
        theirs = [[hit for channel, hit in every if channel == part.word] for every in halves]
        weights = [len(some) / len(every) for some, every in zip(theirs, halves, strict=True)]
        rates = [sum(some) / len(some) for some in theirs]
        volume = (weights[1] - weights[0]) * ((rates[0] + rates[1]) / 2 - (rate[0] + rate[1]) / 2)
        assert (part.n_before, part.n_now) == tuple(map(len, theirs))
        assert (part.volume, part.rate) == pytest.approx(
            (volume, (rates[1] - rates[0]) * (weights[0] + weights[1]) / 2)
        )


def _hit(found: Driver, row: kpi.TicketRow) -> float:
    """Whether it counts for a share; of a length, whether it took longer than the median of the period before."""
    if found.threshold_s is None:
        return float(bool(row.ok))
    assert row.value_s is not None
    return float(row.value_s > found.threshold_s)


# Nothing about a person, nor about a handful --------------------------------------------------------------------------


@pytest.mark.parametrize("many", [1, 4, 5])
@pytest.mark.parametrize("source", ["tickets", "calls", "both", "names"])
def test_figures_about_one_to_four_people_are_known_as_such_wherever_they_work(
    store: Store, workspace_id: int, many: int, source: str
):
    """`names`: one of them is known by two."""
    now = at_work(40, 0)
    who = [f"P{n}" for n in range(many)]
    wrote = who if source != "calls" else []
    if source == "both":
        wrote, who = who[:1], who[1:] or who
    told_of = [
        TicketFacts(f"T-{n}", at_work(38, n), agent=name, solved_at=at_work(38, 90 + n)) for n, name in enumerate(wrote)
    ]
    stage = kpi_stage.set_stage(store, workspace_id, told_of, complete_until=None, now=now, timezone=ZONE)
    with store.transaction() as session:
        if source in ("calls", "both"):
            heard = [CallFacts(f"C-{n}", at_work(38, n), agent=name, talk_s=60) for n, name in enumerate(who)]
            calls.record(session, stage.team, heard, scope=stage.team.id, known_at=now, now=now)
            calls.note_source(session, stage.team, complete_until=now, first_at=at_work(38, 0), now=now)
        if source == "names":
            again = [TicketFacts("T-again", at_work(38, 5), agent="P0 (mail)")]
            record(session, stage.team, again, scope=stage.team.id, known_at=now, now=now)
            member = people.add_member(session, workspace_id, "Pia", now=now)
            for name in ("P0", "P0 (mail)"):
                people.be_known_as(session, member, name, now=now)
    period = parse_period("28d", timezone=ZONE, now=now)
    with store.reading() as session:
        assert kpi.is_about_few(session, stage.team, period) is (many < 5)


@pytest.mark.parametrize("n", [1, 4, 5])
def test_of_somebody_with_under_five_tickets_nothing_is_told_anywhere(store: Store, workspace_id: int, n: int):
    now = at_work(40, 0)
    theirs = [TicketFacts(f"T-{i}", at_work(38, i), agent="Zoe", csat="1", solved_at=at_work(38, 60)) for i in range(n)]
    rest = [
        TicketFacts(f"O-{i}", at_work(37, i % 400), agent=f"P{i % 9}", csat="5", solved_at=at_work(38, 60))
        for i in range(180)
    ]
    stage = kpi_stage.set_stage(
        store, workspace_id, [*theirs, *rest], complete_until=now, now=now + timedelta(hours=1), timezone=ZONE
    )
    period = parse_period("28d", timezone=ZONE, now=now)
    with store.reading() as session:
        band = signals.agents(session, stage.team, "csat", period, now)
        zoe = [session.exec(select(people.Identity.id).where(people.Identity.key == "zoe")).one()]
        card = kpi.scorecard(session, stage.team, period, as_of=now, agents=zoe, agent_name="Zoe")
        listed = kpi.behind(session, stage.team, "csat", period, as_of=now, agents=zoe)
    assert band.note is not BandNote.NO_DATA
    assert ("Zoe" in {one.name for one in band.agents}) is (n >= 5)
    assert band.too_few == (n < 5)
    assert (card.reading("csat").measure.n, listed.total, listed.is_withheld) == (
        (n, n, False) if n >= 5 else (0, 0, True)
    )
