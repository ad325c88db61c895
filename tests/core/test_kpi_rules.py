"""From two measures to a change with its direction of good, and from a target to a verdict."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest

from cspm_core import errors, kpi
from cspm_core.calendars import ALWAYS_OPEN
from cspm_core.kpi import Direction, Verdict, windows
from cspm_core.kpi.rules import compare, discreet, judge, read
from cspm_core.kpi.trends import steps
from cspm_core.metrics import CATALOGUE, Measure
from cspm_core.periods import days, parse_period
from cspm_core.stats import Interval
from cspm_core.store import microseconds

AMSTERDAM = "Europe/Amsterdam"


def value(of: float | None, n: int = 100, **more: object) -> Measure:
    return Measure(of, n, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "now", "then", "change", "direction"),
    [
        ("first_response", 150, 100, 0.5, Direction.WORSE),
        ("first_response", 80, 100, -0.2, Direction.BETTER),
        ("csat", 0.9, 0.85, 0.05, Direction.BETTER),
        ("reopen_rate", 0.10, 0.05, 0.05, Direction.WORSE),
        ("solved", 50, 100, -0.5, Direction.WORSE),
        ("volume", 150, 100, 0.5, Direction.CHANGED),
        ("volume", 100, 100, 0.0, Direction.SAME),
        ("backlog", 5, 0, None, Direction.WORSE),
        ("backlog", 0, 0, 0.0, Direction.SAME),
        ("csat", None, 0.5, None, Direction.UNKNOWN),
        ("csat", 0.5, None, None, Direction.UNKNOWN),
    ],
)
def test_a_change_is_relative_for_times_and_counts_and_in_points_for_shares(key, now, then, change, direction):
    found, way = compare(CATALOGUE[key], value(now), value(then))
    assert found == (None if change is None else pytest.approx(change))
    assert way is direction


def test_without_a_period_before_there_is_no_change():
    assert compare(CATALOGUE["volume"], value(5), None) == (None, Direction.UNKNOWN)


@pytest.mark.parametrize(
    ("key", "measure", "target", "verdict"),
    [
        ("first_response", value(3600), 3600, Verdict.MEETS),
        ("first_response", value(3601), 3600, Verdict.MISSES),
        ("csat", value(0.1 + 0.2), 0.3, Verdict.MEETS),
        ("csat", value(0.3), 0.1 + 0.2, Verdict.MEETS),
        ("csat", value(0.89), 0.9, Verdict.MISSES),
        ("csat", value(None), 0.9, Verdict.NO_DATA),
        ("csat", value(0.9), None, Verdict.NO_TARGET),
        ("first_response", value(None, longer_than=7200), 3600, Verdict.MISSES),
        ("first_response", value(None, longer_than=1800), 3600, Verdict.NO_DATA),
        ("volume", value(9), 10, Verdict.NO_TARGET),
    ],
)
def test_a_value_meets_its_target_or_misses_it(key, measure, target, verdict):
    assert judge(CATALOGUE[key], measure, target) is verdict


def test_under_thirty_is_a_small_sample_and_a_count_is_no_sample():
    assert read(CATALOGUE["csat"], value(0.5, 29), None, None).is_small
    assert not read(CATALOGUE["csat"], value(0.5, 30), None, None).is_small
    assert not read(CATALOGUE["csat"], value(None, 0), None, None).is_small
    assert not read(CATALOGUE["volume"], value(3, 3), None, None).is_small


def test_under_five_nothing_is_said_about_one_person():
    shown = value(0.5, 4, numerator=2.0, interval=Interval(0.1, 0.9), waiting=2, oldest_s=9.0)
    assert discreet(shown) == Measure(None, 0, note="too_few")  # nor how many they are
    assert discreet(value(None, 3, note="still_waiting")).note == "too_few"
    assert discreet(value(None, 0, note="not_reached")).note == "not_reached"
    assert discreet(value(0.5, 5)).value == 0.5
    reading = read(CATALOGUE["csat"], shown, value(0.7, 50), 0.6, about_one=True)
    assert (reading.measure.value, reading.change, reading.verdict) == (None, None, Verdict.NO_DATA)
    reading = read(CATALOGUE["csat"], value(0.7, 50), shown, 0.6, about_one=True)
    assert (reading.before.value, reading.change) == (None, None)


def test_what_stands_beside_a_figure_about_one_person_is_hidden_under_five_too():
    shown = value(0.5, 40, waiting=4, oldest_s=9.0, set_aside=3, extras={"past_due": 4, "at_risk": 5})
    beside = discreet(shown)
    assert (beside.waiting, beside.oldest_s, beside.set_aside, beside.extras) == (0, None, 0, {"at_risk": 5})
    many = discreet(value(0.5, 40, waiting=5, oldest_s=9.0))
    assert (many.value, many.waiting, many.oldest_s) == (0.5, 5, 9.0)


def test_the_period_before_is_told_as_it_stood_after_the_same_time():
    """Monday 09:00 after a finished week: the week before as it stood on its own Monday at 09:00, over a DST change."""
    as_of = datetime(2026, 11, 2, 8, tzinfo=UTC)
    week = parse_period("last-week", timezone=AMSTERDAM, now=as_of)
    earlier, told = windows.before(week, as_of)
    assert (earlier.key, str(told)) == ("2026-W43", "2026-10-26 08:00:00+00:00")
    spring = datetime(2026, 3, 30, 7, tzinfo=UTC)  # 09:00 in Amsterdam since the night before
    _, told = windows.before(parse_period("last-week", timezone=AMSTERDAM, now=spring), spring)
    assert told == datetime(2026, 3, 23, 8, tzinfo=UTC)


def test_a_running_period_is_compared_up_to_the_same_time_of_its_day():
    as_of = datetime(2026, 11, 4, 11, 30, tzinfo=UTC)
    week = parse_period("this-week", timezone=AMSTERDAM, now=as_of)
    earlier, told = windows.before(week, as_of)
    assert earlier.end == told == datetime(2026, 10, 28, 11, 30, tzinfo=UTC)
    window = windows.window(week.until(as_of), as_of, ALWAYS_OPEN)
    assert window.end == microseconds(week.end)


@pytest.mark.parametrize(
    ("text", "step", "points"),
    [("7d", "day", 7), ("20d", "day", 20), ("21d", "week", 4), ("2026-10", "week", 5), ("2025", "month", 12)],
)
def test_a_trend_takes_the_shortest_step_of_at_most_twenty_points(text, step, points):
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    begun = days(parse_period(text, timezone="UTC", now=now).until(now))
    found, spans = steps(begun)
    assert (found, len(spans)) == (step, points)
    assert spans[0][0] == begun[0]
    assert spans[-1][1] == begun[-1]
    assert sum((last - first).days + 1 for first, last in spans) == len(begun)


@pytest.mark.parametrize("text", ["first_response", "First Response", "first-response", "FRT", " frt "])
def test_a_metric_answers_to_its_key_and_its_other_names(text):
    assert kpi.metric_named(text).key == "first_response"


def test_a_wrong_metric_is_answered_with_the_nearest():
    with pytest.raises(errors.UnknownMetric) as refused:
        kpi.metric_named("reopn rate")
    assert refused.value.nearest == "reopen_rate"


def test_a_wrong_period_is_answered_with_the_nearest():
    with pytest.raises(errors.UnknownPeriod) as refused:
        kpi.period_named("lastweek", timezone="UTC", now=datetime(2026, 1, 1, tzinfo=UTC))
    assert refused.value.nearest == "last-week"


def test_no_limit_is_written_as_null():
    from cspm_core.kpi.plain import _interval

    assert _interval(Interval(1.0, math.inf)) == [1.0, None]
