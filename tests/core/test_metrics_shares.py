"""Shares: what counts for, what counts against, and what cannot be judged and is said to be left aside."""

from __future__ import annotations

import pytest

from cspm_core.metrics import CATALOGUE, OF_TICKETS, Unit

from .metric_stage import WEEK_H, measure, ticket, week

SHARES = [key for key in OF_TICKETS if CATALOGUE[key].unit is Unit.SHARE]
MICROSECOND = 1 / 3_600e6


@pytest.mark.parametrize("key", SHARES)
def test_where_nothing_applies_there_is_no_data_neither_0_nor_100_percent(key: str):
    for rows in ([], [ticket()]):
        found = measure(key, *rows, window=week(as_of=100))
        assert (found.value, found.n, found.interval, found.numerator) == (None, 0, None, None)


def test_a_share_has_wilsons_interval():
    """81 of 263, from METRICS.md."""
    rows = [ticket(rated=1, csat_good=int(n < 81)) for n in range(263)]
    found = measure("csat", *rows)
    assert (found.numerator, found.denominator, found.n) == (81, 263, 263)
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (0.2553, 0.3662)


# --- resolution rate ---------------------------------------------------------------------------------------------


def test_solved_within_seven_days_includes_the_seventh_to_the_microsecond():
    rows = [ticket(solved=WEEK_H), ticket(solved=WEEK_H + MICROSECOND), ticket(solved=1), ticket()]
    found = measure("resolution_rate", *rows)
    assert (found.value, found.n, found.waiting) == (2 / 4, 4, 1)


def test_the_first_solve_decides_even_if_the_ticket_came_back():
    rows = [ticket(first_solved=10, solved=400), ticket(solved=5, is_open=True)]
    assert measure("resolution_rate", *rows).value == 1


def test_tickets_younger_than_seven_days_are_not_reported_yet():
    rows = [ticket(created=0, solved=1), ticket(created=10, solved=11), ticket(created=30)]
    found = measure("resolution_rate", *rows, window=week(as_of=WEEK_H + 10))
    assert (found.value, found.n, found.extras["too_young"], found.provisional) == (1, 2, 1, True)
    found = measure("resolution_rate", *rows, window=week(as_of=WEEK_H - 1))
    assert (found.value, found.note, found.extras["too_young"]) == (None, "cohort_too_young", 3)


def test_solves_of_older_tickets_do_not_enter_the_rate_of_this_cohort():
    """Cohorts mixed, five solves over two creations would be 250 %."""
    rows = [ticket(solved=1), ticket(), *(ticket(created=-300, solved=2) for _ in range(4))]
    assert measure("resolution_rate", *rows).value == 1 / 2


# --- one touch, reopens ------------------------------------------------------------------------------------------


def test_one_touch_is_exactly_one_reply_and_zero_replies_are_shown_apart():
    rows = [ticket(solved=1, public_replies=n) for n in (0, 1, 1, 2, 5)] + [ticket(solved=1)]
    found = measure("one_touch", *rows)
    assert (found.value, found.n, found.set_aside, found.extras["zero_reply"]) == (2 / 5, 5, 1, 1)


def test_a_source_that_never_says_replies_gives_no_one_touch():
    found = measure("one_touch", ticket(solved=1))
    assert (found.value, found.note, found.set_aside) == (None, "never_said", 1)


def test_one_or_more_reopens_count_once_and_the_events_stand_apart():
    rows = [ticket(solved=1, reopens=n) for n in (0, 0, 1, 3)] + [ticket(solved=1)]
    found = measure("reopen_rate", *rows)
    assert (found.value, found.n, found.set_aside, found.extras["reopens"]) == (2 / 4, 4, 1, 4)


def test_reopened_and_still_open_counts_as_one_whatever_the_source_says():
    rows = [ticket(solved=1, is_open=True), ticket(solved=1, is_open=True, reopens=0), ticket(solved=1, reopens=0)]
    found = measure("reopen_rate", *rows)
    assert (found.value, found.n, found.extras["open_again"]) == (2 / 3, 3, 2)


def test_the_reopen_rate_is_provisional_for_seven_days_after_the_last_solve():
    rows = [ticket(solved=5, reopens=0), ticket(solved=20, reopens=0)]
    assert measure("reopen_rate", *rows, window=week(as_of=20 + WEEK_H - 1)).provisional
    assert not measure("reopen_rate", *rows, window=week(as_of=20 + WEEK_H)).provisional


