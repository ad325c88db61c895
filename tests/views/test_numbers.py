"""What people read is the figure after rounding, and rounding never says what is not so."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.blocks import message, table
from bot.kpi import figures
from bot.plain import plain
from bot.setup import lengths
from bot.words import LANGUAGES, Words
from cspm_core.kpi.rules import Reading, read
from cspm_core.metrics import CATALOGUE, Measure

HOUR, DAY = 3600, 86_400


def reading(key: str, value: float, target: float | None = None, before: float | None = None) -> Reading:
    return read(CATALOGUE[key], Measure(value, 400), None if before is None else Measure(before, 400), target)


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_nothing_is_0_percent_and_only_everything_is_100(language: str):
    t = Words(language)
    none, everything = t.share(0), t.share(1)
    for value in (1 / 10_000_000, 0.0004, 0.0005, 0.004, 0.0049, 0.01):
        assert t.share(value) != none, value
        assert t.share(1 - value) != everything, value
    assert none.replace(" ", "") == "0%"
    assert everything.replace(" ", "") == "100%"


@pytest.mark.parametrize(
    ("value", "said"), [(0.996, "99.6%"), (0.9996, "99.96%"), (0.004, "0.4%"), (0.0004, "0.04%"), (0.864, "86%")]
)
def test_a_share_has_as_many_decimals_as_it_takes(value: float, said: str):
    assert Words("en").share(value) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Thu, Jan 4, 2024"),
        ("zh_TW", "2024年1月4日 週四"),
        ("nl", "do 4 jan 2024"),
        ("ko", "2024년 1월 4일 (목)"),
    ],
)
def test_a_day_of_another_year_than_the_readers_says_its_own(language: str, said: str):
    day, at = date(2024, 1, 4), datetime(2025, 1, 1, 1, tzinfo=UTC)
    assert Words(language, year=2026).day(day) == said
    assert Words(language, year=2024).day(day) == Words(language).day(day)
    assert Words(language, year=2026).clock(datetime(2024, 1, 4, 10, tzinfo=UTC), "UTC").startswith(said)
    assert "2025" not in Words(language, year=2024).clock(at, "America/New_York"), "there it is still 2024"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 sec"),
        (59.9, "59 sec"),
        (89, "1 min"),
        (91, "2 min"),
        (HOUR - 1, "1 hr"),
        (HOUR + 90 * 60, "2 hr 30 min"),
        (DAY - 1, "1 day"),
        (DAY + 59 * 60, "1 day 1 hr"),
        (2 * DAY - 1, "2 days"),
    ],
)
def test_a_duration_is_rounded_to_the_last_unit_it_is_told_in(seconds: float, said: str):
    assert Words("en").duration(seconds) == said


@pytest.mark.parametrize(
    ("key", "value", "target", "said", "aimed"),
    [
        ("csat", 0.923, 0.925, "92.3%", "at least 92.5%"),
        ("csat", 0.9299, 0.93, "92.99%", "at least 93%"),
        ("csat", 0.93, 0.93, "93%", "at least 93%"),
        ("csat", 0.86, 0.93, "86%", "at least 93%"),
        ("reopen_rate", 0.093, 0.09, "9.3%", "at most 9%"),
        ("first_response", 4 * HOUR + 20, 4 * HOUR, "4 hr 20 sec", "at most 4 hr"),
        ("first_response", DAY + 25 * 60, DAY + 20 * 60, "1 day 25 min", "at most 1 day 20 min"),
        ("first_response", 5 * HOUR + 20, 4 * HOUR, "5 hr", "at most 4 hr"),
        ("backlog", 12, 10.5, "12", "at most 10.5"),
    ],
)
def test_a_value_close_to_its_target_is_told_so_that_the_verdict_is_seen(
    key: str, value: float, target: float, said: str, aimed: str
):
    found, t = reading(key, value, target), Words("en")
    assert figures.shown(found, t) == said
    assert figures.told(found, t).startswith(f"{said} · ")
    assert figures.target(found, t) == aimed


def test_a_change_that_is_there_is_not_told_as_0_points():
    t = Words("en")
    assert figures.change(reading("csat", 0.9002, before=0.9), t) == "+0.02 points, better"
    assert figures.change(reading("csat", 0.95, before=0.9), t) == "+5 points, better"
    assert figures.change(reading("csat", 0.9, before=0.9), t) == "the same"
    assert figures.change(reading("volume", 100_001, before=100_000), t) == "+0.001%"


def test_from_nothing_there_is_no_percentage_and_yet_a_direction():
    t = Words("en")
    assert figures.change(reading("unanswered", 5, before=0), t) == "up from 0, worse"
    assert figures.change(reading("solved", 5, before=0), t) == "up from 0, better"
    assert figures.change(reading("volume", 5, before=0), t) == "up from 0"
    assert figures.change(reading("volume", 5), t) == "–"


def test_nobodys_n_is_told_where_a_figure_about_one_person_is_withheld():
    t, few = Words("en"), read(CATALOGUE["csat"], Measure(0.5, 4), None, 0.9, about_one=True)
    assert figures.told(few, t) == "fewer than 5, not shown"
    assert figures.base(few.measure, t) == "–"


@pytest.mark.parametrize(
    ("typed", "clock", "said"),
    [
        ("16h", "business", "16 hours"),
        ("48h", "business", "48 hours"),
        ("7h36m", "business", "7 h 36 min"),
        ("45m", "business", "45 min"),
        ("1d", "calendar", "1 day"),
        ("48h", "calendar", "2 days"),
    ],
)
def test_working_time_is_never_told_in_days(typed: str, clock: str, said: str):
    assert lengths.told(lengths.length(typed), clock, Words("en")) == said


def test_the_plain_form_of_a_table_ends_with_its_last_figure():
    rows = [["New tickets so far", "83", ""], ["Reopened", "", "n = 4"], ["Score", "", ""]]
    drawn = plain(
        message("Figures", table("Figures", ["Figure", "Value", "Rests on"], rows)), Words("en"), lambda _: None
    )
    said = drawn["blocks"][0]["text"]["text"]
    assert said == "*New tickets so far*  83\n*Reopened*  – · n = 4\n*Score*  –"
