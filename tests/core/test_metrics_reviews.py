"""Quality as reviewers see it, counted by hand; and the same from a real store, by day, by person, and as a list."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspm_core import drivers, errors, kpi, people, signals
from cspm_core.kpi.rules import Direction
from cspm_core.metrics import CATALOGUE, NEVER, UNKNOWN, Measure, ReviewedTickets, Reviews, Tickets, code_of
from cspm_core.metrics.frame import COLUMNS
from cspm_core.qa import frames
from cspm_core.store import Store
from cspm_core.tables import METADATA

from .kpi_stage import facts, hours
from .metric_stage import WEEK_H, at, table, ticket, week
from .score_stage import Bureau

KEYS = ("qa_score", "qa_pass_rate", "critical_errors")
PUBLISHED = (100, 9.91, 63.96, 90.99, 0)


def review(when: float = 1, score: float | None = 100, **more: Any) -> dict[str, int]:
    row = dict.fromkeys((column.name for column in fields(Reviews)), 0) | {
        "ticket": UNKNOWN,
        "call": UNKNOWN,
        "reviewed": at(when),
        "score": UNKNOWN if score is None else round(score * 100),
        "is_passed": UNKNOWN if score is None else int(score >= 80),
        "is_random": 1,
    }
    return row | more


def columns(*rows: dict[str, int]) -> Reviews:
    return Reviews(*(np.array([row[one.name] for row in rows], dtype=np.int64) for one in fields(Reviews)))


def measure(key: str, *rows: dict[str, int], window: Any = None) -> Measure:
    return CATALOGUE[key].measure(columns(*rows), window or week())


def test_the_published_iqs_is_the_mean_of_its_reviews_with_students_interval_cut_to_the_scale():
    found = measure("qa_score", *(review(n, score) for n, score in enumerate(PUBLISHED)))
    assert round(found.value, 2) == 52.97
    assert (found.n, found.numerator) == (5, pytest.approx(264.86))
    # s = 46.254, t(0.975, 4) = 2.7764: 52.97 ± 57.43, so that both ends lie beyond the scale
    assert (found.interval.low, found.interval.high) == (0.0, 100.0)
    narrow = measure("qa_score", review(score=80), review(score=84), review(score=88))
    # s = 4, t(0.975, 2) = 4.3027: 84 ± 9.937
    assert (narrow.interval.low, narrow.interval.high) == (
        pytest.approx(74.063, abs=1e-3),
        pytest.approx(93.937, abs=1e-3),
    )


def test_one_review_has_no_interval_and_none_has_no_score():
    assert measure("qa_score", review(score=70)).interval is None
    empty = measure("qa_score")
    assert (empty.value, empty.n, empty.note) == (None, 0, "no_cohort")
    for key in KEYS:
        assert measure(key, review(score=None)).value is None


def test_what_was_picked_for_a_reason_is_in_no_figure_and_is_counted_beside_the_score():
    rows = [review(score=90), review(score=10, is_random=0), review(score=0, is_random=0, failures=2)]
    assert (measure("qa_score", *rows).value, measure("qa_score", *rows).extras) == (90, {"prompted": 2})
    assert measure("qa_pass_rate", *rows).value == 1
    assert measure("critical_errors", *rows).value == 0


def test_a_review_of_which_nothing_was_rated_is_set_aside():
    found = measure("qa_score", review(score=60), review(score=None))
    assert (found.value, found.n, found.set_aside) == (60, 1, 1)


def test_passes_and_critical_failures_are_shares_of_reviews():
    rows = [review(score=100), review(score=79), review(score=0, failures=2), review(score=85, failures=1, is_passed=0)]
    passes, critical = measure("qa_pass_rate", *rows), measure("critical_errors", *rows)
    assert (passes.value, passes.numerator, passes.n) == (0.25, 1, 4)
    assert (critical.value, critical.numerator, critical.extras) == (0.5, 2, {"failures": 3})
    # Wilson of 1 in 4
    assert (passes.interval.low, passes.interval.high) == (
        pytest.approx(0.0456, abs=1e-4),
        pytest.approx(0.6994, abs=1e-4),
    )


def test_a_review_belongs_to_the_day_it_was_sent():
    rows = [review(0, 10), review(WEEK_H - 0.001, 20), review(WEEK_H, 90), review(-0.001, 90)]
    assert measure("qa_score", *rows).value == 15
    assert measure("qa_score", *rows, window=week(as_of=0)).value == 10


def test_coverage_is_of_solved_tickets_and_of_reviews_sent_by_then():
    rows = [
        ticket(created=0, solved=5), ticket(created=0, solved=6), ticket(created=0, solved=WEEK_H),
        ticket(created=0), ticket(created=0, solved=7),
    ]  # fmt: skip
    tickets: Tickets = table(rows)
    instants = [at(8), NEVER, at(8), at(8), at(100)]
    found = ReviewedTickets(
        **{name: getattr(tickets, name) for name in COLUMNS}, reviewed=np.array(instants, dtype=np.int64)
    )
    assert CATALOGUE["qa_coverage"].measure(found, week()).value == pytest.approx(2 / 3)
    early = CATALOGUE["qa_coverage"].measure(found, week(as_of=50))
    assert (early.numerator, early.denominator) == (1, 3)


many = st.lists(
    st.builds(
        lambda when, score, random, failures: review(when, score, is_random=int(random), failures=failures),
        st.floats(-100, 300), st.none() | st.floats(0, 100), st.booleans(), st.integers(0, 2),
    ),
    max_size=30,
)  # fmt: skip


@given(many)
@settings(max_examples=80, deadline=None)
def test_every_figure_of_reviews_is_whole(rows: list[dict[str, int]]):
    inside = [r for r in rows if at(0) <= r["reviewed"] < at(WEEK_H) and r["is_random"] and r["score"] != UNKNOWN]
    for key in KEYS:
        found = measure(key, *rows)
        assert found.n == len(inside)
        assert (found.value is None) == (not inside)
        top = 100 if key == "qa_score" else 1
        if found.value is not None:
            assert 0 <= found.value <= top
        if found.interval is not None:
            assert 0 <= found.interval.low <= found.value + 1e-9
            assert found.value - 1e-9 <= found.interval.high <= top
    if inside:
        assert measure("qa_score", *rows).value == pytest.approx(sum(r["score"] for r in inside) / 100 / len(inside))


# --- from a real store ---------------------------------------------------------------------------------------------


@pytest.fixture
def bureau(store: Store, workspace_id: int) -> Bureau:
    return Bureau(store, workspace_id)


def card(bureau: Bureau, *keys: str, period: str = "2026-11", **more: Any) -> kpi.Scorecard:
    with bureau.store.reading() as session:
        return kpi.scorecard(session, bureau.team, bureau.period(period), as_of=bureau.now, keys=keys or KEYS, **more)


def test_drafts_calibrations_and_what_was_withdrawn_never_count(bureau: Bureau):
    bureau.review("Ada", 10, 90)
    bureau.review("Ada", 10, 0, draft=True)
    bureau.review("Ada", 10, 0, stratum="calibration")
    bureau.review("Ada", 10, 0, stratum="withdrawn")
    found = card(bureau).reading("qa_score").measure
    assert (found.value, found.n, found.extras) == (90, 1, {})


def test_reviews_need_no_export_and_no_ticket(bureau: Bureau):
    bureau.review("Ada", 27 * 24, 64)
    assert card(bureau, "qa_score").reading("qa_score").measure.value == 64
    with pytest.raises(errors.NoData):
        card(bureau, "qa_coverage")


def test_the_contact_says_what_a_review_is_about_and_a_call_is_by_phone(bureau: Bureau):
    bureau.tickets(facts("R-1", 1, agent="Ada", channel="chat", category="refund", solved_at=5, language="nl"))
    bureau.review("Ada", 10, 90, ticket_id=bureau.ticket_id("R-1"))
    bureau.review("Ada", 11, 70)
    with bureau.store.reading() as session:
        found = frames.reviews(session, bureau.team, hours(0), bureau.now)
    order = np.argsort(found.reviewed)
    assert found.channel[order].tolist() == [code_of("chat"), 0]
    assert found.category[order].tolist() == [code_of("refund"), 0]
    assert found.ticket[order].tolist() == [bureau.ticket_id("R-1"), UNKNOWN]
    assert found.score[order].tolist() == [9000, 7000]


def test_about_one_person_four_reviews_say_nothing_and_five_do(bureau: Bureau):
    bureau.joins("Ada")
    for n in range(4):
        bureau.review("Ada", n, 50)
    bureau.review("Teo", 9, 100)
    with bureau.store.reading() as session:
        agents = people.identities_of(session, bureau.workspace_id, bureau.cast["Ada"].id)
    few = card(bureau, agents=agents, agent_name="Ada").reading("qa_score").measure
    assert (few.value, few.n, few.note, few.extras) == (None, 0, "too_few", {})
    bureau.review("Ada", 5, 100)
    found = card(bureau, agents=agents, agent_name="Ada").reading("qa_score").measure
    assert (found.value, found.n) == (60, 5)


def test_a_change_is_told_in_points_and_never_relative(bureau: Bureau):
    for n in range(6):
        bureau.review("Ada", n * 24, 40 + n)
    # October has none; against the week before:
    reading = card(bureau, period="2026-W46").reading("qa_score")
    assert reading.measure.n == 0
    bureau.review("Ada", 8 * 24, 50)
    reading = card(bureau, period="2026-W46").reading("qa_score")
    assert reading.change == pytest.approx(50 - 42.5)
    assert reading.direction is Direction.BETTER


def test_a_scorecard_has_them_only_where_they_are_asked_for_and_every_figure_only_where_there_are_some(bureau: Bureau):
    bureau.tickets(facts("R-1", 1, agent="Ada", solved_at=5))
    with bureau.store.reading() as session:
        assert not set(kpi.every_figure(session, bureau.team, bureau.period(), bureau.now)) & {*KEYS, "qa_coverage"}
    bureau.review("Ada", 10, 90)
    with bureau.store.reading() as session:
        assert {*KEYS, "qa_coverage"} <= set(kpi.every_figure(session, bureau.team, bureau.period(), bureau.now))
        usual = kpi.scorecard(session, bureau.team, bureau.period(), as_of=bureau.now)
    assert not {one.metric.key for one in usual.readings} & {*KEYS, "qa_coverage"}


def test_the_band_of_reviews_needs_five_people_with_five_each(bureau: Bureau):
    names = ("Ada", "Teo", "Kim", "Bo", "Lee")
    for name in names[:4]:
        for n in range(5):
            bureau.review(name, n, 80)
    with bureau.store.reading() as session:
        assert kpi.band(session, bureau.team, bureau.period(), as_of=bureau.now, keys=KEYS) == {}
    for n in range(5):
        bureau.review("Lee", n, 60)
    with bureau.store.reading() as session:
        found = kpi.band(session, bureau.team, bureau.period(), as_of=bureau.now, keys=["qa_score"])["qa_score"]
    assert (found.median, found.low, found.high, found.agents) == (80, 80, 80, 5)


# --- days ------------------------------------------------------------------------------------------------------------

told = st.lists(
    st.tuples(st.integers(0, 27 * 24), st.integers(0, 100), st.sampled_from(("random", "chosen")), st.integers(0, 5)),
    max_size=20,
)


@given(told, told)
@settings(max_examples=12, deadline=None)
def test_days_that_are_kept_say_the_same_as_a_count_by_hand(tmp_path_factory, before, after):
    """Also where tickets are reviewed long after their days were settled."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('days') / 'days.db'}")
    METADATA.create_all(store.engine)
    try:
        with store.transaction() as session:
            workspace = people.found_workspace(session, now=hours(0)).id
        bureau = Bureau(store, workspace, now=hours(60 * 24))
        bureau.tickets(
            *(facts(f"R-{n}", 24 * n, agent="Ada", solved_at=24 * n + 9) for n in range(6)), complete=59 * 24
        )
        ids = [bureau.ticket_id(f"R-{n}") for n in range(6)]
        done: list[tuple[int, int, str, int]] = []
        for some in (before, after):
            for when, score, stratum, number in some:
                bureau.review("Ada", when, score, stratum=stratum, ticket_id=ids[number])
            done += some
            check_days(bureau, done)
            with store.transaction() as session:
                while kpi.keep(session, bureau.team, now=bureau.now, limit=200):
                    pass
            check_days(bureau, done)
    finally:
        store.close()