def test_reopens_are_placed_by_the_last_solve():
    rows = [ticket(first_solved=1, solved=WEEK_H + 5, reopens=1), ticket(solved=2, reopens=0)]
    assert measure("reopen_rate", *rows).value == 0
    as_of_then = measure("reopen_rate", *rows, window=week(as_of=100))
    assert (as_of_then.value, as_of_then.n) == (0, 2)


# --- targets -----------------------------------------------------------------------------------------------------


def test_exactly_on_the_deadline_is_met_and_a_late_reply_is_breached_once():
    rows = [ticket(reply=4, due=4), ticket(reply=4 + MICROSECOND, due=4), ticket(reply=1, due=4), ticket(reply=9)]
    found = measure("sla_first_response", *rows)
    assert (found.value, found.numerator, found.denominator) == (2 / 3, 2, 3)


def test_unanswered_and_past_due_is_breached_now_not_yet_due_is_at_risk():
    rows = [ticket(reply=1, due=4), ticket(due=9), ticket(due=10), ticket(due=11)]
    found = measure("sla_first_response", *rows, window=week(as_of=10))
    assert (found.value, found.n) == (1 / 2, 2)
    assert (found.extras["past_due"], found.extras["at_risk"], found.waiting) == (1, 2, 3)


def test_solved_without_a_reply_is_breached_only_after_the_deadline():
    rows = [ticket(solved=3, due=4), ticket(solved=5, due=4), ticket(reply=1, due=4)]
    found = measure("sla_first_response", *rows)
    assert (found.value, found.n, found.extras["solved_unanswered"]) == (1 / 2, 2, 1)


def test_a_reply_that_was_impossible_is_neither_in_time_nor_late():
    found = measure("sla_first_response", ticket(is_answered=1, due=4), ticket(reply=1, due=4))
    assert (found.n, found.set_aside) == (1, 1)


def test_a_breached_open_ticket_shows_in_the_period_of_its_deadline_and_a_solved_one_in_that_of_its_solve():
    rows = [
        ticket(created=-50, solve_due=20),
        ticket(created=-50, solve_due=-20),
        ticket(created=-50, solved=5, solve_due=6),
        ticket(created=-50, solved=7, solve_due=6),
        ticket(created=-50, solved=-10, solve_due=6),
        ticket(created=1, solve_due=500),
    ]
    found = measure("sla_resolution", *rows, window=week(as_of=100))
    assert (found.value, found.numerator, found.n) == (1 / 3, 1, 3)
    assert (found.extras["past_due"], found.extras["at_risk"]) == (2, 1)


def test_at_its_deadline_an_open_ticket_is_not_yet_breached():
    assert measure("sla_resolution", ticket(solve_due=20), window=week(as_of=20)).n == 0
    assert measure("sla_resolution", ticket(solve_due=20), window=week(as_of=20.001)).value == 0


def test_a_solve_in_time_that_came_back_is_held_against_the_deadline_again():
    assert measure("sla_resolution", ticket(solved=5, is_open=True, solve_due=8), window=week(as_of=7)).n == 0
    assert measure("sla_resolution", ticket(solved=5, is_open=True, solve_due=8), window=week(as_of=9)).value == 0


# --- ratings -----------------------------------------------------------------------------------------------------


def test_ratings_are_placed_by_the_answer_not_by_the_ticket():
    rows = [ticket(created=-900, rated=1, csat_good=1), ticket(rated=WEEK_H, csat_good=0), ticket(rated=3, csat_good=0)]
    found = measure("csat", *rows)
    assert (found.value, found.n) == (1 / 2, 2)


def test_an_answer_nobody_can_read_is_set_aside():
    found = measure("csat", ticket(rated=1), ticket(rated=1, csat_good=1))
    assert (found.value, found.n, found.set_aside) == (1, 1, 1)


def test_response_rate_is_answers_to_the_surveys_sent_in_the_period():
    rows = [ticket(sent=1, rated=2), ticket(sent=1), ticket(sent=1, rated=200), ticket(sent=-1, rated=1)]
    assert measure("csat_response_rate", *rows).value == 2 / 3
    assert measure("csat_response_rate", *rows, window=week(as_of=100)).value == 1 / 3


def test_a_source_that_never_says_what_was_sent_gives_no_response_rate():
    found = measure("csat_response_rate", ticket(rated=1, csat_good=1))
    assert (found.value, found.note) == (None, "never_said")
