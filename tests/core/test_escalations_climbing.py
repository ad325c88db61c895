"""It climbs, in the hours when people work, until somebody says "mine"; and goes on right after every interruption."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cspm_core import duty, errors, escalations
from cspm_core.duty import Shift
from cspm_core.escalations import ASK, CALL, CARD, Clock, Policy, Status, Step
from cspm_core.ids import new_id
from cspm_core.people import Role
from cspm_core.store import Store

from .escalation_stage import HOUR, MINUTE, WEDNESDAY, Desk


@pytest.fixture
def desk(store: Store, workspace_id: int) -> Desk:
    return Desk(store, workspace_id)


def new_york(day: int, hour: int, minute: int = 0) -> datetime:
    """November 2026, winter time."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) + 5 * HOUR


def agrees(desk: Desk, *steps: Step, severity: int = 3, **facts: object) -> None:
    with desk.store.transaction() as session:
        policy = Policy(tuple(steps), **facts)  # type: ignore[arg-type]
        escalations.set_policy(session, desk.team, severity, policy, now=desk.now)


def works(desk: Desk, name: str, starts_at: datetime, ends_at: datetime) -> None:
    """Somebody is planned to be at the phone."""
    facts = {"starts_at": starts_at, "ends_at": ends_at, "activity": "phone", "activity_key": "phone"}
    ids = {"workspace_id": desk.workspace_id, "id": new_id(desk.now), "team_id": desk.team.id}
    with desk.store.transaction() as session:
        session.add(Shift(**ids, member_id=desk.cast[name].id, **facts))


def test_by_default_the_lead_hears_at_once_then_the_channel_then_the_manager(desk: Desk) -> None:
    raised = desk.raises()
    desk.sweep()
    assert desk.told(raised) == ["Mina"]
    assert len(desk.notices(raised, CARD)) == 1
    desk.turn(minutes=59)
    assert desk.notices(raised, CALL) == []
    desk.turn(minutes=1)
    assert len(desk.notices(raised, CALL)) == 1
    desk.turn(hours=2)
    assert desk.told(raised) == ["Mina", "Omar"]
    assert desk.kinds(raised) == ["opened", "told", "told", "told"]


def test_mine_stops_the_climb(desk: Desk) -> None:
    raised = desk.raises()
    desk.turn(minutes=10)
    done = desk.takes("Teo", raised)
    assert done.first
    desk.turn(hours=5)
    assert desk.told(raised) == ["Mina"]
    assert desk.notices(raised, CALL) == []
    assert desk.row(raised).owner_id == desk.cast["Teo"].id


def test_out_of_hours_it_waits_for_the_morning_and_says_so(desk: Desk) -> None:
    desk.now = new_york(20, 18)  # Friday evening
    raised = desk.raises()
    desk.sweep()
    assert desk.told(raised) == []
    row = desk.row(raised)
    assert (row.waits_for, row.next_step_at) == ("hours", new_york(23, 9))
    assert desk.kinds(raised) == ["opened", "waiting"]
    desk.turn_to(new_york(23, 9))
    assert desk.told(raised) == ["Mina"]
    assert desk.row(raised).next_step_at == new_york(23, 10)


def test_what_is_urgent_does_not_wait(desk: Desk) -> None:
    desk.now = new_york(21, 3)  # Saturday night
    raised = desk.raises(severity=1)
    desk.turn(minutes=15)
    assert desk.told(raised) == ["Mina", "Omar"]
    assert len(desk.notices(raised, CALL)) == 1


def test_working_time_skips_night_and_holiday(desk: Desk) -> None:
    """Wednesday 16:45, an hour of working time later is Friday 09:45: Thursday is Thanksgiving."""
    with desk.store.transaction() as session:
        team = session.merge(desk.team)
        team.holidays = "US"
    desk.now = new_york(25, 16, 45)
    raised = desk.raises()
    desk.turn_to(new_york(27, 9, 44))
    assert desk.notices(raised, CALL) == []
    desk.turn_to(new_york(27, 9, 45))
    assert len(desk.notices(raised, CALL)) == 1


