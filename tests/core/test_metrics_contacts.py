"""Contacts counted by hand: who came again, who was handed on, and what customers said."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspm_core.metrics import CATALOGUE, NEVER, UNKNOWN, Calls, Tickets
from cspm_core.metrics.contacts import contacts, no_calls
from cspm_core.metrics.frame import EFFORT, PROMOTER

from .call_stage import HOUR_S, call, of_contacts, together, week
from .metric_stage import WEEK_H, at, table, ticket

ANA, BEN = 11, 22
REFUND, LABEL = 5, 6
DAY_H = 24


def of_ana(created: float, solved: float | None = None, **more) -> dict[str, int]:
    return ticket(created, solved=solved, **{"customer": ANA, "category": REFUND, **more})


def test_one_contact_is_enough_where_none_followed_within_seven_days():
    found = of_contacts("fcr", [of_ana(0, 10), of_ana(300, 301, customer=BEN)])
    assert (found.value, found.n, found.note) == (1, 1, "")


@pytest.mark.parametrize(("comes_h", "counts"), [(10 + WEEK_H, True), (10 + WEEK_H + 0.01, False), (5, True)])
def test_a_further_contact_counts_up_to_the_seventh_day_after_the_solve_and_before_it(comes_h: float, counts: bool):
    found = of_contacts("fcr", [of_ana(0, 10), of_ana(comes_h)])
    assert (found.value, found.extras["came_again"]) == (0 if counts else 1, int(counts))


def test_another_matter_or_another_customer_is_no_further_contact():
    others = [of_ana(20, category=LABEL), of_ana(20, customer=BEN)]
    assert of_contacts("fcr", [of_ana(0, 10), *others]).value == 1


def test_a_contact_before_says_nothing_of_this_one():
    found = of_contacts("fcr", [of_ana(-100), of_ana(0, 10)])
    assert (found.value, found.n) == (1, 1)


def test_a_call_after_a_ticket_is_a_further_contact_and_the_other_way_round():
    again = call(20 * HOUR_S, answered=20 * HOUR_S + 5, ended=20 * HOUR_S + 60, customer=ANA, category=REFUND)
    assert of_contacts("fcr", [of_ana(0, 10)], again).value == 0
    first = call(0, answered=5, ended=60, is_resolved=1, customer=ANA, category=REFUND)
    assert (of_contacts("fcr", [of_ana(30)], first).value, of_contacts("fcr", [], first).value) == (0, 1)


def test_a_call_that_the_team_makes_is_no_contact_of_the_customer():
    back = call(20 * HOUR_S, answered=20 * HOUR_S + 5, outbound=True, customer=ANA, category=REFUND, is_resolved=1)
    found = of_contacts("fcr", [of_ana(0, 10)], back)
    assert (found.value, found.n) == (1, 1)


def test_a_ticket_opened_during_its_call_is_the_same_contact_and_counts_once():
    opened = of_ana(0.05, 10, id=7)
    during = call(0, answered=10, ended=400, is_resolved=1, ticket=7, customer=BEN)
    found = of_contacts("fcr", [opened], during)
    assert (found.value, found.n) == (1, 1)
    later = call(20 * HOUR_S, answered=20 * HOUR_S + 9, ended=20 * HOUR_S + 60, is_resolved=0, ticket=7)
    assert of_contacts("fcr", [opened], during, later).value == 0


def test_a_reopening_is_a_further_contact():
    reopened = of_ana(0, 30, first_solved=10, reopens=1, reopened=20)
    assert of_contacts("fcr", [reopened]).value == 0
    late = of_ana(0, 400, first_solved=10, reopens=1, reopened=10 + WEEK_H + 1)
    assert of_contacts("fcr", [late]).value == 1
    assert of_contacts("fcr", [of_ana(0, 30, first_solved=10, reopens=2)]).extras["reopened"] == 1
    assert of_contacts("fcr", [of_ana(0, 30, reopens=2, early_reopens=0)]).value == 1
    assert of_contacts("fcr", [of_ana(0, 30, first_solved=10)]).value == 0  # solved twice, so it was reopened
    assert of_contacts("fcr", [of_ana(0, 30, is_open=True)]).value == 0


def test_cohorts_younger_than_seven_days_are_not_reported_yet():
    rows = [of_ana(0, 10), of_ana(0, 100, customer=BEN)]
    found = of_contacts("fcr", rows, window=week(as_of_s=(10 + WEEK_H) * HOUR_S))
    assert (found.n, found.extras["too_young"], found.provisional) == (1, 1, True)
    young = of_contacts("fcr", rows, window=week(as_of_s=150 * HOUR_S))
    assert (young.value, young.note, young.extras["too_young"]) == (None, "cohort_too_young", 2)


def test_a_contact_of_nobody_is_set_aside_and_a_source_without_customers_gives_no_figure():
    found = of_contacts("fcr", [of_ana(0, 10), of_ana(0, 10, customer=0)])
    assert (found.n, found.set_aside) == (1, 1)
    assert of_contacts("fcr", [of_ana(0, 10, customer=0)]).note == "never_said"


def test_transfers_are_of_solved_tickets_and_answered_calls():
    rows = [ticket(0, solved=5, transfers=2), ticket(0, solved=5, transfers=0), ticket(0, solved=5), ticket(0)]
    phone = [call(0, answered=3, transfers=1), call(0, answered=3, transfers=0), call(0, ended=60, transfers=0)]
    found = of_contacts("transfer_rate", rows, *phone)
    assert (found.numerator, found.denominator, found.set_aside) == (2, 4, 1)


def test_a_team_may_count_changes_of_the_group_alone():
    rows = [ticket(0, solved=5, transfers=2, group_transfers=0), ticket(0, solved=5, transfers=1, group_transfers=1)]
    found = of_contacts("transfer_rate", rows, window=week(transfers_counted="group"))
    assert (found.numerator, found.denominator) == (1, 2)


def promoter(score: int) -> dict[str, int]:
    return ticket(0, rated=5, survey=PROMOTER, score=score * 100)


def test_the_net_promoter_score_of_the_worked_example():
    """50/30/20: 30, and from 14.69 to 45.31."""
    found = of_contacts("nps", [promoter(9)] * 25 + [promoter(10)] * 25 + [promoter(7)] * 30 + [promoter(6)] * 20)
    assert (found.value, found.n) == (pytest.approx(30), 100)
    assert (found.interval.low, found.interval.high) == pytest.approx((14.69, 45.31), abs=0.005)
    assert dict(found.extras) == {"promoters": 50, "passives": 30, "detractors": 20}
    assert of_contacts("nps", [ticket(0, rated=5, csat_good=1, score=1000)]).note == "no_cohort"


def test_customer_effort_is_the_mean_of_one_to_seven():
    answers = [ticket(0, rated=5, survey=EFFORT, score=score * 100) for score in (1, 4, 5, 7)]
    found = of_contacts("ces", answers, call(0, answered=1, ended=90, survey=EFFORT, score=600))
    assert (found.value, found.n, found.extras["easy"]) == (pytest.approx(4.6), 5, 3)
    assert found.interval.low < 4.6 < found.interval.high


def test_satisfaction_is_read_from_calls_too_and_no_other_survey_is_among_it():
    rows = [ticket(0, rated=5, csat_good=1), promoter(2)]
    phone = [
        call(0, answered=2, ended=60, csat_good=0),
        call(0, answered=2, ended=60, csat_good=1),
        call(0, answered=2),
    ]
    found = CATALOGUE["csat"].measure(together(rows, *phone), week())
    assert (found.numerator, found.denominator, found.set_aside) == (2, 3, 0)


some_contacts = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 40)), max_size=25)


@given(some_contacts, some_contacts, st.randoms())
@settings(max_examples=200)
def test_who_came_again_is_what_a_plain_search_finds(first, second, random):
    tickets = [ticket(hour, customer=who, category=what) for who, what, hour in first]
    phone = [
        call(hour * HOUR_S, answered=hour * HOUR_S + 5, customer=who, category=what, outbound=random.random() < 0.2)
        for who, what, hour in second
    ]
    found = together(tickets, *phone)
    for n in range(len(found)):
        later = [
            int(found.created[m])
            for m in range(len(found))
            if found.customer[n]
            and found.customer[m] == found.customer[n]
            and found.category[m] == found.category[n]
            and found.created[m] > found.created[n]
            and not found.is_outbound[m]
        ]
        assert found.again[n] == min(later, default=NEVER)


def test_a_team_with_one_kind_of_contacts_alone_has_contacts():
    only_tickets = contacts(table([of_ana(0, 10)]), no_calls())
    assert (len(only_tickets), only_tickets.is_call.tolist(), only_tickets.handled.tolist()) == (1, [0], [at(10)])
    only_calls = together([], call(0, answered=5, ended=60, is_resolved=1, customer=ANA))
    assert (only_calls.first_solved.tolist(), only_calls.is_solved.tolist()) == ([at(60 / HOUR_S)], [1])
    assert only_calls.agent.tolist() == [UNKNOWN]


def test_eighty_thousand_contacts_are_put_together_in_no_time():
    """Ten milliseconds on an idle machine; ten times that is allowed for one that is not."""
    rng = np.random.default_rng(1)
    some = {name: rng.integers(0, 20_000, 60_000) for name in Tickets.__slots__}
    few = {name: rng.integers(0, 20_000, 20_000) for name in Calls.__slots__}
    few["ticket"] = np.full(20_000, UNKNOWN)
    tickets, phone = Tickets(**some), Calls(**few)
    best = min(_took(tickets, phone) for _ in range(5))
    assert best < 0.1


def _took(tickets: Tickets, phone: Calls) -> float:
    began = time.perf_counter()
    contacts(tickets, phone)
    return time.perf_counter() - began
