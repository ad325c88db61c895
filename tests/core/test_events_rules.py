"""From events to facts: METRICS.md's own ticket, each rule by itself, and any order of arrival."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspm_core import events
from cspm_core.calendars import at_local
from cspm_core.events import Event
from cspm_core.tickets import TicketFacts
from cspm_core.tickets.rules import STATUSES

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ids = count(1)


def event(minutes: float, kind: str, actor: str = "Ada", actor_kind: str = "agent", **said: Any) -> Event:
    """Something that happens so many minutes after `START`."""
    return Event(str(next(ids)), "T-1", START + minutes * MINUTE, kind, actor, actor_kind, said)


def created(minutes: float = 0, opened_by: str = "customer", **said: Any) -> Event:
    return event(minutes, "created", "Kim", "customer", opened_by=opened_by, **said)


def reply(minutes: float, actor: str = "Ada", actor_kind: str = "agent") -> Event:
    return event(minutes, "public_reply", actor, actor_kind)


def status(minutes: float, word: str) -> Event:
    return event(minutes, "status", status=word)


def customer(minutes: float) -> Event:
    return event(minutes, "customer_message", "Kim", "customer")


def assigned(minutes: float, who: str) -> Event:
    return event(minutes, "assignment", agent=who)


def facts(*told: Event) -> TicketFacts:
    found = events.derive(told)
    assert found is not None
    return found.facts


def after(minutes: float) -> datetime:
    return START + minutes * MINUTE


def all_clocks() -> list[Event]:
    """METRICS.md, "One ticket, all clocks"."""

    def at(day: int, clock: str) -> datetime:
        hour, minute = clock.split(":")
        wall = datetime(2026, 11, day, int(hour), int(minute))
        return at_local(wall.date(), wall.time(), "America/New_York")

    def told(day: int, clock: str, kind: str, actor: str, actor_kind: str, **said: Any) -> Event:
        return Event(str(next(ids)), "T-1", at(day, clock), kind, actor, actor_kind, said)

    return [
        told(25, "16:30", "created", "Kim", "customer", opened_by="customer", channel="email"),
        told(25, "16:31", "public_reply", "Botty", "bot"),
        told(25, "16:50", "private_note", "A", "agent"),
        told(27, "09:15", "assignment", "Lead", "agent", agent="A"),
        told(27, "09:20", "public_reply", "A", "agent"),
        told(27, "09:40", "customer_message", "Kim", "customer"),
        told(27, "09:45", "customer_message", "Kim", "customer"),
        told(27, "10:10", "public_reply", "A", "agent"),
        told(27, "10:10", "status", "A", "agent", status="pending"),
        told(27, "16:00", "customer_message", "Kim", "customer"),
        told(27, "16:00", "status", "", "bot", status="open"),
        told(30, "09:30", "assignment", "Lead", "agent", agent="B"),
        told(30, "09:30", "public_reply", "B", "agent"),
        told(30, "09:30", "status", "B", "agent", status="solved"),
        told(30, "11:00", "customer_message", "Kim", "customer"),
        told(30, "11:00", "status", "", "bot", status="open"),
        told(30, "12:00", "public_reply", "B", "agent"),
        told(30, "12:00", "status", "B", "agent", status="solved"),
    ]


def test_one_ticket_all_clocks() -> None:
    derived = events.derive(all_clocks())
    assert derived is not None
    found = derived.facts
    seconds = {
        name: (getattr(found, name) - found.created_at).total_seconds()
        for name in ("first_response_at", "first_solved_at", "solved_at")
    }
    assert seconds == {"first_response_at": 147_000, "first_solved_at": 406_800, "solved_at": 415_800}
    assert (found.public_replies, found.reopens, found.transfers) == (4, 1, 1)
    assert (found.agent, found.status, found.customer, found.channel) == ("B", "solved", "Kim", "email")
    assert (found.requester_wait_s, found.agent_work_s) == (389_400, 389_400)
    assert (found.first_responder, found.repliers, found.group_transfers) == ("A", 2, 0)
    assert (found.early_reopens, found.handed_off_at, found.customer_messages) == (1, None, 4)
    assert found.reopened_at is not None
    assert (found.reopened_at - found.created_at).total_seconds() == 412_200
    first, *later = [(one.ended_at - one.started_at).total_seconds() for one in derived.waits if one.ended_at]
    assert (first, later) == (147_000, [1_800, 235_800, 3_600])
    assert [one.agent for one in derived.waits] == ["A", "A", "B", "B"]


def test_only_a_persons_public_words_stop_the_clock() -> None:
    found = facts(created(), reply(1, "Botty", "bot"), event(2, "private_note"), reply(9))
    assert (found.first_response_at, found.public_replies) == (after(9), 1)


def test_the_first_public_comment_of_an_agent_who_opened_the_ticket_is_no_reply() -> None:
    found = facts(created(opened_by="agent"), reply(0), customer(5), reply(20))
    assert (found.first_response_at, found.public_replies, found.opened_by) == (after(20), 1, "agent")


def test_a_public_reply_by_a_customer_is_a_message() -> None:
    found = facts(created(), reply(1), status(2, "solved"), reply(3, "Kim", "customer"))
    assert (found.status, found.reopens, found.public_replies) == ("open", 1, 1)


@pytest.mark.parametrize(
    ("words", "reopens", "last_solve", "now"),
    [
        (["solved", "open", "solved"], 1, 3, "solved"),
        (["solved", "closed"], 0, 1, "closed"),
        (["solved", "pending"], 1, 1, "pending"),
        (["solved", "open", "open"], 1, 1, "open"),
        (["closed", "spam", "closed"], 0, 1, "closed"),
        (["solved", "spam", "open"], 1, 1, "open"),
        (["spam"], 0, None, "spam"),
        (["pending", "open"], 0, None, "open"),
    ],
)
def test_solves_and_reopens_follow_the_status(words: list[str], reopens: int, last_solve: int | None, now: str) -> None:
    found = facts(created(), *(status(n, word) for n, word in enumerate(words, start=1)))
    assert (found.reopens, found.status) == (reopens, now)
    assert found.solved_at == (None if last_solve is None else after(last_solve))


def test_a_customers_message_reopens_what_is_solved_and_not_what_is_closed() -> None:
    assert facts(created(), status(1, "solved"), customer(2)).reopens == 1
    assert facts(created(), status(1, "solved"), status(2, "closed"), customer(3)).reopens == 0
    assert facts(created(), status(1, "solved"), customer(2), status(2, "open")).reopens == 1


def test_the_assignee_at_the_solve_keeps_it_and_a_reopened_ticket_is_the_present_ones() -> None:
    solved = [created(), assigned(1, "Ada"), reply(2), status(3, "solved"), assigned(4, "Bo")]
    assert facts(*solved).agent == "Ada"
    assert facts(*solved, customer(5)).agent == "Bo"


def test_a_ticket_that_nobody_had_at_the_solve_is_whose_it_is_now() -> None:
    assert facts(created(), status(1, "solved"), assigned(2, "Ada")).agent == "Ada"
    assert facts(created(), status(1, "solved")).agent == ""


def test_who_replied_first_has_it_where_nobody_was_assigned() -> None:
    assert facts(created(), reply(1, "Ada"), reply(2, "Bo")).agent == "Ada"
    assert facts(created(), reply(1, "Ada"), assigned(2, "")).agent == ""


def test_a_transfer_is_a_change_after_the_first_reply_counted_once_an_instant() -> None:
    before = [created(queue="Tier 1"), assigned(1, "Ada"), assigned(2, "Bo"), event(3, "group", queue="Tier 2")]
    assert facts(*before).transfers == 0
    both = [event(5, "group", queue="Tier 3"), assigned(5, "Cy")]
    assert facts(*before, reply(4, "Bo"), *both).transfers == 1
    assert facts(*before, reply(4, "Bo"), assigned(6, " BO ")).transfers == 0
    assert facts(*before, reply(4, "Bo"), assigned(6, ""), assigned(7, "Bo"), assigned(8, "Cy")).transfers == 1
    assert facts(*before, reply(4, "Bo"), *both).queue == "Tier 3"


def test_the_last_rating_counts_with_its_own_instant() -> None:
    rated = [event(n, "rating", csat=answer, csat_scale="5", csat_comment=said) for n, answer, said in RATINGS]
    found = facts(created(), *rated)
    assert (found.csat, found.csat_comment, found.csat_at) == ("2", "", after(8))


RATINGS = [(5, "5", "Great"), (8, "2", "")]


def waits(*told: Event) -> list[tuple[float, float | None, float | None]]:
    """Each wait: begun, answered and closed, in minutes."""
    found = events.derive(told)
    assert found is not None

    def minutes(at: datetime | None) -> float | None:
        return None if at is None else (at - START) / MINUTE

    return [(minutes(one.started_at) or 0, minutes(one.ended_at), minutes(one.closed_at)) for one in found.waits]


def test_several_messages_in_a_row_are_one_wait_from_the_first() -> None:
    assert waits(created(), customer(5), reply(9), customer(20), customer(30), reply(40)) == [
        (0, 9, None),
        (20, 40, None),
    ]


def test_bots_and_notes_end_no_wait() -> None:
    assert waits(created(), reply(1, "Botty", "bot"), event(2, "private_note")) == [(0, None, None)]


def test_a_solve_without_an_answer_closes_the_wait_and_an_answered_one_has_none() -> None:
    assert waits(created(), status(7, "solved")) == [(0, None, 7)]
    assert waits(created(), reply(7), status(7, "solved"), customer(8)) == [(0, 7, None), (8, None, None)]
    assert waits(created(), reply(7), status(8, "solved"), status(9, "open"), status(10, "solved")) == [(0, 7, None)]


def test_who_writes_to_a_closed_ticket_waits_for_nothing_there() -> None:
    assert waits(created(), reply(1), status(2, "closed"), customer(3)) == [(0, 1, None)]


def test_nobody_waits_from_a_creation_that_was_no_customers() -> None:
    assert waits(created(opened_by="agent"), reply(0), customer(5), reply(20)) == [(5, 20, None)]
    assert waits(created(opened_by="bot"), reply(3)) == []


def test_what_is_told_to_lie_before_the_creation_makes_no_wait_below_zero() -> None:
    assert waits(created(10), reply(5), customer(6), reply(20)) == [(10, 20, None)]
    assert waits(created(10), status(5, "solved"), status(6, "open")) == []


def spent(*told: Event) -> tuple[int | None, int | None]:
    found = facts(*told)
    return found.requester_wait_s, found.agent_work_s


def test_pending_is_the_customers_own_time_and_on_hold_not_the_agents_work() -> None:
    turns = [status(10, "pending"), status(30, "on_hold"), status(45, "open"), status(50, "solved")]
    assert spent(created(), *turns) == (30 * 60, 15 * 60)


def test_waiting_ends_at_the_last_solve_and_goes_on_so_far_while_it_is_open() -> None:
    assert spent(created(), status(10, "solved"), event(90, "private_note")) == (600, 600)
    assert spent(created(), event(90, "private_note")) == (5_400, 5_400)
    assert spent(created(), status(10, "solved"), customer(20), status(25, "closed")) == (900, 900)
    assert spent(created(), status(10, "spam"), event(90, "private_note")) == (600, 600)


def test_a_reopening_is_early_up_to_the_seventh_day_after_the_solve_before_it() -> None:
    week = 7 * 24 * 60
    for minutes, early in ((week, 1), (week + 0.001, 0)):
        found = facts(created(), status(0, "solved"), customer(minutes))
        assert (found.reopens, found.early_reopens, found.reopened_at) == (1, early, after(minutes))
    again = [status(week * 2, "solved"), status(week * 2 + 5, "open")]
    assert facts(created(), status(0, "solved"), status(week + 1, "open"), *again).early_reopens == 1


def test_a_bot_hands_off_in_so_many_words() -> None:
    told = [created(), reply(1, "Botty", "bot"), event(4, "handed_off", "Botty", "bot"), reply(9)]
    assert facts(*told).handed_off_at == after(4)
    assert facts(*told, event(6, "handed_off", "Botty", "bot")).handed_off_at == after(4)
    assert facts(created(), reply(2), event(4, "handed_off", "Botty", "bot")).handed_off_at is None


@pytest.mark.parametrize("kind", ["assignment", "group"])
def test_or_by_giving_it_to_somebody_after_it_spoke(kind: str) -> None:
    def given(minutes: float, by: str = "bot") -> Event:
        return event(minutes, kind, "Botty", by, **{"agent" if kind == "assignment" else "queue": "Tier 1"})

    spoke = reply(1, "Botty", "bot")
    assert facts(created(), spoke, given(1), given(3)).handed_off_at == after(1)
    assert facts(created(), given(3)).handed_off_at is None, "it had not spoken"
    assert facts(created(), spoke, given(3, "agent")).handed_off_at is None, "a person did"
    assert facts(created(), spoke, reply(2), given(3)).handed_off_at is None, "a person had answered"
    assert facts(created(), spoke, given(3), event(5, "handed_off", "", "bot")).handed_off_at == after(5)


def test_repliers_are_counted_once_and_not_at_all_where_nobody_says_who() -> None:
    assert facts(created(), reply(1, "Ada"), reply(2, "Bo"), reply(3, " ADA ")).repliers == 2
    assert facts(created(), reply(1, "Ada"), reply(2, "")).repliers is None
    assert facts(created()).repliers == 0


def test_transfers_of_the_group_are_counted_apart_too() -> None:
    begun = [created(queue="Tier 1"), reply(1, "Ada")]
    found = facts(*begun, event(2, "group", queue="Tier 2"), assigned(2, "Bo"), assigned(3, "Cy"))
    assert (found.transfers, found.group_transfers) == (2, 1)


def test_the_first_survey_counts_as_sent() -> None:
    assert facts(created(), event(5, "survey_sent"), event(9, "survey_sent")).csat_sent_at == after(5)


@pytest.mark.parametrize("kind", ["merged", "deleted", "spam"])
def test_what_was_merged_deleted_or_spam_is_that_and_no_solve(kind: str) -> None:
    found = facts(created(), event(5, kind))
    assert (found.status, found.solved_at) == (kind, None)
    assert facts(created(), event(5, kind), status(6, "open")).status == "open"


def test_of_what_a_source_does_not_tell_nothing_is_known() -> None:
    found = events.derive([created(tells="created,status,assignment"), assigned(1, "Ada"), status(5, "solved")])
    assert found is not None
    assert not found.said & {"public_replies", "repliers", "transfers", "customer_messages", "group_transfers", "tells"}
    assert found.said >= {"reopens", "requester_wait_s", "solved_at", "agent"}
    assert found.waits == ()
    only_ends = events.derive([created(tells="created"), status(5, "solved")])
    assert only_ends is not None
    assert not only_ends.said & {"reopens", "early_reopens", "requester_wait_s", "agent_work_s"}


def test_without_the_creation_nobody_can_tell() -> None:
    assert events.derive([reply(1), status(2, "solved")]) is None


def test_only_what_events_determine_is_said() -> None:
    found = events.derive([created(channel="email"), reply(3)])
    assert found is not None
    assert found.said >= {"created_at", "first_response_at", "channel", "agent", "opened_by", "public_replies"}
    assert not found.said & {"status", "csat", "priority", "tags", "solved_at", "first_response_due_at", "queue"}


PEOPLE = st.sampled_from(["Ada", "Bo", "Cy"])


@st.composite
def stories(draw: st.DrawFn) -> list[Event]:
    """A ticket's events; no two of a kind at one instant, since of those only arrival tells which was first."""
    made = [created(0, draw(st.sampled_from(["customer", "agent", "bot"])))]
    kinds = st.sampled_from([kind for kind in events.KINDS if kind != "created"])
    for minutes, kind in draw(st.lists(st.tuples(st.integers(0, 60), kinds), max_size=25, unique=True)):
        said = {
            "status": {"status": draw(st.sampled_from(STATUSES))},
            "assignment": {"agent": draw(st.sampled_from(["", "Ada", "Bo"]))},
            "group": {"queue": draw(st.sampled_from(["Tier 1", "Tier 2"]))},
            "priority": {"priority": "high"},
            "rating": {"csat": draw(st.sampled_from("12345")), "csat_scale": "5"},
        }.get(kind, {})
        by = draw(st.sampled_from(events.ACTOR_KINDS))
        made.append(Event(str(next(ids)), "T-1", after(minutes), kind, draw(PEOPLE), by, said))
    return made


