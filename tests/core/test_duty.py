"""Who is on duty for a team: planned, taking turns, put there, absent; on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import select

from cspm_core import duty, people
from cspm_core.calendars import at_local
from cspm_core.duty import Absence, Away, OnDuty, Override, Plan, Span, Whose
from cspm_core.errors import Invalid, NotForYou, NotOfTeam, StillAway
from cspm_core.ids import new_id
from cspm_core.people import Asker, Member, Role, Team
from cspm_core.store import Store
from cspm_core.tables import Shift

ZONE = "Europe/Amsterdam"
MON, TUE, WED = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
DAY = timedelta(days=1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return at_local(day, time(hour, minute), ZONE)


@dataclass
class Centre:
    """Returns, led by Mina; Ada and Teo work in it, Bo in no team."""

    store: Store
    team: Team
    mina: Member
    ada: Member
    teo: Member
    bo: Member

    def asker(self, person: Member) -> Asker:
        with self.store.reading() as session:
            return people.asker(session, self.team.workspace_id, str(person.slack_user_id), MON)

    def plan(self, person: Member, activity: str, *spans: tuple[datetime, datetime]) -> None:
        whose = Whose(self.team.workspace_id, self.team.id, person.id, "csv")
        with self.store.transaction() as session:
            plans = [Plan(start, end, activity) for start, end in spans]
            duty.apply(session, duty.compare(session, whose, plans, None, frozenset()), now=at(MON, 8))

    def on(self, moment: datetime) -> OnDuty:
        return self.reads(duty.on_duty, moment)

    def reads(self, read: Callable[..., Any], *asked: Any, **more: Any) -> Any:
        with self.store.reading() as session:
            return read(session, self.team, *asked, **more)

    def takes_turns(self, *members: Member, **how: Any) -> None:
        with self.store.transaction() as session:
            duty.set_rotation(session, self.team, members, now=at(MON, 8), **how)

    def away(self, person: Member, start: datetime, end: datetime, by: Asker | None = None, note: str = "") -> bool:
        with self.store.transaction() as session:
            return duty.be_away(session, person, start, end, by=by, note=note, now=at(MON, 8))

    def swap(self, off: Member | None, on: Member, start: datetime, end: datetime, by: Member | None = None) -> bool:
        asker = self.asker(by or self.mina)
        with self.store.transaction() as session:
            return duty.swap(session, self.team, off, on, start, end, by=asker, now=at(MON, 8))

    def takes_over(self, person: Member, moment: datetime) -> datetime:
        with self.store.transaction() as session:
            return duty.take_over(session, self.team, person, moment, now=moment)

    def rows(self, table: Any) -> list[Any]:
        with self.store.reading() as session:
            return list(session.exec(select(table)))


@pytest.fixture
def centre(store: Store, workspace_id: int) -> Centre:
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Returns", timezone=ZONE, now=at(MON, 8))
        cast = [
            people.add_member(session, workspace_id, name, slack_user_id=f"U{name.upper()}", now=at(MON, 8))
            for name in ("Mina", "Ada", "Teo", "Bo")
        ]
        for person, role in zip(cast[:3], (Role.LEAD, Role.AGENT, Role.AGENT), strict=True):
            people.join_team(session, team, person, role, now=at(MON, 8))
    return Centre(store, team, *cast)


def test_with_nothing_planned_nobody_is_on_duty(centre: Centre):
    assert centre.on(at(MON, 10)) == OnDuty((), None, "nobody")
    assert centre.reads(duty.next_on_duty, at(MON, 10)) is None
    assert centre.reads(duty.current_span, at(MON, 10)) is None


def test_several_shifts_a_day_follow_each_other(centre: Centre):
    centre.plan(centre.ada, "On call", (at(MON, 9), at(MON, 13)), (at(MON, 17), at(MON, 20)))
    centre.plan(centre.teo, "on-call", (at(MON, 13), at(MON, 17)))
    centre.plan(centre.mina, "Chat", (at(MON, 9), at(MON, 17)))
    assert centre.on(at(MON, 10)) == OnDuty((centre.ada.id,), at(MON, 13), "shift")
    assert centre.on(at(MON, 13)) == OnDuty((centre.teo.id,), at(MON, 17), "shift")
    assert centre.on(at(MON, 20)) == OnDuty((), None, "nobody")
    assert centre.reads(duty.next_on_duty, at(MON, 7)) == (at(MON, 9), (centre.ada.id,))
    assert centre.reads(duty.current_span, at(MON, 14)) == Span(at(MON, 13), at(MON, 17), (centre.teo.id,))
    assert centre.reads(duty.next_span, at(MON, 14)) == Span(at(MON, 17), at(MON, 20), (centre.ada.id,))
    assert [turn.starts_at for turn in centre.reads(duty.next_shifts, at(MON, 10), 5)] == [at(MON, 13), at(MON, 17)]


def test_a_team_without_duty_shifts_has_the_leads_who_work(centre: Centre):
    centre.plan(centre.mina, "Phone", (at(MON, 9), at(MON, 12)))
    centre.plan(centre.mina, "Lunch", (at(MON, 12), at(MON, 13)))
    centre.plan(centre.ada, "Phone", (at(MON, 9), at(MON, 17)))
    assert centre.on(at(MON, 10)) == OnDuty((centre.mina.id,), at(MON, 12), "shift")
    assert centre.on(at(MON, 12, 30)).why == "nobody"
    centre.plan(centre.ada, "duty", (at(TUE, 9), at(TUE, 10)))
    assert centre.on(at(MON, 10)).why == "nobody"
    assert centre.on(at(TUE, 9)).member_ids == (centre.ada.id,)


def test_a_rotation_hands_over_at_the_wall_clock_over_both_changes_of_it(centre: Centre):
    centre.takes_turns(centre.ada, centre.teo, starts_on=date(2026, 3, 23), days=7, handover="9:30", clock="always")
    for day in (date(2026, 3, 30), date(2026, 10, 26)):  # the Mondays after the clocks changed
        before, after = centre.on(at(day, 9, 29)), centre.on(at(day, 9, 30))
        assert before.member_ids != after.member_ids
        assert (before.until, after.until) == (at(day, 9, 30), at(day + 7 * DAY, 9, 30))
    assert centre.on(at(date(2026, 3, 23), 9)).why == "nobody"  # before the first turn


def test_a_rotation_in_working_time_ends_with_the_day(centre: Centre):
    centre.takes_turns(centre.ada, centre.teo)
    assert centre.on(at(MON, 10)) == OnDuty((centre.ada.id,), at(MON, 17), "rotation")
    assert centre.on(at(MON, 18)) == OnDuty((), at(TUE, 9), "nobody")
    assert centre.reads(duty.next_on_duty, at(MON + 4 * DAY, 18)) == (at(MON + 7 * DAY, 9), (centre.teo.id,))
    centre.takes_turns(centre.teo, centre.ada)
    assert centre.on(at(MON, 10)).member_ids == (centre.teo.id,)
    with centre.store.transaction() as session:
        assert duty.end_rotation(session, centre.team)
        assert not duty.end_rotation(session, centre.team)
    assert centre.on(at(MON, 10)).why == "nobody"


@pytest.mark.parametrize(
    ("how", "reason"),
    [({"days": 0}, "turn_days"), ({"handover": "25:00"}, "clock"), ({"clock": "sundial"}, "duty_clock")],
)
def test_a_rotation_that_cannot_be_is_refused(centre: Centre, how: dict[str, Any], reason: str):
    with pytest.raises(Invalid) as wrong:
        centre.takes_turns(centre.ada, **how)
    assert wrong.value.reason == reason
    with pytest.raises(Invalid):
        centre.takes_turns(centre.ada, centre.ada)
    with pytest.raises(Invalid):
        centre.takes_turns()


def test_the_absent_are_never_on_duty_and_come_back(centre: Centre):
    centre.takes_turns(centre.ada)
    assert centre.away(centre.ada, at(MON, 9), at(TUE, 12), note="  at the\ndentist ")
    assert not centre.away(centre.ada, at(MON, 9), at(TUE, 12), note="at the dentist")
    assert centre.on(at(MON, 10)) == OnDuty((), at(TUE, 12), "nobody")
    with centre.store.reading() as session:
        assert duty.is_away(session, centre.team.workspace_id, centre.ada.id, at(MON, 10))
        assert not duty.is_away(session, centre.team.workspace_id, centre.ada.id, at(TUE, 12))
    with centre.store.transaction() as session:
        assert duty.be_back(session, centre.ada, by=None, now=at(MON, 11))
        assert not duty.be_back(session, centre.ada, by=None, now=at(MON, 11))
    assert centre.on(at(MON, 11)).member_ids == (centre.ada.id,)
    assert [row.note for row in centre.rows(Absence)] == ["at the dentist"]


def test_a_later_end_corrects_an_absence(centre: Centre):
    centre.away(centre.ada, at(MON, 9), at(MON, 12))
    assert centre.away(centre.ada, at(MON, 9), at(MON, 15))
    centre.away(centre.ada, at(MON, 10), at(TUE, 9))
    with centre.store.transaction() as session:
        assert duty.be_back(session, centre.ada, by=None, now=at(MON, 11))
    assert {row.ends_at for row in centre.rows(Absence)} == {at(MON, 11)}


def test_only_oneself_a_lead_or_an_admin_says_that_somebody_is_away(centre: Centre):
    span = (at(MON, 9), at(MON, 12))
    assert centre.away(centre.ada, *span, by=centre.asker(centre.ada))
    assert centre.away(centre.teo, *span, by=centre.asker(centre.mina))
    for stranger in (centre.teo, centre.bo):
        with pytest.raises(NotForYou) as refused:
            centre.away(centre.ada, *span, by=centre.asker(stranger))
        assert refused.value.leads == ("Mina",)
    with pytest.raises(NotForYou):
        centre.away(centre.bo, *span, by=centre.asker(centre.mina))
    assert centre.away(centre.bo, *span, by=centre.asker(centre.bo))


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        (at(MON, 12), at(MON, 12), "ends_first"),
        (at(MON, 6), at(MON, 7), "over"),
        (at(MON, 9), at(MON, 9) + 400 * DAY, "too_long"),
    ],
)
def test_an_absence_that_cannot_be_is_refused(centre: Centre, start: datetime, end: datetime, reason: str):
    with pytest.raises(Invalid) as wrong:
        centre.away(centre.ada, start, end)
    assert (wrong.value.field, wrong.value.reason) == ("ends_at", reason)


def test_a_lead_swaps_one_and_the_colleague_stays_on(centre: Centre):
    for person in (centre.ada, centre.mina):
        centre.plan(person, "duty", (at(MON, 9), at(MON, 17)))
    assert centre.swap(centre.ada, centre.teo, at(MON, 12), at(MON, 14))
    assert not centre.swap(centre.ada, centre.teo, at(MON, 12), at(MON, 14))
    found = centre.on(at(MON, 12))
    assert (set(found.member_ids), found.until, found.why) == (
        {centre.teo.id, centre.mina.id},
        at(MON, 14),
        "override",
    )
    assert set(centre.on(at(MON, 14)).member_ids) == {centre.ada.id, centre.mina.id}
    [row] = centre.rows(Override)
    assert (row.kind, row.by_id) == ("swap", centre.mina.id)


def test_whoever_was_swapped_out_is_not_called_when_the_other_falls_ill(centre: Centre):
    centre.takes_turns(centre.ada)
    centre.swap(centre.ada, centre.teo, at(MON, 9), at(MON, 17))
    centre.away(centre.teo, at(MON, 10), at(MON, 17))
    assert centre.on(at(MON, 9)).member_ids == (centre.teo.id,)
    assert centre.on(at(MON, 10)).why == "nobody"
    centre.swap(centre.teo, centre.ada, at(MON, 11), at(MON, 17))
    assert centre.on(at(MON, 11)).member_ids == (centre.ada.id,)


def test_only_a_lead_swaps(centre: Centre):
    with pytest.raises(NotForYou):
        centre.swap(centre.ada, centre.teo, at(MON, 9), at(MON, 17), by=centre.teo)
    with pytest.raises(Invalid) as wrong:
        centre.swap(centre.ada, centre.ada, at(MON, 9), at(MON, 17))
    assert wrong.value.reason == "same_person"


def test_anybody_of_the_team_takes_the_running_shift_over_until_its_end(centre: Centre):
    centre.plan(centre.ada, "duty", (at(MON, 9), at(MON, 17)))
    assert centre.takes_over(centre.teo, at(MON, 10)) == at(MON, 17)
    assert centre.takes_over(centre.teo, at(MON, 11)) == at(MON, 17)  # twice is once
    assert len(centre.rows(Override)) == 1
    assert centre.on(at(MON, 9)).member_ids == (centre.ada.id,)
    assert centre.on(at(MON, 12)) == OnDuty((centre.teo.id,), at(MON, 17), "override")
    assert centre.takes_over(centre.mina, at(MON, 13)) == at(MON, 17)
    assert centre.takes_over(centre.teo, at(MON, 14)) == at(MON, 17)
    assert [centre.on(at(MON, hour)).member_ids[0] for hour in (12, 13, 14)] == [
        centre.teo.id,
        centre.mina.id,
        centre.teo.id,
    ]
    with pytest.raises(NotOfTeam):
        centre.takes_over(centre.bo, at(MON, 12))


def test_where_nobody_was_on_it_lasts_to_the_end_of_the_day_or_eight_hours(centre: Centre):
    assert centre.takes_over(centre.ada, at(MON, 10)) == at(MON, 17)
    assert centre.takes_over(centre.ada, at(MON, 22)) == at(TUE, 6)


def test_the_absent_take_nothing_over(centre: Centre):
    centre.away(centre.ada, at(MON, 9), at(MON, 12))
    with pytest.raises(StillAway) as refused:
        centre.takes_over(centre.ada, at(MON, 10))
    assert (refused.value.person, refused.value.until) == ("Ada", at(MON, 12))


def test_two_who_take_over_in_one_moment_end_with_one_on_duty(centre: Centre):
    centre.plan(centre.mina, "duty", (at(MON, 9), at(MON, 17)))
    together = threading.Barrier(2)

    def press(person: Member) -> datetime:
        together.wait()
        return centre.takes_over(person, at(MON, 10))

    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(press, (centre.ada, centre.teo))) == {at(MON, 17)}
    assert len(centre.on(at(MON, 11)).member_ids) == 1


def test_a_person_works_by_their_shifts_else_by_the_hours_of_the_team(centre: Centre):
    centre.plan(centre.ada, "Chat", (at(MON, 12), at(MON, 20)))
    centre.plan(centre.ada, "Break", (at(MON, 15), at(MON, 16)))
    works = {hour: centre.reads(duty.is_working, centre.ada.id, at(MON, hour)) for hour in (10, 12, 15, 16, 19, 20)}
    assert works == {10: False, 12: True, 15: False, 16: True, 19: True, 20: False}
    assert centre.reads(duty.is_working, centre.teo.id, at(MON, 10))
    far = MON + 28 * DAY
    assert centre.reads(duty.is_working, centre.ada.id, at(far, 10))  # no roster near: the team's hours
    assert centre.reads(duty.next_working, centre.ada.id, at(MON, 8)) == at(MON, 12)
    assert centre.reads(duty.next_working, centre.teo.id, at(MON, 18)) == at(TUE, 9)
    assert centre.reads(duty.shift_at, centre.ada.id, at(MON, 17)) == Span(at(MON, 16), at(MON, 20), (centre.ada.id,))
    assert centre.reads(duty.shift_at, centre.ada.id, at(MON, 15)) is None


def test_working_seconds_pass_in_ones_own_time_only(centre: Centre):
    centre.plan(centre.ada, "Chat", (at(MON, 12), at(MON, 14)), (at(TUE, 12), at(TUE, 14)))
    add = lambda person, start, hours: centre.reads(duty.add_working, person.id, start, hours * 3600)  # noqa: E731
    assert add(centre.ada, at(MON, 9), 0) == at(MON, 9)
    assert add(centre.ada, at(MON, 9), 1) == at(MON, 13)
    assert add(centre.ada, at(MON, 9), 3) == at(TUE, 13)
    assert add(centre.teo, at(MON, 16), 2) == at(TUE, 10)
    centre.away(centre.teo, at(TUE, 0), at(WED, 0))
    assert add(centre.teo, at(MON, 16), 2) == at(WED, 10)


def test_a_person_lent_to_another_team_works_there(centre: Centre):
    with centre.store.transaction() as session:
        other = people.add_team(session, centre.team.workspace_id, "Billing", timezone=ZONE, now=at(MON, 8))
        whose = Whose(other.workspace_id, other.id, centre.ada.id, "csv")
        plans = [Plan(at(MON, 18), at(MON, 20), "duty")]
        duty.apply(session, duty.compare(session, whose, plans, None, frozenset()), now=at(MON, 8))
    assert centre.reads(duty.is_working, centre.ada.id, at(MON, 19))
    assert centre.on(at(MON, 19)).why == "nobody"  # on duty for Billing, not for Returns


def test_the_overview_names_who_is_on_who_follows_and_who_is_away(centre: Centre):
    centre.plan(centre.ada, "duty", (at(MON, 9), at(MON, 13)))
    centre.plan(centre.mina, "duty", (at(MON, 13), at(MON, 17)))
    centre.away(centre.teo, at(MON, 9), at(WED, 9), note="dentist")
    centre.away(centre.teo, at(MON, 8), at(TUE, 9))
    centre.away(centre.bo, at(MON, 8), at(TUE, 9))  # of no team
    shown = centre.reads(duty.overview, at(MON, 10))
    assert (shown.now.names, shown.now.ends_at, shown.now.why) == (("Ada",), at(MON, 13), "shift")
    assert [(turn.names, turn.starts_at) for turn in shown.next] == [(("Mina",), at(MON, 13))]
    assert shown.away == (Away("Teo", at(WED, 9), "dentist"),)


def test_what_is_asked_reads_nothing_of_other_workspaces(centre: Centre):
    with centre.store.transaction() as session:
        other = people.claim_workspace(session, "T2", "Elsewhere", now=at(MON, 8))
        if other.id == centre.team.workspace_id:
            other = people.claim_workspace(session, "T3", "Elsewhere", now=at(MON, 8))
        team = people.add_team(session, other.id, "Returns", timezone=ZONE, now=at(MON, 8))
        ada = people.add_member(session, other.id, "Ada", now=at(MON, 8))
        row = Shift(
            workspace_id=other.id, id=new_id(at(MON, 8)), team_id=team.id, member_id=ada.id,
            starts_at=at(MON, 9), ends_at=at(MON, 17), activity="duty", activity_key="duty",
        )  # fmt: skip
        session.add(row)
    assert centre.on(at(MON, 10)).why == "nobody"
    with centre.store.reading() as session:
        assert duty.on_duty(session, team, at(MON, 10)).member_ids == (ada.id,)


def test_one_board_answers_hundreds_of_questions_at_once(centre: Centre):
    for n in range(20):
        day = MON + n * DAY
        for k, person in enumerate((centre.ada, centre.teo, centre.mina)):
            centre.plan(person, "duty", (at(day, 8 * k), at(day, 8 * k) + timedelta(hours=8)))
    with centre.store.reading() as session:
        board = duty.board(session, centre.team, at(MON, 0), at(MON + 20 * DAY, 0))
    for n in range(1000):
        moment = at(MON, 0) + n * timedelta(minutes=25)
        third = (moment - at(MON, 0)) // timedelta(hours=8) % 3
        assert board.on_duty(moment).member_ids == ((centre.ada, centre.teo, centre.mina)[third].id,)


def test_nobody_is_written_to_at_night_where_they_live_unless_that_is_when_they_work(centre: Centre):
    def moment(person: Member, now: datetime) -> datetime | None:
        with centre.store.reading() as session:
            return duty.waking_moment(session, centre.team, people.member(session, person.workspace_id, person.id), now)

    with centre.store.transaction() as session:
        people.member(session, centre.ada.workspace_id, centre.ada.id).timezone = "Asia/Seoul"
        people.member(session, centre.teo.workspace_id, centre.teo.id).timezone = "America/Los_Angeles"
    assert moment(centre.ada, at(MON, 10)) == at(MON, 10), "six in the evening in Seoul"
    assert moment(centre.ada, at(MON, 14)) == at(TUE, 9), "ten in the evening there: the next day's beginning"
    assert moment(centre.teo, at(MON, 10)) == at(MON, 16), "one in the morning in Los Angeles: not before seven"
    nights = [(at(MON + n * DAY, 9), at(MON + n * DAY, 15)) for n in range(5)]
    centre.plan(centre.teo, "mail", *nights)
    assert moment(centre.teo, at(MON, 10)) == at(MON, 10), "all their work is at night there"
