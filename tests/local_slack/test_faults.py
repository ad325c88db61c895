"""What the workspace does badly on purpose: calls that fail before or after they were carried out, lines that break."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import RemoteDisconnected
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from bot.local_slack import Seat, Server, Workspace

from .stage import actions, button, workspace
from .test_control import Program


def post(client: WebClient, text: str = "hello") -> Any:
    return client.chat_postMessage(channel="#returns", text=text)


def said(mina: Seat) -> list[str]:
    return [one.text for one in mina.reads("#returns")]


@pytest.mark.parametrize(("kind", "status", "error"), [("429", 429, "ratelimited"), ("500", 500, "internal_error")])
def test_a_call_can_fail_before_it_is_carried_out(
    place: Workspace, client: WebClient, mina: Seat, kind: str, status: int, error: str
) -> None:
    place.faults.strike(kind, times=2, seconds=7)
    for _ in range(2):
        with pytest.raises(SlackApiError) as refused:
            post(client)
        assert (refused.value.response.status_code, refused.value.response["error"]) == (status, error)
        assert refused.value.response.headers.get("Retry-After") == ("7" if kind == "429" else None)
    assert said(mina) == []
    post(client)
    assert said(mina) == ["hello"]
    assert [(one.error, one.struck) for one in place.calls] == [(error, kind), (error, kind), ("", "")]


def test_a_strike_can_wait_for_one_method(place: Workspace, client: WebClient) -> None:
    place.faults.strike("500", method="chat.update")
    ts = post(client)["ts"]
    with pytest.raises(SlackApiError, match="internal_error"):
        client.chat_update(channel=place.channel("#returns").id, ts=ts, text="other")
    assert place.faults.strikes == []


def test_a_call_can_be_carried_out_and_then_fail(place: Workspace, client: WebClient, mina: Seat) -> None:
    place.faults.strike("accept_then_500")
    with pytest.raises(SlackApiError) as failed:
        post(client)
    assert (failed.value.response.status_code, failed.value.response["error"]) == (500, "fatal_error")
    assert said(mina) == ["hello"]
    assert (place.calls[-1].error, place.calls[-1].struck) == ("", "accept_then_500")


def test_an_answer_can_be_held_back_until_the_client_gives_up(place: Workspace, server: Server, mina: Seat) -> None:
    hasty = WebClient(token=place.bot_token, base_url=server.api_url, retry_handlers=[], timeout=1)
    place.faults.strike("accept_then_hang", seconds=30)
    with pytest.raises(TimeoutError):
        post(hasty)
    assert said(mina) == ["hello"]


def test_a_connection_can_be_closed_without_an_answer(place: Workspace, client: WebClient, mina: Seat) -> None:
    place.faults.strike("accept_then_close")
    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        post(client)
    post(client, "still here")
    assert said(mina) == ["hello", "still here"]


def test_strikes_reach_calls_in_process_too(place: Workspace, mina: Seat) -> None:
    for kind in ("429", "500", "accept_then_500", "accept_then_close"):
        place.faults.strike(kind)
    answers = [place.call("chat.postMessage", {"channel": "#returns", "text": str(n)}) for n in range(5)]
    assert [one.get("error") for one in answers] == [
        "ratelimited",
        "internal_error",
        "fatal_error",
        "fatal_error",
        None,
    ]
    assert said(mina) == ["2", "3", "4"]


def test_chances_strike_as_often_as_they_say_and_the_same_way_again() -> None:
    def struck(seed: int) -> list[str]:
        place = workspace(rate_limits=False)
        place.faults.by_chance({"429": 0.1, "500": 0.1, "accept_then_500": 0.1, "accept_then_close": 0.05}, seed)
        for _ in range(1000):
            place.call("auth.test", {})
        return [one.struck for one in place.calls]

    first = struck(7)
    assert first == struck(7)
    assert first != struck(8)
    counted = Counter(first)
    assert all(60 <= counted[kind] <= 140 for kind in ("429", "500", "accept_then_500"))
    assert 25 <= counted["accept_then_close"] <= 80
    assert counted["accept_then_hang"] == 0


def test_faults_are_switched_over_http_and_never_strike_the_control_api(
    server: Server, place: Workspace, client: WebClient
) -> None:
    program = Program(server)
    strikes = [{"kind": "500", "method": "chat.postMessage"}, {"kind": "accept_then_hang", "seconds": 2, "times": 3}]
    faults = program.post("faults", strikes=strikes, chances={"429": 1}, seed=3)["faults"]
    assert [(one["kind"], one["method"], one["times"], one["seconds"]) for one in faults["strikes"]] == [
        ("500", "chat.postMessage", 1, 0),
        ("accept_then_hang", "", 3, 2),
    ]
    assert (faults["chances"], faults["seed"]) == ({"429": 1}, 3)
    assert program.get("state?as=Mina")["faults"] == faults == program.get("faults")["faults"]
    program.post("faults", strikes=[])
    with pytest.raises(SlackApiError, match="ratelimited"):
        client.auth_test()
    assert program.post("faults", chances={})["faults"]["chances"] == {}
    assert client.auth_test()["ok"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"strikes": "500"},
        {"strikes": [{"kind": "flood"}]},
        {"strikes": [{"kind": "500", "times": 0}]},
        {"strikes": [{"kind": "500", "often": 2}]},
        {"chances": {"429": 2}},
        {"chances": {"429": 0.6, "500": 0.6}},
        {"chances": {"flood": 0.1}},
        {"seed": "x"},
        {"deliver_twice": True, "explode": True},
    ],
)
def test_faults_that_do_not_exist_change_nothing(server: Server, place: Workspace, wrong: dict[str, Any]) -> None:
    before = place.faults.shown()
    answer = Program(server).post("faults", **wrong)
    assert (answer["status"], answer["error"]) == (400, "unknown_fault")
    assert place.faults.shown() == before


def test_limits_fill_again_however_the_clock_is_turned() -> None:
    seconds = [0.0]
    place = workspace(monotonic=lambda: seconds[0])

    def posts() -> int:
        answers = [place.call("chat.postMessage", {"channel": "#returns", "text": "x"}) for _ in range(10)]
        return sum(one["ok"] for one in answers)

    assert posts() == 3
    place.turn(place.now().replace(year=2027))
    assert (posts(), posts()) == (3, 0)
    seconds[0] += 2  # the host's clock stands still meanwhile
    assert posts() == 2
    place.turn(place.now().replace(year=2026))
    assert posts() == 0
    seconds[0] += 2
    assert posts() == 2


def address(place: Workspace, server: Server) -> str:
    client = WebClient(base_url=server.api_url, retry_handlers=[])
    return str(client.apps_connections_open(app_token=place.app_token)["url"])


@contextmanager
def line(place: Workspace, server: Server) -> Iterator[ClientConnection]:
    before = place.delivery.connected
    with connect(address(place, server)) as socket:
        assert json.loads(socket.recv(5))["type"] == "hello"
        place.wait_until(lambda: place.delivery.connected == before + 1)
        yield socket


def test_every_socket_can_break_and_new_ones_be_refused(server: Server, place: Workspace) -> None:
    with line(place, server) as first, line(place, server) as second:
        assert Program(server).post("drop_sockets", refuse_s=60)["dropped"] == 2
        for one in (first, second):
            with pytest.raises(ConnectionClosedError):
                one.recv(5)
        place.wait_until(lambda: place.delivery.connected == 0)
    with pytest.raises(InvalidStatus), line(place, server):
        pass
    assert place.drop_sockets() == 0
    with line(place, server):
        assert place.delivery.connected == 1


def test_a_line_that_breaks_under_a_press_is_seen_by_the_person(server: Server, place: Workspace, mina: Seat) -> None:
    blocks = [actions(button("Mine", "mine"))]
    place.call("chat.postMessage", {"channel": "#returns", "text": "Q", "blocks": blocks})
    with line(place, server), line(place, server) as other:
        place.faults.strike("drop_socket")
        began = time.monotonic()
        assert mina.presses(mina.latest("#returns"), "Mine") == "timeout"
        assert time.monotonic() - began < 2
        assert mina.latest("#returns").failed == "This app is not responding. Try again later."
        place.wait_until(lambda: place.delivery.connected == 1)
        with pytest.raises(TimeoutError):  # a press never comes again
            other.recv(0.2)


def test_an_event_whose_line_breaks_comes_again_over_another(server: Server, place: Workspace, mina: Seat) -> None:
    with line(place, server), line(place, server) as other:
        place.faults.strike("drop_socket")
        mina.types("help")
        envelope = json.loads(other.recv(5))
        other.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
        place.settle()
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (1, "connection_failed")
    assert envelope["payload"]["event"]["text"] == "help"


DIES_ON_DELIVERY = """
import json, os, signal, sys
from websockets.sync.client import connect
with connect(sys.argv[1]) as socket:
    socket.recv()
    print("ready", flush=True)
    socket.recv()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def doomed(place: Workspace, server: Server) -> Iterator[subprocess.Popen[str]]:
    """A worker of its own that is killed the moment a payload reaches it."""
    with subprocess.Popen(
        [sys.executable, "-c", DIES_ON_DELIVERY, address(place, server)], stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        place.wait_until(lambda: place.delivery.connected == 1)
        yield worker
        worker.kill()


def test_a_worker_killed_under_an_event_loses_nothing_and_nobody_waits(
    server: Server, place: Workspace, mina: Seat, doomed: subprocess.Popen[str]
) -> None:
    with line(place, server) as other:
        began = time.monotonic()
        mina.types("help", channel=mina.dm())
        envelope = json.loads(other.recv(5))
        other.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
        assert time.monotonic() - began < place.ack_seconds
        assert doomed.wait(5) == -signal.SIGKILL
        place.settle()
    assert (envelope["retry_attempt"], envelope["payload"]["event"]["text"]) == (1, "help")
    assert place.complaints == []


def test_a_worker_killed_under_a_command_is_seen_by_the_person(
    server: Server, place: Workspace, mina: Seat, doomed: subprocess.Popen[str]
) -> None:
    with line(place, server) as other:
        began = time.monotonic()
        assert mina.types("/kpi", channel="#returns") == "timeout"
        assert time.monotonic() - began < place.ack_seconds
        assert mina.says_last == '/kpi failed with the error "dispatch_failed"'
        assert doomed.wait(5) == -signal.SIGKILL
        with pytest.raises(TimeoutError):
            other.recv(0.2)


def test_an_event_that_nobody_took_comes_again_later() -> None:
    place = workspace(retry_seconds=(0, 0.05, 0.1))
    heard: list[str] = []
    fourth = threading.Event()

    def deaf(body: dict[str, Any], kind: str) -> tuple[int, Any]:
        heard.append(body["event_id"])
        if len(heard) < 4:
            return 500, None
        fourth.set()
        return 200, None

    place.connect(deaf)
    place.person("Mina").types("help")
    assert fourth.wait(5)
    assert len(set(heard)) == 1


def test_an_app_that_was_never_there_misses_nothing() -> None:
    place = workspace(retry_seconds=(0, 0.05))
    place.person("Mina").types("help")
    place.settle()
    heard: list[Any] = []
    place.connect(lambda body, _: (heard.append(body) or 200, None))
    place.person("Mina").types("now")
    assert [one["event"]["text"] for one in heard] == ["now"]
