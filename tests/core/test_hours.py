from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspm_core.calendars import BadHours, Hours, Shift, format_hours, format_shifts, parse_hours, parse_shifts

OFFICE = (Shift(540, 720), Shift(780, 1020))


def test_split_shifts_and_a_short_saturday_are_read() -> None:
    hours = parse_hours("mon-fri 09:00-12:00,13:00-17:00; sat 10:00-14:00")
    assert hours.week == (*[OFFICE] * 5, (Shift(600, 840),), ())


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("24x7", "24x7"),
        ("24/7", "24x7"),
        ("daily 00:00-24:00", "24x7"),
        ("Mon - Fri 9-17", "mon-fri 09:00-17:00"),
        ("monday–friday 09:00 – 17:00", "mon-fri 09:00-17:00"),
        ("mon,tues,wed 9:00-12:00, 12:00-17:30", "mon-wed 09:00-17:30"),
        ("sat 10:00-14:00\nmon-fri 22:00-06:00", "mon-fri 22:00-06:00; sat 10:00-14:00"),
        ("fri-mon 18:00-00:00", "mon 18:00-24:00; fri-sun 18:00-24:00"),
        ("mon 13:00-17:00; mon 09:00-12:00", "mon 09:00-12:00,13:00-17:00"),
        ("mon 12:00-20:00,20:00-12:00", "mon 12:00-20:00,20:00-12:00"),
    ],
)
def test_what_people_write_becomes_one_canonical_text(text: str, canonical: str) -> None:
    assert str(parse_hours(text)) == canonical
    assert parse_hours(canonical) == parse_hours(text)


def test_a_night_ends_on_the_next_day_but_belongs_to_its_own() -> None:
    assert parse_hours("fri 22:00-06:00").on(4) == (Shift(22 * 60, 30 * 60),)
    assert parse_hours("fri 22:00-06:00").on(5) == ()


@pytest.mark.parametrize(
    ("text", "part", "reason"),
    [
        ("", "", "empty"),
        (" ; ", " ; ", "empty"),
        ("mon-fri 09:00-17:00; caturday 10:00-14:00", "caturday 10:00-14:00", "days"),
        ("09:00-17:00", "09:00-17:00", "days"),
        ("mo 09:00-17:00", "mo 09:00-17:00", "days"),
        ("mon-fri", "mon-fri", "times"),
        ("mon 09:00-25:00", "mon 09:00-25:00", "times"),
        ("mon 09:60-12:00", "mon 09:60-12:00", "times"),
        ("mon 09:00-09:00", "mon 09:00-09:00", "times"),
        ("mon 24:00-06:00", "mon 24:00-06:00", "times"),
        ("mon 09:00", "mon 09:00", "times"),
        ("mon 09:00-17:00 tue 09:00-17:00", "mon 09:00-17:00 tue 09:00-17:00", "times"),
        ("mon-fri 09:00-17:00; fri 12:00-18:00", "fri 12:00-18:00", "overlap"),
        ("mon 09:00-12:00,11:00-15:00", "mon 09:00-12:00,11:00-15:00", "overlap"),
    ],
)
def test_hours_that_cannot_be_read_name_the_part_that_offends(text: str, part: str, reason: str) -> None:
    with pytest.raises(BadHours) as refused:
        parse_hours(text)
    assert (refused.value.text, refused.value.part, refused.value.reason) == (text, part, reason)


def test_the_hours_of_one_date_are_read_and_written() -> None:
    assert parse_shifts("10:00-14:00, 15:00-16:00") == (Shift(600, 840), Shift(900, 960))
    assert parse_shifts("Closed") == ()
    assert [format_shifts(parse_shifts(text)) for text in ("10-14,15-16", "closed")] == [
        "10:00-14:00,15:00-16:00",
        "closed",
    ]
    with pytest.raises(BadHours, match="empty"):
        parse_shifts(" ")


@pytest.mark.parametrize(("begins", "ends"), [(-1, 60), (1440, 1500), (60, 60), (60, 1500), (0, 1441)])
def test_a_shift_that_no_clock_can_say_is_refused(begins: int, ends: int) -> None:
    with pytest.raises(ValueError, match="shift"):
        Shift(begins, ends)


shift_pairs = st.lists(st.integers(0, 95), min_size=2, max_size=6, unique=True).map(sorted)


@given(st.lists(shift_pairs, min_size=7, max_size=7))
def test_any_week_survives_being_written_and_read_again(week: list[list[int]]) -> None:
    hours = Hours(tuple(tuple(Shift(a * 15, b * 15) for a, b in zip(d[::2], d[1::2], strict=False)) for d in week))
    assert parse_hours(format_hours(hours)) == hours