def check_days(bureau: Bureau, done: list[tuple[int, int, str, int]]) -> None:
    first, last = date(2026, 11, 2), date(2026, 12, 1)
    metrics = [CATALOGUE[key] for key in (*KEYS, "qa_coverage", "solved")]
    with bureau.store.reading() as session:
        found = kpi.daily(session, bureau.team, metrics, first, last, as_of=bureau.now)
    local = [hours(when) + timedelta(hours=1) for when, *_ in done]  # Amsterdam in November
    for place, day in enumerate(found["qa_score"].days):
        scores = [one[1] for one, at_ in zip(done, local, strict=True) if at_.date() == day and one[2] == "random"]
        assert found["qa_score"].n[place] == found["qa_pass_rate"].n[place] == len(scores)
        if scores:
            assert found["qa_score"].value[place] == pytest.approx(sum(scores) / len(scores))
            assert found["qa_pass_rate"].numerator[place] == sum(score >= 80 for score in scores)
    reviewed = {number for *_, number in done}
    for number in range(6):
        place = found["qa_coverage"].days.index(date(2026, 11, 2) + timedelta(days=number))
        assert found["qa_coverage"].n[place] == found["solved"].n[place] == 1
        assert found["qa_coverage"].numerator[place] == float(number in reviewed)