@pytest.mark.parametrize(
    ("friday", "monday"),
    [
        (datetime(2026, 3, 6, 21, 30, tzinfo=UTC), datetime(2026, 3, 9, 13, 30, tzinfo=UTC)),
        (datetime(2026, 10, 30, 20, 30, tzinfo=UTC), datetime(2026, 11, 2, 14, 30, tzinfo=UTC)),
    ],
)
def test_a_weekend_in_which_the_clock_changes_costs_no_minute(desk: Desk, friday: datetime, monday: datetime) -> None:
    """Half past four on Friday; the channel hears at half past nine on Monday, by the wall, in spring and in autumn."""
    desk.now = friday
    raised = desk.raises()
    desk.turn_to(monday - MINUTE)
    assert desk.notices(raised, CALL) == []
    desk.turn_to(monday)
    assert len(desk.notices(raised, CALL)) == 1


def test_an_hour_that_comes_twice_is_counted_twice_around_the_clock(desk: Desk) -> None:
    agrees(desk, Step("lead", 0, Clock.ALWAYS), Step("manager", 7200, Clock.ALWAYS), severity=1, clock=Clock.ALWAYS)
    desk.now = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # 01:30 in New York, the first time
    raised = desk.raises(severity=1)
    desk.turn(hours=1, minutes=59)
    assert desk.told(raised) == ["Mina"]
    desk.turn(minutes=1)
    assert desk.told(raised) == ["Mina", "Omar"]


def test_after_the_last_step_it_begins_again_until_somebody_answers(desk: Desk) -> None:
    agrees(desk, Step("lead"), Step("channel", 600), repeat_s=1800)
    raised = desk.raises()
    desk.turn(minutes=100)
    assert desk.told(raised) == ["Mina", "Mina", "Mina"]
    assert len(desk.notices(raised, CALL)) == 3
    assert desk.row(raised).round == 3


def test_a_worker_that_was_down_takes_one_step_and_gives_people_their_time(desk: Desk) -> None:
    raised = desk.raises()
    desk.now += timedelta(hours=5)  # nobody swept
    desk.sweep()
    assert desk.told(raised) == ["Mina"]
    assert desk.notices(raised, CALL) == []
    desk.turn(minutes=60)
    assert len(desk.notices(raised, CALL)) == 1


def test_an_edit_of_the_policy_bends_nothing_that_runs(desk: Desk) -> None:
    raised = desk.raises()
    agrees(desk, Step("manager"))
    desk.sweep()
    later = desk.raises("Another thing")
    desk.sweep()
    assert desk.told(raised) == ["Mina"]
    assert desk.told(later) == ["Omar"]


def test_nobody_on_duty_waits_for_the_next_who_is_and_says_when(desk: Desk) -> None:
    agrees(desk, Step("duty", 0, Clock.ALWAYS))
    with desk.store.transaction() as session:
        ada = desk.cast["Ada"]
        duty.set_rotation(session, session.merge(desk.team), [ada], starts_on=WEDNESDAY.date(), now=desk.now)
    desk.now = new_york(20, 18)
    raised = desk.raises()
    desk.sweep()
    row = desk.row(raised)
    assert (row.waits_for, row.next_step_at) == ("duty", new_york(23, 9))
    desk.turn_to(new_york(23, 9))
    assert desk.told(raised) == ["Ada"]


def test_nobody_ever_on_duty_is_passed_over_at_once(desk: Desk) -> None:
    agrees(desk, Step("duty"), Step("lead", 3600))
    raised = desk.raises()
    desk.sweep()
    assert desk.told(raised) == ["Mina"]
    assert desk.kinds(raised) == ["opened", "skipped", "told"]


def test_an_absent_lead_is_passed_over_at_once(desk: Desk) -> None:
    with desk.store.transaction() as session:
        mina = session.merge(desk.cast["Mina"])
        duty.be_away(session, mina, desk.now - HOUR, desk.now + 48 * HOUR, by=None, now=desk.now)
    agrees(desk, Step("lead"), Step("manager", 3600))
    raised = desk.raises()
    desk.sweep()
    assert desk.told(raised) == ["Omar"]
    assert desk.kinds(raised) == ["opened", "skipped", "told"]


def test_who_wants_no_disturbance_is_told_afterwards(desk: Desk) -> None:
    desk.quiet[desk.cast["Mina"].id] = desk.now + 20 * MINUTE
    raised = desk.raises()
    desk.sweep()
    assert desk.told(raised) == []
    assert desk.row(raised).waits_for == "quiet"
    desk.turn(minutes=20)
    assert desk.told(raised) == ["Mina"]


