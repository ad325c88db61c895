"""How long tickets took and how old the open ones are, counted by hand; and when they were reopened."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from cspm_core.calendars import Calendar, parse_hours
from cspm_core.metrics import CATALOGUE, OF_TICKETS, Ways, Window

from .metric_stage import START, WEEK_H, at, measure, table, ticket, week

HANDED_OFF = Ways(response_start="handed_off")


def test_the_ages_of_open_tickets_have_an_ordinary_median_and_p90():
    rows = [ticket(created=WEEK_H - n) for n in range(1, 22)] + [ticket(created=1, solved=2)]
    found = measure("backlog_age", *rows)
    assert (found.value, found.n, found.p90) == (11 * 3600, 21, 19 * 3600)
    assert (found.waiting, found.oldest_s) == (21, 21 * 3600)


def test_the_age_is_told_as_of_then():
    rows = [ticket(created=1), ticket(created=3, solved=50), ticket(created=60)]
    assert measure("backlog_age", *rows, window=week(as_of=40)).value == (39 + 37) / 2 * 3600
    assert measure("backlog_age", window=week()).note == "no_cohort"


def test_the_first_resolution_is_placed_by_the_first_solve_and_never_censored():
    rows = [
        ticket(created=0, first_solved=10, reopened=100, solved=WEEK_H + 50),
        ticket(created=0, solved=20, is_open=True),
        ticket(created=0, solved=30, reopens=0),
        ticket(created=-50, first_solved=-10, solved=5),
    ]
    found = measure("first_resolution", *rows)
    assert (found.value, found.n, found.waiting) == (20 * 3600, 3, 2)
    assert measure("full_resolution", *rows).n == 3


def test_where_only_the_last_solve_of_a_reopened_ticket_is_known_its_first_is_not():
    rows = [ticket(solved=9, reopens=2), ticket(solved=4, is_open=True, reopens=1), ticket(solved=6, reopens=0)]
    found = measure("first_resolution", *rows)
    assert (found.value, found.n, found.set_aside) == (5 * 3600, 2, 1)


def test_waiting_and_working_are_what_the_source_says_of_solved_tickets():
    rows = [
        ticket(solved=1, requester_wait_s=100, agent_work_s=10),
        ticket(solved=2, requester_wait_s=300, agent_work_s=30),
        ticket(solved=3),
        ticket(solved=-3, requester_wait_s=9, agent_work_s=9),
    ]
    wait, work = measure("requester_wait", *rows), measure("agent_work", *rows)
    assert (wait.value, wait.n, wait.set_aside) == (200, 2, 1)
    assert (work.value, work.n, work.set_aside) == (20, 2, 1)
    assert measure("requester_wait", ticket(solved=3)).note == "never_said"


def test_a_ticket_that_is_open_again_has_not_waited_to_its_end():
    rows = [ticket(solved=1, requester_wait_s=100), ticket(solved=1, is_open=True, requester_wait_s=50)]
    found = measure("requester_wait", *rows)
    assert (found.value, found.n, found.extras["open_again"]) == (100, 2, 1)


def test_tickets_per_agent_are_solves_over_those_who_solved_one():
    rows = [ticket(solved=1, agent=7), ticket(solved=2, agent=7), ticket(solved=3, agent=8), ticket(solved=4)]
    found = measure("tickets_per_agent", *rows, ticket(created=5, agent=9))
    assert (found.value, found.numerator, found.denominator, found.n, found.set_aside) == (1.5, 3, 2, 3, 1)
    assert found.interval is None
    nobody = measure("tickets_per_agent", ticket(solved=1))
    assert (nobody.value, nobody.note) == (None, "never_said")


# --- reopened when -----------------------------------------------------------------------------------------------


def test_a_reopened_ticket_is_open_from_its_reopening_on_and_not_from_its_solve():
    row = ticket(solved=10, is_open=True, reopened=50, reopens=1)
    opened = {hour: measure("backlog", row, window=week(as_of=hour)).value for hour in (5, 10, 49, 50, 90)}
    assert opened == {5: 1, 10: 0, 49: 0, 50: 1, 90: 1}


def test_between_two_solves_it_is_open_from_its_reopening_on():
    row = ticket(first_solved=10, solved=90, reopened=50)
    opened = {hour: measure("backlog", row, window=week(as_of=hour)).value for hour in (5, 10, 49, 50, 89, 90)}
    assert opened == {5: 1, 10: 0, 49: 0, 50: 1, 89: 1, 90: 0}


def test_a_reopening_counts_within_seven_days_of_a_solve_and_not_later():
    rows = [
        ticket(solved=1, is_open=True, reopened=1 + WEEK_H),
        ticket(solved=1, is_open=True, reopened=1.01 + WEEK_H),
        ticket(solved=1, reopens=3, early_reopens=0),
        ticket(solved=1, reopens=3, early_reopens=1),
    ]
    found = measure("reopen_rate", *rows)
    assert (found.numerator, found.denominator) == (2, 4)


def test_a_reopening_that_had_not_come_yet_is_not_counted():
    row = ticket(solved=10, is_open=True, reopened=50, reopens=1)
    assert measure("reopen_rate", row, window=week(as_of=49)).numerator == 0
    assert measure("reopen_rate", row, window=week(as_of=50)).numerator == 1
    assert measure("full_resolution", row, window=week(as_of=49)).value == 10 * 3600


# --- where a first response begins -------------------------------------------------------------------------------


def test_after_a_bot_the_clock_starts_where_the_team_chose():
    row = ticket(created=0, handed_off=3, reply=5)
    assert measure("first_response", row).value == 5 * 3600
    assert measure("first_response", row, window=week(ways=HANDED_OFF)).value == 2 * 3600
    assert measure("first_response", ticket(created=0, reply=5), window=week(ways=HANDED_OFF)).value == 5 * 3600
    assert measure("first_response", ticket(handed_off=6, reply=5), window=week(ways=HANDED_OFF)).value == 0


def test_who_waits_after_a_bot_is_censored_from_the_hand_over_on():
    waiting = measure("first_response", ticket(handed_off=3), window=week(as_of=10, ways=HANDED_OFF))
    assert (waiting.value, waiting.longer_than) == (None, 7 * 3600)
    not_yet = measure("first_response", ticket(handed_off=30), window=week(as_of=10, ways=HANDED_OFF))
    assert not_yet.longer_than == 10 * 3600


def test_in_working_hours_too():
    office = Calendar("UTC", parse_hours("mon-fri 09:00-17:00"))
    assert START.weekday() == 0
    row = ticket(created=9, handed_off=12, reply=13, first_response_business_s=4 * 3600)
    assert measure("first_response_business", row, window=week(calendar=office)).value == 4 * 3600
    assert measure("first_response_business", row, window=week(calendar=office, ways=HANDED_OFF)).value == 3600


@pytest.mark.parametrize("key", ["first_response", "first_response_business", "sla_first_response"])
def test_the_first_reply_is_to_its_authors_credit(key: str):
    assert CATALOGUE[key].credit == "responder"
    assert hasattr(table([ticket()]), "responder")


def test_one_ticket_on_all_clocks():
    """Created Wednesday 16:30 in New York, answered on the Friday after Thanksgiving, solved twice on Monday."""
    zone = ZoneInfo("America/New_York")

    def then(day: int, hour: int, minute: int) -> float:
        return (datetime(2026, 11, day, hour, minute, tzinfo=zone).astimezone(UTC) - START).total_seconds() / 3600

    row = ticket(
        then(25, 16, 30), reply=then(27, 9, 20), first_solved=then(30, 9, 30), reopened=then(30, 11, 0),
        solved=then(30, 12, 0), public_replies=4, reopens=1, early_reopens=1, transfers=1, requester_wait_s=389_400,
    )  # fmt: skip
    office = Calendar("America/New_York", parse_hours("mon-fri 09:00-17:00"), "US")
    november = Window(at(0), at(then(30, 23, 0)), at(9_999), calendar=office)
    found = {key: measure(key, row, window=november) for key in OF_TICKETS}
    assert found["first_response"].value == 147_000
    assert found["first_response_business"].value == 3_000
    assert found["first_resolution"].value == 406_800
    assert found["full_resolution"].value == 415_800
    assert found["requester_wait"].value == 389_400
    assert (found["one_touch"].value, found["reopen_rate"].value, found["solved"].value) == (0, 1, 1)
