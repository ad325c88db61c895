"""Figures that a team makes itself: what can be written, what it counts, and what is refused with what would do."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspm_core import errors
from cspm_core.calendars import Calendar, parse_hours
from cspm_core.metrics import NEVER, UNKNOWN, Calls, Measure, Subject, Unit, code_of, own
from cspm_core.metrics.own.reading import condition

from .metric_stage import HOUR, at, table, ticket, week

GUARDS = {"guards": ("csat", "reopen_rate"), "usual_guards": ("csat", "reopen_rate")}
SHARE = {"key": "mine", "name": "Mine", "unit": "share", "count": ["channel = email"]}
TIME = {"key": "mine", "name": "Mine", "unit": "seconds", "from": "created_at", "to": "first_response_at"}
EMAIL, URGENT, HIGH = code_of("E-Mail"), code_of("urgent"), code_of("high")


def made(told: dict[str, Any]):
    return own.metric(own.read(told, **GUARDS))


def found(told: dict[str, Any], *rows: dict[str, int], **more: Any) -> Measure:
    return made(told).measure(table(list(rows)), more.get("window") or week())


def test_a_share_of_what_the_filters_let_in():
    told = {**SHARE, "over": ["channel = e-mail", "priority in [high, urgent]"], "count": "public_replies >= 2"}
    rows = [
        ticket(solved=1, channel=EMAIL, priority=HIGH, public_replies=1),
        ticket(solved=1, channel=EMAIL, priority=URGENT, public_replies=2),
        ticket(solved=1, channel=EMAIL, priority=URGENT, public_replies=9),
        ticket(solved=1, channel=EMAIL, priority=URGENT),
        ticket(solved=1, channel=EMAIL, public_replies=9),
        ticket(solved=1, priority=HIGH, public_replies=9),
    ]
    measure = found(told, *rows)
    assert (measure.value, measure.n, measure.set_aside) == (2 / 3, 3, 1)
    assert measure.interval is not None


def test_a_wait_that_is_too_long_already_counts_against_and_one_that_is_not_yet_is_left_out():
    told = {**SHARE, "count": ["first_response_at - created_at <= 4h"]}
    rows = [ticket(reply=4), ticket(reply=4.01), ticket(), ticket(created=98), ticket(solved=2), ticket(solved=9)]
    measure = found(told, *rows, window=week(as_of=100))
    assert (measure.numerator, measure.denominator) == (1, 4)  # 4 h; 4.01 h, still waiting, closed after 9 h
    assert (measure.extras["at_risk"], measure.set_aside) == (1, 1)
    assert made(told).guards == ("csat", "reopen_rate")


def test_waiting_longer_than_something_counts_as_soon_as_it_is():
    told = {**SHARE, "count": ["first_response_at - created_at > 4h"]}
    assert found(told, ticket(), ticket(created=98), window=week(as_of=100)).numerator == 1


@pytest.mark.parametrize(
    ("line", "hits"),
    [
        ("has first_response_at", [1]),
        ("has no first_response_at", [2, 3]),
        ("channel != email", [2, 3]),
        ("channel not in [email, chat]", [3]),
        ("reopens = 0", [1]),
        ("csat = good", [1]),
        ("csat != good", [2]),
        ("csat_score >= 4.5", [1]),
        ("survey = satisfaction", [1, 2, 3]),
        ("requester_wait < 2h", [1]),
        ("first_response_at <= first_response_due_at", [1]),
        ("solved_at - first_response_at < 30 min", []),
    ],
)
def test_what_can_be_asked(line: str, hits: list[int]):
    email, chat = code_of("email"), code_of("chat")
    rows = [
        ticket(reply=1, due=2, solved=3, channel=email, reopens=0, csat_good=1, rated=4, score=500,
               requester_wait_s=3600),
        ticket(solved=3, due=1, channel=chat, reopens=2, csat_good=0, rated=4, score=200, requester_wait_s=8000),
        ticket(),
    ]  # fmt: skip
    tickets = table(rows)
    truth = condition(line, own.facts_of("tickets")).holds(tickets, week())
    assert tickets.id[truth.yes].tolist() == hits
    assert not (truth.yes & truth.no).any()


def test_counts_of_what_is_not_solved_are_not_known_yet():
    told = {**SHARE, "count": ["public_replies >= 3"]}
    measure = found(told, ticket(public_replies=5), ticket(solved=500, public_replies=5), window=week(as_of=100))
    assert (measure.value, measure.n, measure.waiting) == (None, 0, 2)


def test_a_duration_is_a_median_and_who_still_waits_is_censored():
    rows = [ticket(reply=2), ticket(reply=4), ticket()]
    measure = found(TIME, *rows, window=week(as_of=50))
    assert (measure.value, measure.n, measure.waiting) == (4 * 3600, 3, 1)
    metric = made(TIME)
    assert (metric.unit, metric.of, metric.cohort, metric.better) == (Unit.SECONDS, Subject.TICKETS, "created", "lower")


def test_a_duration_in_working_hours_from_any_instant():
    office = Calendar("UTC", parse_hours("mon-fri 09:00-17:00"))
    told = {**TIME, "from": "handed_off_at", "clock": "business", "over": "has handed_off_at"}
    rows = [ticket(handed_off=8, reply=10), ticket(handed_off=16, reply=34), ticket(reply=1)]
    measure = found(told, *rows, window=week(calendar=office))
    assert (measure.value, measure.n) == ((1 + 2) / 2 * 3600, 2)


def test_what_ends_before_it_began_is_set_aside():
    told = {**TIME, "from": "first_solved_at", "to": "reopened_at", "cohort": "solved"}
    measure = found(told, ticket(first_solved=5, solved=9, reopened=7), ticket(first_solved=5, solved=9, reopened=4))
    assert (measure.value, measure.n, measure.set_aside) == (2 * 3600, 1, 1)


def test_a_figure_of_calls():
    columns = {name: np.full(3, UNKNOWN) for name in Calls.__dataclass_fields__}
    columns |= {"id": np.arange(3), "queue": np.array([code_of("vip"), code_of("vip"), 0])}
    columns |= {"queued": np.array([at(1)] * 3), "answered": np.array([at(1) + HOUR // 100, NEVER, at(2)])}
    columns |= {"ended": np.array([at(3)] * 3), "is_abandoned": np.array([0, 1, 0]), "language": np.zeros(3)}
    told = {**SHARE, "of": "calls", "over": "queue = VIP", "count": ["answered_at - queued_at <= 1 min"]}
    measure = made(told).measure(Calls(**columns), week())
    assert (measure.value, measure.n) == (1 / 2, 2)
    told = {**SHARE, "of": "calls", "count": "abandoned = no"}
    assert made(told).measure(Calls(**columns), week()).value == 2 / 3


@pytest.mark.parametrize(
    ("change", "part", "reason", "nearest", "known"),
    [
        ({"count": ["chanel = email"]}, "count", "no_fact", "channel", "queue"),
        ({"count": ["channel >= email"]}, "count", "no_sign", None, "not in"),
        ({"count": ["email"]}, "count", "no_filter", None, "<="),
        ({"count": ["reopens >= many"]}, "count", "no_number", None, None),
        ({"count": ["csat = godo"]}, "count", "no_choice", "good", "bad"),
        ({"count": ["first_response_at - created_at <= 4"]}, "count", "no_length", "4h", None),
        ({"count": ["first_response_at - channel <= 4h"]}, "count", "no_fact", None, "solved_at"),
        ({"count": ["created_at <= created_at"]}, "count", "no_two_instants", None, None),
        ({"count": []}, "count", "missing", None, None),
        ({"count": None, "unit": "seconds"}, "from", "missing", None, None),
        ({"from": "created_at"}, "from", "not_for_unit", None, None),
        ({"unit": "secnds"}, "unit", "no_choice", "seconds", "share"),
        ({"cohort": "sloved"}, "cohort", "no_choice", "solved", "rated"),
        ({"of": "calls", "count": "queue = vip", "cohort": "solved"}, "cohort", "no_choice", None, "queued"),
        ({"overs": ["channel = email"]}, "file", "no_field", "over", "count"),
        ({"key": "My Figure"}, "key", "no_key", "my_figure", None),
        ({"key": "_"}, "key", "no_key", None, None),
        ({"name": ""}, "name", "no_name", None, None),
        ({"guards": ["csta"]}, "guards", "no_guard", "csat", "reopen_rate"),
        ({"over": ["channel = email"] * 13}, "over", "too_many", None, None),
    ],
)
def test_what_does_not_fit_is_refused_with_what_would(
    change: dict[str, Any], part: str, reason: str, nearest: str | None, known: str | None
):
    told = {**SHARE, **change}
    with pytest.raises(errors.BadDefinition) as refused:
        made(told)
    assert (refused.value.part, refused.value.reason, refused.value.nearest) == (part, reason, nearest)
    assert known is None or known in refused.value.known


@pytest.mark.parametrize("told", [None, "text", 5, ["key"]])
def test_what_is_no_definition_at_all_is_refused(told: Any):
    with pytest.raises(errors.BadDefinition):
        own.read(told, **GUARDS)


@given(st.dictionaries(st.sampled_from(["key", "name", "unit", "over", "count", "from", "guards"]), st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.lists(st.text(max_size=30), max_size=3),
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2))))  # fmt: skip
@settings(deadline=None)
def test_whatever_a_file_holds_it_is_refused_or_made(told: dict[str, Any]):
    with suppress(errors.BadDefinition):
        assert own.read(told, **GUARDS).key == told["key"]


def test_what_is_kept_makes_the_same_figure_again():
    told = {**SHARE, "over": "channel = email", "count": ["first_response_at - created_at <= 1d 2h 30 min"]}
    first = own.read(told, **GUARDS)
    again = own.read(first.told, **GUARDS)
    assert (again.told, again.over, again.count) == (first.told, first.over, first.count)
    assert again.count[0].seconds == 26.5 * 3600


def test_a_name_in_each_language_or_one_for_all():
    each = own.read({**SHARE, "name": {"en": "Mine", "nl": "Van mij"}}, **GUARDS)
    assert [each.name(language) for language in ("en", "nl", "ko")] == ["Mine", "Van mij", "Mine"]
    assert own.read(SHARE, **GUARDS).name("ko") == "Mine"
