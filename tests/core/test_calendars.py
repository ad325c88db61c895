from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspm_core.calendars import (
    ALWAYS_OPEN,
    BadHolidays,
    BadTimezone,
    Calendar,
    Hours,
    NeverOpen,
    Shift,
    at_local,
    local_day,
    midnight,
    parse_hours,
)

NY = ZoneInfo("America/New_York")
OFFICE = Calendar("America/New_York", parse_hours("mon-fri 09:00-17:00"), "US")
HOUR = 3600


def ny(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=NY).astimezone(UTC)


# One ticket, all clocks: Thursday 26 November 2026 is Thanksgiving.


@pytest.mark.parametrize(
    ("start", "end", "calendar_s", "business_s"),
    [
        pytest.param(ny(2026, 11, 25, 16, 30), ny(2026, 11, 27, 9, 20), 147_000, 3_000, id="first response"),
        pytest.param(ny(2026, 11, 27, 9, 40), ny(2026, 11, 27, 10, 10), 1_800, 1_800, id="next reply 1"),
        pytest.param(ny(2026, 11, 27, 16, 0), ny(2026, 11, 30, 9, 30), 235_800, 5_400, id="next reply 2"),
        pytest.param(ny(2026, 11, 30, 11, 0), ny(2026, 11, 30, 12, 0), 3_600, 3_600, id="next reply 3"),
        pytest.param(ny(2026, 11, 25, 16, 30), ny(2026, 11, 30, 9, 30), 406_800, 32_400, id="first resolution"),
        pytest.param(ny(2026, 11, 25, 16, 30), ny(2026, 11, 30, 12, 0), 415_800, 41_400, id="full resolution"),
    ],
)
def test_every_clock_of_the_one_ticket_reads_as_published(
    start: datetime, end: datetime, calendar_s: int, business_s: int
) -> None:
    assert (end - start).total_seconds() == calendar_s
    assert OFFICE.business_seconds(start, end) == business_s


def test_the_requester_of_the_one_ticket_waits_only_while_it_is_not_pending_or_solved() -> None:
    waits = [
        (ny(2026, 11, 25, 16, 30), ny(2026, 11, 27, 10, 10)),
        (ny(2026, 11, 27, 16, 0), ny(2026, 11, 30, 9, 30)),
        (ny(2026, 11, 30, 11, 0), ny(2026, 11, 30, 12, 0)),
    ]
    assert sum((end - start).total_seconds() for start, end in waits) == 389_400
    assert sum(OFFICE.business_seconds(start, end) for start, end in waits) == 15_000


def test_a_weekend_over_the_change_of_the_clocks_costs_no_business_time() -> None:
    start, end = ny(2026, 3, 6, 16), ny(2026, 3, 9, 10)
    assert end - start == timedelta(hours=65)
    assert OFFICE.business_seconds(start, end) == 2 * HOUR


@pytest.mark.parametrize(
    ("hours", "from_hour", "to_hour", "spring", "autumn"),
    [("24x7", 12, 12, 23, 25), ("daily 22:00-06:00", 21, 9, 7, 9)],
)
def test_the_night_of_the_change_is_an_hour_shorter_in_spring_and_longer_in_autumn(
    hours: str, from_hour: int, to_hour: int, spring: int, autumn: int
) -> None:
    calendar = Calendar("America/New_York", parse_hours(hours))
    for saturday, expected in ((date(2026, 3, 7), spring), (date(2026, 10, 31), autumn)):
        start = calendar.at_local(saturday, time(from_hour))
        end = calendar.at_local(saturday + timedelta(days=1), time(to_hour))
        assert calendar.business_seconds(start, end) == expected * HOUR


def test_arrived_and_answered_outside_hours_took_no_business_time() -> None:
    assert OFFICE.business_seconds(ny(2026, 11, 28, 10), ny(2026, 11, 29, 23)) == 0


def test_an_end_before_the_start_counts_nothing() -> None:
    assert OFFICE.business_seconds(ny(2026, 11, 25, 12), ny(2026, 11, 25, 11)) == 0


def test_parts_of_a_second_are_floored_at_both_ends() -> None:
    noon = ny(2026, 11, 25, 12)
    half = timedelta(milliseconds=500)
    assert OFFICE.business_seconds(noon + half, noon + timedelta(seconds=2)) == 2
    assert OFFICE.business_seconds(noon, noon + timedelta(seconds=1) + half) == 1


# Days


