from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspm_core.calendars import BadTimezone, local_day
from cspm_core.periods import KEYWORDS, BadPeriod, Period, days, parse_period, previous

ZONE = "Europe/Amsterdam"
NOW = datetime(2026, 10, 15, 8, 30, tzinfo=UTC)  # Thursday 10:30 in Amsterdam


def wall(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def period(text: str, now: datetime = NOW) -> Period:
    return parse_period(text, timezone=ZONE, now=now)


@pytest.mark.parametrize(
    ("text", "kind", "first", "last", "key"),
    [
        ("today", "day", "2026-10-15", "2026-10-15", "today"),
        ("Yesterday", "day", "2026-10-14", "2026-10-14", "yesterday"),
        ("this week", "week", "2026-10-12", "2026-10-18", "this-week"),
        ("week", "week", "2026-10-12", "2026-10-18", "this-week"),
        ("last_week", "week", "2026-10-05", "2026-10-11", "last-week"),
        ("month", "month", "2026-10-01", "2026-10-31", "this-month"),
        ("last-month", "month", "2026-09-01", "2026-09-30", "last-month"),
        ("this quarter", "quarter", "2026-10-01", "2026-12-31", "this-quarter"),
        ("last-quarter", "quarter", "2026-07-01", "2026-09-30", "last-quarter"),
        ("this-year", "year", "2026-01-01", "2026-12-31", "this-year"),
        ("last year", "year", "2025-01-01", "2025-12-31", "last-year"),
        ("7d", "rolling", "2026-10-09", "2026-10-15", "7d"),
        ("28 days", "rolling", "2026-09-18", "2026-10-15", "28d"),
        ("1d", "rolling", "2026-10-15", "2026-10-15", "1d"),
        ("2026-10", "month", "2026-10-01", "2026-10-31", "2026-10"),
        ("2024-02", "month", "2024-02-01", "2024-02-29", "2024-02"),
        ("2026", "year", "2026-01-01", "2026-12-31", "2026"),
        ("2026-q3", "quarter", "2026-07-01", "2026-09-30", "2026-Q3"),
        ("2026q1", "quarter", "2026-01-01", "2026-03-31", "2026-Q1"),
        ("2026-W40", "week", "2026-09-28", "2026-10-04", "2026-W40"),
        ("2026-w1", "week", "2025-12-29", "2026-01-04", "2026-W01"),
        ("2026-10-15", "day", "2026-10-15", "2026-10-15", "2026-10-15"),
        ("2026-10-01 .. 2026-10-15", "range", "2026-10-01", "2026-10-15", "2026-10-01..2026-10-15"),
        ("2026-10-10..2026-11-10", "range", "2026-10-10", "2026-11-10", "2026-10-10..2026-11-10"),
    ],
)
def test_a_text_names_whole_local_days(text: str, kind: str, first: str, last: str, key: str) -> None:
    found = period(text)
    assert (found.kind, found.key, found.timezone) == (kind, key, ZONE)
    assert (found.first_day, found.last_day) == (date.fromisoformat(first), date.fromisoformat(last))
    assert found.start == wall(*found.first_day.timetuple()[:3])
    assert found.end == wall(*(found.last_day + timedelta(days=1)).timetuple()[:3])


@pytest.mark.parametrize(
    ("text", "reason", "nearest"),
    [
        ("lst week", "unknown", "last-week"),
        ("yesterdya", "unknown", "yesterday"),
        ("quater", "unknown", "quarter"),
        ("zzz", "unknown", None),
        ("", "unknown", None),
        ("2026-1", "unknown", None),
        ("2026-Q5", "unknown", None),
        ("2026-13", "no_such_day", None),
        ("2026-02-30", "no_such_day", None),
        ("2025-W53", "no_such_day", None),
        ("2026-02-01..2026-02-29", "no_such_day", None),
        ("0001-01-01", "no_such_day", None),
        ("0000", "no_such_day", None),
        ("2026-01-01..9999-12-31", "no_such_day", None),
        ("2026-10-15..2026-10-01", "reversed", None),
        ("2026-10-16", "future", None),
        ("2026-11", "future", None),
        ("2026-10-16..2026-10-20", "future", None),
        ("0d", "too_long", None),
        ("99999d", "too_long", None),
    ],
)
def test_a_wrong_period_is_refused_with_its_reason_and_the_nearest_word(
    text: str, reason: str, nearest: str | None
) -> None:
    with pytest.raises(BadPeriod) as refused:
        period(text)
    assert (refused.value.text, refused.value.reason) == (text, reason)
    assert refused.value.nearest == nearest


def test_an_unknown_zone_and_a_naive_now_are_refused() -> None:
    with pytest.raises(BadTimezone):
        parse_period("today", timezone="Europe/Nowhere", now=NOW)
    with pytest.raises(ValueError, match="time zone"):
        parse_period("today", timezone=ZONE, now=datetime(2026, 10, 15))


def test_today_is_the_teams_day_and_not_the_worlds() -> None:
    late = datetime(2026, 10, 15, 22, 30, tzinfo=UTC)
    assert parse_period("today", timezone="Asia/Taipei", now=late).first_day == date(2026, 10, 16)
    assert parse_period("today", timezone="America/New_York", now=late).first_day == date(2026, 10, 15)


def test_days_of_the_change_of_the_clocks_have_their_own_length() -> None:
    spring, autumn = period("2026-03-29"), period("2026-10-25", datetime(2026, 10, 26, tzinfo=UTC))
    assert [(day.end - day.start) // timedelta(hours=1) for day in (spring, autumn)] == [23, 25]


def test_a_period_is_cut_at_an_instant_inside_it_and_only_there() -> None:
    week = period("this-week")
    cut = week.until(NOW)
    assert (cut.start, cut.end, cut.key, cut.last_day) == (week.start, NOW, "this-week", week.last_day)
    assert week.until(week.end + timedelta(days=1)) == week
    assert week.until(week.start - timedelta(days=1)).end == week.start


def test_the_days_of_a_cut_period_are_those_that_have_begun() -> None:
    week = period("this-week")
    assert len(days(week)) == 7
    assert days(week.until(NOW)) == [date(2026, 10, day) for day in (12, 13, 14, 15)]
    assert days(week.until(wall(2026, 10, 14))) == [date(2026, 10, 12), date(2026, 10, 13)]
    assert days(week.until(week.start)) == []


@pytest.mark.parametrize(
    ("text", "as_of", "key", "start", "end"),
    [
        # Monday 00:00 to Thursday 10:30 of each week
        ("this-week", NOW, "2026-W41", (2026, 10, 5), (2026, 10, 8, 10, 30)),
        ("last-week", NOW, "2026-W40", (2026, 9, 28), (2026, 10, 5)),
        ("today", NOW, "2026-10-14", (2026, 10, 14), (2026, 10, 14, 10, 30)),
        ("this-month", NOW, "2026-09", (2026, 9, 1), (2026, 9, 15, 10, 30)),
        ("this-quarter", NOW, "2026-Q3", (2026, 7, 1), (2026, 7, 15, 10, 30)),
        ("this-year", NOW, "2025", (2025, 1, 1), (2025, 10, 15, 10, 30)),
        ("2026-01", NOW, "2025-12", (2025, 12, 1), (2026, 1, 1)),
        ("2026-02", NOW, "2026-01", (2026, 1, 1), (2026, 2, 1)),
        ("7d", NOW, "2026-10-02..2026-10-08", (2026, 10, 2), (2026, 10, 8, 10, 30)),
        ("2026-10-01..2026-10-10", NOW, "2026-09-21..2026-09-30", (2026, 9, 21), (2026, 10, 1)),
        ("2026-10-11..2026-10-20", NOW, "2026-10-01..2026-10-10", (2026, 10, 1), (2026, 10, 5, 10, 30)),
    ],
)
def test_the_period_before_is_equal_and_cut_at_the_same_time_of_the_same_day(
    text: str, as_of: datetime, key: str, start: tuple[int, ...], end: tuple[int, ...]
) -> None:
    whole = period(text)
    before = previous(whole, as_of)
    assert (before.key, before.start, before.end) == (key, wall(*start), wall(*end))
    assert previous(whole.until(as_of), as_of) == before


def test_the_cut_follows_the_clock_on_the_wall_over_the_change_of_the_clocks() -> None:
    as_of = wall(2026, 10, 29, 10)  # the clocks went back on Sunday 25 October
    before = previous(period("this-week", as_of), as_of)
    assert before.end == wall(2026, 10, 22, 10)
    sunday = wall(2026, 10, 25, 10)
    week_of_change = period("this-week", sunday)
    assert previous(week_of_change, sunday).end == wall(2026, 10, 18, 10)
    assert sunday - week_of_change.start == previous(week_of_change, sunday).end - wall(2026, 10, 12) + timedelta(
        hours=1
    )


def test_a_long_month_so_far_is_compared_with_the_whole_of_a_short_one() -> None:
    as_of = wall(2026, 3, 31, 10)
    before = previous(period("this-month", as_of), as_of)
    assert (before.key, before.end) == ("2026-02", wall(2026, 3, 1))


zones = st.sampled_from([ZONE, "UTC", "America/New_York", "Asia/Seoul", "Africa/Cairo", "Pacific/Apia"])
nows = st.datetimes(datetime(2012, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
texts = st.sampled_from([*KEYWORDS, "1d", "90d"])


@given(texts, zones, nows)
def test_a_key_names_the_same_period_again(text: str, timezone: str, now: datetime) -> None:
    found = parse_period(text, timezone=timezone, now=now)
    assert parse_period(found.key, timezone=timezone, now=now) == found
    before = previous(found, found.end)
    assert parse_period(before.key, timezone=timezone, now=now) == before


@given(texts, zones, nows)
def test_the_period_before_ends_where_its_own_begins(text: str, timezone: str, now: datetime) -> None:
    found = parse_period(text, timezone=timezone, now=now)
    assert previous(found, found.end).end == found.start
    cut = previous(found, now)
    assert cut.start <= cut.end <= found.start
    assert found.first_day <= local_day(now, timezone) or text.startswith("last")


@given(zones, nows)
def test_the_days_of_a_quarter_are_those_of_its_months(timezone: str, now: datetime) -> None:
    quarter = parse_period("this-quarter", timezone=timezone, now=now)
    inside = days(quarter)
    assert (inside[0], inside[-1]) == (quarter.first_day, quarter.last_day)
    assert len(inside) == len(set(inside)) in {90, 91, 92}