def test_quiet_for_longer_than_the_step_may_take_is_passed_over(desk: Desk) -> None:
    desk.quiet[desk.cast["Mina"].id] = desk.now + 20 * HOUR
    raised = desk.raises()
    desk.sweep()
    assert "skipped" in desk.kinds(raised)
    assert len(desk.notices(raised, CALL)) == 1


def test_at_the_highest_severity_a_quiet_step_is_passed_over_at_once_and_said(desk: Desk) -> None:
    desk.quiet[desk.cast["Mina"].id] = desk.now + MINUTE
    raised = desk.raises(severity=1)
    desk.sweep()
    events = [(one.kind, "quiet" in one.facts) for one in desk.events(raised)]
    assert events == [("opened", False), ("skipped", True), ("told", False)]
    assert len(desk.notices(raised, CALL)) == 1


def test_a_person_counts_in_their_own_hours(desk: Desk) -> None:
    """Mina works late today: her step is told in her own evening, and she has her own half hour for it."""
    agrees(desk, Step("lead", 0, Clock.PERSON), Step("manager", 1800, Clock.PERSON))
    works(desk, "Mina", new_york(18, 18), new_york(18, 22))
    works(desk, "Mina", new_york(19, 9), new_york(19, 12))
    works(desk, "Omar", new_york(19, 8), new_york(19, 16))
    raised = desk.raises()  # ten in the morning: she is not there yet
    desk.turn_to(new_york(18, 17, 59))
    assert desk.told(raised) == []
    desk.turn_to(new_york(18, 18))
    assert desk.told(raised) == ["Mina"]
    desk.turn_to(new_york(19, 7, 59))
    assert desk.told(raised) == ["Mina"]
    desk.turn_to(new_york(19, 8))
    assert desk.told(raised) == ["Mina", "Omar"]


def test_a_snooze_goes_on_where_it_was(desk: Desk) -> None:
    agrees(desk, Step("lead"), Step("channel", 600), Step("manager", 600))
    raised = desk.raises()
    desk.turn(minutes=12)
    assert len(desk.notices(raised, CALL)) == 1
    desk.does("Mina", escalations.snooze, raised, desk.now + 2 * HOUR)
    desk.turn(hours=1, minutes=59)
    assert desk.told(raised) == ["Mina"]
    desk.turn(minutes=1)
    assert desk.told(raised) == ["Mina", "Omar"]
    assert desk.kinds(raised)[-2:] == ["woken", "told"]


def test_an_acknowledgement_runs_out_is_asked_about_and_lapses(desk: Desk) -> None:
    agrees(desk, Step("lead"), Step("channel", 600), holds_s=7200)
    raised = desk.raises()
    desk.sweep()
    desk.takes("Mina", raised)
    desk.turn(hours=2)
    assert [notice.place for notice in desk.notices(raised, ASK)] == ["UMINA"]
    assert desk.row(raised).status == Status.ACKNOWLEDGED
    desk.turn(minutes=29)
    assert desk.told(raised) == ["Mina"]
    desk.turn(minutes=1)
    assert desk.row(raised).status == Status.OPEN
    assert desk.told(raised) == ["Mina", "Mina"]
    assert desk.kinds(raised)[-3:] == ["asked", "lapsed", "told"]


def test_still_mine_holds_it_as_long_again(desk: Desk) -> None:
    agrees(desk, Step("lead"), holds_s=7200)
    raised = desk.raises()
    desk.sweep()
    desk.takes("Mina", raised)
    desk.turn(hours=2)
    desk.does("Mina", escalations.keep, raised)
    desk.turn(hours=1, minutes=59)
    assert len(desk.notices(raised, ASK)) == 1
    desk.turn(minutes=1)
    assert len(desk.notices(raised, ASK)) == 2


def test_one_item_can_be_held_for_up_to_a_week(desk: Desk) -> None:
    raised = desk.raises()
    desk.sweep()
    desk.takes("Mina", raised)
    desk.does("Mina", escalations.hold_for, raised, 7 * 86_400)
    assert desk.row(raised).acknowledged_until == desk.now + timedelta(days=7)
    with pytest.raises(errors.Invalid):
        desk.does("Mina", escalations.hold_for, raised, 8 * 86_400)


