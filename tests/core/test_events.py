"""Events are written down once, a ticket's facts follow at once, and a live source reaches to the moment."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from cspm_core import events, kpi, people, tickets
from cspm_core.events import Event, Heard, TicketEvent
from cspm_core.people import Identity, Team
from cspm_core.store import Store
from cspm_core.tickets import Source, Ticket, TicketFacts

from .test_events_rules import stories

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
names = itertools.count()


@pytest.fixture
def team(store: Store, workspace_id: int, now: datetime) -> Team:
    with store.transaction() as session:
        return people.add_team(session, workspace_id, "Returns", timezone="Europe/Amsterdam", now=now)


def event(key: str, minutes: float, kind: str, actor_kind: str = "agent", ticket: str = "T-1", **said: Any) -> Event:
    return Event(key, ticket, START + minutes * MINUTE, kind, "Ada", actor_kind, said)


CREATED = event("1", 0, "created", "customer", priority="high", subject="반품 ✉")
REPLY = event("2", 10, "public_reply")
SOLVED = event("3", 20, "status", status="solved")


def tell(store: Store, team: Team, *told: Event, at: float = 60, until: float | None = None) -> Heard:
    with store.transaction() as session:
        complete = None if until is None else START + until * MINUTE
        return events.record(session, team, told, now=START + at * MINUTE, complete_until=complete)


def load(store: Store, team: Team, *facts: TicketFacts, until: float, scope: int | None = None) -> None:
    at = START + until * MINUTE
    with store.transaction() as session:
        known = team.id if scope is None else scope
        tickets.record(session, team, facts, scope=known, known_at=at, now=at)
        tickets.note_source(session, team, complete_until=at, first_at=START, now=at)


def rows(store: Store) -> Sequence[Ticket]:
    with store.reading() as session:
        return session.exec(select(Ticket).order_by(Ticket.key)).all()


def only(store: Store) -> Ticket:
    [row] = rows(store)
    return row


def agent(store: Store) -> str:
    with store.reading() as session:
        return session.exec(select(Identity.name).where(Identity.id == only(store).agent_id)).one()


def test_facts_follow_at_once_with_targets_and_working_time(store: Store, team: Team) -> None:
    with store.transaction() as session:
        tickets.set_sla(session, team, "first_response", "", 3600, "business", now=START)
    assert tell(store, team, CREATED) == Heard(new=1)
    row = only(store)
    assert (row.priority, row.subject, row.is_answered) == ("high", "반품 ✉", False)
    assert row.first_response_target_at == START + 60 * MINUTE
    assert tell(store, team, REPLY, SOLVED).new == 2
    row = only(store)
    assert (row.first_response_at, row.solved_at, row.status) == (REPLY.at, SOLVED.at, "solved")
    assert (row.first_response_business_s, agent(store)) == (600, "Ada")
    assert row.priority == "high"


def test_the_same_events_again_change_nothing(store: Store, team: Team) -> None:
    tell(store, team, CREATED, REPLY, REPLY)
    before = only(store)
    assert tell(store, team, CREATED, REPLY) == Heard(known=2)
    assert only(store) == before
    with store.reading() as session:
        assert len(session.exec(select(TicketEvent)).all()) == 2


def test_an_id_that_comes_with_another_content_is_named_and_the_first_stands(store: Store, team: Team) -> None:
    other = replace(REPLY, at=REPLY.at + MINUTE)
    assert tell(store, team, CREATED, REPLY, other) == Heard(new=2, contradicting=(2,))
    assert tell(store, team, other) == Heard(contradicting=(0,))
    assert only(store).first_response_at == REPLY.at


def test_an_id_needs_to_be_one_within_its_ticket_only(store: Store, team: Team) -> None:
    told = [replace(one, ticket_key="T-2") for one in (CREATED, REPLY)]
    assert tell(store, team, CREATED, REPLY, *told).new == 4
    assert [row.first_response_at for row in rows(store)] == [REPLY.at, REPLY.at]


def test_a_late_event_takes_its_place_in_the_story(store: Store, team: Team) -> None:
    tell(store, team, CREATED, event("9", 30, "public_reply"))
    tell(store, team, REPLY)
    row = only(store)
    assert (row.first_response_at, row.public_replies) == (REPLY.at, 2)


def test_events_before_their_creation_wait_for_it(store: Store, team: Team) -> None:
    assert tell(store, team, REPLY) == Heard(new=1, waiting=("T-1",))
    assert rows(store) == []
    assert tell(store, team, CREATED).waiting == ()
    assert only(store).first_response_at == REPLY.at


def test_events_go_on_from_where_an_import_left_off(store: Store, team: Team) -> None:
    stood = TicketFacts(
        "T-1", START - 600 * MINUTE, agent="Bo", tags="vip", status="open", first_response_at=START - 500 * MINUTE,
        public_replies=3, reopens=1, transfers=None, first_solved_at=START - 400 * MINUTE,
    )  # fmt: skip
    load(store, team, stood, until=0)
    before = event("0", -700, "public_reply")  # the import knows of it
    tell(store, team, before, REPLY, SOLVED, event("4", 25, "customer_message", "customer"))
    row = only(store)
    assert (row.public_replies, row.reopens, row.transfers, row.tags) == (4, 2, None, "vip")
    assert (row.first_response_at, row.first_solved_at) == (START - 500 * MINUTE, START - 400 * MINUTE)
    assert (row.solved_at, row.status, agent(store)) == (SOLVED.at, "open", "Bo")
    tell(store, team, REPLY, event("5", 30, "public_reply"))
    assert only(store).public_replies == 5


def test_a_reply_that_the_import_knows_of_without_its_time_stays_the_first(store: Store, team: Team) -> None:
    stood = TicketFacts("T-1", START - 60 * MINUTE, first_response_at=START - 90 * MINUTE)
    load(store, team, stood, until=0)
    assert (only(store).is_answered, only(store).first_response_at) == (True, None)
    tell(store, team, REPLY)
    assert (only(store).is_answered, only(store).first_response_at) == (True, None)


def test_a_newer_import_is_not_undone_by_older_events(store: Store, team: Team) -> None:
    tell(store, team, CREATED)
    load(store, team, TicketFacts("T-1", START, status="closed", solved_at=START + 40 * MINUTE), until=50)
    tell(store, team, REPLY)
    assert only(store).status == "closed"


def test_what_events_do_not_say_stays_as_an_import_said_it(store: Store, team: Team) -> None:
    load(store, team, TicketFacts("T-1", START, tags="vip", category="Refund", csat="4"), until=1)
    tell(store, team, CREATED, REPLY)
    row = only(store)
    assert (row.tags, row.category, row.csat, row.priority) == ("vip", "Refund", "4", "high")


@pytest.mark.parametrize("in_whole_workspace", [True, False])
def test_events_find_the_ticket_whichever_way_it_was_imported(
    store: Store, team: Team, in_whole_workspace: bool
) -> None:
    scope = 0 if in_whole_workspace else team.id
    load(store, team, TicketFacts("T-1", START), until=1, scope=scope)
    tell(store, team, REPLY, replace(CREATED, ticket_key="T-2"))
    assert [(row.key, row.scope) for row in rows(store)] == [("T-1", scope), ("T-2", scope)]


def test_a_live_source_reaches_to_the_moment_while_it_is_heard_from(store: Store, team: Team) -> None:
    load(store, team, TicketFacts("T-0", START), until=1)
    tell(store, team, CREATED, REPLY, at=12)

    def reach(minutes: float) -> float:
        with store.reading() as session:
            return (kpi.reach(session, team, START + minutes * MINUTE) - START) / MINUTE

    assert reach(5) == 5
    assert [reach(13), reach(27)] == [13, 27]
    assert reach(28) == 10, "nothing was heard for longer: it reaches to the last event"
    assert tell(store, team, at=40) == Heard()
    assert [reach(41), reach(55), reach(56)] == [41, 55, 40]
    tell(store, team, at=100, until=90)
    assert reach(200) == 90
    with store.reading() as session:
        assert events.live_until(session, team) == START + 115 * MINUTE
        assert tickets.complete_until(session, team) == START + 90 * MINUTE
        assert session.exec(select(Source).where(Source.kind == "tickets")).one().complete_until == START + MINUTE


def test_a_team_without_a_live_source_reaches_as_far_as_its_export(store: Store, team: Team) -> None:
    with store.reading() as session:
        assert events.live_until(session, team) is None
        assert tickets.complete_until(session, team, START) is None
    load(store, team, TicketFacts("T-0", START), until=1)
    with store.reading() as session:
        assert kpi.reach(session, team, START + 5 * MINUTE) == START + MINUTE


def test_what_two_tell_at_once_of_one_ticket_is_all_in_its_facts(store: Store, team: Team) -> None:
    tell(store, team, CREATED)
    replies = [event(f"r{n}", n, "public_reply") for n in range(1, 25)]
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda one: tell(store, team, one, CREATED).new, replies))
    assert sum(done) == 24
    row = only(store)
    assert (row.public_replies, row.first_response_at) == (24, START + MINUTE)


def ours(row: Ticket) -> dict[str, Any]:
    return row.model_dump(exclude={"id", "team_id", "scope", "workspace_id", "agent_id", "calendar_version"})


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stories(), st.randoms(), st.integers(1, 6))
def test_piece_by_piece_in_any_order_and_twice_is_as_all_at_once(
    sqlite_store: Store, story: list[Event], chance: Any, size: int
) -> None:
    with sqlite_store.transaction() as session:
        workspace = people.found_workspace(session, now=START)
        one, two = (
            people.add_team(session, workspace.id, f"Team {next(names)}", timezone="UTC", now=START) for _ in range(2)
        )
    tell(sqlite_store, one, *story)
    mixed = chance.sample(story, len(story))
    for n in range(0, len(mixed), size):
        tell(sqlite_store, two, *mixed[n : n + size])
        tell(sqlite_store, two, *mixed[: n + size])
    with sqlite_store.reading() as session:
        whole, pieces = (session.exec(select(Ticket).where(Ticket.team_id == team.id)).one() for team in (one, two))
    assert ours(whole) == ours(pieces)
    assert whole.agent_id == pieces.agent_id
