"""One list of what waits: the gravest first, what is done today, what comes tomorrow, and ideas that bury nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.today.names import WAYS
from cspm_core.today.reads import gathered, sorted_out
from cspm_core.waiting import Consequence, Waiting

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
"""Ten in the morning in New York."""
ZONE = "America/New_York"
HOUR = timedelta(hours=1)


def waiting(n: int, consequence: Consequence, due: float | None = None, **more: object) -> Waiting:
    at = None if due is None else NOW + due * HOUR
    return Waiting("promise", n, 1, consequence, at, **more)  # type: ignore[arg-type]


def test_by_consequence_then_by_date():
    late, soon = waiting(1, Consequence.PROMISED, -30), waiting(2, Consequence.PROMISED, 2)
    customer, some_day = waiting(3, Consequence.CUSTOMER), waiting(4, Consequence.PROMISED)
    found = sorted_out([some_day, soon, late, customer], ZONE, NOW)
    assert found.waiting == (customer, late, soon, some_day)


def test_a_day_ends_where_the_person_is():
    tonight, tomorrow, later = (waiting(n, Consequence.WORK, due) for n, due in ((1, 13.9), (2, 14), (3, 38)))
    found = sorted_out([later, tomorrow, tonight], ZONE, NOW)
    assert (found.waiting, found.tomorrow, found.later) == ((tonight,), (tomorrow,), 1)
    assert sorted_out([tonight, tomorrow], "Asia/Seoul", NOW).waiting == (tonight, tomorrow)


def test_on_the_day_the_clocks_go_back_the_day_is_longer():
    sunday = datetime(2026, 11, 1, 4, 30, tzinfo=UTC)
    night = Waiting("promise", 1, 1, Consequence.WORK, sunday + 24 * HOUR)
    assert sorted_out([night], ZONE, sunday).waiting == (night,)


def test_what_is_done_stands_apart_the_last_first():
    early, recent = (waiting(n, Consequence.WORK, done_at=NOW - back * HOUR) for n, back in ((1, 3), (2, 1)))
    found = sorted_out([early, recent], ZONE, NOW)
    assert (found.is_clear, found.done) == (True, (recent, early))


def test_suggestions_are_one_line_however_many():
    ideas = [
        Waiting("suggestion", n, 1, Consequence.IDEA, facts={"member": name})
        for n, name in enumerate(("Ada", "Bo", "Ada"))
    ]
    other = waiting(9, Consequence.WORK)
    (kept, one) = gathered([*ideas, other])
    assert (kept, one.facts) == (other, {"n": 3, "members": ["Ada", "Bo"]})
    assert gathered([other]) == [other]


@given(st.lists(st.tuples(st.sampled_from(list(Consequence)), st.none() | st.floats(-100, 100))))
def test_nothing_is_lost(some: list[tuple[Consequence, float | None]]):
    every = [waiting(n, consequence, due) for n, (consequence, due) in enumerate(some)]
    found = sorted_out(every, ZONE, NOW)
    assert len(found.waiting) + len(found.tomorrow) + found.later == len(every)
    assert list(found.waiting) == sorted(found.waiting, key=lambda one: one.consequence)


def test_every_kind_has_words_and_a_way():
    kinds = {
        "escalation", "check_back", "dispute", "goal_to_agree", "plan_to_confirm", "confidential_note", "talk",
        "promise", "promise_check", "performance_talk", "review_pick", "review_draft", "calibration",
        "review_to_read", "names_to_match", "setup_to_finish", "suggestion",
    }  # fmt: skip
    assert set(WAYS) == kinds
