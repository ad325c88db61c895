"""A review on its way to its agent, what may be disputed until when, and who decides; on both databases."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspm_core import disputes, duty, errors, people
from cspm_core.calendars import at_local
from cspm_core.calibrations.tables import QaCalibration
from cspm_core.disputes import State, windows
from cspm_core.disputes.rules import end_of_days, shifts
from cspm_core.duty import Plan, Whose
from cspm_core.people import Role
from cspm_core.qa import QaReview
from cspm_core.store import Store

from .review_stage import DAY, HOUR, MINUTE, MONDAY, ZONE, Office

MON, TUE, WED, THU, FRI = (date(2026, 11, 23) + n * DAY for n in range(5))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return at_local(day, time(hour, minute), ZONE)


@pytest.fixture
def office(store: Store, workspace_id: int) -> Office:
    return Office(store, workspace_id)


def shift(office: Office, name: str, *spans: tuple[datetime, datetime]) -> None:
    whose = Whose(office.workspace_id, office.team.id, office.cast[name].id, "csv")
    with office.store.transaction() as session:
        plans = [Plan(start, end, "phone") for start, end in spans]
        duty.apply(session, duty.compare(session, whose, plans, None, frozenset()), now=office.now)


def until(office: Office, told: datetime, days: int = 2, name: str = "Ada") -> datetime | None:
    with office.store.reading() as session:
        member = office.cast[name].id
        return windows.window(session, office.team, member, told, days, now=told).until


class TestTelling:
    def test_a_review_reaches_its_agent_ten_minutes_after_it_was_sent(self, office: Office):
        review = office.review(right=1)
        office.turn_to(MONDAY + 9 * MINUTE, step=MINUTE)
        assert office.told(disputes.TOLD) == []
        office.turn_to(MONDAY + 10 * MINUTE, step=MINUTE)
        assert office.told(disputes.TOLD) == [("Ada", MONDAY + 10 * MINUTE)]
        assert office.row(review).told_at == MONDAY + 10 * MINUTE
        assert office.kinds(review) == ["submitted", "told"]

    def test_in_the_last_hour_of_a_shift_it_waits_for_the_next_one(self, office: Office):
        office.now = at(MON, 15, 55)
        office.review()
        office.turn_to(at(TUE, 12))
        assert office.told(disputes.TOLD) == [("Ada", at(TUE, 9))]

    def test_at_the_weekend_it_waits_for_monday(self, office: Office):
        office.now = at(FRI, 16, 30)
        office.review()
        office.turn_to(at(MON + 7 * DAY, 10))
        assert office.told(disputes.TOLD) == [("Ada", at(MON + 7 * DAY, 9))]

    def test_a_shift_that_was_moved_meanwhile_moves_it_too(self, office: Office):
        office.review()
        shift(office, "Ada", (at(MON, 13), at(MON, 21)))
        office.turn_to(at(MON, 14))
        assert office.told(disputes.TOLD) == [("Ada", at(MON, 13))]

    def test_while_somebody_is_on_leave_for_weeks_it_waits(self, office: Office):
        office.is_away("Ada", MONDAY, at(MON + 35 * DAY, 9))
        office.review()
        office.turn_to(at(MON + 35 * DAY, 12), step=12 * HOUR)
        ((who, when),) = office.told(disputes.TOLD)
        assert who == "Ada"
        assert when >= at(MON + 35 * DAY, 9)

    def test_who_is_not_in_slack_is_told_by_nobody(self, office: Office):
        office.joins("Cleo", Role.AGENT, slack_user_id=None)
        review = office.review("Cleo")
        office.review("Somebody in the data")
        office.turn(days=1)
        assert office.told(disputes.TOLD) == []
        assert office.row(review).tell_at is None

    def test_a_calibration_tells_nobody(self, office: Office):
        review = office.review()
        with office.store.transaction() as session:
            row = session.get_one(QaReview, (office.workspace_id, review))
            round = QaCalibration(
                workspace_id=office.workspace_id, id=1, team_id=office.team.id, version_id=row.version_id,
                by_id=office.cast["Mina"].id, at=office.now, due_at=office.now + DAY,
            )  # fmt: skip
            session.add(round)
            session.flush()
            row.calibration_id = round.id
            assert disputes.announce(session, row, in_person=False, now=office.now) is None
        office.turn(hours=2)
        assert office.told(disputes.TOLD) == []

    def test_low_and_told_in_person_first_waits_for_the_talk(self, office: Office):
        review = office.review(right=1, tone=1, in_person=True)
        office.turn_to(at(WED, 12))
        assert office.told(disputes.TOLD) == []
        assert office.told(disputes.HELD) == [("Rita", MONDAY)]
        with office.store.transaction() as session:
            freed = disputes.told_in_person(
                session, office.workspace_id, office.cast["Ada"].id, office.asker("Rita"), now=office.now
            )
        assert freed == 1
        office.beat()
        assert office.told(disputes.TOLD) == [("Ada", at(WED, 12))]
        assert office.kinds(review) == ["submitted", "told", "told"]

    def test_without_a_talk_it_is_told_after_ten_working_days(self, office: Office):
        office.review(right=1, tone=1, in_person=True)
        office.turn_to(at(MON + 15 * DAY, 12), step=HOUR)
        assert office.told(disputes.TOLD) == [("Ada", at(MON + 14 * DAY, 9))]

    def test_a_review_that_is_not_low_waits_for_no_talk(self, office: Office):
        review = office.review(tone=2, in_person=True)
        assert office.row(review).in_person is False
        office.turn(hours=1)
        assert len(office.told(disputes.TOLD)) == 1

    def test_a_talk_of_a_lead_who_may_not_see_it_frees_nothing(self, office: Office):
        review = office.review(right=1, tone=1, in_person=True)
        with office.store.transaction() as session:
            ada = office.cast["Ada"].id
            assert disputes.told_in_person(session, office.workspace_id, ada, office.asker("Mina"), now=MONDAY) == 0
        with pytest.raises(errors.ReviewClosed), office.store.transaction() as session:
            disputes.tell_now(session, office.workspace_id, review, by=office.asker("Ada"), now=MONDAY)
        office.changes(person_figures="lead")
        with office.store.transaction() as session:
            assert disputes.told_in_person(session, office.workspace_id, ada, office.asker("Mina"), now=MONDAY) == 1
            assert not disputes.tell_now(session, office.workspace_id, review, by=office.asker("Rita"), now=MONDAY)

    def test_the_leads_hear_what_waits_for_a_talk_where_they_may_see_it(self, office: Office):
        office.changes(person_figures="lead")
        office.review(right=1, tone=1, in_person=True)
        office.beat()
        assert {who for who, _ in office.told(disputes.HELD)} == {"Mina", "Rita"}

    @pytest.mark.parametrize("hour", range(0, 24, 3))
    def test_it_never_comes_outside_a_shift_or_in_its_last_hour(self, office: Office, hour: int):
        office.now = at(MON, hour, 17)
        shift(office, "Ada", *((at(MON + n * DAY, 22), at(MON + (n + 1) * DAY, 6)) for n in range(3)))
        office.review()
        office.turn_to(at(WED, 8), step=10 * MINUTE)
        ((_, when),) = office.told(disputes.TOLD)
        assert when.astimezone(UTC).hour in {21, 22, 23, 0, 1, 2, 3}


class TestWindow:
    def test_it_ends_with_the_second_working_day_after(self, office: Office):
        assert until(office, at(MON, 10)) == at(WED, 17)

    def test_a_weekend_does_not_count(self, office: Office):
        assert until(office, at(FRI, 10)) == at(TUE + 7 * DAY, 17)

    def test_nor_does_a_holiday(self, office: Office):
        office.changes(holidays="NL")
        assert until(office, at(date(2026, 12, 24), 10)) == at(date(2026, 12, 29), 17)

    def test_the_clocks_may_change_meanwhile(self, office: Office):
        friday = date(2026, 10, 23)
        assert until(office, at(friday, 10)) == at(date(2026, 10, 27), 17)
        assert at(date(2026, 10, 27), 17).astimezone(UTC).hour == 16
        assert at(friday, 17).astimezone(UTC).hour == 15

    def test_absence_pauses_it(self, office: Office):
        office.is_away("Ada", at(TUE, 0), at(FRI, 0))
        assert until(office, at(MON, 10)) == at(MON + 7 * DAY, 17)

    def test_absence_for_most_of_a_day_pauses_it_and_for_an_hour_does_not(self, office: Office):
        office.is_away("Ada", at(TUE, 11), at(TUE, 17))
        office.is_away("Ada", at(WED, 9), at(WED, 10))
        assert until(office, at(MON, 10)) == at(THU, 17)

    def test_absence_that_becomes_known_while_it_runs_moves_its_end(self, office: Office):
        review = office.review(right=1)
        office.turn(minutes=30)
        assert office.row(review).disputable_until == at(WED, 17)
        office.is_away("Ada", at(TUE, 8), at(THU, 8))
        office.turn_to(at(FRI, 12))
        assert office.standing(review).may_dispute
        assert office.row(review).disputable_until == at(FRI, 17)
        office.turn_to(at(FRI, 17, 30))
        assert not office.standing(review).may_dispute
        assert office.row(review).disputable_until is None

    def test_the_agents_own_shifts_count_and_a_day_off_among_them_does_not(self, office: Office):
        shift(office, "Ada", (at(MON, 8), at(MON, 16)), (at(WED, 12), at(WED, 20)), (at(FRI, 6), at(FRI, 12)))
        assert until(office, at(MON, 10)) == at(FRI, 12)

    def test_a_night_shift_is_one_day_that_it_begins_on(self, office: Office):
        shift(office, "Ada", *((at(MON + n * DAY, 22), at(MON + (n + 1) * DAY, 6)) for n in range(4)))
        assert until(office, at(TUE, 1)) == at(THU, 6)

    def test_a_team_that_never_closes_has_days_that_end_at_midnight(self, office: Office):
        office.changes(hours="24x7")
        assert until(office, at(MON, 10)) == at(THU, 0)

    def test_no_days_is_for_ever_and_long_leave_has_no_end_in_sight(self, office: Office):
        assert until(office, at(MON, 10), days=0) is None
        office.is_away("Ada", at(TUE, 0), at(TUE + 300 * DAY, 0))
        assert until(office, at(MON, 10)) is None

    def test_after_it_nothing_can_be_disputed_but_still_confirmed(self, office: Office):
        review = office.review(right=1)
        office.turn_to(at(THU, 9))
        with pytest.raises(errors.WindowOver) as over:
            office.disputes_it(review)
        assert over.value.at == at(WED, 17)
        with office.store.transaction() as session:
            assert disputes.confirm(session, office.workspace_id, review, by=office.asker("Ada"), now=office.now)

    @given(st.integers(0, 60 * 24 * 20), st.integers(1, 5))
    def test_it_never_ends_before_as_many_whole_days_of_work(self, minutes: int, days: int):
        nine = [(at(MON + n * DAY, 9), at(MON + n * DAY, 17)) for n in range(60) if (MON + n * DAY).weekday() < 5]
        told = at(MON, 0) + timedelta(minutes=minutes)
        plan = shifts(tuple(nine), lambda day: at(day, 0), lambda one: (one + HOUR).date())
        end = end_of_days(plan, plan, lambda one: (one + HOUR).date(), told, days)
        assert end is not None
        whole = [one for one in nine if one[0] > told and one[1] <= end and one[0].date() != (told + HOUR).date()]
        assert len(whole) == days
        assert end == whole[-1][1]


class TestConfirming:
    def test_it_is_read_once_by_whose_it_is(self, office: Office):
        review = office.review(right=1)
        with pytest.raises(errors.ReviewClosed), office.store.transaction() as session:
            disputes.confirm(session, office.workspace_id, review, by=office.asker("Ada"), now=office.now)
        office.turn(hours=1)
        for who in ("Teo", "Rita", "Mina"):
            with pytest.raises(errors.ReviewClosed), office.store.transaction() as session:
                disputes.confirm(session, office.workspace_id, review, by=office.asker(who), now=office.now)
        with office.store.transaction() as session:
            ada = office.asker("Ada")
            assert disputes.confirm(session, office.workspace_id, review, by=ada, now=office.now)
            assert not disputes.confirm(session, office.workspace_id, review, by=ada, now=office.now)
        assert office.kinds(review) == ["submitted", "told", "confirmed"]
        assert office.standing(review).may_dispute


class TestDisputing:
    def test_it_needs_a_comment_and_what_would_be_right(self, office: Office):
        review = office.review(right=1, tone=2)
        office.turn(hours=1)
        for facts, field in (
            ({"comment": "  "}, "comment"),
            ({"proposed": {}}, "proposed"),
            ({"proposed": {"safe": 2.0}}, "proposed"),
            ({"proposed": {"right": 1.0}}, "proposed"),
            ({"proposed": {"tone": 4.0}}, "proposed"),
            ({"proposed": {"unknown": 2.0}}, "proposed"),
        ):
            with pytest.raises(errors.Invalid) as wrong:
                office.disputes_it(review, **facts)
            assert wrong.value.field == field
        assert office.disputes_it(review, proposed={}, is_not_mine=True)

    def test_a_review_is_disputed_once_for_good(self, office: Office):
        review = office.review(right=1)
        office.turn(hours=1)
        dispute = office.disputes_it(review)
        with pytest.raises(errors.Disputed):
            office.disputes_it(review)
        office.decides(dispute, "Rita", "rejected")
        with pytest.raises(errors.Disputed):
            office.disputes_it(review)

    def test_only_whose_review_it_is_may(self, office: Office):
        review = office.review(right=1)
        office.turn(hours=1)
        for who in ("Teo", "Rita", "Mina"):
            with pytest.raises(errors.ReviewClosed):
                office.disputes_it(review, who)


class TestDeciding:
    def disputed(self, office: Office, **facts: object) -> tuple[int, int]:
        review = office.review(right=1, tone=1)
        office.turn(hours=1)
        given = {"proposed": {"right": 3.0, "tone": 3.0}, **facts}
        return review, office.disputes_it(review, **given)

    def test_accepted_the_score_changes_and_every_version_stays(self, office: Office):
        review, dispute = self.disputed(office)
        assert office.row(review).score == pytest.approx(25)
        office.decides(dispute, "Rita", "accepted")
        row = office.row(review)
        assert (row.score, row.revision) == (pytest.approx(100), 2)
        found = office.standing(review)
        assert found.state is State.ACCEPTED
        assert found.objection is not None
        assert found.objection.score_before == pytest.approx(25)
        assert [one.facts["score"] for one in found.review.happened if "score" in one.facts] == [
            pytest.approx(25),
            pytest.approx(100),
        ]

    def test_accepted_in_part_changes_what_was_chosen(self, office: Office):
        review, dispute = self.disputed(office)
        office.decides(dispute, "Rita", "accepted_in_part", criteria=("right",))
        found = office.standing(review)
        assert found.state is State.ACCEPTED_IN_PART
        assert found.objection is not None
        assert found.objection.accepted == ("right",)
        assert found.review.scored.score == pytest.approx(75)
        assert [one.score for one in found.review.answers] == [3, 1, 2]

    def test_rejected_it_stands_as_it_was(self, office: Office):
        review, dispute = self.disputed(office)
        office.decides(dispute, "Rita", "rejected")
        assert office.row(review).revision == 1
        assert office.kinds(review)[-1] == "rejected"
        assert office.events(review)[-1].facts["reason"] == "I looked again."

    def test_a_verdict_needs_a_reason_and_a_part_is_a_part(self, office: Office):
        _, dispute = self.disputed(office)
        for facts, field in (
            ({"status": "rejected", "reason": " "}, "reason"),
            ({"status": "open"}, "verdict"),
            ({"status": "accepted_in_part"}, "criteria"),
            ({"status": "accepted_in_part", "criteria": ("safe",)}, "criteria"),
            ({"status": "accepted_in_part", "criteria": ("right", "tone")}, "criteria"),
        ):
            with pytest.raises(errors.Invalid) as wrong:
                office.decides(dispute, "Rita", **facts)  # type: ignore[arg-type]
            assert wrong.value.field == field

    def test_not_my_ticket_goes_to_whose_it_was_who_is_told(self, office: Office):
        review, dispute = self.disputed(office, proposed={}, is_not_mine=True)
        office.decides(dispute, "Rita", "accepted", agent_id=office.identity("Teo"))
        office.turn(hours=1)
        assert [who for who, _ in office.told(disputes.TOLD)] == ["Ada", "Teo"]
        with office.store.reading() as session:
            read = disputes.for_agent
            ada, teo = (
                read(session, office.workspace_id, review, office.cast[one].id, now=office.now)
                for one in ("Ada", "Teo")
            )
        assert ada.state is State.MOVED
        assert teo.state is State.TOLD
        assert teo.objection is None
        assert [one.kind for one in teo.review.happened] == ["moved", "told"]
        assert not teo.may_dispute
        with pytest.raises(errors.ReviewClosed), office.store.reading() as session:
            disputes.look(session, office.workspace_id, review, office.asker("Ada"), now=office.now)

    def test_not_my_ticket_and_nobodys_here_takes_it_out(self, office: Office):
        review, dispute = self.disputed(office, proposed={}, is_not_mine=True)
        office.decides(dispute, "Rita", "accepted")
        assert office.row(review).stratum == "withdrawn"
        assert office.events(review)[-1].facts["stratum"] == "random"

    def test_it_cannot_become_the_work_of_whom_it_was_or_who_reviewed_it(self, office: Office):
        review, dispute = self.disputed(office, proposed={}, is_not_mine=True)
        with pytest.raises(errors.Invalid):
            office.decides(dispute, "Rita", "accepted", agent_id=office.identity("Ada"))
        with pytest.raises(errors.OwnWork):
            office.decides(dispute, "Rita", "accepted", agent_id=office.identity("Rita"))
        assert office.dispute(review).status == "open"

    def test_the_agent_hears_the_outcome_and_so_does_a_reviewer_who_did_not_decide(self, office: Office):
        office.changes(person_figures="lead")
        _, dispute = self.disputed(office)
        office.decides(dispute, "Mina", "accepted")
        office.beat()
        assert {who for who, _ in office.told(disputes.OUTCOME)} == {"Ada", "Rita"}

    def test_of_two_who_decide_at_once_one_does_and_the_other_is_told_who(self, office: Office):
        office.changes(person_figures="lead")
        review, dispute = self.disputed(office)
        line = threading.Barrier(2)

        def decide(who: str, status: str) -> str:
            line.wait()
            try:
                office.decides(dispute, who, status)
            except errors.Decided as decided:
                return decided.by
            return "done"

        with ThreadPoolExecutor(2) as pool:
            said = list(pool.map(decide, ("Rita", "Mina"), ("accepted", "rejected")))
        assert said in (["done", "Rita"], ["Mina", "done"])
        row = office.dispute(review)
        assert row.decided_by == office.cast["Rita" if said[0] == "done" else "Mina"].id
        verdicts = [one for one in office.kinds(review) if one in ("accepted", "rejected")]
        assert verdicts == [row.status]

    def test_nobody_decides_about_their_own_review(self, office: Office):
        office.joins("Ada", Role.LEAD)
        office.changes(person_figures="lead")
        _, dispute = self.disputed(office)
        with pytest.raises(errors.NotYourDispute):
            office.decides(dispute, "Ada", "accepted")

    def test_a_low_score_that_was_raised_keeps_its_root_causes_only_below_the_best_point(self, office: Office):
        review, dispute = self.disputed(office, proposed={"right": 2.0, "tone": 3.0})
        office.decides(dispute, "Rita", "accepted")
        answers = {one.criterion: one for one in office.standing(review).review.answers}
        assert (answers["right"].score, answers["right"].causes) == (2, ("Knowledge",))
        assert (answers["tone"].score, answers["tone"].causes) == (3, ())

    def test_a_lead_decides_from_when_it_is_put_to_them(self, office: Office):
        _, dispute = self.disputed(office)
        for who in ("Mina", "Omar", "Teo"):
            with pytest.raises(errors.NotYourDispute):
                office.decides(dispute, who, "rejected")
        office.turn_to(at(WED, 12))
        with pytest.raises(errors.NotYourDispute):
            office.decides(dispute, "Omar", "rejected")
        office.decides(dispute, "Mina", "rejected")


class TestClimbing:
    def test_it_reminds_after_a_working_day_and_climbs_after_another(self, office: Office):
        review = office.review(right=1)
        office.turn_to(at(MON, 11))
        office.disputes_it(review)
        office.turn_to(at(TUE + 7 * DAY, 12))
        assert office.told(disputes.DECIDE) == [
            ("Rita", at(MON, 11)),
            ("Rita", at(TUE, 11)),
            ("Mina", at(WED, 11)),
            ("Mina", at(THU, 11)),
            ("Omar", at(FRI, 11)),
            ("Omar", at(MON + 7 * DAY, 11)),
        ]
        assert [one for one in office.kinds(review) if one in ("reminded", "climbed")] == [
            "reminded",
            "climbed",
            "reminded",
            "climbed",
            "reminded",
        ]
        office.turn_to(at(MON + 14 * DAY, 12))
        assert office.told(disputes.DECIDE)[6:] == [("Omar", at(MON + 14 * DAY, 11))]

    def test_once_decided_nobody_is_reminded(self, office: Office):
        review = office.review(right=1)
        office.turn_to(at(MON, 11))
        office.decides(office.disputes_it(review), "Rita", "rejected")
        office.turn_to(at(FRI, 12))
        assert [who for who, _ in office.told(disputes.DECIDE)] == ["Rita"]

    def test_a_reviewer_who_leads_the_team_passes_it_on_to_the_manager(self, office: Office):
        review = office.review(right=1, by="Mina")
        office.turn_to(at(MON, 11))
        office.disputes_it(review)
        office.turn_to(at(WED, 12))
        assert [who for who, _ in office.told(disputes.DECIDE)] == ["Mina", "Mina", "Omar"]

    def test_a_reviewer_who_is_away_for_days_is_passed_over(self, office: Office):
        office.is_away("Rita", MONDAY, at(FRI, 9))
        review = office.review(right=1)
        office.turn_to(at(MON, 11))
        office.disputes_it(review)
        office.beat()
        assert office.told(disputes.DECIDE) == [("Mina", at(MON, 11))]

    def test_a_reviewer_who_left_is_passed_over(self, office: Office):
        review = office.review(right=1)
        office.turn_to(at(MON, 11))
        with office.store.transaction() as session:
            rita = office.cast["Rita"]
            people.join_team(
                session, office.team, rita, Role.QA_REVIEWER, now=office.now, from_day=date(2026, 1, 1),
                to_day=date(2026, 11, 1),
            )  # fmt: skip
        office.disputes_it(review)
        office.beat()
        assert office.told(disputes.DECIDE) == [("Mina", at(MON, 11))]

    def test_where_the_agent_is_the_only_lead_it_goes_past_them(self, office: Office):
        review = office.review("Mina", right=1)
        office.turn_to(at(MON, 11))
        office.disputes_it(review, "Mina")
        office.turn_to(at(WED, 12))
        assert [who for who, _ in office.told(disputes.DECIDE)] == ["Rita", "Rita", "Omar"]


class TestLooking:
    def test_who_may_look_at_a_review(self, office: Office):
        review = office.review(right=1)

        def may(who: str) -> bool:
            try:
                with office.store.reading() as session:
                    disputes.look(session, office.workspace_id, review, office.asker(who), now=office.now)
            except errors.ReviewClosed:
                return False
            return True

        assert [who for who in office.cast if may(who)] == ["Rita"]
        office.turn(hours=1)
        assert [who for who in office.cast if may(who)] == ["Rita", "Ada"]
        office.disputes_it(review)
        office.turn_to(at(WED, 12))
        assert [who for who in office.cast if may(who)] == ["Mina", "Rita", "Ada"]

    def test_an_agent_reads_who_reviewed_only_where_the_team_shows_it(self, office: Office):
        office.plans(shows_reviewer=False)
        review = office.review(right=1)
        office.turn(hours=1)
        office.decides(office.disputes_it(review), "Rita", "rejected")
        with office.store.reading() as session:
            own = disputes.look(session, office.workspace_id, review, office.asker("Ada"), now=office.now)
        assert own.review.reviewer == ""
        assert own.objection is not None
        assert own.objection.decided_by == ""
        assert "Rita" not in {one.by for one in own.review.happened}

    def test_my_reviews_are_those_i_was_told(self, office: Office):
        first = office.review(right=1)
        office.turn(hours=2)
        office.review(tone=1)
        with office.store.reading() as session:
            ada = office.cast["Ada"].id
            assert [one.review.id for one in disputes.mine(session, office.workspace_id, ada, now=office.now)] == [
                first
            ]
        office.turn(hours=1)
        with office.store.reading() as session:
            assert len(disputes.mine(session, office.workspace_id, ada, now=office.now)) == 2
            assert disputes.mine(session, office.workspace_id, ada, now=office.now + 100 * DAY) == []


class TestAwaiting:
    def waiting(self, office: Office, who: str) -> list[tuple[str, bool]]:
        with office.store.reading() as session:
            found = disputes.awaiting(session, office.workspace_id, office.asker(who), now=office.now)
        return [(one.kind, one.done_at is not None) for one in found]

    def test_a_review_waits_to_be_read_and_a_dispute_to_be_decided(self, office: Office):
        review = office.review(right=1)
        assert self.waiting(office, "Ada") == []
        office.turn(hours=1)
        assert self.waiting(office, "Ada") == [("review_to_read", False)]
        dispute = office.disputes_it(review)
        assert self.waiting(office, "Ada") == []
        assert self.waiting(office, "Rita") == [("dispute", False)]
        assert self.waiting(office, "Mina") == []
        office.turn_to(at(WED, 12))
        assert self.waiting(office, "Mina") == [("dispute", False)]
        office.decides(dispute, "Mina", "rejected")
        assert self.waiting(office, "Mina") == [("dispute", True)]
        assert self.waiting(office, "Rita") == []

    def test_what_was_confirmed_today_is_done(self, office: Office):
        review = office.review()
        office.turn(hours=1)
        with office.store.transaction() as session:
            disputes.confirm(session, office.workspace_id, review, by=office.asker("Ada"), now=office.now)
        assert self.waiting(office, "Ada") == [("review_to_read", True)]
        office.now = at(TUE, 10)
        assert self.waiting(office, "Ada") == []
