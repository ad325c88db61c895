"""Figures of escalations: whoever nobody has taken waits, whoever came back is seen, and no words about colleagues."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspm_core import errors, escalations, kpi
from cspm_core.calendars import Calendar, parse_hours
from cspm_core.escalations import Raised
from cspm_core.escalations.ending import Ending
from cspm_core.kpi import EscalationGroup, Scorecard, Verdict
from cspm_core.kpi.subjects import ASKED_FOR, REVIEWED
from cspm_core.metrics import (
    CATALOGUE,
    NEVER,
    CheckBacks,
    Escalations,
    Measure,
    Subject,
    Unit,
    Window,
)
from cspm_core.periods import Period, parse_period
from cspm_core.store import Store, microseconds
from cspm_core.tickets import TicketFacts, note_source, record

from .escalation_stage import Desk
from .metric_stage import WEEK_H, at, week

H = 3600.0
NEW_YORK = ZoneInfo("America/New_York")
OF_ESCALATIONS = [key for key, metric in CATALOGUE.items() if metric.of is Subject.ESCALATIONS]


# --- the formulas, over escalations told in hours ----------------------------------------------------------------


def escalation(
    opened: float = 0, *, taken: float | None = None, due: float | None = 1, over: float | None = None, **more: int
) -> dict[str, int]:
    """Opened at an hour; taken, due and over so many hours after that."""

    def after(hours: float | None) -> int:
        return NEVER if hours is None else at(opened + hours)

    return {
        "id": 0,
        "opened": at(opened),
        "acknowledged": after(taken),
        "acknowledge_due": after(due),
        "resolved": after(over),
        "is_resolved": int(over is not None),
        "is_repeat": 0,
        **more,
    }


def columns(rows: list[dict[str, int]]) -> Escalations:
    numbered = [{**row, "id": row["id"] or n + 1} for n, row in enumerate(rows)]
    return Escalations(**{name: np.array([row[name] for row in numbered], dtype=np.int64) for name in escalation()})


def measure(key: str, *rows: dict[str, int], window: Window | None = None) -> Measure:
    return CATALOGUE[key].measure(columns(list(rows)), window or week())


def test_they_are_counted_where_they_were_opened_and_the_open_ones_stand_beside():
    rows = [escalation(0, taken=1, over=2), escalation(WEEK_H - 1), escalation(WEEK_H), escalation(-1)]
    found = measure("escalations", *rows, window=week(as_of=WEEK_H + 9))
    assert (found.value, found.n, found.waiting, found.oldest_s) == (2, 2, 1, 10 * H)


def test_an_escalation_that_nobody_took_does_not_vanish_from_the_median():
    """Curve by hand: 5 at risk, 4/5 after 1 h, 3/5 after 2 h, 2/5 after 3 h; the taken alone would say 2.5 h."""
    rows = [*(escalation(taken=hours) for hours in (1, 2, 3, 4)), escalation()]
    found = measure("time_to_acknowledge", *rows, window=week(as_of=10))
    assert (found.value, found.n, found.waiting, found.oldest_s) == (3 * H, 5, 1, 10 * H)


def test_where_nobody_took_any_it_is_longer_than_they_have_waited_and_never_0():
    found = measure("time_to_acknowledge", escalation(), escalation(2), window=week(as_of=10))
    assert (found.value, found.longer_than, found.note, found.waiting) == (None, 10 * H, "still_waiting", 2)


def test_one_that_was_over_before_anybody_took_it_is_censored_at_its_end():
    rows = [escalation(taken=2), escalation(over=1), escalation(taken=3)]
    found = measure("time_to_acknowledge", *rows)  # 2 at risk after 2 h: 1/2 until 3 h, then none
    assert (found.value, found.n, found.waiting) == (2.5 * H, 3, 0)


def test_time_to_resolve_holds_the_open_ones_too():
    rows = [escalation(taken=1, over=4), escalation(taken=1, over=6), escalation(taken=1)]
    found = measure("time_to_resolve_escalation", *rows, window=week(as_of=50))
    assert (found.value, found.n, found.waiting) == (6 * H, 3, 1)  # 2/3 after 4 h, 1/3 after 6 h


def test_one_that_came_back_is_not_over():
    """Resolved after an hour, reopened since: its end does not count, and so no hasty end improves the time."""
    back = escalation(taken=1, over=1, is_resolved=0)
    assert measure("time_to_resolve_escalation", back, window=week(as_of=9)).longer_than == 9 * H
    found = measure("escalation_repeats", back, escalation(over=2))
    assert (found.n, found.extras["open_again"]) == (1, 1)


def test_in_time_is_within_the_first_steps_time_to_the_microsecond():
    late = escalation(due=1, taken=1 + 1 / 3_600e6)
    found = measure("acknowledged_in_time", escalation(due=1, taken=1), late)
    assert (found.value, found.numerator, found.denominator) == (1 / 2, 1, 2)


def test_untaken_counts_against_it_once_it_is_past_due_and_not_before():
    rows = [escalation(due=1, taken=0.5), escalation(due=4), escalation(due=5)]
    found = measure("acknowledged_in_time", *rows, window=week(as_of=5))
    assert (found.value, found.n, found.waiting) == (1 / 2, 2, 2)
    assert (found.extras["at_risk"], found.extras["past_due"]) == (1, 1)


def test_over_before_it_had_to_be_taken_is_neither_in_time_nor_late():
    found = measure("acknowledged_in_time", escalation(due=2, over=1), escalation(due=2, over=3))
    assert (found.value, found.n, found.extras["resolved_untaken"]) == (0, 1, 1)


def test_repeats_are_counted_by_their_end_and_have_wilsons_interval():
    rows = [escalation(-300, over=301 + n % 5, is_repeat=int(n < 81)) for n in range(263)]
    found = measure("escalation_repeats", *rows, escalation(is_repeat=1))
    assert (found.numerator, found.denominator) == (81, 263)
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (0.2553, 0.3662)


def test_each_answer_to_a_check_back_counts_also_of_one_that_was_asked_twice():
    answers = CheckBacks(
        id=np.array([1, 1, 2]),
        opened=np.array([at(0)] * 3),
        answered=np.array([at(1), at(2), at(WEEK_H)]),
        satisfied=np.array([0, 1, 1]),
    )
    found = CATALOGUE["escalations_satisfied"].measure(answers, week())
    assert (found.value, found.numerator, found.n) == (1 / 2, 1, 2)


@pytest.mark.parametrize("key", OF_ESCALATIONS)
def test_without_any_there_is_no_data_neither_0_nor_100_percent(key: str):
    found = measure(key, escalation(-10), window=week(as_of=100))
    assert (found.value, found.n) == ((0, 0) if CATALOGUE[key].unit is Unit.COUNT else (None, 0))
    assert measure(key, escalation(), window=week(as_of=-1)).note == "not_reached"
    assert measure(key, escalation(), window=week(since=at(WEEK_H))).note == "before_data"


# --- working time ------------------------------------------------------------------------------------------------


def wall(day: int, hour: int, minute: int = 0) -> int:
    return microseconds(datetime(2026, 11, day, hour, minute, tzinfo=NEW_YORK))


def test_working_time_leaves_out_nights_weekends_and_holidays():
    """New York, Mon-Fri 09-17, Thanksgiving off. Opened Wed 25 Nov 16:30, taken Fri 27 Nov 09:20, over Mon 30 Nov
    12:00: 50 min until it was taken (30 on Wednesday, 20 on Friday), and 11.5 h (0.5 + 8 + 3) until it was over."""
    calendar = Calendar("America/New_York", parse_hours("mon-fri 09:00-17:00"), holidays="US")
    row = {
        **escalation(),
        "opened": wall(25, 16, 30),
        "acknowledged": wall(27, 9, 20),
        "resolved": wall(30, 12),
        "is_resolved": 1,
    }
    window = Window(wall(1, 0), wall(30, 23), wall(30, 22), calendar=calendar)
    assert measure("time_to_acknowledge_business", row, window=window).value == 50 * 60
    assert measure("time_to_acknowledge", row, window=window).value == 40 * H + 50 * 60
    assert measure("time_to_resolve_escalation_business", row, window=window).value == 11.5 * H
    assert measure("time_to_resolve_escalation", row, window=window).value == 115.5 * H


def test_an_open_one_is_censored_in_working_time_too():
    calendar = Calendar("America/New_York", parse_hours("mon-fri 09:00-17:00"))
    row = {**escalation(), "opened": wall(20, 16, 30)}  # a Friday
    window = Window(wall(16, 0), wall(23, 0), wall(22, 20), calendar=calendar)
    found = measure("time_to_acknowledge_business", row, window=window)
    assert (found.value, found.longer_than, found.waiting) == (None, 1800, 1)


# --- what holds for any escalations ------------------------------------------------------------------------------

hours = st.integers(0, 200)


@st.composite
def rows(draw: st.DrawFn) -> dict[str, int]:
    taken = draw(st.none() | hours)
    over = draw(st.none() | hours)
    if over is not None and taken is not None:
        over = max(over, taken)
    more = {"is_repeat": draw(st.integers(0, 1))}
    if over is not None and draw(st.integers(0, 4)) == 0:
        more["is_resolved"] = 0
    return escalation(draw(st.integers(-100, 200)), taken=taken, due=draw(hours), over=over, **more)


many = st.lists(rows(), max_size=25)
windows = st.builds(lambda as_of: week(as_of=as_of), st.integers(0, 500))
TIMES = [key for key in OF_ESCALATIONS if CATALOGUE[key].unit is Unit.SECONDS]


@given(many, windows, st.sampled_from(TIMES), st.randoms())
@settings(max_examples=200)
def test_ignoring_an_escalation_never_improves_a_time(
    some: list[dict[str, int]], window: Window, key: str, random: Any
):
    """The same ones, some of which nobody had taken nor ended: the time is no shorter, and never gone for good."""
    ignored = [
        {**row, "acknowledged": NEVER, "resolved": NEVER, "is_resolved": 0} if random.random() < 0.3 else row
        for row in some
    ]
    before, after = (CATALOGUE[key].measure(columns(these), window) for these in (some, ignored))
    assert after.n == before.n
    assert after.waiting >= before.waiting
    if before.value is not None:
        assert (after.value if after.value is not None else np.inf) >= before.value
    else:
        assert after.value is None


@given(many, windows, st.sampled_from(OF_ESCALATIONS), st.randoms())
def test_every_figure_is_whole_and_no_order_changes_it(
    some: list[dict[str, int]], window: Window, key: str, random: Any
):
    found = measure(key, *some, window=window)
    assert found == CATALOGUE[key].measure(
        columns(random.sample([{**row, "id": n + 1} for n, row in enumerate(some)], len(some))), window
    )
    assert (found.value is None) == bool(found.note)
    assert found.waiting == 0 or found.oldest_s >= 0
    if CATALOGUE[key].unit is Unit.SHARE and found.value is not None:
        assert 0 <= found.interval.low <= found.value == found.numerator / found.n <= found.interval.high <= 1


# --- from the store ----------------------------------------------------------------------------------------------

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""Monday, ten in the morning in New York."""