@given(stories(), st.randoms())
def test_any_order_of_arrival_gives_the_same_facts(story: list[Event], chance: Any) -> None:
    mixed = chance.sample(story, len(story))
    assert events.derive(mixed) == events.derive(story)


@given(stories())
def test_facts_of_a_story_hold_together(story: Sequence[Event]) -> None:
    found = facts(*story)
    human = [one for one in story if one.kind == "public_reply" and one.actor_kind == "agent"]
    opening = 1 if found.opened_by == "agent" and human else 0
    assert found.public_replies == len(human) - opening
    assert (found.first_response_at is None) == (not found.public_replies)
    assert (found.solved_at is None) == (found.first_solved_at is None)
    if found.solved_at and found.first_solved_at:
        assert START <= found.first_solved_at <= found.solved_at
        assert found.solved_at == found.first_solved_at or found.reopens
    assert (found.reopens or 0) == 0 or found.solved_at
    assert (found.transfers or 0) == 0 or found.first_response_at
    assert asdict(found)["key"] == "T-1"


@given(stories())
def test_waits_follow_each_other_and_last_no_longer_than_the_story(story: Sequence[Event]) -> None:
    found = events.derive(story)
    assert found is not None
    end = max(one.at for one in story)
    ends = [one.ended_at or one.closed_at or end for one in found.waits]
    starts = [one.started_at for one in found.waits]
    assert all(start <= stop for start, stop in zip(starts, ends, strict=True))
    assert all(stop <= start for stop, start in zip(ends, starts[1:], strict=False))
    assert len(set(starts)) == len(starts)
    assert all(one.ended_at or one.closed_at for one in found.waits[:-1]), "only the last can go on"
    worked, waited = found.facts.agent_work_s, found.facts.requester_wait_s
    assert worked is not None
    assert waited is not None
    assert 0 <= worked <= waited <= (end - START).total_seconds()
    assert (found.facts.early_reopens or 0) <= (found.facts.reopens or 0)
    assert (found.facts.group_transfers or 0) <= (found.facts.transfers or 0)


@pytest.mark.parametrize("text", ["Public reply", "public-reply", " PUBLIC_REPLY ", "public  reply"])
def test_kinds_are_known_however_they_are_written(text: str) -> None:
    assert events.kind_named(text) == "public_reply"


def test_a_kind_or_status_that_nobody_knows_is_none() -> None:
    assert events.kind_named("reply") is None
    assert events.status_named("resolved") == "solved"
    assert events.status_named("On hold") == "on_hold"
    assert events.status_named("lost in space") is None