def test_scores_that_fall_signal(bureau: Bureau):
    """Six reviews on each working day, steady around 85, and then a Friday of fifties."""
    now = bureau.now
    for back in range(1, 80):
        for n in range(6):
            wobble = (back * 7 + n * 5) % 9 - 4
            bureau.review(
                "Ada", (now - hours(0)).total_seconds() / 3600 - back * 24 + 10, 85 + wobble - (30 if back == 3 else 0)
            )
    with bureau.store.reading() as session:
        found = signals.of_team(session, bureau.team, ["qa_score"], now + timedelta(hours=12))["qa_score"]
        drop = signals.of_figure(session, bureau.team, "qa_score", now + timedelta(hours=12))
    assert found.latest is not None
    assert (found.latest.is_above, found.latest.direction) == (False, Direction.WORSE)
    assert drop.trend is not None


def test_what_moved_the_score_is_named_by_what_its_contacts_say(bureau: Bureau):
    """Forty reviews in each week; of chats the score falls by forty points, of e-mail it stays."""
    for n, channel in enumerate(("chat", "email")):
        bureau.tickets(facts(f"R-{n}", 1, agent="Ada", channel=channel, solved_at=5))
    ids = {"chat": bureau.ticket_id("R-0"), "email": bureau.ticket_id("R-1")}
    for at_week in (1, 2):
        for n in range(40):
            channel = ("chat", "email")[n % 2]
            score = 90 - n % 5 - (40 if at_week == 2 and channel == "chat" else 0)
            bureau.review("Ada", 168 * at_week + n, score, ticket_id=ids[channel])
    with bureau.store.reading() as session:
        found = drivers.of_change(session, bureau.team, "qa_score", bureau.period("2026-W47"), bureau.now)
    assert isinstance(found, drivers.Driver)
    assert (found.main.dimension, found.main.word, round(found.change, 6)) == ("channel", "chat", -20)


