"""What moved a team's figure, read from real databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import numpy as np
import pytest

from cspm_core import calls, drivers, kpi, signals
from cspm_core.calendars import midnight
from cspm_core.calls import CallFacts
from cspm_core.drivers import Dimension, Driver, NoDriver, NoDriverReason
from cspm_core.kpi import Direction, Reading
from cspm_core.metrics import CATALOGUE, Measure
from cspm_core.periods import parse_period
from cspm_core.signals import Basis
from cspm_core.stats import wilson
from cspm_core.store import Store

from . import kpi_stage
from .kpi_stage import Stage
from .signal_stage import NEWEST, WORKED, ZONE, Told, at_work, centre, judged, of_share, one_ticket, told

NOW_WEEKS = {n for n in range(84) if n >= 70}
"""The last two of the twelve weeks; the period before are the two before them."""


def drive(
    stage: Stage, key: str, period: str = "2026-11-09..2026-11-22", with_agents: bool = False
) -> Driver | NoDriver:
    with stage.store.reading() as session:
        found = parse_period(period, timezone=ZONE, now=stage.now)
        return drivers.of_change(session, stage.team, key, found, stage.now, with_agents=with_agents)


def chat_is_worse(day: int, number: int) -> Told:
    facts = dict(told(day, number))
    if day in NOW_WEEKS and facts["channel"] == "chat":
        facts["good"] = (number + day * 3) % 20 < 12
    return facts


def test_the_channel_that_satisfies_less_is_named_with_its_numbers(store: Store, workspace_id: int):
    stage = centre(store, workspace_id, chat_is_worse, a_day=60)
    found = drive(stage, "csat")
    assert isinstance(found, Driver)
    main = found.main
    assert (main.dimension, main.word, found.basis) == (Dimension.CHANNEL, "chat", Basis.SHARE)
    assert (main.n_before, main.n_now) == (300, 300)
    assert main.rate_before is not None
    assert main.rate_now is not None
    assert main.rate_now < main.rate_before - 0.2
    assert main.volume == pytest.approx(0)
    assert main.share > 0.8
    assert found.direction is Direction.WORSE
    assert found.change == pytest.approx(sum(part.moved for part in found.parts) + found.rest)
    before, now = (measure.value for measure in found.measures)
    assert before is not None
    assert now is not None
    assert found.change == pytest.approx(now - before)
    assert found.interval is not None
    assert found.interval.high < 0
    assert found.strongest[0] == main
    assert {one.dimension for one in found.strongest} <= set(Dimension) - {Dimension.AGENT}


def more_chat(day: int, number: int) -> Told:
    """Chat always satisfied six of ten, and there is four times as much of it."""
    is_chat = number % 10 < (8 if day in NOW_WEEKS else 2)
    good = Random(day * 1000 + number).random() < (0.6 if is_chat else 0.95)
    return {**told(day, number), "channel": "chat" if is_chat else "email", "good": good}


def test_more_of_what_was_always_worse_is_volume(store: Store, workspace_id: int):
    found = drive(centre(store, workspace_id, more_chat, a_day=60), "csat")
    assert isinstance(found, Driver)
    assert found.main.dimension is Dimension.CHANNEL
    assert abs(found.main.volume) > 4 * abs(found.main.rate)
    assert (found.main.n_before, found.main.n_now) == (120, 480)


def test_a_quiet_change_has_no_driver(store: Store, workspace_id: int):
    found = drive(centre(store, workspace_id), "csat")
    assert isinstance(found, NoDriver)
    assert found.reason is NoDriverReason.NOISE


def all_are_worse(day: int, number: int) -> Told:
    return {**told(day, number), "good": Random(day * 1000 + number).random() < (0.6 if day in NOW_WEEKS else 0.9)}


def test_where_everything_became_worse_there_is_no_single_driver(store: Store, workspace_id: int):
    found = drive(centre(store, workspace_id, all_are_worse, a_day=60), "csat")
    assert isinstance(found, NoDriver)
    assert found.reason is NoDriverReason.NO_SINGLE
    assert found.strongest


def one_is_slow(day: int, number: int) -> Told:
    facts = told(day, number)
    is_slow = day in NOW_WEEKS and facts["agent"] == "Agent C"
    return {**facts, "reply_h": facts["reply_h"] * (6 if is_slow else 1)}


def test_people_are_named_only_where_that_is_asked_for(store: Store, workspace_id: int):
    stage = centre(store, workspace_id, one_is_slow, a_day=60)
    without, with_agents = drive(stage, "first_response"), drive(stage, "first_response", with_agents=True)
    assert isinstance(with_agents, Driver)
    assert (with_agents.main.dimension, with_agents.main.word) == (Dimension.AGENT, "Agent C")
    assert with_agents.basis is Basis.SLOWER
    assert with_agents.threshold_s == with_agents.measures[0].value
    told_of = [without.main] if isinstance(without, Driver) else []
    assert all(one.dimension is not Dimension.AGENT for one in (*told_of, *without.strongest))


def a_new_fault(day: int, number: int) -> Told:
    return {**told(day, number), "category": "login" if number >= 30 else told(day, number)["category"]}


def test_a_flood_of_one_category_drives_the_volume(store: Store, workspace_id: int):
    facts = [
        one_ticket(day, n, a_new_fault(day, n)) for day in WORKED if day >= 42 for n in range(60 if day >= 70 else 30)
    ]
    end = midnight(NEWEST + timedelta(days=1), ZONE)
    stage = kpi_stage.set_stage(store, workspace_id, facts, complete_until=end, now=end, timezone=ZONE)
    found = drive(stage, "volume")
    assert isinstance(found, Driver)
    assert (found.main.word, found.main.volume, found.main.rate) == ("login", 300, 0)
    assert (found.basis, found.change, found.direction) == (Basis.COUNT, 300, Direction.CHANGED)
    assert drive(stage, "tickets_per_agent").__class__ is NoDriver


def late_at_night(day: int, number: int) -> Told:
    """From noon on nobody is satisfied in the last two weeks."""
    return {
        **told(day, number),
        "good": told(day, number)["good"] and not (day in NOW_WEEKS and number * 4 % 420 >= 180),
    }


def test_the_hour_is_that_of_the_team(store: Store, workspace_id: int):
    found = drive(centre(store, workspace_id, late_at_night, a_day=60), "csat")
    assert isinstance(found, Driver)
    assert (found.main.dimension, found.main.word) == (Dimension.HOUR, "afternoon")


def test_too_few_or_nothing_to_take_apart(store: Store, workspace_id: int):
    stage = centre(store, workspace_id, a_day=2)
    few = drive(stage, "csat")
    assert isinstance(few, NoDriver)
    assert few.reason is NoDriverReason.TOO_FEW
    for key in ("escalations", "tickets_per_agent"):
        whole = drive(stage, key)
        assert isinstance(whole, NoDriver)
        assert whole.reason is NoDriverReason.WHOLE
    nothing = drive(stage, "nps")
    assert isinstance(nothing, NoDriver)
    assert nothing.reason is NoDriverReason.NO_DATA


# Which figure gets a sentence -----------------------------------------------------------------------------------------


def reading(key: str, hits: int, before: int, n: int = 200) -> Reading:
    now, then = (Measure(one / n, n, float(one), float(n), wilson(one, n)) for one in (hits, before))
    return kpi.rules.read(CATALOGUE[key], now, then, None)


def signal(key: str, hits_today: int) -> signals.Signal:
    hits = np.where(np.arange(84) == 81, hits_today, 27.0 + np.arange(84) % 2)
    return judged(of_share(hits, np.full(84, 30.0), key))


def test_the_figure_that_signals_gets_the_sentence():
    readings = [reading("csat", 150, 180), reading("one_touch", 170, 180), reading("sla_first_response", 178, 180)]
    worse, better = signal("sla_first_response", 10), signal("one_touch", 30)
    assert worse.latest is not None
    assert better.latest is None
    said = drivers.worth_saying(readings, {"sla_first_response": worse, "one_touch": better})
    assert said is readings[2]


def test_else_the_surest_change_to_the_worse_and_never_one_that_may_be_chance():
    small, sure = reading("one_touch", 172, 180), reading("csat", 150, 180)
    assert drivers.worth_saying([small, reading("sla_first_response", 160, 180), sure], {}) is sure
    assert drivers.worth_saying([small, reading("csat", 195, 150)], {}) is None
    assert drivers.worth_saying([], {}) is None
    assert drivers.worth_saying([replace(sure, before=None)], {}) is None


def test_calls_are_taken_apart_by_what_was_talked_about_in_seconds(store: Store, workspace_id: int):
    def spoken(day: int, number: int) -> CallFacts:
        begun, is_refund = at_work(day, number * 10), number % 4 == 0
        talk = 200 + number % 7 * 20 + (400 if is_refund and day in NOW_WEEKS else 0)
        return CallFacts(
            f"C-{day}-{number}", begun, agent=f"P{number % 6}", topic="Refund" if is_refund else "Order",
            answered_at=begun + timedelta(seconds=9), ended_at=begun + timedelta(seconds=talk + 40),
            talk_s=talk, hold_s=0, wrap_s=20,
        )  # fmt: skip

    stage = centre(store, workspace_id, a_day=1)
    with store.transaction() as session:
        told_of = [spoken(day, n) for day in WORKED if day >= 42 for n in range(40)]
        until = stage.now - timedelta(hours=9)
        calls.record(session, stage.team, told_of, scope=stage.team.id, known_at=until, now=stage.now)
        calls.note_source(session, stage.team, complete_until=until, first_at=told_of[0].queued_at, now=stage.now)
    found = drive(stage, "aht")
    assert isinstance(found, Driver)
    assert (found.main.dimension, found.main.word, found.basis) == (Dimension.CATEGORY, "Refund", Basis.MEAN)
    assert found.change == pytest.approx(100)
    assert (found.main.rate, found.main.volume) == (pytest.approx(100), pytest.approx(0))
    before, now = (measure.value for measure in found.measures)
    assert before is not None
    assert now is not None
    assert now - before == pytest.approx(100)
