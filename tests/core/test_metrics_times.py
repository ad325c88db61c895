"""Times: medians of waits in which whoever still waits counts too."""

from __future__ import annotations

import itertools
import math
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspm_core.calendars import Calendar, parse_hours
from cspm_core.metrics import CATALOGUE, Window
from cspm_core.store import microseconds

from .metric_stage import measure, table, ticket, week

H = 3600.0


def test_with_everybody_answered_median_and_p90_are_those_of_percentile_cont():
    found = measure("first_response", *(ticket(reply=hours) for hours in range(1, 21)))
    assert (found.value, found.p90, found.n) == (10.5 * H, pytest.approx(18.1 * H), 20)
    # By hand from the binomial: the 6th and the 15th of 20.
    assert (found.interval.low, found.interval.high) == (6 * H, 15 * H)
    assert (found.waiting, found.longer_than, found.note) == (0, None, "")


def test_nine_in_ten_needs_twenty_tickets():
    assert measure("first_response", *(ticket(reply=hours) for hours in range(1, 20))).p90 is None


def test_an_unanswered_ticket_does_not_vanish_from_the_median():
    """Curve by hand: 5 at risk, 4/5 after 1 h, 3/5 after 2 h, 2/5 after 3 h; the answered alone would say 2.5 h."""
    rows = [*(ticket(reply=hours) for hours in (1, 2, 3, 4)), ticket()]
    found = measure("first_response", *rows, window=week(as_of=10))
    assert (found.value, found.n, found.waiting, found.oldest_s) == (3 * H, 5, 1, 10 * H)


def test_on_a_stretch_of_exactly_one_half_the_median_is_its_middle():
    """Replies after 1 h, 2 h and 6 h, one still waits after 7 h: the curve is 3/4, 1/2 from 2 h to 6 h, then 1/4."""
    rows = [ticket(reply=1), ticket(reply=2), ticket(reply=6), ticket()]
    assert measure("first_response", *rows, window=week(as_of=7)).value == 4 * H


def test_a_stretch_of_one_half_that_does_not_end_reaches_to_the_end_of_the_data():
    """One answered after 1 h, one that waits since 9 h: no better than had it been answered now."""
    answered_now = measure("first_response", ticket(reply=1), ticket(reply=9), window=week(as_of=9))
    ignored = measure("first_response", ticket(reply=1), ticket(), window=week(as_of=9))
    assert answered_now.value == ignored.value == 5 * H
    assert ignored.interval.high == math.inf


def test_when_most_still_wait_there_is_no_median_only_longer_than():
    found = measure("first_response", ticket(reply=1), ticket(), ticket(), window=week(as_of=9))
    assert (found.value, found.longer_than, found.note) == (None, 9 * H, "still_waiting")
    assert (found.n, found.waiting) == (3, 2)


def test_a_ticket_solved_without_a_reply_waited_until_its_solve():
    """At risk 3; reply after 2 h: 2/3; the silent one leaves at 3 h; the reply after 5 h takes the rest to 0."""
    rows = [ticket(reply=2), ticket(solved=3), ticket(reply=5)]
    found = measure("first_response", *rows)
    assert (found.value, found.waiting, found.extras["solved_unanswered"]) == (5 * H, 0, 1)


def test_a_reply_that_was_impossible_counts_as_one_and_leaves_the_duration():
    found = measure("first_response", ticket(reply=2), ticket(reply=4), ticket(is_answered=1))
    assert (found.value, found.n, found.set_aside, found.waiting) == (3 * H, 2, 1, 0)


def test_nobody_created_is_no_data_and_not_zero():
    found = measure("first_response", ticket(created=-5, reply=3))
    assert (found.value, found.n, found.note) == (None, 0, "no_cohort")


def test_late_replies_are_in_the_median_as_well():
    assert (
        measure("first_response", ticket(reply=1, due=4), ticket(reply=9, due=4), ticket(reply=11, due=4)).value
        == 9 * H
    )


def test_one_hour_is_an_hour_and_not_a_day():
    assert measure("full_resolution", ticket(solved=1)).value == H


@given(
    st.lists(st.floats(0.01, 90), max_size=12),
    st.lists(st.floats(0, 99), min_size=1, max_size=6),
    st.sampled_from(["first_response", "first_response_business"]),
)
@settings(deadline=None)
def test_ignoring_customers_never_improves_the_median(replies: list[float], ignored: list[float], key: str):
    rows = [ticket(reply=hours) for hours in replies]
    window = week(as_of=100)
    before = measure(key, *rows, window=window)
    for created in ignored:
        rows.append(ticket(created=created))
        after = measure(key, *rows, window=window)
        slower = after.value is None or before.value is None or after.value >= before.value
        assert slower, (before, after)
        assert after.value is not None or after.longer_than is not None
        before = after


@given(st.lists(st.floats(0.01, 90), min_size=1, max_size=12), st.data())
@settings(deadline=None)
def test_leaving_one_customer_unanswered_never_improves_the_median(replies: list[float], data: st.DataObject):
    """Not only a further one: taking a reply away again does not help either, once it has waited as long."""
    ignored = data.draw(st.integers(0, len(replies) - 1))
    all_answered = measure("first_response", *(ticket(reply=h) for h in replies), window=week(as_of=100))
    one_ignored = [ticket(reply=None if n == ignored else h) for n, h in enumerate(replies)]
    found = measure("first_response", *one_ignored, window=week(as_of=100))
    assert found.value is None or found.value >= all_answered.value - 1e-6  # the middle of two floats may round down


# --- one ticket, all clocks (METRICS.md) -------------------------------------------------------------------------

NEW_YORK = Calendar("America/New_York", parse_hours("mon-fri 09:00-17:00"), "US")


