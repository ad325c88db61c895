"""Signed HTTP beside Socket Mode: a real Bolt app behind a request URL, and what it is sent."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request import BoltRequest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from bot.local_slack import Server, Workspace

from .stage import Inline, actions, button, modal, section, text_input, workspace
from .test_control import Program

Answer = tuple[int, str, str]
Respond = Callable[[str, dict[str, str]], Answer]


@contextmanager
def listening(respond: Respond) -> Iterator[str]:
    """A web server on a free port; `respond(body, headers)` gives (status, content type, body)."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, kind, words = respond(body, {name.lower(): value for name, value in self.headers.items()})
            try:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(words.encode())
            except OSError:  # Slack did not wait
                pass

        def log_message(self, *_: Any) -> None:
            return None

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as web:
        thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{web.server_address[1]}/slack/events"
        web.shutdown()
        thread.join()


def bolt(place: Workspace, server: Server) -> App:
    """A Bolt app that checks signatures."""
    return App(
        client=WebClient(token=place.bot_token, base_url=server.api_url, retry_handlers=[]),
        authorize=lambda: AuthorizeResult(
            enterprise_id=None,
            team_id=place.team_id,
            bot_token=place.bot_token,
            bot_id=place.bot_id,
            bot_user_id=place.bot_user_id,
        ),
        signing_secret=place.signing_secret,
        raise_error_for_unhandled_request=False,
        listener_executor=Inline(),
    )


def behind(app: App) -> Respond:
    def respond(body: str, headers: dict[str, str]) -> Answer:
        answer = app.dispatch(BoltRequest(body=body, headers=headers))
        return answer.status, answer.headers.get("content-type", [""])[0], answer.body or ""

    return respond


def test_a_bolt_app_with_a_request_url_is_commanded_pressed_and_filled(place: Workspace, server: Server) -> None:
    app, mina = bolt(place, server), place.person("Mina")
    blocks = [section("figures"), actions(button("Settings", "settings"))]
    app.command("/kpi")(lambda ack: ack(text="figures", blocks=blocks))
    app.view("form")(lambda ack: ack(response_action="errors", errors={"name": "taken"}))
    heard: list[str] = []
    app.event("message")(lambda event: heard.append(event["text"]))
    app.action("menu")(lambda ack: ack())
    app.options("menu")(lambda ack: ack(options=[{"text": {"type": "plain_text", "text": "One"}, "value": "1"}]))

    @app.action("settings")
    def settings(ack: Any, client: WebClient, body: dict[str, Any]) -> None:
        ack()
        menu = {"type": "external_select", "action_id": "menu", "min_query_length": 0}
        client.views_open(
            trigger_id=body["trigger_id"],
            view=modal(text_input("name", "Team"), {"type": "actions", "elements": [menu]}),
        )

    with listening(behind(app)) as url:
        place.sends_to(url)
        assert mina.types("/kpi team", channel="#returns") == "ok"
        assert mina.presses(mina.latest("#returns"), "Settings") == "ok"
        assert mina.modal is not None
        assert [one["value"] for one in mina.options(mina.modal, "menu", "o")] == ["1"]
        assert mina.submits(name="Returns").errors == {"name": "taken"}
        mina.types("hello", channel=mina.dm())
        place.settle()
    assert heard == ["hello"]
    assert place.complaints == []