def test_substitute_days_of_each_country_are_off() -> None:
    weekdays = parse_hours("mon-fri 09:00-18:00")
    closed = {
        ("US", "America/New_York"): date(2026, 7, 3),  # Independence Day falls on a Saturday
        ("KR", "Asia/Seoul"): date(2026, 10, 5),  # for National Foundation Day, a Saturday
        ("TW", "Asia/Taipei"): date(2026, 10, 9),  # for National Day, a Saturday
        ("NL", "Europe/Amsterdam"): date(2026, 4, 27),
        ("DE-BY", "Europe/Berlin"): date(2026, 1, 6),  # Epiphany is a holiday in Bavaria …
    }
    for (code, zone), day in closed.items():
        assert not Calendar(zone, weekdays, code).is_working_day(day), code
        assert Calendar(zone, weekdays).is_working_day(day), code
    assert Calendar("Europe/Berlin", weekdays, "DE").is_working_day(date(2026, 1, 6))  # … but not in all of Germany


def test_a_saturday_that_makes_up_for_a_bridge_day_is_worked_like_a_friday() -> None:
    taipei = Calendar("Asia/Taipei", parse_hours("mon-thu 09:00-18:00; fri 09:00-17:00"), "TW")
    assert taipei.shifts(date(2025, 2, 8)) == (Shift(540, 1020),)
    assert not taipei.is_working_day(date(2025, 1, 27))
    assert not taipei.is_working_day(date(2025, 2, 15))


def test_an_override_opens_or_closes_a_date_whatever_the_week_says() -> None:
    overrides = {date(2026, 11, 26): (Shift(600, 720),), date(2026, 11, 25): ()}
    calendar = Calendar("America/New_York", OFFICE.hours, "US", overrides)
    assert calendar.windows(date(2026, 11, 26)) == ((ny(2026, 11, 26, 10), ny(2026, 11, 26, 12)),)
    assert not calendar.is_working_day(date(2026, 11, 25))
    assert calendar.business_seconds(ny(2026, 11, 25), ny(2026, 11, 27)) == 2 * HOUR


def test_hours_that_overlap_the_next_days_are_counted_once() -> None:
    long_night = {date(2026, 11, 9): (Shift(20 * 60, 43 * 60),)}  # Monday 20:00 to Tuesday 19:00
    calendar = Calendar("America/New_York", parse_hours("mon-fri 09:00-12:00,13:00-17:00"), "US", long_night)
    assert calendar.business_seconds(ny(2026, 11, 9), ny(2026, 11, 11)) == 23 * HOUR
    assert calendar.is_open(ny(2026, 11, 10, 18))


def test_a_holiday_has_a_name() -> None:
    assert OFFICE.holiday_name(date(2026, 11, 26)) == "Thanksgiving Day"
    assert OFFICE.holiday_name(date(2026, 11, 25)) is None


@pytest.mark.parametrize(("code", "reason"), [("XX", "country"), ("Mars", "country"), ("US-QQ", "subdivision")])
def test_unknown_holidays_are_refused(code: str, reason: str) -> None:
    with pytest.raises(BadHolidays) as refused:
        Calendar("UTC", OFFICE.hours, code)
    assert (refused.value.text, refused.value.reason) == (code, reason)


@pytest.mark.parametrize(
    ("name", "nearest"), [("Europe/Amsterdm", "Europe/Amsterdam"), ("../etc/passwd", None), ("", None), ("qqq", None)]
)
def test_an_unknown_time_zone_is_refused_with_the_nearest_real_one(name: str, nearest: str | None) -> None:
    with pytest.raises(BadTimezone) as refused:
        Calendar(name, OFFICE.hours)
    assert (refused.value.text, refused.value.nearest) == (name, nearest)


# Instants


def test_a_night_belongs_to_the_day_it_begins_on() -> None:
    nights = Calendar("America/New_York", parse_hours("fri 22:00-06:00"), "US")
    friday = date(2026, 11, 27)
    assert nights.windows(friday) == ((ny(2026, 11, 27, 22), ny(2026, 11, 28, 6)),)
    assert nights.is_open(ny(2026, 11, 28, 5, 59, 59))
    assert not nights.is_open(ny(2026, 11, 28, 6))
    assert nights.closing(friday) == ny(2026, 11, 28, 6)
    assert nights.closing(date(2026, 11, 28)) is None