@pytest.fixture
def desk(store: Store, workspace_id: int) -> Desk:
    return Desk(store, workspace_id, now=NOW)


def later(desk: Desk, **delta: float) -> datetime:
    """The clock goes on; nobody is told anything meanwhile."""
    desk.now += timedelta(**delta)
    return desk.now


def ends(desk: Desk, raised: Raised, who: str = "Mina") -> None:
    desk.does(who, escalations.resolve, raised, Ending(cause_found="-", solution="-"))


def card(
    desk: Desk, period: str = "this-week", *, as_of: datetime | None = None, keys: Any = OF_ESCALATIONS
) -> Scorecard:
    with desk.store.reading() as session:
        return kpi.scorecard(session, desk.team, span(desk, period, as_of), as_of=as_of or desk.now, keys=keys)


def span(desk: Desk, period: str = "this-week", as_of: datetime | None = None) -> Period:
    return parse_period(period, timezone="America/New_York", now=as_of or desk.now)


def value(desk: Desk, key: str, **more: Any) -> float | None:
    return card(desk, keys=[key], **more).reading(key).measure.value


def test_a_week_counted_by_hand(desk: Desk):
    """A: taken after 30 min, over after 2 h. B: taken after 3 h, open. C: 4 h without anybody (severity 2: 15 min)."""
    a, b = desk.raises("a"), desk.raises("b")
    later(desk, minutes=30)
    desk.takes("Mina", a)
    later(desk, minutes=90)
    ends(desk, a)
    later(desk, hours=1)
    desk.takes("Ada", b)
    c = desk.raises("c", severity=2)
    later(desk, hours=4)
    found = {r.metric.key: r.measure for r in card(desk).readings}
    assert found["escalations"].value == 3
    assert found["time_to_acknowledge"].value == 3 * H  # 2/3 after 30 min, 1/3 after 3 h
    assert found["time_to_acknowledge_business"].value == 3 * H
    assert found["time_to_resolve_escalation"].longer_than == 7 * H
    # a within its hour; b late; c was opened at 13:00 and due at 13:15
    assert (found["acknowledged_in_time"].numerator, found["acknowledged_in_time"].n) == (1, 3)
    assert (found["time_to_acknowledge"].waiting, found["time_to_acknowledge"].oldest_s) == (1, 4 * H)
    assert desk.row(c).acknowledge_due_at == NOW + timedelta(hours=3, minutes=15)


