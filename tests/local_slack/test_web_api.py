"""The Web API through Slack's own client: shapes, errors with Slack's codes, scopes, limits, files."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.local_slack import Channel, Seat, Server, Workspace

from .stage import MANIFEST, Clock, Seconds, actions, bolt_app, button, connect_bolt, modal, plain, section, workspace


def refused(call: Any, **arguments: Any) -> Any:
    with pytest.raises(SlackApiError) as wrong:
        call(**arguments)
    return wrong.value.response


def test_a_post_comes_back_as_it_was_kept(client: WebClient, place: Workspace, mina: Seat) -> None:
    posted = client.chat_postMessage(
        channel="#returns",
        text="hello",
        blocks=[section("hello")],
        metadata={"event_type": "note", "event_payload": {"id": 1}},
        unfurl_links=False,
    )
    assert posted["channel"] == place.channel("#returns").id
    assert posted["message"]["bot_id"] == place.bot_id
    assert posted["message"]["blocks"][0]["block_id"]
    assert mina.latest("#returns").metadata == {"event_type": "note", "event_payload": {"id": 1}}
    link = client.chat_getPermalink(channel=posted["channel"], message_ts=posted["ts"])["permalink"]
    assert link.endswith(posted["ts"].replace(".", ""))


def test_timestamps_are_the_workspaces_own_and_grow(client: WebClient, place: Workspace) -> None:
    first, second = (client.chat_postMessage(channel="#returns", text="x")["ts"] for _ in range(2))
    assert int(first.partition(".")[0]) == int(place.now().timestamp())
    assert second > first


def test_an_update_keeps_the_ts_and_a_delete_takes_it_away(client: WebClient, mina: Seat) -> None:
    posted = client.chat_postMessage(channel="#returns", text="one")
    client.chat_update(channel=posted["channel"], ts=posted["ts"], text="two")
    assert [(one.text, one.edited) for one in mina.reads("#returns")] == [("two", True)]
    client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    assert mina.reads("#returns") == []
    assert refused(client.chat_update, channel=posted["channel"], ts=posted["ts"], text="x")["error"] == (
        "message_not_found"
    )


def test_only_own_messages_can_be_changed(client: WebClient, place: Workspace, mina: Seat) -> None:
    said = mina.types("mine", channel="#returns")
    where = {"channel": place.channel("#returns").id, "ts": said.ts}  # type: ignore[union-attr]
    assert refused(client.chat_update, **where, text="x")["error"] == "cant_update_message"
    assert refused(client.chat_delete, **where)["error"] == "cant_delete_message"


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("#quiet", "not_in_channel"),
        ("#leads", "channel_not_found"),
        ("C404", "channel_not_found"),
        ("#old", "is_archived"),
    ],
)
def test_where_the_app_cannot_post(client: WebClient, place: Workspace, channel: str, error: str) -> None:
    assert refused(client.chat_postMessage, channel=channel, text="x")["error"] == error
    assert place.complaints == []


def test_a_public_channel_can_be_joined(client: WebClient, place: Workspace) -> None:
    client.conversations_join(channel=place.channel("#quiet").id)
    assert client.chat_postMessage(channel="#quiet", text="x")["ok"]


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ({"blocks": [section("x")]}, "no_text"),
        ({"text": "x", "blocks": [{"type": "nothing"}]}, "invalid_blocks"),
        ({"text": "x", "blocks": [section("x" * 3000)] * 5}, "msg_blocks_too_long"),
        ({"text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
    ],
)
def test_what_slack_would_not_take_is_refused_and_complained_of(
    client: WebClient, place: Workspace, mina: Seat, message: dict[str, Any], error: str
) -> None:
    given = {"channel": "#returns", "user": mina.id, **message}
    assert refused(lambda: client.api_call("chat.postMessage", json=given))["error"] == error
    assert [one.error for one in place.complaints] == [error]
    if "metadata" not in message:
        assert refused(lambda: client.api_call("chat.postEphemeral", json=given))["error"] == error
    assert mina.reads("#returns") == []


def test_reasons_come_with_a_pointer(client: WebClient) -> None:
    response = refused(client.chat_postMessage, channel="#returns", text="x", blocks=[section("x" * 3001)])
    reason = "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert response["response_metadata"]["messages"] == [reason]


def test_an_unknown_method_is_a_complaint(client: WebClient, place: Workspace) -> None:
    assert refused(client.api_call, api_method="chat.teleport")["error"] == "unknown_method"
    assert [(one.method, one.error) for one in place.complaints] == [("chat.teleport", "unknown_method")]


def test_tokens_are_looked_at(place: Workspace, server: Server, client: WebClient) -> None:
    assert client.auth_test()["user_id"] == place.bot_user_id
    stranger = WebClient(token="xoxb-other", base_url=server.api_url, retry_handlers=[])
    assert refused(stranger.auth_test)["error"] == "invalid_auth"
    assert refused(WebClient(base_url=server.api_url, retry_handlers=[]).auth_test)["error"] == "not_authed"
    assert refused(client.apps_connections_open, app_token=place.bot_token)["error"] == "not_allowed_token_type"


def test_scopes_come_from_the_manifest() -> None:
    bare = {**MANIFEST, "oauth_config": {"scopes": {"bot": ["chat:write"]}}}
    place = workspace(manifest=bare)
    answer = place.call("users.list", {})
    assert answer == {"ok": False, "error": "missing_scope", "needed": "users:read", "provided": "chat:write"}
    assert place.complaints[0].error == "missing_scope"


def test_people_have_locale_and_zone(client: WebClient, mina: Seat, place: Workspace) -> None:
    user = client.users_info(user=mina.id, include_locale=True)["user"]
    assert (user["locale"], user["tz"], user["tz_offset"]) == ("ko-KR", "Asia/Seoul", 9 * 3600)
    assert "locale" not in client.users_info(user=mina.id)["user"]
    assert client.users_lookupByEmail(email="mina@example.com")["user"]["id"] == mina.id
    assert refused(client.users_lookupByEmail, email="no@example.com")["error"] == "users_not_found"
    assert {one["id"] for one in client.users_list()["members"]} >= {mina.id, place.bot_user_id}
    assert refused(client.users_info, user="U404")["error"] == "user_not_found"


def test_lists_come_in_pages(client: WebClient) -> None:
    names: list[str] = []
    cursor = ""
    while True:
        page = client.conversations_list(limit=1, cursor=cursor, exclude_archived=True)
        names += [one["name"] for one in page["channels"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert names == ["returns", "quiet"]
    assert [one["name"] for one in client.users_conversations(exclude_archived=True)["channels"]] == ["returns"]


def test_history_finds_a_message_by_its_metadata(client: WebClient, place: Workspace) -> None:
    where = place.channel("#returns").id
    parent = client.chat_postMessage(
        channel=where, text="one", metadata={"event_type": "n", "event_payload": {"k": "v"}}
    )["ts"]
    client.chat_postMessage(channel=where, text="in a thread", thread_ts=parent)
    client.chat_postMessage(channel=where, text="two")
    history = client.conversations_history(channel=where, include_all_metadata=True)["messages"]
    assert [one["text"] for one in history] == ["two", "one"]
    assert history[1]["metadata"]["event_payload"] == {"k": "v"}
    assert "metadata" not in client.conversations_history(channel=where)["messages"][1]
    replies = client.conversations_replies(channel=where, ts=parent)["messages"]
    assert [one["text"] for one in replies] == ["one", "in a thread"]
    assert refused(client.conversations_history, channel=place.channel("#quiet").id)["error"] == "not_in_channel"


def test_direct_messages_are_opened_by_user(client: WebClient, mina: Seat) -> None:
    channel = client.conversations_open(users=mina.id)["channel"]["id"]
    assert channel == mina.dm().id
    client.chat_postMessage(channel=mina.id, text="hello")
    assert [one.text for one in mina.reads()] == ["hello"]


def test_an_ephemeral_needs_a_member(client: WebClient, place: Workspace, mina: Seat) -> None:
    client.chat_postEphemeral(channel="#returns", user=mina.id, text="psst")
    assert mina.latest("#returns").ephemeral
    assert place.person("Teo").reads("#returns") == []
    ada = place.person("Ada").id
    assert refused(client.chat_postEphemeral, channel="#returns", user=ada, text="x")["error"] == (
        "user_not_in_channel"
    )


def test_reactions_come_and_go(client: WebClient, place: Workspace, mina: Seat) -> None:
    said = mina.types("done", channel="#returns")
    where = {"channel": place.channel("#returns").id, "timestamp": said.ts}  # type: ignore[union-attr]
    client.reactions_add(name="eyes", **where)
    assert refused(client.reactions_add, name="eyes", **where)["error"] == "already_reacted"
    client.reactions_remove(name="eyes", **where)
    assert mina.latest("#returns").raw.reactions == {}


PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def _picture(key: str) -> list[dict[str, Any]]:
    return [{"type": "image", "slack_file": {"id": key}, "alt_text": "a chart"}]


def test_a_picture_can_be_shown_once_slack_has_looked_at_it(
    client: WebClient, place: Workspace, server: Server, mina: Seat
) -> None:
    uploaded = client.files_upload_v2(file=PNG, filename="week.png", title="Week", alt_txt="a chart")["file"]
    early = refused(client.chat_postMessage, channel="#returns", text="week", blocks=_picture(uploaded["id"]))
    assert early["error"] == "invalid_blocks"
    assert "invalid slack file" in early["response_metadata"]["messages"][0]
    assert place.complaints == []
    assert client.files_info(file=uploaded["id"])["file"]["mimetype"] == ""
    assert client.files_info(file=uploaded["id"])["file"]["mimetype"] == "image/png"
    client.chat_postMessage(channel="#returns", text="week", blocks=_picture(uploaded["id"]))
    assert mina.latest("#returns").images()[0]["alt_text"] == "a chart"
    with urllib.request.urlopen(f"{server.url}/files/{uploaded['id']}/week.png") as found:
        assert found.read() == PNG
    client.files_delete(file=uploaded["id"])
    assert refused(client.files_info, file=uploaded["id"])["error"] == "file_deleted"


def test_a_file_can_be_posted_with_its_upload(client: WebClient, place: Workspace, mina: Seat) -> None:
    client.files_upload_v2(
        content="id\n1\n", filename="a.csv", channel=place.channel("#returns").id, initial_comment="the rows"
    )
    assert [one.name for one in mina.latest("#returns").files] == ["a.csv"]
    assert mina.latest("#returns").text == "the rows"


def test_a_response_url_takes_five_answers_in_thirty_minutes() -> None:
    seconds = Seconds()
    place = workspace(monotonic=seconds)
    mina = place.person("Mina")
    with Server(place):
        hook = WebhookClient(place.responses.make(mina.id, place.channel("#quiet").id), retry_handlers=[])
        for index in range(5):
            kind = "in_channel" if index == 0 else "ephemeral"
            assert hook.send(text=str(index), response_type=kind).body == "ok"
        assert (hook.send(text="6").status_code, hook.send(text="7").body) == (404, "used_url")
        assert [one.ephemeral for one in mina.reads("#quiet")] == [False, True, True, True, True]
        old = WebhookClient(place.responses.make(mina.id, place.channel("#quiet").id), retry_handlers=[])
        seconds.at += 30 * 60 + 1
        assert old.send(text="late").body == "expired_url"


def test_a_response_url_changes_and_removes_an_ephemeral_too(client: WebClient, place: Workspace, mina: Seat) -> None:
    client.chat_postEphemeral(channel="#returns", user=mina.id, text="old")
    message = mina.latest("#returns")
    hook = WebhookClient(place.responses.make(mina.id, message.channel, message.raw), retry_handlers=[])
    assert hook.send(text="new", replace_original=True).status_code == 200
    assert message.text == "new"
    assert hook.send(text="x", blocks=[{"type": "nothing"}]).body == "invalid_blocks"
    assert hook.send(blocks=[section("x")]).body == "no_text"
    hook.send(delete_original=True)
    assert mina.reads("#returns") == []


def test_refusing_the_new_blocks_is_no_fault_of_the_app(client: WebClient, place: Workspace) -> None:
    row = [{"type": "raw_text", "text": "a"}]
    table = [{"type": "data_table", "caption": "c", "rows": [row, row]}]
    assert client.chat_postMessage(channel="#returns", text="x", blocks=table)["ok"]
    assert client.blocks_validate(blocks=table)["ok"]
    place.faults.refuse_new_blocks = True
    assert refused(client.chat_postMessage, channel="#returns", text="x", blocks=table)["error"] == "invalid_blocks"
    assert refused(client.blocks_validate, blocks=table)["error"] == "invalid_blocks"
    home = {"type": "home", "blocks": table}
    assert refused(client.views_publish, user_id=place.person("Mina").id, view=home)["error"] == "invalid_arguments"
    assert place.complaints == []


def test_a_channel_takes_one_message_a_second_and_says_when_to_come_back() -> None:
    seconds, clock = Seconds(), Clock()
    place = workspace(
        monotonic=seconds, now=clock.now, channels=[Channel("a", with_app=True), Channel("b", with_app=True)]
    )
    with Server(place) as server:
        client = WebClient(token=place.bot_token, base_url=server.api_url, retry_handlers=[])
        for _ in range(3):
            client.chat_postMessage(channel="#a", text="burst")
        too_fast = refused(client.chat_postMessage, channel="#a", text="x")
        assert (too_fast.status_code, too_fast["error"]) == (429, "ratelimited")
        assert too_fast.headers["Retry-After"] == "1"
        assert client.chat_postMessage(channel="#b", text="another channel")["ok"]
        seconds.at += 1
        assert client.chat_postMessage(channel="#a", text="later")["ok"]
        clock.on(hours=1)
        assert client.chat_postMessage(channel="#a", text="after a turn of the clock")["ok"]
        place.faults.rate_limits = False
        assert all(client.chat_postMessage(channel="#a", text="free")["ok"] for _ in range(9))


@pytest.mark.parametrize(
    ("method", "per_minute"),
    [("users.list", 20), ("conversations.list", 20), ("chat.update", 50), ("users.info", 100), ("views.publish", 100)],
)
def test_methods_have_their_own_tier(method: str, per_minute: int) -> None:
    place = workspace(monotonic=Seconds())
    codes = [place.call(method, {"user": "U1"}).get("error", "") for _ in range(per_minute + 1)]
    assert codes.index("ratelimited") == per_minute


def test_metadata_and_archiving_are_told_where_subscribed(server: Server) -> None:
    events = ["message_metadata_posted", "channel_archive", "message.channels"]
    place = workspace(manifest={**MANIFEST, "settings": {"event_subscriptions": {"bot_events": events}}})
    heard: list[str] = []
    place.connect(lambda body, kind: (200, heard.append(body["event"]["type"])))
    place.call(
        "chat.postMessage",
        {"channel": "#returns", "text": "x", "metadata": {"event_type": "a", "event_payload": {}}},
    )
    place.settle()
    place.person("Mina").archives("#returns")
    assert heard == ["message", "message_metadata_posted", "channel_archive"]


def test_what_is_filled_in_a_message_travels_with_a_press(place: Workspace, server: Server, mina: Seat) -> None:
    app = bolt_app(place, server)
    connect_bolt(place, app)
    heard: list[Any] = []
    app.action("go")(lambda ack, body: (heard.append(body["state"]["values"]), ack()))
    day = {"type": "datepicker", "action_id": "day"}
    field = {"type": "input", "block_id": "d", "label": plain("Day"), "element": day}
    app.client.chat_postMessage(channel="#returns", text="x", blocks=[field, actions(button("Go", "go"))])
    message = mina.latest("#returns")
    assert mina.chooses(message, "day", "2026-11-23") == "kept"
    mina.presses(message, "Go")
    assert heard == [{"d": {"day": {"type": "datepicker", "selected_date": "2026-11-23"}}}]


def test_the_bare_protocol_answers_json_and_forms(place: Workspace, server: Server) -> None:
    def post(data: bytes, kind: str) -> Any:
        headers = {"Authorization": f"Bearer {place.bot_token}", "Content-Type": kind}
        request = urllib.request.Request(f"{server.api_url}chat.postMessage", data, headers)
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read())

    assert post(b"channel=%23returns&text=form", "application/x-www-form-urlencoded")["ok"]
    assert post(b'{"channel": "#returns", "text": "json"}', "application/json; charset=utf-8")["ok"]
    assert post(b"{", "application/json")["error"] == "invalid_json"
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{server.url}/files/F404/x")


def test_the_view_that_a_view_method_answers_is_slacks(place: Workspace, mina: Seat) -> None:
    view = place.call("views.open", {"trigger_id": place.triggers.make(mina.id), "view": modal(section("x"))})["view"]
    assert view["root_view_id"] == view["id"]
    assert {"hash", "state", "app_id", "bot_id", "previous_view_id"} <= set(view)
