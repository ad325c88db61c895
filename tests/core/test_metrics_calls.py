"""Calls counted by hand: who was offered, who was answered in time, who gave up, how long it took."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspm_core.metrics import CATALOGUE, NEVER, Subject

from .call_stage import HOUR_S, call, calls, of_calls, week
from .metric_stage import at

MINUTE = 60


def example() -> list[dict[str, int]]:
    """70 answered in time, 10 abandoned in time, 20 others: 12 answered late, 8 abandoned late."""
    return [
        *(call(n * MINUTE, answered=n * MINUTE + 20, ended=n * MINUTE + 200) for n in range(70)),
        *(call(n * MINUTE, ended=n * MINUTE + 15) for n in range(10)),
        *(call(n * MINUTE, answered=n * MINUTE + 21, ended=n * MINUTE + 300) for n in range(12)),
        *(call(n * MINUTE, ended=n * MINUTE + 45) for n in range(8)),
    ]


@pytest.mark.parametrize(
    ("way", "value", "hits", "over"), [("against", 0.70, 70, 100), ("ignored", 70 / 90, 70, 90), ("for", 0.80, 80, 100)]
)
def test_the_service_level_of_the_three_ways(way: str, value: float, hits: int, over: int):
    found = of_calls("service_level", *example(), window=week(abandoned_in_time=way))
    assert (found.value, found.numerator, found.denominator) == (pytest.approx(value), hits, over)
    assert found.extras["abandoned_in_time"] == 10


def test_service_level_takes_short_abandons_out_and_counts_the_answer_on_the_second_itself():
    rows = [
        call(0, answered=20, ended=100),
        call(0, answered=20.5, ended=100),
        call(0, ended=9),  # under 10 seconds: nobody had a chance
        call(0, ended=10),  # abandoned in time, and not short
    ]
    found = of_calls("service_level", *rows)
    assert (found.numerator, found.denominator) == (1, 3)
    assert of_calls("service_level", *rows, window=week(short_abandon_s=11)).denominator == 2
    assert of_calls("service_level", *rows, window=week(service_level_s=60)).numerator == 2


def test_a_caller_who_still_waits_is_missed_once_the_time_is_over_and_else_left_out():
    rows = [call(0, answered=5, ended=60), call(100, answered=200, ended=300)]
    at_risk = of_calls("service_level", *rows, window=week(as_of_s=115))
    assert (at_risk.numerator, at_risk.denominator, at_risk.waiting) == (1, 1, 1)
    assert (at_risk.extras["at_risk"], at_risk.extras["past_due"]) == (1, 0)
    missed = of_calls("service_level", *rows, window=week(as_of_s=150))
    assert (missed.numerator, missed.denominator, missed.extras["past_due"]) == (1, 2, 1)
    assert missed.oldest_s == 50


def test_an_answer_at_an_unknown_instant_is_set_aside_where_time_matters_and_counts_elsewhere():
    rows = [call(0, answered=5, ended=60), call(0, is_answered=True, ended=60)]
    assert (of_calls("service_level", *rows).denominator, of_calls("service_level", *rows).set_aside) == (1, 1)
    assert (of_calls("asa", *rows).value, of_calls("asa", *rows).set_aside) == (5, 1)
    assert of_calls("abandonment", *rows).denominator == 2
    assert of_calls("asa", rows[1]).note == "never_said"


def test_calls_are_the_offered_ones_with_short_abandons_and_our_own_calls_apart():
    rows = [
        call(0, answered=9, ended=60),
        call(0, ended=30),
        call(0, ended=4),
        call(0, outbound=True, answered=3, ended=90),
        call(200 * HOUR_S, answered=200 * HOUR_S + 1),
    ]
    found = of_calls("calls", *rows)
    assert (found.value, found.waiting) == (2, 0)
    assert dict(found.extras) == {"short_abandons": 1, "outbound": 1}


def test_a_call_that_was_neither_taken_nor_hung_up_is_offered_and_not_abandoned():
    voicemail = call(0, ended=40, abandoned=False)
    assert of_calls("calls", voicemail).value == 1
    assert of_calls("abandonment", voicemail, call(0, ended=30)).value == 0.5
    assert of_calls("service_level", voicemail).value == 0


def test_a_call_without_any_end_waits_for_a_day_at_most():
    lost = call(0)
    assert of_calls("calls", lost, window=week(as_of_s=HOUR_S)).waiting == 1
    assert of_calls("calls", lost, window=week(as_of_s=25 * HOUR_S)).waiting == 0


def test_the_average_speed_of_answer_is_of_answered_calls_from_the_queue_on():
    rows = [call(0, answered=10), call(50, answered=80), call(0, ended=500), call(0, answered=900, outbound=True)]
    found = of_calls("asa", *rows)
    assert (found.value, found.numerator, found.denominator) == (20, 40, 2)
    assert found.extras["abandoned"] == 1
    assert found.interval.low < 20 < found.interval.high


def test_the_interval_of_a_mean_is_students():
    """10, 20, 30: mean 20, s 10, t(.975, 2) 4.302653, half width 24.841."""
    found = of_calls("asa", *(call(0, answered=n) for n in (10, 20, 30)))
    assert (found.interval.low, found.interval.high) == pytest.approx((-4.8414, 44.8414), abs=1e-3)
    assert of_calls("asa", call(0, answered=5)).interval is None


def test_handle_time_is_talk_hold_and_after_call_work_of_all_calls_handled():
    rows = [
        call(0, answered=10, ended=200, talk_s=100, hold_s=20, wrap_s=30),
        call(0, outbound=True, answered=5, ended=60, talk_s=50, wrap_s=10, hold_s=0),
        call(0, answered=10, ended=50),  # nobody says how long
        call(0, ended=100, talk_s=0),
    ]
    found = of_calls("aht", *rows)
    assert (found.value, found.numerator, found.denominator, found.set_aside) == (105, 210, 2, 1)
    assert dict(found.extras) == {"no_hold": 0, "no_wrap": 0}


def test_handle_time_without_data_is_not_available():
    found = of_calls("aht", call(0, answered=10, ended=50), call(0, answered=10, ended=50))
    assert (found.value, found.note, found.set_aside) == (None, "never_said", 2)


def test_a_call_that_goes_on_is_not_handled_yet():
    row = call(0, answered=10, ended=310, talk_s=300)
    assert of_calls("aht", row, window=week(as_of_s=100)).note == "no_cohort"
    assert of_calls("aht", row, window=week(as_of_s=310)).value == 300
    assert of_calls("aht", row).extras == {"no_hold": 1, "no_wrap": 1}


def test_abandonment_leaves_short_ones_out_of_both_sides():
    rows = [call(0, ended=5), call(0, ended=30), *(call(0, answered=10, ended=40) for _ in range(3))]
    assert (of_calls("abandonment", *rows).numerator, of_calls("abandonment", *rows).denominator) == (1, 4)


def test_resolved_is_a_share_of_answered_calls_and_the_unsaid_is_set_aside():
    rows = [
        call(0, answered=1, is_resolved=1),
        call(0, answered=1, is_resolved=0),
        call(0, answered=1),
        call(0, ended=60, is_resolved=0),
    ]
    found = of_calls("calls_resolved", *rows)
    assert (found.value, found.denominator, found.set_aside) == (0.5, 2, 1)
    assert of_calls("calls_resolved", rows[2]).note == "never_said"


some_call = st.builds(
    call,
    queued=st.integers(0, 1_000),
    answered=st.one_of(st.none(), st.integers(1_000, 2_000)),
    ended=st.one_of(st.none(), st.integers(2_000, 3_000)),
    outbound=st.booleans(),
    talk_s=st.integers(-1, 300),
    is_resolved=st.integers(-1, 1),
)
some_calls = st.lists(some_call, min_size=1, max_size=30)
KEYS = [metric.key for metric in CATALOGUE.values() if metric.of is Subject.CALLS]


@given(some_calls, st.integers(0, 4_000), st.sampled_from(KEYS), st.data())
@settings(max_examples=200)
def test_what_is_said_of_a_call_hangs_on_no_other(rows, as_of: int, key: str, data: st.DataObject):
    found, window = calls(*rows), week(as_of_s=as_of)
    chosen = np.array([data.draw(st.booleans()) for _ in rows], dtype=bool)
    whole, few = (CATALOGUE[key].formula(some, window) for some in (found, found.where(chosen)))
    for name in ("inside", "hits", "seconds", "waiting", "ages", "placed"):
        np.testing.assert_array_equal(getattr(whole, name)[chosen], getattr(few, name))
    assert window.holds(whole.placed)[whole.inside].all()


@given(some_calls, st.integers(0, 4_000))
@settings(max_examples=100)
def test_nothing_after_the_reading_has_happened(rows, as_of: int):
    """The same from all that is known now as from an export of that very instant."""
    window = week(as_of_s=as_of)
    then = [as_it_stood(row, at(as_of / HOUR_S)) for row in rows if row["queued"] <= at(as_of / HOUR_S)]
    for key in ("calls", "service_level", "asa", "abandonment"):
        assert CATALOGUE[key].measure(calls(*rows), window) == CATALOGUE[key].measure(calls(*then), window)


def as_it_stood(row: dict[str, int], instant: int) -> dict[str, int]:
    told = {name: row[name] if row[name] <= instant else NEVER for name in ("answered", "ended")}
    return {
        **row,
        **told,
        "is_answered": int(row["is_answered"] and told["answered"] != NEVER),
        "is_abandoned": int(row["is_abandoned"] and told["ended"] != NEVER),
    }
