"""When a digest is due, what is skipped, what is stale and what is usual: decided without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspm_core.calendars import Calendar, parse_hours
from cspm_core.digests import rules
from cspm_core.digests.counting import Span, past_spans
from cspm_core.digests.rules import DAY, FOREVER, Rhythm, Standing, Usual
from cspm_core.errors import Invalid
from cspm_core.tickets import is_stale

NEW_YORK = Calendar("America/New_York", parse_hours("mon-fri 09:00-17:00"), "US")
WORKING = Rhythm(NEW_YORK, time(9))
THU, FRI, SAT, SUN, MON, TUE = (date(2026, 11, n) for n in (19, 20, 21, 22, 23, 24))
THANKSGIVING = date(2026, 11, 26)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return NEW_YORK.at_local(day, time(hour, minute))


def test_it_is_due_from_its_time_until_the_working_day_ends():
    hours = (8, 9, 14, 16, 17, 20)
    assert [rules.due_day(WORKING, at(MON, hour)) for hour in hours] == [None, MON, MON, MON, None, None]
    assert rules.due_day(WORKING, at(SAT, 12)) is None


def test_holidays_are_silent_unless_asked():
    assert not WORKING.is_day(THANKSGIVING)
    asked = Rhythm(NEW_YORK, time(9), on_holidays=True)
    assert asked.is_day(THANKSGIVING)
    assert not asked.is_day(SUN), "a Sunday is no holiday"
    assert asked.expires_at(THANKSGIVING) == at(THANKSGIVING + DAY, 0)


def test_chosen_weekdays_come_whether_or_not_somebody_works():
    weekend = Rhythm(NEW_YORK, time(9), rules.weekdays("thu,sun"))
    assert weekend.is_day(SUN)
    assert weekend.is_day(THU)
    assert not weekend.is_day(MON)
    assert not weekend.is_day(THANKSGIVING)


def test_a_day_closed_by_exception_is_silent_like_a_holiday():
    closed = Rhythm(Calendar("UTC", parse_hours("mon-fri 9-17"), "", {MON: ()}), time(9))
    assert not closed.is_day(MON)
    assert closed.is_day(TUE)


def test_a_night_shifts_day_ends_in_the_morning_after():
    nights = Rhythm(Calendar("UTC", parse_hours("mon-fri 22:00-06:00")), time(22))
    assert rules.due_day(nights, datetime(2026, 11, 24, 5, 59, tzinfo=UTC)) == MON
    assert rules.due_day(nights, datetime(2026, 11, 24, 6, 0, tzinfo=UTC)) is None


def test_a_time_after_closing_is_good_until_midnight():
    evening = Rhythm(NEW_YORK, time(18))
    assert rules.due_day(evening, at(MON, 23, 59)) == MON
    assert rules.due_day(evening, at(TUE, 0)) is None


def test_skipped_days_are_named_for_a_week_and_not_those_of_a_pause():
    assert rules.skipped(WORKING, THU, TUE) == (FRI, MON)
    assert rules.skipped(WORKING, FRI, MON) == ()
    assert len(rules.skipped(WORKING, date(2026, 1, 1), MON)) == 5
    paused = Rhythm(NEW_YORK, time(9), paused_until=at(MON, 10))
    assert rules.skipped(paused, THU, TUE) == ()


@pytest.mark.parametrize(("choice", "back"), [("next", date(2026, 11, 25)), ("week", date(2026, 11, 30))])
def test_a_pause_ends_on_the_day_it_says(choice: str, back: date):
    until = rules.pause_until(WORKING, choice, at(MON, 10))
    assert rules.back_on(WORKING, until) == back
    paused = Rhythm(NEW_YORK, time(9), paused_until=until)
    days = [MON + n * DAY for n in range(1, 10)]
    assert next(day for day in days if rules.due_day(paused, at(day, 9))) == back


def test_a_pause_until_somebody_resumes_has_no_end():
    assert rules.pause_until(WORKING, "resumed", at(MON, 10)) == FOREVER
    assert rules.back_on(WORKING, FOREVER) is None


def test_days_without_work_do_not_age_the_data():
    for until, stale in ((at(FRI, 17), False), (at(FRI, 2), False), (at(THU, 17), True)):
        assert is_stale(NEW_YORK, until, at(MON, 9), 36) is stale
    assert not is_stale(NEW_YORK, at(date(2026, 11, 25), 17), at(date(2026, 11, 27), 9), 36), "Thanksgiving"
    assert is_stale(NEW_YORK, at(MON, 9), at(TUE, 21, 1), 36)


def test_what_is_usual_needs_five_weeks_and_holds_the_middle_eighty_percent():
    assert rules.usual([1, 2, 3, 4]) is None
    assert rules.usual([5, 1, 4, 2, 3]) == Usual(1, 5, 5)
    assert rules.usual(list(range(1, 20))) == Usual(2, 18, 19)


@given(st.lists(st.integers(0, 500), min_size=5, max_size=40))
def test_the_usual_range_leaves_at_most_a_tenth_on_either_side(past: list[int]):
    found = rules.usual(past)
    assert found
    below, above = sum(v < found.low for v in past), sum(v > found.high for v in past)
    assert below <= (len(past) + 1) / 10
    assert above <= (len(past) + 1) / 10
    assert rules.standing(found.low, found) is rules.standing(found.high, found) is Standing.USUAL
    assert rules.standing(found.high + 1, found) is Standing.MORE
    assert rules.standing(found.low - 1, found) is Standing.LESS
    assert rules.standing(found.low, None) is Standing.UNKNOWN


def test_past_weeks_are_the_same_stretch_of_the_wall_clock():
    span = Span(at(FRI, 9), at(MON, 9))
    earlier = list(past_spans(span, "America/New_York", at(date(2026, 10, 1), 0)))
    assert len(earlier) == 7
    october = earlier[3]  # before the clocks went back
    assert october.since_at == at(FRI - 28 * DAY, 9)
    assert (span.as_of - october.as_of) == timedelta(days=28, hours=1)
    assert len(list(past_spans(span, "America/New_York", at(date(2020, 1, 1), 0)))) == rules.MOST_WEEKS


@pytest.mark.parametrize("text", ["25:00", "9", "", "9:61"])
def test_a_time_that_cannot_be_is_refused(text: str):
    with pytest.raises(Invalid):
        rules.wall_time(text)


def test_days_that_cannot_be_are_refused():
    assert rules.weekdays("working") is None
    assert rules.weekdays("mon-wed,sun") == frozenset({0, 1, 2, 6})
    for text in ("", "someday"):
        with pytest.raises(Invalid):
            rules.weekdays(text)


def test_across_daylight_saving_it_stays_at_nine_on_the_wall():
    spring = [WORKING.due_at(day).hour for day in (date(2026, 3, 6), date(2026, 3, 9))]
    autumn = [WORKING.due_at(day).hour for day in (date(2026, 10, 30), date(2026, 11, 2))]
    assert (spring, autumn) == ([14, 13], [13, 14])
    in_the_gap = Rhythm(Calendar("America/New_York", parse_hours("24x7")), time(2, 30))
    assert in_the_gap.due_at(date(2026, 3, 8)) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