def test_self_tests_and_what_a_crisis_gathered_are_not_counted(desk: Desk):
    crisis = desk.raises("All down", kind="crisis")
    desk.raises("one of many", parent_id=crisis.escalation_id, cause="many:1")
    desk.raises("try", source="test")
    assert value(desk, "escalations") == 1


def test_one_that_was_handed_on_counts_where_it_was_opened(desk: Desk):
    other = desk.opens("Billing", channel="C0000002", timezone="America/New_York")
    one = desk.raises("a")
    desk.does("Mina", escalations.hand_to_team, one, other, words="", due_at=None)
    assert value(desk, "escalations") == 1
    with desk.store.reading() as session:
        theirs = kpi.scorecard(session, other, span(desk), as_of=desk.now, keys=["escalations"])
    assert theirs.reading("escalations").measure.value == 0


def test_as_of_an_instant_nothing_after_it_has_happened(desk: Desk):
    """Taken after 1 h, over after 2 h, open again after 3 h, over for good after 6 h: told as of every hour between."""
    one = desk.raises("a")
    later(desk, hours=1)
    desk.takes("Mina", one)
    later(desk, hours=1)
    ends(desk, one)
    later(desk, hours=1)
    desk.does("Mina", escalations.open_again, one)
    later(desk, hours=3)
    ends(desk, one)

    def told(after: float) -> tuple[Any, ...]:
        as_of = NOW + timedelta(hours=after)
        found = {r.metric.key: r.measure for r in card(desk, as_of=as_of).readings}
        taken, over = found["time_to_acknowledge"], found["time_to_resolve_escalation"]
        return taken.value, over.value, over.longer_than, over.waiting

    assert told(0.5) == (None, None, H / 2, 1)
    assert told(1.5) == (H, None, 1.5 * H, 1)
    assert told(2.5) == (H, 2 * H, None, 0)
    assert told(4) == (H, None, 4 * H, 1)
    assert told(6) == (H, 6 * H, None, 0)


