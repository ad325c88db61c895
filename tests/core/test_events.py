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
from cspm_core.events import Event, Heard, TicketEvent, frames
from cspm_core.metrics import NEVER, Spells, Window
from cspm_core.metrics.formulas.spells import next_reply, next_reply_business
from cspm_core.metrics.parts import duration
from cspm_core.people import Identity, Team
from cspm_core.store import Store, microseconds
from cspm_core.tickets import Source, Ticket, TicketFacts
from cspm_core.tickets.tables import WaitingSpell

from .test_events_rules import all_clocks, stories

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


def spells(store: Store) -> list[tuple[float, float | None, float | None, int | None]]:
    """Each wait that stands: begun, answered and closed in minutes after `START`, and its working seconds."""
    with store.reading() as session:
        found = session.exec(select(WaitingSpell).order_by(WaitingSpell.started_at)).all()

    def minutes(at: datetime | None) -> float | None:
        return None if at is None else (at - START) / MINUTE

    return [
        (minutes(one.started_at) or 0, minutes(one.ended_at), minutes(one.closed_at), one.business_s) for one in found
    ]


def test_one_ticket_all_clocks_on_the_calendar_of_its_team(store: Store, workspace_id: int, now: datetime) -> None:
    """METRICS.md, "One ticket, all clocks": the business seconds."""
    with store.transaction() as session:
        settings_ = {"timezone": "America/New_York", "hours": "mon-fri 09:00-17:00", "holidays": "US"}
        york = people.add_team(session, workspace_id, "York", now=now, **settings_)
        events.record(session, york, all_clocks(), now=datetime(2026, 12, 1, tzinfo=UTC))
    row = only(store)
    assert (row.first_response_business_s, row.resolution_business_s) == (3_000, 41_400)
    assert (row.requester_wait_s, row.requester_wait_business_s) == (389_400, 15_000)
    with store.reading() as session:
        calendar = people.calendar_of(session, york)
        found = frames.spells(session, york, row.created_at, row.created_at + timedelta(days=9))
    assert row.first_solved_at is not None
    assert calendar.business_seconds(row.created_at, row.first_solved_at) == 32_400
    assert [s for *_, s in spells(store)] == [3_000, 1_800, 5_400, 3_600]
    order = found.started.argsort()
    begin = microseconds(row.created_at)
    window = Window(begin, begin + 9 * 86_400_000_000, begin + 9 * 86_400_000_000, calendar=calendar)
    assert next_reply(found, window).seconds[order].tolist() == [1_800, 235_800, 3_600]
    assert next_reply_business(found, window).seconds[order].tolist() == [1_800, 5_400, 3_600]
    assert duration(next_reply(found, window)).value == 3_600


MESSAGE = event("m", 30, "customer_message", "customer")


def test_waits_are_kept_with_their_ticket(store: Store, team: Team) -> None:
    tell(store, team, CREATED, REPLY, MESSAGE)
    assert spells(store) == [(0, 10, None, 600), (30, None, None, None)]
    tell(store, team, event("4", 50, "public_reply"))
    assert spells(store) == [(0, 10, None, 600), (30, 50, None, 1_200)]


def test_a_late_event_replaces_the_waits_that_it_changes_and_no_other(store: Store, team: Team) -> None:
    tell(store, team, CREATED, REPLY, MESSAGE)
    with store.reading() as session:
        before = {one.started_at: one.id for one in session.exec(select(WaitingSpell))}
    tell(store, team, event("4", 5, "public_reply"), event("5", 20, "customer_message", "customer"))
    assert spells(store) == [(0, 5, None, 300), (20, None, None, None)]
    with store.reading() as session:
        kept = {one.started_at: one.id for one in session.exec(select(WaitingSpell))}
    assert kept[START] == before[START]


def test_working_seconds_are_counted_again_when_the_calendar_changes(store: Store, team: Team) -> None:
    tell(store, team, CREATED, REPLY, SOLVED)
    assert (only(store).requester_wait_business_s, spells(store)) == (1_200, [(0, 10, None, 600)])
    with store.transaction() as session:
        mine = people.team(session, team.workspace_id, team.id)
        people.change_team(session, mine, hours="mon-fri 10:05-17:00")  # Amsterdam: from 9:05 on by `START`'s clock
        assert events.recount(session, mine, [only(store).id], now=START) == 1
    row = only(store)
    assert (row.requester_wait_s, row.requester_wait_business_s, row.agent_work_business_s) == (1_200, 900, 900)
    assert spells(store) == [(0, 10, None, 300)]
    with store.transaction() as session:
        assert events.recount(session, mine, [], now=START) == 0


