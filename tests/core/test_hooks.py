"""Keys of other systems: secrets that follow and are not stored, signatures, and each request once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from cspm_core import errors, hooks, people
from cspm_core.hooks import HookKey
from cspm_core.store import Store

ROOT = "a root secret that is long enough for this"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def key(store: Store, workspace_id: int, now: datetime) -> HookKey:
    with store.transaction() as session:
        return hooks.add(session, workspace_id, "zendesk", now=now)


def secret(key: HookKey, root: str = ROOT) -> str:
    return hooks.secret_of(root, key.workspace_id, key.id, key.generation)


def test_a_signature_is_an_hmac_over_time_and_body() -> None:
    """As `printf 'v1:1700000000:{}' | openssl dgst -sha256 -hmac s3cret` prints it."""
    made = hooks.signature_of("s3cret", "1700000000", b"{}")
    assert made == "v1=633c6f41626acf10d3a7dd2a4cb211c5bd6cbd7ae8ca3d212385da9d55734997"
    assert made != hooks.signature_of("s3cret", "1700000001", b"{}")
    assert made != hooks.signature_of("s3cret", "1700000000", b"[]")
    assert made != hooks.signature_of("s3creT", "1700000000", b"{}")


def test_a_secret_follows_from_the_root_and_the_key_and_is_nowhere_in_the_store(
    store: Store, workspace_id: int, key: HookKey, now: datetime
) -> None:
    with store.transaction() as session:
        other = hooks.add(session, workspace_id, "freshdesk", now=now)
    assert len({secret(key), secret(other), secret(key, ROOT + "!")}) == 3
    assert secret(key) == secret(key)
    with store.reading() as session:
        stored = session.connection().execute(text("SELECT * FROM hook_key")).all()
    assert secret(key) not in str(stored)


def test_names_are_unique_whatever_their_case(store: Store, workspace_id: int, key: HookKey, now: datetime) -> None:
    with store.transaction() as session, pytest.raises(errors.Taken):
        hooks.add(session, workspace_id, "ZenDesk", now=now)
    with store.reading() as session:
        assert hooks.key_named(session, workspace_id, "ZENDESK").id == key.id
        assert [one.id for one in hooks.keys_called(session, "Zendesk")] == [key.id]


@pytest.mark.parametrize("name", ["", "help desk", "데스크", "-x", "a" * 51, "x\n"])
def test_a_name_that_cannot_travel_in_a_header_is_refused(
    store: Store, workspace_id: int, now: datetime, name: str
) -> None:
    with store.transaction() as session, pytest.raises(errors.Invalid) as caught:
        hooks.add(session, workspace_id, name, now=now)
    assert caught.value.reason == "hook_name"


def test_a_renewed_key_has_another_secret_and_a_revoked_one_is_not_found(
    store: Store, workspace_id: int, key: HookKey, now: datetime
) -> None:
    before = secret(key)
    with store.transaction() as session:
        hooks.renew(session, hooks.key_named(session, workspace_id, "zendesk"))
    with store.transaction() as session:
        renewed = hooks.key_named(session, workspace_id, "zendesk")
        assert secret(renewed) != before
        assert hooks.revoke(session, renewed, now=now)
        assert not hooks.revoke(session, renewed, now=now)
        assert hooks.keys_called(session, "zendesk") == []
        hooks.renew(session, renewed)
        assert [one.generation for one in hooks.keys_called(session, "zendesk")] == [3]


def test_an_unknown_key_is_refused_with_the_nearest(store: Store, workspace_id: int, key: HookKey) -> None:
    with store.reading() as session, pytest.raises(errors.UnknownHook) as caught:
        hooks.key_named(session, workspace_id, "zendek")
    assert caught.value.nearest == "zendesk"


def test_a_request_is_begun_once_and_remembered_with_its_answer(store: Store, key: HookKey, now: datetime) -> None:
    with store.transaction() as session:
        first = hooks.begin(session, key, "events", "r1", "abc", now=now)
        assert first.answer == ""
        hooks.finish(session, first, '{"ok": true}')
    with store.transaction() as session:
        assert hooks.begin(session, key, "events", "r1", "abc", now=now).answer == '{"ok": true}'
        assert hooks.begin(session, key, "escalations", "r1", "abc", now=now).answer == ""
        with pytest.raises(errors.Taken):
            hooks.begin(session, key, "events", "r1", "other", now=now)


def test_what_was_not_finished_was_not_begun(store: Store, key: HookKey, now: datetime) -> None:
    def broken_off() -> None:
        with store.transaction() as session:
            hooks.begin(session, key, "events", "r1", "abc", now=now)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    with store.transaction() as session:
        assert hooks.begin(session, key, "events", "r1", "other", now=now).answer == ""


def test_requests_are_forgotten_after_ninety_days(store: Store, workspace_id: int, key: HookKey, now: datetime) -> None:
    with store.transaction() as session:
        hooks.begin(session, key, "events", "old", "abc", now=now - timedelta(days=91))
        hooks.begin(session, key, "events", "young", "abc", now=now - timedelta(days=89))
        assert hooks.forget_old(session, workspace_id, now=now) == 1
        assert hooks.forget_old(session, workspace_id, now=now) == 0


def test_use_is_remembered_to_the_minute(store: Store, workspace_id: int, key: HookKey, now: datetime) -> None:
    def used(minutes: float) -> datetime | None:
        with store.transaction() as session:
            hooks.used(session, key, now=now + minutes * MINUTE)
        with store.reading() as session:
            return hooks.key_named(session, workspace_id, "zendesk").last_used_at

    assert [used(0), used(0.5), used(1.5)] == [now, now, now + 1.5 * MINUTE]


def test_one_name_in_two_workspaces_is_told_apart_by_the_secret(store: Store, key: HookKey, now: datetime) -> None:
    with store.transaction() as session:
        people.claim_workspace(session, "T1", "One", now=now)
        second = people.claim_workspace(session, "T2", "Two", now=now)
        other = hooks.add(session, second.id, "zendesk", now=now)
        assert len(hooks.keys_called(session, "zendesk")) == 2
    assert secret(other) != secret(key)