def test_the_week_before_is_told_as_it_stood_then(desk: Desk):
    """Last Monday: one over after an hour, one not yet; on Tuesday both were otherwise. Told from this Monday 13:00."""
    done, slow = desk.raises("a"), desk.raises("b")
    later(desk, hours=1)
    ends(desk, done)
    later(desk, days=1)
    ends(desk, slow)
    desk.does("Mina", escalations.open_again, done)
    later(desk, days=5, hours=26)
    before = card(desk).reading("time_to_resolve_escalation").before
    assert (before.value, before.n, before.waiting) == (2 * H, 2, 1)  # 1/2 from 1 h to 3 h, where that Monday ends
    assert card(desk).reading("escalations").before.value == 2


def test_before_the_first_escalation_there_is_no_data_and_no_zero(desk: Desk):
    desk.raises("a")
    before = card(desk).reading("escalations").before
    assert (before.value, before.note) == (None, "before_data")


@pytest.mark.parametrize(
    ("first", "second", "days", "repeats"),
    [
        ({"customer": "Ada Boone"}, {"customer": "ADA  boone"}, 90, 1),
        ({"customer": "Ada Boone"}, {"customer": "Ada Boone"}, 90.001, 0),
        ({"category": "refund"}, {"category": "refund"}, 1, 1),
        ({"category": "refund"}, {"category": "parcel"}, 1, 0),
        ({}, {}, 1, 0),
        ({"customer": "Ada"}, {"category": "Ada"}, 1, 0),
        ({"category": "refund", "kind": "conduct"}, {"category": "refund"}, 1, 0),
        ({"category": "refund", "source": "test"}, {"category": "refund"}, 1, 0),
    ],
)
def test_a_repeat_has_the_same_customer_or_category_within_90_days(
    desk: Desk, first: dict[str, Any], second: dict[str, Any], days: float, repeats: int
):
    desk.raises("a", **first)
    later(desk, days=days)
    again = desk.raises("b", **second)
    ends(desk, again)
    found = card(desk, "today").reading("escalation_repeats").measure
    assert (found.numerator, found.n) == (repeats, 1)


