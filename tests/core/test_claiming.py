"""The first admin: a code works once, for a day, and is not guessed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from cspm_core import errors, people
from cspm_core.people import AdminCode, CodeTry, Member
from cspm_core.people.claiming import LENGTH, LETTERS, tidied
from cspm_core.store import Store

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def workspace_id(store: Store, now: datetime) -> int:
    with store.transaction() as session:
        return people.found_workspace(session, now=now).id


def met(store: Store, workspace_id: int, name: str, now: datetime) -> int:
    with store.transaction() as session:
        return people.add_member(session, workspace_id, name, slack_user_id=f"U{name.upper()}", now=now).id


def code_of(store: Store, workspace_id: int, now: datetime) -> str:
    with store.transaction() as session:
        return people.new_admin_code(session, workspace_id, now=now)


def claims(store: Store, workspace_id: int, member_id: int, code: str, now: datetime) -> type[errors.Refusal] | None:
    """What it comes to: a refusal's class, or nothing; committed as the bot does."""
    with store.transaction() as session:
        member = people.member(session, workspace_id, member_id)
        try:
            people.claim_admin(session, workspace_id, member, code, now=now)
        except errors.Refusal as refusal:
            return type(refusal)
    return None


def takes_role_away(store: Store, workspace_id: int, member_id: int) -> None:
    with store.transaction() as session:
        people.member(session, workspace_id, member_id).role = "member"


def admins(store: Store, workspace_id: int) -> list[str]:
    with store.reading() as session:
        return sorted(one.name for one in session.exec(select(Member).where(Member.role == "admin")))


def test_a_code_makes_one_person_an_admin_and_works_once(store: Store, workspace_id: int, now: datetime):
    mina, bo = met(store, workspace_id, "Mina", now), met(store, workspace_id, "Bo", now)
    code = code_of(store, workspace_id, now)
    with store.reading() as session:
        assert not people.has_admin(session, workspace_id)
        assert code.replace("-", "") not in str(session.exec(select(AdminCode)).all())
    assert claims(store, workspace_id, mina, f"  {code.lower().replace('-', ' – ')} ", now + HOUR) is None
    assert claims(store, workspace_id, mina, code, now + HOUR) is None, "the same modal sent twice"
    assert claims(store, workspace_id, bo, code, now + HOUR) is errors.CodeExpired
    assert admins(store, workspace_id) == ["Mina"]
    with store.reading() as session:
        assert people.has_admin(session, workspace_id)
    takes_role_away(store, workspace_id, mina)
    assert claims(store, workspace_id, mina, code, now + HOUR) is errors.CodeExpired, "it made her one once"
    assert admins(store, workspace_id) == []


def test_a_code_is_good_for_a_day_and_until_it_is_voided(store: Store, workspace_id: int, now: datetime):
    mina = met(store, workspace_id, "Mina", now)
    first = code_of(store, workspace_id, now)
    with store.transaction() as session:
        people.void_admin_codes(session, workspace_id, now=now)
    second = code_of(store, workspace_id, now)
    assert claims(store, workspace_id, mina, first, now) is errors.CodeExpired
    assert claims(store, workspace_id, mina, second, now + DAY) is errors.CodeExpired
    assert admins(store, workspace_id) == []
    third = code_of(store, workspace_id, now + DAY)
    assert claims(store, workspace_id, mina, third, now + 2 * DAY - timedelta(microseconds=1)) is None


def test_of_several_codes_that_are_good_one_is_used_and_then_none_is(store: Store, workspace_id: int, now: datetime):
    mina, bo = met(store, workspace_id, "Mina", now), met(store, workspace_id, "Bo", now)
    first, second = code_of(store, workspace_id, now), code_of(store, workspace_id, now)
    assert claims(store, workspace_id, mina, first, now) is None
    assert claims(store, workspace_id, bo, second, now) is errors.CodeExpired


def test_whoever_typed_five_wrong_codes_waits_an_hour_and_nobody_else_does(
    store: Store, workspace_id: int, now: datetime
):
    mina, bo = met(store, workspace_id, "Mina", now), met(store, workspace_id, "Bo", now)
    code = code_of(store, workspace_id, now)
    for n in range(5):
        assert claims(store, workspace_id, bo, "AAAA-AAAA", now + n * HOUR / 6) is errors.BadCode
    assert claims(store, workspace_id, bo, code, now + HOUR - timedelta(seconds=1)) is errors.TooManyTries
    assert claims(store, workspace_id, mina, "AAAA-AAAA", now + HOUR) is errors.BadCode
    assert claims(store, workspace_id, mina, code, now + HOUR) is None
    assert claims(store, workspace_id, bo, code, now + HOUR) is errors.CodeExpired
    with store.reading() as session:
        assert len(session.exec(select(CodeTry)).all()) == 5, "the first is forgotten, and one is Mina's"


def test_an_admin_whom_slack_does_not_know_looks_after_nobody(store: Store, workspace_id: int, now: datetime):
    with store.transaction() as session:
        people.add_member(session, workspace_id, "Mina", role=people.Role.ADMIN, now=now)
        assert not people.has_admin(session, workspace_id)


def test_of_two_who_type_the_same_code_at_once_one_is_the_admin(store: Store, workspace_id: int, now: datetime):
    both = [met(store, workspace_id, name, now) for name in ("Mina", "Bo")]
    code, gate = code_of(store, workspace_id, now), Barrier(2)

    def claim(member_id: int) -> type[errors.Refusal] | None:
        gate.wait()
        return claims(store, workspace_id, member_id, code, now)

    with ThreadPoolExecutor(2) as pool:
        came = list(pool.map(claim, both))
    assert sorted(came, key=str) == [errors.CodeExpired, None]
    assert len(admins(store, workspace_id)) == 1


def test_one_who_sends_the_same_code_twice_at_once_is_refused_neither_time(
    store: Store, workspace_id: int, now: datetime
):
    mina = met(store, workspace_id, "Mina", now)
    code, gate = code_of(store, workspace_id, now), Barrier(2)

    def claim(_: int) -> type[errors.Refusal] | None:
        gate.wait()
        return claims(store, workspace_id, mina, code, now)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(claim, range(2))) == [None, None]


def test_many_who_guess_at_once_have_five_tries_together(store: Store, workspace_id: int, now: datetime):
    bo, gate = met(store, workspace_id, "Bo", now), Barrier(8)

    def guess(n: int) -> type[errors.Refusal] | None:
        gate.wait()
        return claims(store, workspace_id, bo, f"AAAA-AAA{n}", now)

    with ThreadPoolExecutor(8) as pool:
        came = list(pool.map(guess, range(2, 10)))
    assert came.count(errors.BadCode) == 5
    assert came.count(errors.TooManyTries) == 3


@given(st.text(LETTERS, min_size=LENGTH, max_size=LENGTH), st.lists(st.sampled_from(" -–_\u3000\t"), max_size=8))
def test_a_code_is_known_however_it_is_spaced_and_cased(code: str, between: list[str]):
    typed = "".join(f"{letter}{space}" for letter, space in zip(code, [*between, *[""] * LENGTH], strict=False))
    assert tidied(typed.lower()) == tidied(typed) == code
