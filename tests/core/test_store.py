"""The store keeps instants, refuses writes while reading, and writes side by side."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import DBAPIError, StatementError
from sqlmodel import select

from cspm_core import people
from cspm_core.ids import new_id
from cspm_core.people import Team
from cspm_core.store import Store, normalise


def test_an_instant_comes_back_aware_and_equal(store: Store, workspace_id: int, now: datetime):
    at = datetime(2026, 3, 8, 1, 59, 59, 123456, tzinfo=timezone(timedelta(hours=-5)))
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Returns", timezone="UTC", digest_paused_until=at, now=now)
    with store.reading() as session:
        found = session.exec(select(Team)).one().digest_paused_until
    assert found == at
    assert found.tzinfo is UTC
    assert team.id == people.Team.model_validate(team).id


def test_a_naive_instant_is_refused(store: Store, workspace_id: int, now: datetime):
    with pytest.raises((StatementError, ValueError), match="time zone"), store.transaction() as session:
        people.add_team(session, workspace_id, "R", timezone="UTC", digest_paused_until=datetime(2026, 1, 1), now=now)


def test_reading_cannot_write(store: Store, workspace_id: int, now: datetime):
    with pytest.raises(DBAPIError), store.reading() as session:
        people.add_team(session, workspace_id, "Returns", timezone="UTC", now=now)
    with store.transaction() as session:
        people.add_team(session, workspace_id, "Returns", timezone="UTC", now=now)


def test_four_threads_that_read_and_then_write_all_succeed(store: Store, workspace_id: int, now: datetime):
    with store.transaction() as session:
        team_id = people.add_team(session, workspace_id, "Returns", timezone="UTC", now=now).id

    def raise_version(_: int) -> None:
        with store.transaction() as session:
            team = session.get_one(Team, (workspace_id, team_id), with_for_update=True)
            team.calendar_version += 1

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(raise_version, range(100)))
    with store.reading() as session:
        assert session.get_one(Team, (workspace_id, team_id)).calendar_version == 101


def test_ids_rise_even_within_one_instant(now: datetime):
    made = [new_id(now) for _ in range(10_000)]
    assert made == sorted(set(made))
    assert 0 < made[-1] < 2**63


@pytest.mark.parametrize("given", ["postgres://a:b@c/d", "postgresql://a:b@c/d", "postgresql+psycopg://a:b@c/d"])
def test_any_postgres_address_becomes_one_that_works(given: str):
    assert normalise(given) == "postgresql+psycopg://a:b@c/d"