def test_the_earlier_one_is_no_repeat_of_the_later(desk: Desk):
    first, second = desk.raises("a", customer="Ada"), desk.raises("b", customer="Ada")
    ends(desk, first)
    ends(desk, second)
    found = card(desk).reading("escalation_repeats").measure
    assert (found.numerator, found.n) == (1, 2)


def test_an_answer_stays_counted_whatever_came_of_the_escalation_later(desk: Desk):
    one = desk.raises("a", kind="complaint")
    ends(desk, one)
    later(desk, hours=1)
    desk.does("Mina", escalations.check, one, satisfied=True)
    assert value(desk, "escalations_satisfied") == 1
    desk.does("Mina", escalations.open_again, one)
    assert value(desk, "escalations_satisfied") == 1
    later(desk, hours=1)
    ends(desk, one)
    desk.does("Mina", escalations.check, one, satisfied=False)
    found = card(desk, keys=["escalations_satisfied"]).reading("escalations_satisfied").measure
    assert (found.value, found.n) == (1 / 2, 2)


def test_the_escalation_rate_is_over_the_tickets_solved(desk: Desk):
    begun = NOW - timedelta(hours=4)
    solved = [TicketFacts(str(n), begun, solved_at=begun + timedelta(hours=1)) for n in range(4)]
    with desk.store.transaction() as session:
        tickets = [*solved, TicketFacts("open", begun)]
        record(session, desk.team, tickets, scope=desk.team.id, known_at=desk.now, now=desk.now)
        note_source(session, desk.team, complete_until=desk.now, first_at=begun, now=desk.now)
    for key in ("1", "open", "no such ticket"):
        desk.raises("late", ticket_key=key)
    reading = card(desk, keys=["escalation_rate"]).reading("escalation_rate")
    assert (reading.measure.numerator, reading.measure.denominator) == (1, 4)
    with desk.store.reading() as session:
        found = kpi.behind(session, desk.team, "escalation_rate", span(desk), as_of=desk.now)
    assert (found.rows[0].key, found.rows[0].ok) == ("1", False)
    assert found.total == 4


def test_they_have_targets_as_every_figure_with_a_better(desk: Desk):
    with desk.store.transaction() as session:
        kpi.set_target(session, desk.team, "time_to_acknowledge", 1800.0, now=desk.now)
        with pytest.raises(errors.Invalid):
            kpi.set_target(session, desk.team, "escalations", 3, now=desk.now)
    one = desk.raises("a")
    later(desk, hours=1)
    assert card(desk).reading("time_to_acknowledge").verdict is Verdict.MISSES  # nobody has it, already for longer
    desk.takes("Mina", one)
    assert card(desk).reading("time_to_acknowledge").verdict is Verdict.MISSES


def test_the_default_scorecard_has_only_tickets_and_a_team_that_escalates_has_all(desk: Desk):
    def every(as_of: datetime) -> tuple[str, ...]:
        with desk.store.reading() as session:
            return kpi.every_figure(session, desk.team, span(desk, as_of=as_of), as_of)

    others = tuple(key for key, metric in CATALOGUE.items() if metric.of not in ASKED_FOR)
    unreviewed = tuple(key for key, metric in CATALOGUE.items() if metric.of not in REVIEWED)
    assert every(desk.now) == others
    one = desk.raises("a")
    ends(desk, one)
    assert every(desk.now) == unreviewed
    assert every(desk.now + timedelta(days=7)) == unreviewed
    assert every(desk.now + timedelta(days=14)) == others
    with desk.store.reading() as session, pytest.raises(errors.NoData):
        kpi.scorecard(session, desk.team, span(desk), as_of=desk.now)


def test_of_one_person_nothing_is_told(desk: Desk):
    one = desk.raises("a")
    desk.takes("Ada", one)
    with desk.store.reading() as session:
        found = kpi.scorecard(
            session, desk.team, span(desk), as_of=desk.now, keys=["time_to_acknowledge"], agents=[1], agent_name="Ada"
        )
        assert found.reading("time_to_acknowledge").measure.n == 0


# --- behind a figure ---------------------------------------------------------------------------------------------


