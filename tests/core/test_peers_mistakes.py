"""What other help desks get wrong, each with the tickets that would show it here."""

from __future__ import annotations

import statistics

import pytest

from cspm_core.calendars import Calendar, parse_hours
from cspm_core.kpi.rules import Direction, read
from cspm_core.metrics import CATALOGUE, Measure, Unit

from .metric_stage import WEEK_H, measure, table, ticket, week

OFFICE = Calendar("UTC", parse_hours("mon-fri 09:00-17:00"))


def test_unreplied_tickets_do_not_vanish_from_the_response_time():
    """dbt_zendesk tests `< 0` on a count that is never negative; Zendesk has no value for them."""
    answered = [ticket(reply=1), ticket(reply=2)]
    ignored = [ticket() for _ in range(3)]
    found = measure("first_response", *answered, *ignored, window=week(as_of=100))
    assert (found.n, found.waiting) == (5, 3)
    assert (found.value, found.longer_than) == (None, 100 * 3600)
    assert measure("first_response", *answered).value == 1.5 * 3600


def test_ignoring_customers_never_improves_it():
    """Closing without a word is no reply either."""
    for silent in (ticket(), ticket(solved=90)):
        with_silent = measure("first_response", ticket(reply=1), ticket(reply=5), silent, window=week(as_of=100))
        assert with_silent.n == 3
        assert with_silent.value > measure("first_response", ticket(reply=1), ticket(reply=5)).value


@pytest.mark.parametrize("key", ["sla_first_response", "sla_resolution"])
def test_where_no_target_applied_there_is_no_100_percent(key: str):
    """Chatwoot: `number_of_sla_misses.zero? ? '100%'`. Nor is what is not due yet a success."""
    assert measure(key, ticket(reply=1, solved=2)).value is None
    not_due = measure(key, ticket(due=50, solve_due=50), window=week(as_of=10))
    assert (not_due.value, not_due.n, not_due.extras["at_risk"]) == (None, 0, 1)


def test_business_hours_do_not_drag_the_figure_to_zero():
    """Chatwoot averages: night tickets answered at night are 0 s and pull an average far below what anybody waited."""
    by_day = [ticket(created=10, reply=12) for _ in range(3)]
    by_night = [ticket(created=1, reply=2) for _ in range(2)]
    found = measure("first_response_business", *by_day, *by_night, window=week(calendar=OFFICE))
    assert found.value == 2 * 3600
    assert statistics.mean([7200, 7200, 7200, 0, 0]) == 4320
    waiting = measure("first_response_business", ticket(created=1), window=week(as_of=30, calendar=OFFICE))
    assert (waiting.value, waiting.longer_than) == (None, 8 * 3600)  # the clock does not stand still for the unanswered


def test_a_late_reply_is_breached_once_and_not_met_as_well():
    """Libredesk counted the two instants, of which a late reply has both."""
    found = measure("sla_first_response", ticket(reply=9, due=4), ticket(reply=3, due=4))
    assert (found.numerator, found.denominator, found.n) == (1, 2, 2)


def test_late_replies_are_in_the_response_time():
    """Libredesk averages replies that met their target alone."""
    assert measure("first_response", ticket(reply=1, due=4), ticket(reply=20, due=4)).value == 10.5 * 3600


def test_an_hour_is_an_hour_and_no_day():
    """Frappe rounds up to whole days."""
    assert measure("full_resolution", ticket(created=0, solved=1)).value == 3600
    assert measure("first_response", ticket(created=23.5, reply=24.5)).value == 3600


def test_the_backlog_is_a_level_and_not_a_flow():
    """Zammad takes closed from created: ten old open tickets would be none."""
    old = [ticket(created=-500) for _ in range(10)]
    rows = [*old, ticket(created=1, solved=2), ticket(created=3)]
    assert measure("backlog", *rows).value == 11
    assert measure("volume", *rows).value - measure("solved", *rows).value == 1


def test_cohorts_are_not_mixed():
    """freescout#4125: solves of a period over creations of the same one came to more than everything."""
    rows = [ticket(created=1, solved=2), ticket(created=3), *(ticket(created=-300, solved=5) for _ in range(5))]
    found = measure("resolution_rate", *rows)
    assert (found.value, found.n) == (1 / 2, 2)
    assert measure("solved", *rows).value == 6


def test_a_customer_who_stops_answering_is_solved_once():
    """fazer-ai/agents#199: every automatic resolution of the same conversation counted again."""
    row = ticket(first_solved=10, solved=60, reopened=40, reopens=4)
    assert measure("solved", row).value == 1
    assert measure("full_resolution", row).n == 1
    assert measure("reopen_rate", row).denominator == 1


@pytest.mark.parametrize(
    ("now", "before", "change"), [(150.0, 100.0, 0.5), (100.0, 150.0, -1 / 3), (100.0, 100.0, 0.0), (5.0, 0.0, None)]
)
def test_the_change_is_worked_out_in_the_core_and_right(now: float, before: float, change: float | None):
    """Sentry's old summary said 150 % higher for 150 against 100."""
    found = read(CATALOGUE["volume"], Measure(now, int(now)), Measure(before, int(before)), None)
    assert found.change == pytest.approx(change) if change is not None else found.change is None
    assert found.direction in (Direction.CHANGED, Direction.SAME)


def test_shares_change_by_points():
    found = read(CATALOGUE["csat"], Measure(0.9, 100), Measure(0.8, 100), None)
    assert found.change == pytest.approx(0.1)


def test_medians_are_not_averaged():
    """On 1.6 million tickets the mean of agents' medians overstated the team's by 10.6 %."""
    quick = [ticket(reply=1, agent=1, responder=1) for _ in range(9)]
    slow = [ticket(reply=10, agent=2, responder=2)]
    tickets, metric = table([*quick, *slow]), CATALOGUE["first_response"]
    each = [metric.measure(tickets.where(tickets.responder == agent), week()).value for agent in (1, 2)]
    assert metric.measure(tickets, week()).value == 3600
    assert statistics.mean(each) == 5.5 * 3600


def test_no_figure_of_time_hides_how_many_it_rests_on():
    for metric in CATALOGUE.values():
        if metric.unit is Unit.SECONDS and metric.of == "tickets":
            found = metric.measure(table([ticket(reply=1, solved=WEEK_H - 1, is_open=True)]), week())
            assert found.n + found.set_aside >= 1
