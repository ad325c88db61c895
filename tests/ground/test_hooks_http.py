"""What other systems send, over a real port: taken once, refused with a clear answer, never a crash."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient
from sqlmodel import select
from starlette.applications import Starlette

from bot.hooks import jobs, letters, pages, reading
from bot.hooks.limits import MOST_BUCKETS, Buckets
from bot.hooks.soon import Soon
from bot.running.web import Port
from bot.runtime import Runtime
from bot.settings import Settings
from cspm_core import escalations, hooks, people, tickets
from cspm_core.hooks import HookKey
from cspm_core.store import Store
from cspm_core.tickets import Ticket

ROOT = "a root secret that is long enough for this"
REPOSITORY = Path(__file__).resolve().parents[2]
NOW = datetime.now(UTC)
ESCALATION = {"id": "a-1", "what": "A customer waits for a call back"}


@dataclass
class Told:
    """An answer."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]


@dataclass
class Sender:
    """Another system with its key, before a running port."""

    store: Store
    key: HookKey
    port: int = 0
    follows: list[str] = field(default_factory=list)

    @property
    def secret(self) -> str:
        return hooks.secret_of(ROOT, self.key.workspace_id, self.key.id, self.key.generation)

    def sends(
        self, body: Any, hook: str = "escalations", method: str = "POST", without: str = "", **headers: str
    ) -> Told:
        """Send; a header named with None stays away."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        said = {"Content-Type": "application/json", "X-Cspm-Key": self.key.name, "X-Cspm-Secret": self.secret}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: value for name, value in said.items() if name.casefold() not in without.casefold().split()}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request(method, f"/hooks/{hook}", raw, kept)
            answer = line.getresponse()
            return Told(answer.status, json.loads(answer.read()), dict(answer.getheaders()))
        finally:
            line.close()

    def signs(self, body: Any, at: float | None = None, **headers: str) -> Told:
        raw = json.dumps(body).encode()
        timestamp = str(int(time.time() if at is None else at))
        signature = hooks.signature_of(self.secret, timestamp, raw)
        given = {"X_Cspm_Timestamp": timestamp, "X_Cspm_Signature": signature, **headers}
        return self.sends(raw, without="x-cspm-secret", **given)

    def raised(self) -> list[escalations.Escalation]:
        with self.store.reading() as session:
            return list(session.exec(select(escalations.Escalation)).all())

    def tickets(self) -> list[Ticket]:
        with self.store.reading() as session:
            return list(session.exec(select(Ticket)).all())


@pytest.fixture
def sender(store: Store) -> Iterator[Sender]:
    yield from serve(store)


@pytest.fixture
def on_sqlite(sqlite_store: Store) -> Iterator[Sender]:
    yield from serve(sqlite_store)


def prepared(store: Store) -> Sender:
    with store.transaction() as session:
        workspace = people.found_workspace(session, now=NOW)
        team = people.add_team(session, workspace.id, "Returns", timezone="Europe/Amsterdam", now=NOW)
        people.add_team(session, workspace.id, "Billing", timezone="Europe/Amsterdam", now=NOW)
        return Sender(store, hooks.add(session, workspace.id, "zendesk", team=team, now=NOW))


def serve(store: Store, root: str = ROOT) -> Iterator[Sender]:
    sender = prepared(store)
    runtime = Runtime(store, WebClient(), Settings(_env_file=None, hooks_secret=root))  # type: ignore[call-arg]
    port = Port(Starlette(routes=pages.routes(lambda: runtime, lambda: sender.follows.append("told"))), "127.0.0.1", 0)
    port.start()
    sender.port = port.port
    yield sender
    port.stop()


def at(minutes: float) -> str:
    return (NOW + timedelta(minutes=minutes)).isoformat()


def test_an_escalation_is_raised_and_told_at_once(sender: Sender) -> None:
    told = sender.sends(
        {
            **ESCALATION,
            "severity": 2,
            "kind": "complaint",
            "ticket_id": 4711,
            "customer": "김민지",
            "organisation": "Acme",
            "tier": "gold",
            "url": "https://desk.example/4711",
            "promise": "A call by two",
            "promise_due_at": at(120),
            "happened_at": at(-5),
            "severty": 1,
        }
    )
    assert (told.status, told.body) == (
        202,
        {"ok": True, "escalation": "E1", "state": "opened", "ignored": ["severty"]},
    )
    [one] = sender.raised()
    assert (one.what, one.severity, one.kind, one.ticket_key) == (ESCALATION["what"], 2, "complaint", "4711")
    assert (one.customer, one.organisation, one.tier, one.source) == ("김민지", "Acme", "gold", "hook")
    assert (one.promise, one.promise_due_at) == ("A call by two", NOW + timedelta(minutes=120))
    assert sender.follows == ["told"]


@pytest.mark.parametrize("how", ["secret", "bearer", "signature"])
def test_each_way_of_showing_the_key_lets_in(sender: Sender, how: str) -> None:
    bearer = {"Authorization": f"Bearer {sender.secret}"}
    told = {
        "secret": lambda: sender.sends(ESCALATION),
        "bearer": lambda: sender.sends(ESCALATION, without="x-cspm-secret", **bearer),
        "signature": lambda: sender.signs(ESCALATION),
    }[how]()
    assert told.status == 202, told.body


def test_the_same_request_again_is_answered_the_same_and_does_nothing(sender: Sender) -> None:
    first = sender.sends(ESCALATION)
    again = sender.sends(b'{"what":"A customer waits for a call back",  "id":"a-1"}')
    assert again.body == {**first.body, "repeated": True}
    assert [one.count for one in sender.raised()] == [1]
    other = sender.sends({**ESCALATION, "what": "Something else"})
    assert (other.status, other.body["error"]) == (409, "id_taken")


def test_one_cause_is_one_escalation_with_a_count(sender: Sender) -> None:
    told = [sender.sends({"id": f"a-{n}", "what": "Down", "cause": "outage-7"}).body for n in range(3)]
    assert [(one["escalation"], one["state"]) for one in told] == [
        ("E1", "opened"),
        ("E1", "counted"),
        ("E1", "counted"),
    ]
    elsewhere = sender.sends({"id": "a-9", "what": "Down", "cause": "outage-7", "team": "billing"}).body
    assert elsewhere["escalation"] == "E2"
    assert sorted(one.count for one in sender.raised()) == [1, 3]


def test_two_at_once_with_the_same_id_are_one(sender: Sender) -> None:
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: sender.sends(ESCALATION), range(16)))
    assert {one.status for one in told} == {202}
    assert {one.body["escalation"] for one in told} == {"E1"}
    assert sum("repeated" not in one.body for one in told) == 1
    assert [one.count for one in sender.raised()] == [1]


Call = Callable[[Sender], Told]
BAD: dict[str, tuple[Call, int, str]] = {
    "no such hook": (lambda s: s.sends(ESCALATION, "alarms"), 404, "no_such_hook"),
    "another method": (lambda s: s.sends(ESCALATION, method="PUT"), 405, "wrong_method"),
    "looked at": (lambda s: s.sends(b"", method="GET"), 405, "wrong_method"),
    "no type": (lambda s: s.sends(ESCALATION, without="content-type"), 415, "wrong_type"),
    "a form": (lambda s: s.sends(b"id=1", Content_Type="application/x-www-form-urlencoded"), 415, "wrong_type"),
    "latin": (lambda s: s.sends(ESCALATION, Content_Type="application/json; charset=latin-1"), 415, "wrong_type"),
    "compressed": (lambda s: s.sends(ESCALATION, Content_Encoding="gzip"), 415, "wrong_type"),
    "no key": (lambda s: s.sends(ESCALATION, without="x-cspm-key"), 401, "no_key"),
    "a strange key": (lambda s: s.sends(ESCALATION, X_Cspm_Key="zen\xe9"), 401, "no_key"),
    "no secret": (lambda s: s.sends(ESCALATION, without="x-cspm-secret"), 401, "no_secret"),
    "an unknown key": (lambda s: s.sends(ESCALATION, X_Cspm_Key="freshdesk"), 401, "wrong_secret"),
    "a wrong secret": (lambda s: s.sends(ESCALATION, X_Cspm_Secret="x" * 52), 401, "wrong_secret"),
    "a strange secret": (lambda s: s.sends(ESCALATION, X_Cspm_Secret="\xe9\xff"), 401, "wrong_secret"),
    "an old signature": (lambda s: s.signs(ESCALATION, at=time.time() - 301), 401, "old_timestamp"),
    "a signature from ahead": (lambda s: s.signs(ESCALATION, at=time.time() + 310), 401, "old_timestamp"),
    "no timestamp": (lambda s: s.signs(ESCALATION, X_Cspm_Timestamp="noon"), 401, "no_timestamp"),
    "a wrong signature": (lambda s: s.signs(ESCALATION, X_Cspm_Signature="v1=" + "0" * 64), 401, "wrong_signature"),
    "no version": (lambda s: s.signs(ESCALATION, X_Cspm_Signature="0" * 64), 401, "wrong_signature"),
    "too large": (lambda s: s.sends(b'"' + b"x" * 66_000 + b'"'), 413, "too_large"),
    "far too large": (lambda s: s.sends(b"x" * 3_000_000), 413, "too_large"),
    "nothing": (lambda s: s.sends(b""), 400, "bad_json"),
    "no JSON": (lambda s: s.sends(b'{"id": "1",\n "what": }'), 400, "bad_json"),
    "no UTF-8": (lambda s: s.sends(b'{"id": "\xff"}'), 400, "bad_json"),
    "a list": (lambda s: s.sends([ESCALATION]), 400, "bad_json"),
    "no number": (lambda s: s.sends(b'{"id": "1", "severity": NaN}'), 400, "bad_json"),
    "endless": (lambda s: s.sends(b'{"id": "1", "severity": 1e999}'), 400, "bad_json"),
    "a long number": (lambda s: s.sends(b'{"id": ' + b"9" * 9_000 + b"}"), 400, "bad_json"),
    "deep": (lambda s: s.sends(b'{"id": "1", "what": ' + b"[" * 30_000 + b"]" * 30_000 + b"}"), 400, "bad_json"),
    "rather deep": (lambda s: s.sends(b'{"id": ' + b"[" * 90 + b"]" * 90 + b"}"), 400, "bad_json"),
    "said twice": (lambda s: s.sends(b'{"id": "1", "id": "2", "what": "x"}'), 400, "bad_json"),
    "no fields": (lambda s: s.sends({}), 422, "wrong_fields"),
    "a null byte": (lambda s: s.sends({"id": "1", "what": "a\x00b"}), 422, "wrong_fields"),
    "a null id": (lambda s: s.sends({"id": "1\x00", "what": "x"}), 422, "wrong_fields"),
    "half a character": (lambda s: s.sends(b'{"id": "1", "what": "\\ud83d"}'), 422, "wrong_fields"),
    "half a name": (lambda s: s.sends(b'{"id": "1", "what": "x", "\\ud83d": 1}'), 422, "wrong_fields"),
    "an unknown team": (lambda s: s.sends({**ESCALATION, "team": "Retuns"}), 422, "wrong_fields"),
    "no events": (lambda s: s.sends({"id": "1"}, "events"), 422, "wrong_fields"),
    "too many events": (lambda s: s.sends({"id": "1", "events": [0] * 1_001}, "events"), 422, "wrong_fields"),
    "bad events only": (lambda s: s.sends({"id": "1", "events": [0]}, "events"), 422, "wrong_fields"),
}


def begins(sender: Sender, *more: str) -> socket.socket:
    """A request by hand, as far as its headers."""
    shown = (f"X-Cspm-Key: {sender.key.name}", f"X-Cspm-Secret: {sender.secret}", "Content-Type: application/json")
    line = socket.create_connection(("127.0.0.1", sender.port), timeout=20)
    head = ["POST /hooks/escalations HTTP/1.1", "Host: here", *shown, *more, "", ""]
    line.sendall("\r\n".join(head).encode())
    return line


def test_a_long_body_of_untold_length_is_stopped_at_the_bound(on_sqlite: Sender) -> None:
    with begins(on_sqlite, "Transfer-Encoding: chunked") as line:
        for _ in range(20):
            line.sendall(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")
        line.sendall(b"0\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_a_body_that_never_ends_is_not_waited_for(on_sqlite: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAY_TAKE_S", 0.05)
    monkeypatch.setattr(reading, "DRAINED_S", 0.05)
    with begins(on_sqlite, "Content-Length: 100") as line:
        line.sendall(b'{"id": ')
        assert line.recv(100).startswith(b"HTTP/1.1 408")


def test_a_sender_who_hangs_up_is_no_accident(on_sqlite: Sender, lines: Callable[[], list[dict[str, Any]]]) -> None:
    with begins(on_sqlite, "Content-Length: 100") as line:
        line.sendall(b'{"id": ')
    assert on_sqlite.sends(ESCALATION).status == 202
    assert [one for one in lines() if one["level"] in ("error", "warning")] == []


@pytest.mark.parametrize("name", BAD)
def test_every_bad_request_has_its_clear_answer(on_sqlite: Sender, name: str) -> None:
    call, status, code = BAD[name]
    told = call(on_sqlite)
    assert (told.status, told.body["error"]) == (status, code), told.body
    assert told.body["ok"] is False
    assert told.body["message"].endswith((".", "}"))
    assert told.headers["content-type"] == "application/json"
    assert on_sqlite.raised() == []
    assert on_sqlite.follows == []
    assert on_sqlite.sends(ESCALATION).status == 202, "and the next is taken"


def test_bad_json_is_told_with_its_place(on_sqlite: Sender) -> None:
    told = on_sqlite.sends(b'{"id": "1",\n "what": }')
    assert (told.body["line"], told.body["column"]) == (2, 10)
    assert "line 2, column 10" in told.body["message"]


def test_every_problem_is_named_at_once(on_sqlite: Sender) -> None:
    told = on_sqlite.sends(
        {
            "id": "",
            "what": "x" * 2_001,
            "severity": 5,
            "kind": "alarm",
            "url": "ftp://x",
            "customer": ["Kim"],
            "promise_due_at": "2026-11-23T09:00:00",
            "happened_at": "soon",
            "team": "Nobody",
        }
    )
    named = [one["field"] for one in told.body["problems"]]
    fields = ["customer", "happened_at", "id", "kind", "promise_due_at", "severity", "team", "url", "what"]
    assert sorted(named) == fields
    assert all(one["problem"].endswith((".", "?")) for one in told.body["problems"])


def test_a_key_without_a_team_must_be_told_of_which(on_sqlite: Sender) -> None:
    with on_sqlite.store.transaction() as session:
        on_sqlite.key = hooks.add(session, on_sqlite.key.workspace_id, "pager", now=NOW)
    told = on_sqlite.sends(ESCALATION)
    assert (told.status, told.body["problems"][0]["field"]) == (422, "team")
    assert "Billing" in told.body["problems"][0]["problem"]
    assert on_sqlite.sends({**ESCALATION, "team": "BILLING"}).status == 202


def test_a_name_that_two_workspaces_have_is_told_apart_by_its_secret(on_sqlite: Sender) -> None:
    with on_sqlite.store.transaction() as session:
        people.claim_workspace(session, "T1", "One", now=NOW)
        second = people.claim_workspace(session, "T2", "Two", now=NOW)
        people.add_team(session, second.id, "Elsewhere", timezone="UTC", now=NOW)
        other = Sender(on_sqlite.store, hooks.add(session, second.id, "zendesk", now=NOW), on_sqlite.port)
    assert other.sends(ESCALATION).body["escalation"] == "E1"
    assert other.signs({**ESCALATION, "id": "a-2"}).body["escalation"] == "E2"
    assert [one.workspace_id for one in on_sqlite.raised()] == [second.id, second.id]


def test_a_revoked_key_is_out_and_a_renewed_one_needs_its_new_secret(on_sqlite: Sender) -> None:
    def changed(how: Callable[..., Any], **more: Any) -> None:
        with on_sqlite.store.transaction() as session:
            how(session, hooks.key_named(session, on_sqlite.key.workspace_id, "zendesk"), **more)

    changed(hooks.renew)
    assert on_sqlite.sends(ESCALATION).status == 401
    with on_sqlite.store.reading() as session:
        on_sqlite.key = hooks.key_named(session, on_sqlite.key.workspace_id, "zendesk")
    assert on_sqlite.sends(ESCALATION).status == 202
    changed(hooks.revoke, now=NOW)
    assert on_sqlite.sends({**ESCALATION, "id": "a-2"}).status == 401


def test_too_many_requests_of_one_key_are_asked_to_wait(on_sqlite: Sender) -> None:
    told = [on_sqlite.sends(ESCALATION) for _ in range(pages.A_MINUTE_PER_KEY + 15)]
    waiting = [one for one in told if one.status == 429]
    assert waiting
    assert waiting[0].body["error"] == "too_many_requests"
    assert int(waiting[0].headers["retry-after"]) == waiting[0].body["retry_after_s"] == 1


def test_strangers_are_slowed_down_and_friends_behind_the_same_address_are_not(on_sqlite: Sender) -> None:
    told = [on_sqlite.sends(ESCALATION, X_Cspm_Secret="guess") for _ in range(pages.FAILURES_A_MINUTE + 5)]
    assert [one.status for one in told[: pages.FAILURES_A_MINUTE]] == [401] * pages.FAILURES_A_MINUTE
    assert told[-1].status == 429
    assert on_sqlite.sends(ESCALATION).status == 202


def test_old_requests_are_forgotten(on_sqlite: Sender) -> None:
    on_sqlite.sends(ESCALATION)

    def at(days: float) -> Runtime:
        return Runtime(on_sqlite.store, WebClient(), now=lambda: NOW + timedelta(days=days))

    jobs.tidy(at(80))
    assert on_sqlite.sends(ESCALATION).body["repeated"] is True
    jobs.tidy(at(100))
    assert "repeated" not in on_sqlite.sends(ESCALATION).body


def test_buckets_fill_with_time_and_forget() -> None:
    clock = [0.0]
    buckets = Buckets(2, lambda: clock[0])
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 30]
    clock[0] = 29.0
    assert buckets.take("a") == 1
    clock[0] = 30.0
    assert [buckets.take("a"), buckets.take("a"), buckets.take("b")] == [0, 30, 0]
    for n in range(MOST_BUCKETS):
        buckets.take(n)
    assert buckets.take("a") == 0, "what was long ago is forgotten, so that strangers cannot fill the memory"


def test_without_a_root_secret_it_says_so(sqlite_store: Store) -> None:
    for sender in serve(sqlite_store, root=""):
        told = sender.sends(ESCALATION)
        assert (told.status, told.body["error"]) == (503, "not_set_up")
        assert "HOOKS_SECRET" in told.body["message"]


def test_while_the_database_is_gone_it_asks_to_come_again(sqlite_store: Store, tmp_path: Path) -> None:
    for sender in serve(sqlite_store):
        sqlite_store.engine.dispose()
        (tmp_path / "test.db").rename(tmp_path / "away.db")
        (tmp_path / "test.db").mkdir()
        told = sender.sends(ESCALATION)
        assert (told.status, told.body["error"], told.headers["retry-after"]) == (503, "database_gone", "5")
        (tmp_path / "test.db").rmdir()
        (tmp_path / "away.db").rename(tmp_path / "test.db")
        assert sender.sends(ESCALATION).status == 202


def test_nothing_of_bodies_and_secrets_is_logged(on_sqlite: Sender, lines: Callable[[], list[dict[str, Any]]]) -> None:
    on_sqlite.sends({**ESCALATION, "customer": "Kim Quietly"})
    on_sqlite.sends(b'{"id": "Kim Quietly"')
    on_sqlite.sends({"id": "Kim Quietly"}, X_Cspm_Secret="guessed")
    logged = json.dumps(lines())
    assert "hook taken" in logged
    for word in ("Quietly", on_sqlite.secret, "guessed", ESCALATION["what"]):
        assert word not in logged


EVENTS = [
    {"id": 1, "ticket_id": 7, "at": at(-60), "kind": "created", "value": {"priority": "high", "tags": ["a", "b"]}},
    {"id": 2, "ticket_id": 7, "at": at(-50), "kind": "Public reply", "actor": "Ada", "actor_kind": "agent"},
    {"id": 3, "ticket_id": 7, "at": at(-40), "kind": "status", "value": "Resolved"},
    {"id": 4, "ticket_id": 7, "at": at(-30), "kind": "rating", "value": {"answer": 4, "scale": "5", "comment": "👍"}},
]


def test_events_become_a_tickets_facts(sender: Sender) -> None:
    told = sender.sends({"id": "e-1", "events": EVENTS}, "events")
    assert (told.status, told.body) == (202, {"ok": True, "new": 4, "known": 0, "refused": []})
    [row] = sender.tickets()
    assert (row.key, row.status, row.priority, row.tags) == ("7", "solved", "high", "a,b")
    assert (row.first_response_at, row.solved_at) == (NOW - timedelta(minutes=50), NOW - timedelta(minutes=40))
    assert (row.csat, row.csat_good, row.csat_comment, row.public_replies) == ("4", True, "👍", 1)
    again = sender.sends({"id": "e-2", "events": EVENTS}, "events")
    assert again.body == {"ok": True, "new": 0, "known": 4, "refused": []}
    assert sender.sends({"id": "e-1", "events": EVENTS}, "events").body == {**told.body, "repeated": True}
    assert sender.follows == ["told"] * 3


def test_what_bots_surveys_and_merges_do_is_taken_too(sender: Sender) -> None:
    def one(n: int, minutes: float, kind: str, ticket: str = "B-1", **more: Any) -> dict[str, Any]:
        return {"id": n, "ticket_id": ticket, "at": at(minutes), "kind": kind, **more}

    told = [
        one(1, -60, "created"),
        one(2, -59, "public_reply", actor_kind="bot"),
        one(3, -50, "Handed off", actor_kind="bot"),
        one(4, -40, "public_reply", actor="Mina", actor_kind="agent"),
        one(5, -30, "survey sent", actor_kind="bot"),
        one(6, -20, "rating", value={"answer": 9, "scale": "nps"}),
        *(one(1, -60, "created", kind) for kind in ("merged", "deleted", "spam")),
        *(one(2, -50, kind, kind, value="B-1") for kind in ("merged", "deleted", "spam")),
    ]
    assert sender.sends({"id": "b-1", "events": told}, "events").body["refused"] == []
    rows = {row.key: row for row in sender.tickets()}
    row = rows.pop("B-1")
    assert row.handed_off_at is not None
    assert row.csat_sent_at is not None
    assert row.handed_off_at < (row.first_response_at or NOW) < row.csat_sent_at
    assert (row.csat, row.csat_scale, row.csat_score) == ("9", "nps", 9)
    assert {key: one.left_out for key, one in rows.items()} == {key: key for key in ("merged", "deleted", "spam")}


def test_a_single_event_may_be_the_whole_body(sender: Sender) -> None:
    assert sender.sends({**EVENTS[0], "team": "billing"}, "events").body["new"] == 1
    assert sender.sends({**EVENTS[1], "team": "billing"}, "events").body["new"] == 1
    [row] = sender.tickets()
    assert row.first_response_at == NOW - timedelta(minutes=50)


def test_events_that_cannot_be_taken_are_named_and_the_others_are_taken(sender: Sender) -> None:
    bad: list[Any] = [
        {"id": 5, "ticket_id": 7, "at": at(-20), "kind": "solved it"},
        {"id": 6, "ticket_id": 7, "at": at(60), "kind": "status", "value": "open"},
        {"id": 7, "ticket_id": 7, "at": at(-20), "kind": "public_reply"},
        {"id": 8, "ticket_id": 7, "at": at(-20), "kind": "status", "value": "lost"},
        {"id": 9, "ticket_id": 7, "at": at(-20), "kind": "rating", "value": 11},
        {"id": 10, "at": "noon", "kind": "created", "value": "x", "actor_kind": "ghost"},
        {"id": 2, "ticket_id": 7, "at": at(-10), "kind": "private note"},
        {"id": 11, "ticket_id": "a\x00", "at": at(-20), "kind": "private note"},
        "an event",
    ]
    told = sender.sends({"id": "e-1", "events": [*EVENTS[:2], *bad]}, "events")
    assert (told.status, told.body["new"]) == (202, 2)
    named = {one["index"]: [problem["field"] for problem in one["problems"]] for one in told.body["refused"]}
    assert named == {
        2: ["kind"],
        3: ["at"],
        4: ["actor_kind"],
        5: ["value"],
        6: ["value"],
        7: ["actor_kind", "at", "value", "ticket_id"],
        8: ["id"],
        9: ["ticket_id"],
        10: [""],
    }
    assert [one.get("id") for one in told.body["refused"]][:2] == [5, 6]
    assert len(sender.tickets()) == 1


def test_events_before_their_ticket_wait_and_say_so(sender: Sender) -> None:
    assert sender.sends({"id": "e-1", "events": EVENTS[1:2]}, "events").body["waiting"] == ["7"]
    assert sender.sends({"id": "e-2", "events": EVENTS[:1]}, "events").body == {
        "ok": True, "new": 1, "known": 0, "refused": [],
    }  # fmt: skip
    assert len(sender.tickets()) == 1


def test_an_empty_list_says_that_the_source_is_alive(sender: Sender) -> None:
    assert sender.sends({"id": "h-1", "events": [], "complete_until": at(-3)}, "events").status == 202
    with sender.store.reading() as session:
        team = people.team_named(session, sender.key.workspace_id, "Returns")
        assert tickets.complete_until(session, team) == NOW - timedelta(minutes=3)
        soon = datetime.now(UTC) + timedelta(minutes=10)
        assert tickets.complete_until(session, team, soon) == soon


def test_a_thousand_events_at_once_are_taken(sender: Sender) -> None:
    many = [{**EVENTS[n % 2], "ticket_id": n // 2} for n in range(1_000)]
    assert sender.sends({"id": "e-1", "events": many}, "events").body["new"] == 1_000
    assert len(sender.tickets()) == 500


WORDS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20),
    st.sampled_from(["created", "status", "solved", "agent", at(-5), "1", "Returns", "https://x.example"]),
)  # fmt: skip
VALUES = st.recursive(
    WORDS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
# fmt: off
NAMES = st.sampled_from((
    "id", "what", "team", "severity", "kind", "ticket_id", "customer", "url", "promise_due_at", "cause", "happened_at",
    "events", "at", "actor", "actor_kind", "value", "complete_until", "tags",
))
# fmt: on
THINGS = st.dictionaries(NAMES, VALUES, max_size=9)
BODIES = st.one_of(
    st.binary(max_size=60),
    THINGS,
    st.fixed_dictionaries({"id": st.text(min_size=1, max_size=9), "events": st.lists(THINGS, max_size=4)}),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(BODIES, st.sampled_from(["escalations", "events"]))
def test_no_body_breaks_it(on_sqlite: Sender, body: Any, hook: str) -> None:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode("utf-8", "surrogatepass")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Buckets, "take", lambda *_: 0)
        told = on_sqlite.sends(raw, hook)
    assert told.status in (202, 400, 409, 422), told.body
    assert told.body["ok"] is (told.status == 202)


SERVER = """
import os, sys
from slack_sdk import WebClient
from starlette.applications import Starlette
from bot.hooks import pages
from bot.running.web import Port
from bot.runtime import Runtime
from bot.settings import Settings
from cspm_core.store import Store
runtime = Runtime(Store(sys.argv[1]), WebClient(), Settings(_env_file=None, hooks_secret=sys.argv[2]))
port = Port(Starlette(routes=pages.routes(lambda: runtime, lambda: os._exit(9))), "127.0.0.1", 0)
port.start()
print(port.port, flush=True)
sys.stdin.read()
"""


def test_killed_between_the_commit_and_the_answer_a_retry_is_answered_as_if_nothing_was(store: Store) -> None:
    url = store.engine.url.render_as_string(hide_password=False)
    for sender in serve(store):
        alive, settings = sender.port, {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        with subprocess.Popen(
            [sys.executable, "-c", SERVER, url, ROOT], env=settings, stdin=-1, stdout=-1, text=True
        ) as doomed:
            assert doomed.stdout
            sender.port = int(doomed.stdout.readline())
            with pytest.raises((ConnectionError, http.client.HTTPException)):
                sender.sends(ESCALATION)
            assert doomed.wait(timeout=20) == 9
        sender.port = alive
        told = sender.sends(ESCALATION)
        assert told.body == {"ok": True, "escalation": "E1", "state": "opened", "repeated": True}
        assert [one.count for one in sender.raised()] == [1]


def test_what_is_shown_to_type_works_in_a_shell(on_sqlite: Sender) -> None:
    address = letters.address("127.0.0.1", on_sqlite.port)
    for letter, said in ((letters.plain, "E1"), (letters.signed, '"repeated": true'), (letters.events, '"new": 2')):
        typed = letter(address, on_sqlite.key.name, on_sqlite.secret, "Returns")
        done = subprocess.run(["bash", "-c", typed], capture_output=True, text=True, check=True)
        assert said in done.stdout, done.stdout + done.stderr


def test_many_who_ask_before_it_began_are_served_at_once() -> None:
    began, may_go, ran = [threading.Event(), threading.Event()], threading.Event(), []

    def run() -> None:
        ran.append(1)
        began[len(ran) - 1].set()
        may_go.wait(10)

    soon = Soon(run)
    soon()
    assert began[0].wait(10)
    for _ in range(20):
        soon()
    may_go.set()
    assert began[1].wait(10)
    for thread in threading.enumerate():
        if thread.name.endswith("-hooks"):
            thread.join(10)
    assert len(ran) == 2, "and no thread is left"
