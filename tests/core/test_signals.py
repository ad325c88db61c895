"""A team's signals, its people and another team beside it, read from real databases."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import numpy as np
import pytest
from sqlmodel import select

from cspm_core import people, signals
from cspm_core.kpi import Direction
from cspm_core.kpi.daily import daily
from cspm_core.kpi.owned import catalogue_of
from cspm_core.kpi.subjects import ASKED_FOR
from cspm_core.periods import parse_period
from cspm_core.signals import AgentsBand, BandNote, Basis, Comparison, Movement, Reason, Standing
from cspm_core.signals.agents import agents
from cspm_core.signals.mixing import beside, combined, expected
from cspm_core.stats.mix import observed_over_expected
from cspm_core.store import Store
from cspm_core.tickets import Source

from .kpi_stage import Stage
from .signal_stage import DAYS, NEWEST, WEEKENDS, ZONE, Told, centre, told

MONTH = "28d"


def band(stage: Stage, key: str, period: str = MONTH) -> AgentsBand:
    with stage.store.reading() as session:
        found = parse_period(period, timezone=ZONE, now=stage.now)
        return agents(session, stage.team, key, found, stage.now)


# Of a team ----------------------------------------------------------------------------------------------------------


def bad_friday(day: int, number: int) -> Told:
    return {**told(day, number), **({"good": number % 2 == 0} if day == 81 else {})}


def test_a_bad_last_friday_is_the_latest_signal_of_satisfaction_and_of_nothing_else(store: Store, workspace_id: int):
    stage = centre(store, workspace_id, bad_friday)
    with store.reading() as session:
        found = signals.of_team(session, stage.team, None, stage.now)
        again = signals.of_team(session, stage.team, ["csat"], stage.now)["csat"]
        every = catalogue_of(session, stage.team)
        assert set(found) == {key for key, metric in every.items() if metric.of not in ASKED_FOR}
    late = {key: signal.latest for key, signal in found.items() if signal.latest}
    assert set(late) == {"csat"}
    assert (late["csat"].day, late["csat"].direction, late["csat"].rule) == (DAYS[81], Direction.WORSE, 1)
    assert late["csat"].value == 0.5
    assert again.flags == found["csat"].flags
    assert found["backlog"].reason is Reason.LEVEL
    assert found["volume"].flags == ()
    closed = [n for n, day in enumerate(found["csat"].days) if day in WEEKENDS]
    assert np.isnan(found["csat"].values[closed]).all()


def test_days_that_are_ready_are_not_read_again_and_say_the_same(store: Store, workspace_id: int):
    stage = centre(store, workspace_id, bad_friday, a_day=10)
    with store.reading() as session:
        metrics = list(catalogue_of(session, stage.team).values())
        days = daily(session, stage.team, metrics, DAYS[0], NEWEST, as_of=stage.now)
        ready = signals.of_team(session, stage.team, None, stage.now, days=days)
        read = signals.of_team(session, stage.team, None, stage.now)
    for key, signal in ready.items():
        assert signal.flags == read[key].flags


def slower_each_week(day: int, number: int) -> Told:
    return {**told(day, number), "reply_h": (0.2 + day // 7 * 0.1) * (0.5 + number % 11 / 10)}


def test_a_median_that_grows_week_by_week_is_rising_by_the_true_medians_of_the_weeks(store: Store, workspace_id: int):
    stage = centre(store, workspace_id, slower_each_week, a_day=11)
    with store.reading() as session:
        signal = signals.of_figure(session, stage.team, "first_response", stage.now)
        flat = signals.of_figure(session, stage.team, "csat", stage.now)
        level = signals.of_figure(session, stage.team, "backlog", stage.now)
    assert signal.trend is not None
    assert (signal.trend.movement, signal.trend.direction) == (Movement.RISING, Direction.WORSE)
    assert signal.trend.values.tolist() == pytest.approx([3600 * (0.2 + week * 0.1) for week in range(1, 12)])
    assert signal.trend.slope == pytest.approx(360)
    # The data begins on the first Monday at nine: that week is not whole.
    assert signal.trend.weeks == tuple(DAYS[7::7])
    assert flat.trend is not None
    assert flat.trend.movement is Movement.NONE
    assert level.reason is Reason.LEVEL
    assert level.trend is not None
    assert level.trend.weeks == tuple(DAYS[7::7])


def test_a_day_that_is_not_over_is_not_judged(store: Store, workspace_id: int):
    stage = centre(store, workspace_id, bad_friday, a_day=10)
    noon = stage.now - timedelta(days=2, hours=20)
    assert noon.date() == DAYS[81]
    with store.reading() as session:
        found = signals.of_team(session, stage.team, ["csat", "volume"], noon)
    assert all(not signal.latest for signal in found.values())
    assert np.isnan(found["volume"].values[found["volume"].days.index(DAYS[81])])


# People -------------------------------------------------------------------------------------------------------------


def one_is_worse(day: int, number: int) -> Told:
    """Agent A satisfies two of three, Agent B all; the others nine of ten."""
    facts = dict(told(day, number))
    if facts["agent"] == "Agent A":
        facts["good"] = (number // 10 + day) % 3 != 0
    if facts["agent"] == "Agent B":
        facts["good"] = True
    return facts


def test_who_differs_by_more_than_chance_is_above_or_below_and_nobody_has_a_rank(store: Store, workspace_id: int):
    stage = centre(store, workspace_id, one_is_worse)
    found = band(stage, "csat")
    assert [one.name for one in found.agents] == [f"Agent {letter}" for letter in "ABCDEFGHIJ"]
    words = {one.name: one.standing for one in found.agents}
    assert words.pop("Agent A") is Standing.BELOW
    assert words.pop("Agent B") in (Standing.ABOVE, Standing.ALIKE)
    assert set(words.values()) == {Standing.ALIKE}
    first = found.agents[0]
    assert first.direction is Direction.WORSE
    assert first.share < first.shrunken < found.agents[2].shrunken
    assert first.interval.low < first.shrunken < first.interval.high
    assert (found.basis, found.note, found.threshold_s) == (Basis.SHARE, BandNote.NONE, None)
    assert first.n == 3 * 19


def who_takes_the_hard_ones(day: int, number: int) -> Told:
    """Refunds satisfy six of ten whoever has them, all else nine of ten. Agents A and B have nearly all the refunds."""
    facts = dict(told(day, number))
    takes = facts["agent"] in ("Agent A", "Agent B")
    rng = Random(day * 1000 + number)
    is_hard = rng.random() < (0.9 if takes else 0.1)
    return {**facts, "category": "refunds" if is_hard else "billing", "good": rng.random() < (0.6 if is_hard else 0.9)}


def test_who_takes_the_hard_ones_is_not_below(store: Store, workspace_id: int):
    stage = centre(store, workspace_id, who_takes_the_hard_ones)
    found = band(stage, "csat")
    first = found.agents[0]
    assert found.centre is not None
    assert first.share < found.centre - 0.1
    assert first.ratio == pytest.approx(1, abs=0.1)
    assert first.adjusted > first.share + 0.05
    assert first.standing in (Standing.ALIKE, None)


def one_is_slow(day: int, number: int) -> Told:
    facts = told(day, number)
    return {**facts, "reply_h": facts["reply_h"] * (4 if facts["agent"] == "Agent C" else 1)}


def test_lengths_of_time_are_judged_by_how_many_are_no_slower_than_the_team(store: Store, workspace_id: int):
    stage = centre(store, workspace_id, one_is_slow)
    found = band(stage, "first_response")
    assert found.basis is Basis.FASTER
    assert found.threshold_s is not None
    third = found.agents[2]
    assert (third.name, third.standing, third.direction) == ("Agent C", Standing.BELOW, Direction.WORSE)


def test_without_a_difference_or_with_few_people_there_are_no_words(store: Store, workspace_id: int):
    stage = centre(store, workspace_id)
    assert band(stage, "csat").note is BandNote.NO_SPREAD
    assert all(one.standing is None for one in band(stage, "csat").agents)
    assert band(stage, "solved").note is BandNote.COUNTS
    assert band(stage, "volume").agents == ()
    few = centre(store, workspace_id, lambda day, n: {**one_is_worse(day, n), "agent": f"P{n % 3}"}, name="Few")
    told_of = band(few, "csat")
    assert told_of.note is BandNote.FEW_AGENTS
    assert [one.standing for one in told_of.agents] == [None] * 3


def test_under_five_tickets_nothing_is_said_and_two_names_are_one_person(store: Store, workspace_id: int):
    def seldom(day: int, number: int) -> Told:
        facts = dict(told(day, number))
        if day == 81 and number < 4:
            facts["agent"] = "Newcomer"
        return facts

    stage = centre(store, workspace_id, seldom)
    with store.transaction() as session:
        both = people.add_member(session, workspace_id, "Bea", now=stage.now)
        for name in ("Agent A", "Agent B"):
            people.be_known_as(session, both, name, now=stage.now)
    found = band(stage, "csat")
    assert found.too_few == 1
    assert [one.name for one in found.agents] == [*(f"Agent {letter}" for letter in "CDEFGHIJ"), "Bea"]
    assert found.agents[-1].member_id == both.id
    assert found.agents[-1].n > 100


# Teams --------------------------------------------------------------------------------------------------------------


def mostly_chat(day: int, number: int) -> Told:
    """Nine of ten come by chat, which satisfies seven of ten; mail satisfies all."""
    is_chat = number % 10 != 0
    facts = {**told(day, number), "channel": "chat" if is_chat else "email"}
    return {**facts, "good": not is_chat or (number * 3 + day) % 10 < 7}


def mostly_mail(day: int, number: int) -> Told:
    is_chat = number % 10 == 0
    facts = {**told(day, number), "channel": "chat" if is_chat else "email"}
    return {**facts, "good": not is_chat or (number // 10 * 3 + day) % 10 < 7}


def compared(store: Store, a: Stage, b: Stage, keys: list[str] | None = None) -> Comparison:
    with store.reading() as session:
        period = parse_period(MONTH, timezone=ZONE, now=a.now)
        return signals.compare(session, a.team, b.team, keys, period, a.now)


def test_two_teams_with_another_mix_differ_and_on_one_mix_they_do_not(store: Store, workspace_id: int):
    chat, mail = centre(store, workspace_id, mostly_chat), centre(store, workspace_id, mostly_mail, name="Mail")
    (figure,) = compared(store, chat, mail, ["csat"]).figures
    assert figure.is_distinguishable
    assert figure.direction is Direction.WORSE
    assert figure.difference == pytest.approx(0.73 - 0.97, abs=0.05)
    assert figure.interval is not None
    assert figure.interval.low < figure.difference < figure.interval.high
    adjusted = figure.adjusted
    assert adjusted is not None
    assert not adjusted.is_distinguishable
    assert adjusted.direction is Direction.SAME
    assert adjusted.covered > 0.9
    assert sum(adjusted.observed) == pytest.approx(sum(adjusted.expected))
    assert adjusted.ratio[0] == pytest.approx(1, abs=0.1)


def test_slower_answers_are_told_by_the_difference_of_medians_and_on_one_mix(store: Store, workspace_id: int):
    usual = centre(store, workspace_id)
    slow = centre(
        store, workspace_id, lambda day, n: {**told(day, n), "reply_h": told(day, n)["reply_h"] * 2}, name="Slow"
    )
    (figure,) = compared(store, slow, usual, ["first_response"]).figures
    first, second = (measure.value for measure in figure.measures)
    assert first is not None
    assert second is not None
    assert figure.difference == pytest.approx(first - second)
    assert (figure.is_distinguishable, figure.direction) == (True, Direction.WORSE)
    assert figure.adjusted is not None
    assert (figure.adjusted.basis, figure.adjusted.direction) == (Basis.FASTER, Direction.WORSE)
    assert figure.adjusted.difference < 0


def test_both_teams_are_told_as_of_the_end_of_the_data_that_ends_first(store: Store, workspace_id: int):
    a, b = centre(store, workspace_id, a_day=10), centre(store, workspace_id, a_day=10, name="Late")
    with store.transaction() as session:
        row = session.exec(select(Source).where(Source.team_id == b.team.id)).one()
        row.complete_until -= timedelta(days=3)
        session.add(row)
    found = compared(store, a, b)
    with store.reading() as session:
        assert found.as_of == a.now - timedelta(days=3, hours=9)
    counts = {one.metric.key: one for one in found.figures}
    assert [one.n for one in counts["volume"].measures] == [counts["volume"].measures[0].n] * 2
    assert counts["volume"].interval is None
    assert counts["volume"].direction is Direction.UNKNOWN
    assert counts["volume"].adjusted is None
    assert [side.team for side in found.sides] == ["Returns", "Late"]


# The mix, by hand ---------------------------------------------------------------------------------------------------


def test_what_a_mix_lets_one_expect_by_hand_and_as_the_statistics_say():
    hits = np.array([1.0, 1, 0, 1, 0, 0, 1, 0])
    mix = combined([np.array([7, 7, 7, 7, 9, 9, 9, 9])], 8)
    whose = np.array([0, 0, 1, 1, 0, 1, 1, 1])
    assert expected(hits, mix, whose, 2).tolist() == pytest.approx([2 * 0.75 + 0.25, 2 * 0.75 + 3 * 0.25])
    found = beside(hits, mix, 1 - whose)
    assert found is not None
    by_group = observed_over_expected(hits, np.ones(8), mix, whose)
    assert found.observed == tuple(one.observed for one in by_group)
    assert found.expected == pytest.approx(tuple(one.expected for one in by_group))
    # Weights 2*2/4 and 1*3/4; differences of shares 1 - 1/2 and 0 - 1/3.
    assert found.difference == pytest.approx((1 * 0.5 - 0.75 / 3) / 1.75)
    assert found.covered == 1


def test_work_that_only_one_team_has_is_not_compared():
    whose = np.array([1, 1, 0, 0])
    assert beside(np.ones(4), np.array([0, 0, 1, 1]), whose) is None
    found = beside(np.array([1.0, 0, 1, 0]), np.array([0, 1, 1, 1]), whose)
    assert found is not None
    assert found.covered == 0.75
    assert found.n == (1, 2)