def columns(store: Store, team: Team, since: float, until: float, **more: Any) -> Spells:
    with store.reading() as session:
        return frames.spells(session, team, START + since * MINUTE, START + until * MINUTE, **more)


def test_the_frame_holds_waits_after_the_first_answer_that_can_matter(store: Store, team: Team) -> None:
    other = [replace(one, ticket_key="T-2") for one in (CREATED, REPLY, MESSAGE)]
    spam = [replace(one, ticket_key="T-3") for one in (CREATED, REPLY, MESSAGE, event("s", 40, "spam"))]
    answer = event("4", 50, "public_reply")
    tell(store, team, CREATED, REPLY, MESSAGE, answer, event("5", 70, "customer_message", "customer"), *other, *spam)
    found = columns(store, team, 0, 100)
    starts = ((found.started - microseconds(START)) / 60_000_000).tolist()
    begun = sorted(zip(starts, (found.ended == NEVER).tolist(), strict=True))
    assert begun == [(30, False), (30, True), (70, True)]
    assert len(columns(store, team, 0, 29)) == 0
    assert len(columns(store, team, 55, 60)) == 1, "what was answered before cannot matter; what goes on can"
    assert len(columns(store, team, 50, 60)) == 2
    with store.reading() as session:
        ada = session.exec(select(Identity.id).where(Identity.name == "Ada")).one()
    assert len(columns(store, team, 0, 100, agents=[ada])) == 3, "whoever has the ticket has the wait for an answer too"
    assert len(columns(store, team, 0, 100, agents=[1])) == 0
    assert found.priority.tolist() == [found.priority[0]] * 3


def test_a_wait_that_is_not_over_by_the_instant_looked_at_is_censored(store: Store, team: Team) -> None:
    closed = [
        replace(one, ticket_key="T-2") for one in (CREATED, REPLY, MESSAGE, replace(SOLVED, at=START + 45 * MINUTE))
    ]
    tell(store, team, CREATED, REPLY, MESSAGE, event("4", 50, "public_reply"), *closed)
    begin, minute = microseconds(START), 60_000_000
    found = columns(store, team, 0, 100)
    early = next_reply(found, Window(begin, begin + 100 * minute, begin + 40 * minute))
    assert (early.inside.sum(), early.hits.sum(), early.waiting.sum()) == (2, 0, 2)
    assert early.seconds.tolist() == [600, 600]
    late = next_reply(found, Window(begin, begin + 100 * minute, begin + 60 * minute))
    assert (late.inside.sum(), late.hits.sum(), late.waiting.sum()) == (2, 1, 0)
    assert (sorted(late.seconds), late.extras["solved_unanswered"]) == ([900, 1_200], 1)
    business = next_reply_business(found, Window(begin, begin + 100 * minute, begin + 40 * minute))
    assert business.seconds.tolist() == [600, 600]


def test_a_ticket_that_an_agent_opened_counts_once_the_customer_writes(store: Store, team: Team) -> None:
    opened = event("1", 0, "created", "agent", opened_by="agent")
    tell(store, team, opened, event("2", 1, "public_reply"))
    assert (only(store).left_out, only(store).first_response_at) == ("agent_opened", None)
    tell(store, team, MESSAGE)
    assert (only(store).left_out, only(store).is_answered) == ("", False)
    tell(store, team, event("4", 50, "public_reply"))
    assert only(store).first_response_at == START + 50 * MINUTE
    assert spells(store) == [(30, 50, None, 1_200)]


def test_who_answered_first_and_when_a_bot_let_go_are_kept(store: Store, team: Team) -> None:
    handed = [event("b", 1, "public_reply", "bot"), event("h", 3, "handed_off", "bot")]
    tell(store, team, CREATED, *handed, REPLY, event("v", 30, "survey_sent"))
    row = only(store)
    with store.reading() as session:
        who = session.exec(select(Identity.name).where(Identity.id == row.first_responder_id)).one()
    assert (who, row.handed_off_at, row.csat_sent_at) == ("Ada", START + 3 * MINUTE, START + 30 * MINUTE)


def test_an_event_older_than_an_import_tells_what_the_import_cannot_know(store: Store, team: Team) -> None:
    tell(store, team, CREATED)
    load(store, team, TicketFacts("T-1", START, agent="Bo", status="pending"), until=50)
    tell(store, team, REPLY)
    row = only(store)
    assert (row.first_response_at, row.public_replies) == (REPLY.at, 1), "at once, not with the ticket's next event"
    assert (row.status, agent(store)) == ("pending", "Bo"), "whose it is the newer import knows"


