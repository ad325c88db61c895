"""Detectors raise what is true, once, with its true time, and never what is over; counted by hand on both databases."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select

from cspm_core import detectors, duty, errors, people, tickets
from cspm_core.detectors import BurstTicket, Kind, TicketTake
from cspm_core.store import Store
from cspm_core.tickets import Ticket

from .detector_stage import HOUR, MINUTE, MON, TUE, WED, Stage, at, stage_of, ticket


@pytest.fixture
def stage(store: Store, workspace_id: int) -> Stage:
    """A live help desk since Monday at 8; the detectors have looked once."""
    stage = stage_of(store, workspace_id)
    stage.tells(at(MON, 9))
    stage.runs(at(MON, 9))
    return stage


def urgent(key: str = "1", created: datetime | None = None, **facts: object):
    """Created at 10:00, due at 14:00: 75 % is used at 13:00, 90 % at 13:36."""
    due = {"first_response_due_at": at(MON, 14), **facts}
    return ticket(key, created or at(MON, 10), priority="Urgent", **due)


def id_of(stage: Stage, key: str) -> int:
    with stage.store.reading() as session:
        return session.exec(select(Ticket.id).where(Ticket.key == key)).one()


def test_an_urgent_ticket_is_raised_once_when_three_quarters_of_its_time_are_used(stage: Stage):
    stage.tells(at(MON, 12, 59), urgent())
    assert stage.runs(at(MON, 12, 59)) == []
    assert len(stage.runs(at(MON, 13))) == 1
    assert stage.runs(at(MON, 13, 1)) == []
    (one,) = stage.escalations()
    assert (one.rule, one.severity, one.kind, one.ticket_key) == ("urgent_at_risk", 2, "sla", "1")
    assert one.happened_at == at(MON, 13)
    facts = json.loads(one.rule_facts)
    assert (facts["metric"], facts["share"], facts["is_past_due"]) == ("first_response", 75, False)
    assert one.count == 1


def test_the_next_look_is_at_the_very_next_step(stage: Stage):
    stage.tells(at(MON, 12, 59), urgent())
    sight = stage.looks(at(MON, 12, 59))
    assert sight
    assert sight.next_at == at(MON, 13)
    stage.runs(at(MON, 12, 59), sight)
    with stage.store.reading() as session:
        team = people.team(session, stage.team.workspace_id, stage.team.id)
        assert not detectors.is_wanting(session, team, now=at(MON, 12, 59) + 30 * timedelta(seconds=1))
        assert detectors.is_wanting(session, team, now=at(MON, 13))


def test_news_is_looked_at_at_once(stage: Stage):
    stage.runs(at(MON, 9, 1))
    stage.tells(at(MON, 9, 2), urgent())
    with stage.store.reading() as session:
        team = people.team(session, stage.team.workspace_id, stage.team.id)
        assert detectors.is_wanting(session, team, now=at(MON, 9, 2))


@pytest.mark.parametrize("over", [{"first_response_at": at(MON, 12)}, {"solved_at": at(MON, 12)}])
def test_what_is_answered_or_solved_raises_nothing(stage: Stage, over: dict[str, datetime]):
    stage.tells(at(MON, 15), urgent(**over))
    assert stage.runs(at(MON, 15)) == []


def test_what_was_answered_between_the_look_and_the_alarm_raises_nothing(stage: Stage):
    stage.tells(at(MON, 13), urgent())
    sight = stage.looks(at(MON, 13))
    assert sight
    assert len(sight.found) == 1
    stage.tells(at(MON, 13, 1), urgent(first_response_at=at(MON, 13, 1)))
    assert stage.runs(at(MON, 13, 1), sight) == []
    assert stage.escalations() == []
    assert stage.alarms() == []


def test_after_an_outage_the_true_time_of_the_breach_is_told_and_what_is_over_is_not(stage: Stage):
    late, saved = urgent("1"), urgent("2", first_response_at=at(MON, 16))
    stage.tells(at(TUE, 11), late, saved)
    stage.runs(at(TUE, 11))
    (one,) = stage.escalations()
    assert (one.ticket_key, one.happened_at, one.opened_at) == ("1", at(MON, 14), at(TUE, 11))
    assert json.loads(one.rule_facts)["is_past_due"]


def test_what_came_true_before_the_detectors_began_is_no_alarm(store: Store, workspace_id: int):
    stage = stage_of(store, workspace_id)
    stage.tells(at(MON, 13, 30), urgent())
    assert stage.runs(at(MON, 13, 30)) == []
    assert stage.runs(at(MON, 13, 40)) == []
    assert len(stage.cards()) == 1, "the card shows it"


def test_a_target_that_moves_raises_again_only_for_the_new_time(stage: Stage):
    stage.tells(at(MON, 13), urgent())
    stage.runs(at(MON, 13))
    sooner = urgent(first_response_due_at=at(MON, 13, 30))
    stage.tells(at(MON, 13, 5), sooner)
    stage.runs(at(MON, 13, 5))
    stage.runs(at(MON, 13, 6))
    (one,) = stage.escalations()
    assert one.count == 2
    assert len(stage.alarms()) == 2


def test_a_vip_is_found_by_tier_or_tag_and_others_are_not(stage: Stage):
    due = {"first_response_due_at": at(MON, 14)}
    stage.tells(
        at(MON, 13),
        ticket("tier", at(MON, 10), tier="VIP", **due),
        ticket("tag", at(MON, 10), tags="refund, vip", **due),
        ticket("none", at(MON, 10), priority="normal", tags="vipers", **due),
    )
    stage.runs(at(MON, 13))
    assert sorted(one.ticket_key for one in stage.escalations()) == ["tag", "tier"]


def test_a_breach_is_raised_after_half_an_hour_of_work_in_which_nobody_took_it(stage: Stage):
    stage.sets(Kind.BREACH, at(MON, 9))
    due = {"first_response_due_at": at(MON, 16, 45)}
    stage.tells(at(TUE, 9, 14), ticket("1", at(MON, 10), **due), ticket("2", at(MON, 10), **due))
    stage.runs(at(MON, 16, 50))
    with stage.store.transaction() as session:
        detectors.take(session, stage.team, id_of(stage, "2"), stage.agent, now=at(MON, 16, 50))
    assert stage.runs(at(TUE, 9, 14)) == [], "a quarter of an hour on Monday, 14 minutes on Tuesday"
    stage.tells(at(TUE, 9, 15))
    stage.runs(at(TUE, 9, 15))
    (one,) = stage.escalations()
    assert (one.ticket_key, one.happened_at, one.severity) == ("1", at(MON, 16, 45), 3)
    assert json.loads(one.rule_facts)["minutes"] == 30


def test_a_ticket_without_an_answer_for_a_working_day_is_raised(stage: Stage):
    stage.sets(Kind.UNANSWERED, at(MON, 9))
    stage.tells(at(TUE, 10, 59), ticket("1", at(MON, 11)), ticket("2", at(MON, 11), first_response_at=at(MON, 12)))
    assert stage.runs(at(TUE, 10, 59)) == []
    stage.tells(at(TUE, 11))
    stage.runs(at(TUE, 11))
    (one,) = stage.escalations()
    assert (one.ticket_key, one.happened_at) == ("1", at(TUE, 11))


def test_a_waiting_ticket_of_somebody_absent_is_raised_once_an_absence(stage: Stage):
    with stage.store.transaction() as session:
        teo = people.member_by_slack(session, stage.team.workspace_id, "UTeo")
        assert teo
        duty.be_away(session, teo, at(MON, 9), at(TUE, 17), by=stage.lead, now=at(MON, 9))
    stage.sets(Kind.AWAY, at(MON, 9))
    stage.tells(at(MON, 10), ticket("1", at(MON, 9, 30), agent="Teo"), ticket("2", at(MON, 9, 30), agent="Mina"))
    stage.runs(at(MON, 10))
    stage.runs(at(MON, 10, 10))
    (one,) = stage.escalations()
    assert (one.ticket_key, one.happened_at, one.count) == ("1", at(MON, 9, 30), 1)
    assert json.loads(one.rule_facts)["until"] == at(TUE, 17).isoformat()


def test_a_bad_rating_is_private_and_has_a_day_to_call_back(stage: Stage):
    stage.sets(Kind.RATING, at(MON, 9))
    rated = {"first_response_at": at(MON, 9, 5), "solved_at": at(MON, 9, 30), "csat_at": at(MON, 11)}
    facts = [
        ticket("bad", at(MON, 9), csat="1", csat_scale="5", agent="Teo", customer="Ann Lee", **rated),
        ticket("good", at(MON, 9), csat="5", csat_scale="5", **rated),
    ]
    stage.tells(at(MON, 12), *facts)
    stage.runs(at(MON, 12))
    stage.runs(at(MON, 12, 5))
    (one,) = stage.escalations()
    assert (one.kind, one.channel, one.severity, one.count) == ("complaint", None, 3, 1)
    assert one.promise_due_at == at(WED, 17)
    assert "Ann" not in one.rule_facts
    assert "Teo" not in one.rule_facts


def test_a_bad_rating_is_not_counted_into_what_the_channel_sees(stage: Stage):
    stage.sets(Kind.RATING, at(MON, 9))
    rated = {"first_response_at": at(MON, 13, 30), "solved_at": at(MON, 14), "csat": "1", "csat_at": at(MON, 14, 5)}
    stage.tells(at(MON, 13), urgent())
    stage.runs(at(MON, 13))
    stage.tells(at(MON, 14, 10), urgent(**rated))
    stage.runs(at(MON, 14, 10))
    assert [(one.rule, one.channel) for one in stage.escalations()] == [("urgent_at_risk", "C1"), ("low_rating", None)]


def steady(until: date, a_day: int = 2) -> list:
    """Two refunds every working day of nine weeks, one of them between 10 and 12."""
    days = [until - timedelta(days=n) for n in range(1, 64)]
    return [
        ticket(f"{day}-{n}", at(day, 11 + 3 * n), category="Refunds", solved_at=at(day, 16))
        for day in days if day.weekday() < 5 for n in range(a_day)
    ]  # fmt: skip


def burst(n: int, start: int = 0, **facts: object) -> list:
    created = [at(TUE, 10) + (start + i) * 3 * MINUTE for i in range(n)]
    return [ticket(f"b{start + i}", when, category="Refunds", **facts) for i, when in enumerate(created)]


def test_a_burst_is_one_crisis_and_its_later_tickets_are_counted_into_it(stage: Stage):
    stage.tells(at(TUE, 9, 30), *steady(TUE))
    stage.runs(at(TUE, 9, 30))
    due = {"priority": "urgent", "first_response_due_at": at(TUE, 11)}
    stage.tells(at(TUE, 10, 20), *burst(7, **due))
    stage.runs(at(TUE, 10, 20))
    assert stage.escalations() == []
    stage.tells(at(TUE, 10, 21), *burst(1, 7, **due))
    stage.runs(at(TUE, 10, 22))
    (crisis,) = stage.escalations()
    assert (crisis.kind, crisis.category, crisis.count, crisis.rule) == ("crisis", "Refunds", 8, "burst")
    facts = json.loads(crisis.rule_facts)
    assert (facts["n"], facts["hours"], facts["tickets"][0]) == (8, 2, "b0")
    assert 1 <= facts["usual"] < 8
    stage.tells(at(TUE, 10, 31), *burst(3, 8, **due))
    stage.runs(at(TUE, 10, 31))
    stage.runs(at(TUE, 11, 30))
    (crisis,) = stage.escalations()
    assert crisis.count == 11, "and none of them was raised by itself, though all are past due"
    with stage.store.reading() as session:
        assert len(session.exec(select(BurstTicket)).all()) == 11


def test_eight_a_morning_are_no_burst_where_eight_are_usual(stage: Stage):
    usual = [
        ticket(f"{n}-{i}", at(TUE - timedelta(weeks=n), 10) + i * MINUTE, category="Refunds", solved_at=at(MON, 9))
        for n in range(1, 9) for i in range(8)
    ]  # fmt: skip
    stage.tells(at(TUE, 9, 30), *usual)
    stage.runs(at(TUE, 9, 30))
    stage.tells(at(TUE, 10, 40), *burst(9))
    stage.runs(at(TUE, 10, 40))
    assert stage.escalations() == []


def test_two_workers_raise_it_once(stage: Stage):
    stage.tells(at(MON, 13), urgent())
    sights = [stage.looks(at(MON, 13)) for _ in range(2)]
    together = threading.Barrier(2)

    def work(n: int) -> list[int]:
        together.wait()
        return stage.runs(at(MON, 13), sights[n])

    with ThreadPoolExecutor(2) as pool:
        raised = list(pool.map(work, range(2)))
    assert sorted(map(len, raised)) == [0, 1]
    (one,) = stage.escalations()
    assert one.count == 1
    assert len(stage.cards()) == 1


def test_the_card_is_one_a_day_sorted_by_time_left_and_edited_only_for_something_new(stage: Stage):
    def made(key: str, hour: int):
        return ticket(key, at(MON, 9), first_response_due_at=at(MON, hour))

    stage.tells(at(MON, 12, 30), made("late", 12), made("soon", 13), made("far", 17))
    stage.runs(at(MON, 12, 30))
    (notice,) = stage.cards()
    assert (notice.place, notice.version) == ("C1", 1)
    with stage.store.reading() as session:
        card = detectors.card(session, stage.team, notice.subject_id, now=at(MON, 12, 30))
    assert card
    assert [(one.key, one.share, one.is_past_due, one.left_s) for one in card.tickets] == [
        ("late", 100, True, 0),
        ("soon", 75, False, 1800),
    ]
    assert (card.past_due, card.in_time, card.is_live) == (1, 1, True)
    stage.runs(at(MON, 12, 31))
    assert [one.version for one in stage.cards()] == [2], "29 minutes left are told as a quarter of an hour"
    stage.runs(at(MON, 12, 35))
    assert [one.version for one in stage.cards()] == [2]
    done = at(MON, 12, 36)
    stage.tells(done, *(ticket(k, at(MON, 9), first_response_at=done) for k in ("late", "soon", "far")))
    stage.runs(done)
    with stage.store.reading() as session:
        card = detectors.card(session, stage.team, notice.subject_id, now=done)
    assert card
    assert card.tickets == ()
    assert [one.version for one in stage.cards()] == [3], "it says that nothing is at risk"


def test_a_full_card_keeps_places_for_what_can_still_be_in_time(stage: Stage):
    late = [ticket(f"late{n:02}", at(MON, 9), first_response_due_at=at(MON, 10, n)) for n in range(20)]
    coming = [ticket(f"soon{n:02}", at(MON, 9), first_response_due_at=at(MON, 13, n)) for n in range(10)]
    stage.tells(at(MON, 12, 30), *late, *coming)
    stage.runs(at(MON, 12, 30))
    (notice,) = stage.cards()
    with stage.store.reading() as session:
        card = detectors.card(session, stage.team, notice.subject_id, now=at(MON, 12, 30))
    assert card
    shown = [f"late{n:02}" for n in range(16, 20)] + [f"soon{n:02}" for n in range(8)]
    assert [one.key for one in card.tickets] == shown
    assert (card.past_due, card.in_time, card.more) == (20, 10, 18)


def test_no_card_comes_before_something_is_at_risk_nor_while_nobody_works(stage: Stage):
    stage.tells(at(MON, 17, 30), ticket("1", at(MON, 16), first_response_due_at=at(TUE, 9, 10)))
    stage.runs(at(MON, 17, 30))
    assert stage.cards() == []
    stage.tells(at(TUE, 9))
    stage.runs(at(TUE, 9))
    assert len(stage.cards()) == 1


def test_the_next_days_card_closes_the_one_before(stage: Stage):
    stage.tells(at(MON, 15), ticket("1", at(MON, 9), first_response_due_at=at(MON, 14)))
    stage.runs(at(MON, 15))
    stage.tells(at(TUE, 9))
    stage.runs(at(TUE, 9))
    assert len(stage.cards()) == 1, "what was missed the day before is no news; the card goes on"
    stage.tells(at(TUE, 9, 5), ticket("2", at(TUE, 9), first_response_due_at=at(TUE, 9, 6)))
    stage.runs(at(TUE, 9, 5))
    first, second = stage.cards()
    with stage.store.reading() as session:
        old, new = (detectors.card(session, stage.team, one.subject_id, now=at(TUE, 9, 5)) for one in (first, second))
    assert old
    assert new
    assert (old.is_over, new.is_over) == (True, False)
    assert (first.version, second.version) == (2, 1)


def test_detectors_pause_when_the_data_ends_too_early_say_so_once_and_go_on_by_themselves(stage: Stage):
    stage.tells(at(MON, 12, 50), urgent(), ticket("2", at(MON, 9), first_response_due_at=at(MON, 12)), live=False)
    stage.runs(at(MON, 12, 50))
    versions = [one.version for one in stage.cards()]
    for minute in range(51, 60, 4):
        stage.runs(at(MON, 12, minute))
    assert stage.escalations() == [], "nothing is known of what happened after the data ended"
    stage.runs(at(MON, 14, 50))
    assert [one.version for one in stage.cards()] == versions
    stage.runs(at(MON, 14, 51))
    (card,) = stage.cards()
    assert [card.version] == [versions[0] + 1]
    with stage.store.reading() as session:
        shown = detectors.card(session, stage.team, card.subject_id, now=at(MON, 14, 51))
    assert shown
    assert shown.is_paused
    stage.runs(at(MON, 15))
    assert [one.version for one in stage.cards()] == [card.version]
    stage.tells(at(MON, 15, 5), live=False)
    stage.runs(at(MON, 15, 6))
    (one,) = stage.escalations()
    assert one.happened_at == at(MON, 14)


def test_a_night_does_not_age_the_data(stage: Stage):
    stage.tells(at(MON, 16, 30), live=False)
    sight = stage.looks(at(TUE, 10, 30))
    assert sight
    assert not sight.risk.is_paused
    sight = stage.looks(at(TUE, 10, 31))
    assert sight
    assert sight.risk.is_paused


def test_the_first_to_press_has_it_and_the_second_is_told_who(stage: Stage):
    stage.tells(at(MON, 13), urgent())
    stage.runs(at(MON, 13))
    one = id_of(stage, "1")
    with stage.store.transaction() as session:
        first = detectors.take(session, stage.team, one, stage.agent, now=at(MON, 13, 1))
        second = detectors.take(session, stage.team, one, stage.lead, now=at(MON, 13, 2))
    assert (first.is_new, second.is_new, second.name, second.at) == (True, False, "Teo", at(MON, 13, 1))
    assert [notice.version for notice in stage.cards()] == [2]


def test_strangers_take_nothing_and_only_leads_give(stage: Stage):
    stage.tells(at(MON, 13), urgent())
    one = id_of(stage, "1")
    stranger = people.Asker(None, "", "UBo", None, frozenset())
    with stage.store.transaction() as session:
        teo = people.member_by_slack(session, stage.team.workspace_id, "UTeo")
        assert teo
        with pytest.raises(errors.NotOfTeam):
            detectors.take(session, stage.team, one, stranger, now=at(MON, 13))
        with pytest.raises(errors.NotForYou) as refused:
            detectors.give(session, stage.team, one, teo, stage.agent, now=at(MON, 13))
        assert refused.value.leads == ("Mina",)
        given = detectors.give(session, stage.team, one, teo, stage.lead, now=at(MON, 13))
    assert (given.name, given.by) == ("Teo", "Mina")


def test_a_take_ends_with_the_ticket(stage: Stage):
    stage.tells(at(MON, 13), urgent())
    with stage.store.transaction() as session:
        detectors.take(session, stage.team, id_of(stage, "1"), stage.agent, now=at(MON, 13))
    stage.tells(at(MON, 13, 10), urgent(first_response_at=at(MON, 13, 5), solved_at=at(MON, 13, 10)))
    stage.runs(at(MON, 13, 10))
    with stage.store.reading() as session:
        assert session.exec(select(TicketTake)).all() == []


def test_alarms_are_judged_and_make_a_monthly_rate(stage: Stage):
    stage.tells(at(MON, 13), *(urgent(str(n)) for n in range(4)))
    stage.runs(at(MON, 13))
    ids = [one.id for one in stage.escalations()]
    with stage.store.transaction() as session:
        for n, one in enumerate(ids[:3]):
            detectors.judge(session, stage.team.workspace_id, one, n != 1, stage.agent, now=at(MON, 14))
        rate = detectors.hit_rate(session, stage.team, Kind.URGENT, MON)
        before = detectors.hit_rate(session, stage.team, Kind.URGENT, date(2026, 10, 1))
    assert (rate.alarms, rate.judged, rate.useful) == (4, 3, 2)
    assert rate.share == pytest.approx(2 / 3)
    assert rate.interval
    assert rate.interval.low == pytest.approx(0.2077, abs=1e-4)
    assert rate.interval.high == pytest.approx(0.9385, abs=1e-4)
    assert (before.alarms, before.share, before.interval) == (0, None, None)


def test_only_leads_set_detectors_and_only_to_what_can_be(stage: Stage):
    with stage.store.transaction() as session:
        with pytest.raises(errors.NotForYou):
            detectors.save(session, stage.team, Kind.BREACH, {"minutes": 5}, True, by=stage.agent, now=at(MON, 9))
        for kind, wanted in ((Kind.BREACH, {"minutes": -1}), (Kind.URGENT, {"share": "most"}), (Kind.BURST, {"k": 3})):
            with pytest.raises(errors.Invalid):
                detectors.save(session, stage.team, kind, wanted, True, by=stage.lead, now=at(MON, 9))
        saved = detectors.save(
            session, stage.team, Kind.URGENT, {"priorities": "URGENT, Dringend ,"}, True, by=stage.lead, now=at(MON, 9)
        )
    assert saved.settings == {"share": 75, "priorities": ["urgent", "dringend"], "tiers": ["vip"]}


def test_a_team_without_data_has_nothing_to_look_at(store: Store, workspace_id: int):
    stage = stage_of(store, workspace_id)
    assert stage.looks(at(MON, 9)) is None
    with store.reading() as session:
        assert not detectors.is_wanting(session, stage.team, now=at(MON, 9))
        assert tickets.extent(session, stage.team) is None


def test_a_run_raises_twenty_five_alarms_and_the_rest_follows_in_the_next(stage: Stage):
    stage.tells(at(MON, 13), *(urgent(str(n)) for n in range(35)))
    assert len(stage.runs(at(MON, 13))) == 25
    assert len(stage.runs(at(MON, 13) + HOUR / 240)) == 10
    assert stage.runs(at(MON, 13, 1)) == []
