"""Times are read as exports write them; what a change of clocks skips or repeats is counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspm_core.imports.instants import Instants, Order, sniff_order

NINE = datetime(2026, 4, 3, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("2026-04-03T09:05:00Z", None),
        ("2026-04-03 09:05", None),
        ("2026-04-03 09:05:00.000", None),
        ("2026-04-03T11:05:00+02:00", None),
        ("2026-04-03 11:05:00 +0200", None),
        ("2026-04-03 09:05:00 UTC", None),
        ("2026/04/03 09:05", None),
        ("2026/4/3 9:05 AM", None),
        ("2026年4月3日 09:05", None),
        ("03.04.2026 09:05", None),
        ("3 Apr 2026 09:05", None),
        ("3-Apr-26 09:05", None),
        ("April 3, 2026, 9:05 am", None),
        ("Apr 3, 2026 9:05 AM", None),
        ("03/04/2026 09:05", Order.DAY),
        ("3/4/26 9:05", Order.DAY),
        ("04/03/2026 09:05 AM", Order.MONTH),
        ("4/3/2026 9:05 a.m.", Order.MONTH),
    ],
)
def test_many_ways_to_write_one_instant(text: str, order: Order | None):
    assert Instants("UTC", order).read(text) == NINE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "03/04/2026",
        "2026-13-01",
        "2026-02-30",
        "12:00",
        "1775207100",
        "31/02/2026",
        "9:05 PM",
        "0001-01-01",
        "4 Foo 2026",
    ],
)
def test_what_cannot_be_read_is_refused(text: str):
    with pytest.raises((ValueError, OverflowError)):
        Instants("Asia/Tokyo", None).read(text)


def test_a_format_is_taken_at_its_word():
    assert Instants("America/New_York", None, "%d/%m/%Y %H:%M").read("03/04/2026 05:05") == NINE
    assert Instants("America/New_York", None, "%d/%m/%Y %H:%M").read("2026-04-03 05:05:00") == NINE
    assert Instants("UTC", None, "epoch").read("1775207100") == NINE
    assert Instants("UTC", None, "epoch_ms").read("1775207100000") == NINE


def test_noon_and_midnight_on_a_twelve_hour_clock():
    times = Instants("UTC", Order.DAY)
    assert [times.read(f"03/04/2026 {text}").hour for text in ("12:00 AM", "12:00 PM", "1:00 PM")] == [0, 12, 13]


def test_a_wall_time_that_was_skipped_moves_forward_and_one_that_came_twice_is_the_first():
    times = Instants("America/New_York")
    assert times.read("2026-03-08 02:30") == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)  # 03:30 in summer time
    assert times.read("2026-11-01 01:30") == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert times.read("2026-11-01T01:30-05:00") == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert times.read("2026-07-01 00:00") == datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
    assert (times.skipped, times.twice, times.naive) == (1, 1, 3)


@given(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)),
    st.sampled_from(["Europe/Amsterdam", "America/New_York", "Asia/Seoul", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_a_wall_time_that_exists_once_comes_back_as_it_was_written(wall: datetime, zone: str):
    times = Instants(zone)
    at = times.read(wall.isoformat(" "))
    back = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert back == wall if not times.skipped else timedelta() < back - wall <= timedelta(hours=1)


def test_the_dates_themselves_tell_what_comes_first():
    assert sniff_order(["01/02/2026", "13/02/2026 10:00"]) is Order.DAY
    assert sniff_order(["01/02/2026", "1/31/26"]) is Order.MONTH
    assert sniff_order(["2026-01-02", "", "13.02.2026"]) is None
    for unclear in (["01/02/2026"], ["13/02/2026", "02/13/2026"]):
        with pytest.raises(ValueError, match="day or month"):
            sniff_order(unclear)
