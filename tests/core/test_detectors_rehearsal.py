"""A rehearsal counts what a detector would have alarmed about, by hand-counted days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspm_core import detectors, duty, people
from cspm_core.calendars import Calendar, Hours, parse_hours
from cspm_core.detectors import Kind, Rehearsal
from cspm_core.detectors.clock import NEVER, WorkClock
from cspm_core.detectors.rules import left_shown, usual_limit
from cspm_core.detectors.work import instant, second
from cspm_core.errors import Invalid
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts

from .detector_stage import MON, TUE, Stage, at, stage_of, ticket

CALENDAR = Calendar("America/New_York", parse_hours("mon-fri 09:00-12:00,13:00-17:00"), "US")
DAY = timedelta(days=1)


@pytest.fixture
def stage(store: Store, workspace_id: int) -> Stage:
    return stage_of(store, workspace_id)


def rehearse(stage: Stage, kind: Kind, now: datetime, **settings: Any) -> Rehearsal:
    with stage.store.reading() as session:
        team = people.team(session, stage.team.workspace_id, stage.team.id)
        wanted = {**detectors.defaults(kind), **settings}
        return detectors.rehearse(session, team, kind, wanted, now=now)


def day(n: int) -> date:
    return MON - n * DAY


def urgent(key: str, of: date, reply: int | None, reply_minute: int = 0, **more: Any) -> TicketFacts:
    """Created at 10, due at 14; 75 % at 13:00, 90 % at 13:36."""
    replied = at(of, reply, reply_minute) if reply else None
    return ticket(
        key, at(of, 10), priority="urgent", first_response_due_at=at(of, 14), first_response_at=replied, **more
    )


def test_it_says_how_many_how_often_and_how_many_before_a_real_breach(stage: Stage):
    stage.tells(
        at(MON, 9),
        urgent("early", day(4), 12),  # answered before 75 %
        urgent("at 75", day(4), 13, 30),  # alarm at 75 % only
        urgent("at 90", day(5), 13, 50),  # alarm at both, in time
        urgent("on the deadline", day(5), 14),  # met: exactly on the deadline
        urgent("breached", day(6), 15),  # alarm at both, before a breach
        urgent("never", day(7), None),  # the same, still open
        ticket("normal", at(day(6), 10), priority="normal", first_response_due_at=at(MON, 14)),
        urgent("too old", day(32), 15),
    )
    found = rehearse(stage, Kind.URGENT, at(MON, 9))
    assert (found.alarms, found.before_breach, found.breaches) == (5, 2, 2)
    assert [(one.value, one.alarms, one.before_breach) for one in found.alternatives] == [(50, 5, 2), (90, 4, 2)]
    assert (found.days, found.shifts) == (30, 20)
    assert found.per_shift == pytest.approx(5 / 20)


def test_nobody_is_assumed_to_have_taken_a_breach(stage: Stage):
    stage.tells(at(MON, 9), urgent("1", day(4), 14, 20), urgent("2", day(4), 14, 40), urgent("3", day(4), 16, 30))
    found = rehearse(stage, Kind.BREACH, at(MON, 9))
    assert (found.alarms, found.before_breach, found.breaches) == (2, 0, 3)
    assert [(one.value, one.alarms) for one in found.alternatives] == [(0, 3), (120, 1)]


def test_without_an_answer_for_eight_working_hours(stage: Stage):
    stage.tells(
        at(MON, 9),
        urgent("1", day(4), 16),
        ticket("2", at(day(4), 10), first_response_at=at(day(3), 10, 1)),
        ticket("3", at(day(4), 10), first_response_at=at(day(3), 10)),
        ticket("4", at(day(4), 10), solved_at=at(day(4), 11)),
    )
    found = rehearse(stage, Kind.UNANSWERED, at(MON, 9))
    assert found.alarms == 1


def test_a_burst_is_counted_once_a_category_and_day(stage: Stage):
    steady = [ticket(f"s{n}", at(day(n), 11), category="Refunds") for n in range(1, 90) if day(n).weekday() < 5]
    burst = [ticket(f"b{n}", at(day(4), 10, 4 * n), category="refunds ") for n in range(12)]
    few = [ticket(f"f{n}", at(day(5), 10, n), category="Other") for n in range(7)]
    stage.tells(at(MON, 9), *steady, *burst, *few)
    assert rehearse(stage, Kind.BURST, at(MON, 9)).alarms == 1
    assert rehearse(stage, Kind.BURST, at(MON, 9), count=5).alarms == 2
    assert rehearse(stage, Kind.BURST, at(MON, 9), count=20).alarms == 0


def test_bad_ratings_are_counted(stage: Stage):
    done = {"first_response_at": at(day(4), 11), "solved_at": at(day(4), 12), "csat_at": at(day(4), 13)}
    rated = [ticket(f"r{n}", at(day(4), 10), csat=str(n), csat_scale="5", **done) for n in range(1, 6)]
    stage.tells(at(MON, 9), *rated)
    assert rehearse(stage, Kind.RATING, at(MON, 9)).alarms == 3


def test_an_absence_of_the_owner_is_replayed(stage: Stage):
    with stage.store.transaction() as session:
        teo = people.member_by_slack(session, stage.team.workspace_id, "UTeo")
        assert teo
        duty.be_away(session, teo, at(day(4), 9), at(TUE, 17), by=stage.lead, now=at(day(4), 9))
    stage.tells(
        at(MON, 9), urgent("1", day(4), 11, agent="Teo"), urgent("2", day(4), 11, agent="Mina"),
        urgent("3", day(6), 11, agent="Teo"),
    )  # fmt: skip
    assert rehearse(stage, Kind.AWAY, at(MON, 9)).alarms == 1


def test_without_data_there_is_nothing_to_rehearse(stage: Stage):
    found = rehearse(stage, Kind.URGENT, at(MON, 9))
    assert (found.days, found.alarms, found.shifts, found.per_shift) == (0, 0, 0, None)
    with pytest.raises(Invalid):
        rehearse(stage, Kind.URGENT, at(MON, 9), share=400)


def test_what_a_rehearsal_counts_is_what_a_run_raises(stage: Stage):
    stage.tells(at(day(7), 9))
    stage.runs(at(day(7), 9))
    told = [urgent(f"{n}-{i}", day(n), 11 + i) for n in (6, 5, 4, 3) for i in range(5)]
    for n in (6, 5, 4, 3):
        for hour in range(9, 17):
            now = at(day(n), hour)
            known = [one for one in told if one.created_at <= now]
            stage.tells(now, *(_as_known(one, now) for one in known))
            stage.runs(now)
    stage.tells(at(MON, 9))
    raised = len(stage.alarms())
    assert raised == rehearse(stage, Kind.URGENT, at(MON, 9)).alarms == 8


def _as_known(one: TicketFacts, now: datetime) -> TicketFacts:
    return one if one.first_response_at and one.first_response_at <= now else replace(one, first_response_at=None)


@given(st.integers(0, 60 * 24 * 60), st.integers(1, 20 * 24 * 60), st.integers(1, 100))
def test_a_share_is_used_at_the_first_second_at_which_so_much_of_the_working_time_has_passed(
    start: int, length: int, share: int
):
    created = second(at(MON, 0)) - start * 60
    due = created + length * 60
    one, two = np.array([created]), np.array([due])
    clock = WorkClock(CALENDAR, one, two)
    used = int(clock.used(one, two, share)[0])
    working = CALENDAR.business_seconds(instant(created), instant(due))  # type: ignore[arg-type]
    assert created <= used <= due
    if working:
        spent = CALENDAR.business_seconds(instant(created), instant(used))  # type: ignore[arg-type]
        assert spent == -(-working * share // 100)
        assert CALENDAR.business_seconds(instant(created), instant(used - 1)) < spent  # type: ignore[arg-type]


@given(st.integers(0, 60 * 24 * 60), st.integers(0, 20 * 3600))
def test_working_time_is_added_as_the_calendar_adds_it(start: int, seconds: int):
    begin = second(at(MON, 0)) - start * 60
    found = WorkClock(CALENDAR, np.array([begin])).after(np.array([begin]), seconds)
    assert instant(int(found[0])) == CALENDAR.add_business(instant(begin), seconds)  # type: ignore[arg-type]


def test_where_nobody_ever_works_working_time_does_not_pass():
    closed = Calendar("UTC", Hours(((),) * 7))
    begin = np.array([second(at(MON, 9))])
    assert WorkClock(closed, begin).after(begin, 60).tolist() == [NEVER]
    assert WorkClock(closed, begin).after(begin, 0).tolist() == begin.tolist()


@pytest.mark.parametrize(
    ("counts", "limit"),
    [([0, 0, 0], None), ([0] * 8, 2), ([1] * 8, 6), ([8] * 8, 19), ([2, 2, 2, 40, 2, 2, 2, 2], 40)],
)
def test_the_limit_of_the_usual_is_above_every_week_and_above_chance(counts: list[int], limit: int | None):
    assert usual_limit(counts) == limit


@given(st.integers(0, 400_000))
def test_time_left_is_never_said_to_be_more_than_it_is(seconds: int):
    shown = left_shown(seconds)
    assert 0 <= shown <= seconds < shown + 3600
    assert shown % 900 == 0
