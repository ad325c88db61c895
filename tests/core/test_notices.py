"""A notice is asked for once, in one pair of hands at a time, and never older over newer. On both databases."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from cspm_core import leases, notices, people
from cspm_core.notices import Claimed, Notice
from cspm_core.notices.rules import CLAIM, FIRST_WAIT, LONGEST_WAIT, wait
from cspm_core.people import Team
from cspm_core.store import Store

MINUTE = timedelta(minutes=1)


@pytest.fixture
def team(store: Store, workspace_id: int, now: datetime) -> Team:
    with store.transaction() as session:
        return people.add_team(session, workspace_id, "Returns", timezone="UTC", channel="returns", now=now)


def asked(store: Store, team: Team, now: datetime, key: str = "digest:1", **more: object) -> bool:
    facts = {"kind": "digest", "subject_id": 7, "team_id": team.id, "place": "returns", "language": "en", **more}
    with store.transaction() as session:
        return notices.post(session, team.workspace_id, key=key, now=now, **facts)  # type: ignore[arg-type]


def due(store: Store, now: datetime, real_now: datetime | None = None) -> list[tuple[int, int]]:
    with store.reading() as session:
        return list(notices.due(session, now=now, real_now=real_now or now))


def claimed(store: Store, now: datetime, token: str = "a", real_now: datetime | None = None) -> Claimed | None:
    with store.reading() as session:
        row = notices.due(session, now=now, real_now=now + 2 * CLAIM)[0]
    with store.transaction() as session:
        return notices.claim(session, *row, token, now=now, real_now=real_now or now)


def only(store: Store) -> Notice:
    with store.reading() as session:
        return notices.of_subject(session, people.workspaces(session)[0].id, "digest", 7)[0]


def test_asking_twice_is_asking_once(store: Store, team: Team, now: datetime):
    assert asked(store, team, now)
    assert not asked(store, team, now)
    assert len(due(store, now)) == 1


def test_it_waits_until_it_is_due_and_is_not_said_after_it_expired(store: Store, team: Team, now: datetime):
    asked(store, team, now, due_at=now + MINUTE, expires_at=now + 3 * MINUTE)
    assert [len(due(store, now + n * MINUTE)) for n in range(5)] == [0, 1, 1, 0, 0]


def test_of_two_only_one_gets_the_claim(store: Store, team: Team, now: datetime):
    asked(store, team, now)
    row = due(store, now)[0]
    together = threading.Barrier(2)

    def take(token: str) -> Claimed | None:
        together.wait()
        with store.transaction() as session:
            return notices.claim(session, *row, token, now=now, real_now=now)

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(take, "ab"))
    assert sum(found is not None for found in taken) == 1
    assert due(store, now) == []


def test_a_claim_that_ran_out_without_a_record_is_unsure(store: Store, team: Team, now: datetime):
    asked(store, team, now)
    first = claimed(store, now)
    assert first
    assert not first.is_unsure
    assert due(store, now, now + CLAIM) == []
    second = claimed(store, now, "b", now + CLAIM + MINUTE)
    assert second
    assert second.is_unsure
    with store.transaction() as session:
        assert not notices.shown(session, first, channel="C1", ts="1.1", now=now), "the claim is another's by now"
        assert notices.shown(session, second, channel="C1", ts="1.2", now=now)
    assert only(store).slack_ts == "1.2"
    assert due(store, now + 10 * MINUTE) == []


def test_what_changed_while_it_was_carried_is_shown_again(store: Store, team: Team, now: datetime):
    asked(store, team, now, expires_at=now + MINUTE)
    held = claimed(store, now)
    assert held
    with store.transaction() as session:
        notices.refresh(session, team.workspace_id, "digest", 7)
        notices.shown(session, held, channel="C1", ts="1.1", now=now)
    row = only(store)
    assert (row.version, row.shown) == (2, 1)
    assert len(due(store, now + 2 * MINUTE)) == 1, "an update comes also after it would have expired"


def test_a_later_try_waits_and_remembers_whether_it_is_unsure(store: Store, team: Team, now: datetime):
    asked(store, team, now)
    held = claimed(store, now)
    assert held
    with store.transaction() as session:
        notices.later(session, held, retry_at=now + MINUTE, is_unsure=True)
    assert due(store, now) == []
    again = claimed(store, now + MINUTE, "b")
    assert again
    assert again.is_unsure
    assert again.attempts == 1
    with store.transaction() as session:
        notices.later(session, again, retry_at=now + 2 * MINUTE)
    surely = claimed(store, now + 2 * MINUTE, "c")
    assert surely
    assert not surely.is_unsure
    assert surely.attempts == 2


def test_what_waits_in_a_place_is_hurried_and_nothing_else(store: Store, team: Team, now: datetime):
    for place in ("C1", "#returns", "C2"):
        asked(store, team, now, place, place=place)
        held = claimed(store, now)
        assert held
        with store.transaction() as session:
            notices.later(session, held, retry_at=now + MINUTE)
    with store.transaction() as session:
        notices.hurry(session, team.workspace_id, ["C1", "returns", "#returns"], now=now)
    assert len(due(store, now)) == 2
    assert len(due(store, now + MINUTE)) == 3


def test_what_is_given_up_stays_so_until_it_is_moved(store: Store, team: Team, now: datetime):
    asked(store, team, now)
    held = claimed(store, now)
    assert held
    with store.transaction() as session:
        notices.give_up(session, held, "is_archived")
    assert due(store, now + 10 * MINUTE) == []
    with store.transaction() as session:
        notices.move(session, team.workspace_id, "digest", team.id, "C2", before="elsewhere")
    assert due(store, now + 10 * MINUTE) == []
    with store.transaction() as session:
        notices.move(session, team.workspace_id, "digest", team.id, "C2", before="returns")
    assert only(store).place == "C2"
    assert len(due(store, now + 10 * MINUTE)) == 1


def test_what_is_silenced_is_not_said(store: Store, team: Team, now: datetime):
    asked(store, team, now)
    with store.transaction() as session:
        notices.silence(session, team.workspace_id, "digest", team.id, now=now)
    assert due(store, now) == []


def test_waiting_doubles_within_bounds_and_never_less_than_slack_asks():
    assert wait(0) == FIRST_WAIT
    assert wait(1) == 2 * FIRST_WAIT
    assert wait(50) == LONGEST_WAIT
    assert wait(0, timedelta(hours=1)) == timedelta(hours=1)


def test_a_lease_has_one_holder_until_it_runs_out(store: Store, now: datetime):
    def hold(holder: str, after: int = 0) -> bool:
        with store.transaction() as session:
            return leases.hold(session, "schedule", holder, now=now + after * MINUTE, ttl=MINUTE)

    assert hold("one")
    assert hold("one")
    assert not hold("two")
    assert hold("two", after=2)
    assert not hold("one", after=2)
    with store.transaction() as session:
        leases.let_go(session, "schedule", "one")
    assert not hold("one", after=2)
    with store.transaction() as session:
        leases.let_go(session, "schedule", "two")
    assert hold("one", after=2)


def test_of_many_who_want_a_new_lease_one_gets_it(store: Store, now: datetime):
    together = threading.Barrier(4)

    def hold(holder: str) -> bool:
        together.wait()
        with store.transaction() as session:
            return leases.hold(session, "schedule", holder, now=now, ttl=MINUTE)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(hold, "abcd")) == 1