def test_the_next_opening_skips_nights_weekends_and_holidays() -> None:
    assert OFFICE.next_open(ny(2026, 11, 25, 17)) == ny(2026, 11, 27, 9)
    assert OFFICE.next_open(ny(2026, 11, 27, 17)) == ny(2026, 11, 30, 9)
    open_now = ny(2026, 11, 30, 9, 30) + timedelta(microseconds=7)
    assert OFFICE.next_open(open_now) == open_now


def test_business_time_added_lands_on_the_closing_and_not_on_the_next_opening() -> None:
    start = ny(2026, 11, 25, 16, 30)
    assert OFFICE.add_business(start, 0) == start
    assert OFFICE.add_business(start, 1_800) == ny(2026, 11, 25, 17)
    assert OFFICE.add_business(start, 1_801) == ny(2026, 11, 27, 9, 0, 1)
    assert OFFICE.add_business(start, 41_400) == ny(2026, 11, 30, 12)
    with pytest.raises(ValueError, match="forward"):
        OFFICE.add_business(start, -1)


def test_a_calendar_that_opens_once_in_years_is_still_found_and_one_that_never_opens_is_said_to() -> None:
    closed = Hours(((),) * 7)
    once = Calendar("UTC", closed, overrides={date(2039, 5, 1): (Shift(60, 120),)})
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert once.next_open(start) == datetime(2039, 5, 1, 1, tzinfo=UTC)
    assert once.add_business(start, 600) == datetime(2039, 5, 1, 1, 10, tzinfo=UTC)
    with pytest.raises(NeverOpen):
        once.add_business(start, 3_601)
    with pytest.raises(NeverOpen):
        Calendar("UTC", closed).next_open(start)
    assert Calendar("UTC", closed).business_seconds(start, start + timedelta(days=9)) == 0


def test_a_year_of_business_time_reaches_across_years() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert ALWAYS_OPEN.add_business(start, 5 * 365 * 86_400) == start + timedelta(days=5 * 365)


@pytest.mark.parametrize("timezone", ["Asia/Taipei", "America/New_York"])
def test_the_turn_of_the_year_is_counted_in_every_zone(timezone: str) -> None:
    calendar = Calendar(timezone, parse_hours("24x7"))
    for start in (datetime(2025, 12, 31, 20, tzinfo=UTC), datetime(2026, 1, 1, 1, tzinfo=UTC)):
        assert calendar.business_seconds(start, start + timedelta(hours=2)) == 2 * HOUR


def test_the_always_open_calendar_counts_every_second() -> None:
    start = datetime(2019, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert ALWAYS_OPEN.business_seconds(start, start + timedelta(days=1000)) == 86_400_000


def test_a_wall_time_that_does_not_exist_moves_on_and_one_that_is_twice_is_the_first() -> None:
    assert at_local(date(2026, 3, 8), time(2, 30), "America/New_York") == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert at_local(date(2026, 11, 1), time(1, 30), "America/New_York") == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_shift_that_lies_in_the_hour_that_is_skipped_does_not_take_place() -> None:
    early = Calendar("America/New_York", parse_hours("sun 02:30-03:00,10:00-11:00"))
    assert early.windows(date(2026, 3, 8)) == ((ny(2026, 3, 8, 10), ny(2026, 3, 8, 11)),)


def test_a_day_begins_after_the_gap_where_its_midnight_does_not_exist() -> None:
    begins = midnight(date(2024, 4, 26), "Africa/Cairo")  # clocks went from 24:00 to 01:00
    assert begins == datetime(2024, 4, 25, 22, tzinfo=UTC)
    assert local_day(begins, "Africa/Cairo") == date(2024, 4, 26)
    assert local_day(begins - timedelta(seconds=1), "Africa/Cairo") == date(2024, 4, 25)


def test_nobody_works_on_the_day_that_samoa_skipped() -> None:
    apia = Calendar("Pacific/Apia", parse_hours("fri 09:00-17:00"))
    assert apia.windows(date(2011, 12, 30)) == ()


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        OFFICE.is_open(datetime(2026, 11, 25, 12))


def test_equal_calendars_are_one_key_and_survive_a_process_boundary() -> None:
    one = Calendar("UTC", OFFICE.hours, "US", {date(2026, 1, 2): ()})
    two = Calendar("UTC", parse_hours("mon-fri 9-17"), "US", {date(2026, 1, 2): ()})
    assert len({one, two, OFFICE}) == 2
    assert pickle.loads(pickle.dumps(one)) == one


def test_a_million_pairs_are_counted_at_once_and_as_one_by_one() -> None:
    rng = np.random.default_rng(7)
    first = int(ny(2023, 1, 1).timestamp())
    starts = first + rng.integers(0, 4 * 365 * 86_400, 1_000_000)
    ends = starts + rng.integers(-86_400, 40 * 86_400, 1_000_000)
    many = OFFICE.business_seconds_many(starts, ends)
    assert many.dtype == np.int64
    assert many.shape == (1_000_000,)
    for i in range(0, 1_000_000, 10_007):
        pair = (datetime.fromtimestamp(int(at), UTC) for at in (starts[i], ends[i]))
        assert many[i] == OFFICE.business_seconds(*pair)
    assert OFFICE.business_seconds_many([], []).shape == (0,)


# General rules, over random calendars and instants around the changes of the clocks

ZONES = ("UTC", "America/New_York", "Europe/Amsterdam", "Asia/Taipei", "Australia/Lord_Howe", "Africa/Cairo")
HOURS = (
    "24x7",
    "mon-fri 09:00-12:00,13:00-17:00; sat 10:00-14:00",
    "daily 22:00-06:00",
    "mon-fri 23:30-02:30; sun 00:00-24:00",
    "fri-sun 01:15-02:45",
)
DATES = st.dates(date(2024, 1, 1), date(2024, 12, 31))
shifts = st.sampled_from([(), (Shift(0, 1440),), (Shift(1200, 2000),), (Shift(90, 150), Shift(150, 155))])
calendars = st.builds(
    Calendar,
    st.sampled_from(ZONES),
    st.sampled_from(HOURS).map(parse_hours),
    st.sampled_from(["", "US", "TW", "KR"]),
    st.dictionaries(DATES, shifts, max_size=3),
)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2025, 1, 1), timezones=st.just(UTC))
near_changes = st.builds(
    lambda at, offset: at + timedelta(seconds=offset),
    st.sampled_from([ny(2024, 3, 10, 3), ny(2024, 11, 3, 1), datetime(2024, 3, 31, 1, tzinfo=UTC)]),
    st.floats(-90_000, 90_000),
)
moments = st.lists(instants | near_changes, min_size=3, max_size=3).map(sorted)


