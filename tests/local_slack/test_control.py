"""The people's side over HTTP: what a page and other programs use."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from slack_bolt import App
from websockets.sync.client import connect

from bot.local_slack import Server, Workspace

from .stage import actions, button, modal, section, text_input, workspace


class Program:
    """Somebody else's program that drives the workspace."""

    def __init__(self, server: Server) -> None:
        self._url = f"{server.url}/_control/"

    def get(self, path: str) -> dict[str, Any]:
        with urllib.request.urlopen(self._url + path) as answer:
            return dict(json.loads(answer.read()))

    def post(self, verb: str, **body: Any) -> dict[str, Any]:
        request = urllib.request.Request(
            self._url + verb, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request) as answer:
                return dict(json.loads(answer.read()))
        except urllib.error.HTTPError as wrong:
            with wrong:
                return {**json.loads(wrong.read()), "status": wrong.code}


@pytest.fixture
def program(server: Server) -> Program:
    return Program(server)


def test_the_state_holds_what_a_page_begins_with(program: Program, place: Workspace) -> None:
    state = program.get("state?as=Mina")
    assert state["ok"] is True
    assert (state["me"]["name"], state["me"]["locale"]) == ("Mina", "ko-KR")
    channels = {one["name"]: one for one in state["channels"]}
    assert set(channels) == {"returns", "quiet", "leads", "old", "desk"}
    assert (channels["desk"]["kind"], channels["desk"]["id"]) == ("app_dm", state["apps"][0]["dm"])
    assert [one["command"] for one in state["commands"]] == ["/kpi", "/raw"]
    assert [one["callback_id"] for one in state["shortcuts"]["message"]] == ["take"]
    assert state["clock"] == {"now": "2026-11-23T09:00:00+00:00", "offset_s": 0, "can_turn": True}
    assert state["levers"] == [{"id": "reveal", "label": "Reveal", "hint": ""}]
    switches = {"refuse_new_blocks": False, "deliver_twice": False, "rate_limits": True}
    assert state["faults"] == {**switches, "strikes": [], "chances": {}, "seed": 0}
    assert (state["groups"], state["http"]["url"]) == ([], "")
    assert state["script"] == "1. type"
    other = {one["name"]: one for one in program.get("state?as=Ada")["channels"]}
    assert "leads" not in other
    assert other["quiet"]["joined"] is False


def test_a_program_types_reads_presses_and_submits(program: Program, app: App, place: Workspace) -> None:
    app.command("/kpi")(
        lambda ack: ack(text="figures", blocks=[section("figures"), actions(button("Settings", "settings"))])
    )
    app.view("form")(
        lambda ack, view: (
            ack()
            if view["state"]["values"]["name"]["text"]["value"] == "Returns"
            else ack(response_action="errors", errors={"name": "no such team"})
        )
    )

    @app.action("settings")
    def settings(ack: Any, client: Any, body: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("name", "Team")))

    channel = place.channel("#returns").id
    assert program.post("type", **{"as": "Mina"}, channel=channel, text="/kpi team") == {
        "ok": True,
        "command": "/kpi",
        "result": "ok",
    }
    message = program.get(f"messages?as=Mina&channel={channel}")["messages"][-1]
    assert (message["ephemeral"], message["text"]) == (True, "figures")
    pressed = program.post("press", **{"as": "Mina"}, channel=channel, ts=message["ts"], action_id="settings")
    assert pressed["result"] == "ok"
    view = program.get("views?as=Mina")["stack"][-1]

    def submit(name: str) -> dict[str, Any]:
        values = {"name": {"text": {"value": name}}}
        return program.post("submit", **{"as": "Mina"}, view_id=view["id"], values=values)

    assert submit("x")["errors"] == {"name": "no such team"}
    assert (submit("Returns")["result"], program.get("views?as=Mina")["stack"]) == ("closed", [])
    assert program.get(f"messages?as=Mina&channel={channel}&fresh=1")["messages"] == []
    assert program.get("complaints")["complaints"] == []


def test_the_live_line_carries_what_a_person_sees(program: Program, place: Workspace, server: Server) -> None:
    teo = place.person("Teo").id
    returns, leads = place.channel("#returns").id, place.channel("#leads").id
    with connect(f"{server.url.replace('http', 'ws')}/_control/live?as={teo}") as line:
        place.wait_until(lambda: place.live.listening)
        program.post("type", **{"as": "Mina"}, channel=leads, text="secret")
        place.call("chat.postEphemeral", {"channel": returns, "user": place.person("Mina").id, "text": "psst"})
        program.post("type", **{"as": "Mina"}, channel=returns, text="open")
        heard = json.loads(line.recv(5))
        assert (heard["kind"], heard["channel"], heard["message"]["text"]) == ("message", returns, "open")
        program.post("clock", advance_s=900)
        assert json.loads(line.recv(5))["kind"] == "clock"


