"""What should have moved and has not is found, set going again within bounds, and told once while it lasts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from cspm_core import errors, escalations, notices, people
from cspm_core.escalations import CARD, DIRECT, Escalation, Raised, Status, lateness, selftest, watching
from cspm_core.escalations.lateness import Late, Why
from cspm_core.notices import Notice
from cspm_core.people import Role
from cspm_core.store import Store

from .escalation_stage import HOUR, MINUTE, Desk


@pytest.fixture
def desk(store: Store, workspace_id: int) -> Desk:
    return Desk(store, workspace_id)


def late(desk: Desk, **given: Any) -> list[Late]:
    with desk.store.reading() as session:
        return lateness.late(session, now=desk.now, **{"real_now": desk.now, **given})


def whys(desk: Desk) -> list[Why]:
    return [one.why for one in late(desk)]


def breaks(desk: Desk, raised: Raised, **columns: Any) -> None:
    """Something outside our own verbs writes a column."""
    with desk.store.transaction() as session:
        session.exec(update(Escalation).where(col(Escalation.id) == raised.escalation_id).values(**columns))


def delivers(desk: Desk, raised: Raised, kinds: tuple[str, ...] = (CARD, DIRECT)) -> None:
    """Slack shows all messages of an escalation."""
    with desk.store.transaction() as session:
        for notice in session.exec(select(Notice).where(Notice.subject_id == raised.escalation_id)).all():
            if notice.kind in kinds:
                notice.shown, notice.slack_ts, notice.shown_at = notice.version, "1.1", desk.now
                session.add(notice)


def sets_going(desk: Desk) -> list[bool]:
    found = late(desk)
    with desk.store.transaction() as session:
        return [watching.set_going(session, one, now=desk.now) for one in found]


def test_what_moves_in_time_is_not_late(desk: Desk):
    raised = desk.raises()
    assert late(desk) == []
    desk.sweep()
    delivers(desk, raised)
    desk.now += timedelta(minutes=30)
    assert late(desk) == []


def test_a_clock_that_nobody_followed_is_late_since_then(desk: Desk):
    raised = desk.raises(severity=1)
    desk.sweep()
    delivers(desk, raised)
    due_at = desk.row(raised).next_at
    assert due_at is not None
    desk.now = due_at + timedelta(minutes=2)
    assert late(desk) == []
    desk.now += timedelta(seconds=1)
    (one,) = late(desk)
    assert (one.why, one.since, one.number) == (Why.CLOCK, due_at, raised.number)
    assert not one.stays(desk.now)
    assert one.stays(due_at + timedelta(minutes=10))
    assert sets_going(desk) == [False], "the sweep looks at it anyway"


@pytest.mark.parametrize(
    ("taken", "columns", "why"),
    [
        (False, {"next_at": None}, Why.LOST),
        (False, {"next_at": None, "next_step_at": None}, Why.STILL),
        (True, {"next_at": None, "acknowledged_until": None}, Why.ENDLESS),
    ],
)
def test_what_would_never_move_again_is_found_and_set_going(desk: Desk, taken: bool, columns: dict[str, Any], why: Why):
    raised = desk.raises()
    desk.sweep()
    delivers(desk, raised)
    if taken:
        desk.takes("Ada", raised)
        delivers(desk, raised)
    breaks(desk, raised, **columns)
    desk.now += 3 * HOUR
    assert whys(desk) == [why]
    assert sets_going(desk) == [True]
    assert whys(desk) in ([], [Why.CLOCK])
    assert desk.kinds(raised)[-1] == "watched"
    desk.sweep()
    assert desk.kinds(raised)[-1] == ("asked" if taken else "told")


def test_what_breaks_again_and_again_is_set_going_three_times_an_hour(desk: Desk):
    raised = desk.raises()
    desk.sweep()
    delivers(desk, raised)
    going = []
    for _ in range(5):
        breaks(desk, raised, next_at=None, next_step_at=None)
        going += sets_going(desk)
        desk.now += MINUTE
    assert going == [True, True, True, False, False]
    desk.now += HOUR
    breaks(desk, raised, next_at=None, next_step_at=None)
    assert sets_going(desk)[0] is True


def test_a_message_that_is_not_in_slack_after_five_minutes_is_late_and_tried_at_once(desk: Desk):
    raised = desk.raises()
    desk.sweep()
    delivers(desk, raised, (CARD,))
    (notice,) = desk.notices(raised)
    with desk.store.transaction() as session:
        claimed = notices.claim(session, desk.workspace_id, notice.id, "t", now=desk.now, real_now=desk.now)
        assert claimed
        notices.later(session, claimed, retry_at=desk.now + 10 * HOUR)
    desk.now += timedelta(minutes=5)
    assert late(desk) == []
    desk.now += timedelta(seconds=1)
    (one,) = late(desk)
    assert (one.why, one.since, one.notice_id) == (Why.UNSHOWN, notice.due_at, notice.id)
    assert sets_going(desk) == [True]
    with desk.store.reading() as session:
        assert (desk.workspace_id, notice.id) in notices.due(session, now=desk.now, real_now=desk.now)


def test_an_update_that_is_new_is_not_late_however_old_its_message(desk: Desk):
    raised = desk.raises()
    desk.sweep()
    delivers(desk, raised)
    desk.now += HOUR / 2
    desk.takes("Ada", raised)
    assert late(desk) == []


def test_a_claim_without_an_end_is_found_on_real_time(desk: Desk):
    raised = desk.raises()
    desk.sweep()
    delivers(desk, raised, (CARD,))
    (notice,) = desk.notices(raised)
    with desk.store.transaction() as session:
        assert notices.claim(session, desk.workspace_id, notice.id, "t", now=desk.now, real_now=desk.now)
    desk.now += timedelta(minutes=8)
    assert whys(desk) == [Why.HELD]
    assert sets_going(desk) == [True]
    with desk.store.reading() as session:
        row = session.get_one(Notice, (desk.workspace_id, notice.id))
        assert (row.claim, row.claimed_until) == ("t", None), "Slack is asked first whether it stands there"


@pytest.mark.parametrize(("code", "again"), [("accident", True), ("user_not_found", False), ("moot", None)])
def test_a_message_that_was_given_up_is_late_until_another_reaches_somebody(desk: Desk, code: str, again: bool | None):
    raised = desk.raises()
    desk.sweep()
    (notice,) = desk.notices(raised)
    with desk.store.transaction() as session:
        session.exec(update(Notice).where(col(Notice.kind) == CARD).values(shown=9, slack_ts="1.1"))
        session.exec(update(Notice).where(col(Notice.id) == notice.id).values(failed=code))
    desk.now += timedelta(minutes=6)
    found = late(desk)
    assert [(one.why, one.code) for one in found] == ([] if again is None else [(Why.FAILED, code)])
    if again is not None:
        assert sets_going(desk) == [again]
    desk.turn(hours=1)
    with desk.store.transaction() as session:
        session.exec(update(Notice).where(col(Notice.id) > notice.id).values(shown=99, slack_ts="1.2"))
    assert Why.FAILED not in whys(desk)


def test_what_is_over_is_never_late(desk: Desk):
    raised = desk.raises()
    desk.sweep()
    desk.does("Mina", escalations.resolve, raised, escalations.Ending())
    desk.now += 5 * HOUR
    assert late(desk) == []


def reports(desk: Desk) -> list[Notice]:
    with desk.store.reading() as session:
        return list(session.exec(select(Notice).where(Notice.kind == watching.REPORT).order_by(col(Notice.id))))


def reported(desk: Desk) -> None:
    stays = [one for one in late(desk) if one.stays(desk.now)]
    with desk.store.transaction() as session:
        watching.report(session, desk.workspace_id, stays, now=desk.now)


def test_admins_are_told_once_while_it_lasts_and_that_it_is_over(desk: Desk):
    raised = desk.raises(severity=1)
    with desk.store.transaction() as session:
        facts = {"slack_user_id": "UROOT", "role": Role.ADMIN}
        people.add_member(session, desk.workspace_id, "Root", now=desk.now, **facts)
    reported(desk)
    assert reports(desk) == []
    desk.now += timedelta(minutes=12)
    reported(desk)
    reported(desk)
    (told,) = reports(desk)
    assert (told.place, told.subject_id, told.version) == ("UROOT", 1, 2)
    desk.sweep()
    delivers(desk, raised)
    reported(desk)
    reported(desk)
    (told,) = reports(desk)
    assert (told.expires_at, told.version) == (desk.now, 3)
    due_at = desk.row(raised).next_at
    assert due_at is not None
    desk.now = due_at + timedelta(minutes=12)
    reported(desk)
    assert [one.subject_id for one in reports(desk)] == [1, 2]


def test_where_there_is_no_admin_the_leads_are_told(desk: Desk):
    desk.raises(severity=1)
    desk.now += timedelta(minutes=12)
    reported(desk)
    assert [one.place for one in reports(desk)] == ["UMINA"]


def begins(desk: Desk, name: str = "Mina") -> Raised:
    with desk.store.transaction() as session:
        return selftest.begin(session, desk.team, desk.cast[name], "Self-test", now=desk.now)


def test_a_self_test_goes_to_one_person_alone_and_tells_how_long_each_part_took(desk: Desk):
    desk.now += 12 * HOUR  # in the night, too
    raised = begins(desk)
    with desk.store.reading() as session:
        assert [one.id for one in selftest.running(session)] == [raised.escalation_id]
    desk.sweep()
    assert desk.told(raised) == ["Mina"]
    assert desk.notices(raised, CARD) == []
    desk.now += timedelta(seconds=2)
    delivers(desk, raised)
    desk.now += timedelta(seconds=5)
    desk.takes("Mina", raised)
    with desk.store.transaction() as session:
        assert selftest.finish(session, desk.workspace_id, raised.escalation_id, now=desk.now)
        assert not selftest.finish(session, desk.workspace_id, raised.escalation_id, now=desk.now)
    with desk.store.reading() as session:
        told = selftest.outcome(session, desk.workspace_id, raised.escalation_id)
    assert (told.shown_s, told.pressed_s, told.is_over) == (2, 5, True)
    assert desk.row(raised).status == Status.RESOLVED
    with desk.store.reading() as session:
        standing = escalations.standing(session, desk.team, since=desk.now - HOUR, now=desk.now)
    assert (standing.open, standing.resolved) == (0, 0)


def test_a_self_test_that_nobody_presses_ends_after_ten_minutes(desk: Desk):
    raised = begins(desk)
    desk.turn(minutes=9)
    with desk.store.transaction() as session:
        assert not selftest.finish(session, desk.workspace_id, raised.escalation_id, now=desk.now)
    desk.turn(minutes=1)
    with desk.store.transaction() as session:
        assert selftest.finish(session, desk.workspace_id, raised.escalation_id, now=desk.now)
        told = selftest.outcome(session, desk.workspace_id, raised.escalation_id)
    assert (told.shown_s, told.pressed_s, told.told) == (None, None, True)
    assert desk.told(raised) == ["Mina"]
    assert [one.place for one in desk.notices(raised, selftest.RESULT)] == ["UMINA"]


def test_nobody_without_an_account_tests(desk: Desk):
    desk.joins("Ghost", Role.LEAD, slack_user_id=None)
    with pytest.raises(errors.UnknownMember), desk.store.transaction() as session:
        selftest.begin(session, desk.team, desk.cast["Ghost"], "Self-test", now=desk.now)


def test_how_it_stood_at_an_instant_stays_what_it_was(desk: Desk):
    first, second = desk.raises("One", severity=1), desk.raises("Two", severity=4)
    desk.turn(hours=1)
    at = desk.now
    with desk.store.reading() as session:
        before = escalations.standing(session, desk.team, since=at - HOUR, now=at)
    assert (before.open, before.overdue, before.oldest_number, before.resolved) == (2, 1, first.number, 0)
    desk.turn(minutes=10)
    desk.takes("Mina", first)
    desk.does("Mina", escalations.resolve, second, escalations.Ending())
    desk.raises("Three")
    with desk.store.reading() as session:
        assert escalations.standing(session, desk.team, since=at - HOUR, now=at) == before
        after = escalations.standing(session, desk.team, since=at, now=desk.now)
    assert (after.open, after.overdue, after.resolved) == (2, 0, 1)
