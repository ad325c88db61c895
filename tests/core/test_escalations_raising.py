"""The same cause is one escalation with a count, reopened within a window, never a second alarm."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from cspm_core import errors, escalations, tickets
from cspm_core.escalations import CARD, RAISED, Cause, Ending, Escalation, Status
from cspm_core.people import Role
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts

from .escalation_stage import HOUR, Desk


@pytest.fixture
def desk(store: Store, workspace_id: int) -> Desk:
    return Desk(store, workspace_id)


def imports(desk: Desk, *facts: TicketFacts) -> None:
    with desk.store.transaction() as session:
        tickets.record(session, desk.team, facts, scope=desk.team.id, known_at=desk.now, now=desk.now)


def test_a_ticket_brings_its_customer_along(desk: Desk) -> None:
    imports(
        desk,
        TicketFacts("T-1", desk.now - HOUR, customer="Kim", organisation="Acme", tier="vip", url="https://d.example/1"),
        TicketFacts("T-2", desk.now - HOUR, customer="Lee", organisation="Acme"),
        TicketFacts(
            "T-3",
            desk.now - 9 * HOUR,
            organisation="Acme",
            solved_at=desk.now - HOUR,
            csat="2",
            csat_at=desk.now - HOUR,
        ),
    )
    raised = desk.raises(ticket_key="T-1")
    with desk.store.reading() as session:
        card = escalations.card(session, desk.workspace_id, raised.escalation_id, now=desk.now)
    assert card is not None
    assert (card.customer, card.organisation, card.tier, card.url) == ("Kim", "Acme", "vip", "https://d.example/1")
    assert card.other_open == 1
    assert [(rating.text, rating.is_good) for rating in card.ratings] == [("2", False)]


def test_the_same_ticket_twice_is_one_with_a_count_and_the_worse_severity(desk: Desk) -> None:
    first = desk.raises(ticket_key="T-1", severity=3)
    again = desk.raises("It is worse", ticket_key=" t-1 ", severity=1, source="hook")
    assert (first.state, again.state, again.number) == ("opened", "counted", first.number)
    row = desk.row(first)
    assert (row.count, row.severity) == (2, 1)
    assert desk.kinds(first) == ["opened", "counted"]


def test_what_comes_again_within_the_window_is_reopened_and_climbs(desk: Desk) -> None:
    raised = desk.raises(ticket_key="T-1")
    desk.sweep()
    desk.does("Mina", escalations.resolve, raised, Ending())
    desk.turn(hours=71)
    again = desk.raises(ticket_key="T-1")
    assert (again.state, again.escalation_id) == ("reopened", raised.escalation_id)
    desk.sweep()
    assert desk.row(raised).status == Status.OPEN
    desk.turn(hours=60)
    assert desk.told(raised)[:2] == ["Mina", "Mina"]


def test_after_the_window_it_is_a_new_one(desk: Desk) -> None:
    raised = desk.raises(ticket_key="T-1")
    desk.does("Mina", escalations.resolve, raised, Ending())
    desk.turn(hours=73)
    again = desk.raises(ticket_key="T-1")
    assert again.state == "opened"
    assert again.number == raised.number + 1


def test_without_a_ticket_or_cause_each_is_its_own(desk: Desk) -> None:
    assert desk.raises().number != desk.raises().number


def test_many_at_once_are_one(desk: Desk) -> None:
    """Twelve processes see the same cause in the same instant."""

    def one(_: int) -> str:
        with desk.store.transaction() as session:
            cause = Cause("rule", "", cause="burst:refunds", rule="burst")
            return escalations.raise_one(session, desk.team, cause, now=desk.now).state

    with ThreadPoolExecutor(12) as pool:
        states = sorted(pool.map(one, range(12)))
    assert states == ["counted"] * 11 + ["opened"]
    with desk.store.reading() as session:
        (row,) = session.exec(select(Escalation)).all()
    assert row.count == 12


def test_numbers_are_unique_however_many_open_at_once(desk: Desk) -> None:
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda n: desk.raises(f"Thing {n}").number, range(24)))
    assert sorted(numbers) == list(range(1, 25))


def test_whoever_raised_it_has_a_card(desk: Desk) -> None:
    raised = desk.raises(by=desk.cast["Ada"].id)
    assert [notice.place for notice in desk.notices(raised, RAISED)] == ["UADA"]


def test_what_is_about_a_colleague_never_reaches_a_channel(desk: Desk) -> None:
    raised = desk.raises(kind="conduct")
    desk.turn(hours=4)
    assert desk.notices(raised, CARD) == []
    assert desk.told(raised) == ["Mina", "Omar"]
    with pytest.raises(errors.NotYours):
        desk.takes("Ada", raised)
    assert desk.takes("Mina", raised).first


def test_a_channel_that_had_enough_this_hour_gets_the_rest_together(desk: Desk) -> None:
    every = [desk.raises(f"Thing {n}") for n in range(9)]
    urgent = desk.raises("The house is on fire", severity=1)
    assert [len(desk.notices(one, CARD)) for one in every] == [1] * 6 + [0] * 3
    assert len(desk.notices(urgent, CARD)) == 1
    with desk.store.reading() as session:
        bundles = {desk.row(one).bundle_id for one in every[6:]}
        (bundle,) = bundles
        assert bundle is not None
        rows = escalations.bundled(session, desk.workspace_id, bundle)
    assert [row.number for row in rows] == [one.number for one in every[6:]]
    desk.sweep()
    assert desk.told(every[8]) == ["Mina"], "people are told all the same"
    desk.turn(hours=1, minutes=30)
    assert len(desk.notices(every[8], CARD)) == 1, "nobody took it: it has a card of its own now"


def test_a_stranger_may_raise_and_see_but_not_take(desk: Desk) -> None:
    other = desk.opens("Delivery")
    desk.joins("Bram", Role.AGENT, other)
    raised = desk.raises(by=desk.cast["Bram"].id)
    with pytest.raises(errors.NotYours) as refusal:
        desk.takes("Bram", raised)
    assert refusal.value.leads == ("Mina",)


def test_of_many_who_press_at_once_one_has_it_and_all_are_answered(desk: Desk) -> None:
    names = [f"Agent{n}" for n in range(10)]
    for name in names:
        desk.joins(name, Role.AGENT)
    raised = desk.raises()
    desk.sweep()
    with ThreadPoolExecutor(10) as pool:
        done = list(pool.map(lambda name: desk.takes(name, raised), names))
    assert sum(one.first for one in done) == 1
    owner = desk.row(raised).owner_id
    assert {one.owner_id for one in done} == {owner}
    assert desk.kinds(raised).count("acknowledged") == 1
    assert desk.kinds(raised).count("seen_too") == 9


def test_only_its_owner_or_a_lead_ends_it(desk: Desk) -> None:
    raised = desk.raises()
    desk.takes("Ada", raised)
    with pytest.raises(errors.NotYours) as refusal:
        desk.does("Teo", escalations.resolve, raised, Ending())
    assert refusal.value.owner == "Ada"
    assert desk.does("Mina", escalations.resolve, raised, Ending()).first
    with pytest.raises(errors.Over):
        desk.takes("Ada", raised)


def test_where_the_team_wants_a_reason_it_does_not_end_without_one(desk: Desk) -> None:
    with desk.store.transaction() as session:
        escalations.change_settings(session, desk.team, needs_reason=True, now=desk.now)
    raised = desk.raises()
    with pytest.raises(errors.Invalid) as refusal:
        desk.does("Mina", escalations.resolve, raised, Ending(cause_found="A lost letter"))
    assert refusal.value.field == "solution"
    assert desk.row(raised).status == Status.OPEN
    desk.does("Mina", escalations.resolve, raised, Ending(cause_found="A lost letter", solution="Sent again"))
    assert desk.row(raised).solution == "Sent again"


def test_a_complaint_gets_a_date_to_check_back_and_not_satisfied_reopens(desk: Desk) -> None:
    raised = desk.raises(kind="complaint")
    desk.does("Mina", escalations.resolve, raised, Ending())
    row = desk.row(raised)
    assert row.check_back_at == desk.now.replace(day=23, hour=14), "three working days: Monday at nine in New York"
    desk.turn_to(row.check_back_at)
    assert [notice.place for notice in desk.notices(raised, escalations.ASK)] == ["UMINA"]
    desk.does("Mina", escalations.check, raised, satisfied=False)
    row = desk.row(raised)
    assert (row.status, row.satisfied) == ("open", False)
    assert not desk.does("Mina", escalations.check, raised, satisfied=True).first


def test_similar_ones_of_the_last_ninety_days_are_found(desk: Desk) -> None:
    old = desk.raises("Once", customer="Kim")
    desk.does("Mina", escalations.resolve, old, Ending())
    desk.now += timedelta(days=91)
    recent = desk.raises("Twice", customer="Kim")
    desk.does("Mina", escalations.resolve, recent, Ending())
    desk.now += timedelta(days=5)
    raised = desk.raises("Thrice", customer="KIM")
    desk.raises("Somebody else", customer="Lee")
    with desk.store.reading() as session:
        found = escalations.similar(session, desk.row(raised), now=desk.now)
        assert [one.number for one in found] == [recent.number]
        standing = escalations.standing(session, desk.team, since=desk.now - timedelta(days=6), now=desk.now)
    assert (standing.open, standing.resolved, standing.repeats) == (2, 1, 0)


def test_who_told_what_is_written_down(desk: Desk) -> None:
    raised = desk.raises(by=desk.cast["Ada"].id)
    desk.sweep()
    desk.takes("Teo", raised)
    desk.does("Teo", escalations.resolve, raised, Ending(prevent_what="Check the form", prevent_owner=None))
    told = [(one.kind, one.by, one.origin) for one in desk.events(raised)]
    ada, teo = desk.cast["Ada"].id, desk.cast["Teo"].id
    assert told == [
        ("opened", ada, "form"),
        ("told", None, "clock"),
        ("acknowledged", teo, "button"),
        ("resolved", teo, "button"),
        ("prevention", teo, "button"),
    ]


def test_an_answer_in_the_thread_is_part_of_it_once(desk: Desk) -> None:
    raised = desk.raises()
    for _ in range(2):
        with desk.store.transaction() as session:
            escalations.note_answer(
                session,
                desk.workspace_id,
                raised.escalation_id,
                by=desk.cast["Ada"].id,
                ts="1.5",
                words="On it",
                now=desk.now,
            )
    assert desk.kinds(raised) == ["opened", "noted"]
