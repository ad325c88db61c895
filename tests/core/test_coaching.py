"""Talks, notes and promises between a lead and an agent; on both databases."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from cspm_core import coaching, duty, errors, people
from cspm_core.calendars import at_local
from cspm_core.coaching import Every, PromiseKind, PromiseStatus, Talk
from cspm_core.coaching.rules import next_day
from cspm_core.duty import Plan, Whose
from cspm_core.notices import Notice
from cspm_core.people import Asker, Member, Role, Team
from cspm_core.store import Store

ZONE = "Europe/Amsterdam"
MON, TUE, WED, THU, FRI = (date(2026, 11, 23) + n * timedelta(days=1) for n in range(5))
DAY, HOUR, HALF = timedelta(days=1), timedelta(hours=1), timedelta(minutes=30)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return at_local(day, time(hour, minute), ZONE)


NOW = at(MON, 8)


@dataclass
class Centre:
    """Returns, led by Mina; Ada and Teo work in it, Bo in no team, Root looks after all as an admin."""

    store: Store
    team: Team
    mina: Member
    ada: Member
    teo: Member
    bo: Member
    root: Member

    def asker(self, person: Member, on: datetime = NOW) -> Asker:
        with self.store.reading() as session:
            return people.asker(session, self.team.workspace_id, str(person.slack_user_id), on.date())

    def works(self, person: Member, *spans: tuple[datetime, datetime]) -> None:
        whose = Whose(self.team.workspace_id, self.team.id, person.id, "csv")
        with self.store.transaction() as session:
            plans = [Plan(start, end, "Chat") for start, end in spans]
            duty.apply(session, duty.compare(session, whose, plans, None, frozenset()), now=NOW)

    def away(self, person: Member, start: datetime, end: datetime) -> None:
        with self.store.transaction() as session:
            duty.be_away(session, person, start, end, by=None, note="", now=NOW)

    def plans(
        self, when: datetime, agent: Member | None = None, *, every: Every | None = None, now: datetime = NOW
    ) -> Talk:
        with self.store.transaction() as session:
            return coaching.plan_talk(
                session, self.team, lead=self.asker(self.mina), agent=agent or self.teo, at=when, every=every, now=now
            )

    def does(self, verb: Any, *given: Any, **more: Any) -> Any:
        with self.store.transaction() as session:
            return verb(session, self.team.workspace_id, *given, **more)

    def slots(self, start: datetime, n: int = 3, agent: Member | None = None) -> list[datetime]:
        with self.store.reading() as session:
            return coaching.slots(session, self.team, self.mina.id, (agent or self.teo).id, start, n)

    def rows(self, table: Any) -> list[Any]:
        with self.store.reading() as session:
            return list(session.exec(select(table).order_by(table.id)))

    def promises(self, due_on: date, owner: Member | None = None, *, now: datetime = NOW, **more: Any) -> Any:
        with self.store.transaction() as session:
            lead = self.asker(self.mina)
            talk = coaching.open_talk(session, self.team, lead=lead, agent=self.teo, now=now)
            return coaching.promise(
                session, talk, owner_id=(owner or self.teo).id, words="Ask before closing", kind=PromiseKind.TONE,
                due_on=due_on, by=lead, now=now, **more,
            )  # fmt: skip

    def sweeps(self, start: datetime, end: datetime, step: timedelta = HOUR) -> None:
        """What is due by itself, again and again."""
        now = start
        while now <= end:
            with self.store.reading() as session:
                talks, promises = coaching.due_talks(session, now=now), coaching.due_promises(session, now=now)
            for some, remind in ((talks, coaching.remind_of_talk), (promises, coaching.remind_of_promise)):
                for _, row_id in some:
                    self.does(remind, row_id, now=now)
            now += step

    def said(self, prefix: str) -> list[tuple[str, str, datetime]]:
        """Kind, to whom and when of what was asked for."""
        names = {str(one.slack_user_id): one.name for one in (self.mina, self.ada, self.teo)}
        return [
            (one.kind.removeprefix("coaching."), names[one.place], one.due_at)
            for one in self.rows(Notice)
            if one.kind.startswith(prefix)
        ]


@pytest.fixture
def centre(store: Store, workspace_id: int) -> Centre:
    return _centre(store, workspace_id)


def _centre(store: Store, workspace_id: int) -> Centre:
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Returns", timezone=ZONE, now=NOW)
        cast = [
            people.add_member(session, workspace_id, name, slack_user_id=f"U{name.upper()}", now=NOW)
            for name in ("Mina", "Ada", "Teo", "Bo")
        ]
        root = people.add_member(session, workspace_id, "Root", slack_user_id="UROOT", role="admin", now=NOW)
        for person, role in zip(cast[:3], (Role.LEAD, Role.AGENT, Role.AGENT), strict=True):
            people.join_team(session, team, person, role, now=NOW)
    return Centre(store, team, *cast, root)


@pytest.fixture
def one_centre(sqlite_store: Store) -> Centre:
    with sqlite_store.transaction() as session:
        workspace_id = people.found_workspace(session, now=NOW).id
    return _centre(sqlite_store, workspace_id)


# Slots


def test_slots_lie_apart_and_not_at_the_edges_of_the_day(centre: Centre):
    assert centre.slots(at(MON, 8)) == [at(MON, 9, 30), at(MON, 11, 30), at(MON, 13, 30)]


def test_a_short_time_together_is_used_to_its_edges(centre: Centre):
    centre.works(centre.teo, *((at(MON + n * DAY, 16), at(MON + n * DAY, 23)) for n in range(3)))
    assert centre.slots(at(MON, 8)) == [at(MON, 16), at(TUE, 16), at(WED, 16)]


def test_whoever_is_away_has_no_slots_until_they_are_back(centre: Centre):
    centre.away(centre.teo, at(MON, 0), at(THU, 0))
    assert centre.slots(at(MON, 8), 1) == [at(THU, 9, 30)]


def test_talks_with_others_take_their_time(centre: Centre):
    centre.plans(at(MON, 9, 30), centre.ada)
    assert centre.slots(at(MON, 8), 1) == [at(MON, 10)]
    with pytest.raises(errors.Invalid) as wrong:
        centre.plans(at(MON, 9, 30), centre.teo)
    assert wrong.value.reason == "talk_not_free"


def test_two_who_never_work_together_have_no_slots(centre: Centre):
    centre.works(centre.teo, *((at(MON + n * DAY, 18), at(MON + n * DAY, 23)) for n in range(22)))
    assert centre.slots(at(MON, 8)) == []


hours = st.integers(0, 23)
shifts = st.lists(st.tuples(st.integers(0, 6), hours, st.integers(1, 10)), max_size=8)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shifts=shifts, taken=st.lists(st.tuples(st.integers(0, 6), hours), max_size=4), n=st.integers(1, 8))
def test_in_every_slot_both_work_and_neither_talks_with_somebody_else(
    one_centre: Centre, shifts: list[tuple[int, int, int]], taken: list[tuple[int, int]], n: int
):
    centre = one_centre
    with centre.store.transaction() as session:
        for table in (Talk, duty.Shift):
            for row in session.exec(select(table)).all():
                session.delete(row)
    spans = [(at(MON + day * DAY, hour), at(MON + day * DAY, hour) + long * HOUR) for day, hour, long in shifts]
    centre.works(centre.teo, *dict(spans).items())
    for day, hour in taken:
        moment = at(MON + day * DAY, hour)
        try:
            centre.plans(moment, centre.ada)
        except errors.Invalid:
            continue
    found = centre.slots(NOW, n)
    assert found == sorted(set(found))
    assert len(found) <= n
    busy = [one.planned_at for one in centre.rows(Talk) if one.status == "planned"]
    with centre.store.reading() as session:
        board = duty.board(session, centre.team, NOW, NOW + 22 * DAY)
        for slot in found:
            assert slot >= NOW
            assert slot.astimezone(ZoneInfo(ZONE)).minute in (0, 30)
            for person in (centre.mina, centre.teo):
                assert board.is_working(person.id, slot)
                assert board.is_working(person.id, slot + HALF - timedelta(seconds=1))
            assert all(slot + HALF <= other or slot >= other + HALF for other in busy)
    assert all(second - first >= HALF for first, second in pairwise(found))


# Rhythm


@given(
    every=st.sampled_from([Every.WEEKLY, Every.BIWEEKLY, Every.MONTHLY]),
    planned=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    late=st.integers(-10, 120),
)
def test_the_next_day_of_a_rhythm_keeps_to_the_day_planned(every: Every, planned: date, late: int):
    held = planned + late * DAY
    found = next_day(every, planned, held)
    assert found is not None
    assert found > held
    if every is Every.MONTHLY:
        last = (found.replace(day=28) + 4 * DAY).replace(day=1) - DAY
        assert found.day == min(planned.day, last.day)
    else:
        assert found.weekday() == planned.weekday()


def test_the_31st_comes_back_after_a_short_month():
    assert next_day(Every.MONTHLY, date(2027, 1, 31), date(2027, 1, 31)) == date(2027, 2, 28)
    assert next_day(Every.MONTHLY, date(2027, 1, 31), date(2027, 2, 20)) == date(2027, 3, 31)
    assert next_day(Every.NEVER, MON, MON) is None


def test_after_a_held_talk_the_next_is_planned_at_the_same_wall_time_over_the_change_of_the_clocks(centre: Centre):
    first = date(2027, 3, 25)  # the clocks go forward on the 28th
    talk = centre.plans(at(first, 10), every=Every.WEEKLY, now=at(first, 8))
    following = centre.does(coaching.hold_talk, talk.id, by=centre.asker(centre.mina), now=at(first, 10, 30))
    assert following.planned_at == at(first + 7 * DAY, 10)
    assert following.planned_at - talk.planned_at == timedelta(days=7) - HOUR


def test_the_next_talk_gives_way_to_absence_and_other_talks(centre: Centre):
    talk = centre.plans(at(MON, 10), every=Every.WEEKLY)
    centre.away(centre.teo, at(MON + 7 * DAY, 0), at(MON + 8 * DAY, 12))
    following = centre.does(coaching.hold_talk, talk.id, by=centre.asker(centre.mina), now=at(MON, 11))
    assert following.planned_at == at(MON + 8 * DAY, 12, 30)


def test_without_a_rhythm_nothing_follows(centre: Centre):
    talk = centre.plans(at(MON, 10))
    assert centre.does(coaching.hold_talk, talk.id, by=centre.asker(centre.mina), now=at(MON, 11)) is None
    assert [one.status for one in centre.rows(Talk)] == ["held"]


# Planning, moving, holding


def test_two_people_have_one_talk_planned_however_often_it_is_asked_for(centre: Centre):
    together = threading.Barrier(4)

    def plan(hour: int) -> int:
        together.wait()
        return centre.plans(at(TUE, hour)).id

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(plan, (10, 11, 13, 14)))
    assert len(found) == 1
    assert [one.status for one in centre.rows(Talk)] == ["planned"]


def test_the_other_says_that_it_fits_and_only_of_what_they_were_shown(centre: Centre):
    talk = centre.plans(at(TUE, 10))
    mina, teo = centre.asker(centre.mina), centre.asker(centre.teo)
    assert not centre.does(coaching.fits, talk.id, by=mina, moved=0, now=NOW)
    centre.does(coaching.move_talk, talk.id, at(TUE, 11), by=mina, now=NOW)
    with pytest.raises(errors.Changed):
        centre.does(coaching.fits, talk.id, by=teo, moved=0, now=NOW)
    assert centre.does(coaching.fits, talk.id, by=teo, moved=1, now=NOW)
    assert not centre.does(coaching.fits, talk.id, by=teo, moved=1, now=NOW)
    centre.does(coaching.move_talk, talk.id, at(WED, 11), by=teo, now=NOW)
    (row,) = centre.rows(Talk)
    assert (row.agreed_at, row.proposed_by, row.moved) == (None, centre.teo.id, 2)
    assert centre.does(coaching.fits, talk.id, by=mina, moved=2, now=NOW)


def test_a_talk_is_held_once_and_cannot_be_moved_or_cancelled_after(centre: Centre):
    talk, mina = centre.plans(at(MON, 10), every=Every.MONTHLY), centre.asker(centre.mina)
    together = threading.Barrier(3)

    def hold(_: int) -> str:
        together.wait()
        try:
            centre.does(coaching.hold_talk, talk.id, by=mina, now=at(MON, 11))
        except errors.TalkOver:
            return "over"
        return "held"

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(hold, range(3))) == ["held", "over", "over"]
    assert sorted(one.status for one in centre.rows(Talk)) == ["held", "planned"]
    with pytest.raises(errors.TalkOver):
        centre.does(coaching.move_talk, talk.id, at(TUE, 10), by=mina, now=at(MON, 12))
    with pytest.raises(errors.TalkOver):
        centre.does(coaching.cancel_talk, talk.id, by=mina)


def test_cancelled_is_cancelled_once_and_another_can_be_planned(centre: Centre):
    talk, mina = centre.plans(at(MON, 10)), centre.asker(centre.mina)
    assert centre.does(coaching.cancel_talk, talk.id, by=mina)
    assert not centre.does(coaching.cancel_talk, talk.id, by=mina)
    assert centre.plans(at(TUE, 10)).id != talk.id


@pytest.mark.parametrize(
    ("when", "reason"),
    [(at(MON, 7), "talk_past"), (at(MON, 20), "talk_not_free"), (NOW + 400 * DAY, "talk_far")],
)
def test_a_moment_that_cannot_be_is_refused(centre: Centre, when: datetime, reason: str):
    with pytest.raises(errors.Invalid) as wrong:
        centre.plans(when)
    assert (wrong.value.field, wrong.value.reason) == ("moment", reason)


# Rights


def test_only_the_two_see_a_talk_an_admin_does_not(centre: Centre):
    talk, promise = centre.plans(at(TUE, 10)), centre.promises(FRI)
    for stranger in (centre.root, centre.ada, centre.bo):
        asker = centre.asker(stranger)
        for verb, row_id in ((coaching.talk_of, talk.id), (coaching.promise_of, promise.id)):
            with pytest.raises(errors.NotYourTalk):
                centre.does(verb, row_id, asker)
        with pytest.raises(errors.NotForYou), centre.store.reading() as session:
            coaching.team_of_pair(session, centre.team.workspace_id, asker, centre.teo, now=NOW)
        assert centre.does(coaching.awaiting, asker, now=NOW) == []
        assert centre.does(coaching.mine, asker, now=NOW).talks == ()
    lead = centre.asker(centre.mina)
    with pytest.raises(errors.OwnTalk), centre.store.reading() as session:
        coaching.team_of_pair(session, centre.team.workspace_id, lead, centre.mina, now=NOW)


def test_whoever_leads_no_more_sees_their_talks_no_more(centre: Centre):
    talk = centre.plans(at(FRI, 10))
    with centre.store.transaction() as session:
        people.join_team(session, centre.team, centre.mina, Role.LEAD, to_day=TUE, now=NOW)
    with pytest.raises(errors.NotYourTalk):
        centre.does(coaching.talk_of, talk.id, centre.asker(centre.mina, at(THU, 9)))
    centre.sweeps(at(FRI, 8), at(FRI, 9))
    assert [one.status for one in centre.rows(Talk)] == ["cancelled"]


# Notes


def test_a_private_note_is_shown_to_its_writer_alone(centre: Centre):
    talk = centre.plans(at(TUE, 10))
    mina, teo = centre.asker(centre.mina), centre.asker(centre.teo)
    centre.does(coaching.note, talk.id, "We go on", is_private=False, by=mina, now=NOW)
    centre.does(coaching.note, talk.id, "Seems tired", is_private=True, by=mina, now=NOW)
    centre.does(coaching.note, talk.id, "Ask for Friday off", is_private=True, by=teo, now=NOW)

    def read_by(person: Member) -> list[str]:
        return [one.words for one in centre.does(coaching.notes_of, [talk.id], person.id)]

    assert read_by(centre.mina) == ["We go on", "Seems tired"]
    assert read_by(centre.teo) == ["We go on", "Ask for Friday off"]
    with pytest.raises(errors.Invalid):
        centre.does(coaching.note, talk.id, "  ", is_private=False, by=mina, now=NOW)


def test_notes_without_a_planned_talk_begin_one_that_is_not_proposed(centre: Centre):
    with centre.store.transaction() as session:
        lead = centre.asker(centre.mina)
        first = coaching.open_talk(session, centre.team, lead=lead, agent=centre.teo, now=NOW)
        assert coaching.open_talk(session, centre.team, lead=lead, agent=centre.teo, now=NOW).id == first.id
    assert centre.does(coaching.mine, centre.asker(centre.teo), now=NOW).talks == ()
    centre.sweeps(NOW, at(FRI, 12))
    assert centre.said("coaching.talk") == []
    assert centre.plans(at(MON + 7 * DAY, 10)).id == first.id
    assert [one[:2] for one in centre.said("coaching.talk")] == [("talk", "Mina"), ("talk", "Teo")]


# Promises


def test_a_promise_is_closed_once_with_a_line_and_can_be_reopened(centre: Centre):
    promise, teo = centre.promises(FRI), centre.asker(centre.teo)
    with pytest.raises(errors.Invalid):
        centre.does(coaching.close_promise, promise.id, PromiseStatus.KEPT, " ", by=teo, now=NOW)
    closed = centre.does(coaching.close_promise, promise.id, PromiseStatus.KEPT, "It  helped", by=teo, now=NOW)
    assert (closed.status, closed.line, closed.closed_by, closed.checked_at) == (
        "kept", "It helped", centre.teo.id, None,
    )  # fmt: skip
    with pytest.raises(errors.PromiseClosed) as refused:
        centre.does(coaching.close_promise, promise.id, PromiseStatus.MISSED, "No", by=teo, now=NOW)
    assert refused.value.status == "kept"
    assert centre.does(coaching.reopen, promise.id, by=teo)
    assert not centre.does(coaching.reopen, promise.id, by=teo)
    assert centre.does(coaching.promises_of, centre.teo.id)[0].line == ""


@pytest.mark.parametrize(("day", "reason"), [(MON - DAY, "day_past"), (MON + 400 * DAY, "day_far")])
def test_a_promise_needs_a_day_ahead(centre: Centre, day: date, reason: str):
    with pytest.raises(errors.Invalid) as wrong:
        centre.promises(day)
    assert wrong.value.reason == reason


def test_only_figures_that_say_something_about_a_person_are_promised(centre: Centre):
    assert centre.promises(FRI, metric="csat").metric == "csat"
    with pytest.raises(errors.Invalid):
        centre.promises(FRI, metric="volume")
    with pytest.raises(errors.Invalid):
        centre.promises(FRI, owner=centre.ada)


# Reminding


def test_both_are_told_of_a_talk_once_on_the_day_and_its_lead_once_when_it_is_late(centre: Centre):
    centre.works(centre.teo, *((at(MON + n * DAY, 11), at(MON + n * DAY, 19)) for n in range(10)))
    centre.plans(at(WED, 14))
    centre.sweeps(at(MON, 9), at(MON + 9 * DAY, 20))
    assert centre.said("coaching.talk_") == [
        ("talk_day", "Mina", at(WED, 9)),
        ("talk_day", "Teo", at(WED, 11)),
        ("talk_late", "Mina", at(THU, 9)),
    ]


def test_a_talk_planned_or_moved_for_today_is_not_told_of_again(centre: Centre):
    talk = centre.plans(at(TUE, 14))
    centre.does(coaching.move_talk, talk.id, at(MON, 14), by=centre.asker(centre.mina), now=at(MON, 9))
    centre.sweeps(at(MON, 9), at(MON, 14))
    assert centre.said("coaching.talk_") == []
    centre.does(coaching.move_talk, talk.id, at(WED, 14), by=centre.asker(centre.mina), now=at(MON, 9))
    centre.sweeps(at(TUE, 9), at(WED, 12))
    assert [one[:2] for one in centre.said("coaching.talk_")] == [("talk_day", "Mina"), ("talk_day", "Teo")]


def test_the_proposal_reaches_the_other_within_their_own_day(centre: Centre):
    centre.works(centre.teo, *((at(MON + n * DAY, 12), at(MON + n * DAY, 20)) for n in range(5)))
    centre.plans(at(WED, 13))
    assert centre.said("coaching.talk") == [("talk", "Mina", NOW), ("talk", "Teo", at(MON, 12))]


def test_a_promise_is_told_on_its_day_once_when_late_then_to_the_lead_and_never_again(centre: Centre):
    centre.promises(THU)
    centre.sweeps(at(TUE, 8), at(MON + 30 * DAY, 8))
    assert centre.said("coaching.promise") == [
        ("promise_day", "Teo", at(THU, 9)),
        ("promise_late", "Teo", at(FRI, 9)),
        ("promise_check", "Mina", at(MON + 8 * DAY, 9)),  # Monday and Tuesday lie between
    ]


def test_a_promise_of_the_lead_climbs_to_nobody(centre: Centre):
    centre.promises(THU, owner=centre.mina)
    centre.sweeps(at(TUE, 8), at(MON + 30 * DAY, 8))
    assert [one[:2] for one in centre.said("coaching.promise")] == [("promise_day", "Mina"), ("promise_late", "Mina")]


def test_a_reminder_waits_until_its_reader_is_back(centre: Centre):
    centre.promises(THU)
    centre.away(centre.teo, at(WED, 0), at(MON + 8 * DAY, 0))
    centre.sweeps(at(TUE, 8), at(MON + 9 * DAY, 12))
    assert centre.said("coaching.promise") == [
        ("promise_day", "Teo", at(MON + 8 * DAY, 9)),
        ("promise_late", "Teo", at(MON + 9 * DAY, 9)),
    ]


def test_over_the_change_of_the_clocks_the_day_begins_on_the_wall(centre: Centre):
    monday = date(2027, 3, 29)  # the day after the clocks went forward
    centre.promises(monday, now=at(monday - 7 * DAY, 9))
    centre.sweeps(at(monday - 4 * DAY, 0), at(monday, 12))
    assert centre.said("coaching.promise") == [("promise_day", "Teo", at(monday, 9))]


def test_moving_the_day_begins_anew_and_closing_ends_it(centre: Centre):
    promise, teo = centre.promises(TUE), centre.asker(centre.teo)
    centre.sweeps(at(TUE, 8), at(TUE, 12))
    assert centre.does(coaching.move_promise, promise.id, THU, by=teo, now=at(TUE, 12))
    assert not centre.does(coaching.move_promise, promise.id, THU, by=teo, now=at(TUE, 12))
    centre.sweeps(at(WED, 8), at(THU, 12))
    assert [one[2] for one in centre.said("coaching.promise")] == [at(TUE, 9), at(THU, 9)]
    centre.does(coaching.close_promise, promise.id, PromiseStatus.MISSED, "No time", by=teo, now=at(THU, 13))
    centre.sweeps(at(FRI, 8), at(MON + 20 * DAY, 8))
    assert len(centre.said("coaching.promise")) == 2


def test_two_sweeps_at_one_moment_say_it_once(centre: Centre):
    promise = centre.promises(THU)
    together = threading.Barrier(3)

    def sweep(_: int) -> None:
        together.wait()
        centre.does(coaching.remind_of_promise, promise.id, now=at(THU, 10))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(sweep, range(3)))
    assert len(centre.said("coaching.promise")) == 1


def test_whoever_leaves_the_team_is_reminded_of_nothing(centre: Centre):
    centre.plans(at(THU, 10))
    centre.promises(THU)
    with centre.store.transaction() as session:
        people.join_team(session, centre.team, centre.teo, Role.AGENT, to_day=TUE, now=NOW)
    centre.sweeps(at(THU, 8), at(THU, 18))
    assert centre.said("coaching.promise") == []
    assert centre.said("coaching.talk_") == []
    assert [one.status for one in centre.rows(Talk)] == ["cancelled"]
    assert [one.status for one in centre.rows(coaching.Promise)] == ["dropped"]


def test_whoever_is_not_in_slack_is_told_nothing_and_the_lead_still_is(centre: Centre):
    with centre.store.transaction() as session:
        teo = people.member(session, centre.team.workspace_id, centre.teo.id)
        teo.slack_user_id = None
        session.add(teo)
    centre.plans(at(WED, 10))
    centre.promises(TUE)
    centre.sweeps(at(MON, 9), at(MON + 14 * DAY, 9))
    assert [one[:2] for one in centre.said("coaching.")] == [
        ("talk", "Mina"), ("talk_day", "Mina"), ("talk_late", "Mina"), ("promise_check", "Mina"),
    ]  # fmt: skip


# What waits


def test_what_waits_for_each_of_the_two(centre: Centre):
    talk, promise = centre.plans(at(TUE, 10)), centre.promises(TUE)
    centre.promises(FRI, owner=centre.mina)
    mina, teo = centre.asker(centre.mina), centre.asker(centre.teo)

    def waits(who: Asker, now: datetime) -> list[tuple[str, int | None, bool]]:
        found = centre.does(coaching.awaiting, who, now=now)
        return [(one.kind, one.subject_id, one.done_at is not None) for one in found]

    own = next(one.id for one in centre.rows(coaching.Promise) if one.owner_id == centre.mina.id)
    assert waits(teo, NOW) == [("talk", talk.id, False), ("promise", promise.id, False)]
    assert waits(mina, NOW) == [("talk", talk.id, False), ("promise", own, False)]
    centre.does(coaching.close_promise, promise.id, PromiseStatus.KEPT, "Done", by=teo, now=at(TUE, 9))
    centre.does(coaching.hold_talk, talk.id, by=mina, now=at(TUE, 10))
    assert waits(teo, at(TUE, 11)) == [("talk", talk.id, True), ("promise", promise.id, True)]
    assert ("promise_check", promise.id, False) in waits(mina, at(TUE, 11))
    assert waits(teo, at(WED, 11)) == []
    centre.does(coaching.check_promise, promise.id, by=mina, now=at(WED, 11))
    assert ("promise_check", promise.id, True) in waits(mina, at(WED, 12))
    assert [one[0] for one in waits(mina, at(THU, 12))] == ["promise"]


def test_the_list_of_those_coached_begins_with_whom_nobody_talked(centre: Centre):
    talk = centre.plans(at(MON, 10), centre.teo, every=Every.WEEKLY)
    centre.does(coaching.hold_talk, talk.id, by=centre.asker(centre.mina), now=at(MON, 11))
    found = centre.does(coaching.mine, centre.asker(centre.mina), now=at(MON, 12))
    assert [(one.agent.name, one.every, one.next is not None) for one in found.agents] == [
        ("Ada", "never", False), ("Teo", "weekly", True),
    ]  # fmt: skip


def test_a_brief_begins_with_the_last_promises_and_says_why_there_are_no_figures(centre: Centre):
    kept = centre.promises(TUE)
    talk = centre.does(lambda session, _: coaching.open_talk(
        session, centre.team, lead=centre.asker(centre.mina), agent=centre.teo, now=NOW))  # fmt: skip
    centre.does(coaching.hold_talk, talk.id, by=centre.asker(centre.mina), now=at(MON, 9))
    centre.does(
        coaching.close_promise, kept.id, PromiseStatus.KEPT, "Done", by=centre.asker(centre.teo), now=at(TUE, 9)
    )
    still = centre.promises(FRI, now=at(TUE, 10))
    with centre.store.reading() as session:
        found = coaching.brief(
            session, centre.team.workspace_id, centre.asker(centre.mina), centre.teo, now=at(MON + 7 * DAY, 9)
        )
    assert [(one.id, one.status, one.is_late) for one in found.promises] == [
        (still.id, "open", True), (kept.id, "kept", False),
    ]  # fmt: skip
    assert (found.kept, found.missed, found.figures_level) == (1, 0, "self")
    assert found.last is not None
    assert found.last.id == talk.id