# --- the list behind a figure --------------------------------------------------------------------------------------


@pytest.fixture
def several(bureau: Bureau) -> Bureau:
    for name in ("Ada", "Teo"):
        bureau.joins(name)
    for n in range(6):
        bureau.review("Ada", n, 60 + n * 5, told=True)
        bureau.review("Teo", n, 90, by="Sven", failures=int(n == 3), passed=n != 3, told=n != 5)
    return bureau


def behind(bureau: Bureau, who: str, key: str = "qa_score", **more: Any) -> kpi.ReviewList:
    with bureau.store.reading() as session:
        return kpi.reviews_behind(
            session, bureau.team, key, bureau.period(), as_of=bureau.now, asker=bureau.asker(who), **more
        )


def test_a_list_of_reviews_has_as_many_as_the_figure_and_shows_whom_it_may(several: Bureau):
    n = card(several).reading("qa_score").measure.n
    whole = behind(several, "Mina")
    assert (whole.total, whole.seen, whole.unseen, len(whole.rows)) == (n, n, 0, 12)
    assert [row.review.score for row in whole.rows[:3]] == [60, 65, 70]
    assert {row.review.agent for row in behind(several, "Ada").rows} == {"Ada"}
    assert behind(several, "Ada").unseen == 6
    assert {row.review.reviewer for row in behind(several, "Rita").rows} == {"Rita"}
    assert behind(several, "Teo").seen == 5  # the last has not reached them yet


def test_what_counts_against_a_share_comes_first(several: Bureau):
    found = behind(several, "Mina", "critical_errors")
    assert (found.rows[0].ok, found.rows[0].review.critical_failures) == (False, 1)
    assert all(row.ok for row in found.rows[1:])
    with several.store.transaction() as session:
        kpi.set_target(session, several.team, "qa_score", 80.0, several.now)
    assert [row.ok for row in behind(several, "Mina").rows].count(False) == 4


def test_where_a_team_has_not_agreed_a_lead_sees_no_single_review(store: Store, workspace_id: int):
    bureau = Bureau(store, workspace_id, person_figures="self")
    bureau.joins("Ada")
    for n in range(6):
        bureau.review("Ada", n, 60)
    found = behind(bureau, "Mina")
    assert (found.total, found.seen, found.rows) == (6, 0, ())


def test_a_list_of_one_person_under_five_tells_nothing(several: Bureau):
    several.joins("Kim")
    several.review("Kim", 3, 10)
    with several.store.reading() as session:
        agents = people.identities_of(session, several.workspace_id, several.cast["Kim"].id)
    found = behind(several, "Mina", agents=agents)
    assert (found.is_withheld, found.total, found.rows) == (True, 0, ())
    several.tickets(facts("R-1", 1, agent="Ada", solved_at=5))
    with pytest.raises(ValueError, match="csat"):
        behind(several, "Mina", "csat")


def test_a_target_of_a_score_lies_between_0_and_100(bureau: Bureau):
    kpi.check_target(CATALOGUE["qa_score"], 90)
    with pytest.raises(errors.Invalid):
        kpi.check_target(CATALOGUE["qa_score"], 101)
