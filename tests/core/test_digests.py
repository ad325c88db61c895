"""A digest is made once, with what happened since the last one; on both databases."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import select

from cspm_core import digests, notices, people, tickets
from cspm_core.calendars import at_local
from cspm_core.digests import Content, Digest, State
from cspm_core.errors import Invalid
from cspm_core.notices import Notice
from cspm_core.people import Role, Team
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts

FRI, MON, TUE = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)
HOUR = timedelta(hours=1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return at_local(day, time(hour, minute), "America/New_York")


@pytest.fixture
def team(store: Store, workspace_id: int) -> Team:
    with store.transaction() as session:
        return people.add_team(
            session, workspace_id, "Returns", timezone="America/New_York", channel="C1", holidays="US", now=at(FRI, 8)
        )


def ticket(key: str, created: datetime, **facts: object) -> TicketFacts:
    return TicketFacts(key, created, url=f"https://desk.example/{key}", **facts)  # type: ignore[arg-type]


def load(store: Store, team: Team, until: datetime, *facts: TicketFacts, first: datetime | None = None) -> None:
    with store.transaction() as session:
        tickets.record(session, team, facts, scope=team.id, known_at=until, now=until)
        tickets.note_source(session, team, complete_until=until, first_at=first or until - 100 * HOUR, now=until)


def make(store: Store, team: Team, now: datetime) -> Digest | None:
    with store.transaction() as session:
        return digests.make(session, people.team(session, team.workspace_id, team.id), now=now)


def say(store: Store, digest: Digest) -> None:
    """It was delivered."""
    with store.transaction() as session:
        for row in session.exec(select(Notice).where(Notice.subject_id == digest.id)):
            row.slack_ts, row.slack_channel, row.shown = "1.1", "C1", row.version
            session.add(row)


def content(store: Store, digest: Digest) -> Content:
    with store.reading() as session:
        return digests.content(session, digest)


def all_notices(store: Store) -> list[Notice]:
    with store.reading() as session:
        return list(session.exec(select(Notice).order_by(Notice.id)))  # type: ignore[arg-type]


def test_two_workers_make_it_once(store: Store, team: Team):
    load(store, team, at(MON, 8))
    together = threading.Barrier(2)

    def work(_: int) -> Digest | None:
        together.wait()
        return make(store, team, at(MON, 9))

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(work, range(2)))
    assert sum(digest is not None for digest in made) == 1
    assert len(all_notices(store)) == 1


def test_it_covers_just_what_the_last_one_did_not(store: Store, team: Team):
    load(store, team, at(FRI, 8))
    first = make(store, team, at(FRI, 9))
    assert first
    say(store, first)
    load(
        store,
        team,
        at(MON, 8),
        ticket("1", at(FRI, 8), first_response_at=at(FRI, 8)),
        ticket("2", at(FRI, 8) + timedelta(seconds=1)),
        ticket("3", at(MON, 8), first_solved_at=at(MON, 8), solved_at=at(MON, 8)),
    )
    second = make(store, team, at(MON, 9))
    assert second
    assert (second.since_at, second.as_of, second.skipped_days) == (at(FRI, 8), at(MON, 8), "")
    told = {count.key: count.value for count in content(store, second).counts}
    assert told == {"new": 2, "solved": 1, "unanswered": 1, "past_due": 0}


def test_a_day_that_was_made_but_never_said_is_named_and_covered(store: Store, team: Team):
    load(store, team, at(FRI, 8))
    first = make(store, team, at(FRI, 9))
    assert first
    say(store, first)
    load(store, team, at(MON, 8))
    assert make(store, team, at(MON, 9))
    load(store, team, at(TUE, 8))
    third = make(store, team, at(TUE, 9))
    assert third
    assert (third.skipped_days, third.since_at) == ("2026-11-23", at(FRI, 8))


def test_who_wants_a_copy_gets_one_in_their_language(store: Store, team: Team):
    with store.transaction() as session:
        for name, language, wants in (("Mina", "ko", True), ("Teo", "nl", False)):
            member = people.add_member(
                session,
                team.workspace_id,
                name,
                slack_user_id=f"U{name.upper()}",
                language=language,
                digest_copy=wants,
                now=at(FRI, 8),
            )
            people.join_team(session, team, member, Role.LEAD, now=at(FRI, 8))
    load(store, team, at(MON, 8))
    make(store, team, at(MON, 9))
    assert [(row.place, row.language) for row in all_notices(store)] == [("C1", "en"), ("UMINA", "ko")]


def test_nothing_new_since_the_last_one_is_no_figure(store: Store, team: Team):
    load(store, team, at(MON, 8))
    first = make(store, team, at(MON, 9))
    assert first
    say(store, first)
    second = make(store, team, at(TUE, 9))
    assert second
    assert content(store, second).state is State.STALE
    assert content(store, second).counts == ()


def test_new_data_gives_a_stale_digest_its_figures_while_its_day_lasts(store: Store, team: Team):
    load(store, team, at(date(2026, 11, 18), 8))
    digest = make(store, team, at(MON, 9))
    assert digest
    assert content(store, digest).state is State.STALE

    def freshen(now: datetime) -> bool:
        with store.transaction() as session:
            return digests.freshen(session, people.team(session, team.workspace_id, team.id), now=now)

    assert not freshen(at(MON, 10))
    load(store, team, at(MON, 10))
    assert not freshen(at(MON, 17)), "the working day is over"
    assert freshen(at(MON, 10, 5))
    assert not freshen(at(MON, 10, 6))
    with store.reading() as session:
        again = digests.digest(session, team.workspace_id, digest.id)
        assert again
        assert again.as_of == at(MON, 10)
        assert digests.content(session, again).state is State.FRESH
    assert all_notices(store)[0].version == 2


def test_without_data_it_is_said_once(store: Store, team: Team):
    assert make(store, team, at(MON, 9)) is None
    assert make(store, team, at(TUE, 9)) is None
    assert [row.kind for row in all_notices(store)] == [digests.NO_DATA]


def test_unanswered_past_due_and_soon_due_are_told_apart_the_oldest_first(store: Store, team: Team):
    now = at(MON, 9)
    old = now - 60 * HOUR
    load(
        store,
        team,
        now,
        ticket("quiet", old, first_response_at=old + HOUR),
        ticket("late", old + HOUR, first_response_at=old + 2 * HOUR, resolution_due_at=now - HOUR),
        ticket("silent", old + 2 * HOUR, first_response_due_at=now + HOUR),
        ticket("exactly", now - HOUR, first_response_at=now - HOUR, resolution_due_at=now),
        ticket("today", old, first_response_at=old + HOUR, resolution_due_at=at(MON, 17)),
        ticket("tomorrow", old, first_response_at=old + HOUR, resolution_due_at=at(MON, 17, 1)),
        ticket("spam", old, status="spam"),
        ticket("done", old, first_response_at=old + HOUR, solved_at=now - HOUR, resolution_due_at=now - 2 * HOUR),
        first=old - 100 * HOUR,
    )
    digest = make(store, team, now)
    assert digest
    told = content(store, digest)
    assert [(t.key, t.is_unanswered, t.is_past_due) for t in told.waiting] == [
        ("late", False, True),
        ("silent", True, False),
        ("exactly", False, False),
        ("today", False, False),
    ]
    assert told.count("past_due").value == 1
    assert told.count("unanswered").value == 1
    assert told.waiting_total == 4


def test_a_window_of_seven_days_needs_thirty_tickets(store: Store, team: Team):
    now = at(MON, 9)
    few = [ticket(str(n), now - n * 20 * HOUR, first_response_at=now - n * 20 * HOUR) for n in range(1, 31)]
    load(store, team, now, *few, first=now - 700 * HOUR)
    digest = make(store, team, now)
    assert digest
    by_key = {figure.reading.metric.key: figure for figure in content(store, digest).figures}
    assert by_key["first_response"].days == 28
    many = [ticket(f"m{n}", now - n * HOUR, first_response_at=now - n * HOUR) for n in range(1, 60)]
    load(store, team, now, *many)
    by_key = {figure.reading.metric.key: figure for figure in content(store, digest).figures}
    assert by_key["first_response"].days == 7
    assert content(store, digest).window_days == 7


def test_pausing_silences_what_was_not_said_and_resuming_twice_changes_nothing(store: Store, team: Team):
    load(store, team, at(MON, 8))
    make(store, team, at(MON, 9))
    with store.transaction() as session:
        found = people.team(session, team.workspace_id, team.id)
        digests.pause(session, found, "resumed", "Mina", now=at(MON, 9, 5))
        assert notices.due(session, now=at(MON, 9, 6), real_now=at(MON, 9, 6)) == []
    assert make(store, team, at(TUE, 9)) is None
    with store.transaction() as session:
        found = people.team(session, team.workspace_id, team.id)
        assert digests.resume(session, found, now=at(TUE, 10))
        assert not digests.resume(session, found, now=at(TUE, 11))
    load(store, team, at(TUE, 9, 30))
    later = make(store, team, at(TUE, 10, 1))
    assert later
    assert later.skipped_days == ""


def test_settings_that_cannot_be_are_refused_before_anything_changes(store: Store, team: Team):
    for bad in ({"digest_at": "25:00"}, {"digest_days": "someday"}):
        with pytest.raises(Invalid), store.transaction() as session:
            digests.change(session, people.team(session, team.workspace_id, team.id), now=at(MON, 9), **bad)
    with store.reading() as session:
        assert people.team(session, team.workspace_id, team.id).digest_at == "09:00"
