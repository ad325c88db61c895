"""A real Bolt app over real Socket Mode: commands, buttons, forms, double delivery, refresh, a lost connection."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import Ack, App, Respond
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from bot.local_slack import Seat, Server, Workspace

from .stage import actions, bolt_app, button, modal, section, text_input, workspace


@pytest.fixture
def connected(place: Workspace) -> Iterator[App]:
    server = Server(place).start()
    app = bolt_app(place, server, inline=False)
    handler = SocketModeHandler(app, place.app_token, ping_interval=1)
    handler.connect()
    place.wait_until(lambda: place.delivery.connected == 1)
    yield app
    handler.client.auto_reconnect_enabled = False
    server.stop()  # first: the client's close waits for its next read, which a closed socket answers at once
    handler.close()
    app.listener_runner.listener_executor.shutdown()


def test_command_button_form_and_errors_over_the_socket(place: Workspace, connected: App, mina: Seat) -> None:
    @connected.command("/kpi")
    def kpi(ack: Ack, respond: Respond) -> None:
        ack()
        respond(text="figures", blocks=[section("figures"), actions(button("Settings", "settings"))])

    @connected.action("settings")
    def settings(ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("name", "Team")))

    @connected.view("form")
    def form(ack: Ack, view: dict[str, Any]) -> None:
        name = view["state"]["values"]["name"]["text"]["value"]
        ack(response_action="errors", errors={"name": "taken"}) if name == "Returns" else ack()

    assert mina.types("/kpi team", channel="#returns") == "ok"
    answer = place.wait_until(lambda: mina.reads("#returns"))[0]
    assert answer.ephemeral
    assert mina.presses(answer, "Settings") == "ok"
    place.wait_until(lambda: mina.modal)
    assert mina.submits(name="Returns").errors == {"name": "taken"}
    assert mina.submits(name="Other").result == "closed"
    assert place.complaints == []


def test_events_come_with_their_own_envelope(place: Workspace, connected: App, mina: Seat) -> None:
    @connected.event("app_home_opened")
    def home(client: WebClient, event: dict[str, Any]) -> None:
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [section("week")]})

    mina.opens_home()
    place.wait_until(lambda: mina.home)
    place.settle()
    assert place.complaints == []


def test_a_refresh_brings_the_app_back(place: Workspace, connected: App, mina: Seat) -> None:
    connected.command("/kpi")(lambda ack: ack("still here"))
    before = len([one for one in place.calls if one.method == "apps.connections.open"])
    place.refresh_connections()
    place.wait_until(
        lambda: (
            len([one for one in place.calls if one.method == "apps.connections.open"]) > before
            and place.delivery.connected == 1
        )
    )
    assert mina.types("/kpi", channel="#returns") == "ok"
    assert place.wait_until(lambda: mina.reads("#returns"))[0].text == "still here"


def _address(place: Workspace, server: Server) -> str:
    client = WebClient(base_url=server.api_url, retry_handlers=[])
    return str(client.apps_connections_open(app_token=place.app_token)["url"])


def test_any_client_can_speak_it_and_hears_everything_twice_when_told_so(
    place: Workspace, server: Server, mina: Seat
) -> None:
    place.faults.deliver_twice = True
    envelopes: list[dict[str, Any]] = []

    with connect(_address(place, server)) as socket:
        assert json.loads(socket.recv())["type"] == "hello"
        place.wait_until(lambda: place.delivery.connected == 1)

        def answers() -> None:
            for _ in range(2):
                envelope = json.loads(socket.recv())
                envelopes.append(envelope)
                socket.send(json.dumps({"envelope_id": envelope["envelope_id"], "payload": {"text": "raw"}}))

        listening = threading.Thread(target=answers)
        listening.start()
        assert mina.types("/kpi", channel="#returns") == "ok"
        listening.join(5)
    assert [one.text for one in mina.reads("#returns")] == ["raw"]
    assert [one.get("retry_attempt") for one in envelopes] == [None, 1]
    assert envelopes[0]["payload"] == envelopes[1]["payload"]
    assert envelopes[0]["accepts_response_payload"] is True


def test_a_silent_app_times_out_and_a_lost_one_is_unreachable() -> None:
    place = workspace(ack_seconds=0.05)
    mina = place.person("Mina")
    with Server(place) as server:
        with connect(_address(place, server)):
            place.wait_until(lambda: place.delivery.connected == 1)
            mina.types("/kpi", channel="#returns")
            assert mina.says_last == '/kpi failed with the error "operation_timeout"'
        place.wait_until(lambda: place.delivery.connected == 0)
        mina.types("/kpi", channel="#returns")
        assert mina.says_last == '/kpi failed with the error "dispatch_failed"'


def test_an_address_is_good_for_one_connection(place: Workspace, server: Server) -> None:
    address = _address(place, server)
    with connect(address) as first:
        assert json.loads(first.recv())["connection_info"]["app_id"] == place.app_id
        with pytest.raises(InvalidStatus), connect(address):
            pass


def test_a_taken_port_moves_on() -> None:
    with Server(workspace()) as first:
        port = int(first.url.rpartition(":")[2])
        with Server(workspace(), port=port, port_moves=True) as second:
            assert second.url != first.url
        with pytest.raises(OSError, match="in use"):
            Server(workspace(), port=port).start()


def test_the_module_knows_the_bot_only_as_an_app() -> None:
    code = (
        "import sys, bot.local_slack; own = [m for m in sys.modules if m.startswith(('slack_', 'slackblocks', "
        "'cspm_core')) or (m.startswith('bot.') and not m.startswith('bot.local_slack'))]; print(own)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
