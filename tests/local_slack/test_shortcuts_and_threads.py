"""Shortcuts on messages and everywhere, and threads: what the app hears, and files that it puts into one."""

from __future__ import annotations

import urllib.request
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.local_slack import Seat, Server, Workspace

from .stage import MANIFEST, modal, text_input, workspace
from .test_control import Program

HEARING = {"event_subscriptions": {"bot_events": ["message.channels", "message.groups", "message.im"]}}


def test_a_shortcut_on_a_message_carries_it_and_opens_a_modal(
    place: Workspace, app: App, server: Server, mina: Seat
) -> None:
    bodies: list[dict[str, Any]] = []

    @app.shortcut("take")
    def take(ack: Any, client: WebClient, body: dict[str, Any]) -> None:
        ack()
        bodies.append(body)
        client.views_open(
            trigger_id=body["trigger_id"], view=modal(text_input("why", "Why"), private_metadata=body["message_ts"])
        )

    done: list[str] = []
    app.view("form")(lambda ack, view: (ack(), done.append(view["private_metadata"])))
    teo = place.person("Teo")
    parent = teo.types("The customer is furious", channel="#returns")
    assert not isinstance(parent, str)
    reply = mina.types("On it", thread=parent)
    assert not isinstance(reply, str)
    channel = place.channel("#returns").id
    asked = {"as": "Mina", "callback_id": "take", "channel": channel}
    assert Program(server).post("shortcut", **asked, ts=reply.ts)["result"] == "ok"
    assert mina.submits(why="VIP").result == "closed"
    assert mina.uses_shortcut("take", parent) == "ok"
    of_reply, of_parent = bodies
    assert (of_reply["type"], of_reply["channel"]["name"]) == ("message_action", "returns")
    assert (of_reply["message"]["text"], of_reply["message"]["thread_ts"]) == ("On it", parent.ts)
    assert (of_parent["message"]["user"], of_parent["message_ts"]) == (teo.id, parent.ts)
    assert done == [reply.ts]
    WebhookClient(of_parent["response_url"], retry_handlers=[]).send(text="Only for you")
    assert (mina.latest("#returns").text, mina.latest("#returns").ephemeral) == ("Only for you", True)
    assert place.complaints == []


def test_a_global_shortcut_has_no_message(place: Workspace, app: App, mina: Seat) -> None:
    bodies: list[dict[str, Any]] = []
    app.shortcut("ask")(lambda ack, body: (ack(), bodies.append(body)))
    assert mina.uses_shortcut("ask") == "ok"
    assert bodies[0]["type"] == "shortcut"
    assert {"message", "channel", "response_url"}.isdisjoint(bodies[0])
    with pytest.raises(AssertionError, match="no message shortcut"):
        mina.uses_shortcut("ask", mina.types("x", channel="#returns"))  # type: ignore[arg-type]


def test_answers_in_threads_are_heard_wherever_the_app_is_a_member() -> None:
    place = workspace(manifest={**MANIFEST, "settings": HEARING})
    heard: list[dict[str, Any]] = []
    place.connect(lambda body, _: (heard.append(body["event"]) or 200, None))
    mina = place.person("Mina")
    mina.invites("app", "#leads")
    for channel in ("#returns", "#leads", mina.dm(), "#quiet"):
        parent = mina.types("first", channel=channel)
        assert not isinstance(parent, str)
        mina.types("answer", thread=parent)
    assert [(one["channel_type"], one["text"], "thread_ts" in one) for one in heard] == [
        *(("channel", "first", False), ("channel", "answer", True)),
        *(("group", "first", False), ("group", "answer", True)),
        *(("im", "first", False), ("im", "answer", True)),
    ]
    assert (heard[1]["thread_ts"], heard[1]["parent_user_id"]) == (heard[0]["ts"], mina.id)
    assert place.complaints == []


def test_a_subscription_without_its_scope_is_a_defect() -> None:
    scopes = {"scopes": {"bot": ["chat:write", "channels:read"]}}
    place = workspace(manifest={**MANIFEST, "settings": HEARING, "oauth_config": scopes})
    heard: list[Any] = []
    place.connect(lambda body, _: (heard.append(body) or 200, None))
    place.person("Mina").types("hello", channel="#returns")
    assert heard == []
    assert [(one.method, one.error) for one in place.complaints] == [("message.channels", "missing_scope")]


def test_a_file_goes_into_a_thread_both_ways(place: Workspace, server: Server, client: WebClient, mina: Seat) -> None:
    channel = place.channel("#returns").id
    parent = mina.types("The timeline?", channel="#returns")
    assert not isinstance(parent, str)
    client.files_upload_v2(
        channel=channel, thread_ts=parent.ts, content="at,who\n10:42,Mina\n", filename="timeline.csv", title="Timeline"
    )
    answer = mina.reads(thread=parent)[-1]
    assert (answer.thread_ts, [one.name for one in answer.files]) == (parent.ts, ["timeline.csv"])
    shown = Program(server).get(f"messages?as=Mina&channel={channel}&thread_ts={parent.ts}")["messages"][-1]["files"][0]
    assert shown["mimetype"] == "text/csv"
    with urllib.request.urlopen(server.url + shown["url"]) as found:
        assert found.read() == b"at,who\n10:42,Mina\n"
    mina.uploads("proof.csv", b"x", thread=parent)
    assert mina.reads(thread=parent)[-1].files[0].name == "proof.csv"
    assert [one.reply_count for one in mina.reads("#returns")] == [2]
    with pytest.raises(SlackApiError, match="invalid_thread_ts"):
        client.files_upload_v2(channel=channel, thread_ts="1.000001", content="x", filename="a.csv")
