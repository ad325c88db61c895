"""Whether a promise helped: never because bad weeks are followed by better ones, and only where it can be told."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from cspm_core import effects, people
from cspm_core.coaching.rules import PromiseStatus
from cspm_core.coaching.tables import Talk
from cspm_core.effects.estimating import among, change, estimate, judge, looked_early
from cspm_core.effects.rules import AFTER_DAYS, DAY, Days, Missing, Verdict, stretches
from cspm_core.ids import new_id
from cspm_core.kpi import Direction
from cspm_core.metrics import CATALOGUE, Measure
from cspm_core.stats import Interval
from cspm_core.stats.pooling import pooled, shrunken, spread_of
from cspm_core.store import Store

from .effect_stage import CSAT, FIRST, MONDAY, WHOLE, Desk, centre, desk, said, share, usually

MADE_ON = date(2026, 9, 25)
"""A Friday after nearly 17 weeks; eight weeks of data follow."""


@pytest.fixture(scope="module")
def untreated() -> tuple[list[float], list[float], Counter[Verdict]]:
    """Of 300 centres of 40 agents where nobody does anything, the lowest four of a month."""
    rng, naive, found, verdicts = np.random.default_rng(20261127), [], [], Counter[Verdict]()
    for _ in range(300):
        one = centre(rng, a_month=60)
        for agent in one.lowest:
            difference, verdict = said(one, agent)
            naive.append(one.naive(agent))
            found.append(difference)
            verdicts[verdict] += 1
    return naive, found, verdicts


def test_the_lowest_four_of_forty_rise_by_themselves_and_the_method_sees_no_effect(untreated):
    naive, found, _ = untreated
    assert 0.055 < np.mean(naive) < 0.08
    assert abs(np.mean(found)) < 0.005


def test_of_twenty_untreated_agents_at_most_one_is_said_to_be_helped(untreated):
    _, _, verdicts = untreated
    assert verdicts[Verdict.HELPED] <= 0.05 * verdicts.total()
    assert verdicts[Verdict.WORSE] <= 0.05 * verdicts.total()


@pytest.mark.parametrize("given", [{"drift": 0.06}, {"season": -0.05}, {"season": 0.05}])
def test_neither_a_season_nor_agents_who_wander_make_a_promise_look_helpful(given: dict[str, float]):
    rng, verdicts, found = np.random.default_rng(5), Counter[Verdict](), []
    for _ in range(150):
        one = centre(rng, a_month=60, **given)
        for agent in one.lowest:
            difference, verdict = said(one, agent)
            found.append(difference)
            verdicts[verdict] += 1
    assert abs(np.mean(found)) < 0.01
    assert verdicts[Verdict.HELPED] <= 0.05 * verdicts.total()


def test_what_really_helps_is_found_and_not_exaggerated():
    rng, verdicts, found = np.random.default_rng(6), Counter[Verdict](), []
    for _ in range(60):
        one = centre(rng, a_month=200, gains=0.10)
        for agent in one.lowest:
            difference, verdict = said(one, agent)
            found.append(difference)
            verdicts[verdict] += 1
    assert abs(np.mean(found) - 0.10) < 0.02
    assert verdicts[Verdict.HELPED] > 0.6 * verdicts.total()


def test_whoever_looks_every_day_is_told_of_help_no_more_often():
    """Differences of a random walk, looked at daily from the second week on."""
    rng, days, false = np.random.default_rng(8), np.arange(14, AFTER_DAYS + 1), 0
    walks = rng.normal(size=(2_000, AFTER_DAYS)).cumsum(axis=1)
    for walk in walks:
        means, errors = walk[days - 1] / days, 1 / np.sqrt(days)
        false += any(
            looked_early(Interval(mean - 1.959964 * error, mean + 1.959964 * error), mean, int(day)).low > 0
            for day, mean, error in zip(days.tolist(), means, errors, strict=True)
        )
    assert false / len(walks) <= 0.055


def test_too_little_before_is_drawn_towards_the_colleagues():
    colleagues = [share(hits, 40) for hits in (30, 32, 33, 34, 35, 36, 37, 28, 38, 31)]
    found = among(CSAT, share(3, 8), colleagues)
    assert found.value is not None
    assert 3 / 8 < found.value < 0.84
    assert found.interval is not None
    assert found.interval.low < found.value < found.interval.high
    alike = among(CSAT, share(3, 8), [share(32, 40)] * 9)
    assert alike.value == pytest.approx((3 + 9 * 32) / (8 + 9 * 40))


def test_durations_too_are_drawn_towards_the_colleagues():
    frt = CATALOGUE["first_response"]
    colleagues = [Measure(m, 30, interval=Interval(m - 600, m + 600)) for m in (3000.0, 3600.0, 4200.0, 3900.0, 2400.0)]
    found = among(frt, Measure(9000.0, 6, interval=Interval(6000.0, 12000.0)), colleagues)
    assert found.value is not None
    assert 3400 < found.value < 9000


def test_the_pooled_mean_is_the_published_one():
    """13 trials of the BCG vaccine, log risk ratios (Colditz and others, JAMA 271 (1994) 698): DerSimonian and Laird's
    mean is -0.7141 and their variance between trials 0.3088."""
    trials = [
        (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
        (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232),
        (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
    ]  # fmt: skip
    values = [math.log(a / (a + b) / (c / (c + d))) for a, b, c, d in trials]
    errors = [math.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)) for a, b, c, d in trials]
    found = pooled(values, errors)
    assert found is not None
    assert found.mean == pytest.approx(-0.7141, abs=5e-5)
    assert found.spread**2 == pytest.approx(0.3088, abs=5e-5)
    assert found.interval.low <= -1.0644 <= -0.3638 <= found.interval.high
    assert spread_of([1.0], [0.5]) == 0.0
    assert pooled([1.0], [0.5]) is None
    with pytest.raises(ValueError, match="error"):
        pooled([1.0, 2.0], [0.5, 0.0])
    assert shrunken(1.0, 0.5, None)[0] == 1.0


def _judged(days: Days, n: tuple[int, int] = (90, 60), hits: tuple[int, int] = (72, 48), colleagues: int = 9):
    agent = change(CSAT, share(hits[0], n[0]), share(hits[1], n[1]))
    team = change(CSAT, share(800, 1000), share(800, 1000))
    return judge(CSAT, agent, colleagues, estimate(agent, team, []), days, n=n)


def test_it_says_what_is_missing_and_when_it_can_be_told():
    week = Days(FIRST, FIRST + 6 * DAY)
    assert _judged(week).verdict is Verdict.TOO_EARLY
    assert (_judged(week).missing, _judged(week).tellable_on) == (Missing.TIME, FIRST + 14 * DAY)
    three = Days(FIRST, FIRST + 20 * DAY)
    few = _judged(three, (90, 5), (72, 4))
    assert (few.verdict, few.missing, few.needed) == (Verdict.TOO_EARLY, Missing.AFTER, 5)
    assert few.tellable_on == FIRST + 42 * DAY
    never = _judged(WHOLE, (90, 5), (72, 4))
    assert (never.verdict, never.missing, never.tellable_on) == (Verdict.CANNOT_TELL, Missing.AFTER, None)
    assert _judged(WHOLE, (6, 60), (4, 50)).missing is Missing.BEFORE
    assert _judged(WHOLE, colleagues=2).missing is Missing.TEAM
    wide = _judged(WHOLE, (20, 15), (16, 13))
    assert (wide.verdict, wide.missing) == (Verdict.CANNOT_TELL, Missing.WIDTH)
    still = _judged(Days(FIRST, FIRST + 30 * DAY), (20, 15), (16, 13))
    assert (still.verdict, still.tellable_on) == (Verdict.TOO_EARLY, FIRST + AFTER_DAYS * DAY)
    assert _judged(WHOLE, (900, 600), (720, 481)).verdict is Verdict.NO_CHANGE
    assert _judged(WHOLE, (900, 600), (720, 560)).verdict is Verdict.HELPED
    assert _judged(WHOLE, (900, 600), (720, 400)).verdict is Verdict.WORSE


def test_the_weeks_that_prompted_it_are_in_no_figure():
    before, prompted, after = stretches(date(2026, 9, 28), None, date(2026, 10, 20))
    assert (prompted.first, prompted.last) == (date(2026, 8, 31), date(2026, 9, 28))
    assert (before.last, before.count) == (date(2026, 8, 30), 84)
    assert (after.first, after.last) == (date(2026, 9, 29), date(2026, 10, 20))
    known, _, later = stretches(date(2026, 9, 28), date(2026, 7, 1), date(2027, 3, 1))
    assert known.last == date(2026, 6, 30)
    assert later.count == AFTER_DAYS


def _turned(agent: str, day: date, n: int) -> bool:
    """Agent C has a bad September, and from October on hardly a customer who is not content; the others stay."""
    if agent != "Agent C":
        return usually(agent, day, n)
    if MADE_ON - 28 * DAY <= day <= MADE_ON:
        return n == 0
    return usually(agent, day, n) if day < MADE_ON else (day.day + n) % 20 != 0


def _effect(found: Desk, promise, now=None) -> effects.Effect:
    with found.store.reading() as session:
        effect = effects.of_promise(session, promise, now=now or found.now)
    assert effect is not None
    return effect


def test_an_agent_who_rose_beyond_the_team_was_helped(store: Store, workspace_id: int):
    stage = desk(store, workspace_id, _turned)
    effect = _effect(stage, stage.promised("Agent C", MADE_ON))
    assert effect.verdict is Verdict.HELPED
    assert effect.direction is Direction.BETTER
    assert (effect.agent.before.n, effect.agent.after.n) == (60 * 3, 40 * 3)
    assert effect.agent.before.value == pytest.approx(0.8, abs=0.06)
    assert effect.team.before.n == 9 * effect.agent.before.n
    assert effect.difference == pytest.approx((effect.agent.amount or 0) - (effect.team.amount or 0))
    assert effect.colleagues == 9
    assert effect.as_of == stage.now - timedelta(hours=9)


def test_bad_weeks_followed_by_usual_ones_are_no_help(sqlite_store: Store, now):
    with sqlite_store.transaction() as session:
        workspace_id = people.found_workspace(session, now=now).id

    def as_ever(agent: str, day: date, n: int) -> bool:
        if agent == "Agent C" and MADE_ON - 28 * DAY <= day <= MADE_ON:
            return n == 0
        return usually(agent, day, n)

    stage = desk(sqlite_store, workspace_id, as_ever)
    effect = _effect(stage, stage.promised("Agent C", MADE_ON))
    assert effect.verdict in (Verdict.NO_CHANGE, Verdict.CANNOT_TELL)
    assert abs(effect.difference or 1) < 0.1


def test_nothing_after_the_instant_counts(store: Store, workspace_id: int):
    stage = desk(store, workspace_id, _turned)
    promise = stage.promised("Agent C", MADE_ON)
    early = _effect(stage, promise, promise.made_at + timedelta(days=8))
    assert (early.verdict, early.missing) == (Verdict.TOO_EARLY, Missing.TIME)
    assert early.tellable_on == MADE_ON + 15 * DAY
    assert early.after.last == MADE_ON + 7 * DAY
    assert early.agent.after.n == 15
    at_once = _effect(stage, promise, promise.made_at)
    assert at_once.verdict is Verdict.TOO_EARLY
    assert at_once.agent.after.value is None


def test_data_that_has_ended_is_the_end(store: Store, workspace_id: int):
    stage = desk(store, workspace_id, _turned, weeks=19)
    effect = _effect(stage, stage.promised("Agent C", MADE_ON), stage.now + timedelta(days=90))
    assert effect.after.last == MONDAY + timedelta(days=19 * 7 - 1)
    assert effect.after.count == 16
    assert effect.verdict is Verdict.TOO_EARLY


def test_a_newcomer_is_measured_against_the_estimate_among_colleagues(store: Store, workspace_id: int):
    stage = desk(store, workspace_id, weeks=10)
    effect = _effect(stage, stage.promised("Agent C", date(2026, 6, 22)))
    assert effect.is_shrunken
    assert effect.agent.before.n == 3 * 5 * 3 + 3
    assert effect.agent.before.value == pytest.approx(0.8, abs=0.1)


def test_under_five_nothing_about_one_person_is_told(store: Store, workspace_id: int):
    stage = desk(store, workspace_id, weeks=20, agents=("Agent A", "Agent B", "Agent C", "Agent D"))
    nobody = stage.promised("Lead", MADE_ON)
    effect = _effect(stage, nobody)
    assert (effect.agent.before.value, effect.agent.after.value, effect.difference) == (None, None, None)
    assert effect.verdict in (Verdict.TOO_EARLY, Verdict.CANNOT_TELL)


def test_what_is_no_figure_of_a_person_has_no_effect(store: Store, workspace_id: int):
    stage = desk(store, workspace_id, weeks=2)
    with store.reading() as session:
        for metric in ("", "volume", "backlog", "escalations", "gone_since"):
            promise = stage.promised("Agent C", MONDAY + DAY, metric=metric)
            assert effects.of_promise(session, promise, now=stage.now) is None


def test_a_length_of_time_is_judged_too(store: Store, workspace_id: int):
    def slow(agent: str, day: date, n: int) -> bool:
        return day > MADE_ON or n == 0 if agent == "Agent C" else usually(agent, day, n)

    stage = desk(store, workspace_id, slow)
    effect = _effect(stage, stage.promised("Agent C", MADE_ON, metric="first_response"))
    assert effect.verdict is Verdict.HELPED
    assert (effect.agent.before.value, effect.agent.after.value) == (5400.0, 1200.0)


def test_beforehand_it_says_what_could_be_seen(store: Store, workspace_id: int):
    stage = desk(store, workspace_id)
    with store.reading() as session:
        found = effects.could_show(session, stage.team, stage.people["Agent C"], "csat", now=stage.now)
        fast = effects.could_show(session, stage.team, stage.people["Agent C"], "first_response", now=stage.now)
        none = effects.could_show(session, stage.team, stage.people["Lead"], "csat", now=stage.now)
        count = effects.could_show(session, stage.team, stage.people["Agent C"], "volume", now=stage.now)
    assert found is not None
    assert found.n_a_month == pytest.approx(15 * 365.25 / 12 / 7)
    assert found.smallest == pytest.approx(2.8016 * 0.4 * math.sqrt(1 / 180 + 1 / 120), abs=0.012)
    assert found.is_plausible
    assert fast is not None
    assert fast.others
    assert none is not None
    assert (none.smallest, none.value, none.is_plausible, none.others) == (None, None, False, ())
    assert count is None


def test_with_few_ratings_a_small_rise_will_not_show(store: Store, workspace_id: int):
    stage = desk(store, workspace_id, a_day=1)
    with store.transaction() as session:
        from sqlalchemy import text

        session.connection().execute(
            text("UPDATE ticket SET csat_good = NULL, csat_at = NULL WHERE key NOT LIKE '%1-0'")
        )
    with store.reading() as session:
        found = effects.could_show(session, stage.team, stage.people["Agent C"], "csat", now=stage.now)
    assert found is not None
    assert found.smallest is not None
    assert found.n_a_month < 5
    assert found.smallest > 0.3
    assert not found.is_plausible
    assert all(one.metric.key != "csat" for one in found.others)


def test_effects_are_pooled_by_kind_and_only_of_five_people(store: Store, workspace_id: int):
    risen = ("Agent A", "Agent B", "Agent C", "Agent D", "Agent E")

    def taught(agent: str, day: date, n: int) -> bool:
        return (day.day + n) % 20 != 0 if agent in risen and day > MADE_ON else usually(agent, day, n)

    stage = desk(store, workspace_id, taught)
    for agent in risen:
        stage.promised(agent, MADE_ON, status=PromiseStatus.KEPT)
    stage.promised("Agent A", MADE_ON, kind="tone", status=PromiseStatus.MISSED)
    stage.promised("Agent F", MADE_ON, kind="tone", metric="")
    with store.transaction() as session:
        session.add(
            Talk(
                workspace_id=workspace_id,
                id=new_id(stage.now),
                team_id=stage.team.id,
                lead_id=stage.people["Lead"].id,
                agent_id=stage.people["Agent A"].id,
                status="held",
                planned_at=stage.now - timedelta(days=50),
                held_at=stage.now - timedelta(days=50),
            )
        )
    with store.reading() as session:
        found = effects.pooled(session, stage.team, now=stage.now)
    knowledge, tone = found.kinds
    told = (knowledge.kind, knowledge.made, knowledge.kept, knowledge.people, knowledge.told)
    assert told == ("knowledge", 5, 5, 5, 5)
    assert knowledge.scale == "share"
    assert knowledge.effect is not None
    assert 0.05 < knowledge.effect < 0.3
    assert knowledge.helps is True
    assert (tone.made, tone.missed, tone.effect, tone.helps) == (2, 1, None, None)
    assert (found.talks, found.people, found.total.made) == (1, 6, 7)
