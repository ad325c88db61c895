"""Whoever comes first: people who meet the bot at the same instant, names and teams made twice, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

import pytest
from sqlmodel import Session, select

from cspm_core import errors, people
from cspm_core.people import Identity, Member, SlackProfile
from cspm_core.store import Store

R = TypeVar("R")
MANY = 4


def at_once(store: Store, act: Callable[[Session], R]) -> list[R | Exception]:
    """What each of many gets who do the same in transactions of their own, all begun together."""
    together = threading.Barrier(MANY)

    def one(_: int) -> R | Exception:
        together.wait()
        try:
            with store.transaction() as session:
                return act(session)
        except errors.Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


def test_somebody_who_does_two_things_at_once_is_one_person(store: Store, workspace_id: int, now: datetime):
    profile = SlackProfile("Mina Park", "mina@example.com", "ko-KR", "Asia/Seoul")
    met = at_once(store, lambda session: people.meet(session, workspace_id, "U0MINA", profile, now=now).id)
    assert len(set(met)) == 1
    with store.reading() as session:
        assert len(session.exec(select(Member)).all()) == 1


def test_a_name_in_the_data_is_one_identity(store: Store, workspace_id: int, now: datetime):
    made = at_once(store, lambda session: people.identity(session, workspace_id, "Ada King", now=now).id)
    assert len(set(made)) == 1
    with store.reading() as session:
        assert len(session.exec(select(Identity)).all()) == 1


def test_of_two_teams_of_one_name_the_second_is_refused(store: Store, workspace_id: int, now: datetime):
    made = at_once(store, lambda session: people.add_team(session, workspace_id, "Returns", timezone="UTC", now=now).id)
    assert sum(isinstance(one, errors.Taken) for one in made) == MANY - 1
    with store.reading() as session:
        assert [team.name for team in people.teams(session, workspace_id)] == ["Returns"]


def test_a_name_that_is_somebodys_is_not_taken_from_them(store: Store, workspace_id: int, now: datetime):
    with store.transaction() as session:
        people.add_member(session, workspace_id, "Ada King", now=now)
        bo = people.add_member(session, workspace_id, "Bo Berg", now=now)
        with pytest.raises(errors.Taken):
            people.be_known_as(session, bo, "ada king", now=now)
        people.be_known_as(session, bo, "B. Berg", now=now)
        people.be_known_as(session, bo, "B. Berg", now=now)
    with store.reading() as session:
        found = people.member_named(session, workspace_id, "b. berg")
        assert found
        assert found.name == "Bo Berg"
