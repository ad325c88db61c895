"""What follows from a ticket's facts: ratings, what is left out, targets on both clocks, and any order of exports."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from cspm_core import people, tickets
from cspm_core.people import Team
from cspm_core.store import Store
from cspm_core.tickets import Ticket, TicketFacts
from cspm_core.tickets.ratings import is_good
from cspm_core.tickets.rules import STATUSES, settle

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # 16:00 in Amsterdam
HOUR = timedelta(hours=1)
names = itertools.count()


@pytest.mark.parametrize(
    ("answer", "scale", "good"),
    [
        ("4", "", True),
        ("3", "", False),
        ("5.0", "5", True),
        ("3.9", "1-5", False),
        ("0", "5", None),
        ("6", "", None),
        ("6", "7", True),
        ("5", "7", False),
        ("9", "10", True),
        ("8", "10", False),
        ("0", "10", False),
        ("3", "3", True),
        ("2", "3", False),
        ("80", "100", True),
        ("79", "100", False),
        ("Good", "", True),
        ("bad", "2", False),
        ("Thumbs up", "", True),
        ("👍", "", True),
        ("👎", "", False),
        ("1", "2", True),
        ("0", "2", False),
        ("滿意", "", True),
        ("불만족", "", False),
        ("lovely", "", None),
        ("nan", "", None),
        ("4", "galaxies", None),
        ("10", "nps", None),
    ],
)
def test_an_answer_on_its_scale_is_good_or_not(answer: str, scale: str, good: bool | None):
    assert is_good(answer, scale) is good


@pytest.mark.parametrize(
    ("answer", "scale", "score", "aside"),
    [
        ("0", "nps", 0.0, ()),
        ("10", "Net Promoter Score", 10.0, ()),
        ("11", "nps", None, ("csat",)),
        ("7", "ces", 7.0, ()),
        ("0", "ces", None, ("csat",)),
        ("so-so", "ces", None, ("csat",)),
        ("3.5", "5", 3.5, ()),
        ("good", "", None, ()),
    ],
)
def test_answers_to_other_questions_are_numbers_and_neither_good_nor_bad(
    answer: str, scale: str, score: float | None, aside: tuple[str, ...]
):
    settled = settle(TicketFacts("1", FRIDAY, csat=answer, csat_scale=scale), FRIDAY + HOUR)
    assert (settled.csat_score, settled.set_aside) == (score, aside)
    if settled.csat_scale in ("nps", "ces"):
        assert settled.csat_good is None


@pytest.mark.parametrize("status", [*STATUSES, ""])
def test_every_status_says_whether_it_is_solved_and_counted(status: str):
    settled = settle(TicketFacts("1", FRIDAY, status=status, solved_at=FRIDAY + HOUR), FRIDAY + 2 * HOUR)
    assert settled.is_solved is (status not in ("new", "open", "pending", "on_hold"))
    assert settled.left_out == (status if status in ("spam", "deleted", "merged", "test") else "")


def test_tickets_an_agent_opened_are_left_out_and_those_of_bots_are_not():
    assert settle(TicketFacts("1", FRIDAY, opened_by="agent"), FRIDAY).left_out == "agent_opened"
    assert settle(TicketFacts("1", FRIDAY, opened_by="bot"), FRIDAY).left_out == ""


def test_a_rating_without_a_date_is_the_solves_or_the_latest_known():
    rated = TicketFacts("1", FRIDAY, csat="4", first_response_at=FRIDAY + HOUR)
    until = FRIDAY + 9 * HOUR
    assert settle(rated, until).csat_at == FRIDAY + HOUR
    assert settle(replace(rated, solved_at=FRIDAY + 2 * HOUR), until).csat_at == FRIDAY + 2 * HOUR
    assert settle(replace(rated, solved_at=FRIDAY - HOUR), until).csat_at is None
    assert settle(replace(rated, csat_at=until + HOUR), until).csat_at is None


def test_the_only_solve_known_is_the_last_one_of_a_solved_ticket():
    once = TicketFacts("1", FRIDAY, first_solved_at=FRIDAY + HOUR, status="closed")
    assert settle(once, FRIDAY + 9 * HOUR).solved_at == FRIDAY + HOUR
    assert settle(replace(once, status="open"), FRIDAY + 9 * HOUR).solved_at is None
    backwards = settle(replace(once, solved_at=FRIDAY + timedelta(minutes=5)), FRIDAY + 9 * HOUR)
    assert backwards.set_aside == ("first_solved_at",)


@pytest.fixture
def team(store: Store, workspace_id: int, now: datetime) -> Team:
    with store.transaction() as session:
        return people.add_team(session, workspace_id, "Returns", timezone="Europe/Amsterdam", now=now)


def recount(store: Store, team: Team) -> int:
    done, found = 0, 1
    while found:
        with store.transaction() as session:
            found = len(tickets.recount(session, team.workspace_id, team.id, limit=2))
        done += found
    return done


def record(store: Store, team: Team, *facts: TicketFacts, at: datetime = FRIDAY + 200 * HOUR) -> tickets.Recorded:
    with store.transaction() as session:
        fresh = people.team(session, team.workspace_id, team.id)
        return tickets.record(session, fresh, facts, scope=team.id, known_at=at, now=at)


def due(store: Store) -> dict[str, tuple[datetime | None, datetime | None]]:
    with store.reading() as session:
        return {t.key: (t.first_response_target_at, t.resolution_target_at) for t in session.exec(select(Ticket))}


def test_targets_run_on_their_clock_and_the_sources_own_come_first(store: Store, team: Team, now: datetime):
    said = FRIDAY + 7 * HOUR
    plain = TicketFacts("plain", FRIDAY, priority="Low")
    facts = [
        plain,
        replace(plain, key="urgent", priority="URGENT"),
        replace(plain, key="said", first_response_due_at=said),
        replace(plain, key="wrong", first_response_due_at=FRIDAY - HOUR),
    ]
    record(store, team, *facts)
    assert set(due(store).values()) == {(None, None), (said, None)}
    with store.transaction() as session:
        fresh = people.team(session, team.workspace_id, team.id)
        tickets.set_sla(session, fresh, "first_response", "", 4 * 3600, "business", now=now)
        tickets.set_sla(session, fresh, "first_response", "urgent", 3600, "calendar", now=now)
        tickets.set_sla(session, fresh, "resolution", "", 8 * 3600, "business", now=now)
    assert recount(store, team) == 4
    monday = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # 09:00 in Amsterdam
    assert due(store) == {
        "plain": (monday + 3 * HOUR, monday + 7 * HOUR),
        "urgent": (FRIDAY + HOUR, monday + 7 * HOUR),
        "said": (said, monday + 7 * HOUR),
        "wrong": (None, monday + 7 * HOUR),
    }
    assert recount(store, team) == 0
    again = record(store, team, *facts)
    assert (again.unchanged, again.changed) == (4, 0)
    with store.transaction() as session:
        fresh = people.team(session, team.workspace_id, team.id)
        assert tickets.drop_sla(session, fresh, "first_response", "Urgent")
        assert not tickets.drop_sla(session, fresh, "first_response", "never")
    recount(store, team)
    assert due(store)["urgent"] == due(store)["plain"]


def test_a_new_calendar_counts_working_time_again(store: Store, team: Team):
    night = TicketFacts("1", FRIDAY, first_response_at=FRIDAY + 70 * HOUR, solved_at=FRIDAY + 94 * HOUR)
    record(store, team, night, replace(night, key="2"), replace(night, key="3"))
    assert working(store) == {(21_600, 50_400)}
    with store.transaction() as session:
        fresh = people.team(session, team.workspace_id, team.id)
        people.change_team(session, fresh, hours="24x7")
    assert recount(store, team) == 3
    assert working(store) == {(70 * 3600, 94 * 3600)}


def working(store: Store) -> set[tuple[int | None, int | None]]:
    with store.reading() as session:
        return {(t.first_response_business_s, t.resolution_business_s) for t in session.exec(select(Ticket))}


instants = st.integers(-5, 200).map(lambda n: FRIDAY + n * HOUR)
told = st.builds(
    TicketFacts,
    key=st.sampled_from(["1", "2", "3"]),
    created_at=st.integers(0, 3).map(lambda n: FRIDAY + n * HOUR),
    agent=st.sampled_from(["", "Mina Lee", "김민지"]),
    status=st.sampled_from(["", *STATUSES]),
    first_response_at=st.none() | instants,
    first_solved_at=st.none() | instants,
    solved_at=st.none() | instants,
    resolution_due_at=st.none() | instants,
    reopens=st.none() | st.integers(-1, 3),
    csat=st.sampled_from(["", "1", "4", "9", "good"]),
    csat_at=st.none() | instants,
)


def rows(store: Store, team: Team) -> list[dict[str, object]]:
    with store.reading() as session:
        found = session.exec(select(Ticket).where(Ticket.team_id == team.id).order_by(Ticket.key))
        return [row.model_dump(exclude={"id", "team_id", "scope"}) for row in found]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(told, max_size=6), st.lists(told, max_size=6))
def test_any_order_of_two_exports_ends_the_same_and_again_changes_nothing(
    store: Store, workspace_id: int, now: datetime, older: list[TicketFacts], newer: list[TicketFacts]
):
    exports = [(older, FRIDAY + 100 * HOUR), (newer, FRIDAY + 150 * HOUR)]
    ends = []
    for order in (exports, exports[::-1]):
        with store.transaction() as session:
            team = people.add_team(session, workspace_id, f"Team {next(names)}", timezone="Asia/Seoul", now=now)
        for facts, at in order:
            record(store, team, *facts, at=at)
            again = record(store, team, *facts, at=at)
            assert (again.new, again.changed) == (0, 0)
        ends.append(rows(store, team))
    assert ends[0] == ends[1]