def test_behind_a_figure_stand_the_escalations_the_worst_first_and_conduct_without_words(desk: Desk):
    quick = desk.raises("a", ticket_key="RET-1", url="https://desk.example/1", customer="Ada Boone")
    later(desk, minutes=10)
    desk.takes("Mina", quick)
    hidden = desk.raises(
        "about a colleague", kind="conduct", customer="Bo", ticket_key="RET-2", url="https://x.example"
    )
    later(desk, hours=2)
    with desk.store.reading() as session:
        found = kpi.escalations_behind(session, desk.team, "acknowledged_in_time", span(desk), as_of=desk.now)
        assert found.total == card(desk).reading("acknowledged_in_time").measure.n == 2
    worst, good = found.rows
    assert (worst.escalation.number, worst.ok, worst.state, worst.acknowledged_s) == (
        hidden.number,
        False,
        "open",
        None,
    )
    told = worst.escalation
    assert told.is_veiled
    assert (told.what, told.ticket_key, told.url, told.customer, told.owner, told.rule) == ("",) * 6
    assert (good.escalation.number, good.ok, good.state, good.acknowledged_s) == (
        quick.number,
        True,
        "acknowledged",
        600,
    )
    assert (good.escalation.what, good.escalation.ticket_key, good.escalation.owner) == ("a", "RET-1", "Mina")


def test_a_list_and_its_figure_cannot_disagree(desk: Desk):
    made = [desk.raises(str(n), customer=f"c{n % 3}", kind="complaint") for n in range(9)]
    for n, one in enumerate(made):
        later(desk, minutes=10 * n)
        if n % 3:
            desk.takes("Mina", one)
        if n % 2:
            ends(desk, one)
        if n == 5:
            desk.does("Mina", escalations.check, one, satisfied=True)
    keys = [key for key, metric in CATALOGUE.items() if metric.lists_escalations]
    figures = card(desk, keys=keys)
    with desk.store.reading() as session:
        for key in keys:
            lists = {
                only: kpi.escalations_behind(session, desk.team, key, span(desk), as_of=desk.now, only=only)
                for only in ("all", "waiting", "counted_against")
            }
            assert lists["all"].total == figures.reading(key).measure.n > 0
            assert lists["waiting"].total == figures.reading(key).measure.waiting
            assert lists["counted_against"].total <= lists["all"].total
        with pytest.raises(ValueError, match="csat"):
            kpi.escalations_behind(session, desk.team, "csat", span(desk), as_of=desk.now)


def test_by_kind_and_by_cause(desk: Desk):
    one = desk.raises("a", kind="complaint")
    desk.raises("b", kind="complaint", source="hook", cause="hook:1")
    desk.raises("", kind="sla", source="rule", rule="burst", cause="burst:1")
    desk.raises("d", kind="conduct")
    later(desk, minutes=30)
    desk.takes("Mina", one)
    with desk.store.reading() as session:
        groups = kpi.escalation_breakdown(session, desk.team, span(desk), desk.now)
        assert kpi.escalation_breakdown(session, desk.team, span(desk, "last-week"), desk.now) == ()

    def told(by: str, read: Callable[[EscalationGroup], Any]) -> dict[str, Any]:
        return {group.key: read(group) for group in groups if group.by == by}

    assert told("all", lambda g: (g.opened, g.acknowledge.n)) == {"": (4, 4)}
    assert told("kind", lambda g: g.opened) == {"complaint": 2, "other": 1, "sla": 1}  # one of conduct is not named
    assert told("cause", lambda g: g.opened) == {"person": 2, "burst": 1, "hook": 1}
    assert told("kind", lambda g: g.in_time.value)["complaint"] == 1
    assert [group.acknowledge.value for group in groups if group.key == "hook"] == [None]


def test_five_of_a_confidential_kind_may_be_named(desk: Desk):
    for n in range(5):
        desk.raises(str(n), kind="conduct")
    with desk.store.reading() as session:
        groups = kpi.escalation_breakdown(session, desk.team, span(desk), desk.now)
    assert [(g.by, g.key, g.opened) for g in groups if g.by == "kind"] == [("kind", "conduct", 5)]


def test_day_by_day(desk: Desk):
    desk.raises("a")
    later(desk, days=1)
    desk.raises("b")
    desk.raises("c")
    with desk.store.reading() as session:
        found = kpi.trend(session, desk.team, "escalations", span(desk), as_of=desk.now)
    assert [point.measure.value for point in found.points] == [1, 2]
    assert found.complete_until == desk.now