def new_york(day: int, hour: int, minute: int, month: int = 11) -> int:
    return microseconds(datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("America/New_York")))


def thanksgiving() -> dict[str, int]:
    return ticket() | {
        "created": new_york(25, 16, 30),
        "first_response": new_york(27, 9, 20),
        "first_solved": new_york(30, 9, 30),
        "solved": new_york(30, 12, 0),
        "reopens": 1,
        "public_replies": 4,
        "is_answered": 1,
        "is_solved": 1,
    }


NOVEMBER = Window(new_york(1, 0, 0), new_york(1, 0, 0, month=12), new_york(31, 12, 0, month=12), calendar=NEW_YORK)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("first_response", 147_000),
        ("first_response_business", 3_000),
        ("full_resolution", 415_800),
        ("one_touch", 0),
        ("reopen_rate", 1),
        ("resolution_rate", 1),
    ],
)
def test_the_worked_example_of_the_metrics(key: str, value: float):
    found = CATALOGUE[key].measure(table([thanksgiving()]), NOVEMBER)
    assert (found.value, found.n) == (value, 1)


def test_before_its_reopening_the_worked_example_was_resolved_sooner():
    as_of = Window(NOVEMBER.start, NOVEMBER.end, new_york(30, 10, 0), calendar=NEW_YORK)
    rows = table([thanksgiving()])
    assert CATALOGUE["full_resolution"].measure(rows, as_of).value == 406_800
    assert CATALOGUE["reopen_rate"].measure(rows, as_of).value == 0


def test_over_a_change_of_the_clocks_a_weekend_is_65_hours_and_2_of_business():
    friday = datetime(2026, 3, 6, 16, tzinfo=ZoneInfo("America/New_York"))
    monday = datetime(2026, 3, 9, 10, tzinfo=ZoneInfo("America/New_York"))
    row = ticket() | {"created": microseconds(friday), "first_response": microseconds(monday), "is_answered": 1}
    window = Window(
        microseconds(datetime(2026, 3, 1, tzinfo=UTC)),
        microseconds(datetime(2026, 4, 1, tzinfo=UTC)),
        microseconds(datetime(2026, 5, 1, tzinfo=UTC)),
        calendar=NEW_YORK,
    )
    assert CATALOGUE["first_response"].measure(table([row]), window).value == 65 * H
    assert CATALOGUE["first_response_business"].measure(table([row]), window).value == 2 * H


# --- business hours ----------------------------------------------------------------------------------------------

OFFICE = Calendar("UTC", parse_hours("mon-fri 09:00-17:00"))


def test_arrived_and_answered_at_night_took_no_business_time():
    assert measure("first_response_business", ticket(created=1, reply=3), window=week(calendar=OFFICE)).value == 0


def test_business_time_does_not_make_the_unanswered_fast():
    """Replies 1 h and 2 h into the morning; three came in at night and still wait at 12:00, after 3 h of business."""
    rows = [ticket(created=9, reply=10), ticket(created=9, reply=11), *(ticket(created=1) for _ in range(3))]
    found = measure("first_response_business", *rows, window=week(as_of=12, calendar=OFFICE))
    assert (found.value, found.longer_than, found.waiting) == (None, 3 * H, 3)


def test_the_seconds_counted_at_the_import_are_taken():
    row = ticket(created=9, reply=10, first_response_business_s=1234)
    assert measure("first_response_business", row, window=week(calendar=OFFICE)).value == 1234


# --- resolution --------------------------------------------------------------------------------------------------


def test_resolution_is_placed_by_the_last_solve():
    rows = [ticket(created=-100, solved=5), ticket(created=1, solved=200), ticket(created=2, solved=4)]
    found = measure("full_resolution", *rows)
    assert (found.value, found.n) == ((105 + 2) / 2 * H, 2)


def test_open_tickets_stand_beside_the_resolution_time():
    rows = [ticket(solved=2), ticket(created=-50), ticket(created=10)]
    found = measure("full_resolution", *rows, window=week(as_of=20))
    assert (found.value, found.n, found.waiting, found.oldest_s) == (2 * H, 1, 2, 70 * H)


def test_a_ticket_that_is_open_again_is_not_resolved_however_hasty_its_solve_was():
    """Solved after 1 h and reopened, it goes on at 12 h. The others took 10, 31 and 52 h: curve 3/4, then 3/8."""
    others = [ticket(created=-9, solved=1), ticket(created=-30, solved=1), ticket(created=-50, solved=2)]
    found = measure("full_resolution", ticket(solved=1, is_open=True), *others, window=week(as_of=12))
    assert (found.value, found.n, found.extras["open_again"], found.waiting) == (31 * H, 4, 1, 1)


def test_medians_are_of_tickets_and_never_averaged():
    """Two agents with medians 1 h (9 tickets) and 100 h (1 ticket): the team waits 1 h, not 50."""
    rows = [*(ticket(reply=1, agent=1) for _ in range(9)), ticket(reply=100, agent=2)]
    assert measure("first_response", *rows).value == H


def test_the_order_of_tickets_does_not_matter():
    rows = [ticket(reply=1), ticket(reply=5), ticket(solved=3), ticket(created=2)]
    found = {measure("first_response", *order, window=week(as_of=30)).value for order in itertools.permutations(rows)}
    assert len(found) == 1


def test_instants_beyond_the_period_are_told_up_to_the_instant_of_the_reading():
    """Answered after the week was over: known on the next Monday, not yet on Sunday."""
    row = ticket(created=160, reply=180)
    assert measure("first_response", row, window=week(as_of=190)).value == 20 * H
    sunday = measure("first_response", row, window=week(as_of=167))
    assert (sunday.value, sunday.waiting) == (None, 1)