@settings(max_examples=60, deadline=None)
@given(calendars, moments)
def test_business_time_is_additive(calendar: Calendar, abc: list[datetime]) -> None:
    a, b, c = abc
    bh = calendar.business_seconds
    assert bh(a, c) == bh(a, b) + bh(b, c)
    assert 0 <= bh(a, b) <= (b - a).total_seconds() + 1


@settings(max_examples=40, deadline=None)
@given(calendars, instants | near_changes, st.integers(1, 40 * HOUR))
def test_adding_business_time_is_the_inverse_of_counting_it(calendar: Calendar, at: datetime, seconds: int) -> None:
    due = calendar.add_business(at, seconds)
    assert calendar.business_seconds(at, due) == seconds
    assert calendar.business_seconds(at, due - timedelta(seconds=1)) == seconds - 1


@settings(max_examples=30, deadline=None)
@given(calendars, near_changes)
def test_counting_agrees_with_looking_at_the_windows_second_by_second(calendar: Calendar, at: datetime) -> None:
    start = at.replace(microsecond=0)
    end = start + timedelta(minutes=200)
    first = calendar.local_day(start) - timedelta(days=2)
    windows = [w for n in range(5) for w in calendar.windows(first + timedelta(days=n))]
    seconds = (start + timedelta(seconds=n) for n in range(200 * 60))
    by_hand = sum(any(begin <= second < finish for begin, finish in windows) for second in seconds)
    assert calendar.business_seconds(start, end) == by_hand


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ZONES), instants | near_changes)
def test_every_instant_lies_in_its_local_day(timezone: str, at: datetime) -> None:
    day = local_day(at, timezone)
    assert midnight(day, timezone) <= at < midnight(day + timedelta(days=1), timezone)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ZONES), instants | near_changes)
def test_a_team_is_open_exactly_when_the_clock_on_its_wall_says_so(timezone: str, at: datetime) -> None:
    calendar = Calendar(timezone, parse_hours("mon-fri 09:00-12:00,13:00-17:00; fri 22:00-06:00"))
    wall = at.astimezone(ZoneInfo(timezone))
    day, hour = wall.weekday(), wall.hour
    by_the_wall = (
        (day < 5 and hour in {9, 10, 11, 13, 14, 15, 16}) or (day == 4 and hour >= 22) or (day == 5 and hour < 6)
    )
    assert calendar.is_open(at) == by_the_wall