def test_a_promise_is_spoken_of_before_it_is_due_and_climbs_when_it_is_broken(desk: Desk) -> None:
    due_at = desk.now + 2 * HOUR
    raised = desk.raises(promise="a call back", promise_due_at=due_at)
    desk.sweep()
    desk.takes("Mina", raised)
    desk.turn(hours=1, minutes=29)
    assert desk.notices(raised, ASK) == []
    desk.turn(minutes=1)
    assert len(desk.notices(raised, ASK)) == 1
    desk.turn(minutes=30)
    assert desk.row(raised).status == Status.OPEN
    assert desk.told(raised) == ["Mina", "Mina"]
    assert "promise_broken" in desk.kinds(raised)


def test_a_promise_that_is_kept_rests(desk: Desk) -> None:
    raised = desk.raises(promise="a call back", promise_due_at=desk.now + 2 * HOUR)
    desk.sweep()
    desk.takes("Mina", raised)
    desk.does("Mina", escalations.keep_promise, raised)
    desk.turn(hours=3)
    assert desk.notices(raised, ASK) == []
    assert desk.row(raised).status == Status.ACKNOWLEDGED


def test_a_department_outside_is_asked_about_when_it_is_due(desk: Desk) -> None:
    raised = desk.raises()
    desk.sweep()
    due_at = desk.now + 4 * HOUR
    desk.does("Mina", escalations.hand_outside, raised, "Legal", words="Please look", due_at=due_at)
    row = desk.row(raised)
    assert (row.status, row.owner_id, row.handed_to) == ("acknowledged", desk.cast["Mina"].id, "Legal")
    desk.turn(hours=4)
    assert "handed_due" in desk.kinds(raised)
    assert len(desk.notices(raised, ASK)) == 1


def test_handed_to_another_team_it_climbs_there(desk: Desk) -> None:
    other = desk.opens("Delivery", channel="C0000002", hours="24x7", timezone="Europe/Amsterdam")
    desk.joins("Sanne", Role.LEAD, other)
    raised = desk.raises()
    desk.sweep()
    desk.does("Mina", escalations.hand_to_team, raised, other, words="A parcel, not a refund", due_at=None)
    desk.sweep()
    row = desk.row(raised)
    assert (row.team_id, row.first_team_id, row.channel) == (other.id, desk.team.id, "C0000002")
    assert desk.told(raised) == ["Mina", "Sanne"]
    assert {notice.place for notice in desk.notices(raised, CARD)} == {"C0000001", "C0000002"}


def test_a_colleague_is_asked_first_and_then_it_climbs_on(desk: Desk) -> None:
    raised = desk.raises()
    desk.sweep()
    desk.does("Mina", escalations.assign, raised, desk.cast["Teo"].id, words="You know him")
    desk.sweep()
    assert desk.told(raised) == ["Mina", "Teo"]
    assert desk.row(raised).status == Status.OPEN
    desk.turn(minutes=15)
    assert desk.told(raised) == ["Mina", "Teo", "Mina"]


def test_somebody_who_is_gone_from_slack_is_passed_over_at_once(desk: Desk) -> None:
    raised = desk.raises()
    desk.sweep()
    with desk.store.transaction() as session:
        for _ in range(2):
            escalations.gone(session, desk.workspace_id, raised.escalation_id, "user_disabled", "UMINA", now=desk.now)
    desk.sweep()
    assert desk.kinds(raised) == ["opened", "told", "undelivered", "told"]
    assert len(desk.notices(raised, CALL)) == 1


def test_where_nobody_at_all_can_be_told_it_keeps_trying(desk: Desk) -> None:
    lonely = desk.opens("Lonely", hours="24x7", timezone="UTC")
    agrees_lonely = Policy((Step("lead"), Step("duty", 60), Step("channel", 60)))
    with desk.store.transaction() as session:
        escalations.set_policy(session, lonely, 3, agrees_lonely, now=desk.now)
    raised = desk.raises(team=lonely)
    desk.sweep()
    row = desk.row(raised)
    assert (row.waits_for, row.next_step_at) == ("nobody", desk.now + 30 * MINUTE)
    desk.joins("Kim", Role.LEAD, lonely)
    desk.turn(minutes=30)
    assert desk.told(raised) == ["Kim"]


def test_sweeping_twice_in_one_instant_tells_nobody_twice(desk: Desk) -> None:
    raised = desk.raises()
    assert desk.sweep() == 1
    assert desk.sweep() == 0
    assert desk.told(raised) == ["Mina"]