def test_a_solve_that_an_import_knows_of_is_not_undone_by_a_status_before_it(store: Store, team: Team) -> None:
    tell(store, team, CREATED, event("s", 5, "status", status="open"))
    load(store, team, TicketFacts("T-1", START, status="closed", solved_at=START + 40 * MINUTE), until=50)
    tell(store, team, REPLY, event("n", 60, "private_note"))
    row = only(store)
    assert (row.status, row.solved_at, row.first_response_at) == ("closed", START + 40 * MINUTE, REPLY.at)
    tell(store, team, event("o", 70, "status", status="open"))
    assert only(store).status == "open"


def take(store: Store, team: Team, *told: Event, scope: int = 0) -> events.Written:
    with store.transaction() as session:
        return events.take(session, team, told, scope=scope, now=START)


def catch_up(store: Store, team: Team, limit: int = 2) -> int:
    done = 1
    tickets_ = 0
    while done:
        with store.transaction() as session:
            done, _ = events.catch_up(session, team, now=START, limit=limit)
        tickets_ += done
    return tickets_


def test_a_log_is_written_first_and_its_tickets_follow(store: Store, team: Team) -> None:
    some = [replace(one, ticket_key=f"T-{n}") for n in range(5) for one in (CREATED, REPLY)]
    assert take(store, team, *some).new == 10
    assert rows(store) == []
    with store.reading() as session:
        assert events.behind(session, team.workspace_id, team.id) == 5
    assert catch_up(store, team) == 5
    assert [row.first_response_at for row in rows(store)] == [REPLY.at] * 5
    assert take(store, team, *some) == events.Written(0, 10, ())
    assert catch_up(store, team) == 0


def test_what_a_live_source_tells_of_a_ticket_that_a_log_ran_ahead_of_is_not_lost(store: Store, team: Team) -> None:
    take(store, team, CREATED, REPLY, scope=team.id)
    tell(store, team, SOLVED)
    row = only(store)
    assert (row.first_response_at, row.solved_at) == (REPLY.at, SOLVED.at)
    assert catch_up(store, team) == 0
    assert only(store) == row


def test_live_events_and_a_log_at_once_make_one_ticket_of_all_that_was_told(store: Store, team: Team) -> None:
    replies = [event(f"r{n}", n, "public_reply") for n in range(1, 25)]
    tell(store, team, CREATED)

    def one(n: int) -> None:
        if n % 2:
            tell(store, team, replies[n])
        else:
            take(store, team, replies[n], scope=team.id)
            catch_up(store, team)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(one, range(24)))
    catch_up(store, team)
    assert (only(store).public_replies, only(store).first_response_at) == (24, START + MINUTE)


def ours(row: Ticket) -> dict[str, Any]:
    return row.model_dump(exclude={"id", "team_id", "scope", "workspace_id", "agent_id", "calendar_version"})


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stories(), st.randoms(), st.integers(1, 6))
def test_piece_by_piece_in_any_order_and_twice_is_as_all_at_once(
    sqlite_store: Store, story: list[Event], chance: Any, size: int
) -> None:
    with sqlite_store.transaction() as session:
        workspace = people.found_workspace(session, now=START)
        one, two, three = (
            people.add_team(session, workspace.id, f"Team {next(names)}", timezone="UTC", now=START) for _ in range(3)
        )
    tell(sqlite_store, one, *story)
    mixed = chance.sample(story, len(story))
    for n in range(0, len(mixed), size):
        tell(sqlite_store, two, *mixed[n : n + size])
        tell(sqlite_store, two, *mixed[: n + size])
        take(sqlite_store, three, *mixed[n : n + size], scope=three.id)
        if n % 2:
            catch_up(sqlite_store, three)
    catch_up(sqlite_store, three)
    with sqlite_store.reading() as session:
        of = [session.exec(select(Ticket).where(Ticket.team_id == team.id)).one() for team in (one, two, three)]
        waits = [
            session.exec(select(WaitingSpell).where(WaitingSpell.team_id == team.id).order_by(WaitingSpell.started_at))
            for team in (one, two, three)
        ]
        told = [
            [one.model_dump(exclude={"id", "ticket_id", "team_id", "calendar_version"}) for one in some]
            for some in waits
        ]
    assert ours(of[0]) == ours(of[1]) == ours(of[2])
    assert of[0].agent_id == of[1].agent_id == of[2].agent_id
    assert told[0] == told[1] == told[2]
