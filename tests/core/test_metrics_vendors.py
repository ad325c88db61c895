"""What other help desks would show for the same tickets, and which tickets make the difference."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cspm_core.metrics import CATALOGUE, vendors
from cspm_core.metrics.vendors import Others

from .metric_stage import WEEK_H, table, ticket, week


def shown(key: str, rows: list[dict[str, int]], *, window: Any = None, **left_out: list[dict[str, int]]):
    """Each vendor's value, and the number of tickets that it counts otherwise by reason."""
    aside = {reason: table([{**row, "id": 900 + n} for n, row in enumerate(some)]) for reason, some in left_out.items()}
    found = vendors.elsewhere(key, Others(table(rows), aside), window or week())
    return {
        one.reading.vendor: (
            one.figure.measure.value,
            {reason: len(ids) for reason, ids in one.figure.apart.items()},
        )
        for one in found
    }


def test_zendesk_drops_the_unanswered_and_keeps_what_agents_opened():
    rows = [ticket(reply=1), ticket(reply=3), ticket(), ticket(solved=9)]
    found = shown("first_response", rows, agent_opened=[ticket(reply=8), ticket()])
    assert found["zendesk"] == (3 * 3600, {"unanswered": 1, "solved_unanswered": 1, "agent_opened": 1})


def test_chatwoot_averages_the_replies_sent_in_the_period():
    rows = [ticket(created=-10, reply=2), ticket(reply=4), ticket(created=160, reply=WEEK_H + 5), ticket(created=9)]
    found = shown("first_response", rows)
    assert found["chatwoot"] == (8 * 3600, {"unanswered": 1, "created_before": 1, "replied_after": 1})


def test_chatwoots_working_hours_drag_the_average_to_zero():
    rows = [ticket(reply=1, first_response_business_s=s) for s in (0, 0, 0, 7200)]
    found = shown("first_response_business", rows)
    assert found["chatwoot"] == (1800, {"zero_seconds": 3})


def test_libredesk_averages_what_came_in_time():
    rows = [ticket(reply=1, due=4), ticket(reply=3, due=4), ticket(reply=50, due=4), ticket(reply=9)]
    assert shown("first_response", rows)["libredesk"] == (2 * 3600, {"late": 1, "no_target": 1})


def test_nothing_applied_is_100_percent_here_and_0_there():
    found = shown("sla_first_response", [ticket(reply=1)])
    assert {vendor: value for vendor, (value, _) in found.items()} == {"chatwoot": 1.0, "libredesk": 0.0}
    assert CATALOGUE["sla_first_response"].measure(table([ticket(reply=1)]), week()).value is None


def test_what_is_not_due_yet_counts_as_reached_at_chatwoot():
    rows = [ticket(reply=1, due=4), ticket(reply=9, due=4), ticket(due=500), ticket(due=4)]
    found = shown("sla_first_response", rows, window=week(as_of=100))
    assert found["chatwoot"] == (2 / 4, {"not_due_yet": 1})
    assert found["libredesk"] == (1 / 3, {})


def test_one_touch_includes_solves_without_a_reply_at_zendesk():
    rows = [ticket(solved=1, public_replies=n) for n in (0, 1, 1, 3)]
    assert shown("one_touch", rows, agent_opened=[])["zendesk"] == (3 / 4, {"zero_reply": 1})


def test_zendesk_counts_late_reopenings_and_what_agents_opened():
    rows = [ticket(solved=1, reopens=0), ticket(solved=1, reopens=1, early_reopens=0), ticket(solved=1, reopens=1)]
    found = shown("reopen_rate", rows, agent_opened=[ticket(solved=2, reopens=0)])
    assert found["zendesk"] == (2 / 4, {"reopened_late": 1, "agent_opened": 1})


def test_resolutions_are_one_each_time_at_chatwoot():
    rows = [ticket(first_solved=2, solved=10), ticket(solved=4), ticket(first_solved=6, solved=WEEK_H + 9)]
    assert shown("solved", rows)["chatwoot"] == (4, {"resolved_twice": 1, "resolved_before": 1})
    assert shown("full_resolution", rows)["chatwoot"][0] == (2 + 10 + 4 + 6) / 4 * 3600


def test_what_is_open_again_is_left_out_of_solves():
    rows = [ticket(solved=3), ticket(solved=1, is_open=True)]
    assert shown("full_resolution", rows)["zendesk"] == (3 * 3600, {"open_again": 1})
    assert shown("solved", rows)["zendesk"] == (1, {"open_again": 1})
    assert shown("first_resolution", rows)["zendesk"][0] == 2 * 3600


def test_the_backlog_of_zammad_is_a_flow():
    rows = [*(ticket(created=-90) for _ in range(5)), ticket(created=1, solved=2), ticket(created=3)]
    found = shown("backlog", rows, agent_opened=[ticket(created=4)])
    assert found == {"zendesk": (7, {"agent_opened": 1}), "zammad": (1, {"open_before": 5})}


def test_zendesk_counts_merged_tickets_and_those_of_agents_as_created():
    found = shown("volume", [ticket()], merged=[ticket(), ticket(created=-3)], agent_opened=[ticket()])
    assert found["zendesk"] == (3, {"agent_opened": 1, "merged": 1})


def test_ratings_are_counted_alike():
    rows = [ticket(rated=1, csat_good=good) for good in (1, 1, 0)] + [ticket(rated=1, csat_good=1, survey=1)]
    assert shown("csat", rows) == {"zendesk": (2 / 3, {}), "chatwoot": (2 / 3, {})}
    assert shown("csat", [])["chatwoot"][0] == 0
    assert shown("csat", [])["zendesk"][0] is None


def test_sla_of_resolutions_at_chatwoot():
    rows = [ticket(solved=2, solve_due=4), ticket(solve_due=900), ticket(created=-9, solved=1, solve_due=4)]
    assert shown("sla_resolution", rows, window=week(as_of=50))["chatwoot"] == (
        1.0,
        {"not_due_yet": 1, "solved_later": 1},
    )


@pytest.mark.parametrize("key", list(vendors.READINGS))
def test_every_reading_says_where_it_is_from_and_bears_no_tickets(key: str):
    assert key in CATALOGUE
    for one in vendors.elsewhere(key, Others(table([]), {}), week()):
        assert one.reading.source.startswith("https://")
        assert all(len(ids) for ids in one.figure.apart.values())


def test_before_the_data_begins_nobody_shows_anything():
    assert vendors.elsewhere("volume", Others(table([ticket()]), {}), week(as_of=-5)) == ()


def test_tickets_are_told_by_their_ids():
    found = vendors.elsewhere("first_response", Others(table([ticket(reply=1), ticket()]), {}), week())
    assert np.array_equal(found[0].figure.apart["unanswered"], [2])
