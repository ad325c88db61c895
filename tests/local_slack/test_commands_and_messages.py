"""Commands, answers, presses and what a person reads, with a real Bolt app connected in process."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt import Ack, App, Respond, Say
from slack_sdk import WebClient

from bot.local_slack import Seat, Workspace

from .stage import actions, button, connect_bolt, section, workspace


def test_a_command_is_answered_to_the_asker_alone(place: Workspace, app: App, mina: Seat) -> None:
    @app.command("/kpi")
    def kpi(ack: Ack, respond: Respond, command: dict[str, Any]) -> None:
        ack()
        respond(text=f"you asked: {command['text']}")

    assert mina.types("/kpi team", channel="#returns") == "ok"
    answer = mina.latest("#returns")
    assert (answer.says(), answer.ephemeral) == ("you asked: team", True)
    assert place.person("Teo").reads("#returns") == []
    mina.reloads()
    assert mina.reads("#returns") == []


def test_an_ack_can_carry_the_answer(app: App, mina: Seat) -> None:
    app.command("/kpi")(lambda ack: ack("at once"))
    mina.types("/kpi", channel="#returns")
    assert mina.latest("#returns").text == "at once"


def test_mentions_are_escaped_where_the_manifest_says_so(place: Workspace, app: App, mina: Seat) -> None:
    heard: list[str] = []
    app.command("/kpi")(lambda ack, command: (heard.append(command["text"]), ack()))
    app.command("/raw")(lambda ack, command: (heard.append(command["text"]), ack()))
    mina.types("/kpi agent @Teo in #returns", channel="#returns")
    mina.types("/raw agent @Teo in #returns", channel="#returns")
    teo, returns = place.person("Teo").id, place.channel("#returns").id
    assert heard == [f"agent <@{teo}|teo> in <#{returns}|returns>", "agent @Teo in #returns"]


def test_an_unknown_command_gets_slacks_own_sentence(mina: Seat) -> None:
    assert mina.types("/nothing here", channel="#returns") == "unknown"
    assert "`/nothing` is not a valid command." in mina.latest("#returns").says()


def test_without_a_connection_the_person_reads_dispatch_failed(mina: Seat) -> None:
    assert mina.types("/kpi", channel="#returns") == "timeout"
    assert mina.latest("#returns").says() == '/kpi failed with the error "dispatch_failed"'


def test_a_late_ack_shows_as_a_timeout(mina: Seat, place: Workspace) -> None:
    place.connect(lambda body, kind: (404, None))
    mina.types("/kpi", channel="#returns")
    assert mina.latest("#returns").says() == '/kpi failed with the error "operation_timeout"'


def test_an_ack_after_three_seconds_is_late() -> None:
    seconds = iter([0.0, 0.0, 10.0, 13.1])
    place = workspace(monotonic=lambda: next(seconds, 20.0))
    place.connect(lambda body, kind: (200, None))
    assert place.person("Mina").types("/raw", channel="#returns") == "timeout"


def test_a_button_replaces_the_message_it_stands_in(app: App, client: WebClient, mina: Seat) -> None:
    pressed: list[dict[str, Any]] = []

    @app.action("more")
    def more(ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        ack()
        pressed.append(body)
        respond(text="changed", blocks=[section("changed")], replace_original=True)

    client.chat_postMessage(
        channel="#returns", text="new", blocks=[section("new"), actions(button("More", "more", value="7"))]
    )
    message = mina.latest("#returns")
    assert message.buttons() == ["More"]
    assert mina.presses(message, "More") == "ok"
    assert (message.says(), message.buttons(), message.edited) == ("changed", [], True)
    assert pressed[0]["actions"][0]["value"] == "7"
    assert pressed[0]["container"]["is_ephemeral"] is False
    assert pressed[0]["message"]["ts"] == message.ts


def test_a_press_that_nobody_acknowledges_shows_on_the_message(
    app: App, client: WebClient, mina: Seat, place: Workspace
) -> None:
    client.chat_postMessage(channel="#returns", text="new", blocks=[actions(button("More", "unheard"))])
    message = mina.latest("#returns")
    assert mina.presses(message, "More") == "timeout"
    assert message.failed == "Operation timed out. Apps need to respond within 3 seconds."
    assert message.buttons() == ["More"]
    with pytest.raises(AssertionError, match="there are"):
        mina.presses(message, "Less")


def test_choices_reach_the_app_with_their_labels(app: App, client: WebClient, mina: Seat) -> None:
    chosen: list[Any] = []
    app.action("period")(lambda ack, action: (chosen.append(action), ack()))
    offers = [{"text": {"type": "plain_text", "text": name}, "value": name.lower()} for name in ("Week", "Month")]
    menu = {"type": "static_select", "action_id": "period", "options": offers}
    client.chat_postMessage(channel="#returns", text="p", blocks=[actions(menu)])
    message = mina.latest("#returns")
    assert mina.chooses(message, "period", "Month") == "ok"
    assert chosen[0]["selected_option"] == offers[1]
    with pytest.raises(AssertionError, match="no option"):
        mina.chooses(message, "period", "Year")


def test_words_in_a_direct_message_reach_the_app(app: App, mina: Seat) -> None:
    @app.message("hello")
    def hello(say: Say, event: dict[str, Any]) -> None:
        say(text=f"hello <@{event['user']}>")

    mina.types("hello there")
    assert [one.says() for one in mina.reads()] == ["hello there", "hello @Mina"]


def test_a_thread_keeps_its_answers_apart(app: App, client: WebClient, mina: Seat) -> None:
    ts = client.chat_postMessage(channel="#returns", text="parent")["ts"]
    client.chat_postMessage(channel="#returns", text="answer", thread_ts=ts)
    client.chat_postMessage(channel="#returns", text="loud", thread_ts=ts, reply_broadcast=True)
    assert [one.text for one in mina.reads("#returns")] == ["parent", "loud"]
    parent = mina.reads("#returns")[0]
    assert parent.reply_count == 2
    assert [one.text for one in mina.reads(thread=parent)] == ["parent", "answer", "loud"]


def test_everything_can_be_delivered_twice(place: Workspace, app: App, mina: Seat) -> None:
    heard: list[str] = []
    app.command("/kpi")(lambda ack, command: (heard.append(command["trigger_id"]), ack()))
    place.faults.deliver_twice = True
    mina.types("/kpi", channel="#returns")
    assert len(heard) == 2
    assert len(set(heard)) == 1


def test_the_app_hears_of_joins_mentions_and_files(place: Workspace, app: App, mina: Seat) -> None:
    heard: list[str] = []
    for name in ("member_joined_channel", "app_mention", "file_shared", "user_change"):
        app.event(name)(lambda event: heard.append(event["type"]))
    app.event("message")(lambda event: heard.append(event["type"]))
    mina.invites("app", "#quiet")
    mina.types("@desk help", channel="#quiet")
    mina.uploads("a.csv", b"id\n1\n", "#quiet")
    mina.changes(locale="en-GB")
    assert heard == ["member_joined_channel", "app_mention", "file_shared", "user_change"]
    assert place.complaints == []


def test_a_subscribed_event_that_nobody_takes_is_a_complaint(place: Workspace, app: App, mina: Seat) -> None:
    mina.types("hello?")
    assert [one.error for one in place.complaints] == ["event_not_acknowledged"]


def test_two_connected_apps_take_turns(place: Workspace, mina: Seat) -> None:
    heard: list[str] = []
    for name in ("one", "two"):
        place.connect(lambda body, kind, name=name: (200, heard.append(name)))
    for _ in range(4):
        mina.types("/kpi", channel="#returns")
    assert heard == ["one", "two", "one", "two"]


def test_disconnecting_ends_the_deliveries(place: Workspace, app: App, mina: Seat) -> None:
    dispatch = connect_bolt(place, app)
    place.disconnect(dispatch)
    assert place.delivery.connected == 1


def test_threads_take_no_commands(app: App, client: WebClient, mina: Seat) -> None:
    client.chat_postMessage(channel="#returns", text="parent")
    parent = mina.latest("#returns")
    assert mina.types("/kpi", channel="#returns", thread=parent) == "unknown"
    assert mina.reads(thread=parent)[-1].says() == "/kpi is not supported in threads. Sorry!"


def test_private_conversations_stay_private(place: Workspace, mina: Seat) -> None:
    mina.types("between us", channel="#leads")
    with pytest.raises(AssertionError, match="does not see"):
        place.person("Teo").reads("#leads")
    with pytest.raises(AssertionError, match="does not see"):
        place.person("Teo").reads(mina.dm())