def test_a_payload_is_signed_and_shaped_as_slack_sends_it() -> None:
    sent: list[tuple[str, dict[str, str]]] = []

    def respond(body: str, headers: dict[str, str]) -> Answer:
        sent.append((body, headers))
        return 200, "text/plain", ""

    with listening(respond) as url:
        place = workspace(request_url=url, signing_secret="s3cret")
        mina = place.person("Mina")
        place.call("chat.postMessage", {"channel": "#returns", "text": "Q", "blocks": [actions(button("Go", "go"))]})
        assert mina.types("/kpi team", channel="#returns") == "ok"
        assert mina.presses(mina.reads("#returns")[0], "Go") == "ok"
        mina.types("hi")
        place.settle()
    verifier = SignatureVerifier("s3cret")
    assert all(verifier.is_valid_request(body, headers) for body, headers in sent)
    assert not SignatureVerifier("other").is_valid_request(*sent[0])
    assert abs(int(sent[0][1]["x-slack-request-timestamp"]) - time.time()) < 60
    kinds = [headers["content-type"] for _, headers in sent]
    assert kinds == ["application/x-www-form-urlencoded"] * 2 + ["application/json"]
    assert parse_qs(sent[0][0])["command"] == ["/kpi"]
    assert json.loads(parse_qs(sent[1][0])["payload"][0])["actions"][0]["action_id"] == "go"
    assert json.loads(sent[2][0])["event"]["text"] == "hi"
    assert "x-slack-retry-num" not in sent[2][1]


def test_a_failed_event_comes_again_with_number_and_reason_a_command_never() -> None:
    tries: list[tuple[str | None, str | None]] = []

    def respond(body: str, headers: dict[str, str]) -> Answer:
        tries.append((headers.get("x-slack-retry-num"), headers.get("x-slack-retry-reason")))
        if len(tries) == 2:
            time.sleep(0.5)
        return (500 if len(tries) == 1 else 200), "text/plain", "oh"

    with listening(respond) as url:
        place = workspace(request_url=url, ack_seconds=0.2, retry_seconds=(0, 0.05, 0.05))
        mina = place.person("Mina")
        mina.types("hi")
        place.settle()
        deadline = time.monotonic() + 5
        while len(tries) < 3 and time.monotonic() < deadline:
            threading.Event().wait(0.01)
        assert tries == [(None, None), ("1", "http_error"), ("2", "http_timeout")]
        tries.clear()
        assert mina.types("/kpi", channel="#returns") == "timeout"
        assert mina.says_last == '/kpi failed with the error "dispatch_failed"'
        assert mina.types("/kpi", channel="#returns") == "timeout"
        assert mina.says_last == '/kpi failed with the error "operation_timeout"'
        assert [number for number, _ in tries] == [None, None]
    assert mina.types("/kpi", channel="#returns") == "timeout"


def test_it_is_switched_at_run_time_after_a_challenge(server: Server, place: Workspace) -> None:
    program = Program(server)
    with listening(behind(bolt(place, server))) as url:
        assert program.post("http", url=url)["http"] == {"url": url, "signing_secret": place.signing_secret}
        assert program.get("state?as=Mina")["http"]["url"] == url
        assert place.delivery.connected == 1
        assert program.post("http", url="")["http"]["url"] == ""
        assert place.delivery.connected == 0
    with listening(lambda *_: (200, "text/plain", "hello")) as deaf:
        answer = program.post("http", url=deaf)
        assert (answer["status"], "challenge" in answer["message"]) == (400, True)
    assert program.post("http", url="ftp://example.com")["status"] == 400
    assert place.request_url == ""


def test_http_and_other_connections_take_turns(place: Workspace) -> None:
    heard: list[str] = []

    def respond(body: str, headers: dict[str, str]) -> Answer:
        challenge = json.loads(body).get("challenge") if body.startswith("{") else ""
        heard.append("http")
        return 200, "text/plain", challenge or ""

    with listening(respond) as url:
        place.sends_to(url)
        heard.clear()
        place.connect(lambda *_: (heard.append("here") or 200, None))
        for _ in range(4):
            assert place.person("Mina").types("/kpi", channel="#returns") == "ok"
    assert sorted(heard) == ["here", "here", "http", "http"]
    assert heard[0] != heard[1]


@pytest.mark.parametrize("url", ["localhost:3000", "ftp://x.example", "http://"])
def test_a_request_url_is_an_address(url: str) -> None:
    with pytest.raises(ValueError, match="begins with http"):
        workspace(request_url=url)