def test_the_clock_turns_by_hand_and_to_the_next_morning(program: Program, place: Workspace) -> None:
    turned = program.post("clock", advance_s=900)["clock"]
    assert (turned["now"], turned["offset_s"]) == ("2026-11-23T09:15:00+00:00", 900)
    assert program.post("clock", next_morning=True, **{"as": "Teo"})["clock"]["now"] == "2026-11-24T08:01:00+00:00"
    assert program.post("clock", to="2026-11-25T00:00:00+00:00")["ok"]
    assert program.post("clock", to="2026-11-24T00:00:00+00:00")["message"] == "The clock only turns forward."
    assert program.post("clock", to="2026-11-26T00:00:00")["status"] == 400


def test_a_clock_without_a_host_stays() -> None:
    with Server(workspace(turn=None)) as server:
        assert "cannot be turned" in Program(server).post("clock", advance_s=1)["message"]


def test_levers_faults_people_and_membership(program: Program, place: Workspace) -> None:
    assert program.post("lever", id="reveal")["markdown"] == "*here*"
    assert program.post("lever", id="other")["status"] == 404
    assert program.post("faults", deliver_twice=True)["faults"]["deliver_twice"] is True
    assert program.post("faults", explode=True)["status"] == 400
    assert program.post("person", **{"as": "Mina"}, tz="Europe/Paris")["person"]["tz"] == "Europe/Paris"
    assert program.post("person", **{"as": "Mina"}, tz="Moon/Base")["status"] == 404
    program.post("join", **{"as": "Ada"}, channel="#quiet")
    program.post("invite", **{"as": "Mina"}, channel="#quiet", user="app")
    assert {place.person("Ada").id, place.bot_user_id} <= set(place.channel("#quiet").members)
    program.post("kick", **{"as": "Mina"}, channel="#quiet", user="Ada")
    program.post("leave", **{"as": "Mina"}, channel="#quiet")
    program.post("archive", **{"as": "Mina"}, channel="#returns")
    assert place.channel("#quiet").members == [place.bot_user_id]
    assert place.channel("#returns").archived
    assert program.post("dm", **{"as": "Mina"}, user="Teo")["channel"]["kind"] == "dm"


def test_unread_counts_until_read(program: Program, place: Workspace) -> None:
    channel = place.channel("#returns").id
    place.person("Teo").types("one", channel="#returns")

    def unread() -> int:
        return int(next(one for one in program.get("state?as=Mina")["channels"] if one["id"] == channel)["unread"])

    assert unread() == 1
    program.post("read", **{"as": "Mina"}, channel=channel)
    assert unread() == 0


def test_a_file_dropped_as_multipart_is_a_message(program: Program, place: Workspace, server: Server) -> None:
    boundary = "x1x"
    fields = {"as": "Mina", "channel": place.channel("#returns").id}
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    drop = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nid\n1\r\n'
    body = "".join([*parts, drop, f"--{boundary}--\r\n"]).encode()
    request = urllib.request.Request(
        f"{server.url}/_control/upload", body, {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    )
    with urllib.request.urlopen(request) as answer:
        message = json.loads(answer.read())["message"]
    assert message["files"][0]["name"] == "a.csv"
    with urllib.request.urlopen(server.url + message["files"][0]["url"]) as found:
        assert found.read() == b"id\n1"


@pytest.mark.parametrize(
    ("verb", "body", "status", "error"),
    [
        ("type", {"as": "Nobody", "channel": "#returns", "text": "x"}, 404, "not_found"),
        ("type", {"as": "Mina", "channel": "#nowhere", "text": "x"}, 404, "not_found"),
        ("type", {"as": "Ada", "channel": "#returns", "text": "x"}, 400, "not_possible"),
        ("type", {"as": "Mina", "channel": "#returns"}, 400, "missing_field"),
        ("press", {"as": "Mina", "channel": "#returns", "ts": "1.0", "action_id": "x"}, 404, "not_found"),
        ("submit", {"as": "Mina", "view_id": "V404"}, 404, "not_found"),
        ("shortcut", {"as": "Mina", "callback_id": "other"}, 404, "not_found"),
        ("dance", {}, 404, "unknown_verb"),
    ],
)
def test_what_is_not_possible_is_said_in_one_sentence(
    program: Program, verb: str, body: dict[str, Any], status: int, error: str
) -> None:
    answer = program.post(verb, **body)
    assert (answer["status"], answer["error"], answer["ok"]) == (status, error, False)
    assert answer["message"].endswith(".")
